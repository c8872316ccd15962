"""The directory of organisations and the page of each one: names, plates, ties, merged duplicates."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.page import Menu, page
from fuhua.kernel.sheet.writing import harmless
from fuhua.kernel.words import t
from fuhua.parties import access, models, queries
from fuhua.parties.actions import organisations as actions
from fuhua.parties.actions.once import once
from fuhua.parties.pages.forms import NewOrganisation, Proposal, Search, spoken
from fuhua.parties.queries import directory
from fuhua.parties.words import DISTRICTS, NAME_KINDS, OFFICES, SORTS, TIE_STATES, TIES


@page(
    "organisations/",
    name="parties:organisations",
    can=access.ORGANISATIONS,
    title=t("组织名录", "Organisations"),
    menu=Menu(t("组织名录", "Organisations"), "building", 60),
)
def organisations(request: HttpRequest) -> HttpResponse:
    """Search and filter; newest first."""
    form = Search(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = _found(request, asked)
    sheet = directory.sheet(found, newer=asked.get("newer"), older=asked.get("older"))
    kept = {name: asked[name] for name in ("q", "sort", "district") if asked.get(name)}
    return render(
        request,
        "parties/organisations.html",
        {
            "form": form,
            "kept": urlencode(kept),
            "may_export": access.OFFICER.opens_for(request.who),
            "may_merge": access.MERGE.opens_for(request.who),
            "may_register": access.OFFICER.opens_for(request.who),
            "rows": [{**described(row), "others": [name.text for name in row.other_names]} for row in sheet.rows],
            "newer": f"?{urlencode({**kept, 'newer': sheet.newer})}" if sheet.newer else "",
            "older": f"?{urlencode({**kept, 'older': sheet.older})}" if sheet.older else "",
        },
    )


def _found(request: HttpRequest, asked: dict[str, Any]) -> Any:
    seen = access.ORGANISATIONS.filter(request.who, models.Party.objects.all())
    return directory.searched(
        seen, q=asked.get("q", ""), sort=asked.get("sort", ""), district=asked.get("district", "")
    )


def described(row: models.Party) -> dict[str, Any]:
    """What templates show of an organisation."""
    return {
        "party": row,
        "name": row.name or row.urn,
        "url": reverse("parties:organisation", kwargs={"urn": row.urn}),
        "sort": SORTS[row.sort],
        "district": DISTRICTS.get(row.district, ""),
    }


@page(
    "organisations/export.csv",
    name="parties:organisations_csv",
    can=access.OFFICER,
    title=t("导出组织名录", "Export organisations"),
)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered directory as CSV (UTF-8 with a mark, so that spreadsheets read it)."""
    form = Search(request.GET or None)
    found = _found(request, form.cleaned_data if form.is_valid() else {})
    lines = csv.writer(_Echo())
    answer = StreamingHttpResponse(_lines(lines, found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="organisations.csv"'
    return answer


class _Echo:
    """What the CSV writer writes to: hands every line on at once."""

    def write(self, line: str) -> str:
        return line


def _lines(lines: Any, found: Any) -> Iterator[str]:
    yield "\ufeff" + lines.writerow(
        [t("名称", "name"), t("类别", "sort"), t("统一社会信用代码", "credit code"), t("所在区", "district"), "URN"]
    )
    for row in found.order_by("pk").iterator(chunk_size=1000):
        cells = [row.name, SORTS[row.sort], row.code, DISTRICTS.get(row.district, ""), row.urn]
        yield lines.writerow([harmless(str(cell)) for cell in cells])


@page(
    "organisations/new/",
    name="parties:new_organisation",
    can=access.OFFICER,
    methods=("GET", "POST"),
    title=t("登记组织", "Register an organisation"),
)
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Register one, after showing which existing organisations it may be."""
    form = NewOrganisation(request.POST or None)
    alike: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            led_to = once(request.who.account_id, given["once"], lambda: _registered(request, given), at=timezone.now())
        except _Alike as found:
            alike = found.rows
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已登记：{name}", "registered: {name}").format(name=given["name"]))
            return HttpResponseRedirect(led_to)
    return render(request, "parties/new_organisation.html", {"form": form, "alike": alike})


class _Alike(Exception):
    """There are organisations that it may be; nothing was registered."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__(len(rows))
        self.rows = rows


def _registered(request: HttpRequest, given: dict[str, Any]) -> str:
    if not given["different"] and (alike := _alike(given)):
        raise _Alike(alike)
    told = {name: given[name] for name in ("sort", "name", "code", "district", "plates")}
    party = actions.register(**told, by=request.who.urn, at=timezone.now())
    return reverse("parties:organisation", kwargs={"urn": party.urn})


def _alike(given: dict[str, Any]) -> list[dict[str, Any]]:
    found = queries.match(code=given["code"], name=given["name"], sort=given["sort"], district=given["district"])
    if found.sure is not None:
        return [{**described(found.sure), "reasons": [found.why]}]
    return [{**described(each.party), "reasons": each.reasons} for each in found.candidates]


@page(
    "organisations/<str:urn>/", name="parties:organisation", can=access.ORGANISATIONS, title=t("组织", "Organisation")
)
def organisation(request: HttpRequest, urn: str) -> HttpResponse:
    """One organisation: names with dates, ties that the reader may see, duplicates merged into it."""
    who = request.who
    party = access.ORGANISATIONS.get(who, models.Party.objects.select_related("merged_into"), urn=urn)
    merged = list(directory.merged_into(party))
    ids = [party.pk, *(each.pk for each in merged)]
    ties = list(directory.ties_of(access.TIES.filter(who, models.Tie.objects.all()), ids))
    confirmable = _ids(access.CONFIRM_TIE.filter(who, models.Tie.objects.all()), ties)
    endable = _ids(access.END_TIE.filter(who, models.Tie.objects.all()), ties)
    people = _people(who, ties)
    may_propose = access.OWN.opens_for(who) and party.merged_into_id is None
    return render(
        request,
        "parties/organisation.html",
        {
            **described(party),
            "names": [{"name": name, "kind": NAME_KINDS[name.kind]} for name in directory.names_of(party)],
            "into": described(party.merged_into) if party.merged_into else None,
            "merged": [described(each) for each in merged],
            "facts_url": _facts_url(urn),
            "sees_ties": who.signed_in,
            "may_change": access.CHANGE_ORGANISATION.may(who, party),
            "ties": [_tie(tie, tie.pk in confirmable, tie.pk in endable, people) for tie in ties],
            "proposal": Proposal(sides=spoken(who, party), party=party) if may_propose else None,
        },
    )


_TIE_TONES = {"proposed": "ochre", "confirmed": "jade", "ended": "plain"}


def _ids(rows: Any, ties: list[models.Tie]) -> set[int]:
    return set(rows.filter(pk__in=[tie.pk for tie in ties]).values_list("pk", flat=True))


def _people(who: Any, ties: list[models.Tie]) -> set[int]:
    """Ids of the people among the ties whose pages the reader may open."""
    if not access.PEOPLE.opens_for(who):
        return set()
    ids = {side.pk for tie in ties for side in (tie.source, tie.target) if side.sort == "person"}
    return set(access.PEOPLE.filter(who, models.Party.objects.filter(pk__in=ids)).values_list("pk", flat=True))


def _tie(tie: models.Tie, confirmable: bool, endable: bool, people: set[int]) -> dict[str, Any]:
    return {
        "tie": tie,
        "key": str(tie.pk),
        "kind": TIES[tie.kind],
        "office": OFFICES.get(tie.office, ""),
        "state": TIE_STATES[tie.state],
        "tone": _TIE_TONES[tie.state],
        "source": _side(tie.source, people),
        "target": _side(tie.target, people),
        "confirmable": confirmable,
        "endable": endable,
    }


def _side(party: models.Party, people: set[int]) -> dict[str, Any]:
    if party.sort == "person":
        url = reverse("parties:person", kwargs={"urn": party.urn}) if party.pk in people else ""
        return {"name": party.name or t("信息已删除的个人", "a person who has been erased"), "url": url}
    return described(party)


def _facts_url(urn: str) -> str:
    for name in ("evidence:subject", "front:subject"):
        try:
            return reverse(name, kwargs={"urn": urn})
        except NoReverseMatch:
            continue
    return ""
