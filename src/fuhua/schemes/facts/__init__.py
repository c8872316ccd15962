"""What we testify of schemes: agreements, tiers and checks of incubators, uplift of traditional ones, gold seeds."""

from __future__ import annotations

from typing import Annotated

from fuhua.evidence.facts import BadFact, Between, CodeOf, District, Fact, Listed, UrnOf
from fuhua.kernel.words import t
from fuhua.schemes import words

Incubator = Annotated[str, UrnOf("incubator")]
Seed = Annotated[str, UrnOf("venture", "firm", "project")]
Tier = Annotated[str, CodeOf(words.TIERS)]
Field = Annotated[str, Listed(words.FUTURE_FIELDS.ever, words.FUTURE_FIELDS.telling)]
Result = Annotated[str, CodeOf(words.CHECK_RESULTS)]


class AgreementSigned(Fact, frozen=True, kw_only=True, gc=False):
    """The incubator signed its task agreement of an ``edition``: of a benchmark incubator in a tier, of a future-field one without.

    ``field`` is the future field the agreement is for; only a benchmark incubator's may be blank. ``task`` is the task agreement.
    """

    KIND = "schemes.agreement_signed"
    LABEL = t("签订标杆孵化器任务书", "benchmark agreement signed")
    subject: Incubator
    edition: str
    tier: Tier = ""
    field: Field = ""
    district: District = ""
    task: Annotated[str, UrnOf("agreement")] = ""

    def check(self) -> None:
        super().check()
        if not self.tier and not self.field:
            raise BadFact(t("任务书须写明梯次（tier），未来产业孵化器须写明领域（field）",
                            "an agreement names its tier, that of a future-field incubator its field"))


class TierSet(Fact, frozen=True, kw_only=True, gc=False):
    """The incubator is in this tier from the day the fact is true: a list, a promotion or a demotion."""

    KIND = "schemes.tier_set"
    LABEL = t("确定梯次", "tier set")
    subject: Incubator
    tier: Tier
    edition: str = ""
    district: District = ""


class CheckConcluded(Fact, frozen=True, kw_only=True, gc=False):
    """A milestone check of the incubator's agreement ended with ``result``."""

    KIND = "schemes.check_concluded"
    LABEL = t("里程碑考核结论", "check concluded")
    subject: Incubator
    result: Result


class AgreementEnded(Fact, frozen=True, kw_only=True, gc=False):
    """The incubator's agreement is over, for a coded reason; ``field`` names the future-field agreement, blank the benchmark one."""

    KIND = "schemes.agreement_ended"
    LABEL = t("任务书终止", "agreement ended")
    subject: Incubator
    reason: Annotated[str, CodeOf(words.END_REASONS)]
    field: Field = ""


class FieldRechecked(Fact, frozen=True, kw_only=True, gc=False):
    """The yearly recheck of the future field under which the incubator was agreed."""

    KIND = "schemes.field_rechecked"
    LABEL = t("未来产业领域复核", "future field rechecked")
    subject: Incubator
    field: Field
    result: Result


class UpliftPlanAgreed(Fact, frozen=True, kw_only=True, gc=False):
    """A traditional incubator and its coach agreed on an improvement plan."""

    KIND = "schemes.uplift_plan_agreed"
    LABEL = t("商定提升方案", "uplift plan agreed")
    subject: Incubator
    coach: Incubator
    district: District = ""

    def check(self) -> None:
        super().check()
        if self.coach == self.subject:
            raise BadFact(
                t(
                    "孵化器不能辅导自己，请选择另一家作为辅导方",
                    "an incubator cannot coach itself; choose another coach",
                )
            )


class UpliftMeasured(Fact, frozen=True, kw_only=True, gc=False):
    """How far the coached incubator moved in 12 months: ``delta`` in parts per million (negative: it fell back)."""

    KIND = "schemes.uplift_measured"
    LABEL = t("提升幅度测评", "uplift measured")
    subject: Incubator
    delta: Annotated[int, Between(-1_000_000, 1_000_000_000)]
    independent: bool


class UpliftConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """One of the two, coach or coached, confirms that the plan was carried out."""

    KIND = "schemes.uplift_confirmed"
    LABEL = t("确认提升成效", "uplift confirmed")
    subject: Incubator
    role: Annotated[str, CodeOf(words.UPLIFT_ROLES)]


class GoldSeedListed(Fact, frozen=True, kw_only=True, gc=False):
    """A young firm in a future field entered the gold-seed list (金种子)."""

    KIND = "schemes.gold_seed_listed"
    LABEL = t("入选金种子", "gold seed listed")
    subject: Seed
    field: Field
    edition: str = ""
    district: District = ""


class GoldSeedRechecked(Fact, frozen=True, kw_only=True, gc=False):
    """The yearly recheck of the gold seed's entry rule."""

    KIND = "schemes.gold_seed_rechecked"
    LABEL = t("金种子复核", "gold seed rechecked")
    subject: Seed
    result: Result


class GoldSeedLeft(Fact, frozen=True, kw_only=True, gc=False):
    """The firm left the gold-seed list, for a coded reason."""

    KIND = "schemes.gold_seed_left"
    LABEL = t("金种子出库", "gold seed left")
    subject: Seed
    reason: Annotated[str, CodeOf(words.LEAVING_REASONS)]
