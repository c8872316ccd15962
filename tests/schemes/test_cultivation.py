"""The rules of cultivation: exact scores, who may appraise and coach, tasks and quarters, the measurement, and appeals in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.conftest import firm  # noqa: F401 - organisations with a person each
from fuhua.desk.models import Clock
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import ties
from fuhua.parties.models import Party
from fuhua.parties.words import TieKind
from fuhua.schemes.actions import agreements, appeals, appraisals, assessments, measuring, uplift_plans, uplift_tasks, uplift_warnings
from fuhua.schemes.actions.appeals import BadAppeal
from fuhua.schemes.actions.appraisals import BadAppraisal
from fuhua.schemes.actions.uplift_plans import BadUplift
from fuhua.schemes.facts import TierSet, UpliftMeasured
from fuhua.schemes.kinds import appraising, reform
from fuhua.schemes.kinds.known import SOURCES
from fuhua.schemes.models import Appraisal, AppraisalLine, Uplift, UpliftTask
from fuhua.schemes.queries import cultivation, uplifts
from schemes.awarded import OFFICER, an_award, house, person, signed

pytestmark = pytest.mark.django_db
PAPER = "c" * 64
TEN = Decimal(10)


def told(at: Any, day: str, by: str = OFFICER) -> dict[str, Any]:
    return {"by": by, "at": at(day)}


@dataclass
class Pair:
    """A traditional incubator and a benchmark one, each with its person, and an expert tied to neither."""

    coached: Party
    owner: Party
    coach: Party
    coach_person: Party
    expert: Party
    at: Any
    made: dict[str, Any] = field(default_factory=dict)

    def appraised(self, day: str = "2024-01-04", **stated: str) -> Appraisal:
        """The incubator's concluded first appraisal, with lines stated."""
        row = appraisals.open_appraisal(incubator=self.coached, assessor=self.expert, issuer=house("city"), **told(self.at, day))
        return self.done(row, day, **stated)

    def done(self, row: Appraisal, day: str, conclude: Callable[..., Appraisal] = appraisals.conclude, **stated: str) -> Appraisal:
        for code, value in stated.items():
            appraisals.state_line(appraisal=row, code=code, own=Decimal(value), evidence=PAPER, reason="wrong_amount",
                                  **told(self.at, day, self.expert.urn))
        return conclude(appraisal=row, **told(self.at, day, self.expert.urn))

    def drafted(self, due: str = "2024-06-28", day: str = "2024-01-04") -> Uplift:
        """A plan in which each gap is a task."""
        plan = uplift_plans.draft(appraisal=self.appraised(day), state_owned=False, **told(self.at, day))
        for each in uplifts.gaps(plan.first):
            uplift_plans.add_task(plan=plan, line=each.code, title=f"补齐{each.code}", owner=self.owner, due=dt.date.fromisoformat(due),
                                  **told(self.at, day))
        return plan

    def agreed(self, due: str = "2024-06-28", day: str = "2024-01-04") -> Uplift:
        """A plan that both accepted."""
        plan = uplift_plans.propose(plan=self.drafted(due, day), coach=self.coach, **told(self.at, day))
        uplift_plans.accept(plan=plan, role="coach", person=self.coach_person, **told(self.at, day))
        return uplift_plans.accept(plan=plan, role="coached", person=self.owner, **told(self.at, day))

    def measured(self, plan: Uplift, day: str = "2025-01-06", **stated: str) -> Uplift:
        """The plan after its measurement."""
        row = measuring.reassess(plan=plan, assessor=self.expert, **told(self.at, day))
        self.done(row, day, measuring.conclude_after, **stated)
        return Uplift.objects.get(pk=plan.pk)


@pytest.fixture
def pair(cast: Any, firm: Any, at: Any) -> Pair:  # noqa: F811
    coached, one = firm("北京老楼宇孵化器有限公司", "incubator", "operator")
    coach, other = firm("北京标杆孵化器有限公司", "incubator", "operator")
    agreements.set_tier(subject=coach.urn, tier="cultivation", district="110108", grade=Grade.REGISTRY, **told(at, "2023-06-01"))
    return Pair(coached, one.party, coach, other.party, person("expert"), at)


@pytest.mark.parametrize(("value", "level"), [(None, "weak"), ("4.99", "weak"), ("5", "near"), ("9.99", "near"), ("10", "reached")])
def test_a_level_begins_with_its_bound(value: str | None, level: str) -> None:
    assert appraising.level(Decimal(value) if value else None, TEN) == level


