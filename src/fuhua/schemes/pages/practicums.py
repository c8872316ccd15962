"""Pages of practicums (实训): mine, one with what may be read and its sealed assessments, its report, and the verbs of its sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions.attachments import attach
from fuhua.kernel import period
from fuhua.kernel.page import newest, page
from fuhua.kernel.words import t
from fuhua.parties.panels.downloads import download
from fuhua.parties.queries import in_bulk
from fuhua.parties.queries.timeline import timeline
from fuhua.schemes import access, words
from fuhua.schemes.actions import credentials, judgements
from fuhua.schemes.actions import practicums as verbs
from fuhua.schemes.models import Practicum
from fuhua.schemes.pages import talent_forms as asked
from fuhua.schemes.pages.talent_verbs import Thing, Verb
from fuhua.schemes.pages.talents import PRACTICUM_TONES
from fuhua.schemes.queries import talents

_PAGE = 50
_TITLE = t("实训", "Practicums")
_TOLD = ("schemes.practicum_", "schemes.judgement_")
_ORDER = ("asked", "running", "reported", "passed", "certified")
_NOT_DONE = ("failed", "refused", "stopped")


@page("schemes/practicums/", name="schemes:practicums", can=access.PRACTICUMS, title=_TITLE)
def listed(request: HttpRequest) -> HttpResponse:
    """The practicums that I take part in or oversee, newest first."""
    rows = talents.practicums(request.who)
    found, older = newest(request, rows, _PAGE)
    return render(request, "schemes/practicums.html", {
        "rows": [{"it": each, "state": words.PRACTICUM_STATES[each.state], "tone": PRACTICUM_TONES[each.state]} for each in found],
        "older": older, "trail": _trail(),
    })


def _trail(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"label": t("孵化人才", "Incubation people"), "url": reverse("schemes:talents")},
            {"label": _TITLE, "url": reverse("schemes:practicums") if more else ""}, *more]


def _get(request: HttpRequest, pk: int) -> Practicum:
    rows = Practicum.objects.select_related("talent__person", "venture", "host", "tutor")
    return access.PRACTICUMS.get(request.who, rows, pk=pk)


@page("schemes/practicums/<int:pk>/", name="schemes:practicum", can=access.PRACTICUMS, title=t("实训", "Practicum"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One practicum: whose turn it is, what the trainee may read, and the assessments once both are in."""
    return _shown(request, _get(request, pk), {}, 200)


def _shown(request: HttpRequest, row: Practicum, wrong: Mapping[str, forms.Form], status: int) -> HttpResponse:
    who, now = request.who, timezone.now()
    judged, trainee = list(row.judgements.select_related("person").order_by("side")), row.talent.person_id == who.party_id
    opened = row.state in ("passed", "certified", "failed")
    return render(request, "schemes/practicum.html", {
        "row": row, "state": words.PRACTICUM_STATES[row.state], "tone": PRACTICUM_TONES[row.state], "trainee": trainee,
        "because": words.PRACTICUM_STOPS.get(row.because, ""), "steps": _steps(row), "venture": row.venture_id in who.acts_for(),
        "readables": talents.readables(row, now) if trainee or row.venture_id in who.acts_for() else [],
        "judged": [{"it": each, "side": words.ASSESSORS[each.side], "open": opened or each.person_id == who.party_id,
                    "result": words.ASSESSED_AS[each.result], "lacking": [words.LACKING[code] for code in each.lacking]}
                   for each in judged],
        "waiting": [label for side, label in words.ASSESSORS.items() if row.state == "reported" and side not in {x.side for x in judged}],
        "credential": getattr(row, "credential", None), "talent": access.TALENTS.may(who, row.talent),
        **PRACTICUM.folds(row, who, wrong),
        "events": timeline(row.urn, _TOLD, period.day(now)), "trail": _trail({"label": row.number, "url": ""}),
    }, status=status)


def _steps(row: Practicum) -> list[dict[str, Any]]:
    order = _ORDER if row.state not in _NOT_DONE else (*_ORDER[:3], row.state)
    now = order.index(row.state)
    if row.state in ("refused", "stopped"):
        order, now = ("asked", row.state), 1
    reached = "skipped" if row.state in _NOT_DONE else "done" if row.state == "certified" else "now"
    states = ["done" if at < now else reached if at == now else "ahead" for at in range(len(order))]
    return [{"label": words.PRACTICUM_STATES[code], "state": state} for code, state in zip(order, states, strict=True)]


