"""Every page for every persona in both languages: the status its rule promises, no Chinese left in English, steady query counts."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from fuhua.config import demo
from fuhua.desk.actions import asks
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.models import Deal, Introduction, Invitation, Listing, Mentoring, Pilot, Reservation, Resource, Rfq
from fuhua.journey.models import Camp, LandingCase
from fuhua.kernel import period
from fuhua.kernel.access import EVERYTHING, NOBODY
from fuhua.kernel.page import PAGES, Page
from fuhua.parties.actions import organisations
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Account, Party
from fuhua.parties.queries import STRANGER, who
from fuhua.parties.words import DISTRICTS
from fuhua.plan.models import Edition, Meeting, Task
from fuhua.schemes.facts import AgreementSigned
from fuhua.schemes.models import Appraisal, Credential, Placement, Practicum, Talent, Uplift, Vacancy
from stories.newcomer_papers import code, row, workbook

ROOT = Path(__file__).resolve().parents[2]
IN_CHINESE = ("stranger", "city_officer", "operator", "founder")  # all read English; these read every page that there is between them
COUNTS = ROOT / "tests" / "house" / "query_counts.json"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PHRASE = re.compile(r"""\bt\s*\(?\s*"([^"\n]*[\u4e00-\u9fff][^"\n]*)"\s*,?\s*"[^"\n]+\"""")
_MOVED = {"front:cockpit_now"}  # pages that send the reader on
_WITH_ROWS = ("front:cockpit", "front:district", "front:indicator", "front:profile", "front:subject", "plan:edition", "plan:tasks",
              "plan:task", "plan:meetings", "plan:meeting", "plan:freezes", "plan:issues", "parties:organisation", "desk:intakes",
              "exchange:listing", "exchange:listing_edit", "exchange:rfq", "exchange:review", "exchange:invitation", "exchange:deal",
              "exchange:deck", "exchange:nomination", "exchange:calendar", "exchange:host", "exchange:booking", "exchange:shortlist",
              "exchange:introduction", "exchange:openings", "exchange:report", "exchange:mentoring", "schemes:appraisal", "schemes:uplift",
              "journey:camp", "journey:landing", "schemes:talent", "schemes:practicum", "schemes:placement", "schemes:vacancy",
              "schemes:credential")


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """A small demo city, and what stands for each argument of a path; all of it is taken back afterwards."""
    if not Path(str(connection.settings_dict["NAME"])).name.startswith("test"):
        pytest.skip("no test database was made, for no test that asks for one was chosen; choose the whole file")
    get_resolver().url_patterns  # noqa: B018 - importing the URL table declares every page
    with django_db_blocker.unblock(), transaction.atomic():
        demo.build(scale=0.02, quiet=True)
        edition = Edition.objects.get(slug="bj-biaogan-2022")
        units = {row["unit"] for rfq in Rfq.objects.all() for row in rfq.rows}
        yield {"slug": edition.slug, "urn": ORGANISATIONS["incubator"].urn, "task": Task.objects.first().pk,
               "meeting": Meeting.objects.first() and Meeting.objects.first().pk, **exchanged(), **newcomers(),
               "appraisal": Appraisal.objects.get(state="open").pk, "uplift": Uplift.objects.latest("pk").pk,
               "data": units | set(edition.targets.values_list("metric", flat=True))}
        transaction.set_rollback(True)


def exchanged() -> dict[str, Any]:
    """Page of the exchange → the row it is asked for."""
    need, result = Listing.objects.get(side="need", kind="supply").pk, Listing.objects.get(side="offer", kind="result").pk
    Introduction.objects.update(pilot=Pilot.objects.create(deal=Deal.objects.get()))  # before there is one there is no report
    scope, met = Resource.objects.get(offer__title="场发射扫描电镜").offer_id, Introduction.objects.get().pk
    return {**dict.fromkeys(("listing", "listing_edit", "rfq", "review"), need), **dict.fromkeys(("deck", "nomination"), result),
            **dict.fromkeys(("calendar", "host"), scope), **dict.fromkeys(("introduction", "openings", "report"), met),
            "invitation": Invitation.objects.filter(rfq__need=need).first().pk, "deal": Deal.objects.get().pk,
            "booking": Reservation.objects.get(resource__offer=scope).pk, "mentoring": Mentoring.objects.get(state="told").reservation_id,
            "shortlist": Listing.objects.get(title="寻找毫开温区纳米位移台技术").pk}


def newcomers() -> dict[str, Any]:
    """Page of camps and talents → the row it is asked for."""
    return {"camp": Camp.objects.get().call_id, "landing": LandingCase.objects.get(state="open").pk, "talent": Talent.objects.first().pk,
            "practicum": Practicum.objects.get(state="running").pk, "placement": Placement.objects.get().pk,
            "vacancy": Vacancy.objects.get().pk, "number": Credential.objects.get().number}


def paths(city: dict[str, Any]) -> dict[str, str]:
    """Page → address, of the GET pages without arguments and of the main ones with."""
    found = {each.name: "/" + each.path for each in PAGES if "GET" in each.methods and "<" not in each.path}
    given = {name: city[name] for name in ("slug", "urn", "number")}
    for name in _WITH_ROWS:
        path = PAGES[name].path
        wanted = dict(re.findall(r"<(?:\w+:)?(\w+)>()", path))
        special = {"code": "110108" if name == "front:district" else "I1", "pk": city.get(name.split(":")[1])}
        kwargs = {argument: {**given, **special}[argument] for argument in wanted}
        if all(kwargs.values()):
            found[name] = reverse(name, kwargs=kwargs)
    return found


def expected(page: Page, persona: Any) -> set[int]:
    """What the page's rule promises the persona."""
    rows = page.rule.rows(persona)
    if rows == NOBODY:
        return {302} if not persona.signed_in else {404}
    done = 302 if page.name in _MOVED else 200
    return {done} if rows == EVERYTHING or "<" not in page.path else {done, 404}


