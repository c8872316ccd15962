"""Pages of agreements: those that wait for me, one with its milestones and money, drawing one up, and its papers."""

from __future__ import annotations

import datetime as dt
import tempfile
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.kernel import period
from fuhua.kernel.page import PAGES, Menu, newest, page
from fuhua.kernel.words import Text, t
from fuhua.kernel.words import listed as joined
from fuhua.parties.panels.downloads import download
from fuhua.parties.panels.pressing import press
from fuhua.schemes import access, words
from fuhua.schemes.actions import agreements as verbs
from fuhua.schemes.kinds.conversion import rule_of
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Agreement, Application
from fuhua.schemes.pages.agreement_forms import FORMS, DrawUpForm
from fuhua.schemes.queries import agreements, bundle, money, proofs
from fuhua.schemes.queries.agreements import AgreementPage, Goal, Pair
from fuhua.schemes.queries.fields import said_on
from fuhua.schemes.queries.uplifts import appeal_until

_PAGE = 50
_VIEWS: dict[str, Text] = {"waiting": t("等我处理", "waiting for me"), "running": t("履行中", "running"), "done": t("已结束", "done"),
                           "all": t("全部", "all")}
_TONES = {"draft": "ochre", "signed": "indigo", "finished": "jade", "renewed": "jade", "ended": "zhu"}
_ITEM_TONES = {"passed": "jade", "partial": "ochre", "failed": "zhu", "claimed": "indigo", "paid": "jade", "due": "ochre",
               "withheld": "zhu", "recovering": "zhu", "approved": "jade", "refused": "zhu", "asked": "ochre"}
_WHOLE = ("sign", "pass_on", "change", "hand_over", "assess", "finish", "renew", "end")  # verbs of the agreement as a whole
_TITLE = t("任务书", "Task agreements")


@page("schemes/agreements/", name="schemes:agreements", can=access.APPLIES, title=_TITLE, menu=Menu(_TITLE, "scheme", 38))
def listed(request: HttpRequest) -> HttpResponse:
    """The agreements that I may see, those that wait for me first; for officers, the awards that have none yet."""
    wanted = request.GET.get("view", "")
    view = wanted if wanted in agreements.VIEWS else "waiting"
    rows = agreements.listed(request.who, view)
    found, older = newest(request, rows, _PAGE, view=view)
    return render(request, "schemes/agreements.html", {
        "rows": [{"it": each, "state": words.AGREEMENT_STATES[each.state], "tone": _TONES[each.state],
                  "kind": scheme_kinds()[each.application.call.kind].label} for each in found],
        "tabs": [{"label": label, "url": f"?view={code}", "active": code == view} for code, label in _VIEWS.items()],
        "older": older, "view": view,
        "awards": list(agreements.awards(request.who)[:_PAGE]), "board": access.TRANCHES.opens_for(request.who),
    })


