"""From a call to eligibility: prefilled, written by several, handed in once and in time, mended once, judged clause by clause."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest

from fuhua.desk.models import Clock
from fuhua.evidence import queries as evidence
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.words import TieKind
from fuhua.schemes.actions import agreements, applications, calls, ticking, transfers, writing
from fuhua.schemes.models import Application, Attachment
from fuhua.schemes.queries import applications as reads
from fuhua.schemes.queries import eligibility, files
from schemes.calling import (
    ANSWERS,
    CLOSES,
    NOW,
    OFFICER,
    OPERATOR,
    a_draft,
    an_open_call,
    filled,
    handed_in,
    kept,
    party,
    pdf,
    person,
    recommended,
    told,
)

SECOND = dt.timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("cast")


def test_a_published_call_has_a_number_its_rules_and_the_seal_of_a_secret_seed() -> None:
    first, second = an_open_call(), an_open_call("gold_seed", themes=["quantum"])
    assert (first.number, second.number, first.state) == ("BJ-SC-2025-001", "BJ-SC-2025-002", "open")
    assert sum(each["most"] for each in first.rules["rubric"]) == 100
    assert (len(first.seed), len(first.seal), first.seal != second.seal) == (64, 64, True)
    assert kept(first.document)[:5] == b"%PDF-"


def test_a_published_call_is_only_extended_and_a_later_change_of_its_kind_leaves_it_alone() -> None:
    call = an_open_call()
    with pytest.raises(calls.BadCall, match="can only be extended"):
        calls.change(call=call, told=told(), by=OFFICER, at=NOW)
    with pytest.raises(calls.BadCall, match="only to a later moment"):
        calls.extend(call=call, closes_at=CLOSES - SECOND, by=OFFICER, at=NOW)
    assert calls.extend(call=call, closes_at=CLOSES + SECOND, by=OFFICER, at=NOW).closes_at == CLOSES + SECOND


def test_a_call_closes_by_itself_after_its_last_second_and_the_days_to_list_gaps_begin() -> None:
    call = an_open_call()
    assert [ticking.tick(at=each)["calls"] for each in (CLOSES, CLOSES + SECOND, CLOSES + 2 * SECOND)] == [0, 1, 0]
    assert list(Clock.objects.filter(about=call.urn).values_list("name", "due")) == [("gaps", dt.date(2025, 7, 7))]


def test_what_is_on_record_is_filled_in_with_its_grade_and_day() -> None:
    agreements.set_tier(subject=party("incubator").urn, tier="cultivation", edition="2022", by=OFFICER, at=NOW, grade=Grade.REGISTRY,
                        on=dt.date(2024, 3, 1))
    row = a_draft(an_open_call("traditional_uplift"))
    assert {name: (each["value"], each["grade"], each["day"]) for name, each in row.known.items()} == {
        "district": ("110108", 2, "2022-01-04"), "tier": ("cultivation", 2, "2024-03-01"), "staff": ("1", 1, "2022-01-04")}
    assert (row.values, len(row.known["tier"]["digest"])) == ({"district": "110108", "tier": "cultivation", "staff": "1"}, 64)


def test_a_contested_value_is_contested_as_a_fact_and_the_applicants_own_stands_beside_it() -> None:
    digest = agreements.set_tier(subject=party("incubator").urn, tier="cultivation", edition="2022", by=OFFICER, at=NOW,
                                 grade=Grade.REGISTRY, on=dt.date(2024, 3, 1))
    row = a_draft(an_open_call("traditional_uplift"))
    for _twice in range(2):
        row = writing.contest(application=row, name="tier", reason="untrue", written="leading", by=OPERATOR, at=NOW)
    assert (row.values["tier"], row.known["tier"]["value"], row.known["tier"]["says"]) == ("leading", "cultivation", "contested")
    assert evidence.fact(digest).contested
    row = writing.confirm(application=row, names=["tier"], by=OPERATOR, at=NOW)
    assert (row.values["tier"], row.known["tier"]["says"]) == ("cultivation", "confirmed")


def test_an_application_is_begun_once_by_whom_its_kind_admits_while_the_call_is_open() -> None:
    call = an_open_call()
    assert a_draft(call) == a_draft(call)
    with pytest.raises(applications.BadApplication, match="cannot apply"):
        a_draft(call, party("venture"), "founder")
    with pytest.raises(applications.Late):
        a_draft(an_open_call("gold_seed", opens_at=NOW + SECOND), party("venture"), "founder")


def test_two_who_write_different_questions_both_keep_what_they_wrote() -> None:
    row = a_draft(an_open_call())
    base = {name: writing.mark(row.values.get(name)) for name in ("plan", "events")}
    writing.write(application=row, written={"plan": "甲写的方案", "events": ""}, base=base, version=row.version, by=OPERATOR, at=NOW)
    found = writing.write(application=row, written={"plan": "", "events": "12"}, base=base, version=row.version, by=OPERATOR, at=NOW)
    assert (found.clashes, found.application.values["plan"], found.application.values["events"]) == ((), "甲写的方案", "12")


def test_two_who_answer_one_question_are_shown_what_differs_and_nothing_is_lost() -> None:
    row = a_draft(an_open_call())
    base = {"plan": writing.mark(None), "events": writing.mark(None)}
    first = writing.write(application=row, written={"plan": "甲写的方案"}, base=base, version=row.version, by=OPERATOR, at=NOW)
    written = {"plan": "乙写的方案", "events": "9"}
    second = writing.write(application=row, written=written, base=base, version=row.version, by=OPERATOR, at=NOW)
    assert [(each.name, each.mine, each.theirs) for each in second.clashes] == [("plan", "乙写的方案", "甲写的方案")]
    assert (second.application.values["plan"], second.application.values["events"]) == ("甲写的方案", "9")
    again = writing.write(application=row, written={"plan": "乙写的方案"}, base={"plan": writing.mark("甲写的方案")},
                         version=second.application.version, by=OPERATOR, at=NOW)
    assert (again.clashes, again.application.values["plan"], again.application.version) == ((), "乙写的方案", first.application.version + 2)


def test_what_cannot_be_read_is_named_and_the_rest_is_kept() -> None:
    row = a_draft(an_open_call())
    written = {"events": "很多", "budget": "900万元"}
    found = writing.write(application=row, written=written, base={}, version=row.version, by=OPERATOR, at=NOW)
    assert (list(found.wrong), found.application.values["budget"]) == (["events"], 900_0000_00)
    with pytest.raises(applications.BadApplication, match="no such questions: seed"):
        writing.write(application=row, written={"seed": "1"}, base={}, version=row.version, by=OPERATOR, at=NOW)


def test_it_is_handed_in_once_however_often_it_is_pressed_and_by_whomever() -> None:
    row = filled(a_draft(an_open_call()))
    found = [applications.submit(application=row, by=by, at=NOW) for by in [OPERATOR, PLAYERS["founder"].urn] * 5]
    assert ({each.number for each in found}, len({each.digest for each in found})) == ({"BJ-SC-2025-001-0001"}, 1)
    assert evidence.facts().filter(subject=row.urn, kind="schemes.application_submitted").count() == 1
    assert json.loads(kept(found[0].digest))["answers"] == row.values


def test_the_last_second_is_in_time_and_the_next_is_late_by_the_servers_clock() -> None:
    row = filled(a_draft(an_open_call()))
    with pytest.raises(applications.Late) as late:
        applications.submit(application=row, by=OPERATOR, at=CLOSES + SECOND)
    assert late.value.text.zh.startswith("截止 2025-06-30 17:00:00，您在 17:00:01 提交。以服务器时间为准")
    row.refresh_from_db()
    assert (row.state, row.values["plan"]) == ("draft", "三年方案")
    calls.close_due(at=CLOSES + SECOND)
    last = CLOSES + SECOND - dt.timedelta(microseconds=1)
    assert applications.submit(application=row, by=OPERATOR, at=last).submitted_at == last


def test_what_is_lacking_is_told_in_one_list() -> None:
    row = a_draft(an_open_call("gold_seed"), party("venture"), "founder")
    with pytest.raises(applications.Lacking) as lacking:
        applications.submit(application=row, by=PLAYERS["founder"].urn, at=NOW)
    assert [word in lacking.value.text.zh for word in ("项目名称", "未来产业领域", "技术先进性说明", "核对预填内容")] == [True] * 4
    assert (reads.progress(row), reads.progress(filled(row))) == ((2, 8), (8, 8))


def test_gaps_are_told_once_in_time_and_only_they_can_be_mended() -> None:
    row = handed_in(an_open_call())
    calls.close_due(at=CLOSES + SECOND)
    when = period.noon(dt.date(2025, 7, 7))
    with pytest.raises(applications.Late, match="by 2025-07-07"):
        applications.ask_gaps(application=row, gaps={"plan": "请补充预算表"}, by=OFFICER, at=period.noon(dt.date(2025, 7, 8)))
    row = applications.ask_gaps(application=row, gaps={"plan": "请补充预算表", "site": "租赁合同缺页"}, by=OFFICER, at=when)
    assert list(row.gaps.order_by("name").values_list("name", "due")) == [("plan", dt.date(2025, 7, 14)), ("site", dt.date(2025, 7, 14))]
    written = {"plan": "含预算表的方案", "budget": "1元"}
    found = writing.write(application=row, written=written, base={}, version=row.version, by=OPERATOR, at=when)
    assert (found.application.values["plan"], found.application.values["budget"]) == ("含预算表的方案", 900_0000_00)
    with pytest.raises(writing.NotWritable):
        writing.attach(application=row, code="team", name="x.pdf", file=pdf(), by=OPERATOR, at=when)
    with pytest.raises(applications.NotEligible, match="not over"):
        applications.refuse(application=row, by=OFFICER, at=when)
    mended = applications.mend(application=row, by=OPERATOR, at=when)
    assert (mended.state, mended.digest != row.digest, mended.gaps.filter(mended_at=None).count()) == ("submitted", True, 0)
    with pytest.raises(applications.BadApplication, match="no second list"):
        applications.ask_gaps(application=row, gaps={"plan": "再补"}, by=OFFICER, at=when)


def test_gaps_that_are_not_mended_in_time_end_it() -> None:
    row = handed_in(an_open_call())
    applications.ask_gaps(application=row, gaps={"plan": "请补充预算表"}, by=OFFICER, at=NOW)
    late = period.noon(dt.date(2025, 6, 30))
    with pytest.raises(applications.Late):
        applications.mend(application=row, by=OPERATOR, at=late)
    recommended(row)
    assert applications.refuse(application=row, by=OFFICER, at=late).because == ["gaps"]


def test_without_the_districts_money_a_benchmark_incubator_is_not_eligible() -> None:
    call = an_open_call()
    row = handed_in(call)
    with pytest.raises(applications.NotEligible, match="matched"):
        applications.pass_(application=row, by=OFFICER, at=NOW)
    recommended(row, matched=0)
    assert eligibility.of(row, NOW).failing == ["matched"]
    recommended(row)
    assert eligibility.of(row, NOW).state is True
    with pytest.raises(applications.NotEligible, match="no condition fails"):
        applications.refuse(application=row, by=OFFICER, at=NOW)
    assert applications.pass_(application=row, by=OFFICER, at=NOW).state == "eligible"


def test_policy_judges_the_answers_clause_by_clause() -> None:
    row = handed_in(an_open_call(), area="999")
    recommended(row)
    found = eligibility.of(row, NOW)
    assert (found.state, found.failing) == (False, ["benchmark_template.site_area"])
    refused = applications.refuse(application=row, by=OFFICER, at=NOW)
    assert (refused.state, refused.because) == ("ineligible", ["benchmark_template.site_area"])


def test_a_themed_call_takes_its_own_fields_only() -> None:
    row = filled(a_draft(an_open_call("gold_seed", themes=["six_g"]), party("venture"), "founder"))
    assert eligibility.of(row, NOW).failing == ["theme"]


def test_a_district_recommends_its_own_applicants_before_they_are_judged() -> None:
    row = filled(a_draft(an_open_call()))
    with pytest.raises(applications.BadApplication, match="handed in"):
        recommended(row)


def test_what_was_withdrawn_can_be_begun_again() -> None:
    call = an_open_call()
    row = handed_in(call)
    assert applications.withdraw(application=row, by=OPERATOR, at=NOW).state == "withdrawn"
    again = a_draft(call)
    assert (again.pk != row.pk, again.state) == (True, "draft")
    with pytest.raises(WrongState):
        applications.submit(application=row, by=OPERATOR, at=NOW)


def test_an_exported_file_taken_in_gives_the_same_application() -> None:
    call = an_open_call()
    row = handed_in(call)
    said = files.canonical(files.file_of(row))
    applications.withdraw(application=row, by=OPERATOR, at=NOW)
    again = a_draft(call)
    found = transfers.take_in(application=again, file=io.BytesIO(said), by=OPERATOR, at=NOW)
    assert (found.refused, found.documents) == ((), 2)
    again.refresh_from_db()
    assert (again.values, again.known, again.title, reads.lacks(again)) == (row.values, row.known, row.title, [])


@pytest.mark.parametrize("content", [
    b"", b"PK\x03\x04", b"[]", b"{}", b'{"format": "fuhua.application/1"}', b"[" * 100_000, b'{"a": "\\ud800"}',
    b'{"a": ' + b"9" * 9_000 + b"}",
    b" " * (transfers.MOST + 1), json.dumps({"format": files.FORMAT, "kind": "gold_seed", "answers": {}}).encode(),
    json.dumps({"format": files.FORMAT, "kind": "benchmark_incubator", "answers": []}).encode(),
], ids=["empty", "archive", "list", "bare", "no kind", "deep", "half a character", "long number", "large", "other kind", "no answers"])
def test_what_is_no_exported_application_is_refused_whole(content: bytes) -> None:
    row = a_draft(an_open_call())
    with pytest.raises(transfers.BadFile):
        transfers.take_in(application=row, file=io.BytesIO(content), by=OPERATOR, at=NOW)
    row.refresh_from_db()
    assert row.version == 1


def test_of_a_hostile_file_each_thing_that_is_not_taken_is_named() -> None:
    row = a_draft(an_open_call())
    said: dict[str, Any] = {
        "format": files.FORMAT, "kind": "benchmark_incubator", "title": {"a": 1},
        "answers": {"budget": "1元", "events": 12, "planned": "yes", "tier": ["leading"], "field": "gold", "seed": "x", "plan": "真方案",
                    "investment": True, "staff": "99"},
        "attachments": [{"code": "plan", "digest": "0" * 64}, {"code": "other"}, 7]}
    found = transfers.take_in(application=row, file=io.BytesIO(json.dumps(said).encode()), by=OPERATOR, at=NOW)
    assert sorted(name for name, _why in found.refused) == [
        "None", "budget", "events", "field", "investment", "other", "plan", "planned", "seed", "staff", "tier", "title"]
    assert (found.answers, found.application.values["plan"]) == (1, "真方案")


def test_a_document_of_another_applicant_is_not_taken_by_its_digest() -> None:
    other = filled(a_draft(an_open_call("gold_seed"), party("venture"), "founder"))
    digest = other.attachments.get().digest
    row = a_draft(an_open_call())
    said = {"format": files.FORMAT, "kind": "benchmark_incubator", "answers": {}, "attachments": [{"code": "plan", "digest": digest}]}
    found = transfers.take_in(application=row, file=io.BytesIO(json.dumps(said).encode()), by=OPERATOR, at=NOW)
    assert (found.documents, Attachment.objects.filter(application=row).count()) == (0, 0)


def test_several_people_write_one_application() -> None:
    row = a_draft(an_open_call())
    writing.invite(application=row, person=person("expert"), by=OPERATOR, at=NOW)
    writing.invite(application=row, person=person("expert"), by=OPERATOR, at=NOW)
    assert files.file_of(row)["writers"] == [OPERATOR, PLAYERS["expert"].urn]
    writing.dismiss(application=row, person=person("expert"), by=OPERATOR, at=NOW)
    with pytest.raises(applications.BadApplication):
        writing.invite(application=row, person=party("venture"), by=OPERATOR, at=NOW)
    assert Application.objects.get(pk=row.pk).coauthors.count() == 0


def test_only_files_of_known_sorts_are_attached_and_the_same_one_once() -> None:
    row = a_draft(an_open_call())
    with pytest.raises(BadFact, match="only PDF"):
        writing.attach(application=row, code="plan", name="x.pdf", file=io.BytesIO(b"MZ\x90\x00"), by=OPERATOR, at=NOW)
    for _twice in range(2):
        one = writing.attach(application=row, code="plan", name="x.pdf", file=pdf(), by=OPERATOR, at=NOW)
    assert row.attachments.count() == 1
    writing.detach(attachment=one, by=OPERATOR, at=NOW)
    assert row.attachments.count() == 0


def test_mentors_and_staff_are_counted_by_ties_in_force_on_the_day() -> None:
    tie = ties.attest(kind=TieKind.MENTORS, source=person("expert"), target=party("incubator"), by=OFFICER, at=NOW)
    assert a_draft(an_open_call("traditional_uplift")).known["mentors"]["value"] == "1"
    ties.end(tie, by=OFFICER, at=NOW)
    assert "mentors" not in a_draft(an_open_call("traditional_uplift")).known


def test_every_answer_of_the_sample_is_one_the_kind_asks() -> None:
    row = filled(a_draft(an_open_call()))
    assert set(ANSWERS["benchmark_incubator"]) <= set(row.values)
