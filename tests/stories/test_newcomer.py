"""The newcomer's story through HTTP: sign in, bring a plan and a roster, see a figure move, open it, take its proof away."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fuhua.evidence import queries as evidence
from fuhua.evidence.proof.bundle import FACTS, MEMBERS
from fuhua.evidence.proof.container import Container, members
from stories.newcomer_papers import BAD, HEADS, mended, plan_text, roster
from stories.visitor import Visitor

SLUG = "newcomer"
PASSWORD = "a long enough password"  # of tests/conftest.py


@pytest.fixture
def officer(cast: object) -> Visitor:
    """The city officer, not signed in yet."""
    return Visitor()


def signs_in(officer: Visitor) -> None:
    """① signs in as the city officer; nothing is published, and the cockpit says what to do."""
    officer.open("/account/login/").send("/account/login/", login="city_officer", password=PASSWORD)
    assert officer.sees("陈晓岚")
    assert officer.open("/cockpit/").sees("还没有发布的行动方案")


def brings_the_plan(officer: Visitor) -> None:
    """② imports the plan's text and lands on its review; publishing is refused with what is still open."""
    text = SimpleUploadedFile("plan.txt", plan_text().read_bytes(), "text/plain")
    officer.follow(to="^/plans/$").send("/plans/import/", file=text, slug=SLUG)
    assert (officer.status, officer.at) == (200, f"/plans/{SLUG}/review/")
    officer.client.post(f"/plans/{SLUG}/publish/", {"version": "0"})
    assert officer.open("/cockpit/").sees("还没有发布的行动方案")


def reviews_and_publishes(officer: Visitor) -> None:
    """③ settles units and doubts, confirms every item, says which indicator counts the target, and publishes."""
    review = f"/plans/{SLUG}/review/"
    officer.open(f"/plans/{SLUG}/units/")
    if officer.forms("/units/accept/"):
        officer.send("/units/accept/")
    while open_ones := [form for form in officer.forms("/units/match/") if form.values.get("choice")]:
        officer.send(open_ones[0])
    officer.open(review)
    for doubt in sorted(set(re.findall(rf"{review}doubt/\d+/", officer.html))):
        officer.open(doubt).send(doubt, decision="fine")
    officer.open(review)
    while waiting := officer.forms(r"/review/(measure|target)/\d+/confirm/"):
        officer.send(waiting[0], all="1").open(review)
    target = _target(officer)
    officer.open(target).send(target, counts="I1 signed", baseline_on="2022-01-01", baseline_value="0")
    officer.open(review).send("/publish/")
    assert (officer.status, officer.at) == (200, f"/plans/{SLUG}/")


def _target(officer: Visitor) -> str:
    """The link form of the target of 20 benchmark incubators."""
    for url in dict.fromkeys(re.findall(rf"/plans/{SLUG}/review/link/\d+/", officer.html)):
        answer = officer.client.get(url).content.decode()
        if re.search(r'value="I1 signed" selected', answer):
            return url
    raise AssertionError("no target is proposed for I1")


def figure(officer: Visitor) -> str:
    """What the cockpit says of benchmark incubators."""
    officer.open("/cockpit/")
    card = officer.html.split("I1 标杆孵化器", 1)[1]
    return re.search(r'<span class="big">([^<]*)</span>', card)[1]


def loads_the_roster(officer: Visitor, file: bytes) -> str:
    """④ loads a roster with ten bad rows: the good ones enter, every bad one says what is wrong and how to mend it."""
    officer.open("/desk/rosters/")
    officer.send("^/desk/rosters/$", file=SimpleUploadedFile("孵化器名单.xlsx", file))
    intake = officer.at
    officer.send("/mapping/")
    assert officer.open(intake).sees("确认入库")
    assert figure(officer) == "无证据"
    officer.open(intake).send("/confirm/")
    for cells, column, _mended in BAD:
        assert column in HEADS, cells
    return intake


