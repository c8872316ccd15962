"""Task agreements: draw one up after an award; and what is told of incubators' agreements, tiers and checks by rosters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.desk.actions.asks import numbered
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import record
from fuhua.evidence.actions.verbs import Verb
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes import facts
from fuhua.schemes.facts import money
from fuhua.schemes.flow import AGREEMENT as FLOW
from fuhua.schemes.kinds.conversion import BadRule, rule_of
from fuhua.schemes.kinds.measures import MEASURES
from fuhua.schemes.kinds.paying import split
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Kind
from fuhua.schemes.models import Agreement, Application, Barred, Milestone, Paper, Tranche
from fuhua.schemes.queries import measures, task_text
from fuhua.schemes.queries.fields import require_known
from fuhua.schemes.queries.rounds import clocks_of
from fuhua.schemes.words import LEVELS


def _on_the_list(fact: Any, _day: dt.date) -> None:
    """What was signed or rechecked names a field that stands on some edition of the list."""
    if fact.field:
        require_known(fact.field)


sign = Verb(facts.AgreementSigned, require=_on_the_list)
set_tier = Verb(facts.TierSet)
conclude_check = Verb(facts.CheckConcluded, after=facts.AgreementSigned)
recheck_field = Verb(facts.FieldRechecked, after=facts.AgreementSigned, require=_on_the_list)
end = Verb(facts.AgreementEnded, after=facts.AgreementSigned)

SIGNING = "sign"  # the clock of a draft
_OWN = (measures.STATED.code, measures.RESIDENTS.code)


class BadAgreement(BadFact):
    """The agreement cannot be drawn up or moved so; ``text`` says how to mend it."""


@dataclass(frozen=True)
class Planned:
    """A milestone to be agreed: ``measure`` of at least ``least`` by ``due``; ``weight`` in parts per million of what milestones pay.

    ``role`` is the code of the kind's milestone type, blank for one of its own.
    """

    title: str
    measure: str
    least: int
    due: dt.date
    evidence: tuple[str, ...]
    weight: int = 0
    role: str = ""


@transaction.atomic
def draw_up(
    *, application: Application, starts: dt.date, ends: dt.date, milestones: Sequence[Planned], steward: Party, verifier: Party, by: str,
    at: dt.datetime, terms: Mapping[str, Any] | None = None,
) -> Agreement:
    """Draw up the agreement of an awarded application; both sides sign it next. Raises :class:`BadAgreement`."""
    award = Application.objects.select_for_update(of=("self",)).select_related("call__issuer", "applicant").get(pk=application.pk)
    if award.state != "awarded":
        raise BadAgreement(t("只有已立项的申报才能签任务书", "only an awarded application leads to an agreement"))
    try:
        with transaction.atomic():
            return _draw_up(award, starts, ends, milestones, steward, verifier, dict(terms or {}), None, by, at)
    except IntegrityError as wrong:
        raise BadAgreement(t("该项目已有任务书，请打开它继续", "there is an agreement for it already; go on there")) from wrong


@transaction.atomic
def renew(
    *, agreement: Agreement, starts: dt.date, ends: dt.date, milestones: Sequence[Planned], by: str, at: dt.datetime,
) -> Agreement:
    """Follow a finished agreement by another of the same parties, without money of its own, when its kind renews."""
    row = held(agreement)
    if not kind_of(row).renews:
        raise BadAgreement(t("这类项目不续期，请重新申报", "this kind is not renewed; apply again"))
    row.state = FLOW.after(row.state, "renew")
    row.save(update_fields=["state"])
    made = _draw_up(row.application, starts, ends, milestones, row.steward, row.verifier, row.terms, row, by, at)
    tell(money.TaskRenewed(subject=row.urn, by_task=made.urn), by=by, at=at, behalf=row.issuer)
    return made


def _draw_up(award: Application, starts: dt.date, ends: dt.date, milestones: Sequence[Planned], steward: Party | None,
             verifier: Party | None, terms: dict[str, Any], former: Agreement | None, by: str, at: dt.datetime) -> Agreement:
    kind, today = scheme_kinds()[award.call.kind], period.day(at)
    city, district = (0, 0) if former else (award.decision.city, award.decision.district)
    recommended = getattr(award, "recommendation", None)
    _require(award, kind, starts, ends, milestones, steward, verifier, terms)
    terms |= _carried(award, kind)
    payers = {"city": (city, award.call.issuer), "district": (district, recommended.district if recommended else None)}
    row = Agreement.objects.create(
        urn=urn.new("agreement"), number=numbered("RW", "schemes.agreement", at), application=award,
        party=award.applicant, issuer=award.call.issuer, district=recommended.district if recommended else None, steward=steward,
        verifier=verifier, city_amount=city, district_amount=district, terms=terms, starts=starts, ends=ends, drawn_at=at, former=former)
    made = [Milestone.objects.create(agreement=row, number=number, title=each.title.strip()[:200], measure=each.measure, least=each.least,
                                     due=each.due, evidence=list(each.evidence), weight=each.weight, role=each.role)
            for number, each in enumerate(milestones, 1)]
    for level, (amount, payer) in payers.items():
        _plan(row, kind, level, amount, payer, made, at)
    row.document = papers.kept(papers.pdf_of("schemes/agreement.typ", task_text.printed(row), at=at), by=by, at=at)
    row.save(update_fields=["document"])
    Paper.objects.create(agreement=row, sort="agreement", number=row.number, document=row.document, at=at)
    for side in (row.party, row.issuer):
        notices.part(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=side.pk)
    clocks.start(about=row.urn, name=SIGNING, title=title_of(row), url=url_of(row), at=at, to=row.party_id, answers_for=row.party_id,
                 due=period.add_working_days(today, clocks_of(award.call).sign))
    tell(money.TaskDrawnUp(subject=row.urn, application=award.urn, party=row.party.urn, issuer=row.issuer.urn, sort=kind.code,
                           city_amount=city, district_amount=district, milestones=len(made)), by=by, at=at, behalf=row.issuer,
         documents=[row.document])
    return row


def _plan(row: Agreement, kind: Kind, level: str, amount: int, payer: Party | None, milestones: Sequence[Milestone],
          at: dt.datetime) -> None:
    """Plan the tranches of one level: on signing, then one for each milestone that pays."""
    if not amount:
        return
    if kind.tranches is None or payer is None or (level == "district" and not kind.tranches.matched):
        raise BadAgreement(t("{level}资金没有拨款依据：请核对立项决定和区推荐函",
                             "nothing says how the {level}’s money is paid: check the decision and the district’s letter")
                           .format(level=LEVELS[level]))
    try:
        parts = split(amount, kind.tranches.on_signing, [each.weight for each in milestones])
    except ValueError as wrong:
        raise BadAgreement(t("各里程碑权重之和须为 100%", "the weights of the milestones sum to 100%")) from wrong
    for number, (part, milestone) in enumerate(zip(parts, (None, *milestones), strict=False), 1):
        if part:
            Tranche.objects.create(agreement=row, number=number, level=level, payer=payer, milestone=milestone, amount=part, at=at)


def _require(award: Application, kind: Kind, starts: dt.date, ends: dt.date, milestones: Sequence[Planned], steward: Party | None,
             verifier: Party | None, terms: Mapping[str, Any]) -> None:
    if ends <= starts:
        raise BadAgreement(t("结束日期应晚于开始日期", "it ends after it starts"))
    if steward is None or verifier is None or steward.pk == verifier.pk:
        raise BadAgreement(t("请指定管家和考核人，二者不能是同一人", "name a steward and a verifier, who are not the same person"))
    if award.applicant_id in (steward.pk, verifier.pk) or award.lead_id in (steward.pk, verifier.pk):
        raise BadAgreement(t("管家和考核人不能是申报人", "neither steward nor verifier is the applicant"))
    if Barred.objects.filter(application=award, person__in=[steward.pk, verifier.pk]).exists():
        raise BadAgreement(t("管家或考核人须回避该项目，请另选", "the steward or the verifier must keep out of it; choose another"))
    try:
        rule_of(terms)
    except (BadRule, TypeError) as wrong:
        raise BadAgreement(getattr(wrong, "text", t("转股条款不完整", "the conversion rule is not whole"))) from wrong
    if set(terms.get("pivots", ())) - set(kind.pivots):
        raise BadAgreement(t("本类项目没有这种方向调整", "this kind knows no such change of direction"))
    measured, roles = {each.measure for each in kind.milestones} | set(_OWN), {each.code for each in kind.milestones} | {""}
    for each in milestones:
        if not each.title.strip() or each.least <= 0 or not each.evidence or each.weight < 0:
            raise BadAgreement(t("每个里程碑须有内容、大于零的数量和证明材料清单",
                                 "each milestone has a title, a number above nothing and a list of evidence"))
        if each.role not in roles:
            raise BadAgreement(t("“{code}”不是本类项目的里程碑", "“{code}” is no milestone of this kind").format(code=each.role))
        if each.measure not in measured or each.measure not in MEASURES:
            raise BadAgreement(t("“{code}”不能作为本类项目的指标", "“{code}” is no measure of this kind").format(code=each.measure))
        if not starts < each.due <= ends:
            raise BadAgreement(t("里程碑期限须在执行期限之内", "a milestone is due within the agreement’s term"))


def _carried(award: Application, kind: Kind) -> dict[str, Any]:
    """What the application says that becomes part of the agreement, word for word."""
    said = {name: award.values[name] for name in kind.carries if award.values.get(name)}
    return {"said": said} if said else {}


def held(agreement: Agreement) -> Agreement:
    """The agreement as it is now, locked until the transaction ends: whoever moves its money waits for whoever is moving it."""
    rows = Agreement.objects.select_for_update(of=("self",))
    return rows.select_related("party", "issuer", "district", "venture", "application__call", "steward", "verifier").get(pk=agreement.pk)


def require_in_force(row: Agreement) -> None:
    """Raise :class:`BadAgreement` unless both have signed and it has not ended."""
    if row.state != "signed":
        raise BadAgreement(t("任务书不在履行中，不能办理", "the agreement is not in force, so this cannot be done"))


@transaction.atomic
def tell(fact: Fact, *, by: str, at: dt.datetime, behalf: Party, documents: Sequence[str] = ()) -> str:
    """Record a fact on behalf of the side that acts; returns its digest."""
    return record(fact, by=by, at=at, grade=Grade.SYSTEM, on_behalf=behalf.urn, documents=[each for each in documents if each])


def kind_of(row: Agreement) -> Kind:
    """The kind of scheme that the agreement follows."""
    return scheme_kinds()[row.application.call.kind]


def is_benchmark(row: Agreement) -> bool:
    """Whether facts of benchmark incubators follow from it."""
    return row.application.call.kind == "benchmark_incubator" and row.party.sort == "incubator"


def incubator_of(row: Agreement) -> Party | None:
    """The incubator that the facts of a future-field agreement are about: its lead, else the first incubator of the consortium."""
    if row.application.call.kind != "future_field_incubator":
        return None
    if row.party.sort == "incubator":
        return row.party
    members = row.application.members.filter(state="confirmed", party__sort="incubator")
    first = members.select_related("party").order_by("pk").first()
    return first.party if first else None


def title_of(row: Agreement) -> str:
    """What notices and clocks call it."""
    return f"{row.number} {row.application.title or row.party.name}"


def url_of(row: Agreement) -> str:
    """The page of an agreement."""
    return reverse("schemes:agreement", kwargs={"pk": row.pk})
