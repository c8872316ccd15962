"""Every component, rendered in both languages, is tied together for assistive technology and obeys the strict CSP."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from fuhua.kernel.ui import icons, samples
from fuhua.kernel.words import t

CHROME: dict[str, Any] = {
    "menu": [{"label": t("首页", "Home"), "url": "/", "icon": "home", "active": True, "group": ""},
             {"label": t("指标", "Indicators"), "url": "/i/", "icon": "chart", "active": False,
              "group": t("推进", "Deliver")}],
    "search_url": "/search/", "language_url": "/language/", "waiting": 7, "waiting_url": "/waiting/", "demo": True,
    "who": {"name": "Li", "acting": t("市科委", "Science Commission")}, "sign_out_url": "/out/", "account_url": "/me/",
}  # fmt: skip
STRANGER = {**CHROME, "who": None, "sign_in_url": "/in/"}
PAGES = ["ui/gallery.html", "400.html", "403.html", "404.html", "500.html"]


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.found if name in attrs]


def draw(template: str, language: str, chrome: dict[str, Any] = CHROME) -> str:
    with translation.override(language):
        return render_to_string(template, {**samples.values(), "chrome": chrome, "csrf_token": "token"})


def say(source: str, language: str = "zh-hans", **values: Any) -> str:
    with translation.override(language):
        return Template("{% load ui %}" + source).render(Context(values))


@pytest.fixture(params=[(page, language, who) for page in PAGES for language in ("zh-hans", "en")
                        for who in (CHROME, STRANGER)],
                ids=lambda each: f"{each[0]}-{each[1]}-{'signed-in' if each[2] is CHROME else 'stranger'}")  # fmt: skip
def page(request: pytest.FixtureRequest) -> Elements:
    return Elements(draw(*request.param))


def test_ids_are_unique(page: Elements) -> None:
    ids = page.values("id")
    assert sorted(ids) == sorted(set(ids))


def test_every_reference_leads_to_an_element(page: Elements) -> None:
    ids = set(page.values("id"))
    named = [name for attribute in ("for", "aria-describedby", "aria-labelledby", "data-dialog", "data-chart")
             for value in page.values(attribute) for name in value.split()]  # fmt: skip
    assert set(named) <= ids


def test_nothing_needs_an_exception_from_the_content_security_policy(page: Elements) -> None:
    assert page.values("style") == []
    assert [tag for tag, _ in page.found if tag == "style"] == []
    assert [attrs for tag, attrs in page.found
            if tag == "script" and "src" not in attrs and attrs.get("type") != "application/json"] == []  # fmt: skip
    assert [name for _, attrs in page.found for name in attrs if name.startswith(("on", "hx-on"))] == []


def test_every_control_has_a_label(page: Elements) -> None:
    labelled = set(page.values("for"))
    controls = [attrs for tag, attrs in page.found
                if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden"]  # fmt: skip
    assert [attrs for attrs in controls if attrs.get("id") not in labelled] == []


def test_headings_start_at_one_and_skip_no_level(page: Elements) -> None:
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_english_page_has_no_chinese_of_its_own() -> None:
    page = draw("ui/gallery.html", "en")
    without_names = re.sub(r"孵化|孵|中文|量子|<script.*?</script>", "", page, flags=re.DOTALL)
    assert re.findall(r"[\u4e00-\u9fff]+", without_names) == []


def test_every_light_is_told_in_words() -> None:
    for state, word in (("good", "On track"), ("unknown", "No evidence"), ("undetermined", "Undetermined")):
        assert word in say("{% light state %}", "en", state=state)
        assert word in say("{% light state quiet=True %}", "en", state=state)


def test_t_escapes_its_values_and_its_text() -> None:
    assert say('{% t "甲<{n}" "A<{n}" n=n %}', n="<script>") == "甲&lt;&lt;script&gt;"
    assert say('{% t "共 {n} 项" "{n} items" n=n %}', "en", n=3) == "3 items"
    assert say('{% t "由 {who}" "by {who}" who=who %}', "en", who=t("市科委", "Science & Co")) == "by Science &amp; Co"
    assert say('{% t "由 {who}" "by {who}" who=who %}', who=t("市科委", "Science & Co")) == "由 市科委"


def test_filters_write_in_the_readers_language() -> None:
    assert say("{{ fen|money }}", fen=1_234_0000_00) == "1,234 万元"
    assert say("{{ fen|money }}", "en", fen=1_234_0000_00) == "¥12.34 million"


def test_progress_stops_asking_once_done() -> None:
    assert "hx-get" in say('{% progress "p" "x" 1 2 url="/p/" %}')
    assert "hx-get" not in say('{% progress "p" "x" 2 2 url="/p/" %}')


def test_a_page_without_aside_or_menu_still_stands() -> None:
    assert 'id="main"' in draw("ui/base.html", "zh-hans", {})


def test_the_refusal_page_shows_its_reason() -> None:
    with translation.override("en"):
        assert "not yours &amp; closed" in render_to_string("403.html", {"reason": "not yours & closed"})


@pytest.mark.parametrize("name", sorted(icons.ICONS))
def test_every_icon_is_hidden_from_screen_readers(name: str) -> None:
    assert 'aria-hidden="true"' in icons.drawing(name)