def test_a_score_is_exact_rounded_down_and_more_than_the_target_is_not_more() -> None:
    assert appraising.score([(None, TEN, 500_000), (Decimal(1000), TEN, 500_000)]) == 500_000
    assert appraising.score([(Decimal(1), Decimal(3), 1_000_000)]) == 333_333
    assert appraising.delta(500_000, 333_333) == -166_667


def test_the_sheet_weighs_one_whole_and_its_sources_exist() -> None:
    assert sum(each.weight for each in appraising.LINES) == 1_000_000
    assert [each.source for each in appraising.LINES if each.source and each.source not in SOURCES] == []
    assert len(appraising.BY_CODE) == len(appraising.LINES)
    assert len(reform.BY_CODE) == len(reform.APPROVALS)


def test_whoever_is_tied_to_the_incubator_or_holds_no_office_does_not_appraise_it(pair: Pair, at: Any) -> None:
    opening = {"incubator": pair.coached, "issuer": house("city"), **told(at, "2024-01-04")}
    with pytest.raises(BadAppraisal, match="in office"):
        appraisals.open_appraisal(assessor=pair.owner, **opening)
    ties.attest(kind=TieKind.MENTORS, source=pair.expert, target=pair.coached, **told(at, "2024-01-04"))
    with pytest.raises(BadAppraisal, match="tied"):
        appraisals.open_appraisal(assessor=pair.expert, **opening)


def test_who_became_tied_meanwhile_cannot_conclude_and_another_is_asked(pair: Pair, at: Any) -> None:
    opening = {"incubator": pair.coached, "issuer": house("city"), **told(at, "2024-01-04")}
    row = appraisals.open_appraisal(assessor=pair.expert, **opening)
    with pytest.raises(BadAppraisal, match="under way"):
        appraisals.open_appraisal(assessor=person("city_officer"), **opening)
    ties.attest(kind=TieKind.MENTORS, source=pair.expert, target=pair.coached, **told(at, "2024-01-04"))
    with pytest.raises(BadAppraisal, match="tied"):
        appraisals.conclude(appraisal=row, **told(at, "2024-01-05"))
    appraisals.drop(appraisal=row, **told(at, "2024-01-05"))
    assert appraisals.open_appraisal(assessor=person("city_officer"), **opening).number == "CP-2024-0002"
    with pytest.raises(WrongState):
        appraisals.conclude(appraisal=row, **told(at, "2024-01-05"))


def test_a_line_on_record_is_contested_with_reason_and_evidence_and_both_stay(pair: Pair, at: Any) -> None:
    row = appraisals.open_appraisal(incubator=pair.coached, assessor=pair.expert, issuer=house("city"), **told(at, "2024-01-04"))
    line = {"appraisal": row, "code": "staff", "own": Decimal(8), **told(at, "2024-01-05")}
    with pytest.raises(BadAppraisal, match="contest"):
        appraisals.state_line(evidence=PAPER, **line)
    with pytest.raises(BadAppraisal, match="evidence"):
        appraisals.state_line(evidence="", reason="untrue", **line)
    made = appraisals.state_line(evidence=PAPER, reason="untrue", **line)
    assert (made.value, made.own, made.counted, made.grade) == (1, 8, 8, Grade.COUNTERPART)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppraisalLine.objects.filter(pk=made.pk).update(evidence="")


def test_the_reserve_is_entered_once_and_by_the_report(pair: Pair, at: Any) -> None:
    row = pair.appraised()
    appraisals.enter_reserve(appraisal=row, **told(at, "2024-01-05"))
    with pytest.raises(BadAppraisal, match="tier already"):
        appraisals.enter_reserve(appraisal=row, **told(at, "2024-01-05"))
    assert cultivation.tier_of(pair.coached, dt.date(2024, 1, 5)).tier == "reserve"
    assert cultivation.tier_of(pair.coached, dt.date(2024, 1, 4)) is None


