"""The pages of policy: what is written can be read back, what is wrong comes back marked, and who may see what."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fuhua.desk.models import Ask
from fuhua.evidence.words import Grade
from fuhua.journey.actions import profiles, stays, verdicts
from fuhua.journey.queries.board import board
from fuhua.kernel import period
from fuhua.parties.actions import consents, delegations
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Consent, Party
from fuhua.policy.catalog import rule_of, rules
from fuhua.policy.reasoning.questions import settles
from journey.policy_said import known, text, told

VENTURE, INCUBATOR = ORGANISATIONS["venture"].urn, ORGANISATIONS["incubator"].urn
BOARD = f"/policy/of/{VENTURE}/"
FOUNDER, OFFICER = PLAYERS["founder"].urn, PLAYERS["city_officer"].urn
CHINESE = re.compile(r"[\u4e00-\u9fff]")
RULES = [pytest.param(rule, id=rule.key) for rule in rules()]
SMALL_PROFIT = {"taxable_income": "60万元", "quarterly_staff": 40, "quarterly_assets": "1500万元", "prohibited_trade": False}
TECH_SME = {key: value for key, value in rule_of("tech_sme").examples[1].profile.items() if value is not None}


# --- the catalogue --------------------------------------------------------------------------------------------------------


def test_the_catalogue_is_open_to_everybody_and_finds_a_rule_by_its_document(today, cast, client_of):
    stranger = client_of("stranger")
    assert text(stranger.get("/policy/")).count("适用对象") >= len({rule.topic for rule in rules()})
    found = stranger.get("/policy/?q=115号")
    assert [[row["rule"].key for row in topic["rows"]] for topic in found.context["topics"]] == [["tech_sme"]]
    assert "没有符合条件的政策" in text(stranger.get("/policy/?q=不存在的政策"))


def test_the_catalogue_says_what_has_ended_and_for_whom_a_rule_is(today, cast, client_of):
    ended = client_of("stranger").get("/policy/?state=ended").context["topics"]
    keys = {row["rule"].key for topic in ended for row in topic["rows"]}
    assert keys == {rule.key for rule in rules() if rule.edition(period.day(today)) is None}
    assert "first_loan" in keys
    people = client_of("stranger").get("/policy/?subject=person").context["topics"]
    assert {row["rule"].subject for topic in people for row in topic["rows"]} == {"person"}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_explained_to_everybody_in_both_languages(rule: Any, db, today, client):
    for language in ("zh-hans", "en"):
        client.cookies["fuhua_language"] = language
        page = client.get(f"/policy/rules/{rule.key}/")
        assert page.status_code == 200
        for edition in rule.editions:
            said = edition.source.title.en if language == "en" else edition.source.number
            assert said in html.unescape(page.content.decode())
    whole = re.sub(r'<span lang="zh-Hans">.*?</span>', "", page.content.decode())
    english = {html.unescape(piece).strip() for piece in re.findall(r">([^<>]+)<", whole)}
    names = {rule.name.zh, rule.about.zh, *(leaf.clause.text.zh for edition in rule.editions for leaf in edition.leaves)}
    assert {name for name in names & english if CHINESE.search(name)} == set()


def test_a_clause_that_rests_on_memory_says_so(db, today, client):
    page = text(client.get("/policy/rules/innovative_sme/"))
    assert "凭记忆转述，请核对原文 0.85" in page
    assert "公开文本未载，由管理人员设定" in page


def test_an_unknown_rule_is_not_there(today, client):
    assert client.get("/policy/rules/no_such_rule/").status_code == 404


# --- the board ------------------------------------------------------------------------------------------------------------


def test_a_board_without_any_answer_asks_first_and_judges_nothing_to_be_refused_that_is_unknown(founder):
    page = founder.get(BOARD)
    assert page.context["asked"] is not None
    assert page.context["touched"] > 1
    assert "eligible" not in {group["code"] for group in page.context["groups"]}


def test_the_question_asked_first_is_the_one_that_settles_most(founder):
    for answers in ({}, {"sales": "2000万元"}, TECH_SME, SMALL_PROFIT, {"listed_company": False, "employees": 12}):
        told(**answers)
        found = board(VENTURE, period.day(timezone.now()))
        open_ = [line.verdict for line in found.lines if line.verdict.answer == "undetermined"]
        gains = {one: sum(settles(each, one) for each in open_ if one in each.missing) for each in open_ for one in each.missing}
        assert gains[found.questions[0]] == max(gains.values())
        assert found.questions[0] == founder.get(BOARD).context["asked"]


def test_every_verdict_opens_in_both_languages(founder):
    told(**{**TECH_SME, **SMALL_PROFIT})
    for language in ("zh-hans", "en"):
        founder.cookies["fuhua_language"] = language
        for group in founder.get(BOARD).context["groups"]:
            for row in group["rows"]:
                assert founder.get(row["url"]).status_code == 200, row["url"]


def test_an_answer_that_cannot_be_read_comes_back_at_its_field_and_nothing_is_lost(founder):
    sent = {"employees": "四十", "rd_staff": "12", "sales": "1000万元", "resident_enterprise": "yes"}
    page = founder.post(f"{BOARD}profile/", sent)
    assert page.status_code == 422
    assert "employees" in page.context["form"].errors
    assert {name: page.context["form"][name].value() for name in sent} == sent
    assert known("rd_staff") is None
    founder.cookies["fuhua_language"] = "en"
    (said,) = founder.post(f"{BOARD}profile/", sent).context["form"].errors["employees"]
    assert "a number is wanted" in said


def test_only_what_changed_goes_on_record(founder):
    told(employees=40, sales="1000万元")
    before = known("sales")
    page = founder.get(f"{BOARD}profile/")
    sent = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    founder.post(f"{BOARD}profile/", {**sent, "employees": "41"})
    assert (known("employees"), known("sales")) == ((41, 41), before)
    digests = {name: profiles.profile_of(VENTURE, period.day(timezone.now())).origins[name].digest for name in ("employees", "sales")}
    founder.post(f"{BOARD}profile/", {**sent, "employees": "41"})
    assert digests == {name: profiles.profile_of(VENTURE, period.day(timezone.now())).origins[name].digest for name in digests}


def test_an_expert_s_judgement_may_be_a_range(founder):
    founder.post(f"{BOARD}answer/", {"right_advance_points": "5-7", "back_to": "hnte"})
    assert known("right_advance_points") == (5, 7)
    assert "5–7" in text(founder.get(f"{BOARD}rules/hnte/")) or "5 分 至 7 分" in text(founder.get(f"{BOARD}rules/hnte/"))


def test_an_answer_on_a_rule_s_page_leads_back_there_right_or_wrong(founder):
    there = f"{BOARD}rules/tech_sme/"
    assert founder.post(f"{BOARD}answer/", {"employees": "40", "back_to": "tech_sme"})["Location"] == there
    wrong = founder.post(f"{BOARD}answer/", {"employees": "-1", "back_to": "tech_sme"})
    assert (wrong.status_code, wrong.context["rule"].key, "employees" in wrong.context["form"].errors) == (422, "tech_sme", True)
    assert founder.post(f"{BOARD}answer/", {"employees": "-1"}).context["asked"] is not None
    assert founder.post(f"{BOARD}answer/", {"no_such_input": "1"}).status_code == 404


def test_a_cliff_is_warned_of_before_it_is_stepped_over(founder):
    told(**{**TECH_SME, "rd_staff": 100, "employees": 495})
    (row,) = [row for group in founder.get(BOARD).context["groups"] for row in group["rows"] if row["key"] == "tech_sme"]
    assert (row["standing"], [str(cliff["room"]) for cliff in row["cliffs"]]) == ("eligible", ["5 人"])
    assert "职工总数 再多 5 人 以上就会失去" in text(founder.get(BOARD))


def test_a_shortfall_names_what_the_firm_can_change_and_not_whom_to_dismiss(founder):
    told(**TECH_SME)
    page = text(founder.get(f"{BOARD}rules/tech_sme/"))
    assert "再增加 1 人：科技人员数（3 人 → 4 人）" in page
    assert "再减少" not in page
    assert "第一种已证明成本最低" in page


def test_the_table_to_keep_holds_every_policy_with_document_and_clause(founder):
    told(**SMALL_PROFIT)
    answer = founder.get(f"{BOARD}policy.csv")
    found = list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert len(found) == sum(rule.subject == "venture" for rule in rules())
    (row,) = [row for row in found if row["政策"] == "小型微利企业所得税优惠"]
    assert (row["结论"], row["每年价值（元）"], row["期限"]) == ("符合条件", "120000.00", "2027-12-31")
    assert row["文件"].startswith("公告2023年")
    assert all(not cell or cell[0] not in "=+-@" for row in found for cell in row.values())


def test_a_board_takes_as_many_queries_however_much_is_known(founder):
    def queries() -> int:
        founder.get(BOARD)
        with CaptureQueriesContext(connection) as captured:
            founder.get(BOARD)
        return len(captured)

    told(employees=40)
    few = queries()
    told(**{**TECH_SME, **SMALL_PROFIT})
    assert queries() == few


def test_each_person_has_a_board_of_their_own(officer, cast):
    mine = PLAYERS["city_officer"].urn
    page = officer.get(f"/policy/of/{mine}/")
    assert {row["key"] for group in page.context["groups"] for row in group["rows"]} == {r.key for r in rules() if r.subject == "person"}
    assert officer.get(f"/policy/of/{FOUNDER}/").status_code == 404
    assert officer.get("/policy/of/urn:fuhua:venture:nobody/").status_code == 404
    assert officer.get("/policy/of/not-a-urn/").status_code == 404


def test_a_rule_that_judges_others_has_no_page_for_the_subject(founder):
    assert founder.get(f"{BOARD}rules/incubator_tax/").status_code == 404
    assert founder.get(f"{BOARD}rules/rd_super/binder/").status_code == 404


@pytest.mark.parametrize(("scope", "status"), [("applications", 200), ("all", 200), ("returns", 404)])
def test_whom_a_venture_lets_file_applications_sees_its_board_and_nobody_else_does(founder, client_of, cast, scope, status):
    venture, house = Party.objects.get(urn=VENTURE), Party.objects.get(urn=INCUBATOR)
    operator = client_of("operator")
    assert operator.get(BOARD).status_code == 404
    delegations.give(giver=venture, holder=house, scope=scope, expires=timezone.now() + dt.timedelta(days=30), by=FOUNDER,
                     at=timezone.now() - dt.timedelta(hours=1))
    assert operator.get(BOARD).status_code == status
    assert operator.post(f"{BOARD}share/{house.pk}/").status_code == 404


# --- apply, binder, share -----------------------------------------------------------------------------------------------


def test_an_application_is_made_once_and_only_when_eligible(founder):
    apply = f"{BOARD}rules/tech_sme/apply/"
    assert founder.post(apply).status_code == 422
    told(**{**TECH_SME, "rd_staff": 12})
    token = founder.get(apply).context["form"]["once"].value()
    first = founder.post(apply, {"once": token})
    assert founder.post(apply, {"once": token})["Location"] == first["Location"]
    assert founder.post(apply, {"once": "another"}).status_code == 422
    assert Ask.objects.count() == 1
    assert "已于 2026年3月20日 提出申请" in text(founder.get(apply))


def test_nobody_applies_for_what_is_declared_by_oneself(founder):
    told(**SMALL_PROFIT)
    page = f"{BOARD}rules/small_low_profit/"
    assert "提出申请" not in text(founder.get(page))
    sent = founder.post(f"{page}apply/", {"once": founder.get(f"{page}apply/").context["form"]["once"].value()})
    assert (sent.status_code, Ask.objects.count()) == (422, 0)


def test_a_policy_that_says_not_how_it_is_claimed_needs_no_application(today, client_of):
    longest = next(each for each in rule_of("incubator_tax").examples if each.key == "last day")
    told(INCUBATOR, **longest.profile)
    shown = client_of("operator").get(f"/policy/of/{INCUBATOR}/")
    rows = {row["key"]: row for group in shown.context["groups"] for row in group["rows"]}
    assert (rows["incubator_tax"]["standing"], rule_of("incubator_tax").how) == ("eligible", None)
    words = text(shown)
    assert "无须申请" in words
    assert "None" not in words


def test_without_a_district_officer_the_city_office_hears_it(founder, cast):
    haidian = Party.objects.get(urn=ORGANISATIONS["haidian"].urn)
    haidian.ties_out.update(until=dt.date(2026, 3, 1), state="ended")
    assert founder.get(f"{BOARD}rules/small_low_profit/apply/").context["office"].urn == ORGANISATIONS["city"].urn


def test_a_paper_goes_into_its_own_binder_only(founder, client_of):
    binder = f"{BOARD}rules/tech_sme/binder/"
    paper = SimpleUploadedFile("a.pdf", b"%PDF accounts", content_type="application/pdf")
    founder.post(f"{binder}paper/", {"paper": "accounts", "file": paper})
    page = founder.get(binder)
    assert [row["paper"].code for row in page.context["papers"] if row["filed"]] == ["accounts"]
    assert founder.post(f"{BOARD}rules/hnte/binder/{'0' * 64}/take-out/").status_code == 404
    assert client_of("operator").post(f"{binder}paper/", {"paper": "accounts"}).status_code == 404
    founder.post(f"{binder}paper/", {"paper": "no_such_place", "file": SimpleUploadedFile("b.pdf", b"b")})
    founder.post(f"{binder}paper/", {"paper": "rights"})
    assert len(founder.get(binder).context["binder"].missing) == 2


def test_a_venture_lets_its_incubator_see_for_a_year_once(founder, cast, today):
    house = Party.objects.get(urn=INCUBATOR)
    assert founder.post(f"{BOARD}share/{house.pk}/").status_code == 404  # it does not live there
    stays.begin(subject=VENTURE, host=INCUBATOR, stay="physical", district="110108", by=OFFICER, at=today, grade=Grade.REGISTRY)
    for _twice in range(2):
        assert founder.post(f"{BOARD}share/{house.pk}/").status_code == 302
    consent = Consent.objects.get()
    assert (consent.reader, consent.thing, consent.expires - today) == (house, "policy_benefits", dt.timedelta(days=365))


def test_an_expired_consent_shows_nothing(founder, client_of, cast, today):
    told(**SMALL_PROFIT)
    verdicts.judge_subject(subject=VENTURE, by=FOUNDER, at=today)
    venture, house = Party.objects.get(urn=VENTURE), Party.objects.get(urn=INCUBATOR)
    stays.begin(subject=VENTURE, host=INCUBATOR, stay="physical", district="110108", by=OFFICER, at=today, grade=Grade.REGISTRY)
    given = consents.give(giver=venture, reader=house, thing="policy_benefits", purpose="x", expires=today + dt.timedelta(days=1),
                          by=FOUNDER, at=today - dt.timedelta(days=2))
    assert ORGANISATIONS["venture"].name in text(client_of("operator").get("/policy/benefits/"))
    Consent.objects.filter(pk=given.pk).update(expires=today)
    assert ORGANISATIONS["venture"].name not in text(client_of("operator").get("/policy/benefits/"))