def client_for(office: str, language: str) -> tuple[Client, Any]:
    """A client of that persona who reads in that language, and who they are."""
    client = Client()
    client.cookies["fuhua_language"] = language
    if office == "stranger":
        return client, STRANGER
    account = Account.objects.get(username=office)
    client.force_login(account)
    return client, who(account, at=timezone.now())


class _Words(HTMLParser):
    """The words of a page, one piece of text at a time, with what is read out of attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: set[str] = set()
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.pieces |= {value.strip() for name, value in attrs
                        if value and name in ("title", "alt", "placeholder", "aria-label", "data-label", "data-done")}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.pieces.add(" ".join(data.split()))


@pytest.fixture(scope="module")
def vocabulary() -> tuple[frozenset[str], re.Pattern[str]]:
    """The product's own Chinese: whole phrases, and a pattern of those with a value in them; names of places are data too."""
    phrases = set()
    for file in [*(ROOT / "src" / "fuhua").rglob("*.py"), *(ROOT / "src" / "fuhua").rglob("*.html")]:
        if "demo" not in file.parts:
            phrases |= set(_PHRASE.findall(file.read_text("utf-8")))
    phrases -= {name.zh for name in DISTRICTS.values()} | {"中文", "孵化", "孵"}
    open_ones = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(phrase)) for phrase in phrases
                 if "{" in phrase and len(CHINESE.findall(phrase)) > 2]
    return frozenset(phrase for phrase in phrases if "{" not in phrase), re.compile("|".join(open_ones))


def test_the_product_speaks(vocabulary: Any) -> None:
    assert {"驾驶舱", "行动方案", "目标进展", "现在没有等你处理的事；轮到你时会在这里出现，并在右上角提醒。"} <= vocabulary[0]


@pytest.mark.parametrize("office", ["stranger", *PLAYERS])
def test_every_page_answers_as_its_rule_says_in_both_languages(office: str, city: dict[str, Any], vocabulary: Any) -> None:
    wrong, chinese = [], []
    for language in ("zh-hans", "en")[office not in IN_CHINESE :]:
        client, persona = client_for(office, language)
        for name, path in paths(city).items():
            answer = client.get(path)
            if answer.status_code not in expected(PAGES[name], persona):
                wrong.append((language, path, answer.status_code))
            if language == "en" and answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                chinese += [(path, piece) for piece in _Words(answer.content.decode()).pieces - city["data"]
                            if piece in vocabulary[0] or (CHINESE.search(piece) and vocabulary[1].fullmatch(piece))]
    assert (wrong, sorted(set(chinese))) == ([], [])


