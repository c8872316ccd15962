"""Pages of the pool of incubation people (孵化人才库): the pool, one person with their record, and the verbs of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.kernel import period
from fuhua.kernel.page import Menu, number, page
from fuhua.kernel.words import t
from fuhua.parties.actions import consents
from fuhua.parties.panels.pressing import PressForm, press
from fuhua.parties.queries import in_bulk
from fuhua.schemes import access, words
from fuhua.schemes.actions import placements, practicums
from fuhua.schemes.actions import talents as verbs
from fuhua.schemes.models import Talent
from fuhua.schemes.pages import talent_forms as asked
from fuhua.schemes.pages.talent_verbs import Thing, Verb
from fuhua.schemes.queries import agreements, talents

_PAGE = 50
_TITLE = t("孵化人才", "Incubation people")
_TONES = {"invited": "ochre", "member": "jade", "declined": "plain", "left": "plain"}
PRACTICUM_TONES = {"asked": "ochre", "running": "indigo", "reported": "ochre", "passed": "jade", "certified": "jade", "failed": "zhu",
                   "refused": "zhu", "stopped": "zhu"}
PLACEMENT_TONES = {"proposed": "ochre", "employed": "indigo", "kept": "jade", "lost": "zhu", "lapsed": "plain"}


@page("schemes/talents/", name="schemes:talents", can=access.APPLIES, title=_TITLE, menu=Menu(_TITLE, "people", 40))
def listed(request: HttpRequest) -> HttpResponse:
    """The people of the pool whom I may see, what waits for me there, and how to join or invite."""
    return _pool(request, None)


def _pool(request: HttpRequest, wrong: forms.Form | None, status: int = 200) -> HttpResponse:
    who, today = request.who, period.day(timezone.now())
    rows = talents.described(talents.pool(who), today)
    if (before := number(request, "before")) is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: _PAGE + 1])
    invites = access.INVITES.opens_for(who)
    return render(request, "schemes/talents.html", {
        "rows": [{"it": each, "state": words.TALENT_STATES[each.state], "tone": _TONES[each.state], "origin": words.ORIGINS[each.origin],
                  "mine": each.person_id == who.party_id} for each in found[:_PAGE]],
        "older": f"?before={found[_PAGE - 1].pk}" if len(found) > _PAGE else "",
        "mine": next((each for each in found if each.person_id == who.party_id), None),
        "awards": [{"it": each, "form": PressForm(prefix=f"join{each.pk}", auto_id=f"id_join{each.pk}_%s")}
                   for each in talents.awards_to_join(who.party_id)],
        "invite": wrong or (asked.InviteTalentForm(houses=_inviting(who), prefix="invite") if invites else None),
        "marked": wrong is not None,
        "figures": access.TALENT_FIGURES.opens_for(who),
    }, status=status)


def _inviting(who: Any) -> list[Any]:
    """The organisations for which the reader may invite: incubators they run, and the authority they serve."""
    return in_bulk.by_ids(who.acts_for("operator", *access.ISSUING))


@page("schemes/talents/invite/", name="schemes:talent_invite", can=access.INVITES, title=t("邀请加入人才库", "Invite to the pool"),
      methods=("POST",))
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by their user name; they say yes or no."""
    form = asked.InviteTalentForm(request.POST, houses=_inviting(request.who), prefix="invite")

    def act(said: dict[str, Any], by: str, at: Any) -> str:
        verbs.invite(person=person_of(said["account"]), house=said["house"], origin=said["origin"], by=by, at=at)
        return reverse("schemes:talents")

    return press(request, form, act, "", t("已发出邀请，等待本人答复", "invited; it waits for their answer")) or _pool(request, form, 422)


def person_of(username: str) -> Any:
    """The person who signs in by that name; raises :class:`BadTalent`."""
    account = in_bulk.account(username.strip())
    if account is None or account.party is None:
        raise verbs.BadTalent(t("没有这个登录名", "nobody has that user name"))
    return account.party


@page("schemes/talents/join/<int:pk>/", name="schemes:talent_join", can=access.APPLIES, title=t("加入人才库", "Join the pool"),
      methods=("POST",))
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Join by an award of one's own."""
    award = next((each for each in talents.awards_to_join(request.who.party_id) if each.pk == pk), None)
    if award is None:
        raise Http404
    form = PressForm(request.POST, prefix=f"join{pk}")
    led = press(request, form, lambda _said, by, at: verbs.url_of(verbs.join(application=award, by=by, at=at)), "",
                t("已加入人才库", "you are in the pool"))
    return led or _pool(request, None, 422)


# --- one person ---


def _get(request: HttpRequest, pk: int) -> Talent:
    return access.TALENTS.get(request.who, Talent.objects.select_related("person", "house", "application"), pk=pk)


