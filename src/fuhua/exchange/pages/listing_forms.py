"""Forms of listings, derived from their kinds: posting one, narrowing a list, opening what is confidential."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from fuhua.exchange.actions.listings import Told
from fuhua.exchange.kinds.asked import ASKED, asked_of, days_amiss, days_past
from fuhua.exchange.kinds.closing import closings
from fuhua.exchange.kinds.industries import DIVISIONS, SECTIONS
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import Field, Kind
from fuhua.exchange.models import Listing
from fuhua.exchange.words import AUDIENCES, NEED
from fuhua.kernel import period
from fuhua.kernel.once import OnceField
from fuhua.kernel.questions import BadValue, line, read
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import Written, choices, rewritten, widget_of
from fuhua.parties.panels import OrganisationField
from fuhua.parties.panels.pressing import PressForm
from fuhua.parties.words import DISTRICTS

_ANY = t("不限", "any")
_UNTOLD = t("未说明", "not said")
_SIGNS = {("at_most", False): "≤", ("at_most", True): "≥", ("at_least", False): "≥", ("at_least", True): "≤", ("by", False): "≤",
          ("by", True): "≥"}


def written(row: Listing) -> dict[str, Any]:
    """What the form of a listing holds, as people would write it."""
    stored = {**row.spec, **row.sealed, **{each.name: getattr(row, each.name) for each in ASKED}}
    specs = {each.name: each for each in (*listing_kinds()[row.kind].fields, *ASKED)}
    return {name: rewritten(specs[name], value) for name, value in stored.items() if name in specs} | {
        "title": row.title, "text": row.text, "owner": str(row.owner_id or ""), "field": row.field, "district": row.district,
        "audience": row.audience}


class AnswersField(forms.ChoiceField):
    """Who answers for a listing: shown as required, since none opens without, but a draft may leave it empty."""

    def validate(self, value: Any) -> None:
        """One of the people offered, or nobody yet."""
        if value:
            super().validate(value)


class ListingForm(forms.Form):
    """A need or an offer of a kind; everything but the title may still be missing from a draft.

    ``people`` may answer for it, ``houses`` post it; without ``sealed`` its confidential fields are not shown.
    """

    use_required_attribute = False
    once = OnceField()
    title = forms.CharField(label=t("标题", "Title"), max_length=200)
    text = forms.CharField(label=t("说明", "Description"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, kind: Kind, side: str, people: Iterable[Any], houses: Iterable[Any] = (), sealed: bool = True,
                 **given: Any) -> None:
        super().__init__(*args, **given)
        self.specs, self.asked = [each for each in kind.on(side) if sealed or not each.sealed], asked_of(kind) if side == NEED else ()
        self.fields |= {each.name: Written(each) for each in (*self.specs, *self.asked)}
        self.fields |= {
            "owner": AnswersField(label=t("联系人（负责答复）", "Who answers"),
                                  choices=[("", _UNTOLD), *((str(each.pk), each.name) for each in people)]),
            "field": forms.ChoiceField(label=t("行业", "Industry"), required=False, choices=_industries()),
            "district": forms.ChoiceField(label=t("所在区", "District"), required=False, choices=[("", _UNTOLD), *DISTRICTS.items()]),
            "audience": forms.ChoiceField(label=t("谁可以看", "Who may see it"), choices=list(AUDIENCES.items()), initial="public"),
        }
        if choices := [(str(each.pk), each.name) for each in houses]:
            hidden = {"widget": forms.HiddenInput} if len(choices) == 1 else {}
            self.fields["party"] = forms.ChoiceField(label=t("发布单位", "Posted by"), choices=choices, initial=choices[0][0], **hidden)

    def clean_title(self) -> str:
        """What is seen of it."""
        try:
            title = line(self.cleaned_data["title"])
        except BadValue as wrong:
            raise forms.ValidationError(str(wrong.text)) from wrong
        if not title:
            raise forms.ValidationError(str(t("请填写标题", "give it a title")))
        return title

    def clean(self) -> dict[str, Any]:
        """Its two days in order; and with the first error, when it is to open, everything that would be the next."""
        super().clean()
        self._say(days_amiss(**self._days()))
        if self.errors and "open" in self.data:
            self.mark()
        return self.cleaned_data

    def mark(self) -> None:
        """Say at its field what keeps the listing from opening: what is not filled in, and days that have passed."""
        needed = ["owner", *(each.name for each in (*self.specs, *self.asked) if each.required)]
        empty = [name for name in needed if name not in self.errors and self.cleaned_data.get(name) in (None, "", [])]
        self._say(dict.fromkeys(empty, t("开放前必须填写", "needed before it can open")))
        today = period.day(timezone.now())
        self._say(days_amiss(**self._days(), today=today))
        self._say(days_past(self.specs, self._stored(self.specs), today) if self.asked else {})

    def _say(self, wrong: Mapping[str, Text]) -> None:
        for name, text in wrong.items():
            self.add_error(name, str(text))

    def _days(self) -> dict[str, dt.date | None]:
        """The two days of a need as far as they can be read."""
        stored = self._stored(self.asked)
        return {name: dt.date.fromisoformat(stored[name]) if stored.get(name) else None for name in ("deadline", "decides")}

    def _stored(self, specs: Iterable[Field]) -> dict[str, Any]:
        """The days of those fields as they are kept, of those that can be read."""
        return {each.name: read(each, self.cleaned_data.get(each.name)) for each in specs if each.type == "day"}

    def told(self) -> Told:
        """What was written, for ``actions.listings``."""
        given = self.cleaned_data
        asked = {each.name: read(each, given[each.name]) for each in self.asked}
        return Told(
            title=given["title"], text=given["text"], spec={each.name: given[each.name] for each in self.specs},
            owner=int(given["owner"]) if given["owner"] else None, field=given["field"], district=given["district"],
            audience=given["audience"], budget=asked.get("budget"), budget_owner=asked.get("budget_owner") or "",
            success=asked.get("success") or "", **self._days())


def _industries() -> list[tuple[str, Any]]:
    """Sections of GB/T 4754, each followed by its divisions."""
    groups = [(section, [(section, t("{name}（不细分）", "{name} (any)").format(name=section)),
                         *((code, name) for code, name in DIVISIONS.items() if code[0] == letter)])
              for letter, section in SECTIONS.items()]
    return [("", _UNTOLD), *groups]


class FilterForm(forms.Form):
    """How a list of listings is narrowed: words, kind, industry, district, and what the chosen kind lets one filter by."""

    q = forms.CharField(label=t("搜索", "Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=t("种类", "Kind"), required=False)
    field = forms.ChoiceField(label=t("行业", "Industry"), required=False, choices=[("", _ANY), *SECTIONS.items()])
    district = forms.ChoiceField(label=t("所在区", "District"), required=False, choices=[("", _ANY), *DISTRICTS.items()])
    side = forms.CharField(required=False, widget=forms.HiddenInput)
    view = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, side: str) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", _ANY), *((kind.code, kind.label) for kind in listing_kinds())]
        kind = listing_kinds().get(data.get("kind", ""))
        self.specs = [each for each in kind.on(side) if each.filter and not each.sealed] if kind else []
        for each in self.specs:
            sign = _SIGNS.get((each.fits, side == NEED), "")
            label = Text(f"{each.label.zh} {sign}".strip(), f"{each.label.en} {sign}".strip())
            self.fields[each.name] = Written(each, required=False, label=label, help_text="", widget=widget_of(each, one=True))

    def chosen(self) -> dict[str, Any]:
        """Field name → stored value of the kind's filters that were filled in and can be read."""
        given = {each.name: read(each, self.cleaned_data.get(each.name)) for each in self.specs}
        return {name: value for name, value in given.items() if value is not None}


class CloseForm(forms.Form):
    """Why a listing ends."""

    because = forms.ChoiceField(label=t("结束原因", "Why it ends"))

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].choices = choices(closings(side))


class GrantForm(PressForm):
    """Who may read what is confidential, what for and until when."""

    reader = OrganisationField(label=t("可查阅的单位", "Who may read"),
                               help_text=t("填写全称、挂牌名或统一社会信用代码", "registered name, plate or credit code"))
    purpose = forms.CharField(label=t("用途", "What for"), max_length=200)
    until = forms.DateField(label=t("有效期至", "Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def expires(self) -> dt.datetime:
        """The end of the last day."""
        return period.end_of(self.cleaned_data["until"])


class AskForm(forms.Form):
    """What somebody wants to read the confidential fields for."""

    purpose = forms.CharField(label=t("查阅用途", "What for"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
