"""Pages of vacancies (岗位需求): those that are open, one with who is interested, and posting one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.kernel import period
from fuhua.kernel.page import newest, page
from fuhua.kernel.words import t
from fuhua.parties.panels.pressing import press
from fuhua.parties.queries import in_bulk
from fuhua.schemes import access, words
from fuhua.schemes.actions import vacancies as verbs
from fuhua.schemes.models import Interest, Talent, Vacancy
from fuhua.schemes.pages import talent_forms as asked
from fuhua.schemes.pages.talent_verbs import Thing, Verb
from fuhua.schemes.queries import talents

_PAGE = 50
_TITLE = t("孵化岗位", "Vacancies")


@page("schemes/vacancies/", name="schemes:vacancies", can=access.VACANCIES, title=_TITLE)
def listed(request: HttpRequest) -> HttpResponse:
    """The open vacancies, newest first; with ``?all=1`` the closed ones too."""
    every = bool(request.GET.get("all"))
    rows = talents.vacancies(every=every)
    found, older = newest(request, rows, _PAGE, all="1" if every else "")
    names = words.FUTURE_FIELDS.ever()
    return render(request, "schemes/vacancies.html", {
        "rows": [{"it": each, "fields": [names[code] for code in each.fields]} for each in found],
        "older": older, "every": every,
        "posts": access.POSTS.opens_for(request.who), "trail": _trail(),
    })


def _trail(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"label": t("孵化人才", "Incubation people"), "url": reverse("schemes:talents")},
            {"label": _TITLE, "url": reverse("schemes:vacancies") if more else ""}, *more]


@page("schemes/vacancies/new/", name="schemes:vacancy_new", can=access.POSTS, title=t("发布岗位", "Post a vacancy"),
      methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Post a vacancy of one's incubator."""
    houses = [each for each in in_bulk.by_ids(request.who.acts_for("operator")) if each.sort == "incubator"]
    form = asked.VacancyForm(request.POST or None, houses=houses)

    def act(said: dict[str, Any], by: str, at: Any) -> str:
        row = verbs.post(house=said["house"], post=said["post"], fields=said["fields_"], text=said["text"], starts=said["starts"],
                         count=said["count"], by=by, at=at)
        return verbs.url_of(row)

    led = press(request, form, act, "", t("岗位已发布", "posted")) if request.method == "POST" else None
    return led or render(request, "schemes/vacancy_new.html", {"form": form, "trail": _trail({"label": t("发布岗位", "Post"), "url": ""})},
                         status=422 if request.method == "POST" else 200)


def _get(request: HttpRequest, pk: int) -> Vacancy:
    return access.VACANCIES.get(request.who, talents.vacancies(every=True), pk=pk)


@page("schemes/vacancies/<int:pk>/", name="schemes:vacancy", can=access.VACANCIES, title=t("岗位", "Vacancy"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One vacancy; its incubator sees who is interested and lets it, those who fit best first."""
    return _shown(request, _get(request, pk), {}, 200)


def _shown(request: HttpRequest, row: Vacancy, wrong: Mapping[str, forms.Form], status: int) -> HttpResponse:
    who, now, names = request.who, timezone.now(), words.FUTURE_FIELDS.ever()
    fills = access.FILLS.may(who, row)
    found, closed = talents.candidates(row, now, period.day(now)) if fills else ([], 0)
    return render(request, "schemes/vacancy.html", {
        "row": row, "fields": [names[code] for code in row.fields], "fills": fills, "candidates": [
            {"it": each, "origin": words.ORIGINS[each.talent.origin]} for each in found], "closed": closed,
        "interested": _interest(row, who) is not None, "verbs": VACANCY.offered(row, who, wrong),
        "trail": _trail({"label": row.post, "url": ""}),
    }, status=status)


VACANCY = Thing("vacancy", "schemes/vacancies/", _get, _shown)


def _interest(row: Vacancy, who: Any) -> Interest | None:
    return row.interests.filter(talent__person=who.party_id).first()


def _member(who: Any) -> Talent | None:
    return Talent.objects.filter(person=who.party_id, state="member").first()


def _may_show(row: Vacancy, who: Any) -> bool:
    return row.closed_at is None and _interest(row, who) is None and _member(who) is not None


def _show(row: Vacancy, who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    talent = _member(who)
    if talent is None:
        raise verbs.BadVacancy(t("入库后才能表达意向", "join the pool first"))
    verbs.show_interest(vacancy=row, talent=talent, share=said["share"], **told)


def _withdraw(row: Vacancy, who: Any, _said: dict[str, Any], told: dict[str, Any]) -> None:
    interest = _interest(row, who)
    if interest is None:
        raise verbs.BadVacancy(t("您尚未表达意向", "you have shown no interest"))
    verbs.withdraw_interest(interest=interest, **told)


for _verb in (
    Verb("interest", access.VACANCIES, t("我感兴趣", "I am interested"), t("已表达意向", "the incubator knows"), _show,
         form=asked.InterestForm, when=_may_show),
    Verb("withdraw", access.VACANCIES, t("撤回意向", "Withdraw my interest"),
         t("已撤回，授权一并撤回", "withdrawn, and your record is closed"), _withdraw,
         when=lambda row, who: _interest(row, who) is not None, folded=True),
    Verb("close", access.FILLS, t("关闭岗位", "Close the vacancy"), t("岗位已关闭", "closed"),
         lambda row, _who, _said, told: verbs.close(vacancy=row, **told), when=lambda row, _who: row.closed_at is None, folded=True,
         danger=True),
):
    VACANCY.declare(_verb)
