"""The forms of a deal: what each verb of its two sides wants to know."""

from __future__ import annotations

from typing import Any

from django import forms

from fuhua.evidence.words import NOT_RECEIVED, VOID_REASONS
from fuhua.exchange.queries import deals
from fuhua.exchange.words import DISPUTES, OUTCOMES, REJECTIONS, RESOLUTIONS
from fuhua.kernel.once import OnceField
from fuhua.kernel.words import t
from fuhua.kernel.written import MoneyField, area, choices


class VerbForm(forms.Form):
    """A verb of the deal ``deal``, pressed for its ``side`` (party id; None: neither); sent twice it is done once."""

    once = OnceField()

    def __init__(self, *args: Any, deal: Any = None, side: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deal, self.side = deal, side


class SignForm(VerbForm):
    """The signer's word that they have read this text and may sign it."""

    wording = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agreed = forms.BooleanField(label=t("我已阅读全文，并有权代表本单位签署", "I have read all of it and may sign for my organisation"))


class AmendForm(VerbForm):
    """Another term of payment."""

    pay_days = forms.IntegerField(label=t("验收后多少日内付款", "Days to pay after acceptance"), min_value=0, max_value=365,
                                  help_text=t("修改后双方须重新签署", "both sign anew after a change"))


class DeliverForm(VerbForm):
    """What is handed over."""

    item = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=t("交付说明", "What is delivered"), max_length=2000, required=False, widget=area())
    file = forms.FileField(label=t("交付文件", "File"), required=False, allow_empty_file=True,
                           help_text=t("PDF、Office 文档、图片、文本或压缩包", "PDF, Office document, picture, text or archive"))


class AcceptForm(VerbForm):
    """The deliverable that passes its test."""

    item = forms.IntegerField(widget=forms.HiddenInput)


class RejectForm(VerbForm):
    """Why a deliverable is not accepted."""

    item = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.ChoiceField(label=t("退回原因", "Why"), choices=choices(REJECTIONS))
    remark = forms.CharField(label=t("未达到哪一项标准", "Which test was missed"), max_length=2000, widget=area())


class PayForm(VerbForm):
    """A payment of the buyer."""

    amount = MoneyField(label=t("金额（元）", "Amount (yuan)"), max_length=30)
    reference = forms.CharField(label=t("银行流水号", "Bank reference"), max_length=80)
    paid_on = forms.DateField(label=t("付款日期", "Paid on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PublicPayForm(PayForm):
    """A payment of a public body under a policy."""

    payer = forms.ModelChoiceField(label=t("支付部门", "Paid by"), queryset=None)
    award = forms.CharField(label=t("批准文号", "Number of the decision"), max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].queryset = deals.public_bodies()


class PaymentForm(VerbForm):
    """A payment that is on record."""

    payment = forms.IntegerField(widget=forms.HiddenInput)


class TakeBackForm(PaymentForm):
    """A payment that was recorded wrongly, and why; that it was not received is for the provider to say."""

    reason = forms.ChoiceField(label=t("撤销原因", "Why"), choices=choices(
        {code: label for code, label in VOID_REASONS.items() if code != NOT_RECEIVED}))


class DisputeForm(VerbForm):
    """What is disputed."""

    because = forms.ChoiceField(label=t("争议原因", "What is disputed"), choices=choices(DISPUTES))
    item = forms.ChoiceField(label=t("涉及的交付物", "Deliverable"), required=False)
    text = forms.CharField(label=t("经过与诉求", "What happened, and what you want"), max_length=2000, widget=area())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = self.deal.deliverables.order_by("number") if self.deal else ()
        self.fields["item"].choices = [("", t("整个协议", "the whole agreement")), *((str(each.pk), each.title) for each in items)]


class ResolveForm(VerbForm):
    """How a dispute was resolved."""

    result = forms.ChoiceField(label=t("处理结果", "Result"), choices=choices(RESOLUTIONS))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = self.deal and self.deal.disputes.filter(resolved_at=None).first()
        if made:  # what the reader may not record is not offered; sent all the same, it is refused with the reason
            self.fields["result"].widget.choices = choices(deals.resolutions(self.deal, made, self.side))


class RateForm(VerbForm):
    """Points and words for the other side."""

    points = forms.TypedChoiceField(label=t("评分", "Points"), coerce=int, widget=forms.RadioSelect, choices=[
        (5, t("5 分，很好", "5, very good")), (4, t("4 分", "4")), (3, t("3 分", "3")), (2, t("2 分", "2")),
        (1, t("1 分，很差", "1, very poor"))])
    text = forms.CharField(label=t("评语", "Words"), max_length=2000, required=False, widget=area())


class OutcomeForm(VerbForm):
    """What came of the deal."""

    outcome = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.ChoiceField(label=t("目前的成效", "What came of it"), choices=choices(OUTCOMES))
    text = forms.CharField(label=t("说明", "In words"), max_length=2000, required=False, widget=area())


FORMS: dict[str, type[VerbForm]] = {
    "sign": SignForm, "amend": AmendForm, "cancel": VerbForm, "deliver": DeliverForm, "accept": AcceptForm, "reject": RejectForm,
    "pay": PayForm, "pay_public": PublicPayForm, "take_back": TakeBackForm,
    "received": PaymentForm, "not_received": PaymentForm, "receivable": VerbForm,
    "dispute": DisputeForm, "resolve": ResolveForm, "rate": RateForm, "outcome": OutcomeForm,
}
