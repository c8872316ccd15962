"""The .xlsx container: a zip that is checked before a byte of it is unpacked, and XML without entities."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from xml.parsers import expat

from fuhua.kernel.sheet.refusal import LIMITS, BadSheet, Limits
from fuhua.kernel.words import t

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 18
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

TRUNCATED = t("文件不完整或已损坏，请重新导出后再上传（可在表格软件中打开后另存为 .xlsx）",
              "the file is cut short or damaged; export it again (open it in a spreadsheet program and save as .xlsx)")
TOO_LARGE = t("文件解压后过大（上限 {most} MB），疑似异常压缩；请拆分成较小的文件",
              "the file unpacks to more than {most} MB and looks like a zip bomb; split it into smaller files")
ENTITIES = t("文件含有外部引用或实体声明，出于安全不予读取；请在表格软件中另存为 .xlsx 后上传",
             "the file declares entities or outside references and is not read for safety; save it as .xlsx again")
MACROS = t("文件含有宏，出于安全不予读取；请另存为不含宏的 .xlsx 后上传",
           "the file contains macros and is not read for safety; save it as .xlsx without macros")
STRANGE = t("文件内部结构异常（标记过长或种类过多），不予读取；请在表格软件中打开后另存为 .xlsx",
            "the inside of the file is not as spreadsheets are (tags too long or too many kinds); open it and save it as .xlsx again")
PARTS = t("文件内部部件过多（{n} 个），不予读取；请另存为普通 .xlsx", "the file has too many parts ({n}); save it as a plain .xlsx")


class Archive:
    """An opened and checked .xlsx; ``xml`` streams one part through expat."""

    def __init__(self, parts: zipfile.ZipFile, limits: Limits) -> None:
        self._zip = parts
        self._limits = limits
        self._unpacked = 0
        self.names = frozenset(parts.namelist())

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one part, counted against the limit on what all parts unpack to."""
        try:
            with self._zip.open(name) as part:
                while data := part.read(_CHUNK):
                    self._unpacked += len(data)
                    if self._unpacked > self._limits.unpacked:
                        raise BadSheet(TOO_LARGE.format(most=self._limits.unpacked >> 20))
                    yield data
        except BadSheet:
            raise
        except (KeyError, *_BROKEN) as wrong:
            raise BadSheet(TRUNCATED) from wrong

    def feed(self, name: str, parser: expat.XMLParserType) -> Iterator[None]:
        """Push one part through ``parser``, pausing after every chunk; raises :class:`BadSheet` when malformed."""
        fed = 0
        try:
            for data in self.chunks(name):
                parser.Parse(data, False)
                fed += len(data)
                if fed - max(parser.CurrentByteIndex, 0) > self._limits.token or len(parser.intern) > self._limits.names:
                    raise BadSheet(STRANGE)
                yield
            parser.Parse(b"", True)
        except expat.ExpatError as wrong:
            raise BadSheet(TRUNCATED) from wrong
        yield

    def parse(self, name: str, parser: expat.XMLParserType, *, most: int) -> None:
        """Push one whole part of at most ``most`` bytes (to the nearest chunk) through ``parser``."""
        for passed, _pause in enumerate(self.feed(name, parser)):
            if passed * _CHUNK > most:
                raise BadSheet(STRANGE)


def local(name: str) -> str:
    """``c`` of ``x:c``: what an element is called whatever prefix its writer chose."""
    return name.rpartition(":")[2]


def parser() -> expat.XMLParserType:
    """An expat parser that refuses every document type declaration, and with it all entities."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_declaration: Any) -> None:
        raise BadSheet(ENTITIES)

    made.StartDoctypeDeclHandler = refuse
    made.EntityDeclHandler = refuse
    made.ExternalEntityRefHandler = refuse
    return made


@contextmanager
def opened(file: BinaryIO, limits: Limits = LIMITS) -> Iterator[Archive]:
    """The checked archive in ``file``; raises :class:`BadSheet` for anything that is not a plain .xlsx."""
    file.seek(0)
    if file.read(8) == _OLE:
        raise BadSheet(t("这是旧版 .xls 或加了密码的文件，无法读取；请去掉密码并另存为 .xlsx",
                         "this is an old .xls or a password-protected file; remove the password and save it as .xlsx"))
    try:
        if (listed := _directory(file)) > limits.directory:
            raise BadSheet(PARTS.format(n=f"≈ {listed // 64}"))
        file.seek(0)
        parts = zipfile.ZipFile(file)
    except BadSheet:
        raise
    except _BROKEN as wrong:
        raise BadSheet(TRUNCATED) from wrong
    with parts:
        _check(parts.infolist(), limits)
        yield Archive(parts, limits)


def _directory(file: BinaryIO) -> int:
    """The bytes of the list of parts by the end record (APPNOTE 4.3.14, 4.3.16), before it is read; 0 when there is none."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 16:
        return 0
    wide = tail[at - 76:at]
    if len(wide) == 76 and wide[56:60] == b"PK\6\7" and wide[:4] == b"PK\6\6":
        return int(struct.unpack_from("<Q", wide, 40)[0])
    return int(struct.unpack_from("<I", tail, at + 12)[0])


def _check(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(parts) > limits.entries:
        raise BadSheet(PARTS.format(n=len(parts)))
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        raise BadSheet(TRUNCATED)
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        raise BadSheet(MACROS)
    if any(part.flag_bits & 1 for part in parts):
        raise BadSheet(t("文件加了密码，请去掉密码后上传", "the file is password-protected; remove the password first"))
    sent, unpacked = sum(part.compress_size for part in parts), sum(part.file_size for part in parts)
    if unpacked > limits.unpacked or (unpacked > 32 * 2**20 and unpacked > limits.ratio * max(sent, 1)):
        raise BadSheet(TOO_LARGE.format(most=limits.unpacked >> 20))
    if "xl/workbook.xml" not in names:
        raise BadSheet(t("这不是 Excel 工作簿，请上传 .xlsx 或 .csv", "this is not an Excel workbook; upload .xlsx or .csv"))
