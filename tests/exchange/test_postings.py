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
    """``take("need", rows or bytes)``: the report of importing them for the exchange, or for another party."""
    house, account = firm("北京技术交易所", sort="agency", office="steward")

    def taken(side: str, rows: list[Any] | bytes, party: Party = house) -> postings.Report:
        file = rows if isinstance(rows, bytes) else "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
        origin = postings.Origin(side, "other", party, account.party)
        return postings.take_in(io.BytesIO(file), origin=origin, by=account.party.urn, at=at())

    return taken


def test_a_result_opens_with_its_words_translated_and_without_contacts(take: Any) -> None:
    report = take("offer", [RESULT])
    row = Listing.objects.get()
    assert (report.new, row.state, row.kind, row.field, row.source, row.reconfirm) == (
        1, "open", "result", "C39", f"other:{row.party_id}:offer:A1", dt.date(2025, 9, 28))
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


def test_a_number_that_two_organisations_use_is_a_posting_of_each(take: Any, firm: Any) -> None:
    other = firm("乙单位有限公司")[0]
    reports = [take("offer", [RESULT]), take("offer", [{**RESULT, "name": "乙的成果"}], other), take("offer", [RESULT], other)]
    assert [(report.new, report.known) for report in reports] == [(1, 0), (1, 0), (0, 1)]
    assert set(Listing.objects.values_list("title", "party__name")) == {("久坐卫士", "北京技术交易所"), ("乙的成果", "乙单位有限公司")}


def test_a_posting_whose_key_does_not_name_its_organisation_yet_stays_known_to_it_alone(take: Any, firm: Any) -> None:
    take("offer", [RESULT])
    Listing.objects.update(source="other:offer:A1")
    again, others = take("offer", [RESULT]), take("offer", [RESULT], firm("乙单位有限公司")[0])
    assert [(report.new, report.known, report.problems[1:]) for report in (again, others)] == [(0, 1, []), (1, 0, [])]


def test_a_known_posting_that_says_something_else_now_is_told_with_its_columns_and_stays(take: Any) -> None:
    take("offer", [RESULT])
    again = take("offer", [{**RESULT, "price": "40.0万元-100.0万元", "maturity": "可以量产", "name": "久坐卫士二代"}])
    assert (again.known, again.changed, again.refused, Listing.objects.get().title) == (1, 1, 0, "久坐卫士")
    assert [(number, key, problem.field) for number, key, problem in again.problems if problem.changed] == [
        (1, "A1", "maturity, name, price")]
    take("need", [NEED])
    assert [take("need", [{**NEED, **more}]).changed for more in ({}, {"time": ""}, {"context": "换了"})] == [0, 1, 1]


def test_bad_rows_are_refused_one_by_one_and_the_good_ones_taken(take: Any) -> None:
    lines = [json.dumps(NEED, ensure_ascii=False).encode(), b'{"id": "N2", "name": "broken', b"\xff\xfe{}", b"[1]", b"",
             json.dumps({"id": "N3", "name": "", "context": ""}).encode(), json.dumps({**NEED, "id": "N4", "name": 7}).encode(),
             json.dumps({**NEED, "id": "N5", "context": "长" * 20_001}).encode(), json.dumps(NEED).encode(),
             json.dumps({"name": "没有编号"}).encode(), b'{"id": "N6", "context": "' + b"x" * (50 * 2**20) + b'"}', b"{" * 100_000,
             json.dumps({**NEED, "id": "N7", "name": "零\x00字"}).encode()]
    report = take("need", b"\n".join(lines))
    house = Listing.objects.all()[0].party_id
    assert sorted(Listing.objects.values_list("source", "title")) == [
        (f"other:{house}:need:N1", "红外开关"), (f"other:{house}:need:N7", "零字")]
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


Files = tuple[Path, Path, list[str]]


@pytest.fixture
def files(cast: dict[str, Account], tmp_path: Path) -> Files:
    """A file of one need and one broken row, one of a result, and the words that take both in."""
    needs, offers = tmp_path / "needs.jsonl", tmp_path / "offers.jsonl"
    needs.write_text(json.dumps(NEED) + "\n=broken\n", "utf-8")
    offers.write_text(json.dumps({**RESULT, "context": "好"}) + "\n", "utf-8")
    return needs, offers, ["exchange", "import", "--needs", str(needs), "--offers", str(offers), "--party", "北京市科学技术委员会",
                           "--as", "steward"]