def test_each_gap_has_a_task_of_the_incubators_own_people_before_a_coach_is_proposed(pair: Pair, at: Any) -> None:
    plan = uplift_plans.draft(appraisal=pair.appraised(), state_owned=False, **told(at, "2024-01-04"))
    task = {"plan": plan, "line": "staff", "title": "招聘", "due": dt.date(2024, 3, 29), **told(at, "2024-01-04")}
    with pytest.raises(BadUplift, match="works for"):
        uplift_plans.add_task(owner=pair.coach_person, **task)
    with pytest.raises(BadUplift, match="tomorrow"):
        uplift_plans.add_task(owner=pair.owner, **{**task, "due": dt.date(2024, 1, 4)})
    with pytest.raises(BadUplift, match="gap"):
        uplift_plans.add_task(owner=pair.owner, **{**task, "line": "luck"})
    made = uplift_plans.add_task(owner=pair.owner, **task)
    assert Clock.objects.get(about=made.urn).due == dt.date(2024, 3, 29)
    with pytest.raises(BadUplift, match="no task"):
        uplift_plans.propose(plan=plan, coach=pair.coach, **told(at, "2024-01-04"))
    with pytest.raises(BadUplift, match="plan that runs"):
        uplift_plans.draft(appraisal=plan.first, state_owned=False, **told(at, "2024-01-04"))


def test_only_an_untied_incubator_of_a_benchmark_tier_coaches(pair: Pair, firm: Any, at: Any) -> None:  # noqa: F811
    plan, (other, _account) = pair.drafted(), firm("北京入库孵化器有限公司", "incubator", "operator")
    agreements.set_tier(subject=other.urn, tier="reserve", district="110108", grade=Grade.REGISTRY, **told(at, "2023-06-01"))
    for wrong in (other, pair.coached):
        with pytest.raises(BadUplift, match="benchmark tier"):
            uplift_plans.propose(plan=plan, coach=wrong, **told(at, "2024-01-04"))
    gaps = [each.code for each in uplifts.gaps(plan.first)]
    assert [each.party for each in cultivation.coaches(plan, gaps, dt.date(2024, 1, 4))] == [pair.coach]
    group, _account = firm("北京集团有限公司")
    for each in (pair.coach, pair.coached):
        ties.attest(kind=TieKind.OWNS, source=group, target=each, **told(at, "2024-01-04"))
    assert cultivation.coaches(plan, gaps, dt.date(2024, 1, 4)) == []
    with pytest.raises(BadUplift, match="not tied"):
        uplift_plans.propose(plan=plan, coach=pair.coach, **told(at, "2024-01-04"))


def test_two_people_accept_once_each_and_who_declines_sends_it_back(pair: Pair, at: Any) -> None:
    now = told(at, "2024-01-05")
    plan = uplift_plans.propose(plan=pair.drafted(), coach=pair.coach, **now)
    plan = uplift_plans.decline(plan=plan, role="coach", **now)
    assert (plan.state, plan.coach) == ("draft", None)
    plan = uplift_plans.propose(plan=plan, coach=pair.coach, **now)
    uplift_plans.accept(plan=plan, role="coach", person=pair.coach_person, **now)
    with pytest.raises(BadUplift, match="already"):
        uplift_plans.accept(plan=plan, role="coach", person=pair.coach_person, **now)
    with pytest.raises(BadUplift, match="two people"):
        uplift_plans.accept(plan=plan, role="coached", person=pair.coach_person, **now)
    assert uplift_plans.accept(plan=plan, role="coached", person=pair.owner, **now).agreed_on == dt.date(2024, 1, 5)


def test_a_task_is_reported_with_evidence_and_sent_back_to_its_day(pair: Pair, at: Any) -> None:
    plan = pair.agreed()
    task = plan.tasks.get(number=1)
    with pytest.raises(WrongState):
        uplift_tasks.confirm(task=task, **told(at, "2024-02-01"))
    with pytest.raises(BadUplift, match="evidence"):
        uplift_tasks.report(task=task, text="好了", document="", **told(at, "2024-02-01"))
    uplift_tasks.report(task=task, text="好了", document=PAPER, **told(at, "2024-02-01"))
    assert not Clock.objects.filter(about=task.urn, stopped_at=None).exists()
    uplift_tasks.send_back(task=task, text="缺名单", **told(at, "2024-02-02"))
    assert Clock.objects.get(about=task.urn, stopped_at=None).due == dt.date(2024, 6, 28)
    with pytest.raises(IntegrityError), transaction.atomic():
        UpliftTask.objects.filter(pk=task.pk).update(state="confirmed")


