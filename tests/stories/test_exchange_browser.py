"""The week calendar, the comparison of quotes and the shortlist by keyboard alone, on a desk and on a telephone, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser

from stories.conftest import Site
from stories.eyes import NARROW, WIDE, Eyes

pytestmark = pytest.mark.browser
_MOST = 120  # presses of Tab after which something counts as out of reach
# what has the focus: its words, whether its ring shows, whether it can be seen where it stands, and what it lies in
_FOCUS = """() => { const el = document.activeElement, style = getComputedStyle(el), box = el.getBoundingClientRect();
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
  const there = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
  const shows = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  const words = el.labels && el.labels.length ? el.labels[0].textContent : el.getAttribute('aria-label') || el.textContent || '';
  const lost = el === document.body, seen = there !== null && (el === there || el.contains(there) || there.contains(el));
  return {words: lost ? '' : words.replace(/\\s+/g, ' ').trim(), hidden: !lost && !(shows && seen),
          around: lost ? '' : (el.closest('section[id]') || el).id}; }"""


class Hands:
    """A person at the keyboard: Tab, Enter, Space and arrows; a focus that cannot be seen is noted among what is wrong."""

    def __init__(self, eyes: Eyes, looked: set[str]) -> None:
        self.eyes, self.page, self._looked = eyes, eyes.page, looked

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab(self) -> dict[str, Any]:
        """Press Tab; what has the focus now."""
        self.press("Tab")
        found: dict[str, Any] = self.page.evaluate(_FOCUS)
        if found["hidden"]:
            self.eyes.wrong.append(f"{self.page.url} at {self.eyes.width}: the focus on {found['words']} cannot be seen")
        return found

    def reach(self, wanted: str) -> None:
        """Press Tab until something that begins with these words has the focus."""
        if not any(self.tab()["words"].startswith(wanted) for _press in range(_MOST)):
            raise AssertionError(f"{wanted} cannot be reached by Tab on {self.page.url} at {self.eyes.width}")

    def step(self, *wanted: str | Callable[[], None], leads: str) -> None:
        """On this page, at both widths, pass over the menu and reach what is wanted, or do it; then press Enter, which leads on."""
        here = self.page.url.partition("#")[0]
        for width in (WIDE, NARROW):
            self.eyes.width = width
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.goto("about:blank")
            self.page.goto(here, wait_until="domcontentloaded")
            if (kind := f"{re.sub('[0-9]', '', here)} {width}") not in self._looked:
                self._looked.add(kind)
                self.eyes.look()
            self.press("Tab", "Enter")  # the link past the menu
            for each in wanted:
                self.reach(each) if isinstance(each, str) else each()
        with self.page.expect_navigation(url=leads, wait_until="domcontentloaded"):
            self.press("Enter")

    def listing(self, title: str) -> str:
        """The address of a listing that this page links to by its title."""
        found = re.match(r"/exchange/\d+/", self.page.locator("main a", has_text=title).first.get_attribute("href") or "")
        assert found, f"{title} is not on {self.page.url}"
        return found[0]

    def sees(self, words: str) -> bool:
        """Whether the page says so."""
        return words in self.page.locator("main").inner_text()


@contextmanager
def at_the_keyboard(browser: Browser, site: Site, office: str, path: str, looked: set[str]) -> Iterator[Hands]:
    """Somebody of the cast on a page; nothing may be found wrong until they leave. Pages of one sort are looked at once."""
    eyes = Eyes(browser, site.url)
    eyes.sign_in(office)
    eyes.open(path)
    yield Hands(eyes, looked)
    assert eyes.close() == []


def test_a_slot_is_booked_and_quotes_are_compared_and_ordered_by_keyboard_alone(site: Site, browser: Browser) -> None:
    with at_the_keyboard(browser, site, "founder", "/exchange/calendars/?kind=equipment", set()) as hands:
        hands.eyes.open(f"{hands.listing('场发射扫描电镜')}calendar/")
        hands.step("09:00–", leads="**start=*")
        assert hands.tab()["around"] == "book"  # the focus goes on in the form, which is filled in
        hands.page.locator("#book [name=end]").fill("11:30")
        hands.page.locator("#estimate", has_text="（150 分钟").wait_for()  # what it costs follows the times
        hands.step("预约", leads="**/exchange/bookings/*/")
        assert hands.sees("预约成功")

        def scrolls_by_arrows() -> None:
            hands.reach("比价表")
            hands.press("ArrowRight")

        def wants_350() -> None:
            hands.reach("数量")
            hands.press("ControlOrMeta+a", "3", "5", "0")

        hands.eyes.open("/exchange/?side=need")
        hands.eyes.open(f"{hands.listing('无磁铍铜紧固件小批量')}quotes/")
        hands.step(scrolls_by_arrows, wants_350, "重新计算", leads="**pieces=350*")
        hands.step("按此下单", lambda: hands.press("Enter"), "按此下单", leads="**/exchange/**")
        assert hands.sees("协议草稿已生成")


def test_a_need_is_shortlisted_introduced_and_agreed_to_by_keyboard_alone(site: Site, browser: Browser) -> None:
    need, looked = "寻找毫开温区纳米位移台技术", set[str]()
    with at_the_keyboard(browser, site, "steward", "/exchange/desk/?queue=shortlist", looked) as hands:
        hands.step(need, leads="**/match/")
        hands.step("接手这项需求", leads="**/match/")
        hands.step("选入候选", lambda: hands.press("Space"), "确定候选名单", leads="**/match/")
        hands.step("征求双方意见", leads="**/introductions/*/")
    for office, said in (("founder", "征求双方意见"), ("expert", "双方同意")):
        with at_the_keyboard(browser, site, office, "/exchange/introductions/", looked) as hands:
            hands.step(need, leads="**/introductions/*/")
            hands.step("同意", lambda: hands.press("Space"), "答复", leads="**/introductions/*/")
            assert hands.sees(said)
