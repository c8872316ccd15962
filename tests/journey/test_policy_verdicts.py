"""What a subject states is judged at once, kept as facts, judged again when rules change, and told to whom it changes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest

from fuhua.desk.actions import asks
from fuhua.desk.models import Ask, Notice
from fuhua.evidence.actions import sequence
from fuhua.evidence.actions.attachments import BadAttachment
from fuhua.evidence.actions.reactions import follow
from fuhua.evidence.queries import told_of
from fuhua.journey import facts
from fuhua.journey.actions import applications, numbers, papers, profiles, sharing, stays, titles, verdicts
from fuhua.journey.models import PolicyNumber, Standing
from fuhua.journey.queries import benefits, board
from fuhua.journey.queries import profiles as profiles_read
from fuhua.journey.queries.binders import binder
from fuhua.journey.queries.numbers import costs_on, tables_on
from fuhua.journey.queries.profiles import profile_of
from fuhua.journey.queries.what_if import what_if
from fuhua.journey.words import BENEFITS
from fuhua.kernel.urn import of
from fuhua.parties.actions import consents, organisations
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party
from fuhua.policy.catalog import rule_of
from fuhua.policy.reasoning.terms import percent, yi
from fuhua.policy.rules.enterprise import tech_sme

VENTURE, INCUBATOR, OTHER = ORGANISATIONS["venture"].urn, ORGANISATIONS["incubator"].urn, of("venture", "other")
FOUNDER, OFFICER = PLAYERS["founder"].urn, PLAYERS["city_officer"].urn
FIRM = {**tech_sme.SMALL, "rd_staff": 3, "rd": "80万元", "class_1": 1, "class_2": 0}
LADDER = {**FIRM, "rd_staff": 14, "hnte_valid": True}  # an innovative SME by the edition that ends on 2026-03-31
At = Callable[..., dt.datetime]

pytestmark = pytest.mark.django_db


def _state(at: At, values: dict[str, Any], subject: str = VENTURE, day: str = "2025-05-20", **more: Any) -> list[str]:
    return profiles.answer(subject=subject, values=values, by=FOUNDER, at=at(day), **more)


def _standing(rule: str, subject: str = VENTURE) -> tuple[str, str]:
    row = Standing.objects.get(subject=subject, rule=rule)
    return row.answer, row.edition


def test_each_value_is_a_fact_and_is_stated_once(at: At) -> None:
    assert len(_state(at, FIRM)) == len(FIRM)
    assert _state(at, FIRM) == []
    assert len(_state(at, {**FIRM, "employees": 41})) == 1
    profile = profile_of(VENTURE, dt.date(2025, 5, 20))
    assert (profile.known["employees"], profile.known["sales"]) == ((41, 41), (1_000_000_000, 1_000_000_000))
    assert profile.origins["employees"].by == FOUNDER


def test_ranges_choices_years_and_dates_come_back_as_they_were_stated(at: At) -> None:
    _state(at, {"right_advance_points": [5, 7], "main_industry": "manufacturing", "unabsorbed_losses": {"2019": 100, "2020": 0},
                "title_years": {}, "registered_on": "2021-06-18"})  # fmt: skip
    known = profile_of(VENTURE, dt.date(2025, 6, 1)).known
    assert known["right_advance_points"] == (5, 7)
    assert known["main_industry"] == "manufacturing"
    assert known["unabsorbed_losses"] == {2019: 10_000, 2020: 0}
    assert known["title_years"] == {}
    assert known["registered_on"] == (dt.date(2021, 6, 18).toordinal(),) * 2


def test_a_wrong_value_names_its_input_and_nothing_of_the_answer_is_kept(at: At) -> None:
    for values, said in (({"employees": "三十"}, "employees"), ({"employes": 3}, "employees"), ({"rd": "5 人"}, "CNY")):
        with pytest.raises(profiles.BadAnswer) as refused:
            _state(at, {**FIRM, **values})
        assert (said in refused.value.text.zh, said in refused.value.text.en) == (True, True)
    assert told_of(VENTURE, facts.ValueStated, on=dt.date(2025, 6, 1)) == []


def test_a_verdict_is_a_fact_with_its_edition_its_inputs_and_its_answer(at: At) -> None:
    _state(at, FIRM)
    [told] = [each for each in told_of(VENTURE, facts.VerdictGiven, on=dt.date(2025, 5, 20)) if each.fact.rule == "tech_sme"]
    assert (told.fact.answer, told.fact.edition) == ("not_eligible", "2017")
    assert {"employees=40", "rd_staff=3", "rd=80000000", "hnte_valid=0"} <= set(told.fact.inputs)
    assert Standing.objects.get(subject=VENTURE, rule="tech_sme").digest == told.digest


def test_a_verdict_is_told_again_only_when_something_it_rests_on_is_new(at: At) -> None:
    def told() -> list[str]:
        return [each.fact.rule for each in told_of(VENTURE, facts.VerdictGiven, on=dt.date(2025, 6, 1))]

    _state(at, FIRM)
    before = told()
    assert verdicts.judge_subject(subject=VENTURE, by=FOUNDER, at=at("2025-05-21")) == []
    assert told() == before
    _state(at, {"rd_staff": 12}, day="2025-05-21")
    again = told()[len(before) :]
    assert "tech_sme" in again
    assert "loss_ten_years" not in again
    assert _standing("tech_sme") == ("eligible", "2017")


def test_a_title_on_record_answers_its_question_while_it_lasts(at: At) -> None:
    titles.award(subject=VENTURE, title="hnte", basis="certificate", on=dt.date(2022, 6, 1), by=OFFICER, at=at("2022-06-02"))
    assert profile_of(VENTURE, dt.date(2025, 5, 31)).known["hnte_valid"] == (1, 1)
    assert profile_of(VENTURE, dt.date(2025, 6, 1)).known["hnte_valid"] == (0, 0)
    titles.award(subject=VENTURE, title="hnte", basis="certificate", on=dt.date(2025, 6, 1), by=OFFICER, at=at("2025-06-02"))
    assert profile_of(VENTURE, dt.date(2025, 6, 1)).known["hnte_valid"] == (1, 1)
    titles.end(subject=VENTURE, title="hnte", reason="revoked", on=dt.date(2025, 6, 20), by=OFFICER, at=at())
    assert profile_of(VENTURE, dt.date(2025, 6, 20)).known["hnte_valid"] == (0, 0)


def test_an_incubators_title_and_its_end_set_the_months_of_exemption(at: At) -> None:
    titles.award(subject=INCUBATOR, title="municipal_incubator", basis="list", on=dt.date(2024, 5, 20), by=OFFICER, at=at("2024-06-02"))
    _state(
        at, {"premises_use": "both", "property_tax_month": "3万元", "land_tax_month": 5000, "incubation_income_separate": False}, INCUBATOR
    )
    line = board.one(INCUBATOR, rule_of("incubator_tax"), dt.date(2025, 6, 30))
    assert (line.standing, line.worth) == ("eligible", 12 * 35_000_00)
    titles.end(subject=INCUBATOR, title="municipal_incubator", reason="revoked", on=dt.date(2025, 6, 10), by=OFFICER, at=at())
    verdict = board.one(INCUBATOR, rule_of("incubator_tax"), dt.date(2025, 6, 30)).verdict
    figures = {figure.key: value for figure, value in verdict.figures}
    assert figures["exempt_until"] == dt.date(2025, 6, 30)
    assert board.one(INCUBATOR, rule_of("incubator_tax"), dt.date(2025, 7, 1)).standing == "no"


def test_when_an_edition_begins_only_those_whose_answer_changed_are_told(at: At, cast: Any) -> None:
    _state(at, LADDER, day="2026-03-30")
    _state(at, {"employees": 10}, OTHER, day="2026-03-30")
    assert _standing("innovative_sme") == ("eligible", "2022")
    found = verdicts.rejudge(by=OFFICER, at=at("2026-04-01"))
    moved = {(each.standing.subject, each.standing.rule): (each.former, each.standing.answer) for each in found}
    assert moved[VENTURE, "innovative_sme"] == (("eligible", ""), "undetermined")
    assert {subject for subject, _rule in moved} == {VENTURE}
    [notice] = Notice.objects.all()
    assert (notice.to.urn, "创新型中小企业 符合 → 暂不能判断" in notice.title, VENTURE in notice.url) == (VENTURE, True, True)
    assert (notice.said.zh, notice.said.en.startswith("Policy: "), "政策" in notice.said.en) == (notice.title, True, False)
    assert _standing("specialised_sme")[1] == "2026"
    assert verdicts.rejudge(by=OFFICER, at=at("2026-04-02")) == []


def test_an_officers_number_is_in_force_from_its_day_and_moves_verdicts(at: At, cast: Any) -> None:
    numbers.set_number(key="specialised_sme.main_share", value="60", since=dt.date(2026, 4, 1), by=OFFICER, at=at("2026-03-01"))
    numbers.set_number(key="specialised_sme.main_share", value="62.5", since=dt.date(2026, 5, 1), by=OFFICER, at=at("2026-03-01"))
    assert tables_on(dt.date(2026, 3, 31)) == {}
    assert tables_on(dt.date(2026, 4, 1)) == {"specialised_sme.main_share": percent(60)}
    assert tables_on(dt.date(2026, 5, 1)) == {"specialised_sme.main_share": percent("62.5")}
    with pytest.raises(numbers.BadNumber):
        numbers.set_number(key="specialised_sme.main_share", value="61", since=dt.date(2026, 5, 1), by=OFFICER, at=at("2026-03-01"))
    numbers.unset(number=PolicyNumber.objects.get(since=dt.date(2026, 5, 1)), by=OFFICER, at=at("2026-03-01"))
    assert tables_on(dt.date(2026, 5, 1)) == {"specialised_sme.main_share": percent(60)}


@pytest.mark.parametrize(("key", "value"), [("nothing", "1"), ("specialised_sme.main_share", "many"), ("specialised_sme.main_share", "-1"),
                                            ("cost.rd_staff", "-1"), ("step.rd_staff", "0"), ("step.rd_staff", "0.2"),
                                            ("fixed.rd_staff", "2"), ("cost.main_industry", "1"), ("cost.rd_staff", "1e9")])  # fmt: skip
def test_a_number_that_makes_no_sense_is_refused(at: At, key: str, value: str) -> None:
    with pytest.raises(numbers.BadNumber):
        numbers.set_number(key=key, value=value, since=dt.date(2025, 1, 1), by=OFFICER, at=at())
    assert not PolicyNumber.objects.exists()


def test_an_officers_cost_ranks_the_ways(at: At) -> None:
    _state(at, FIRM)
    numbers.set_number(key="cost.rd_staff", value="12345.5", since=dt.date(2025, 1, 1), by=OFFICER, at=at())
    assert costs_on(dt.date(2025, 6, 1))["rd_staff"].cost == 1_234_550
    line = board.one(VENTURE, rule_of("tech_sme"), dt.date(2025, 6, 1))
    assert (line.standing, line.near.ways[0].cost) == ("short", 1_234_550)


def test_the_board_asks_first_what_settles_most_and_never_what_is_known(at: At) -> None:
    _state(at, {name: value for name, value in FIRM.items() if name not in ("rd_staff", "costs")})
    found = board.board(VENTURE, dt.date(2025, 5, 20))
    assert {line.rule.key for line in found.by_standing["cannot_tell"]} >= {"tech_sme"}
    assert not {one.name for one in found.questions} & set(profile_of(VENTURE, dt.date(2025, 5, 20)).known)
    assert found.questions


def test_one_applies_once_with_what_is_on_record_and_the_case_has_a_clock(at: At, cast: Any) -> None:
    venture, city = Party.objects.get(urn=VENTURE), Party.objects.get(urn=ORGANISATIONS["city"].urn)
    given = {"subject": venture, "rule": rule_of("tech_sme"), "asked": city.pk, "person": cast["founder"].party.pk, "by": FOUNDER}
    _state(at, FIRM)
    with pytest.raises(applications.CannotApply):
        applications.make(**given, at=at())
    _state(at, {"rd_staff": 12})
    case = applications.make(**given, at=at())
    assert ("科技人员" in case.body, "12 人" in case.body, case.kind, case.asked) == (True, True, "policy_application", city)
    with pytest.raises(applications.CannotApply):
        applications.make(**given, at=at())
    assert Ask.objects.count() == 1
    asks.withdraw(ask=case, by=FOUNDER, at=at())
    assert board.one(VENTURE, rule_of("tech_sme"), dt.date(2025, 6, 30)).applied is None
    case = applications.make(**given, at=at())
    assert board.one(VENTURE, rule_of("tech_sme"), dt.date(2025, 6, 30)).applied.fact.ask == case.urn


def test_a_binder_names_the_missing_lease_and_is_complete_with_it(at: At, cast: Any) -> None:
    stays.begin(subject=VENTURE, host=INCUBATOR, stay="physical", district="110108", on=dt.date(2024, 1, 8), by=INCUBATOR, at=at())
    given = {"subject": INCUBATOR, "rule": "incubator_tax", "by": PLAYERS["operator"].urn, "at": at()}
    for paper in ("title", "premises", "accounts"):
        papers.file(paper=paper, content=io.BytesIO(paper.encode()), **given)
    found = binder(INCUBATOR, "incubator_tax", dt.date(2025, 6, 30))
    assert [(paper.code, paper.tenant, paper.tenant_name) for paper in found.missing] == [("lease", VENTURE, ORGANISATIONS["venture"].name)]
    with pytest.raises(papers.NoSuchPaper):
        papers.file(paper="lease", tenant=OTHER, content=io.BytesIO(b"x"), **given)
    for wrong in (b"<html><script>alert(1)</script>", b"MZ\x90\x00"):
        with pytest.raises(BadAttachment):
            papers.file(paper="lease", tenant=VENTURE, content=io.BytesIO(wrong), **given)
    digest = papers.file(paper="lease", tenant=VENTURE, content=io.BytesIO(b"lease"), **given)
    assert binder(INCUBATOR, "incubator_tax", dt.date(2025, 6, 30)).complete
    papers.take_out(digest=digest, subject=INCUBATOR, by=PLAYERS["operator"].urn, at=at())
    assert not binder(INCUBATOR, "incubator_tax", dt.date(2025, 6, 30)).complete


def test_an_operator_sees_only_consenting_tenants_and_only_what_they_are_eligible_for(at: At, cast: Any) -> None:
    stays.begin(subject=VENTURE, host=INCUBATOR, stay="physical", district="110108", on=dt.date(2024, 1, 8), by=INCUBATOR, at=at())
    _state(at, {**FIRM, "rd_staff": 12})
    house, venture = Party.objects.get(urn=INCUBATOR), Party.objects.get(urn=VENTURE)
    assert benefits.benefits([house.pk], at()) == []
    consent = consents.give(giver=venture, reader=house, thing=BENEFITS, purpose="政策", expires=at("2026-06-30"), by=FOUNDER, at=at())
    [seen] = benefits.benefits([house.pk], at())
    assert seen.tenant == venture
    assert {rule.key for rule in seen.rules} == set(
        Standing.objects.filter(subject=VENTURE, answer="eligible").values_list("rule", flat=True)
    )
    assert benefits.benefits([house.pk], at("2026-07-01")) == []
    consents.withdraw(consent, by=FOUNDER, at=at())
    assert benefits.benefits([house.pk], at()) == []


def test_a_changed_threshold_says_who_gains_and_who_loses_by_district_and_stage(at: At, cast: Any) -> None:
    stays.begin(subject=VENTURE, host=INCUBATOR, stay="physical", district="110108", on=dt.date(2024, 1, 8), by=INCUBATOR, at=at())
    _state(at, {**FIRM, "rd_staff": 12, "sales": "2.4亿元", "rd": "1500万元"})
    sequence.catch_up(at=at())
    day = dt.date(2025, 6, 30)
    wider = what_if(rule_of("tech_sme"), "2017", day, bounds={"sales": yi(3)})
    assert (wider.all.gain, wider.all.lose) == ([VENTURE], [])
    assert (wider.by_district["110108"].gain, wider.by_stage["physical"].gain) == ([VENTURE], [VENTURE])
    assert (wider.before["not_eligible"], wider.after["eligible"]) == (1, 1)
    _state(at, {"sales": "1.5亿元"}, day="2025-06-30")
    sequence.catch_up(at=at())
    narrower = what_if(rule_of("tech_sme"), "2017", day, bounds={"sales": yi(1)})
    assert (narrower.all.gain, narrower.all.lose) == ([], [VENTURE])
    ended = what_if(rule_of("tech_sme"), "2017", day, until=dt.date(2024, 12, 31))
    assert ended.all.lose == [VENTURE]


def test_whoever_was_not_judged_today_is_judged_once_a_day_the_longest_ago_first(at: At, cast: Any) -> None:
    _state(at, LADDER, day="2026-03-30")
    assert verdicts.judge_due(at=at("2026-03-30"), seconds=5) == []
    found = verdicts.judge_due(at=at("2026-04-01"), seconds=5)
    assert "innovative_sme" in {each.standing.rule for each in found}
    assert set(Standing.objects.values_list("judged", flat=True)) == {dt.date(2026, 4, 1)}
    assert verdicts.judge_due(at=at("2026-04-01"), seconds=5) == []
    assert Notice.objects.count() == 1


def test_what_was_told_of_a_duplicate_counts_for_the_firm_it_was_merged_into(at: At, cast: Any) -> None:
    double = organisations.register(sort="venture", name="寄灵科技", by=OFFICER, at=at("2024-01-01"), urn=of("venture", "double"))
    titles.award(subject=double.urn, title="hnte", basis="certificate", on=dt.date(2024, 6, 1), by=OFFICER, at=at("2024-06-02"))
    assert "hnte_valid" not in profile_of(VENTURE, dt.date(2025, 6, 1)).known
    organisations.merge(duplicate=double, into=Party.objects.get(urn=VENTURE), by=OFFICER, at=at("2025-01-02"))
    assert profile_of(VENTURE, dt.date(2025, 6, 1)).known["hnte_valid"] == (1, 1)


def test_what_the_day_moved_is_told_even_when_an_answer_comes_before_the_daily_judging(at: At, cast: Any) -> None:
    _state(at, LADDER, day="2026-03-30")
    _state(at, {"niche_years": 1}, day="2026-04-01")
    [notice] = Notice.objects.all()
    assert "创新型中小企业" in notice.title
    assert verdicts.judge_due(at=at("2026-04-01"), seconds=5) == []


def test_one_who_cannot_be_judged_holds_up_nobody(at: At, cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _state(at, LADDER, OTHER, day="2026-03-30")
    _state(at, LADDER, day="2026-03-30")
    Standing.objects.filter(subject=OTHER).update(judged=dt.date(2026, 1, 1))
    told = profiles_read.told
    monkeypatch.setattr(profiles_read, "told", lambda subject, *kinds, on: 1 / 0 if subject == OTHER else told(subject, *kinds, on=on))
    assert {each.standing.subject for each in verdicts.judge_due(at=at("2026-04-01"), seconds=5)} == {VENTURE}
    assert set(Standing.objects.values_list("judged", flat=True)) == {dt.date(2026, 4, 1)}


def test_a_duplicate_is_judged_as_what_it_became_and_an_erased_person_no_more(at: At, cast: Any) -> None:
    double = organisations.register(sort="venture", name="寄灵科技", by=OFFICER, at=at("2024-01-01"), urn=of("venture", "double"))
    _state(at, LADDER, double.urn, day="2026-03-30")
    organisations.merge(duplicate=double, into=Party.objects.get(urn=VENTURE), by=OFFICER, at=at("2026-03-31"))
    verdicts.judge_due(at=at("2026-04-01"), seconds=5)
    assert set(Standing.objects.values_list("subject", flat=True)) == {VENTURE}
    person = cast["expert"].party
    profiles.answer(subject=person.urn, values={"gaoju_listed": True}, by=person.urn, at=at("2026-03-30"))
    Party.objects.filter(pk=person.pk).update(erased_at=at("2026-03-31"))
    verdicts.judge_due(at=at("2026-04-02"), seconds=5)
    assert not Standing.objects.filter(subject=person.urn).exists()


def test_what_if_sees_what_the_board_sees_of_a_merged_firm(at: At, cast: Any) -> None:
    double = organisations.register(sort="venture", name="寄灵科技", by=OFFICER, at=at("2024-01-01"), urn=of("venture", "double"))
    _state(at, {**FIRM, "rd_staff": 12}, double.urn)
    organisations.merge(duplicate=double, into=Party.objects.get(urn=VENTURE), by=OFFICER, at=at("2025-05-21"))
    sequence.catch_up(at=at())
    found = what_if(rule_of("tech_sme"), "2017", dt.date(2025, 6, 30), bounds={"employees": 30})
    assert (found.all.gain, found.all.lose) == ([], [VENTURE])


def test_a_valid_title_of_a_house_comes_before_a_higher_one_that_is_over(at: At) -> None:
    titles.award(subject=INCUBATOR, title="national_incubator", basis="list", on=dt.date(2019, 5, 20), by=OFFICER, at=at("2022-06-02"))
    titles.end(subject=INCUBATOR, title="national_incubator", reason="revoked", on=dt.date(2020, 6, 10), by=OFFICER, at=at("2022-06-03"))
    titles.award(subject=INCUBATOR, title="municipal_incubator", basis="list", on=dt.date(2024, 5, 20), by=OFFICER, at=at("2024-06-02"))
    known = profile_of(INCUBATOR, dt.date(2025, 6, 30)).known
    assert (known["incubator_title"], known["title_cancelled"]) == ("provincial_incubator", (0, 0))


def test_a_title_that_ran_out_gives_way_to_what_is_stated_later_and_a_revoked_one_does_not(at: At) -> None:
    titles.award(subject=VENTURE, title="tech_sme", basis="list", on=dt.date(2024, 3, 1), by=OFFICER, at=at("2024-03-02"))
    assert profile_of(VENTURE, dt.date(2025, 6, 1)).known["tech_sme_valid"] == (0, 0)
    _state(at, {"tech_sme_valid": True}, day="2025-05-20")
    assert profile_of(VENTURE, dt.date(2025, 6, 1)).known["tech_sme_valid"] == (1, 1)
    titles.end(subject=VENTURE, title="tech_sme", reason="revoked", on=dt.date(2025, 6, 2), by=OFFICER, at=at())
    assert profile_of(VENTURE, dt.date(2025, 6, 3)).known["tech_sme_valid"] == (0, 0)


def test_the_register_says_that_a_firm_is_in_beijing_and_old_titles_that_it_had_one_before(at: At, cast: Any) -> None:
    assert profile_of(VENTURE, dt.date(2025, 6, 1)).known["beijing_firm"] == (1, 1)
    titles.award(subject=VENTURE, title="hnte", basis="certificate", on=dt.date(2021, 6, 1), by=OFFICER, at=at("2022-06-02"))
    assert profile_of(VENTURE, dt.date(2025, 6, 1)).known["hnte_or_tech_sme_before"] == (1, 1)


def test_a_voided_title_moves_the_verdict_at_once(at: At, cast: Any) -> None:
    digest = titles.award(subject=VENTURE, title="hnte", basis="certificate", on=dt.date(2024, 6, 1), by=OFFICER, at=at("2024-06-02"))
    _state(at, {"taxable_income": "100万元"}, day="2025-05-20")
    assert _standing("hnte_rate")[0] == "eligible"
    sequence.catch_up(at=at())
    titles.award.void(digest, reason="mistake", by=OFFICER, at=at())
    sequence.catch_up(at=at())
    follow(at=at())
    verdicts.judge_due(at=at(), seconds=5)
    assert _standing("hnte_rate")[0] != "eligible"


def test_an_end_whose_award_was_voided_stops_nobody(at: At, cast: Any) -> None:
    award = titles.award(
        subject=INCUBATOR, title="municipal_incubator", basis="list", on=dt.date(2024, 5, 20), by=OFFICER, at=at("2024-06-02")
    )
    titles.end(subject=INCUBATOR, title="municipal_incubator", reason="revoked", on=dt.date(2025, 1, 10), by=OFFICER, at=at("2025-01-11"))
    titles.award.void(award, reason="mistake", by=OFFICER, at=at())
    assert "incubator_title" not in profile_of(INCUBATOR, dt.date(2025, 6, 30)).known
    assert board.board(INCUBATOR, dt.date(2025, 6, 30)).lines


def test_a_revoked_title_is_not_talked_away(at: At, cast: Any) -> None:
    titles.award(subject=VENTURE, title="hnte", basis="certificate", on=dt.date(2020, 6, 1), by=OFFICER, at=at("2022-06-02"))
    titles.end(subject=VENTURE, title="hnte", reason="revoked", on=dt.date(2021, 6, 1), by=OFFICER, at=at("2022-06-03"))
    _state(at, {"hnte_valid": True}, day="2025-05-20")
    assert profile_of(VENTURE, dt.date(2025, 6, 1)).known["hnte_valid"] == (0, 0)


def test_what_is_shared_is_shared_once_ends_with_the_stay_and_reading_it_is_logged(at: At, cast: Any) -> None:
    house, venture = Party.objects.get(urn=INCUBATOR), Party.objects.get(urn=VENTURE)
    stays.begin(
        subject=VENTURE, host=INCUBATOR, stay="physical", district="110108", on=dt.date(2024, 1, 8), by=INCUBATOR, at=at("2024-01-09")
    )
    given = {"giver": venture, "reader": house, "by": FOUNDER, "at": at("2025-05-20")}
    assert sharing.share(**given, purpose="政策") == sharing.share(**given, purpose="政策")
    _state(at, {**FIRM, "rd_staff": 12})
    [seen] = benefits.benefits([house.pk], at("2025-05-21"))
    for _twice in range(2):
        sharing.looked(found=[seen.consent], person=cast["operator"].party, at=at("2025-05-21"))
    assert seen.consent.openings.count() == 1
    stays.end(subject=VENTURE, host=INCUBATOR, stay="physical", reason="exited", on=dt.date(2025, 6, 1), by=INCUBATOR, at=at("2025-06-01"))
    sequence.catch_up(at=at("2025-06-02"))
    follow(at=at("2025-06-02"))
    assert benefits.readers(venture, at("2025-06-03")) == []
    seen.consent.refresh_from_db()
    assert seen.consent.withdrawn_at == at("2025-06-02")


@pytest.mark.parametrize(("key", "value", "change"), [
    ("fixed.rd_staff", "1", None), ("down.rd_staff", "1", (1, 30_000_000, False)), ("step.rd_staff", "3", (3, 30_000_000, True)),
    ("cost.employees", "1000", (1, 100_000, True)),
])  # fmt: skip
def test_officers_fix_free_turn_and_price_an_input(at: At, key: str, value: str, change: tuple[int, int, bool] | None) -> None:
    numbers.set_number(key=key, value=value, since=dt.date(2025, 1, 1), by=OFFICER, at=at())
    found = costs_on(dt.date(2025, 6, 1))[key.partition(".")[2]]
    assert (None if found is None else (found.step, found.cost, found.up)) == change


def test_a_numbers_subjects_are_due_again_and_judged_in_their_turn(at: At, cast: Any) -> None:
    _state(at, LADDER, day="2026-05-02")
    numbers.set_number(key="specialised_sme.main_share", value="60", since=dt.date(2026, 5, 2), by=OFFICER, at=at("2026-05-02"))
    verdicts.judge_due(at=at("2026-05-02"), seconds=5)
    told = [each.fact for each in told_of(VENTURE, facts.VerdictGiven, on=dt.date(2026, 5, 2)) if each.fact.rule == "specialised_sme"]
    assert "specialised_sme.main_share=3/5" in told[-1].inputs
