"""The forms of mentoring: what is opened to the mentor, what is written of a session, and what is answered and rated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from fuhua.exchange.models import ActionItem, Advice, Clash
from fuhua.exchange.words import ACTION_ANSWERS, CLASH_CHOICES, MENTORING_SIDES
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import area, choices
from fuhua.parties.panels.pressing import PressForm

_POINTS = [("", "—"), *((str(points), str(points)) for points in range(5, 0, -1))]
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _text(label: Text, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=area(), **more)


class BriefForm(PressForm):
    """The briefing card, and until when the mentor may open it."""

    text = _text(t("想请导师了解什么", "What the mentor should know"), 4_000,
                 help_text=t("现状、卡点、想问的问题；只有这位导师能打开，每次打开都有记录",
                             "where you stand, where you are stuck, what you ask; only this mentor opens it, and every opening is logged"))
    until = forms.DateField(label=t("可查阅至", "May be opened until"), widget=_DAY)


class ShareForm(PressForm):
    """Until when earlier advice and actions are open."""

    until = forms.DateField(label=t("可查阅至", "May be opened until"), widget=_DAY,
                            help_text=t("开放各次辅导的建议和行动项，不含私密记录", "opens advice and actions, never a note"))


class DiscloseForm(PressForm):
    """The share that the mentor holds, if told."""

    share = forms.DecimalField(label=t("持股比例（%）", "Share (%)"), required=False, min_value=0, max_value=100, decimal_places=4,
                               help_text=t("不清楚可不填", "leave it out when it is not certain"))

    def clean_share(self) -> int | None:
        """Parts per million."""
        told: Decimal | None = self.cleaned_data["share"]
        return None if told is None else int(told * 10_000)


class NoteForm(PressForm):
    """One side's note."""

    text = _text(t("私密记录", "Private note"), 4_000, help_text=t("只有双方可见", "only the two of you read it"))


class AdviceForm(PressForm):
    """A piece of advice."""

    text = _text(t("建议", "Advice"), 1_000, help_text=t("一条写一个意思；保存后不能修改", "one point each; it is kept as it is written"))


class AgreeForm(PressForm):
    """Something to be done."""

    text = forms.CharField(label=t("要做什么", "What is to be done"), max_length=500)
    owner = forms.ChoiceField(label=t("由谁做", "By whom"), choices=list(MENTORING_SIDES.items()), initial="venture")
    due = forms.DateField(label=t("期限", "Due"), widget=_DAY)


class ClashForm(PressForm):
    """Which advice of this session contradicts which other."""

    advice = forms.ChoiceField(label=t("本次建议", "Advice of this session"))
    against = forms.ChoiceField(label=t("与哪一条相左", "Contradicts"))

    def __init__(self, *args: Any, here: Iterable[Advice], elsewhere: Iterable[Advice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("advice", here), ("against", elsewhere)):
            self.fields[name].choices = choices({str(each.pk): _line(each) for each in rows})


def _line(advice: Advice) -> Text:
    return t("{who}：{text}", "{who}: {text}").format(who=advice.person.name, text=advice.text[:80])


class ChooseForm(PressForm):
    """What the founder follows of two that contradict each other, and why."""

    clash = forms.IntegerField(widget=forms.HiddenInput())
    choice = forms.ChoiceField(label=t("取舍", "You follow"), choices=choices(CLASH_CHOICES))
    why = forms.CharField(label=t("理由", "Why"), max_length=500)

    def __init__(self, *args: Any, row: Clash | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {"clash": row.pk, "choice": row.choice, "why": row.why}
        super().__init__(*args, **kwargs)


class AnswerForm(PressForm):
    """For each action of one's side: done or not, with a word."""

    def __init__(self, *args: Any, items: Iterable[ActionItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for each in self.items:
            label = t("{text}（{due} 前）", "{text} (by {due})").format(text=each.text, due=formats.day(each.due))
            self.fields[f"said_{each.pk}"] = forms.ChoiceField(label=label, choices=choices(ACTION_ANSWERS), required=False)
            self.fields[f"word_{each.pk}"] = forms.CharField(label=t("说明", "In a word"), max_length=500, required=False)

    @property
    def answers(self) -> Mapping[int, tuple[str, str]]:
        """Action (its id) → what was said, of those that were answered."""
        told = self.cleaned_data
        return {each.pk: (told[f"said_{each.pk}"], told[f"word_{each.pk}"]) for each in self.items if told[f"said_{each.pk}"]}


class RateForm(PressForm):
    """1 to 5 points."""

    points = forms.TypedChoiceField(label=t("评分", "Points"), coerce=int, choices=_POINTS,
                                    help_text=t("导师看不到单次评分；至少五家单位评价后公布均分",
                                                "no mentor sees a single rating; a mean is shown once five organisations rated"))