def test_the_command_writes_every_problem_to_a_table(files: Files, tmp_path: Path, capsys: Any) -> None:
    needs, problems = files[0], tmp_path / "problems.csv"
    words = [*files[2], "--problems", str(problems), "--json"]
    assert door.main(words) == 1
    needs.write_text(json.dumps({**NEED, "name": "改了"}) + "\n=broken\n", "utf-8")
    assert door.main(words) == 1
    told = [json.loads(line)["need"] for line in capsys.readouterr().out.splitlines()]
    assert told == [{"new": 1, "known": 0, "changed": 0, "refused": 1, "problems": 1},
                    {"new": 0, "known": 1, "changed": 1, "refused": 1, "problems": 2}]
    rows = list(csv.reader(problems.read_text("utf-8-sig").splitlines()))
    assert [row[:5] for row in rows[1:]] == [["need", "2", "", "", "否 no"], ["need", "1", "N1", "name", "原样未改 as before"]]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["needs.jsonl", "offers.jsonl", "problems.csv"]


@pytest.mark.parametrize("place", ["nowhere/problems.csv", "", "needs.jsonl", "link.jsonl"])
def test_a_table_of_problems_that_cannot_be_written_is_refused_before_anything_is_taken_in(
        files: Files, tmp_path: Path, capsys: Any, place: str) -> None:
    (tmp_path / "link.jsonl").symlink_to(files[1])
    before = [file.read_bytes() for file in files[:2]]
    assert door.main([*files[2], "--problems", str(tmp_path / place)]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / place}：")
    assert (Listing.objects.count(), [file.read_bytes() for file in files[:2]], len(list(tmp_path.iterdir()))) == (0, before, 3)


def test_problems_go_to_standard_output_when_asked_and_the_counts_elsewhere(files: Files, capsys: Any) -> None:
    assert door.main([*files[2], "--problems", "-", "--json"]) == 1
    said = capsys.readouterr()
    assert [row[0] for row in csv.reader(said.out.splitlines())] == ["side", "need"]
    assert json.loads(said.err)["offer"]["new"] == 1


def test_problems_go_to_a_pipe_or_a_device_as_it_is(files: Files) -> None:
    reading, writing = os.pipe()
    assert door.main([*files[2], "--problems", f"/dev/fd/{writing}"]) == 1
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8-sig") as told:
        assert len(told.readlines()) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_is_full_is_told_in_words_after_the_counts(files: Files, capsys: Any) -> None:
    assert door.main([*files[2], "--problems", "/dev/full"]) == 1
    said = capsys.readouterr()
    assert (said.out.startswith("offer: 新增 new 1"), said.err.startswith("/dev/full：无法写入")) == (True, True)
    assert "no row comes in twice" in said.err


def test_nothing_is_taken_in_when_one_of_two_files_cannot_be_opened(files: Files, tmp_path: Path, capsys: Any) -> None:
    files[0].unlink()
    assert door.main([*files[2], "--problems", str(tmp_path / "problems.csv")]) == 1
    assert capsys.readouterr().err.startswith(f"{files[0]}：无法读取")
    assert (Listing.objects.count(), list(tmp_path.iterdir())) == (0, [files[1]])


@pytest.mark.skipif(not REAL.exists(), reason="the real postings are not at hand")
def test_the_real_postings_are_taken_in_within_half_a_minute_and_are_no_others_when_they_come_again(cast: dict[str, Account]) -> None:
    party, owner, begun = Party.objects.get(name="北京未名前沿技术研究院"), cast["expert"].party, time.perf_counter()
    reports = []
    for side, name in (("need", "needs_zh"), ("offer", "achievements_zh")) * 2:
        with (REAL / f"{name}.jsonl").open("rb") as file:
            reports.append(postings.take_in(file, origin=postings.Origin(side, "real", party, owner), by=owner.urn, at=timezone.now()))
    assert [(each.new, each.known, each.changed, each.refused) for each in reports] == [
        (1725, 0, 0, 1), (2800, 0, 0, 0), (0, 1725, 0, 1), (0, 2800, 0, 0)]
    assert {number for number, _key, problem in reports[0].problems if problem.refused} == {832}
    assert time.perf_counter() - begun < 30
