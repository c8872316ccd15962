"""The newcomer's story in a real headless browser, with pictures; every persona's pages looked at; the keyboard alone; paper."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from stories.conftest import Site, alone
from stories.eyes import NARROW, WIDE, Eyes
from stories.newcomer_papers import mended, plan_text, roster

pytestmark = pytest.mark.browser
PLAN = "/plans/bj-biaogan-2022"
HOST = "urn:fuhua:incubator:cast-incubator"
VENTURE = "urn:fuhua:venture:cast-venture"
# the pages that matter to each persona; every page of the list is looked at twice at least, see below
VISITS = {
    "-": ("/", f"{PLAN}/cockpit/", f"{PLAN}/indicators/I1/", f"{PLAN}/", "/plans/", "/organisations/", "/account/login/", "/policy/",
          "/policy/rules/tech_sme/"),
    "city_officer": ("/", f"{PLAN}/cockpit/", f"{PLAN}/indicators/I8/?show=left_out", f"{PLAN}/tasks/", f"{PLAN}/meetings/",
                     f"{PLAN}/freezes/", "/desk/rosters/", f"/parties/{HOST}/profile/", "/search/?q=启明", "/policy/numbers/"),
    "coordinator": (f"{PLAN}/issues/", "/organisations/duplicates/"),
    "district_officer": (f"{PLAN}/districts/110108/", "/desk/"),
    "department_officer": ("/", "/notices/"),
    "auditor": ("/", "/evidence/", f"/evidence/subjects/{HOST}/"),
    "operator": ("/", f"/organisations/{HOST}/", f"/policy/of/{HOST}/"),
    "founder": ("/", "/me/", f"/policy/of/{VENTURE}/"),
    "expert": ("/",),
    "steward": ("/desk/",),
    "park_manager": ("/",),
}
LOOKS = {"zh-wide": {"language": "zh", "width": WIDE}, "en-dark-narrow": {"language": "en", "dark": True, "width": NARROW}}


def figure(page: Page) -> int:
    """What the card of benchmark incubators says."""
    return int(page.locator(".fig", has_text="I1 标杆孵化器").locator(".big").inner_text())


def brings_the_plan(eyes: Eyes) -> None:
    """② imports the plan's text and sees it beside what was read from it."""
    page = eyes.open("/plans/")
    eyes.picture("newcomer-1-plans")
    page.set_input_files("input[name=file]", plan_text())
    page.fill("input[name=slug]", "newcomer")
    page.locator("form[action='/plans/import/'] button[type=submit]").click()
    page.wait_for_url("**/plans/newcomer/review/")
    eyes.look()
    eyes.picture("newcomer-2-review")


def hands_in(eyes: Eyes, file: bytes, name: str) -> None:
    """Uploads a roster, accepts the columns as recognised, and enters the good rows."""
    page = eyes.open("/desk/rosters/")
    page.set_input_files("input[name=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": file})
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_url("**/desk/rosters/*/")
    eyes.look()
    eyes.picture("newcomer-3-columns")
    page.locator("form[action$='/mapping/'] button[type=submit]").click()
    page.locator("form[action$='/confirm/'] button[type=submit]").click()
    page.wait_for_load_state()


def loads_the_roster(eyes: Eyes) -> None:
    """④–⑥ loads a roster with ten bad rows, gets them back, mends them, and sees the figure move twice."""
    before = figure(eyes.open(f"{PLAN}/cockpit/"))
    hands_in(eyes, roster(), "孵化器名单.xlsx")
    eyes.look()
    eyes.picture("newcomer-4-bad-rows")
    with eyes.page.expect_download() as back:
        eyes.page.locator("a[href$='errors.xlsx']").first.click()
    assert figure(eyes.open(f"{PLAN}/cockpit/")) == before + 3
    hands_in(eyes, mended(Path(back.value.path()).read_bytes()), "孵化器名单 待改.xlsx")
    assert figure(eyes.open(f"{PLAN}/cockpit/")) == before + 13
    eyes.look()
    eyes.picture("newcomer-5-cockpit")


