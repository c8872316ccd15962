"""People for the officers who answer for them: the list, one person, offices given and ended."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import Menu, page
from fuhua.kernel.words import t
from fuhua.parties import access, models
from fuhua.parties.actions import appointments, ties
from fuhua.parties.actions import people as actions
from fuhua.parties.pages.people_forms import NewAccount, NewPassword, NewPerson, OfficeForm, PeopleSearch, SamePerson
from fuhua.parties.queries import directory
from fuhua.parties.queries import people as reads
from fuhua.parties.words import OFFICES, TieState


@page("people/", name="parties:people", can=access.PEOPLE, title=t("人员", "People"), menu=Menu(t("人员", "People"), "people", 61))
def people(request: HttpRequest) -> HttpResponse:
    """Search and filter; newest first."""
    form = PeopleSearch(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = reads.searched(
        access.PEOPLE.filter(request.who, models.Party.objects.all()), q=asked.get("q", ""), office=asked.get("office", "")
    )
    sheet = directory.sheet(reads.described(found), newer=asked.get("newer"), older=asked.get("older"))
    kept = {name: asked[name] for name in ("q", "office") if asked.get(name)}
    return render(
        request,
        "parties/people.html",
        {
            "form": form,
            "rows": [_row(row) for row in sheet.rows],
            "newer": f"?{urlencode({**kept, 'newer': sheet.newer})}" if sheet.newer else "",
            "older": f"?{urlencode({**kept, 'older': sheet.older})}" if sheet.older else "",
        },
    )


def _row(person: models.Party) -> dict[str, Any]:
    return {
        "name": person.name or t("信息已删除的个人", "a person who has been erased"),
        "url": reverse("parties:person", kwargs={"urn": person.urn}),
        "offices": [{"office": OFFICES.get(tie.office, t("职员", "staff")), "house": tie.source.name} for tie in person.held],
        "account": getattr(person, "account", None),
        "entered_at": person.entered_at,
    }


def _given(request: HttpRequest) -> dict[str, Any]:
    who = request.who
    houses = access.CHANGE_ORGANISATION.filter(who, models.Party.objects.all())
    return {"offices": access.appointable(who), "houses": houses}


@page(
    "people/new/",
    name="parties:new_person",
    can=access.GIVE_OFFICE,
    methods=("GET", "POST"),
    title=t("登记人员", "Enter a person"),
)
def new_person(request: HttpRequest) -> HttpResponse:
    """Enter somebody with their first office."""
    form = NewPerson(request.POST or None, free=access.CITY.opens_for(request.who), **_given(request))
    if request.method == "POST" and form.is_valid():
        try:
            person = appointments.take_in(**form.cleaned_data, by=request.who.urn, at=timezone.now())
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已登记：{name}", "entered: {name}").format(name=person.name))
            return redirect("parties:person", urn=person.urn)
    return render(request, "parties/new_person.html", {"form": form})


@page("people/<str:urn>/", name="parties:person", can=access.PEOPLE, title=t("人员", "Person"))
def person(request: HttpRequest, urn: str) -> HttpResponse:
    """One person: their account, and every office now and once."""
    found = access.PEOPLE.get(request.who, reads.described(models.Party.objects.all()), urn=urn)
    return shown(request, found, OfficeForm(**_given(request)))


def shown(
    request: HttpRequest, found: models.Party, form: OfficeForm, status: int = 200, same: SamePerson | None = None
) -> HttpResponse:
    """The page of a person, with the form by which an office is given as it stands."""
    who = request.who
    managed = access.MANAGE_PERSON.may(who, found)
    held = list(reads.employments(found))
    mine = access.GIVE_OFFICE.filter(who, models.Tie.objects.filter(pk__in=[tie.pk for tie in held]))
    own = set(mine.values_list("pk", flat=True))
    return render(
        request,
        "parties/person.html",
        {
            **_row(found),
            "person": found,
            "managed": managed,
            "why_not": access.MANAGE_PERSON.reason,
            "held": [_office(tie, tie.pk in own, managed) for tie in held],
            "form": form,
            "account_form": NewAccount(),
            "password_form": NewPassword(),
            "same_form": same or SamePerson(auto_id="id_same_%s"),
            "merges": managed and access.CITY.opens_for(who),
        },
        status=status,
    )


@page("people/<str:urn>/merge/", name="parties:merge_person", can=access.CITY, methods=("POST",),
      title=t("合并重复人员", "Merge a duplicate person"))  # fmt: skip
def merge_person(request: HttpRequest, urn: str) -> HttpResponse:
    """This record and another are one person: what was told of this one is read as told of the other."""
    found = access.PEOPLE.get(request.who, reads.described(models.Party.objects.all()), urn=urn)
    access.MANAGE_PERSON.require(request.who, found)
    form = SamePerson(request.POST, auto_id="id_same_%s")
    if form.is_valid():
        try:
            into = actions.merge(found, form.cleaned_data["into"], by=request.who.urn, at=timezone.now())
        except BadFact as wrong:
            form.add_error("into", str(wrong.text))
        else:
            messages.success(request, t("已合并", "merged"))
            return redirect("parties:person", urn=into.urn)
    return shown(request, found, OfficeForm(**_given(request)), status=422, same=form)


def _office(tie: models.Tie, own: bool, managed: bool) -> dict[str, Any]:
    live = tie.state == TieState.CONFIRMED and tie.until is None
    return {
        "tie": tie,
        "key": str(tie.pk),
        "office": OFFICES.get(tie.office, t("职员", "staff")),
        "live": live,
        "proposed": tie.state == TieState.PROPOSED,
        "endable": own and tie.state != TieState.ENDED,
        "again": own and managed and tie.state == TieState.ENDED,
    }


@page(
    "people/<str:urn>/offices/",
    name="parties:give_office",
    can=access.GIVE_OFFICE,
    methods=("POST",),
    title=t("任命职务", "Give an office"),
)
def give_office(request: HttpRequest, urn: str) -> HttpResponse:
    """Attest that the person holds an office."""
    found = access.PEOPLE.get(request.who, reads.described(models.Party.objects.all()), urn=urn)
    access.MANAGE_PERSON.require(request.who, found)
    form = OfficeForm(request.POST, **_given(request))
    if form.is_valid():
        try:
            appointments.appoint(found, **form.cleaned_data, by=request.who.urn, at=timezone.now())
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已任命", "the office is given"))
            return redirect("parties:person", urn=urn)
    return shown(request, found, form, status=422)


@page(
    "people/offices/<int:pk>/end/",
    name="parties:end_office",
    can=access.GIVE_OFFICE,
    methods=("GET", "POST"),
    title=t("免去职务", "End an office"),
)
def end_office(request: HttpRequest, pk: int) -> HttpResponse:
    """The person holds the office no longer; asked once more first."""
    seen = models.Tie.objects.filter(target__in=access.PEOPLE.filter(request.who, models.Party.objects.all()))
    tie = seen.select_related("source", "target").filter(pk=pk).first()
    access.GIVE_OFFICE.require(request.who, tie) if tie else access.GIVE_OFFICE.get(request.who, seen, pk=pk)
    back = reverse("parties:person", kwargs={"urn": tie.target.urn})
    if request.method == "GET":
        return render(request, "parties/sure.html", {
            "title": t("免去 {name} 的职务？", "End {name}'s office?").format(name=tie.target.name),
            "why": t("免职后立即失去相应权限；需要时可在此人页面恢复。",
                     "Their rights end at once; the office can be given again on their page."),
            "verb": t("免去职务", "End the office"), "back": back, "danger": True,
        })
    try:
        ties.end(tie, by=request.who.urn, at=timezone.now())
    except (BadFact, WrongState) as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("已免去职务，可在下方恢复", "the office is ended; it can be given again below"))
    return redirect(back)


@page(
    "people/offices/<int:pk>/again/",
    name="parties:give_again",
    can=access.GIVE_OFFICE,
    methods=("POST",),
    title=t("恢复职务", "Give an office again"),
)
def give_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the end of an office: the same office is attested anew from today."""
    people_seen = access.PEOPLE.filter(request.who, models.Party.objects.all())
    rows = models.Tie.objects.filter(target__in=people_seen).select_related("source", "target")
    tie = access.GIVE_OFFICE.get(request.who, rows, pk=pk)
    access.MANAGE_PERSON.require(request.who, tie.target)
    try:
        appointments.appoint(
            tie.target, organisation=tie.source, office=tie.office, since=None, by=request.who.urn, at=timezone.now()
        )
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("已恢复职务", "the office is given again"))
    return redirect("parties:person", urn=tie.target.urn)
