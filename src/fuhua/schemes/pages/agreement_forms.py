"""The forms of agreements: drawing one up, and what each verb of its sides wants to know."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

from fuhua.kernel.once import OnceField
from fuhua.kernel.page import whole
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import MoneyField, area, choices
from fuhua.schemes.actions.agreements import Planned
from fuhua.schemes.kinds.conversion import BASES
from fuhua.schemes.kinds.measures import MEASURES
from fuhua.schemes.kinds.spec import MILLION, Kind, MilestoneType
from fuhua.schemes.queries import agreements, proofs
from fuhua.schemes.words import ASSESSED, CHANGE_SORTS, CHECK_RESULTS, LESSONS, PIVOTS, RECOVERY_REASONS, TASK_ENDS, WITHHELD_REASONS

ROWS = 6  # milestones that one form takes
_PUBLIC = ("agency", "district")  # what they hold is state capital
_ASKED = t("请选择", "choose")


def day_field(label: Text, *, required: bool = True) -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class VerbForm(forms.Form):
    """A verb of the agreement ``agreement``; sent twice it is done once."""

    once = OnceField()

    def __init__(self, *args: Any, agreement: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement


class ItemForm(VerbForm):
    """A verb of one milestone, tranche or change of the agreement."""

    item = forms.IntegerField(widget=forms.HiddenInput)


class SignForm(VerbForm):
    """The signer's word that they have read this text and may sign it."""

    document = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agreed = forms.BooleanField(label=t("我已阅读全文，并有权代表本单位签署", "I have read all of it and may sign for my organisation"))


class ClaimForm(ItemForm):
    """What was reached, with one file for each line of the evidence list fixed at signing."""

    reached = forms.IntegerField(label=t("完成数", "Reached"), min_value=0)
    note = forms.CharField(label=t("说明", "Note"), required=False, max_length=2000, widget=area())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = whole(self.data.get(self.add_prefix("item"), ""))
        found = self.agreement.milestones.filter(pk=item).first() if self.is_bound and item is not None else None
        self.lines = list(found.evidence) if found else list(self.initial.get("lines", ()))
        for number, line in enumerate(self.lines):
            self.fields[f"file_{number}"] = forms.FileField(label=Text(line, line))

    @property
    def files_by_line(self) -> dict[str, Any]:
        """Line of the evidence list → the uploaded file."""
        return {line: self.cleaned_data[f"file_{number}"] for number, line in enumerate(self.lines)}


class JudgeForm(ItemForm):
    """The verifier's conclusion."""

    result = forms.ChoiceField(label=t("结论", "Conclusion"), choices=choices(CHECK_RESULTS))
    reached = forms.IntegerField(label=t("认定完成数", "Found reached"), min_value=0, required=False,
                                 help_text=t("不填则按系统计数；无计数时按申报数", "blank: what facts count, else what was claimed"))
    until = day_field(t("延期至（仅延期时填写）", "Deferred until (only when deferred)"), required=False)
    note = forms.CharField(label=t("依据", "Grounds"), required=False, max_length=2000, widget=area())


class TestForm(ItemForm):
    """The verifier's conclusion of a test, by the protocol of the agreement."""

    result = forms.ChoiceField(label=t("结论", "Conclusion"), choices=choices({
        code: CHECK_RESULTS[code] for code in ("passed", "deferred", "failed")}))
    stop = forms.BooleanField(label=t("触发约定的终止标准", "The criterion to stop is met"), required=False,
                              help_text=t("任务书随即终止，如实结题，不追回已按规定使用的资金",
                                          "the agreement ends at once as an honest failure, and no money comes back"))
    lesson = forms.ChoiceField(label=t("经验教训（触发终止标准时选择）", "Lesson (when the criterion to stop is met)"), required=False,
                               choices=choices(LESSONS))
    until = day_field(t("延期至（仅延期时填写）", "Deferred until (only when deferred)"), required=False)
    note = forms.CharField(label=t("对照验证方案的依据", "Grounds, by the protocol"), required=False, max_length=2000, widget=area())