def test_quarters_are_missed_by_what_was_not_reported_in_them(pair: Pair, at: Any) -> None:
    plan = pair.agreed()
    days = ("2024-06-29", "2024-06-30", "2024-09-30", "2024-12-31")
    assert [uplifts.missed_quarters(plan, plan.tasks.all(), dt.date.fromisoformat(day)) for day in days] == [0, 1, 2, 3]
    assert [uplift_warnings.warn_missed(at=at(day)) for day in ("2024-09-29", "2024-10-08", "2024-10-09", "2025-01-02")] == [0, 1, 0, 1]
    for task in plan.tasks.all():
        uplift_tasks.report(task=task, text="完成", document=PAPER, **told(at, "2025-02-06"))
    assert uplifts.missed_quarters(plan, plan.tasks.all(), dt.date(2025, 3, 31)) == 0
    assert uplift_warnings.warn_missed(at=at("2025-04-01")) == 0


def test_it_is_measured_after_twelve_months_and_the_delta_is_the_difference_of_two_scores(pair: Pair, at: Any) -> None:
    plan = pair.agreed()
    with pytest.raises(BadUplift, match="twelve months"):
        measuring.reassess(plan=plan, assessor=pair.expert, **told(at, "2025-01-03"))
    plan = pair.measured(plan, "2025-01-04", earned="30")
    assert (plan.state, plan.delta) == ("measured", 100_000)
    assert [each.fact.independent for each in told_of(pair.coached.urn, UpliftMeasured, on=dt.date(2025, 1, 4))] == [True]
    measuring.confirm(plan=plan, role="coach", **told(at, "2025-01-05"))
    with pytest.raises(BadUplift, match="already"):
        measuring.confirm(plan=plan, role="coach", **told(at, "2025-01-05"))
    assert measuring.confirm(plan=plan, role="coached", **told(at, "2025-01-05")).state == "confirmed"
    with pytest.raises(IntegrityError), transaction.atomic():
        Uplift.objects.filter(pk=plan.pk).update(delta=0)


def test_an_appeal_that_finds_a_gain_is_upheld_and_measured(pair: Pair, firm: Any, at: Any) -> None:  # noqa: F811
    plan = pair.measured(pair.agreed())
    warning = plan.warnings.get()
    assert (plan.state, plan.delta, uplifts.appeal_until(warning.at)) == ("failed", 0, dt.date(2025, 1, 20))
    with pytest.raises(BadAppeal, match="2025"):
        appeals.against_warning(warning=warning, text="遗漏", **told(at, "2025-01-21"))
    appeal = appeals.against_warning(warning=warning, text="遗漏", **told(at, "2025-01-20"))
    with pytest.raises(BadAppeal, match="already"):
        appeals.against_warning(warning=warning, text="遗漏", **told(at, "2025-01-20"))
    with pytest.raises(BadAppeal, match="before"):
        appeals.name_reviewer(appeal=appeal, person=pair.expert, **told(at, "2025-01-21"))
    first = pair.expert
    pair.expert = firm("北京第九研究院", "university", "expert")[1].party
    appeal = appeals.name_reviewer(appeal=appeal, person=pair.expert, **told(at, "2025-01-21"))
    with pytest.raises(BadAppeal, match="second appraisal"):
        appeals.decide(appeal=appeal, upheld=True, text="是", **told(at, "2025-01-22"))
    pair.done(appeal.appraisal, "2025-01-22", appeals.conclude_appraisal, invested="250")
    appeal.refresh_from_db()
    plan.refresh_from_db()
    assert (first != pair.expert, appeal.state, plan.state, plan.delta) == (True, "upheld", "measured", 50_000)
    told_now = told_of(pair.coached.urn, UpliftMeasured, on=dt.date(2025, 1, 22))
    assert [each.fact.delta for each in told_now] == [0, 50_000]


def test_a_failed_plan_makes_room_once_nobody_can_appeal(pair: Pair, at: Any) -> None:
    pair.measured(pair.agreed())
    row = pair.appraised("2025-01-07")
    with pytest.raises(BadUplift, match="appealed"):
        uplift_plans.draft(appraisal=row, state_owned=False, **told(at, "2025-01-20"))
    assert uplift_plans.draft(appraisal=row, state_owned=False, **told(at, "2025-01-21")).state == "draft"


