"""Facts told and corrected by hand, through the pages, and the indicators that move with them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver
from django.utils import timezone

from fuhua.capital.actions import funds
from fuhua.evidence.actions import facts, sequence
from fuhua.evidence.actions.verbs import VERBS
from fuhua.evidence.facts import fields_of
from fuhua.evidence.models import Fact
from fuhua.evidence.proof.figure import Terms
from fuhua.evidence.words import Grade
from fuhua.front.queries.telling import FILLED
from fuhua.journey.actions import stays
from fuhua.parties.actions import organisations
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party
from fuhua.plan.queries.figures import figure

pytestmark = pytest.mark.django_db
TERMS = Terms(since=dt.date(2022, 12, 31), until=dt.date(2025, 12, 31))
OFFICER = PLAYERS["city_officer"].urn


@pytest.fixture
def registered(cast, at):
    """``registered(sort, name)``: the URN of one more organisation."""
    return lambda sort, name: organisations.register(sort=sort, name=name, by=OFFICER, at=at("2022-02-01")).urn


def tell(client, kind, **given):
    return client.post(f"/evidence/tell/{kind}/", {"grade": "2", **given})


def told(client, kind, **given):
    answer = tell(client, kind, **given)
    assert answer.status_code == 302, answer.content.decode()
    return Fact.objects.get(digest=answer["Location"].rstrip("/").rpartition("/")[2])


def reads(code, on=dt.date(2025, 6, 30)):
    sequence.catch_up(at=timezone.now())
    return figure(code, None, on, TERMS).value


def test_an_uplift_told_through_the_pages_moves_its_indicator(client_of, registered):
    client, coach = client_of("city_officer"), registered("incubator", "北京引路孵化器有限公司")
    incubator = ORGANISATIONS["incubator"].name
    plan = told(client, "schemes.uplift_plan_agreed", subject=incubator, coach=coach, district="110108", true_from="2024-01-10")
    assert reads("I2") == 0
    told(client, "schemes.uplift_measured", subject=incubator, delta="15%", independent="yes", true_from="2025-02-10")
    for role in ("coach", "coached"):
        told(client, "schemes.uplift_confirmed", subject=incubator, role=role, true_from="2025-03-01")
    assert (facts.stored(plan.digest).fact.coach, reads("I2")) == (coach, 1)


def test_a_fact_that_builds_on_another_says_what_is_missing(client_of):
    page = tell(client_of("city_officer"), "schemes.uplift_measured", subject=ORGANISATIONS["incubator"].name, delta="-2.5",
                independent="no", true_from="2025-02-10")
    said = "没有“商定提升方案”的记录" in page.content.decode()
    assert (page.status_code, said, Fact.objects.filter(kind__startswith="schemes.").count()) == (200, True, 0)


def test_a_platform_is_registered_by_its_name_and_its_use_is_metered(client_of):
    client = client_of("coordinator")
    platform = told(client, "exchange.platform_registered", subject="量子测控公共平台", subject_new="on", novelty="new", proof="invoice",
                    owner=ORGANISATIONS["incubator"].name, acquired="2024-02-01", district="110108", true_from="2024-02-01",
                    file=SimpleUploadedFile("invoice.txt", b"an invoice", "text/plain"))
    use = told(client, "exchange.use_metered", subject="量子测控公共平台", user=ORGANISATIONS["venture"].name, minutes="1,200",
               fee="1.2万元", true_from="2024-03-01")
    metered = facts.stored(use.digest).fact
    assert (Party.objects.get(urn=platform.subject).name, len(facts.stored(platform.digest).documents)) == ("量子测控公共平台", 1)
    assert (metered.subject, metered.minutes, metered.fee, metered.affiliation) == (platform.subject, 1200, 1_200_000, "none")


def test_a_landing_opens_a_case_that_is_found_again_by_its_person(client_of):
    client, name = client_of("city_officer"), PLAYERS["founder"].name
    landed = told(client, "journey.landed", person=name, district="110108", true_from="2024-02-01")
    active = told(client, "journey.landing_active", subject=name, month="6", true_from="2024-08-01")
    assert (landed.subject.startswith("urn:fuhua:landing:"), active.subject) == (True, landed.subject)


def test_a_wrong_value_keeps_what_was_typed_and_says_how_to_mend(client_of, registered):
    registered("fund", "未来早期基金")
    given = {"subject": "未来早期基金", "committed": "一千万", "from_funds": "20万元", "early": "yes", "true_from": "2999-01-01"}
    client = client_of("city_officer")
    chinese = tell(client, "capital.fund_declared", **given).content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    english = tell(client, "capital.fund_declared", **given).content.decode()
    for page, said in ((chinese, "不是金额"), (chinese, "日期在未来"), (english, "is not an amount"), (english, "in the future")):
        assert said in page
    for value in ("未来早期基金", "一千万", "20万元", "2999-01-01"):
        assert f'value="{value}"' in chinese
    assert 'aria-describedby="id_committed_helptext id_committed_error"' in chinese
    assert not Fact.objects.filter(kind="capital.fund_declared").exists()


def test_a_name_that_may_mean_several_is_chosen_from(client_of, registered):
    one, other = registered("fund", "北京星河创业投资基金"), registered("fund", "北京星河创业投资基金")
    client = client_of("city_officer")
    given = {"subject": "北京星河创业投资基金", "committed": "1亿元", "early": "yes", "true_from": "2024-02-01"}
    page = tell(client, "capital.fund_declared", **given).content.decode()
    assert [f'type="radio" name="subject_choice" value="{urn}"' in page for urn in (one, other)] == [True, True]
    assert told(client, "capital.fund_declared", **given, subject_choice=other).subject == other


def test_who_is_of_the_wrong_sort_is_refused_by_name_and_by_urn(client_of):
    for subject in (ORGANISATIONS["park"].name, ORGANISATIONS["park"].urn, "urn:fuhua:fund:nobody"):
        page = tell(client_of("city_officer"), "capital.fund_declared", subject=subject, committed="1亿元", early="yes",
                    true_from="2024-02-01")
        assert (page.status_code, "field-error" in page.content.decode()) == (200, True)


@pytest.fixture
def payment(registered):
    """A declared early fund with one payment of 10 million yuan."""
    fund, by = registered("fund", "未来早期基金"), {"by": OFFICER, "at": timezone.now(), "grade": Grade.REGISTRY}
    funds.declare(subject=fund, committed=10**12, early=True, on=dt.date(2024, 2, 1), **by)
    return funds.pay_in(subject=fund, amount=10**9, payer=ORGANISATIONS["venture"].urn, on=dt.date(2024, 3, 1), **by)


def test_correcting_a_payment_moves_its_indicator_and_the_old_fact_points_to_the_new(payment, client_of):
    client = client_of("city_officer")
    assert reads("I4") == 10**9
    assert f"/evidence/facts/{payment}/correct/" in client.get(f"/evidence/facts/{payment}/").content.decode()
    form = client.get(f"/evidence/facts/{payment}/correct/").content.decode()
    assert ('value="1,000万元"' in form, 'name="subject"' in form, 'name="source"' in form) == (True, False, False)
    answer = client.post(f"/evidence/facts/{payment}/correct/", {
        "amount": "1,200万元", "payer": ORGANISATIONS["venture"].name, "true_from": "2024-03-01", "grade": "2"})
    old = client.get(f"/evidence/facts/{payment}/").content.decode()
    assert (reads("I4"), answer["Location"] in old, "已更正" in old) == (12 * 10**8, True, True)
    again = client.get(f"/evidence/facts/{payment}/correct/")
    assert (again.status_code, again["Location"]) == (302, f"/evidence/facts/{payment}/")


def test_a_form_sent_twice_tells_once(client_of, registered):
    registered("fund", "未来早期基金")
    given = {"subject": "未来早期基金", "committed": "1亿元", "early": "yes", "true_from": "2024-02-01", "once": "the-same-form"}
    client = client_of("city_officer")
    assert told(client, "capital.fund_declared", **given).digest == told(client, "capital.fund_declared", **given).digest


@pytest.mark.parametrize(("office", "status"), [("founder", 404), ("operator", 404), ("district_officer", 404), ("auditor", 404),
                                               ("stranger", 302), ("city_officer", 200), ("coordinator", 200)])
def test_facts_are_told_by_city_officers_and_the_coordinator(office, status, client_of):
    client = client_of(office)
    assert [client.get(path).status_code for path in ("/evidence/tell/", "/evidence/tell/schemes.uplift_measured/")] == [status, status]


def test_whoever_declared_a_fact_corrects_it_until_it_is_confirmed(cast, client_of):
    digest = stays.begin(subject=ORGANISATIONS["venture"].urn, host=ORGANISATIONS["incubator"].urn, stay="physical", district="110108",
                         by=PLAYERS["operator"].urn, on_behalf=ORGANISATIONS["incubator"].urn, at=timezone.now(), on=dt.date(2024, 3, 1))
    operator, path = client_of("operator"), f"/evidence/facts/{digest}/correct/"
    assert [client_of(office).get(path).status_code for office in ("founder", "auditor", "operator")] == [404, 404, 200]
    answer = operator.post(path, {"host": ORGANISATIONS["incubator"].name, "stay": "virtual", "district": "", "true_from": "2024-03-02",
                                  "grade": "2"})
    new = facts.stored(Fact.objects.filter(kind="journey.stay_began").latest("id").digest)
    assert operator.get(answer["Location"]).status_code == 200
    assert (new.fact.stay, new.fact.district, new.grade, new.on_behalf) == ("virtual", "", 0, ORGANISATIONS["incubator"].urn)
    facts.confirm(new.digest, by=PLAYERS["founder"].urn, at=timezone.now())
    assert operator.get(f"/evidence/facts/{new.digest}/correct/").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_is_listed_and_has_a_form_in_both_languages(language, client_of):
    get_resolver().url_patterns  # noqa: B018 - importing the URL table declares every page
    client = client_of("city_officer")
    client.post("/language/", {"language": language, "next": "/"})
    listed = client.get("/evidence/tell/").content.decode()
    assert "/evidence/tell/" in client.get("/evidence/").content.decode()
    for verb in VERBS:
        kind, page = verb.kind.KIND, client.get(f"/evidence/tell/{verb.kind.KIND}/")
        asked = set(fields_of(verb.kind)) - FILLED.get(kind, frozenset()) - ({"subject"} if kind == "journey.landed" else set())
        html = page.content.decode()
        assert (kind, page.status_code, f'"/evidence/tell/{kind}/"' in listed) == (kind, 200, True)
        assert verb.kind.LABEL.in_language(language) in html
        assert (kind, sorted(name for name in asked if f'name="{name}"' not in html)) == (kind, [])
    assert client.get("/evidence/tell/no.such_kind/").status_code == 404


def test_what_a_verb_computes_is_never_asked_for():
    assert {verb.kind.KIND for verb in VERBS if verb.fill is not None} == set(FILLED)
