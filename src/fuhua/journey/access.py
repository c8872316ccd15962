"""Who may see what policy says of whom: its own people alone, an incubator what was opened to it, officers the numbers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fuhua.kernel.access import NOBODY, anybody, holders, rule, signed_in
from fuhua.kernel.words import t
from fuhua.parties.queries import files_for

JUDGED = ("venture", "firm", "incubator", "university", "fund", "park", "person")  # sorts of party that some rule judges
OFFICERS = ("coordinator", "city_officer")


def _own(who: Any) -> Q:
    if who.party_id is None:
        return NOBODY
    return Q(pk__in=sorted(who.acts_for() | {who.party_id}), sort__in=JUDGED)


def _files(who: Any) -> Q:
    """One's own, and those that let one's organisation file applications for them."""
    if who.party_id is None or who.asked_at is None:
        return _own(who)
    ids = files_for(who, scope="applications", at=who.asked_at) | {who.party_id}
    return Q(pk__in=sorted(ids), sort__in=JUDGED)


def _houses(who: Any) -> Q:
    houses = who.acts_for("operator")
    return Q(pk__in=sorted(houses), sort="incubator") if houses else NOBODY


def _admits(who: Any) -> Q:
    """What the person's own incubator awarded in a round of its own."""
    houses = who.acts_for("operator")
    if not houses:
        return NOBODY
    own = Q(call__issuer__in=houses, call__issuer__sort="incubator", call__kind="incubator_admission", state="awarded")
    return own & ~Q(barred__person=who.party_id)


PUBLIC = rule("journey.public", t("任何人都可查看", "open to everybody"), anybody)
SIGNED_IN = rule("journey.signed_in", t("请先登录", "sign in first"), signed_in)
SUBJECTS = rule(
    "journey.policy_subjects",
    t(
        "政策资料和结论仅限本人、本单位，以及受托提交申请的单位",
        "what policy knows of a party is for itself and whoever it lets file applications",
    ),
    _files,
)
SHARES = rule(
    "journey.policy_shares",
    t("只有本单位可以决定向孵化器公开什么", "only the party itself says what its incubator may see"),
    _own,
)
BENEFITS = rule(
    "journey.policy_benefits",
    t("仅限孵化器运营人员，且只含同意公开的在孵企业", "for incubator operators, and only of tenants that agreed"),
    _houses,
)
ADMITS = rule(
    "journey.admits",
    t("仅限该孵化器的运营人员，需回避的除外", "operators of the incubator that admitted it, unless barred from it"),
    _admits,
)
NUMBERS = rule(
    "journey.policy_numbers",
    t("政策参数仅由市级主管和统筹协调设定", "policy numbers are set by city officers and coordinators only"),
    holders(*OFFICERS),
)
WHAT_IF = rule(
    "journey.policy_what_if",
    t("政策测算会列出受影响的企业，仅限市级主管和统筹协调", "what-if names the firms it touches: for city officers and coordinators only"),
    holders(*OFFICERS),
)
MENTOR_TITLES = rule(
    "journey.mentor_titles",
    t("金牌导师称号仅由市级主管和统筹协调恢复或移出", "gold mentors are restored and removed by city officers and coordinators only"),
    holders(*OFFICERS),
)
OVERSEERS = frozenset({"coordinator", "city_officer", "department_officer", "auditor"})  # who sees the parties behind a count
