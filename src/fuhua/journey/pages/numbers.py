"""Numbers that the public text leaves open, and the costs that rank ways: seen, set from a day on, and taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.journey import access
from fuhua.journey.actions import numbers as actions
from fuhua.journey.actions import verdicts
from fuhua.journey.models import PolicyNumber
from fuhua.journey.pages import values
from fuhua.journey.queries import numbers
from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.words import UNITS

_AT_ONCE = 0.5  # seconds of judging that the officer waits for; the house-keeping does the rest
_KINDS = {"cost": t("成本", "cost"), "step": t("步长", "step"), "fixed": t("不可改变", "cannot change"), "down": t("方向", "direction")}


class NumberForm(forms.Form):
    """Which number, its value in its unit, and the day from which it holds."""

    key = forms.ChoiceField(label=t("参数", "Number"))
    value = forms.CharField(
        label=t("数值", "Value"), max_length=30, help_text=t("按参数的单位填写，如 30 或 2.5", "in the number’s unit, like 30 or 2.5")
    )
    since = forms.DateField(label=t("自何日起", "From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = [(key, _with_unit(term.meaning, UNITS.get(term.unit))) for key, (term, _rules) in sorted(numbers.operators().items())]
        self.fields["key"].choices = [(t("政策文本未载的数", "left open by the text"), terms), *_of_changes()]


def _of_changes() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """What may be said of how each input can change, by what is said."""
    inputs = numbers.changeable().values()
    costs = [(f"cost.{one.name}", _about(t("{what}：每步成本（元）", "{what}: cost of a step (yuan)"), one)) for one in inputs]
    steps = [
        (f"step.{one.name}", _with_unit(_about(t("{what}：步长", "{what}: step"), one), UNITS[one.unit]))
        for one in inputs
        if one.kind == "number"
    ]
    cannot = t("{what}：不可改变（1 是，0 否）", "{what}: cannot change (1 yes, 0 no)")
    fixed = [(f"fixed.{one.name}", _about(cannot, one)) for one in inputs]
    downwards = t("{what}：向下改变（1 是，0 否）", "{what}: changes downwards (1 yes, 0 no)")
    down = [(f"down.{one.name}", _about(downwards, one)) for one in inputs]
    return [
        (t("改变的成本", "costs of change"), costs),
        (t("改变的步长", "steps of change"), steps),
        (t("不可改变的", "what cannot change"), fixed),
        (t("改变的方向", "directions of change"), down),
    ]


def _about(said: Text, one: Input) -> Text:
    return said.format(what=values.brief(one.meaning))


def _with_unit(what: Text, unit: Text | None) -> Text:
    return what if unit is None else t("{what}（{unit}）", "{what} ({unit})").format(what=what, unit=unit)


@page("policy/numbers/", name="journey:policy_numbers", can=access.NUMBERS, title=t("政策参数", "Policy numbers"))
def listed(request: HttpRequest) -> HttpResponse:
    """Every number with the rules that use it and its history; every change with its cost and step."""
    key = request.GET.get("key", "")
    return _shown(request, NumberForm(initial={"key": key, "since": period.day(timezone.now())}))


def _shown(request: HttpRequest, form: NumberForm) -> HttpResponse:
    today = period.day(timezone.now())
    rows = [_row(row) for row in numbers.rows(today)]
    inputs = numbers.changeable()
    set_for = {row.key: row for row in PolicyNumber.objects.filter(since__lte=today).order_by("since")}
    return render(
        request,
        "journey/policy_numbers.html",
        {
            "form": form,
            "rows": rows,
            "unset": sum(row["now"] is None for row in rows),
            "changes": [_change(inputs[name], change, set_for) for name, change in numbers.costs_on(today).items()],
        },
        status=422 if form.is_bound else 200,
    )


def _row(row: numbers.Row) -> dict[str, Any]:
    term = row.term
    history = [
        {
            "since": each.since,
            "value": _written(each.millionths, term.unit),
            "now": row.now is not None and each.pk == row.now.pk,
            "key": f"unset-{each.pk}",
            "fact": reverse("front:fact", kwargs={"digest": each.digest}),
            "unset": reverse("journey:policy_number_unset", kwargs={"pk": each.pk}),
        }
        for each in row.values
    ]
    return {
        "key": term.key,
        "meaning": term.meaning,
        "unit": UNITS.get(term.unit, ""),
        "rules": [{"name": rule.name, "url": reverse("journey:policy_about", kwargs={"rule": rule.key})} for rule in row.rules],
        "now": next((each for each in history if each["now"]), None),
        "history": history,
    }


def _written(millionths: int, unit: str) -> Text:
    """A number as it was set, in the unit that its rule declares."""
    written = formats.num(formats.decimal(millionths) / numbers.MILLION, 6)
    if unit == "percent":
        return Text(f"{written.zh}%", f"{written.en}%")
    words = UNITS.get(unit)
    return written if words is None else Text(f"{written.zh} {words.zh}", f"{written.en} {words.en}")


def _change(one: Input, change: Any, set_for: dict[str, PolicyNumber]) -> dict[str, Any]:
    stands = [
        {
            "what": what,
            "row": set_for[key],
            "key": f"unset-{set_for[key].pk}",
            "unset": reverse("journey:policy_number_unset", kwargs={"pk": set_for[key].pk}),
        }
        for key, what in ((f"{kind}.{one.name}", what) for kind, what in _KINDS.items())
        if key in set_for
    ]
    found = {"name": one.name, "meaning": one.meaning, "turns": one.kind in ("yes_no", "listing"), "set": stands, "fixed": change is None}
    if change is None:
        return found
    step = values.YES if found["turns"] else values.gap(one, change.step)
    return {**found, "up": change.up, "step": step, "cost": values.amount(change.cost)}


@page(
    "policy/numbers/set/",
    name="journey:policy_number_set",
    can=access.NUMBERS,
    title=t("设定政策参数", "Set a policy number"),
    methods=("POST",),
)
def put(request: HttpRequest) -> HttpResponse:
    """Set a number from a day on; whoever it touches is judged again and told of what changed."""
    form = NumberForm(request.POST)
    if form.is_valid():
        try:
            actions.set_number(**form.cleaned_data, by=request.who.urn, at=timezone.now())
            verdicts.judge_due(at=timezone.now(), seconds=_AT_ONCE)
        except BadFact as wrong:
            form.add_error("value", str(wrong.text))
        else:
            messages.success(request, t("已设定，受影响的主体正在重新判断", "set; whoever it touches is being judged again"))
            return redirect("journey:policy_numbers")
    return _shown(request, form)


@page(
    "policy/numbers/<int:pk>/unset/",
    name="journey:policy_number_unset",
    can=access.NUMBERS,
    title=t("撤销政策参数", "Take a number back"),
    methods=("POST",),
)
def unset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a number back as entered by mistake."""
    actions.unset(number=get_object_or_404(PolicyNumber, pk=pk), by=request.who.urn, at=timezone.now())
    verdicts.judge_due(at=timezone.now(), seconds=_AT_ONCE)
    messages.success(request, t("已撤销，此前的数值（若有）重新生效", "taken back; the number before it, if any, is in force again"))
    return redirect("journey:policy_numbers")