@page("schemes/agreements/<int:pk>/", name="schemes:agreement", can=access.AGREEMENTS, title=t("任务书", "Task agreement"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: whose turn it is, milestones with progress, tranches side by side, changes, costs and papers."""
    return shown(request, agreement_of(request, pk))


def agreement_of(request: HttpRequest, pk: int) -> Agreement:
    """The agreement, if the reader may see it; else 404."""
    rows = Agreement.objects.select_related("party", "issuer", "district", "steward", "verifier", "venture", "application__call", "former")
    return access.AGREEMENTS.get(request.who, rows, pk=pk)


def shown(request: HttpRequest, row: Agreement, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    """The page of an agreement, with the form that came back marked."""
    now, who = timezone.now(), request.who
    found = agreements.agreement_page(row, now)
    acts = _acts(request, row)
    return render(request, "schemes/agreement.html", {
        "row": row, "state": words.AGREEMENT_STATES[row.state], "tone": _TONES[row.state],
        "kind": scheme_kinds()[row.application.call.kind], "field": _field(row, now),
        "because": words.TASK_ENDS.get(row.because, ""), "total": row.city_amount + row.district_amount, "paid": money.paid_to(row),
        "again": [{"form": form, "title": PAGES[f"schemes:agreement_{verb}"].title, "url": _url(row, verb)} for verb, form in
                  (wrong or {}).items()],
        "acts": acts, "forms": {verb: _form(row, verb) for verb in _WHOLE if acts.get(verb)},
        "goals": [_goal(row, each, acts, period.day(now)) for each in found.goals],
        "pairs": [_pair(row, each, acts, who) for each in found.pairs],
        "changes": [_change(row, each, acts) for each in found.changes], "costs": found.costs, "handovers": found.handovers,
        "papers": [{"it": each, "sort": words.PAPER_SORTS[each.sort]} for each in found.papers],
        "assessments": [_assessment(row, each, acts, period.day(now)) for each in found.assessments],
        "said": _said(row), "pivots": joined([words.PIVOTS[each] for each in row.terms.get("pivots", ())]),
        "admissions": list(proofs.admissions(who, now)) if acts["admitted"] else [],
        "rule": rule_of(row.terms), "conversion": getattr(row, "conversion", None),
        "events": found.history,
        "steps": _steps(row, found),
        "trail": [{"label": _TITLE, "url": reverse("schemes:agreements")}, {"label": row.number, "url": ""}],
    }, status=status)


def _field(row: Agreement, now: dt.datetime) -> Text | None:
    """The field of the future that was agreed on, by its name on the day of signing, with its present one."""
    code = row.application.values.get("field")
    return said_on(code, period.day(row.signed_at or now)) if code else None


def _acts(request: HttpRequest, row: Agreement) -> dict[str, bool]:
    """What the reader may do now, by verb; for milestones and tranches their own state decides too."""
    who, live = request.who, row.state == "signed"
    holds, handles = access.HOLDS.may(who, row), access.MANAGES.may(who, row)
    return {
        "sign": row.state == "draft" and ((holds and row.party_signed_at is None) or (handles and row.issuer_signed_at is None)),
        "holds": holds, "claim": holds and live, "cost": holds and live, "change": holds and live, "withdraw": holds,
        "handles": handles and live,
        "judge": live and access.VERIFIES.may(who, row), "decide": handles and live, "finish": handles and live,
        "assess": handles and live, "pass_on": holds and live and _may_pass_on(row),
        "renew": handles and row.state == "finished" and scheme_kinds()[row.application.call.kind].renews,
        "hand_over": handles and row.state in ("draft", "signed"), "end": handles and row.state in ("draft", "signed"),
        "pays": access.PAYS.may(who, row), "live": live, "admitted": holds and bool(row.terms.get("said")) and proofs.proven(row),
        "appeals": holds or bool(who.offices & {*access.ISSUING, "auditor"}),
    }


def _may_pass_on(row: Agreement) -> bool:
    """A project that was proven names the company that it became, until the company's licence is handed in."""
    return bool(row.terms.get("said")) and row.party.sort not in proofs.COMPANIES and proofs.proven(row) \
        and not row.milestones.filter(role=words.COMPANY, state__in=["claimed", "passed"]).exists()


def _form(row: Agreement, verb: str, item: int | None = None, **known: Any) -> forms.Form:
    initial = {"document": row.document} if verb == "sign" else {"item": item, **known}
    return FORMS[verb](prefix=verb, agreement=row, initial=initial, auto_id=f"id_{verb}_{item or 0}_%s")


def _url(row: Agreement, verb: str) -> str:
    return reverse(f"schemes:agreement_{verb}", kwargs={"pk": row.pk})


def _goal(row: Agreement, goal: Goal, acts: dict[str, bool], today: dt.date) -> dict[str, Any]:
    each = goal.it
    found = goal.count.value if goal.count else None
    overdue, verb = each.state in ("due", "deferred") and each.due < today, "test" if each.role == words.TEST else "judge"
    return {"it": each, "goal": goal, "state": words.MILESTONE_STATES[each.state], "tone": _ITEM_TONES.get(each.state, "plain"),
            "count": found, "clock": goal.clock, "left": None if found is None else max(each.least - found, 0),
            "claim": _form(row, "claim", each.pk, lines=each.evidence) if acts["claim"] and each.state in ("due", "deferred") else None,
            "verb": verb, "judge": _form(row, verb, each.pk) if acts["judge"] and (each.state == "claimed" or overdue) else None,
            "overdue": overdue}


def _pair(row: Agreement, pair: Pair, acts: dict[str, bool], who: Any) -> dict[str, Any]:
    sides = []
    for each in (pair.city, pair.district):
        if each is None:
            sides.append(None)
            continue
        pays = acts["pays"] and each.payer_id in who.acts_for()
        able = {"pay": pays and acts["live"] and each.state == "due", "withhold": acts["handles"] and each.state in ("planned", "due"),
                "recover": pays and each.state == "paid", "pay_back": pays and each.state == "recovering",
                "cost": acts["cost"] and each.state == "paid"}
        sides.append({"it": each, "level": words.LEVELS[each.level], "state": words.TRANCHE_STATES[each.state],
                      "tone": _ITEM_TONES.get(each.state, "plain"), "clock": pair.clocks.get(each.pk),
                      "because": {**words.WITHHELD_REASONS, **words.RECOVERY_REASONS}.get(each.because, ""),
                      "verbs": [{"name": verb, "title": PAGES[f"schemes:agreement_{verb}"].title, "url": _url(row, verb),
                                 "form": _form(row, verb, each.pk)} for verb, may in able.items() if may]})
    return {"number": pair.number, "milestone": pair.milestone, "sides": sides}


def _change(row: Agreement, each: Any, acts: dict[str, bool]) -> dict[str, Any]:
    asked = each.state == "asked"
    return {"it": each, "sort": words.CHANGE_SORTS[each.sort], "state": words.CHANGE_STATES[each.state],
            "tone": _ITEM_TONES.get(each.state, "plain"),
            "pivot": words.PIVOTS.get(each.pivot, ""),
            "diff": [{"label": _FIELDS[name], "before": each.before.get(name, ""), "after": value} for name, value in each.after.items()],
            "decide": _form(row, "decide", each.pk) if asked and acts["decide"] else None,
            "withdraw": _form(row, "withdraw", each.pk) if asked and acts["withdraw"] else None}


def _assessment(row: Agreement, each: Any, acts: dict[str, bool], today: dt.date) -> dict[str, Any]:
    able = ("hear",) if each.state == "open" else ()
    verbs_now = (*able, "conclude") if acts["assess"] and each.state != "decided" else ()
    appeal, until = getattr(each, "appeal", None), None
    if each.result in ("warned", "lowered"):
        until = appeal_until(each.decided_at)
        verbs_now = ("appeal",) if acts["holds"] and appeal is None and today <= until else ()
    return {"appeal": appeal, "until": until, "it": each, "result": words.ASSESSED.get(each.result, ""),
            "tier": words.TIERS.get(each.tier, ""), "share": each.share / 1_000_000,
            "verbs": [{"title": PAGES[f"schemes:agreement_{verb}"].title, "url": _url(row, verb), "form": _form(row, verb, each.pk)}
                      for verb in verbs_now]}


def _said(row: Agreement) -> list[dict[str, Any]]:
    """What the application said that both signed."""
    kind, said = scheme_kinds()[row.application.call.kind], row.terms.get("said", {})
    return [{"label": kind.ask(name).label, "text": said[name]} for name in kind.carries if name in said]


_FIELDS = {"title": t("内容", "title"), "measure": t("指标", "measure"), "least": t("数量", "number"), "due": t("期限", "due"),
           "evidence": t("证明材料", "evidence"), "ends": t("执行期限止", "ends")}


def _steps(row: Agreement, found: AgreementPage) -> list[dict[str, Any]]:
    done = {"draft": 0, "signed": 1}.get(row.state, 3)
    if row.state == "signed" and found.goals and all(each.it.share is not None for each in found.goals):
        done = 2
    labels = (t("签署", "sign"), t("里程碑考核", "milestones"), t("拨付完毕", "all paid"))
    after = "skipped" if row.state == "ended" else "done"
    return [{"label": label, "state": "now" if at == done else "ahead" if at > done else
             after if at or not row.signed_at else "done"} for at, label in enumerate(labels)]


@page("schemes/agreements/new/<int:pk>/", name="schemes:agreement_new", can=access.DRAWS_UP, title=t("拟定任务书", "Draw up an agreement"),
      methods=("GET", "POST"))
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw up the agreement of an awarded application."""
    award = access.DRAWS_UP.get(request.who, Application.objects.select_related("call", "applicant"), pk=pk, state="awarded")
    kind = scheme_kinds()[award.call.kind]
    form = DrawUpForm(request.POST or None, kind=kind, initial={"starts": period.day(timezone.now())})

    def drawn_up(said: dict[str, Any], by: str, at: dt.datetime) -> str:
        return verbs.url_of(verbs.draw_up(application=award, starts=said["starts"], ends=said["ends"], milestones=form.planned,
                                          steward=said["steward"], verifier=said["verifier"], terms=form.terms, by=by, at=at))

    done = t("任务书已拟定，请双方签署", "drawn up; both sides sign it next")
    if form.is_bound and (led := press(request, form, drawn_up, "", done)):
        return led
    return render(request, "schemes/agreement_new.html", {
        "carried": [{"label": kind.ask(name).label, "text": award.values.get(name, "")} for name in kind.carries],
        "award": award, "form": form, "kind": kind, "signing": kind.tranches.on_signing / 1_000_000 if kind.tranches else None,
        "trail": [{"label": _TITLE, "url": reverse("schemes:agreements")}, {"label": PAGES["schemes:agreement_new"].title, "url": ""}],
    }, status=422 if form.is_bound else 200)


@page("schemes/agreements/<int:pk>/papers/<slug:digest>/", name="schemes:agreement_paper", can=access.AGREEMENTS,
      title=t("任务书文件", "Paper of an agreement"))
def paper(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A document of the agreement, checked against its digest, always as a download."""
    row = access.AGREEMENTS.get(request.who, Agreement.objects.all(), pk=pk)
    return download(digest, agreements.documents_of(row).get(digest))


@page("schemes/agreements/<int:pk>/bundle.zip", name="schemes:agreement_bundle", can=access.AGREEMENTS, title=t("审计包", "Audit bundle"))
def bundled(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of the agreement in one archive, each fact with its proof."""
    row = agreement_of(request, pk)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    bundle.write(file, row)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{row.number}.zip", content_type="application/zip")
