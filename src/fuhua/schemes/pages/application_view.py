"""What the page of an application shows: the form with what was prefilled, or its answers; gaps, conditions, documents, verbs."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.words import CONTEST_REASONS, Grade
from fuhua.kernel import period
from fuhua.kernel.page import PAGES
from fuhua.kernel.questions import Question
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import PressForm
from fuhua.policy.words import STATES, VERDICTS
from fuhua.schemes import access
from fuhua.schemes.actions import writing
from fuhua.schemes.flow import APPLICATION
from fuhua.schemes.kinds.known import SOURCES
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Kind
from fuhua.schemes.models import Application
from fuhua.schemes.pages.application_forms import (
    AttachForm,
    ContestForm,
    GapsForm,
    ImportForm,
    InviteForm,
    ObjectForm,
    RecommendForm,
    WritingForm,
)
from fuhua.schemes.pages.calls import TONES
from fuhua.schemes.pages.field_forms import MemberForm
from fuhua.schemes.queries import applications as reads
from fuhua.schemes.queries import eligibility
from fuhua.schemes.queries.answers import shown
from fuhua.schemes.queries.call_text import moment
from fuhua.schemes.words import APPLICATION_STATES, CLAUSES, FUTURE_FIELDS, MEMBER_STATES, SAYS

_STATES = {True: "met", False: "unmet", None: "unknown"}
_STEPS: tuple[tuple[str, Text], ...] = (
    ("draft", t("填写", "write")), ("submitted", t("资格审查", "eligibility")), ("eligible", t("评审", "review")),
    ("proposed", t("公示", "notice")), ("awarded", t("立项", "award")),
)
_ON = (("schemes:result", access.RESULTS), ("schemes:decision", access.OVERSEES))  # where it goes on from here
_AT = {"gaps": 1, "ineligible": 1, "in_review": 2, "reserve": 3, "rejected": 3}


def of(request: HttpRequest, pk: int) -> Application:
    """The application, if the reader may see it; else 404."""
    return access.APPLICATIONS.get(request.who, Application.objects.select_related("call__issuer", "applicant", "lead"), pk=pk)


def page_of(request: HttpRequest, row: Application, wrong: dict[str, forms.Form] | None = None, *, form: WritingForm | None = None,
            saved: writing.Saved | None = None, status: int = 200) -> HttpResponse:
    """The page of an application; ``wrong`` are forms of verbs that came back marked, ``form`` the writing form as it was sent."""
    who, kind, wrong, now = request.who, scheme_kinds()[row.call.kind], wrong or {}, timezone.now()
    writes = access.WRITES.may(who, row)
    asks = _writable(row) if writes else []
    gaps = _open_gaps(row)
    done, wanted = reads.progress(row)
    return render(request, "schemes/application.html", {
        "row": row, "kind": kind, "call": row.call, "state": APPLICATION_STATES[row.state], "tone": TONES.get(row.state, "indigo"),
        "closes": moment(row.call.closes_at), "late": now.replace(microsecond=0) > row.call.closes_at, "steps": _steps(row),
        "form": form or (WritingForm(row, asks) if asks else None), "saved": saved, "clashes": _clashes(kind, saved),
        "known": [_known(row, kind, name, each, writes and (row.state == "draft" or name in gaps)) for name, each in row.known.items()],
        "writes": writes,
        "unchecked": writes and row.state == "draft" and any(not each.get("says") for each in row.known.values()),
        "answers": [] if asks and row.state == "draft" else _answers(row, kind), "lacks": reads.lacks(row) if writes else [],
        "done": done, "wanted": wanted, "evidence": _evidence(row, kind, gaps, writes), "gaps": _gaps(row, kind),
        "eligibility": _eligibility(row, now) if row.state != "draft" or writes else None,
        "letter": getattr(row, "recommendation", None), "verbs": _verbs(who, row, wrong, now), "keeps": access.KEEPS.may(who, row),
        "members": _members(row, kind), "ask": _asking(who, row, kind, wrong),
        "coauthors": [each.person for each in row.coauthors.select_related("person").order_by("pk")],
        "invite": wrong.get("invite") or InviteForm(prefix="invite"), "take_in": wrong.get("import") or ImportForm(prefix="import"),
        "again": [{"form": each, "title": PAGES[f"schemes:application_{verb}"].title, "url": url(row, verb)} for verb, each in wrong.items()
                  if verb in ("contest", "attach", "submit", "mend", "withdraw", "confirm", "detach", "dismiss", "drop")],
        "links": [{"label": PAGES[name].title, "url": reverse(name, kwargs={"pk": row.pk})} for name, can in _ON
                  if row.state not in ("draft", "submitted", "gaps", "ineligible") and can.may(who, row)],
        "trail": [{"label": t("项目申报", "Schemes"), "url": reverse("schemes:calls")},
                  {"label": row.call.number, "url": reverse("schemes:call", kwargs={"pk": row.call_id})},
                  {"label": row.number or row.applicant.name, "url": ""}],
    }, status=status)


def _members(row: Application, kind: Kind) -> list[dict[str, Any]]:
    return [{"it": each, "state": MEMBER_STATES[each.state], "tone": {"confirmed": "jade", "declined": "zhu"}.get(each.state, "ochre")}
            for each in reads.members_of(row)] if kind.consortium else []


def _asking(who: Any, row: Application, kind: Kind, wrong: dict[str, forms.Form]) -> forms.Form | None:
    """The form by which the lead asks members, while the application is being written."""
    asks = kind.consortium and row.state == "draft" and access.KEEPS.may(who, row)
    return (wrong.get("ask") or MemberForm(prefix="member")) if asks else None


def saved_part(request: HttpRequest, row: Application, saved: writing.Saved | None, reason: Text | None = None) -> HttpResponse:
    """What is swapped in after the page saved by itself: when, what could not be read, what clashes, and how far it is."""
    done, wanted = reads.progress(row)
    kind = scheme_kinds()[row.call.kind]
    return render(request, "schemes/application.html#saved", {
        "row": row, "saved": saved, "clashes": _clashes(kind, saved), "done": done, "wanted": wanted, "reason": reason, "swapped": True,
        "base": json.dumps(dict(saved.base)) if saved else "", "wrong_answers": _wrong(kind, saved)})


def _wrong(kind: Kind, saved: writing.Saved | None) -> list[dict[str, Any]]:
    labels = {each.name: each.label for each in (writing.TITLE, *kind.asks)}
    return [{"label": labels[name], "text": text} for name, text in saved.wrong.items()] if saved else []


def url(row: Application, verb: str) -> str:
    """The address of a verb of the application."""
    return reverse(f"schemes:application_{verb}", kwargs={"pk": row.pk})


def _writable(row: Application) -> list[Question]:
    try:
        return writing.writable(row)
    except writing.NotWritable:
        return []


def _steps(row: Application) -> list[dict[str, Any]]:
    codes = [code for code, _label in _STEPS]
    now = codes.index(row.state) if row.state in codes else _AT.get(row.state, 0)
    ended = row.state in ("ineligible", "rejected", "withdrawn")
    return [{"label": label, "state": "done" if at < now or row.state == "awarded" else "now" if at == now else
             "skipped" if ended else "ahead"} for at, (_code, label) in enumerate(_STEPS)]


def _clashes(kind: Kind, saved: writing.Saved | None) -> list[dict[str, Any]]:
    asks = {each.name: each for each in (writing.TITLE, *kind.asks)}
    return [{"label": each.label, "before": shown(asks[each.name], each.theirs), "after": shown(asks[each.name], each.mine),
             "mine": f"{each.name}:{writing.mark(each.theirs)}"} for each in (saved.clashes if saved else ())]


def _known(row: Application, kind: Kind, name: str, known: dict[str, Any], open_now: bool) -> dict[str, Any]:
    ask = kind.ask(name)
    return {
        "ask": ask, "value": shown(ask, known["value"]), "says": SAYS[known["says"]], "contested": known["says"] == "contested",
        "confirmed": known["says"] == "confirmed", "own": shown(ask, row.values.get(name)), "grade": Grade(known["grade"]).name.lower(),
        "source": _source(ask.source, known["day"]), "digest": known["digest"], "reason": CONTEST_REASONS.get(known.get("reason", ""), ""),
        "contest": ContestForm(ask=ask, prefix="contest", initial={"name": name}, auto_id=f"id_{name}_%s") if open_now else None,
    }


def _source(key: str, day: str) -> Text:
    """Where a value comes from: ``来自登记所在区 2024-03-01``."""
    source = SOURCES.get(key)
    label = source.label if source else Text(key, key)
    return t("来自{source} {day}", "from {source}, {day}").format(source=label, day=formats.day(dt.date.fromisoformat(day)))


def _answers(row: Application, kind: Kind) -> list[dict[str, Any]]:
    return [{"label": each.label, "value": _answer(row, each), "long": each.type == "long"} for each in kind.asks
            if each.name not in row.known]


def _answer(row: Application, ask: Question) -> Text:
    """An answer in words; a field of the future by the name it had when the application was handed in, with its present one."""
    value = row.values.get(ask.name)
    if ask.choices is FUTURE_FIELDS and isinstance(value, str) and row.submitted_at:
        return FUTURE_FIELDS.telling()(value, period.day(row.submitted_at))
    return shown(ask, value)


def _open_gaps(row: Application) -> set[str]:
    """Names of what is to be mended now."""
    return set(row.gaps.filter(mended_at=None).values_list("name", flat=True)) if row.state == "gaps" else set()


def _evidence(row: Application, kind: Kind, gaps: set[str], writes: bool) -> list[dict[str, Any]]:
    held: dict[str, list[Any]] = {}
    for each in row.attachments.order_by("pk"):
        held.setdefault(each.code, []).append(each)
    return [{"it": each, "files": held.get(each.code, []), "writes": writes and (row.state == "draft" or each.code in gaps),
             "form": AttachForm(prefix="attach", initial={"code": each.code}, auto_id=f"id_{each.code}_%s")} for each in kind.evidence]


def _gaps(row: Application, kind: Kind) -> list[dict[str, Any]]:
    labels = {each.name: each.label for each in (writing.TITLE, *kind.asks)} | {each.code: each.label for each in kind.evidence}
    return [{"it": each, "label": labels.get(each.name, each.name)} for each in row.gaps.order_by("pk")]


def _eligibility(row: Application, now: dt.datetime) -> dict[str, Any]:
    found = eligibility.of(row, now)
    return {
        "state": VERDICTS[{True: "eligible", False: "not_eligible", None: "undetermined"}[found.state]], "holds": found.state,
        "unread": found.unread, "because": [CLAUSES["gaps"]] if "gaps" in row.because else [],
        "clauses": [{"text": each.text, "source": each.source, "word": STATES[_STATES[each.state]], "state": _STATES[each.state]}
                    for each in found.clauses],
        "rules": [{"rule": each.rule, "answer": VERDICTS[each.answer], "edition": each.edition, "clauses": [
            {"text": one.leaf.clause.text, "place": one.leaf.clause.article, "word": STATES[_STATES[one.state]],
             "state": _STATES[one.state]}
            for one in each.clauses if one.applies]} for each in found.verdicts],
    }


def _verbs(who: Any, row: Application, wrong: dict[str, forms.Form], now: dt.datetime) -> list[dict[str, Any]]:
    """The verbs of officers, and of the applicant once it is handed in, each with its form."""
    steps, found = APPLICATION.verbs(row.state), []
    if access.HANDLES.may(who, row):
        if "pass" in steps:
            found.append(("pass", PressForm(prefix="pass")))
        if "ask_gaps" in steps and not row.gaps.exists():
            found.append(("gaps", GapsForm(row=row, prefix="gaps")))
        if "refuse" in steps:
            found.append(("refuse", PressForm(prefix="refuse")))
    if access.RECOMMENDS.may(who, row) and row.state in ("submitted", "gaps"):
        found.append(("recommend", RecommendForm(prefix="recommend", initial={"day": formats.beijing(now)})))
    if access.KEEPS.may(who, row) and row.state in ("submitted", "gaps", "eligible"):
        found.append(("object", ObjectForm(prefix="object")))
    return [{"verb": verb, "label": PAGES[f"schemes:application_{verb}"].title, "form": wrong.get(verb) or form, "url": url(row, verb)}
            for verb, form in found]
