"""The forms of asks: raising one, and what each verb wants to know."""

from __future__ import annotations

from typing import Any

from django import forms

from fuhua.desk.kinds.asks import ask_kinds
from fuhua.desk.words import ANSWERS, BECAUSE, REOPEN_REASONS, STATES
from fuhua.kernel.once import OnceField
from fuhua.kernel.words import Text, t
from fuhua.parties.panels import OrganisationField
from fuhua.parties.queries import exact


def _choices(words: dict[str, Text], *, none: Text | None = None) -> list[tuple[str, Any]]:
    return [*([("", none)] if none else []), *words.items()]


_NAME = t("填写全称、挂牌名或统一社会信用代码", "registered name, plate or credit code")
_TEXT = forms.Textarea(attrs={"rows": 4})


class AskForm(forms.Form):
    """A new ask."""

    once = OnceField()
    kind = forms.ChoiceField(label=t("事项类别", "Kind"))
    title = forms.CharField(label=t("标题", "Title"), max_length=200)
    body = forms.CharField(label=t("情况说明", "What is the matter"), max_length=4000, required=False, widget=_TEXT)
    asked = OrganisationField(label=t("向哪个单位提出", "Asked of"), help_text=_NAME)
    issuer = OrganisationField(label=t("签发单位", "Issued by"), required=False, help_text=t("仅督办单填写", "supervision orders only"))
    due = forms.DateField(label=t("办理期限", "Deadline"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
                          help_text=t("不填则按类别的工作日计算；督办单必填", "left empty, the kind’s working days; an order needs one"))
    co_units = forms.CharField(label=t("配合单位", "Co-units"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
                               help_text=t("一行一个；各自确认本单位的部分", "one per line; each confirms its own part"))

    def __init__(self, *args: Any, offices: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.code, kind.label) for kind in ask_kinds() if kind.may_be_asked_by(offices)]

    def clean_co_units(self) -> list[Any]:
        """The organisations written, one per line."""
        try:
            return [exact.organisation(line) for line in self.cleaned_data["co_units"].splitlines() if line.strip()]
        except exact.NoSuchParty as wrong:
            raise forms.ValidationError(str(wrong.text)) from wrong

    def clean(self) -> dict[str, Any]:
        """A supervision order needs an issuer and a deadline, nothing else has an issuer."""
        told = super().clean() or {}
        kind = ask_kinds().get(told.get("kind", ""))
        if kind is not None and kind.order:
            for name in ("issuer", "due"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, str(t("督办单必须填写此项", "a supervision order needs this")))
        elif kind is not None and told.get("issuer"):
            self.add_error("issuer", str(t("只有督办单才有签发单位，请清空", "only a supervision order has an issuer; empty this")))
        return told


class FilterForm(forms.Form):
    """How a list of asks is narrowed."""

    kind = forms.ChoiceField(label=t("类别", "Kind"), required=False)
    state = forms.ChoiceField(label=t("状态", "State"), required=False)
    view = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = t("全部", "all")
        self.fields["kind"].choices = [("", every), *((kind.code, kind.label) for kind in ask_kinds())]
        self.fields["state"].choices = [("", every), ("open", t("未办结", "open")), *STATES.items()]


class TextForm(forms.Form):
    """A word to go with a verb, if wanted."""

    text = forms.CharField(label=t("说明", "Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class PassOnForm(TextForm):
    """To whom the ask is passed on."""

    to = OrganisationField(label=t("转给", "Pass on to"), help_text=_NAME)
    field_order = ("to", "text")


class WaitForm(TextForm):
    """For whom the owner waits; left empty, for the asker."""

    on = OrganisationField(label=t("等待单位", "Waiting for"), required=False,
                           help_text=t("不填即等待提出人，时限暂停", "left empty: the asker, and the clock stands still"))
    field_order = ("on", "text")


class AnswerForm(forms.Form):
    """The answer, which may be “cannot, because”."""

    answer = forms.ChoiceField(label=t("结论", "Outcome"), choices=_choices(ANSWERS))
    because = forms.ChoiceField(label=t("不能办的原因", "Why it cannot be"), required=False,
                                choices=_choices(BECAUSE, none=t("（能办则不填）", "(leave empty if it can)")),
                                help_text=t("“暂不能办”是有效答复，原因进入政策缺口清单",
                                            "“cannot” is a valid answer; its reason feeds the policy gaps"))
    text = forms.CharField(label=t("答复内容", "Answer"), max_length=4000, widget=_TEXT)

    def clean(self) -> dict[str, Any]:
        """“Cannot” takes a reason, the others do not."""
        told = super().clean() or {}
        if told.get("answer") == "cannot" and not told.get("because"):
            self.add_error("because", str(t("请选择不能办的原因", "choose why it cannot be")))
        elif told.get("answer") != "cannot" and told.get("because"):
            self.add_error("because", str(t("只有“暂不能办”才填写原因，请清空", "only “cannot” takes a reason; empty this")))
        return told


class ReopenForm(TextForm):
    """Why the answer does not do."""

    reason = forms.ChoiceField(label=t("重新打开的原因", "Why"), choices=_choices(REOPEN_REASONS))
    field_order = ("reason", "text")


class EmptyForm(forms.Form):
    """A verb that needs no words."""


FORMS: dict[str, type[forms.Form]] = {
    "triage": EmptyForm, "own": EmptyForm, "hand_back": EmptyForm, "pass_on": PassOnForm, "wait": WaitForm,
    "resume": TextForm, "answer": AnswerForm, "confirm": TextForm, "reopen": ReopenForm, "withdraw": TextForm,
}