class PassOnForm(VerbForm):
    """The company that what was proven became."""

    venture = forms.ModelChoiceField(label=t("承接企业", "Company"), queryset=None, empty_label=_ASKED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venture"].queryset = proofs.offspring(self.agreement.party)


class PayForm(ItemForm):
    """A payment through the payer's bank."""

    reference = forms.CharField(label=t("银行流水号", "Bank reference"), max_length=80)
    paid_on = day_field(t("付款日期", "Paid on"))


class WithholdForm(ItemForm):
    """Why a tranche is not paid."""

    because = forms.ChoiceField(label=t("原因", "Why"), choices=choices(WITHHELD_REASONS))


class RecoverForm(ItemForm):
    """What is to come back, and why."""

    amount = MoneyField(label=t("追回金额（元）", "Amount to come back (yuan)"), max_length=30)
    because = forms.ChoiceField(label=t("追回原因", "Why"), choices=choices(RECOVERY_REASONS))


class PayBackForm(ItemForm):
    """What came back."""

    reference = forms.CharField(label=t("退款银行流水号", "Bank reference of the return"), max_length=80)
    returned_on = day_field(t("退回日期", "Came back on"))


class CostForm(ItemForm):
    """An invoice that a tranche was used for."""

    title = forms.CharField(label=t("支出内容", "What it was for"), max_length=200)
    issuer = forms.CharField(label=t("开票单位统一社会信用代码", "Credit code of the seller"), max_length=24)
    invoice = forms.CharField(label=t("发票号码", "Invoice number"), max_length=40)
    amount = MoneyField(label=t("金额（元）", "Amount (yuan)"), max_length=30)
    file = forms.FileField(label=t("发票", "Invoice"), required=False)


class ChangeForm(VerbForm):
    """What is to change, and why; blank fields stay as they are."""

    sort = forms.ChoiceField(label=t("类别", "Sort"), choices=choices(CHANGE_SORTS))
    pivot = forms.ChoiceField(label=t("调整什么（方向调整时选择）", "What the change of direction touches"), required=False)
    milestone = forms.ChoiceField(label=t("里程碑", "Milestone"), required=False)
    title = forms.CharField(label=t("新内容", "New title"), required=False, max_length=200)
    least = forms.IntegerField(label=t("新数量", "New number"), required=False, min_value=1)
    due = day_field(t("新期限", "New due day"), required=False)
    ends = day_field(t("新的执行期限止（整份任务书）", "New end of the agreement (as a whole)"), required=False)
    text = forms.CharField(label=t("理由", "Why"), max_length=4000, widget=area())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.agreement.milestones.filter(state__in=["due", "deferred"]).order_by("number") if self.agreement else ()
        allowed = self.agreement.terms.get("pivots", ()) if self.agreement else ()
        self.fields["pivot"].choices = choices({each: PIVOTS[each] for each in allowed})
        if not allowed:
            del self.fields["pivot"]
        self.fields["milestone"].choices = [("", t("整份任务书", "the whole agreement")), *((str(each.pk), each.title) for each in rows)]

    @property
    def after(self) -> dict[str, Any]:
        """The new values, days as ISO text."""
        said = {name: self.cleaned_data[name] for name in ("title", "least", "due", "ends") if self.cleaned_data[name]}
        return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in said.items()}


class DecideForm(ItemForm):
    """The issuer's answer to a change."""

    approve = forms.TypedChoiceField(label=t("批复", "Answer"), coerce=lambda value: value == "yes",
                                     choices=[("", _ASKED), ("yes", t("同意", "approved")), ("no", t("不同意", "refused"))])
    answer = forms.CharField(label=t("意见", "In words"), max_length=2000, widget=area())


