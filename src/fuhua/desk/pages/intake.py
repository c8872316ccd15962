"""Pages of rosters: hand one in, say how its columns are read, see the dry run, confirm, follow it, mend what is left."""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.desk import access, models
from fuhua.desk.actions import intake as desk
from fuhua.desk.actions.intake_pass import work_once
from fuhua.desk.queries import intakes, returned
from fuhua.desk.words import VERDICTS, IntakeState, Verdict
from fuhua.evidence.facts import BadFact
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import Menu, number, page
from fuhua.kernel.roster import ROSTERS
from fuhua.kernel.words import t

_AT_ONCE = 2_000  # rows: up to here a roster is worked on in the request, so that the result is seen at once
_SMALL = 400 * 1024  # bytes: what surely holds no more than a few thousand rows
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """The file, and what it lists if the sender wants to say so."""

    file = forms.FileField(label=t("文件（.xlsx 或 .csv）", "File (.xlsx or .csv)"))
    roster = forms.ChoiceField(label=t("名册种类", "Roster"), required=False)

    def __init__(self, *given: Any, who: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["roster"].choices = [("", t("自动识别", "recognise it")), *[
            (roster.name, roster.title) for roster in desk.allowed(who)]]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv,.tsv,.txt"


@page("desk/rosters/", name="desk:intakes", can=access.HANDS_IN, title=t("名册导入", "Rosters"), methods=("GET", "POST"), files=True,
      menu=Menu(t("名册导入", "Rosters"), "upload", 70))
def listed(request: HttpRequest) -> HttpResponse:
    """Hand a roster in; below, those handed in before."""
    form = UploadForm(request.POST or None, request.FILES or None, who=request.who)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            intake = desk.hand_in(sent.file, file_name=sent.name, who=request.who, by=request.who.urn, at=timezone.now(),
                                  roster=form.cleaned_data["roster"])
        except BadFact as wrong:
            form.add_error("file", wrong.text)
        else:
            return redirect("desk:intake", intake.pk)
    before = number(request, "before")
    rows = intakes.listed(request.who)
    found = list((rows if before is None else rows.filter(pk__lt=before))[: intakes.PAGE + 1])
    older = f"?before={found[intakes.PAGE - 1].pk}" if len(found) > intakes.PAGE else ""
    return render(request, "desk/intakes.html", {
        "form": form, "older": older, "rows": [intakes.shown(intake) for intake in found[: intakes.PAGE]],
        "kinds": desk.allowed(request.who)}, status=400 if form.errors else 200)


@page("desk/rosters/templates/<slug:roster>.xlsx", name="desk:intake_template", can=access.HANDS_IN,
      title=t("名册模板", "Roster template"))
def template(request: HttpRequest, roster: str) -> HttpResponse:
    """A blank workbook to fill in."""
    kind = next((each for each in desk.allowed(request.who) if each.name == roster), None)
    if kind is None:
        raise Http404
    out = io.BytesIO()
    returned.write_template(kind, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{kind.title}.xlsx", content_type=_SHEET)


@page("desk/rosters/<int:pk>/", name="desk:intake", can=access.SEES_INTAKE, title=t("名册", "Roster"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One roster, at whatever step it is."""
    intake = access.SEES_INTAKE.get(request.who, models.Intake.objects.select_related("by"), pk=pk)
    return render(request, "desk/intake.html", _context(request, intake))


def _context(request: HttpRequest, intake: models.Intake, mapping_error: Any = "") -> dict[str, Any]:
    own = intake.by_id == request.who.party_id
    asked = request.GET.get("rows", "")
    verdict = asked if asked in (Verdict.WRONG, Verdict.CHANGED, Verdict.REPEATED) else (
        Verdict.WRONG if intake.wrong or not intake.changed else Verdict.CHANGED)
    page_of_rows, following = intakes.rows(intake, verdict, number(request, "after") or 0)
    tabs = [{"label": VERDICTS[name], "url": f"?rows={name}", "active": name == verdict, "count": getattr(intake, name)}
            for name in (Verdict.WRONG, Verdict.CHANGED, Verdict.REPEATED) if getattr(intake, name)]
    mapping = own and intake.state in (IntakeState.UPLOADED, IntakeState.CHECKED)
    return {
        **intakes.shown(intake), "own": own, "mapping_error": mapping_error,
        "columns": intakes.columns(intake) if mapping else [], "rows": page_of_rows, "verdict": verdict, "tabs": tabs,
        "older": f"?rows={verdict}&after={following}" if following else "",
        "questions": intakes.questions(intake) if intake.waiting else [], "may_pick": access.PICKS.may(request.who, intake),
        "entered": intakes.entered(intake) if intake.state == IntakeState.DONE else [],
        "bad": intake.wrong + intake.waiting, "total": max(intake.total, 1),
    }


@page("desk/rosters/<int:pk>/progress/", name="desk:intake_progress", can=access.SEES_INTAKE, title=t("进度", "Progress"))
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, as the fragment that the page polls; when it is through, the page is loaded anew."""
    intake = access.SEES_INTAKE.get(request.who, models.Intake.objects.all(), pk=pk)
    response = render(request, "desk/intake.html#progress", {**intakes.shown(intake), "total": max(intake.total, 1)})
    if intake.state not in intakes.WORKING:
        response["HX-Refresh"] = "true"
    return response


@page("desk/rosters/<int:pk>/errors.xlsx", name="desk:intake_errors", can=access.SEES_INTAKE, title=t("待改行", "Rows to mend"))
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that stayed out, as a workbook with a column that says what is wrong."""
    intake = access.SEES_INTAKE.get(request.who, models.Intake.objects.all(), pk=pk)
    out = io.BytesIO()
    returned.write_bad_rows(intake, out)
    out.seek(0)
    stem = intake.file_name.rpartition(".")[0] or intake.file_name
    return FileResponse(out, as_attachment=True, filename=f"{stem} {t('待改', 'to mend')}.xlsx", content_type=_SHEET)


@page("desk/rosters/<int:pk>/mapping/", name="desk:intake_mapping", can=access.OWN_INTAKE, title=t("核对列", "Check the columns"),
      methods=("POST",))
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the columns as the person says, and make the dry run."""
    intake = access.OWN_INTAKE.get(request.who, models.Intake.objects.all(), pk=pk)
    fields = {column.name for column in ROSTERS[intake.roster].columns}
    chosen = {index: name for index in range(len(intake.headers))
              if (name := request.POST.get(f"column_{index}", "")) in fields}
    try:
        desk.map_columns(intake, mapping=chosen, by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        intake.mapping = {str(index): name for index, name in chosen.items()}
        return render(request, "desk/intake.html", _context(request, intake, wrong.text), status=400)
    if desk.size_of(intake) <= _SMALL:
        work_once(timezone.now(), intake=intake)
    return redirect("desk:intake", pk)


@page("desk/rosters/<int:pk>/confirm/", name="desk:intake_confirm", can=access.OWN_INTAKE, title=t("确认入库", "Enter the good rows"),
      methods=("POST",))
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the good rows entered."""
    intake = access.OWN_INTAKE.get(request.who, models.Intake.objects.all(), pk=pk)
    intake = desk.confirm(intake, by=request.who.urn, at=timezone.now())
    if intake.total <= _AT_ONCE:
        work_once(timezone.now(), intake=intake, seconds=25)
    return redirect("desk:intake", pk)


@page("desk/rosters/<int:pk>/drop/", name="desk:intake_drop", can=access.OWN_INTAKE, title=t("放弃", "Drop"), methods=("POST",))
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the roster up."""
    intake = access.OWN_INTAKE.get(request.who, models.Intake.objects.all(), pk=pk)
    desk.drop(intake, by=request.who.urn, at=timezone.now())
    return redirect("desk:intakes")


@page("desk/rosters/<int:pk>/pick/", name="desk:intake_pick", can=access.PICKS, title=t("确认主体", "Say which organisation"),
      methods=("POST",))
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which organisation the rows mean; those of a roster already entered are entered at once."""
    intake = access.PICKS.get(request.who, models.Intake.objects.all(), pk=pk)
    party = request.POST.get("party", "")
    try:
        count = desk.pick(intake, question=request.POST.get("question", ""), party="" if party == "new" else party,
                          by=request.who.urn, at=timezone.now())
    except (BadFact, WrongState) as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("已确认，涉及 {n} 行", "noted; {n} rows follow it").format(n=count))
        if intake.state == IntakeState.DONE:
            work_once(timezone.now(), intake=intake, seconds=15)
    return redirect("desk:intake", pk)