@page("schemes/talents/<int:pk>/", name="schemes:talent", can=access.TALENTS, title=t("孵化人才", "A person of the pool"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: their record as far as the reader may see it, practicums, credentials and placements, and what may be done."""
    return _shown(request, _get(request, pk), {}, 200)


def _shown(request: HttpRequest, row: Talent, wrong: Mapping[str, forms.Form], status: int) -> HttpResponse:
    who, now = request.who, timezone.now()
    today, own, names = period.day(now), row.person_id == who.party_id, words.FUTURE_FIELDS.ever()
    reads = access.RECORDS.may(who, row)
    trained = talents.practicums(who).filter(talent=row)
    return render(request, "schemes/talent.html", {
        "row": row, "own": own, "state": words.TALENT_STATES[row.state], "tone": _TONES[row.state], "origin": words.ORIGINS[row.origin],
        "via": words.JOINED_BY[row.via], "reads": reads, "fields": [names[code] for code in row.fields],
        "track": [{"it": line, "what": words.TRACK[line.what]} for line in talents.track_of(row, today)] if reads else [],
        "practicums": [{"it": each, "state": words.PRACTICUM_STATES[each.state], "tone": PRACTICUM_TONES[each.state]} for each in trained],
        "credentials": [{"it": each, "valid": each.expires >= today} for each in row.credentials.order_by("-pk")],
        "placements": [{"it": each, "state": words.PLACEMENT_STATES[each.state], "tone": PLACEMENT_TONES[each.state]}
                       for each in talents.placements(who).filter(talent=row)],
        "shared": talents.consents_of(row, now) if own else [],
        **TALENT.folds(row, who, wrong),
        "trail": [{"label": _TITLE, "url": reverse("schemes:talents")}, {"label": row.person.name, "url": ""}],
    }, status=status)


TALENT = Thing("talent", "schemes/talents/", _get, _shown)


def _invited(row: Talent, _who: Any) -> bool:
    return row.state == "invited"


def _member(row: Talent, _who: Any) -> bool:
    return row.state == "member"


def _open(row: Talent, who: Any, _said: Any, told: dict[str, Any]) -> None:
    given = [each for each in talents.consents_of(row, told["at"]) if each.reader_id in who.acts_for()]
    consents.open(given[-1], person=in_bulk.live(who.urn), **told)


def _told_of(row: Talent, _who: Any) -> dict[str, Any]:
    return {"initial": {"record": row.record, "fields_": row.fields, "aim": row.aim, "starts": row.starts}}


def _tell(row: Talent, _who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    verbs.tell(talent=row, said={**said, "fields": said["fields_"]}, **told)


def _hosts(_row: Talent, who: Any) -> dict[str, Any]:
    """Operators host at their own incubator; officers choose among all."""
    every = who.offices & set(access.ISSUING)
    return {"houses": list(agreements.organisations("incubator")) if every else _run_by(who)}


def _run_by(who: Any) -> list[Any]:
    return [each for each in in_bulk.by_ids(who.acts_for("operator")) if each.sort == "incubator"]


def _assign(row: Talent, _who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    practicums.assign(talent=row, venture=said["venture"], host=said["house"], tutor=person_of(said["tutor"]), aim=said["aim"],
                      starts=said["starts"], ends=said["ends"], **told)


def _hirers(row: Talent, who: Any) -> dict[str, Any]:
    let = {each.reader_id for each in talents.consents_of(row, who.asked_at)}
    return {"houses": [each for each in _run_by(who) if each.pk in let]}


def _trainable(row: Talent, _who: Any) -> bool:
    return row.state == "member" and not row.practicums.filter(state__in=verbs.LIVE).exists() \
        and not row.credentials.filter(expires__gte=period.day(timezone.now())).exists()


def _hireable(row: Talent, _who: Any) -> bool:
    return row.state == "member" and row.credentials.filter(expires__gte=period.day(timezone.now())).exists()


for _verb in (
    Verb("accept", access.IS_TALENT, t("接受邀请", "Accept"), t("已加入人才库", "you are in the pool"),
         lambda row, _who, _said, told: verbs.accept(talent=row, **told), when=_invited,
         note=t("加入后，履历仍只对您授权的单位可见。", "Your record stays closed to everybody but whom you let.")),
    Verb("decline", access.IS_TALENT, t("谢绝", "Decline"), t("已谢绝", "declined"),
         lambda row, _who, _said, told: verbs.decline(talent=row, **told), when=_invited, folded=True),
    Verb("open", access.OPENS_RECORD, t("查看履历", "Read the record"), t("查阅已记录，12 小时内可见", "logged; open for twelve hours"),
         _open, when=lambda row, who: not access.RECORDS.may(who, row),
         note=t("本人已授权。每次查看都会留下记录，本人可见。", "The person let you. Each reading is logged, and they see it.")),
    Verb("assign", access.TRAINS, t("安排实训", "Arrange a practicum"), t("已安排，等待实训企业同意", "arranged; it waits for the venture"),
         _assign, form=asked.AssignForm, told=_hosts, when=_trainable, folded=True,
         note=t("提交时核查学员与实训企业、导师之间三步以内的关系；有利益冲突不能安排。企业同意前不开放任何资料。",
                "Ties of up to three steps between the trainee, the venture and the tutor are checked; a conflict stops it. Nothing opens "
                "before the venture consents.")),
    Verb("hire", access.HIRES, t("录用", "Hire"), t("已提出任职关系，等待本人确认", "proposed; the person confirms it"),
         lambda row, _who, said, told: placements.hire(talent=row, house=said["house"], post=said["post"], since=said["since"], **told),
         form=asked.HireForm, told=_hirers, when=_hireable, folded=True),
    Verb("tell", access.IS_TALENT, t("修改自述", "Edit my own words"), t("已保存", "saved"), _tell, form=asked.TellForm, told=_told_of,
         when=_member, folded=True),
    Verb("share", access.IS_TALENT, t("向单位开放履历", "Open my record"), t("已授权，可随时撤回", "opened; you can withdraw at any time"),
         lambda row, _who, said, told: verbs.share(talent=row, house=said["house"], **told), form=asked.ShareForm, when=_member,
         folded=True),
    Verb("leave", access.IS_TALENT, t("退出人才库", "Leave the pool"), t("已退出，授权一并撤回", "you left; nobody reads your record"),
         lambda row, _who, _said, told: verbs.leave(talent=row, **told), when=_member, folded=True, danger=True,
         note=t("退出后意向和授权一并撤回，已有证书不受影响。", "Interests and consents go; credentials stay.")),
):
    TALENT.declare(_verb)
