"""Gold mentors as everybody sees them, nominations for those who may, and the officers' verbs of a title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fuhua.journey import access
from fuhua.journey.actions import mentors as actions
from fuhua.journey.queries import mentors as reads
from fuhua.kernel.page import Menu, page
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import choices
from fuhua.parties.panels.pressing import PressForm, press
from fuhua.schemes.actions import mentor_titles
from fuhua.schemes.queries import mentor_titles as titles
from fuhua.schemes.words import FUTURE_FIELDS, MENTOR_REMOVALS, MENTOR_STATES

_MENTORS = t("金牌导师", "Gold mentors")
_TONES = {"listed": "indigo", "active": "jade", "honorary": "plain"}


class RemoveForm(PressForm):
    """Why the title is taken away."""

    because = forms.ChoiceField(label=t("移出原因", "Why it is removed"), choices=choices(MENTOR_REMOVALS))


@page("mentors/", name="journey:mentors", can=access.PUBLIC, title=_MENTORS, menu=Menu(_MENTORS, "users", 47))
def listed(request: HttpRequest) -> HttpResponse:
    """Name, scope, state and counts of every gold mentor; no address of anybody. The holder sees when the own title lapses."""
    return _shown(request)


def _shown(request: HttpRequest, wrong: tuple[int, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    runs, lines, names = access.MENTOR_TITLES.opens_for(request.who), reads.lines(), FUTURE_FIELDS.ever()
    mine = next((each for each in lines if request.who.party_id is not None and each.title.person_id == request.who.party_id), None)
    nominated = titles.candidates(request.who) if request.who.signed_in else []
    return render(request, "journey/mentors.html", {
        "rows": [_row(each, names, runs, wrong) for each in lines], "runs": runs,
        "mine": mine and {"state": MENTOR_STATES[mine.title.state], "honorary": mine.title.state == "honorary",
                          "lapses": reads.lapses_on(mine.title, mine.standing.last), "warned": mine.title.warned_for is not None},
        "candidates": [{"name": row.applicant.name, "state": MENTOR_STATES[titles.state_of(row)], "call": row.call.title,
                        "url": reverse("schemes:application", kwargs={"pk": row.pk})} for row in nominated],
    }, status=status)


def _row(each: reads.Line, names: Mapping[str, Text], runs: bool, wrong: tuple[int, forms.Form] | None) -> dict[str, Any]:
    title = each.title
    form = wrong[1] if wrong and wrong[0] == title.pk else RemoveForm(prefix="remove", auto_id=f"remove{title.pk}_%s")
    return {"it": title, "scope": each.scope, "fields": [names[code] for code in each.fields if code in names],
            "state": MENTOR_STATES[title.state], "tone": _TONES[title.state], "standing": each.standing,
            "restores": runs and title.state == "honorary", "form": form if runs else None}


def _verb(verb: str, label: Text, make: type[PressForm], done: Text, act: Callable[..., Any]) -> None:
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = access.MENTOR_TITLES.get(request.who, titles.titles().exclude(state="removed"), pk=pk)
        form = make(request.POST, prefix=verb)
        told = press(request, form, lambda said, by, at: act(row, said, {"url": actions.page_url(), "by": by, "at": at}),
                     actions.page_url(), done)
        return told or _shown(request, (pk, form), status=422)

    view.__name__, view.__doc__ = f"{verb}_title", label.en
    page(f"mentors/<int:pk>/{verb}/", name=f"journey:mentor_{verb}", can=access.MENTOR_TITLES, title=label, methods=("POST",))(view)


_verb("restore", t("恢复金牌导师", "Restore the title"), PressForm, t("已恢复", "restored"),
      lambda row, _said, told: mentor_titles.restore(title=row, **told))
_verb("remove", t("移出金牌导师", "Remove the title"), RemoveForm, t("已移出", "removed"),
      lambda row, said, told: mentor_titles.remove(title=row, because=said["because"], **told))
