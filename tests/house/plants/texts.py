"""Offences of text: templates, phrases, facts, kinds, and the papers at the root."""

from __future__ import annotations

from house.plants.plant import DESK, OPEN, PLAN, Plant, Rule, plant
from house.rules import declarations, papers, phrases, screens


def _page(rule: Rule, engine: str, bad: str, says: str, good: str) -> Plant:
    return plant(rule, f"src/fuhua/{engine}/templates/{engine}/page.html", f"<h1>\n{bad}", 2, says, f"<h1>\n{good}")


def _fact(field_line: str, keywords: str = "frozen=True, kw_only=True, gc=False", kind: str = "plan.started") -> str:
    said = f'    KIND = "{kind}"\n    LABEL = t("开始", "started")\n    {field_line}\n'
    return f"{OPEN}class Started(Fact, {keywords}):\n{said}"


SCREEN = [
    plant(
        screens.renders_go_down,
        DESK + "pages/asks.py",
        OPEN + 'x = "plan/panels/light.html"\n',
        2,
        "stands above or beside desk",
        OPEN + 'x = "parties/panels/name.html#row"\n',
    ),
    plant(
        screens.the_frame_is_not_asked_what_it_holds,
        "src/fuhua/desk/static/desk/page.css",
        "a { color: red; }\n.shell:not(:has(.menu)) a { color: red; }",
        2,
        "is asked again at each change",
        ".shell.bare a, .page-body:has(> aside), td:has(.late) { color: red; }",
    ),
    _page(
        screens.includes_go_down,
        "desk",
        '{% include "plan/panels/light.html" %}',
        "stands above or beside desk",
        '{% include "parties/panels/name.html" %}',
    ),
    _page(
        screens.includes_go_down,
        "schemes",
        '{% extends "exchange/frame.html" %}',
        "stands above or beside schemes",
        '{% extends "ui/base.html" %}',
    ),
    plant(
        screens.templates_live_with_their_engine,
        "src/fuhua/desk/templates/plan/page.html",
        "<h1>",
        1,
        "among those of plan",
        None,
        more={"src/fuhua/desk/templates/desk/page.html": "<h1>"},
    ),
    _page(screens.chinese_stands_in_t, "desk", "诉求</h1>", "stands outside", '{% t "诉求" "Asks" %}</h1>{# 诉求 #}'),
    _page(
        screens.chinese_stands_in_t,
        "desk",
        '{% t "诉求" "" %}',
        "lacks one of its languages",
        '{% t "诉求" "Asks" as said %}',
    ),
    _page(
        screens.chinese_stands_in_t,
        "desk",
        '{% t "诉求 {n}" "Asks" n=1 %}',
        "same places",
        '{% t "诉求 {n}" "Asks {n}" n=1 %}',
    ),
    _page(
        screens.nothing_runs_inline,
        "desk",
        '<p style="color: red">',
        "style= is inline",
        '<p class="red" data-style="x">',
    ),
    _page(
        screens.nothing_runs_inline,
        "desk",
        '<a {% if a > b %}x{% endif %} onclick="go()">',
        "onclick= is inline",
        '<a href="/on=1">',
    ),
    _page(
        screens.nothing_runs_inline,
        "desk",
        "<script>go()</script>",
        "<script is inline",
        '<script src="{{ url }}" defer></script>',
    ),
    plant(
        screens.nothing_runs_inline,
        DESK + "panels.py",
        OPEN + "x = '<b style=\"x\">'\n",
        2,
        "style= is inline",
        OPEN + "x = '<b class=\"x\">'\n",
    ),
]
PHRASE = [
    plant(
        phrases.both_languages_are_said,
        DESK + "words.py",
        OPEN + 'x = t("诉求", "")\n',
        2,
        "lacks one",
        OPEN + 'x = t("诉求", "ask")\n',
    ),
    plant(
        phrases.both_languages_are_said,
        DESK + "words.py",
        OPEN + 'x = t("ask", "ask")\n',
        2,
        "is not Chinese",
        OPEN + 'x = t("诉求" "单", "ask " "form")\n',
    ),
    plant(
        phrases.both_languages_are_said,
        DESK + "words.py",
        OPEN + 'x = t("诉求", "诉求")\n',
        2,
        "holds Chinese",
        OPEN + 'x = t("诉求", "ask (write “诉求”)")\n',
    ),
    plant(
        phrases.both_languages_are_said,
        DESK + "words.py",
        OPEN + 'x = t("共 {n} 项", "{m} asks")\n',
        2,
        "same places",
        OPEN + 'x = t("共 {n} 项", "{n} asks")\n',
    ),
    plant(
        phrases.both_languages_are_said,
        DESK + "words.py",
        OPEN + 'x = t(f"共 {n} 项", f"{n} asks")\n',
        2,
        "no f-string",
        OPEN + "x = Text(chinese, english)\n",
    ),
    plant(
        phrases.pages_speak_both_languages,
        DESK + "pages/asks.py",
        OPEN + 'x = "诉求"\n',
        2,
        "stands outside t()",
        OPEN + 'x = t("诉求", "asks")\n',
    ),
]
DECLARED = [
    plant(
        declarations.facts_hold_no_text,
        PLAN + "facts.py",
        _fact("said: Text"),
        5,
        "said: Text is no URN",
        _fact("count: int"),
    ),
    plant(
        declarations.facts_hold_no_text,
        PLAN + "facts.py",
        _fact("worth: float"),
        5,
        "is no URN, code, number or date",
        _fact("since: dt.date | None = None"),
    ),
    plant(
        declarations.facts_hold_no_text,
        PLAN + "facts.py",
        _fact("contact_name: str"),
        5,
        "sounds like free text",
        _fact("title: Annotated[str, CodeOf(TITLES)]"),
    ),
    plant(
        declarations.facts_are_frozen_and_named,
        PLAN + "facts.py",
        _fact("n: int", "frozen=True"),
        2,
        "lacks gc, kw_only",
        _fact("n: int"),
    ),
    plant(
        declarations.facts_are_frozen_and_named,
        PLAN + "facts.py",
        _fact("n: int", kind="desk.asked"),
        2,
        "is not of plan",
        _fact("n: int"),
    ),
    plant(
        declarations.kinds_explain_themselves,
        "src/fuhua/schemes/kinds/camp.py",
        OPEN + "SPEC = Scheme(judge=lambda x: x)\n",
        2,
        "gives EXAMPLES",
        OPEN + "SPEC = Scheme(judge=lambda x: x)\nEXAMPLES = (1,)\n",
    ),
    plant(
        declarations.kinds_explain_themselves,
        "src/fuhua/schemes/kinds/camp.py",
        OPEN + "x = 1\n",
        1,
        "declares SPEC",
        OPEN + 'SPEC = Scheme(code="camp")\n',
    ),
]
_CONTRACTS = "\n".join(
    f'[[tool.importlinter.contracts]]\nid = "{name}"'
    for name in ("floors", "rooms", "circles", "entrances", "pure", "no-django", "indicators")
)
_PAPERS = {name: "." * least for name, least in papers.NEEDED.items()}
_BUILD = "set -e\n./fuhua lint\n./fuhua test\n"
PAPER = [
    plant(
        papers.papers_are_there,
        "README.md",
        "# Fuhua\n",
        1,
        "next to nothing",
        _PAPERS["README.md"],
        more={name: text for name, text in _PAPERS.items() if name != "README.md"},
    ),
    plant(
        papers.the_build_runs_everything,
        ".ci/run",
        _BUILD,
        1,
        "must run `./fuhua test`",
        _BUILD + 'env DATABASE_URL="$x" ./fuhua test\n',
    ),
    plant(
        papers.the_build_runs_everything,
        ".ci/run",
        "# ./fuhua lint\n./fuhua test\n./fuhua test\n",
        1,
        "must run `./fuhua lint`",
        _BUILD + "./fuhua test\n",
    ),
    plant(
        papers.contracts_ignore_nothing,
        "pyproject.toml",
        f'{_CONTRACTS}\nignore_imports = ["a -> b"]\n',
        15,
        "do not ignore it",
        _CONTRACTS,
    ),
    plant(
        papers.contracts_ignore_nothing,
        "pyproject.toml",
        _CONTRACTS.replace("floors", "flaws"),
        1,
        "“floors” is gone",
        _CONTRACTS,
    ),
    plant(
        papers.nothing_is_given_away,
        DESK + "words.py",
        OPEN + f'KEY = "AKIA{"A" * 16}"\n',
        2,
        "looks like a secret",
        OPEN + 'KEY = ""\n',
    ),
    plant(
        papers.nothing_is_given_away,
        DESK + "words.py",
        OPEN + 'URL = "https://mirror.example/pypi"\n',
        2,
        "package registry",
        OPEN + 'URL = "https://example.org/plan"\n',
    ),
    plant(
        papers.nothing_is_given_away,
        "uv.lock",
        'version = 1\nsource = { registry = "https://cache.example/simple" }\n',
        2,
        "not a public registry",
        'source = { registry = "https://pypi.org/simple" }\n',
    ),
]
