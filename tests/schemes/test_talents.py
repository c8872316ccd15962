"""Talents: who joins, who reads, who trains, and what is sealed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import people, ties
from fuhua.parties.models import Consent
from fuhua.schemes.actions import credentials, judgements, practicums, talents, vacancies
from fuhua.schemes.kinds.training import fit
from fuhua.schemes.models import Practicum
from fuhua.schemes.queries import talents as reads
from fuhua.schemes.words import FIRST_FIELDS
from schemes.calling import OFFICER, OPERATOR, party, person
from schemes.pooling import Pool, again

# --- the pool ---


def test_only_the_invited_person_accepts_and_only_once(pool: Pool) -> None:
    row = talents.invite(person=pool.trainee, house=pool.host, origin="founder", by=OPERATOR, at=pool.at)
    url = f"/schemes/talents/{row.pk}/accept/"
    assert [pool.client(who).post(url).status_code for who in ("operator", "expert")] == [403, 404]
    assert pool.client("founder").post(url).status_code == 302
    assert again(row).state == "member"
    with pytest.raises(WrongState):
        talents.accept(talent=row, by=pool.trainee.urn, at=pool.at)
    with pytest.raises(talents.BadTalent):
        talents.invite(person=pool.trainee, house=pool.host, origin="founder", by=OPERATOR, at=pool.at)


def test_whoever_declined_or_left_may_be_invited_again(pool: Pool) -> None:
    row = talents.invite(person=pool.trainee, house=pool.host, origin="founder", by=OPERATOR, at=pool.at)
    talents.decline(talent=row, by=pool.trainee.urn, at=pool.at)
    row = pool.member()
    talents.leave(talent=row, by=pool.trainee.urn, at=pool.at)
    assert Consent.objects.filter(thing=row.urn, withdrawn_at=None).count() == 0
    assert talents.invite(person=pool.trainee, house=pool.host, origin="founder", by=OPERATOR, at=pool.at).pk == row.pk


def test_nobody_leaves_in_the_middle_of_a_practicum(pool: Pool) -> None:
    row = pool.member()
    pool.running(row)
    with pytest.raises(talents.BadTalent):
        talents.leave(talent=row, by=pool.trainee.urn, at=pool.at)


def test_whoever_is_erased_leaves_and_their_words_go(pool: Pool) -> None:
    row = pool.member()
    talents.tell(talent=row, said={"record": "我的经历", "fields": [], "aim": "总监", "starts": None}, by=pool.trainee.urn, at=pool.at)
    found = pool.running(row)
    people.erase(person=pool.trainee, by=OFFICER, at=pool.at)
    pool.follow()
    pool.follow()
    assert (again(row).state, again(row).record, again(row).aim, again(found).state) == ("left", "", "", "stopped")


def test_a_record_is_read_by_whom_the_person_lets_and_each_reading_is_logged(pool: Pool) -> None:
    row = pool.member()
    talents.tell(talent=row, said={"record": "我的经历", "fields": [], "aim": "", "starts": None}, by=pool.trainee.urn, at=pool.at)
    url = f"/schemes/talents/{row.pk}/"
    assert [pool.client(who).get(url).status_code for who in ("expert", "park_manager")] == [404, 404]
    assert "我的经历" not in pool.client("city_officer").get(url).content.decode()  # officers know of the person, not what they say
    operator = pool.client("operator")
    assert "我的经历" not in operator.get(url).content.decode()
    operator.post(f"{url}open/")
    assert "我的经历" in operator.get(url).content.decode()
    consent = Consent.objects.get(thing=row.urn)
    assert consent.openings.count() == 1
    pool.client("founder").post(f"/me/consents/{consent.pk}/withdraw/")
    assert operator.get(url).status_code == 404


def test_an_incubator_sees_by_name_only_who_opened_their_record(pool: Pool) -> None:
    row = vacancies.post(house=pool.host, post="总监", fields=["quantum"], text="", starts=dt.date(2025, 6, 1), count=1, by=OPERATOR,
                         at=pool.at)
    shy, open_one = pool.somebody("孙默"), pool.somebody("李开")
    for who in (shy, open_one):
        told = talents.invite(person=who, house=pool.host, origin="research", by=OPERATOR, at=pool.at)
        talents.accept(talent=told, by=who.urn, at=pool.at)
        vacancies.show_interest(vacancy=row, talent=told, share=who is open_one, by=who.urn, at=pool.at)
    page = pool.client("operator").get(f"/schemes/vacancies/{row.pk}/").content.decode()
    assert ("李开" in page, "孙默" in page, "另有 1 人感兴趣" in page) == (True, False, True)
    interest = row.interests.get(talent__person=open_one)
    vacancies.withdraw_interest(interest=interest, by=open_one.urn, at=pool.at)
    assert again(interest.consent).withdrawn_at == pool.at
    assert "李开" not in pool.client("founder").get(f"/schemes/vacancies/{row.pk}/").content.decode()


def test_interest_is_shown_once_and_never_in_a_closed_vacancy(pool: Pool) -> None:
    row = vacancies.post(house=pool.host, post="总监", fields=[], text="", starts=dt.date(2025, 6, 1), count=1, by=OPERATOR, at=pool.at)
    told = {"vacancy": row, "talent": pool.member(), "share": False, "by": pool.trainee.urn, "at": pool.at}
    vacancies.show_interest(**told)
    with pytest.raises(vacancies.BadVacancy):
        vacancies.show_interest(**told)
    assert pool.client("founder").post(f"/schemes/vacancies/{row.pk}/close/").status_code == 403
    vacancies.close(vacancy=row, by=OPERATOR, at=pool.at)
    with pytest.raises(vacancies.BadVacancy):
        vacancies.close(vacancy=row, by=OPERATOR, at=pool.at)


@pytest.mark.parametrize(("given", "points"), [
    ({"wanted": ["quantum"], "fields": ["quantum"], "certified": False, "starts": None}, 2),
    ({"wanted": ["quantum"], "fields": [], "certified": True, "starts": dt.date(2025, 6, 1)}, 4),
    ({"wanted": [], "fields": ["quantum"], "certified": False, "starts": dt.date(2025, 6, 2)}, 0),
])
def test_fitting_is_counted_with_its_reasons(given: dict[str, Any], points: int) -> None:
    found = fit(by=dt.date(2025, 6, 1), names=FIRST_FIELDS, **given)
    assert (found.points, bool(found.reasons)) == (points, points > 0)


# --- practicums ---


def test_a_practicum_needs_a_tutor_whom_the_host_employs(pool: Pool) -> None:
    with pytest.raises(practicums.BadPracticum):
        pool.assigned(pool.member(), tutor=person("expert"))


def test_a_trainee_who_invests_in_a_rival_is_refused_with_the_path(pool: Pool, firm: Any) -> None:
    rival = firm("北京对标科技有限公司")[0]
    ties.attest(kind="rival", source=rival, target=pool.venture, by=OFFICER, at=pool.at)
    ties.attest(kind="invests", source=pool.trainee, target=rival, by=OFFICER, at=pool.at)
    with pytest.raises(practicums.BadPracticum) as refused:
        pool.assigned(pool.member())
    assert "林舟 —投资→ 北京对标科技有限公司；北京对标科技有限公司 —竞争→ 北京量芯科技有限公司" in refused.value.text.zh
    assert Practicum.objects.count() == 0


def test_a_tutor_who_is_kin_is_refused(pool: Pool) -> None:
    ties.attest(kind="relative", source=pool.trainee, target=pool.tutor, by=OFFICER, at=pool.at)
    with pytest.raises(practicums.BadPracticum, match="tutor"):
        pool.assigned(pool.member())


def test_a_conflict_that_came_up_before_the_consent_stops_it_and_opens_nothing(pool: Pool) -> None:
    row = pool.assigned(pool.member())
    ties.attest(kind="invests", source=pool.trainee, target=pool.venture, by=OFFICER, at=pool.at)
    found = practicums.consent(practicum=row, all_facts=True, documents=[], purpose="实训", expires=row.ends, by=OFFICER, at=pool.at)
    assert (found.state, found.because, Consent.objects.filter(giver=pool.venture).count()) == ("stopped", "conflict", 0)


def test_a_tie_confirmed_later_stops_the_practicum_and_closes_what_was_open(pool: Pool) -> None:
    row = pool.running(pool.member())
    assert len(reads.readables(row, pool.at)) == 1
    ties.attest(kind="owns", source=pool.trainee, target=pool.venture, by=OFFICER, at=pool.at)
    pool.follow()
    pool.follow()
    assert (again(row).state, again(row).because, reads.readables(row, pool.at)) == ("stopped", "conflict", [])


def test_the_venture_takes_its_consent_back_and_the_trainee_reads_nothing(pool: Pool) -> None:
    row = pool.running(pool.member())
    reading, client = f"/me/readings/{row.readables.get().consent_id}/", pool.client("founder")
    client.post(reading)
    subject = f"/evidence/subjects/{pool.venture.urn}/"
    assert client.get(subject).status_code == 200
    page = f"/schemes/practicums/{row.pk}/stop/"
    assert pool.client("expert").post(page, {"stop-because": "consent_left"}).status_code == 404
    assert client.post(page, {"stop-because": "consent_left"}).status_code == 422  # a trainee gives their own reason
    pool.client(pool.contact.party).post(page, {"stop-because": "consent_left"})
    assert again(row).because == "consent_left"
    assert client.get(subject).status_code == 404
    assert client.get(f"/schemes/practicums/{row.pk}/").content.decode().count("企业的全部事实") == 0
    with pytest.raises(WrongState):
        practicums.report(practicum=row, document="a" * 64, by=pool.trainee.urn, at=pool.at)


def test_only_the_venture_consents_and_only_the_trainee_reports(pool: Pool) -> None:
    row = pool.assigned(pool.member())
    url = f"/schemes/practicums/{row.pk}/"
    assert [pool.client(who).post(f"{url}consent/").status_code for who in ("founder", "operator", "expert")] == [403, 403, 404]
    assert [pool.client(who).post(f"{url}report/").status_code for who in ("operator", "city_officer")] == [403, 403]


def test_one_practicum_goes_on_at_a_time_whatever_code_forgets(pool: Pool) -> None:
    row = pool.member()
    first = pool.assigned(row)
    with pytest.raises(practicums.BadPracticum):
        pool.assigned(row)
    first.pk, first.urn, first.number, first.tries = None, "urn:fuhua:practicum:b", "SX-B", 2
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_assessments_are_sealed_until_both_are_in(pool: Pool) -> None:
    row = pool.reported(pool.member())
    pool.judge(row, "venture", note="只有企业知道的话")
    url = f"/schemes/practicums/{row.pk}/"
    for who in ("founder", "operator", "city_officer", pool.tutor, "auditor"):
        assert "只有企业知道的话" not in pool.client(who).get(url).content.decode()
    assert "只有企业知道的话" in pool.client(pool.contact.party).get(url).content.decode()
    with pytest.raises(judgements.BadJudgement):
        pool.judge(row, "venture")
    with pytest.raises(judgements.BadJudgement):
        pool.judge(row, "tutor", who=pool.contact.party)
    pool.judge(row, "tutor")
    assert "只有企业知道的话" in pool.client("founder").get(url).content.decode()
    with pytest.raises(WrongState):
        pool.judge(row, "tutor")


def test_a_failure_says_what_was_lacking_and_is_repeated_once(pool: Pool) -> None:
    member = pool.member()
    row = pool.reported(member)
    with pytest.raises(judgements.BadJudgement):
        pool.judge(row, "venture", "failed", lacking=[])
    with pytest.raises(judgements.BadJudgement):
        pool.judge(row, "venture", "passed", lacking=["service"])
    pool.judge(row, "venture", "failed")
    pool.judge(row, "tutor")
    page = pool.client("founder").get(f"/schemes/practicums/{row.pk}/").content.decode()
    assert (again(row).state, "服务意识" in page, "可以再实训一次" in page) == ("failed", True, True)
    with pytest.raises(WrongState):
        credentials.issue(practicum=row, issuer=party("city"), by=OFFICER, at=pool.at)
    second = pool.reported(member)
    pool.judge(second, "venture")
    pool.judge(second, "tutor", "failed")
    assert (second.tries, again(second).state) == (2, "failed")
    with pytest.raises(practicums.BadPracticum):
        pool.assigned(member)