@page("schemes/practicums/<int:pk>/report.bin", name="schemes:practicum_paper", can=access.PRACTICUMS,
      title=t("实训报告", "Practicum report"))
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """The trainee's report, checked against its digest, always as a download."""
    row = _get(request, pk)
    return download(row.report, f"{row.number}-report" if row.report else None)


PRACTICUM = Thing("practicum", "schemes/practicums/", _get, _shown)


def _in(*states: str) -> Any:
    return lambda row, _who: row.state in states


def _consent(row: Practicum, _who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    files = [said[name] for name in sorted(said) if name.startswith("file_") and said[name]]
    verbs.consent(practicum=row, all_facts=said["all_facts"], documents=[(file.name, attach(file.file, **told)[0]) for file in files],
                  purpose=said["purpose"], expires=said["expires"], **told)


def _reasons(row: Practicum, who: Any) -> dict[str, Any]:
    if row.talent.person_id == who.party_id:
        return {"reasons": ("left",)}
    return {"reasons": (*(("consent_left",) if row.venture_id in who.acts_for() else ()),
                        *(("host_left",) if row.host_id in who.acts_for("operator") else ()))}


def _judge(side: str) -> Any:
    return lambda row, who, said, told: judgements.judge(practicum=row, side=side, person=in_bulk.live(who.urn), result=said["result"],
                                                         lacking=said["lacking"], note=said["note"], **told)


def _not_judged(side: str) -> Any:
    return lambda row, who: row.state == "reported" and not row.judgements.filter(side=side).exists() \
        and not row.judgements.filter(person=who.party_id).exists()


def _certify(row: Practicum, who: Any, _said: Any, told: dict[str, Any]) -> None:
    issuer = in_bulk.by_ids(who.acts_for(*access.ISSUING))[0]
    credentials.issue(practicum=row, issuer=issuer, **told)


_SEALED = t("双方都提交后同时公开；提交前后都不能看到对方的评价。", "Both open together; neither side sees the other’s before.")

for _verb in (
    Verb("consent", access.TAKES_IN, t("同意接收", "Take the trainee in"),
         t("已同意，可随时撤回", "consented; you can withdraw at any time"), _consent, form=asked.ConsentForm, when=_in("asked"),
         told=lambda row, _who: {"initial": {"expires": row.ends}},
         note=t("学员只能查阅您在这里列出的内容，每次查阅都有记录；撤回后立即不能再读。",
                "The trainee reads only what you list here, each reading is logged, and nothing more once you withdraw.")),
    Verb("refuse", access.TAKES_IN, t("不接收", "Refuse"), t("已答复", "answered"),
         lambda row, _who, _said, told: verbs.refuse(practicum=row, **told), when=_in("asked"), folded=True),
    Verb("report", access.TRAINEE, t("提交实训报告", "Hand in the report"),
         t("报告已提交，等待双方评价", "handed in; both sides assess it"),
         lambda row, _who, said, told: verbs.report(practicum=row, document=attach(said["file"].file, **told)[0], **told),
         form=asked.ReportForm, when=_in("running")),
    Verb("judge_venture", access.TAKES_IN, t("实训企业评价", "Assess for the venture"), t("评价已密封提交", "handed in, sealed"),
         _judge("venture"), form=asked.JudgeTraineeForm, when=_not_judged("venture"), note=_SEALED),
    Verb("judge_tutor", access.TUTORS, t("导师评价", "Assess as tutor"), t("评价已密封提交", "handed in, sealed"),
         _judge("tutor"), form=asked.JudgeTraineeForm, when=_not_judged("tutor"), note=_SEALED),
    Verb("certify", access.CERTIFIES, t("颁发证书", "Issue the credential"), t("证书已颁发", "issued"), _certify, when=_in("passed"),
         note=t("双方考核均合格。证书编号、打印并加盖平台封签。", "Both sides passed it. The credential is numbered, printed and sealed.")),
    Verb("stop", access.STOPS, t("终止实训", "Stop the practicum"), t("实训已终止，资料不再可读", "stopped; nothing can be read any more"),
         lambda row, _who, said, told: verbs.stop(practicum=row, because=said["because"], **told), form=asked.StopForm, told=_reasons,
         when=_in("asked", "running", "reported"), folded=True, danger=True),
):
    PRACTICUM.declare(_verb)
