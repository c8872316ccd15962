"""Proofs of concept: a test is judged by what both signed, a met criterion to stop ends it without fault, and a company takes it on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.evidence.facts import BadFact
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions import endings, milestones
from fuhua.schemes.actions.agreements import held, require_in_force, tell, title_of, url_of
from fuhua.schemes.facts import money as facts
from fuhua.schemes.models import Agreement, Milestone
from fuhua.schemes.queries.proofs import COMPANIES, is_spun_out, proven
from fuhua.schemes.words import COMPANY, LESSONS

_TESTED = ("passed", "deferred", "failed")


class BadProof(BadFact):
    """The test cannot be concluded, or the company not named, like this; ``text`` says how to mend it."""


@transaction.atomic
def conclude(
    *, milestone: Milestone, result: str, person: int, by: str, at: dt.datetime, reached: int | None = None, note: str = "",
    until: dt.date | None = None, stop: bool = False, lesson: str = "",
) -> Milestone:
    """The verifier concludes a test against the protocol of the agreement, on grounds (``note``).

    ``stop``: the criterion to give up that both signed is met. Then the agreement ends at once as an honest failure, with the coded
    ``lesson`` (``words.LESSONS``), and nothing that was spent with care comes back. Raises :class:`BadProof`, ``BadMilestone``.
    """
    row = held(milestone.agreement)
    if result not in _TESTED:
        raise BadProof(t("验证结论只有通过、延期或未通过", "a test passes, is deferred or fails"))
    if result != "deferred" and not note.strip():
        raise BadProof(t("请对照验证方案写明依据", "say on what grounds, by the protocol"))
    if stop != (result == "failed" and lesson in LESSONS) or (lesson and not stop):
        raise BadProof(t("触发终止标准的，结论为未通过，并选择经验教训；未触发的不选",
                         "where the criterion to stop is met, the test fails and teaches a lesson; else choose neither"))
    one = milestones.judge(milestone=milestone, result=result, person=person, reached=reached, note=note, until=until, by=by, at=at)
    if result == "passed" and proven(row):
        tell(facts.ProofConcluded(subject=row.party.urn, task=row.urn, result="proven"), by=by, at=at, behalf=row.issuer)
    if stop:
        endings.end(agreement=row, because="disproved", by=by, at=at)
        tell(facts.ProofConcluded(subject=row.party.urn, task=row.urn, result="disproved", lesson=lesson), by=by, at=at, behalf=row.issuer)
    return one


@transaction.atomic
def pass_on(*, agreement: Agreement, venture: Party, by: str, at: dt.datetime) -> Agreement:
    """The party names the company that what was proven became: it holds the grant with the party, and the grant converts into its shares.

    It may be mended until its licence was judged. Raises :class:`BadProof`: before the test passed, or for a company that was not spun
    out of the party by a tie that both confirmed.
    """
    row = held(agreement)
    require_in_force(row)
    if row.party.sort in COMPANIES:
        raise BadProof(t("承担单位本身就是企业，不需要另行登记", "the party is a company itself; nothing is to be named"))
    if not proven(row):
        raise BadProof(t("验证通过后才能登记承接企业", "the company is named once the test has passed"))
    if row.milestones.filter(role=COMPANY, state__in=["claimed", "passed"]).exists():
        raise BadProof(t("公司设立已提交或已认定，承接企业不能再改", "its licence was handed in or judged; the company stays as it is"))
    if venture.sort not in COMPANIES or not is_spun_out(venture, row.party, period.day(at)):
        raise BadProof(t("请先在企业页面提出“孵化自”{party}的关系，并由双方确认",
                         "first propose, on the company’s page, that it was spun out of {party}, and let both sides confirm it")
                       .format(party=row.party.name))
    row.venture = venture
    row.save(update_fields=["venture"])
    tell(facts.GrantPassedOn(subject=row.urn, venture=venture.urn), by=by, at=at, behalf=row.party)
    notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=venture.pk)
    return row
