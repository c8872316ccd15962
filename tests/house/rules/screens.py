"""What templates may do: include downwards, say everything in both languages, and carry no inline scripts or styles."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from house.rules.tree import FLOORS, HAN, Finding, Tree, Written, goes_down, literal

PROPER_NAMES = re.compile("孵化|^孵$|^中文$")  # the product, its mark, and a language called by its own name
QUOTED = re.compile("“[^“”]*”")  # what is to be typed or found in Chinese is quoted in English too
_INCLUDE = re.compile(r"{%-?\s*(?:include|extends)\s+[\"']([^\"'#]+)")
_TEMPLATE = re.compile(r"([a-z]+)/[\w/]+\.html(#\w+)?")
_COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|<!--.*?-->", re.S)
_SAY = re.compile(r"{%\s*t\s+(\"[^\"]*\"|'[^']*')\s+(\"[^\"]*\"|'[^']*')[^%]*%}")
_SAYS = re.compile(r"{%\s*t\s")
_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
_ELEMENT = re.compile(r"<[a-zA-Z][^<>]*>")
_BAD_ATTRIBUTE = re.compile(r"\s(style|on[a-z]+|hx-on[:\w-]*)\s*=", re.I)
_FRAME_ASKS = re.compile(r"(?:(?<![\w-])(?:html|body|main)|:root|\.shell|\.page-body)(?:[.#:][\w-]+)*:(?:not\(:)?has\((?!\s*>)")
_INLINE = re.compile(r"<style\b|<script\b(?![^>]*\b(src=|type=\"application/(ld\+)?json\"))|javascript:", re.I)


def includes_go_down(tree: Tree) -> Iterator[Finding]:
    """A template extends and includes those of its own engine, of lower ones and of the UI, never of a higher one."""
    for template in tree.templates:
        for found in _INCLUDE.finditer(template.text):
            other = found.group(1).split("/")[0]
            if other in FLOORS and not goes_down(template.engine, other):
                yield template.find(
                    _line(template, found.start()),
                    f"{found.group(1)} is of {other}, which stands above or beside {template.engine}",
                )


def renders_go_down(tree: Tree) -> Iterator[Finding]:
    """Python renders templates of its own engine and of lower ones, named in text as they are."""
    for module in tree.modules:
        for node in module.nodes:
            named = (
                _TEMPLATE.fullmatch(node.value)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
                else None
            )
            other = named.group(1) if named else ""
            if module.engine and other in FLOORS and not goes_down(module.engine, other):
                yield module.find(
                    node.lineno, f"{node.value} is of {other}, which stands above or beside {module.engine}"
                )


def templates_live_with_their_engine(tree: Tree) -> Iterator[Finding]:
    """An engine's templates are in ``templates/<engine>/``; the kernel's are ``ui/`` and Django's error pages."""
    for template in tree.templates:
        folder = template.path.split("/templates/")[-1].split("/")[0]
        if template.engine != "kernel" and folder in FLOORS and folder != template.engine:
            yield template.find(1, f"a template of {template.engine} stands among those of {folder}")


def chinese_stands_in_t(tree: Tree) -> Iterator[Finding]:
    """Templates say nothing in Chinese outside ``{% t %}``, and each ``{% t %}`` has both sides."""
    for template in tree.templates:
        text = _blank(_COMMENT, template.text)
        for said in _SAYS.finditer(text):
            whole = _SAY.match(text, said.start())
            if whole is None:
                yield template.find(_line(template, said.start()), "{% t %} takes both languages as literals")
            elif wrong := one_sided(whole.group(1)[1:-1], whole.group(2)[1:-1]):
                yield template.find(_line(template, said.start()), wrong)
        for stray in HAN.finditer(_blank(_SAY, text)):
            yield template.find(
                _line(template, stray.start()),
                f"“{stray.group()}” stands outside {{% t %}}: English readers get Chinese",
            )


def the_frame_is_not_asked_what_it_holds(tree: Tree) -> Iterator[Finding]:
    """No style of what holds the page asks what is anywhere within it: each change of a page would style all of it anew."""
    for sheet in tree.assets:
        for found in _FRAME_ASKS.finditer(sheet.text) if sheet.path.endswith(".css") else ():
            said = f"“{found.group()}…” is asked again at each change; let the template say it in a class"
            yield sheet.find(_line(sheet, found.start()), said)


def nothing_runs_inline(tree: Tree) -> Iterator[Finding]:
    """No inline script, style or handler, in templates or in HTML made by Python: the content policy refuses them."""
    for template in tree.templates:
        yield from _inline(template, _blank(_TAG, _blank(_COMMENT, template.text)), 0)
    for module in tree.modules:
        prose = module.prose()
        for node in module.nodes:
            if (
                isinstance(node, ast.Constant | ast.JoinedStr)
                and id(node) not in prose
                and "<" in (literal(node) or "")
            ):
                yield from _inline(module, literal(node) or "", node.lineno - 1)


def _inline(file: Written, text: str, before: int) -> Iterator[Finding]:
    for element in _ELEMENT.finditer(text):
        if bad := _BAD_ATTRIBUTE.search(element.group()):
            yield file.find(
                before + text.count("\n", 0, element.start()) + 1,
                f"{bad.group(1)}= is inline: use a class or a script file",
            )
    for found in _INLINE.finditer(text):
        yield file.find(
            before + text.count("\n", 0, found.start()) + 1, f"{found.group()} is inline: use a static file"
        )


def one_sided(zh: str, en: str) -> str:
    """What is wrong with a pair of phrases, or blank; a proper name is the same in both languages."""
    if not zh.strip() or not en.strip():
        return "a phrase lacks one of its languages"
    if not HAN.search(zh):
        return f"the Chinese of “{en}” is not Chinese: “{zh}”"
    if HAN.search(QUOTED.sub("", PROPER_NAMES.sub("", en))):
        return f"the English of “{zh}” holds Chinese: “{en}”"
    if placeholders(zh) != placeholders(en):
        return f"“{zh}” and “{en}” do not fill the same places"
    return ""


def placeholders(phrase: str) -> set[str]:
    """The names in braces of a phrase."""
    return set(re.findall(r"{(\w+)[^{}]*}", phrase))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with every match made blank, lines kept."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def _line(file: Written, offset: int) -> int:
    return file.text.count("\n", 0, offset) + 1
