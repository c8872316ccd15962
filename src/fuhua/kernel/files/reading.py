"""Files as people give them: what is wrong is said in both languages, with file, line and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from fuhua.kernel.files import BadFile
from fuhua.kernel.words import Text, t

T = TypeVar("T")

_KINDS = {
    "str": t("文字", "text"), "int": t("整数", "a whole number"), "float": t("数字", "a number"), "null": t("空值 null", "null"),
    "bool": t("true 或 false", "true or false"), "object": t("对象 {…}", "an object {…}"), "array": t("数组 […]", "an array […]"),
}  # fmt: skip
_MISSING = re.compile(r"Object missing required field `(?P<field>.*?)`")
_OTHER_KIND = re.compile(r"Expected `(?P<wanted>.*?)`, got `(?P<got>.*?)`(?: - at `\$\.?(?P<at>.*)`)?")
_MALFORMED = re.compile(r"\(byte (?P<byte>\d+)\)")


def opened(path: Path) -> BinaryIO:
    """The file, open. Raises :class:`BadFile`."""
    try:
        return path.open("rb")
    except (OSError, ValueError) as wrong:
        raise unreadable(path, wrong) from wrong


def unreadable(path: Path, wrong: OSError | ValueError) -> BadFile:
    """What is said of a file that the system does not give."""
    why = wrong.strerror if isinstance(wrong, OSError) else wrong
    said = t("{path}：无法读取（{why}）；请检查路径和权限", "{path}: cannot be read ({why}); check the path and its permissions")
    return BadFile(said.format(path=path, why=why))


def read(path: Path) -> bytes:
    """What a file holds, as UTF-8 without a byte order mark. Raises :class:`BadFile`, which names the first line that is none."""
    try:
        with opened(path) as file:
            data = file.read().removeprefix(b"\xef\xbb\xbf")
    except OSError as wrong:
        raise unreadable(path, wrong) from wrong
    try:
        data.decode()
        bad = data.find(b"\0")  # UTF-16 without its mark
        if bad < 0:
            return data
    except UnicodeDecodeError as wrong:
        bad = wrong.start
    said = t(
        "{place}：不是 UTF-8 编码（可能是 GB18030 或 UTF-16）；请另存为 UTF-8",
        "{place}: not in UTF-8 (perhaps in GB18030 or UTF-16); save it as UTF-8",
    )
    raise BadFile(said.format(place=place(path, len(data[:bad].splitlines() or [b""]))))


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file that are not blank, with their numbers. Raises :class:`BadFile`."""
    return ((number, line) for number, line in enumerate(read(path).splitlines(), 1) if line.strip())


def document(path: Path, form: type[T], shape: str) -> T:
    """A file that is one value of JSON, as ``form``. Raises :class:`BadFile`."""
    return decoded(read(path), form, Text(str(path), str(path)), shape)


def place(path: Path, number: int) -> Text:
    """A line of a file, as errors name it."""
    return t("{path} 第 {number} 行", "{path}, line {number}").format(path=path, number=number)


def decoded(data: bytes | msgspec.Raw, form: type[T], where: Text, shape: str) -> T:
    """JSON as ``form``. Raises :class:`BadFile` with the place and the ``shape`` that it should have."""
    try:
        return msgspec.json.decode(data, type=form)
    except (msgspec.MsgspecError, RecursionError) as wrong:
        said = t("{where}：{what}；请写成 UTF-8 的 JSON：{shape}", "{where}: {what}; write UTF-8 JSON: {shape}")
        raise BadFile(said.format(where=where, what=_what(wrong), shape=shape)) from wrong


def _what(wrong: Exception) -> Text:
    """What msgspec found wrong, in both languages."""
    said = str(wrong)
    if isinstance(wrong, RecursionError):
        return t("嵌套过深", "nested too deep")
    if missing := _MISSING.match(said):
        return t("缺少“{field}”", "“{field}” is missing").format(**missing.groupdict())
    if other := _OTHER_KIND.match(said):
        wanted, got = (_kinds(other[name]) for name in ("wanted", "got"))
        if other["at"]:
            return t("“{at}”应为{wanted}，而不是{got}", "“{at}” must be {wanted}, not {got}").format(at=other["at"], wanted=wanted, got=got)
        return t("应为{wanted}，而不是{got}", "this must be {wanted}, not {got}").format(wanted=wanted, got=got)
    if malformed := _MALFORMED.search(said):
        return t("第 {byte} 个字节起不合 JSON 的写法", "no JSON from byte {byte} on").format(**malformed.groupdict())
    return t("内容不完整或不合 JSON 的写法", "it is cut short or no JSON")


def _kinds(names: str) -> Text:
    kinds = [_KINDS.get(name, Text(name, name)) for name in names.split(" | ")]
    return Text("或".join(each.zh for each in kinds), " or ".join(each.en for each in kinds))