def queries(client: Client, path: str) -> int:
    """How many reads and writes a page takes once everything is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return sum(query["sql"].split(maxsplit=1)[0] in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH") for query in captured)


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="bulk reads are counted on SQLite only: on PostgreSQL they stream")
def test_pages_take_as_many_queries_as_agreed(city: dict[str, Any]) -> None:
    client, _persona = client_for("city_officer", "zh-hans")
    counted = {name: queries(client, path) for name, path in sorted(paths(city).items())}
    if os.environ.get("FUHUA_UPDATE") == "1":
        COUNTS.write_text(json.dumps(counted, indent=1) + "\n", "utf-8")
    assert counted == json.loads(COUNTS.read_text("utf-8"))


class Growing:
    """A city in which one more of everything can be added."""

    def __init__(self, client: Client) -> None:
        self.client, self.by, self.number = client, PLAYERS["city_officer"].urn, 1000
        self.edition = Edition.objects.create(
            urn="urn:fuhua:edition:growing", slug="growing", programme="growing", source_digest="0" * 64, title="Growing",
            start=period.add_months(period.day(timezone.now()), -24), end=period.add_months(period.day(timezone.now()), 12),
            status="published", imported_at=timezone.now(), published_at=timezone.now())
        measure = self.edition.measures.create(urn="urn:fuhua:measure:growing", no=1, title="Growing")
        self.edition.targets.create(measure=measure, urn="urn:fuhua:target:growing", metric="I1", op=">=", value=1, unit="家",
                                    indicator="I1", definition="signed")

    def more(self, count: int) -> None:
        """That many more incubators with facts, asks, annual tasks and rosters."""
        now, cast = timezone.now(), Party.objects.get(urn=self.by)
        finance = Party.objects.get(urn=ORGANISATIONS["finance"].urn)
        due = period.add_months(period.day(now), 6)
        lines = [("任务名称", "举措序号", "牵头单位", "配合单位", "核验单位", "完成时限", "关联指标")]
        for _each in range(count):
            self.number += 1
            host = organisations.register(sort="incubator", name=f"北京增长{self.number}号孵化器有限公司", code=code(self.number),
                                          district="110108", by=self.by, at=now)
            for subject in (host.urn, ORGANISATIONS["incubator"].urn):
                record(AgreementSigned(subject=subject, edition="2022", tier="leading", district="110108"), by=self.by, at=now,
                       grade=Grade.REGISTRY, true_from=period.day(now))
            asks.ask(kind="question", title=f"第{self.number}问", asked=finance.pk, asker=cast.pk, by=self.by, at=now)
            lines.append((f"第{self.number}项", 1, "北京市财政局", None, "北京市科学技术委员会", due, None))
        tasks = SimpleUploadedFile("任务.xlsx", workbook(lines[1:], heads=lines[0], title=""))
        assert self.client.post("/plans/growing/tasks/import/", {"file": tasks}).status_code == 302
        for each in range(min(count, 15)):
            sheet = SimpleUploadedFile("名单.xlsx", workbook([row(self.number * 100 + each)]))
            assert self.client.post("/desk/rosters/", {"file": sheet}).status_code == 302


LISTS = ("/", "/evidence/", f"/evidence/subjects/{ORGANISATIONS['incubator'].urn}/", "/organisations/", "/organisations/?q=增长",
         "/search/?q=增长", "/plans/growing/cockpit/", "/plans/growing/indicators/I1/?show=left_out", "/plans/growing/tasks/",
         "/desk/asks/", "/desk/", "/notices/", "/desk/rosters/", f"/parties/{ORGANISATIONS['incubator'].urn}/profile/", "/people/")


def test_a_list_of_a_hundred_takes_as_many_queries_as_a_list_of_one(cast: Any, client_of: Callable[[str], Client]) -> None:
    client = client_of("city_officer")
    growing = Growing(client)
    growing.more(1)
    one = {path: queries(client, path) for path in LISTS}
    growing.more(99)
    assert {path: queries(client, path) for path in LISTS} == one
