"""Talents: who joins, who reads, who trains, what is sealed, what a credential says, and who counts twelve months on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.conftest import firm  # noqa: F401 - a fixture
from fuhua.evidence.actions import facts, reactions, sequence
from fuhua.kernel import period
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import people, ties
from fuhua.parties.models import Account, Consent, Party
from fuhua.schemes.actions import credentials, judgements, placements, practicums, talents, vacancies
from fuhua.schemes.kinds.training import fit, rechecked
from fuhua.schemes.models import Credential, Judgement, Placement, Practicum, Talent
from fuhua.schemes.queries import talent_figures
from fuhua.schemes.queries import talents as reads
from schemes.calling import OFFICER, OPERATOR, party, person

DAY = "2025-03-03"


class Pool:
    """The cast's founder in the pool, a venture that takes trainees in, a tutor, and the moment at which things happen."""

    def __init__(self, cast: dict[str, Account], at: Callable[..., dt.datetime], firm: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
        self.cast, self.noon, self.monkeypatch = cast, at, monkeypatch
        self.to(DAY)
        self.venture, self.contact = firm("北京量芯科技有限公司", "venture")
        self.host, self.trainee = party("incubator"), person("founder")
        self.tutor = self.somebody("钱安", self.host)

    def to(self, day: str) -> dt.datetime:
        """Noon of that day, from now on."""
        self.at = self.noon(day)
        self.monkeypatch.setattr(timezone, "now", lambda: self.at)
        return self.at

    def somebody(self, name: str, house: Party | None = None) -> Party:
        """A person with an account, plainly employed by ``house``."""
        found = people.enter(name=name, by=OFFICER, at=self.at)
        people.open_account(username=name, password="a long enough password", party=found, strict=False, by=OFFICER, at=self.at)
        if house is not None:
            ties.attest(kind="employs", source=house, target=found, by=OFFICER, at=self.at)
        return found

    def member(self, who: Party | None = None, origin: str = "founder") -> Talent:
        """Somebody who was invited and accepted, and opened their record to the incubator."""
        found = who or self.trainee
        row = talents.invite(person=found, house=self.host, origin=origin, by=OPERATOR, at=self.at)
        row = talents.accept(talent=row, by=found.urn, at=self.at)
        talents.share(talent=row, house=self.host, by=found.urn, at=self.at)
        return row

    def assigned(self, row: Talent, **other: Any) -> Practicum:
        """A practicum that waits for the venture."""
        today = period.day(self.at)
        return practicums.assign(**{"talent": row, "venture": self.venture, "host": self.host, "tutor": self.tutor, "aim": "跟岗",
                                    "starts": today, "ends": today + dt.timedelta(days=90), "by": OPERATOR, "at": self.at, **other})

    def running(self, row: Talent) -> Practicum:
        """A practicum whose venture opened all its facts."""
        found = self.assigned(row)
        return practicums.consent(practicum=found, all_facts=True, documents=[], purpose="实训", expires=found.ends,
                                  by=self.contact.party.urn, at=self.at)

    def reported(self, row: Talent) -> Practicum:
        """A practicum whose report is in."""
        return practicums.report(practicum=self.running(row), document="a" * 64, by=row.person.urn, at=self.at)

    def judge(self, row: Practicum, side: str, result: str = "passed", who: Party | None = None, **other: Any) -> Judgement:
        """One side's word."""
        judge = who or (self.contact.party if side == "venture" else self.tutor)
        said = {"lacking": ["service"] if result == "failed" else [], "note": "评语", **other}
        return judgements.judge(practicum=row, side=side, person=judge, result=result, by=judge.urn, at=self.at, **said)

    def certified(self, row: Talent) -> Credential:
        """Somebody who passed."""
        found = self.reported(row)
        self.judge(found, "venture")
        self.judge(found, "tutor")
        return credentials.issue(practicum=found, issuer=party("city"), by=OFFICER, at=self.at)

    def hired(self, row: Talent) -> Placement:
        """Somebody certified whom the incubator hired and who confirmed it."""
        self.certified(row)
        found = placements.hire(talent=row, house=self.host, post="总监", since=period.day(self.at), by=OPERATOR, at=self.at)
        ties.confirm(found.tie, side=row.person, by=row.person.urn, at=self.at)
        self.follow()
        return again(found)

    def follow(self) -> None:
        """What was told is numbered and reacted to."""
        sequence.catch_up(at=self.at)
        reactions.follow(at=self.at)

    def client(self, who: str | Party) -> Client:
        """A browser of a member of the cast, or of a person."""
        client = Client()
        client.force_login(self.cast[who] if isinstance(who, str) else Account.objects.get(party=who))
        return client


def again(row: Any) -> Any:
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def pool(cast: dict[str, Account], at: Any, firm: Any, monkeypatch: pytest.MonkeyPatch) -> Pool:  # noqa: F811
    """It is 3 March 2025."""
    return Pool(cast, at, firm, monkeypatch)


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
    row = vacancies.post(house=pool.host, post="总监", fields=["quantum"], text="", starts=dt.date(2025, 6, 1), count=1, by=OPERATOR, at=pool.at)
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
    found = fit(by=dt.date(2025, 6, 1), **given)
    assert (found.points, bool(found.reasons)) == (points, points > 0)


# --- practicums ---


def test_a_practicum_needs_a_tutor_whom_the_host_employs(pool: Pool) -> None:
    with pytest.raises(practicums.BadPracticum):
        pool.assigned(pool.member(), tutor=person("expert"))


def test_a_trainee_who_invests_in_a_rival_is_refused_with_the_path(pool: Pool, firm: Any) -> None:  # noqa: F811
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


# --- credentials ---


def test_anybody_verifies_a_number_and_learns_the_name_only_if_its_holder_wants(pool: Pool) -> None:
    found = pool.certified(pool.member())
    url, anybody = f"/schemes/credentials/{found.number}/", Client()
    assert ("有效" in anybody.get(url).content.decode(), "林舟" in anybody.get(url).content.decode()) == (True, False)
    assert anybody.get("/schemes/credentials/BJ-FH-2025-9999/").status_code == 404
    assert "没有这个编号" in anybody.get("/schemes/credentials/?number=BJ-FH-2025-9999").content.decode()
    assert pool.client("operator").post(f"{url}name/", {"shown": "yes"}).status_code == 403
    assert anybody.get(f"{url}paper.pdf").status_code == 302
    assert pool.client("expert").get(f"{url}paper.pdf").status_code == 404
    pool.client("founder").post(f"{url}name/", {"shown": "yes"})
    assert "林舟" in anybody.get(url).content.decode()
    pool.to("2028-03-04")
    assert "已过有效期" in anybody.get(url).content.decode()


def test_a_credential_whose_fact_is_voided_is_void(pool: Pool) -> None:
    found = pool.certified(pool.member())
    facts.void(found.digest, reason="untrue", by=OFFICER, at=pool.at)
    assert "已作废" in Client().get(f"/schemes/credentials/{found.number}/").content.decode()


def test_a_credential_is_issued_once_and_by_officers_only(pool: Pool) -> None:
    row = pool.reported(pool.member())
    pool.judge(row, "venture")
    pool.judge(row, "tutor")
    url = f"/schemes/practicums/{row.pk}/certify/"
    assert pool.client("operator").post(url).status_code == 403
    officer = pool.client("city_officer")
    assert [officer.post(url).status_code for _each in range(2)] == [302, 409]
    assert Credential.objects.count() == 1


# --- placements ---


def test_nobody_is_hired_without_a_credential(pool: Pool) -> None:
    told = {"house": pool.host, "post": "总监", "since": period.day(pool.at), "by": OPERATOR, "at": pool.at}
    with pytest.raises(placements.BadPlacement):
        placements.hire(talent=pool.member(), **told)


def test_a_hire_counts_only_once_the_person_confirmed_it(pool: Pool) -> None:
    row = pool.member()
    pool.certified(row)
    found = placements.hire(talent=row, house=pool.host, post="总监", since=period.day(pool.at), by=OPERATOR, at=pool.at)
    pool.follow()
    assert (again(found).state, talent_figures.figures(period.day(pool.at)).people["hired"]) == ("proposed", 0)
    ties.end(found.tie, by=pool.trainee.urn, at=pool.at)
    pool.follow()
    assert again(found).state == "lapsed"


def test_it_is_rechecked_after_twelve_months_and_not_before(pool: Pool) -> None:
    found = pool.hired(pool.member())
    told = {"placement": found, "side": "employer", "still": True, "by": OPERATOR}
    with pytest.raises(placements.BadPlacement):
        placements.answer(at=pool.to("2026-03-02"), **told)
    assert placements.answer(at=pool.to("2026-03-03"), **told).state == "employed"
    with pytest.raises(placements.BadPlacement):
        placements.answer(at=pool.at, **told)
    done = placements.answer(placement=found, side="person", still=True, by=pool.trainee.urn, at=pool.at)
    assert (done.state, done.because) == ("kept", "confirmed")


def test_whoever_left_within_the_year_is_not_counted(pool: Pool) -> None:
    found = pool.hired(pool.member())
    ties.end(again(found).tie, by=pool.trainee.urn, at=pool.to("2025-12-01"))
    pool.follow()
    pool.follow()
    people_ = talent_figures.figures(period.day(pool.at)).people
    assert (again(found).state, again(found).because, people_) == ("lost", "tie_ended", {"issued": 1, "hired": 1, "due": 1, "still": 0})


def test_two_words_that_differ_do_not_count(pool: Pool) -> None:
    found = pool.hired(pool.member())
    pool.to("2026-03-03")
    with pytest.raises(placements.BadPlacement):
        placements.answer(placement=found, side="person", still=False, by=pool.trainee.urn, at=pool.at)
    placements.answer(placement=found, side="person", still=False, reason="moved", by=pool.trainee.urn, at=pool.at)
    done = placements.answer(placement=found, side="employer", still=True, by=OPERATOR, at=pool.at)
    assert (done.state, done.because, done.reason) == ("lost", "disputed", "moved")


def test_strangers_find_no_placement_and_officers_do_not_answer_for_its_sides(pool: Pool) -> None:
    found = pool.hired(pool.member())
    url = f"/schemes/placements/{found.pk}/"
    assert [pool.client(who).get(url).status_code for who in ("expert", "park_manager", "auditor")] == [404, 404, 200]
    assert pool.client("city_officer").post(f"{url}recheck/", {"recheck-still": "yes"}).status_code == 403


@pytest.mark.parametrize(("tied", "employer", "said", "result"), [
    (True, None, None, None), (True, True, None, None), (True, True, True, (True, "confirmed")), (False, None, None, (False, "tie_ended")),
    (True, False, False, (False, "resigned")), (True, True, False, (False, "disputed")),
])
def test_still_employed_needs_the_tie_and_both_words(tied: bool, employer: Any, said: Any, result: Any) -> None:
    assert rechecked(tied=tied, employer=employer, person=said, reason="resigned") == result


def test_figures_are_for_officers_and_each_number_leads_to_its_facts(pool: Pool) -> None:
    found = pool.certified(pool.member())
    pool.follow()
    assert [pool.client(who).get("/schemes/talents/figures/").status_code for who in ("operator", "founder")] == [404, 404]
    page = pool.client("auditor").get("/schemes/talents/figures/?origin=founder&column=issued").content.decode()
    assert f"/evidence/facts/{found.digest}/" in page
    assert pool.client("auditor").get("/schemes/talents/figures/?origin=nobody&column=x").status_code == 200


# --- lists ---


def _queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_of_many_take_as_many_queries_as_lists_of_one(pool: Pool) -> None:
    row = vacancies.post(house=pool.host, post="总监", fields=[], text="", starts=dt.date(2025, 6, 1), count=5, by=OPERATOR, at=pool.at)

    def more(count: int, start: int) -> None:
        for number in range(start, start + count):
            told = pool.member(pool.somebody(f"学员{number}"), origin="research")
            vacancies.show_interest(vacancy=row, talent=told, share=True, by=told.person.urn, at=pool.at)
            pool.hired(told)

    urls = [("operator", "/schemes/talents/"), ("city_officer", "/schemes/talents/"), ("operator", f"/schemes/vacancies/{row.pk}/"),
            ("operator", "/schemes/vacancies/"), ("city_officer", "/schemes/practicums/"), ("operator", "/schemes/placements/"),
            ("city_officer", "/schemes/talents/figures/?origin=research&column=hired")]
    more(1, 0)
    one = [_queries(pool.client(who), url) for who, url in urls]
    more(5, 1)
    assert [_queries(pool.client(who), url) for who, url in urls] == one


def test_wrong_words_come_back_marked(pool: Pool) -> None:
    row = pool.member()
    answer = pool.client("operator").post(f"/schemes/talents/{row.pk}/assign/", {
        "assign-house": pool.host.pk, "assign-venture": "查无此企业", "assign-tutor": "nobody", "assign-aim": "x",
        "assign-starts": "2025-03-03", "assign-ends": "2025-04-03"})
    assert (answer.status_code, "查无" in answer.content.decode()) == (422, True)