def opens_the_figure(eyes: Eyes) -> None:
    """⑦ opens the figure down to a document."""
    page = eyes.page
    for number, pick in (("6-indicator", page.locator(".fig a", has_text="I1 标杆孵化器")),
                         ("7-subject", page.locator("#lines ~ .table-wrap, [aria-labelledby=lines]").get_by_role(
                             "link", name="北京1号示例孵化器有限公司")),
                         ("8-fact", page.locator("main tbody th a"))):
        pick.first.click()
        page.wait_for_load_state()
        eyes.look()
        eyes.picture(f"newcomer-{number}")
    with page.expect_download() as document:
        page.locator("a[href^='/evidence/documents/']").first.click()
    assert Path(document.value.path()).stat().st_size > 1000


def takes_the_proof(eyes: Eyes, folder: Path) -> Path:
    """⑧ exports the proof of the figure."""
    page = eyes.open(f"{PLAN}/indicators/I1/")
    with page.expect_download() as download:
        page.locator("a[href*='proof.zip']").first.click()
    proof = folder / "proof.zip"
    download.value.save_as(proof)
    return proof


@pytest.mark.parametrize("look", LOOKS)
def test_every_personas_pages_are_accessible_quiet_and_fit_the_screen(look: str, site: Site, browser: Browser) -> None:
    found, seen = [], set()
    for persona, paths in VISITS.items():
        if look != "zh-wide":  # by somebody else on a narrow screen is enough
            paths = [path for path in paths if path not in seen]
            seen |= set(paths)
        if not paths:
            continue
        eyes = Eyes(browser, site.url, **LOOKS[look])
        if persona != "-":
            eyes.sign_in(persona)
        for path in paths:
            eyes.open(path)
            eyes.look()
        found += [f"{persona}: {each}" for each in eyes.close()]
    assert found == []


def tab_to(page: Page, wanted: str, most: int = 150) -> None:
    """Press Tab until a visible link with these words has the focus, which must show."""
    for _press in range(most):
        page.keyboard.press("Tab")
        words, shown = page.evaluate("""(() => { const el = document.activeElement, style = getComputedStyle(el);
            return [el.textContent.trim(), style.outlineStyle !== 'none' || style.boxShadow !== 'none']; })()""")
        if wanted in words and len(words) < 60:
            assert shown, f"the focus on {words} cannot be seen"
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab on {page.url}")


def test_the_keyboard_alone_goes_from_the_cockpit_to_a_fact(site: Site, browser: Browser) -> None:
    eyes = Eyes(browser, site.url)
    eyes.sign_in("auditor")
    page = eyes.open(f"{PLAN}/cockpit/")
    tab_to(page, "跳到正文", most=1)
    page.keyboard.press("Enter")
    for wanted, arrives in (("I1 标杆孵化器", "**/indicators/I1/**"), ("签订标杆孵化器任务书", "**/evidence/facts/**")):
        tab_to(page, wanted)
        page.keyboard.press("Enter")
        page.wait_for_url(arrives)
    assert eyes.close() == []


def test_nothing_is_cut_off_on_paper(site: Site, browser: Browser) -> None:
    eyes = Eyes(browser, site.url)
    eyes.sign_in("city_officer")
    for path in (f"{PLAN}/cockpit/", f"{PLAN}/indicators/I8/", f"{PLAN}/", f"{PLAN}/tasks/", f"/parties/{HOST}/profile/", "/evidence/"):
        eyes.open(path)
        eyes.look_at_print()
    assert eyes.close() == []


def test_a_newcomer_in_a_real_browser(own_site: Site, browser: Browser, tmp_path: Path) -> None:
    eyes = Eyes(browser, own_site.url)
    eyes.open("/account/login/")
    eyes.picture("newcomer-0-sign-in")
    eyes.sign_in("city_officer")
    brings_the_plan(eyes)
    loads_the_roster(eyes)
    opens_the_figure(eyes)
    proof = takes_the_proof(eyes, tmp_path)
    assert eyes.close() == []
    own_site.stop()  # ⑨ the server is stopped; the proof still holds
    (tmp_path / "empty").mkdir()
    verify = [sys.executable, "-m", "fuhua.config.door", "evidence", "verify", str(proof), "--json"]
    answer = subprocess.run(verify, env={**alone(tmp_path / "empty"), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere"},
                            capture_output=True, text=True, check=False, timeout=60)
    assert (answer.returncode, json.loads(answer.stdout)["holds"]) == (0, True), answer.stderr