class HandOverForm(VerbForm):
    """Who serves the project from now on."""

    steward = forms.ModelChoiceField(label=t("新管家", "New steward"), queryset=None)
    until = day_field(t("代管至（请假代管时填写）", "Until (only for leave cover)"), required=False)
    why = forms.CharField(label=t("原因", "Why"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steward"].queryset = agreements.bearers("steward")


class EndForm(VerbForm):
    """Why it ends before its time."""

    because = forms.ChoiceField(label=t("终止原因", "Why it ends"), choices=choices(TASK_ENDS),
                                help_text=t("终止后不再拨付任何款项", "nothing is paid after that"))


class RenewForm(VerbForm):
    """The term of the agreement that follows."""

    starts = day_field(t("新执行期限起", "New term starts"))
    ends = day_field(t("新执行期限止", "New term ends"))


class AssessForm(VerbForm):
    """The year that is assessed."""

    year = forms.IntegerField(label=t("评估年度", "Year"), min_value=2000, max_value=2100)


class HearForm(ItemForm):
    """When the party is heard."""

    day = day_field(t("听证日期（须提前 5 个工作日）", "Day of the hearing (five working days ahead)"))


class ConcludeForm(ItemForm):
    """The result of a yearly assessment."""

    result = forms.ChoiceField(label=t("结论", "Result"), choices=choices(ASSESSED))
    text = forms.CharField(label=t("理由", "Why"), max_length=2000, widget=area())
    heard = forms.CharField(label=t("听证意见（降级时填写）", "What was said at the hearing (to lower it)"), required=False,
                            max_length=4000, widget=area())


class DrawUpForm(VerbForm):
    """A new agreement: its term, who serves and who judges, and up to six milestones."""

    starts = day_field(t("执行期限起", "Starts"))
    ends = day_field(t("执行期限止", "Ends"))
    steward = forms.ModelChoiceField(label=t("项目管家", "Steward"), queryset=None)
    verifier = forms.ModelChoiceField(label=t("考核人（不能是管家）", "Verifier (not the steward)"), queryset=None)
    basis = forms.ChoiceField(label=t("资助转股的价格依据（不转股的不选）", "Price basis of a conversion (none: leave it)"), required=False,
                              choices=choices(BASES))
    holder = forms.ModelChoiceField(label=t("持股主体", "Holder of the share"), queryset=None, required=False)
    valuation = MoneyField(label=t("约定估值（元）", "Valuation agreed (yuan)"), required=False, max_length=30)
    cap = MoneyField(label=t("估值上限（元）", "Cap of the valuation (yuan)"), required=False, max_length=30)
    discount = forms.DecimalField(label=t("折扣（%）", "Discount (%)"), required=False, min_value=0, max_value=99, decimal_places=4)
    state = forms.BooleanField(required=False, label=t("持股主体属国有资本（转股须附评估备案）",
                                                       "The holder is state capital (an appraisal on record is needed)"))
    pivots = forms.MultipleChoiceField(label=t("允许申请的方向调整", "Changes of direction that may be asked for"), required=False,
                                       widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pivots"].choices, self.fields["pivots"].initial = list(kind.pivots.items()), list(kind.pivots)
        if not kind.pivots:
            del self.fields["pivots"]
        self.fields["steward"].queryset = agreements.bearers("steward")
        self.fields["verifier"].queryset = agreements.bearers("expert", "city_officer", "district_officer", "department_officer")
        self.fields["holder"].queryset = agreements.organisations("fund", "agency", "district", "incubator", "firm")
        codes = dict.fromkeys([*(each.measure for each in kind.milestones), "residents", "stated"])
        measures = {code: MEASURES[code].label for code in codes if code in MEASURES}
        said = self.data if self.is_bound else None
        own = dict(enumerate(kind.milestones if kind.carries else (), 1))
        self.rows = [MilestoneForm(said, prefix=f"m{number}", measures=measures, roles={each.code: each.label for each in kind.milestones},
                                   initial=_typical(own.get(number))) for number in range(1, ROWS + 1)]

    def is_valid(self) -> bool:
        """Whether it and every milestone that was filled in can be read."""
        rows = [each.is_valid() for each in self.rows]
        return super().is_valid() and all(rows)

    def clean(self) -> dict[str, Any]:
        """A conversion names its holder."""
        said = super().clean() or {}
        if said.get("basis") and not said.get("holder") and "holder" not in self.errors:
            self.add_error("holder", str(t("请选择持股主体", "choose who holds the share")))
        return said

    @property
    def terms(self) -> dict[str, Any]:
        """The further terms: the changes of direction that are allowed, and the conversion rule, if there is one."""
        said = self.cleaned_data
        found: dict[str, Any] = {"pivots": said["pivots"]} if said.get("pivots") else {}
        if not said["basis"]:
            return found
        rule = {"basis": said["basis"], "holder": said["holder"].urn, "discount": _parts(said["discount"]),
                "state": said["state"] or said["holder"].sort in _PUBLIC}
        return found | {"conversion": {**rule, **{name: said[name] for name in ("valuation", "cap") if said[name]}}}

    @property
    def planned(self) -> list[Planned]:
        """The milestones that were filled in."""
        return [each.planned for each in self.rows if each.cleaned_data.get("title")]


class MilestoneForm(forms.Form):
    """One milestone; without a title it is left out."""

    title = forms.CharField(label=t("内容", "What"), required=False, max_length=200)
    role = forms.ChoiceField(label=t("类别", "Sort"), required=False)
    measure = forms.ChoiceField(label=t("指标", "Measure"), required=False)
    least = forms.IntegerField(label=t("至少", "At least"), required=False, min_value=1)
    due = day_field(t("期限", "Due"), required=False)
    weight = forms.DecimalField(label=t("占余款比例（%）", "Share of what milestones pay (%)"), required=False, min_value=0, max_value=100,
                                decimal_places=4)
    evidence = forms.CharField(label=t("证明材料（每行一项）", "Evidence (one a line)"), required=False, max_length=1000, widget=area(2))

    def __init__(self, *args: Any, measures: dict[str, Text], roles: dict[str, Text], **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["measure"].choices = choices(measures)
        self.fields["role"].choices = [("", t("自定", "one of its own")), *roles.items()]

    def clean(self) -> dict[str, Any]:
        """A milestone with a title has everything."""
        said = super().clean() or {}
        for name in ("measure", "least", "due", "evidence"):
            if said.get("title") and not said.get(name) and name not in self.errors:
                self.add_error(name, str(t("请填写", "fill this in")))
        return said

    @property
    def planned(self) -> Planned:
        """The milestone as the agreement takes it."""
        said = self.cleaned_data
        lines = tuple(dict.fromkeys(line.strip() for line in said["evidence"].splitlines() if line.strip()))
        return Planned(said["title"], said["measure"], said["least"], said["due"], lines, _parts(said["weight"]), said["role"])


def _typical(found: MilestoneType | None) -> dict[str, Any]:
    """What a milestone of the kind usually says."""
    if found is None:
        return {}
    return {"title": found.label.zh, "role": found.code, "measure": found.measure, "least": 1,
            "evidence": "\n".join(line.zh for line in found.evidence)}


def _parts(percent: Decimal | None) -> int:
    """A percentage in parts per million."""
    return int(Fraction(percent or Decimal(0)) * MILLION / 100)


class AppealForm(ItemForm):
    """Why a warning or a lower tier is wrong."""

    text = forms.CharField(label=t("申诉的事实和理由", "What is wrong and why"), max_length=4000, widget=area())


FORMS: dict[str, type[VerbForm]] = {
    "sign": SignForm, "claim": ClaimForm, "judge": JudgeForm, "pay": PayForm, "withhold": WithholdForm, "recover": RecoverForm,
    "pay_back": PayBackForm, "cost": CostForm, "change": ChangeForm, "decide": DecideForm, "withdraw": ItemForm, "hand_over": HandOverForm,
    "finish": VerbForm, "renew": RenewForm,
    "end": EndForm, "assess": AssessForm, "hear": HearForm, "conclude": ConcludeForm, "test": TestForm,
    "pass_on": PassOnForm, "appeal": AppealForm,
}