def test_a_plan_that_ends_leaves_no_clock_and_makes_room(pair: Pair, at: Any) -> None:
    plan = pair.agreed()
    with pytest.raises(BadUplift, match="why"):
        uplift_plans.end(plan=plan, because="luck", **told(at, "2024-03-01"))
    plan = uplift_plans.end(plan=plan, because="coach_left", **told(at, "2024-03-01"))
    assert (plan.state, Clock.objects.filter(stopped_at=None).count()) == ("ended", 0)
    with pytest.raises(WrongState):
        uplift_plans.end(plan=plan, because="left", **told(at, "2024-03-01"))
    assert pair.agreed(day="2024-03-04").state == "agreed"


def test_what_is_measured_reminds_of_no_task_any_longer(pair: Pair, at: Any) -> None:
    plan = pair.measured(pair.agreed(), earned="30")
    assert (plan.state, Clock.objects.filter(stopped_at=None).count()) == ("measured", 0)


def test_a_lower_tier_is_given_back_when_the_appeal_is_upheld(cast: Any, firm: Any, at: Any) -> None:  # noqa: F811
    task = signed(an_award(at("2023-06-30")), at("2023-06-30"))
    one = assessments.begin(agreement=task, year=2024, **told(at, "2025-01-02"))
    with pytest.raises(BadAppeal, match="lower tier"):
        appeals.against_assessment(assessment=one, text="不服", **told(at, "2025-01-03"))
    assessments.call_hearing(assessment=one, day=dt.date(2025, 1, 15), **told(at, "2025-01-03"))
    assessments.decide(assessment=one, result="lowered", text="未达进度", heard="已陈述", **told(at, "2025-01-15"))
    client = Client()
    client.force_login(cast["operator"])
    assert "申诉" in client.get(f"/schemes/agreements/{task.pk}/").content.decode()
    appeal = appeals.against_assessment(assessment=one, text="设备延误", **told(at, "2025-01-16"))
    with pytest.raises(BadAppeal, match="before"):
        appeals.name_reviewer(appeal=appeal, person=task.verifier, **told(at, "2025-01-17"))
    reviewer = firm("北京第九研究院", "university", "expert")[1].party
    appeals.name_reviewer(appeal=appeal, person=reviewer, **told(at, "2025-01-17"))
    appeals.decide(appeal=appeal, upheld=True, text="延误非其过失", **told(at, "2025-01-20", reviewer.urn))
    tiers = told_of(task.party.urn, TierSet, on=dt.date(2025, 1, 20))
    assert [each.fact.tier for each in tiers] == ["leading", "cultivation", "leading"]
    with pytest.raises(WrongState):
        appeals.decide(appeal=appeal, upheld=False, text="再来", **told(at, "2025-01-20", reviewer.urn))


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_pages_take_as_many_queries_for_many_rows_as_for_one(pair: Pair, firm: Any, client_of: Any, at: Any) -> None:  # noqa: F811
    client, plan = client_of("city_officer"), pair.drafted()
    paths = ("/schemes/cultivation/", f"/schemes/uplifts/{plan.pk}/", f"/schemes/appraisals/{plan.first_id}/")
    one: list[int] = []
    for number in range(12):
        other, _account = firm(f"北京第{number}标杆孵化器有限公司", "incubator", "operator")
        agreements.set_tier(subject=other.urn, tier="leading", district="110108", grade=Grade.REGISTRY, **told(at, "2024-01-04"))
        one = one or [queries(client, path) for path in paths] if number else one
        row = appraisals.open_appraisal(incubator=other, assessor=pair.expert, issuer=house("city"), **told(at, "2024-01-04"))
        pair.done(row, "2024-01-04", earned="30")
        uplift_plans.add_task(plan=plan, line="staff", title=f"招聘{number}", owner=pair.owner, due=dt.date(2024, 5, 31),
                              **told(at, "2024-01-04"))
    assert [queries(client, path) for path in paths] == one


def test_whoever_is_not_the_coach_may_not_confirm_and_strangers_see_nothing(pair: Pair, client_of: Any, at: Any) -> None:
    plan = pair.agreed()
    url = f"/schemes/uplifts/{plan.pk}/"
    assert client_of("founder").get(url).status_code == 404
    assert client_of("stranger").get(url).status_code == 302
    for verb in ("confirm-task", "accept-coach", "confirm-coached", "appeal"):
        assert client_of("city_officer").post(f"{url}{verb}/").status_code == 403
    assert client_of("operator").get("/schemes/cultivation/").status_code == 200
    assert pair.coached.name not in client_of("operator").get("/schemes/cultivation/").content.decode()
    assert client_of("founder").get("/schemes/cultivation/").status_code == 404