def gets_the_bad_rows_back(officer: Visitor, intake: str) -> bytes:
    """⑤ the bad rows come back as a workbook with a column of errors, each naming its column and what is wanted."""
    back = officer.download(f"{intake}errors.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(back)).active.iter_rows(values_only=True))
    assert list(rows[0]) == [*HEADS, "错误"]
    said = [str(row[-1]) for row in rows[1:]]
    assert len(said) == len(BAD) == len(set(said)) == 10
    for text, (_cells, column, _value) in zip(said, BAD, strict=True):
        assert _title_of(column) in text, text
        assert re.search("请|应为|可填|须|可选", text), text
    return back


def _title_of(column: str) -> str:
    return {"单位名称": "孵化器名称", "梯次": "梯次"}.get(column, column)


def mends_and_loads_again(officer: Visitor, file: bytes) -> None:
    """⑥ puts the rows right and hands them in again: they enter; the very same file once more changes nothing."""
    told = []
    for _again in range(2):
        officer.open("/desk/rosters/")
        officer.send("^/desk/rosters/$", file=SimpleUploadedFile("孵化器名单 待改.xlsx", file))
        if officer.forms("/mapping/"):
            officer.send("/mapping/")
        if officer.forms("/confirm/"):
            officer.send("/confirm/")
        assert figure(officer) == "13"
        told.append(evidence.facts().exclude(kind__startswith="desk.").count())
    assert told[0] == told[1]


def opens_the_figure(officer: Visitor, file: bytes) -> str:
    """⑦ opens the figure: the indicator, a subject, a fact with its place in the log, and the very file it rests on."""
    officer.open("/cockpit/").follow("I1 标杆孵化器")
    assert officer.sees("已签约引领类", "符合计数规则", "北京1号示例孵化器有限公司")
    indicator = officer.at
    officer.follow("北京1号示例孵化器有限公司", to="/evidence/subjects/").follow(to="/evidence/facts/")
    assert officer.sees("刚刚重新验证", "自何日起为真", "陈晓岚")
    assert officer.download(officer.link(to="/evidence/documents/")) == file
    return indicator


def takes_the_proof(officer: Visitor, indicator: str, folder: Path) -> Path:
    """⑧ downloads the offline proof of the figure."""
    officer.open(indicator)
    proof = folder / "proof.zip"
    proof.write_bytes(officer.download(officer.link("导出离线证明")))
    return proof


def verify(proof: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """``./fuhua evidence verify`` on a machine with no database, no data and nothing of ours running."""
    empty = folder / "empty"
    empty.mkdir(exist_ok=True)
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("FUHUA_", "DATABASE_", "REDIS_"))}
    return subprocess.run(
        [sys.executable, "-m", "fuhua.config.door", "evidence", "verify", str(proof), "--json"], capture_output=True, text=True,
        env={**bare, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere", "FUHUA_DATA": str(empty)}, check=False, timeout=60)


def verifies_it_elsewhere(proof: Path, folder: Path) -> None:
    """⑨ verifies it without server, database and network: it holds; one byte changed or one fact left out is named."""
    answer = verify(proof, folder)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    report = json.loads(answer.stdout)
    assert (report["holds"], report["figure"]["value"], report["indicator"]) == (True, 13, "I1")
    facts = members(proof.read_bytes(), MEMBERS)[FACTS]
    first, rest = facts.split(b"\n", 1)
    seq, place = first.split(b"\t")[0].decode(), first.index(b'"') + 1
    changed = first[:place] + bytes([first[place] ^ 1]) + first[place + 1 :] + b"\n" + rest
    assert faults_of(proof, changed, folder) == ["the member facts.ndjson has been altered",
                                                 f"the content of fact no. {seq} was altered"]
    count = facts.count(b"\n")
    assert faults_of(proof, rest, folder) == ["the member facts.ndjson has been altered",
                                              f"{count} facts were promised, {count - 1} are there", f"1 facts are missing: no. {seq}"]


def faults_of(proof: Path, facts: bytes, folder: Path) -> list[str]:
    """What the verifier says of the proof with these ``facts`` in place of its own, in an otherwise right container."""
    forged = folder / "forged.zip"
    with forged.open("wb") as file:
        container = Container(file)
        for name, content in (members(proof.read_bytes(), MEMBERS) | {FACTS: facts}).items():
            container.add(name, [content])
        container.close()
    answer = verify(forged, folder)
    report = json.loads(answer.stdout)
    assert (answer.returncode, report["holds"]) == (1, False)
    return [fault["en"] for fault in report["faults"]]


def test_a_newcomer_brings_a_plan_and_a_roster_and_takes_a_proof_away(officer, tmp_path):
    signs_in(officer)
    brings_the_plan(officer)
    reviews_and_publishes(officer)
    file = roster()
    intake = loads_the_roster(officer, file)
    assert figure(officer) == "3"
    back = gets_the_bad_rows_back(officer, intake)
    mends_and_loads_again(officer, mended(back))
    indicator = opens_the_figure(officer, file)
    proof = takes_the_proof(officer, indicator, tmp_path)
    verifies_it_elsewhere(proof, tmp_path)
