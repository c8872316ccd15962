"""Looks at pages as a critical reader does: accessibility, console, overflow, print; and takes the pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

PASSWORD = "fuhua-demo-2026"  # printed by ./fuhua demo
PICTURES = Path(__file__).resolve().parents[2] / "artefacts"
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
ONLY = {"resultTypes": ["violations"]}  # what passes need not be told at length, which halves the time
FIRST = {"exclude": [["tbody tr:nth-child(n+9)"], ["li:nth-child(n+9)"]]}  # rows of one list are made by one loop: the first eight tell
WIDE, NARROW, PAPER = 1280, 390, 718  # pixels; an A4 sheet within its margins
_SESSIONS: dict[tuple[str, str], list[Any]] = {}
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CLIPPED = """Array.from(document.querySelectorAll('table')).filter(table => {
  if (!table.getClientRects().length) return false;
  const wrap = table.closest('.table-wrap') || table.parentElement, end = document.documentElement.clientWidth;
  const hides = getComputedStyle(wrap).overflowX !== 'visible' && wrap.scrollWidth > wrap.clientWidth + 1;
  return hides || table.getBoundingClientRect().right > end + 1;
}).map(table => (table.caption || table.closest('section,figure') || table).textContent.trim().slice(0, 40))"""


class Eyes:
    """One person's browser tab, and everything found wrong while they used it."""

    def __init__(self, browser: Browser, base: str, *, language: str = "zh", dark: bool = False, width: int = WIDE) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900}, locale=LANGUAGES[language], color_scheme="dark" if dark else "light",
            reduced_motion="reduce", accept_downloads=True)
        self.page: Page = self.context.new_page()
        self.base, self.width = base, width
        self.wrong: list[str] = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"{self.page.url}: {message.text}")

    def sign_in(self, office: str) -> None:
        """Sign in as one of the cast; whoever did so at this site before comes in with that session."""
        if known := _SESSIONS.get((self.base, office)):
            self.context.add_cookies(known)
            return
        self.page.goto(f"{self.base}/account/login/")
        self.page.fill("input[name=login]", office)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(f"{self.base}/")
        _SESSIONS[self.base, office] = [each for each in self.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME]

    def open(self, path: str) -> Page:
        """Go to a page of the site; it must be there."""
        answer = self.page.goto(self.base + path)
        if answer is None or answer.status != 200 or ("/account/login/" in self.page.url and "/account/login/" not in path):
            self.wrong.append(f"{path}: {answer and answer.status} at {self.page.url}")
        return self.page

    def look(self) -> None:
        """Note every accessibility violation (of long lists in the first eight rows) and every overflow of the page as it stands."""
        self.page.wait_for_load_state("load")
        found: list[dict[str, Any]] = Axe().run(self.page, context=FIRST, options=ONLY).response["violations"]
        self.wrong += [f"{self.page.url} at {self.width}: {each['id']}: {node['html'][:160]}"
                       for each in found for node in each["nodes"][:2]]
        if self.page.evaluate(_OVERFLOW) > 0:
            self.wrong.append(f"{self.page.url} at {self.width}: wider than the screen")

    def look_at_print(self) -> None:
        """Note every table that paper would cut off."""
        self.page.emulate_media(media="print")
        self.page.set_viewport_size({"width": PAPER, "height": 1000})
        self.wrong += [f"{self.page.url} on paper: cut off: {table}" for table in self.page.evaluate(_CLIPPED)]
        self.page.emulate_media(media="screen")
        self.page.set_viewport_size({"width": self.width, "height": 900})

    def picture(self, name: str) -> None:
        """Keep the page as it looks on a desk and on a telephone."""
        PICTURES.mkdir(exist_ok=True)
        for width in (NARROW, WIDE):
            self.page.set_viewport_size({"width": width, "height": 900})
            if self.page.evaluate(_OVERFLOW) > 0:
                self.wrong.append(f"{self.page.url} at {width}: wider than the screen")
            self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        self.page.set_viewport_size({"width": self.width, "height": 900})

    def close(self) -> list[str]:
        """Leave; what was wrong, each thing once."""
        self.context.close()
        return list(dict.fromkeys(self.wrong))
