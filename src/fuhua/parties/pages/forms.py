"""The forms of the directory, of ties and of delegations, and the field in which an organisation is named."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fuhua.kernel import period
from fuhua.kernel.credit_code import BadCreditCode, credit_code, is_credit_code, tidy
from fuhua.kernel.once import OnceField
from fuhua.kernel.words import Text, t
from fuhua.parties import models, queries
from fuhua.parties.queries import naming
from fuhua.parties.words import AGREED_OFFICES, DISTRICTS, OFFICE_SORTS, OFFICES, SCOPES, SORTS, TIES, Sort

DIRECTORY_SORTS = [(sort, label) for sort, label in SORTS.items() if sort != Sort.PERSON]
_ALL = t("全部", "All")
_NOT_OFFERED = ("employs", "relative", "coauthor")  # ties of people; an employment is offered by itself


class OrganisationField(forms.CharField):
    """A name, plate or credit code that must mean exactly one organisation; the candidates are named otherwise.

    ``projects``: a project may be meant too, as officers may see them.
    """

    def __init__(self, *, projects: bool = False, **given: Any) -> None:
        super().__init__(max_length=naming.LONGEST, **given)
        self._hidden = () if projects else (Sort.PROJECT,)

    def clean(self, value: Any) -> models.Party | None:
        """The organisation; raises ``ValidationError`` with what it may have meant."""
        written = super().clean(value)
        if not written:
            return None
        code = written if is_credit_code(tidy(written)) else ""
        found = queries.match(code=code, name=written)
        if found.sure is not None and found.sure.sort not in self._hidden:
            return found.sure
        meant = [each.party.name for each in found.candidates if each.party.sort not in self._hidden]
        if meant:
            raise ValidationError(
                str(
                    t(
                        "不能确定是哪一家，请写全称或统一社会信用代码。可能是：{names}",
                        "this may mean several; write the full name or the credit code. Perhaps: {names}",
                    ).format(names=" / ".join(meant))
                )
            )
        raise ValidationError(
            str(
                t(
                    "没有找到“{name}”，请核对名称或统一社会信用代码",
                    "nothing is called {name}; check the name or the credit code",
                ).format(name=written)
            )
        )


class Search(forms.Form):
    """The filter bar of the directory."""

    q = forms.CharField(label=t("名称或信用代码", "Name or credit code"), required=False, max_length=200)
    sort = forms.ChoiceField(label=t("类别", "Sort"), required=False, choices=[("", _ALL), *DIRECTORY_SORTS])
    district = forms.ChoiceField(
        label=t("所在区", "District"), required=False, choices=[("", _ALL), *DISTRICTS.items()]
    )
    newer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    older = forms.IntegerField(required=False, widget=forms.HiddenInput)


class NewOrganisation(forms.Form):
    """Register an organisation."""

    once = OnceField()
    sort = forms.ChoiceField(label=t("类别", "Sort"), choices=DIRECTORY_SORTS)
    name = forms.CharField(
        label=t("正式名称", "Official name"), max_length=200, help_text=t("与登记证照一致", "as on the licence")
    )
    code = forms.CharField(label=t("统一社会信用代码", "Unified social credit code"), required=False, max_length=30)
    district = forms.ChoiceField(
        label=t("所在区", "District"),
        required=False,
        choices=[("", t("不在本市或不分区", "elsewhere or none")), *DISTRICTS.items()],
    )
    plates = forms.CharField(
        label=t("挂牌名称", "Name-plates"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=t("每行一个", "one to a line"),
    )
    different = forms.BooleanField(
        label=t("已核对，与相似的组织不是同一家", "I have checked: it is none of the similar ones"), required=False
    )

    def clean_code(self) -> str:
        """The tidy code, checked."""
        try:
            return credit_code(self.cleaned_data["code"]) if self.cleaned_data["code"] else ""
        except BadCreditCode as wrong:
            raise ValidationError(str(wrong.text)) from wrong

    def clean_plates(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in self.cleaned_data["plates"].splitlines() if line.strip()]


def spoken(who: queries.Who, party: models.Party) -> list[models.Party]:
    """The parties for whom ``who`` may propose a tie with ``party``: oneself and one's organisations."""
    ids = (who.acts_for() | {who.party_id}) - {party.pk, None}
    return list(models.Party.objects.filter(pk__in=ids, merged_into=None).order_by("pk"))


def _directions() -> list[tuple[str, Text]]:
    offered = [(kind, label) for kind, label in TIES.items() if kind not in _NOT_OFFERED]
    return [
        (f"{kind}:out", t("我方{label}对方", "we — {label} — them").format(label=label)) for kind, label in offered
    ] + [(f"{kind}:in", t("对方{label}我方", "they — {label} — us").format(label=label)) for kind, label in offered]


DIRECTIONS = _directions()


class Proposal(forms.Form):
    """Propose a tie of one's own side with the organisation of the page."""

    side = forms.ChoiceField(label=t("我方", "Our side"))
    what = forms.ChoiceField(label=t("关系", "Tie"))
    office = forms.ChoiceField(
        label=t("职务", "Office"), required=False, help_text=t("只用于“我在对方任职”", "only for “I work there”")
    )
    since = forms.DateField(
        label=t("开始日期", "Since"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, sides: list[models.Party], party: models.Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {str(side.pk): side for side in sides}
        self.fields["side"].choices = [(key, str(side)) for key, side in self.sides.items()]
        self.fields["what"].choices = [("employs:in", t("我在对方任职", "I work there")), *DIRECTIONS]
        self.fields["office"].choices = [
            (office, OFFICES.get(office, t("无", "none")))
            for office in AGREED_OFFICES
            if party.sort in OFFICE_SORTS.get(office, {party.sort})
        ]

    def tie(self, party: models.Party) -> dict[str, Any]:
        """The arguments of ``ties.propose`` between the chosen side and ``party``."""
        side = self.sides[self.cleaned_data["side"]]
        kind, direction = self.cleaned_data["what"].split(":")
        source, target = (side, party) if direction == "out" else (party, side)
        return {
            "kind": kind,
            "source": source,
            "target": target,
            "side": side,
            "since": self.cleaned_data["since"],
            "office": self.cleaned_data["office"] if kind == "employs" else "",
        }


class NewDelegation(forms.Form):
    """Let another organisation file for one's own."""

    giver = forms.ChoiceField(label=t("委托方（我的单位）", "For which of my organisations"))
    holder = OrganisationField(
        label=t("受托方", "Who may file for it"),
        help_text=t("全称、挂牌名或统一社会信用代码", "full name, plate or credit code"),
    )
    scope = forms.ChoiceField(label=t("范围", "Scope"), choices=list(SCOPES.items()))
    until = forms.DateField(label=t("有效期至", "Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, houses: list[models.Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.houses = {str(house.pk): house for house in houses}
        self.fields["giver"].choices = [(key, str(house)) for key, house in self.houses.items()]

    def delegation(self) -> dict[str, Any]:
        """The arguments of ``delegations.give``."""
        given = self.cleaned_data
        expires: dt.datetime = period.end_of(given["until"])
        return {
            "giver": self.houses[given["giver"]],
            "holder": given["holder"],
            "scope": given["scope"],
            "expires": expires,
        }
