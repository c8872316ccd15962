"""Another exchange's postings: what is mapped, what is refused row by row, and that importing twice changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fuhua.config import door
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import listings, postings
from fuhua.exchange.kinds.industries import industry_of
from fuhua.exchange.models import Listing
from fuhua.kernel import period
from fuhua.parties.models import Account, Party

REAL = Path(os.environ.get("FUHUA_SHARED_DATA", "/work/shared/data")) / "exchange"
RESULT = {"id": "A1", "name": "久坐卫士", "postTime": "2020-03-20", "classification": "制造业——计算机、通信和其他电子设备制造",
          "zlxx": "发明专利", "maturity": "通过小试", "cooperationMethod": "完全转让许可转让技术入股", "price": "30.0万元-100.0万元",
          "industry": "电子信息-软件",
          "scope": "办公室", "context": "判断坐姿。联系 13800138000 或 a.b@c.cn", "contact": "张三", "phone": "010-62345678"}
NEED = {"id": "N1", "name": "红外开关", "postTime": "2020-01-13", "classification": "制造业",
        "cooperationMethod": "技术转让,技术许可,委托开发", "time": "2020-01-1310:49:39.0至2021-01-1310:49:41.0", "context": "开关易坏。"}


@pytest.fixture
def take(firm: Any, at: Any) -> Any:
    """``take("need", rows or bytes)``: the report of importing them."""
    house, account = firm("北京技术交易所", sort="agency", office="steward")

    def taken(side: str, rows: list[Any] | bytes) -> postings.Report:
        file = rows if isinstance(rows, bytes) else "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
        origin = postings.Origin(side, "other", house, account.party)
        return postings.take_in(io.BytesIO(file), origin=origin, by=account.party.urn, at=at())

    return taken


def test_a_result_opens_with_its_words_translated_and_without_contacts(take: Any) -> None:
    report = take("offer", [RESULT])
    row = Listing.objects.get()
    assert (report.new, row.state, row.kind, row.field, row.source, row.reconfirm) == (
        1, "open", "result", "C39", "other:offer:A1", dt.date(2025, 9, 28))
    assert row.spec == {
        "licences": ["equity", "licence", "transfer"], "domain": "电子信息-软件", "readiness": "4", "readiness_most": "5",
        "price": 30_000_000, "price_most": 100_000_000, "rights": "invention", "uses": "办公室", "proven": "来源注明成熟度：通过小试",
        "unproven": "来源未说明，请向发布单位核实"}
    assert (row.text, period.day(row.posted_at)) == ("判断坐姿。联系  或", dt.date(2020, 3, 20))
    assert [(number, key, problem.field, problem.refused) for number, key, problem in report.problems] == [(1, "A1", "context", False)]
    assert list(Fact.objects.filter(subject=row.urn).values_list("kind", flat=True)) == ["exchange.listing_opened"]
    assert listings.lacking(row) == {}


def test_a_need_stays_a_draft_that_lacks_everything_a_need_must_have(take: Any) -> None:
    take("need", [NEED])
    row = Listing.objects.get()
    assert (row.state, row.deadline, row.field, row.owner) == ("draft", dt.date(2021, 1, 13), "C", None)
    assert list(listings.lacking(row)) == ["owner", "budget_owner", "budget", "success", "decides"]


def test_importing_twice_changes_nothing_even_what_was_changed_here(take: Any, at: Any) -> None:
    take("offer", [RESULT])
    row = Listing.objects.get()
    listings.withdraw(listing=row, by=row.owner.urn, at=at())
    report = take("offer", [RESULT, {**RESULT, "id": "A2"}])
    assert (report.new, report.known, [each.state for each in Listing.objects.order_by("pk")]) == (1, 1, ["withdrawn", "open"])


def test_bad_rows_are_refused_one_by_one_and_the_good_ones_taken(take: Any) -> None:
    lines = [json.dumps(NEED, ensure_ascii=False).encode(), b'{"id": "N2", "name": "broken', b"\xff\xfe{}", b"[1]", b"",
             json.dumps({"id": "N3", "name": "", "context": ""}).encode(), json.dumps({**NEED, "id": "N4", "name": 7}).encode(),
             json.dumps({**NEED, "id": "N5", "context": "长" * 20_001}).encode(), json.dumps(NEED).encode(),
             json.dumps({"name": "没有编号"}).encode(), b'{"id": "N6", "context": "' + b"x" * (50 * 2**20) + b'"}', b"{" * 100_000,
             json.dumps({**NEED, "id": "N7", "name": "零\x00字"}).encode()]
    report = take("need", b"\n".join(lines))
    assert sorted(Listing.objects.values_list("source", "title")) == [("other:need:N1", "红外开关"), ("other:need:N7", "零字")]
    assert [(number, key, problem.field) for number, key, problem in report.problems if problem.refused] == [
        (2, "", ""), (3, "", ""), (4, "", ""), (6, "N3", "name"), (7, "N4", "name"), (8, "N5", "context"), (9, "N1", "id"), (10, "", "id"),
        (11, "", ""), (12, "", "")]
    assert (report.new, report.refused) == (2, 10)


def test_doubtful_values_are_left_empty_and_told(take: Any) -> None:
    report = take("offer", [{**RESULT, "context": "好", "price": "很贵", "maturity": "差不多了", "zlxx": "祖传", "postTime": "昨天",
                             "classification": "炼丹业"}])
    row = Listing.objects.get()
    assert ({"price", "readiness", "rights"} & set(row.spec), row.field) == (set(), "")
    assert [problem.field for _number, _key, problem in report.problems] == ["postTime", "classification", "maturity", "price", "zlxx"]


@pytest.mark.parametrize(("written", "title"), [
    ("\u202egnp.exe", "gnp.exe"), ("红\u200b外\ufeff开\u00ad关", "红外开关"), ("开关\u200d", "开关"), ("1380013\u200d8000 开关", "开关"),
    ("می\u200cخواهم", "می\u200cخواهم"), ("👩\u200d🔬 的实验室", "👩\u200d🔬 的实验室"), ("क्\u200dष", "क्\u200dष"), ("\u0600١٢", "\u0600١٢")])
def test_what_nobody_sees_is_taken_out_of_a_title_but_what_shapes_words_stays(take: Any, written: str, title: str) -> None:
    report = take("need", [{**NEED, "name": written}])
    assert (Listing.objects.get().title, bool(report.problems)) == (title, title != written)


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d\u200d", "\u200b\u200d\u200b", "\u2066 \u2069", "\U000e0041"])
def test_a_posting_of_nothing_but_invisible_characters_is_refused(take: Any, hidden: str) -> None:
    report = take("need", [{"id": "N1", "name": hidden, "context": hidden}])
    assert (report.new, report.refused, report.problems[-1][2].text.en) == (0, 1, "neither title nor text; add one and import again")


def test_line_breaks_of_windows_are_kept_as_line_breaks_and_are_no_problem(take: Any) -> None:
    report = take("need", [{**NEED, "context": "一\r\n二"}])
    assert (Listing.objects.get().text, report.problems) == ("一\n二", [])


@pytest.mark.parametrize(("written", "code", "whole"), [
    ("制造业", "C", True), ("制造业——医药制造业", "C27", True), ("制造业——铁路、船舶、航空航天和其他运输", "C37", True),
    ("制造业——石油加工炼焦和核燃料加工业", "C25", True), ("教育——教育", "P83", True), ("制造业建筑业", "C", False), ("", "", False),
    ("信息传输、软件和信息技术服务业——科技推广和应用服务业", "M75", False), ("制造业——炼丹", "C", False)])
def test_an_industry_is_understood_as_it_is_written(written: str, code: str, whole: bool) -> None:
    assert industry_of(written) == (code, whole)


def test_the_command_writes_every_problem_to_a_table(cast: dict[str, Account], tmp_path: Path, capsys: Any) -> None:
    needs, problems = tmp_path / "needs.jsonl", tmp_path / "problems.csv"
    needs.write_text(json.dumps(NEED) + "\n=broken\n", "utf-8")
    words = ["exchange", "import", "--needs", str(needs), "--party", "北京市科学技术委员会", "--as", "steward", "--problems", str(problems),
             "--json"]
    assert [door.main(words), door.main(words)] == [1, 1]
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told == [{"need": {"new": new, "known": 1 - new, "refused": 1, "problems": 1}} for new in (1, 0)]
    rows = list(csv.reader(problems.read_text("utf-8-sig").splitlines()))
    assert (len(rows), rows[1][:5]) == (2, ["need", "2", "", "", "否 no"])


@pytest.mark.skipif(not REAL.exists(), reason="the real postings are not at hand")
def test_the_real_postings_are_taken_in_within_half_a_minute(cast: dict[str, Account]) -> None:
    party, owner, begun = Party.objects.get(name="北京未名前沿技术研究院"), cast["expert"].party, time.perf_counter()
    reports = {}
    for side, name in (("need", "needs_zh"), ("offer", "achievements_zh")):
        with (REAL / f"{name}.jsonl").open("rb") as file:
            reports[side] = postings.take_in(file, origin=postings.Origin(side, "real", party, owner), by=owner.urn, at=timezone.now())
    assert {side: (report.new, report.refused) for side, report in reports.items()} == {"need": (1725, 1), "offer": (2800, 0)}
    assert {number for number, _key, problem in reports["need"].problems if problem.refused} == {832}
    assert time.perf_counter() - begun < 30
