"""Assess a practicum: venture and tutor each for themselves, sealed until both are in; then it is passed, or failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel.flow import WrongState
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions import practicums
from fuhua.schemes.facts import talents as facts
from fuhua.schemes.flow import PRACTICUM
from fuhua.schemes.kinds.training import judged
from fuhua.schemes.models import Judgement, Practicum
from fuhua.schemes.words import ASSESSED_AS, ASSESSORS, LACKING


class BadJudgement(BadFact):
    """The assessment cannot be handed in like this; ``text`` says how to mend it."""


@transaction.atomic
def judge(
    *, practicum: Practicum, side: str, person: Party, result: str, lacking: Sequence[str], note: str, by: str, at: dt.datetime,
) -> Judgement:
    """``side`` (``venture`` or ``tutor``) hands its assessment in by its ``person``; it is final, and sealed until the other is in.

    Raises :class:`BadJudgement` without a note, for a failure that does not say what was lacking, and the second time.
    """
    row = practicums.held(practicum)
    if row.state != "reported":
        raise WrongState(t("学员提交报告后才能评价，且结论出具后不能再改",
                           "it is assessed after the report, and no more once it is concluded"))
    if side not in ASSESSORS or result not in ASSESSED_AS or not set(lacking) <= set(LACKING):
        raise BadJudgement(t("请从列表中选择", "choose from the list"))
    if not note.strip():
        raise BadJudgement(t("请写明评价意见", "write what you found"))
    if (result == "failed") != bool(lacking):
        raise BadJudgement(t("评为不合格时须指出所缺能力；合格时不填", "a failure says what was lacking, and only a failure does"))
    if person.pk == row.talent.person_id:
        raise BadJudgement(t("不能评价自己", "nobody assesses themselves"))
    if row.judgements.filter(person=person).exclude(side=side).exists():
        raise BadJudgement(t("两方评价须由不同的人作出", "two different people assess it"))
    try:
        with transaction.atomic():
            found = Judgement.objects.create(practicum=row, side=side, person=person, result=result, lacking=list(lacking),
                                             note=note.strip(), at=at)
    except IntegrityError as wrong:
        raise BadJudgement(t("该方已提交评价", "this side has handed its assessment in")) from wrong
    house = row.venture if side == "venture" else row.host
    notices.settle(about=row.urn, at=at, to=row.venture_id if side == "venture" else row.tutor_id)
    record(facts.JudgementHandedIn(subject=row.urn, side=side), by=by, at=at, grade=Grade.SYSTEM, on_behalf=house.urn)
    if row.judgements.count() == len(ASSESSORS):
        _conclude(row, by=by, at=at)
    return found


def _conclude(row: Practicum, *, by: str, at: dt.datetime) -> None:
    """Both sides have spoken: open the seals, and end what was opened to the trainee."""
    results = dict(row.judgements.values_list("side", "result"))
    result = judged(results["venture"], results["tutor"])
    row.state = PRACTICUM.after(row.state, "pass" if result == "passed" else "fail")
    row.ended_at = at
    row.save(update_fields=["state", "ended_at"])
    practicums.shut(row, by=by, at=at)
    notices.settle(about=row.urn, at=at)
    name, url = row.talent.person.name, practicums.url_of(row)
    told = t("实训考核{result}：{name}", "practicum assessed, {result}: {name}").format(result=ASSESSED_AS[result], name=name)
    notices.news(about=row.urn, title=told, url=url, at=at, to=row.talent.person_id)
    notices.news(about=row.urn, title=told, url=url, at=at, to=row.host_id, office="operator")
    if result == "passed":
        said = t("请颁发实训合格证书：{name}", "issue the practicum credential: {name}").format(name=name)
        notices.turn(about=row.urn, title=said, url=url, at=at, office="city_officer")
    record(facts.PracticumConcluded(subject=row.urn, person=row.talent.person.urn, result=result, venture_result=results["venture"],
                                    tutor_result=results["tutor"]), by=by, at=at, grade=Grade.COUNTERPART)
