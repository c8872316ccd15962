"""Pages of an application: written by several and saved by itself, handed in once, and the verbs of officers and the district."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from fuhua.evidence.actions import documents, papers
from fuhua.evidence.facts import BadFact
from fuhua.kernel.access import Forbidden, Rule
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.downloads import download
from fuhua.parties.panels.pressing import Pressed, PressForm
from fuhua.parties.queries import exact, in_bulk
from fuhua.schemes import access
from fuhua.schemes.actions import applications, barring, recommendations, transfers, writing
from fuhua.schemes.actions.applications import BadApplication, url_of
from fuhua.schemes.kinds.schemes import scheme_kinds
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
from fuhua.schemes.pages.application_view import of, page_of, saved_part
from fuhua.schemes.queries import applications as reads
from fuhua.schemes.queries import files, gap_notice

_Act = Callable[[HttpRequest, Application, dict[str, Any], dict[str, Any]], Any]


@page("schemes/applications/<int:pk>/", name="schemes:application", can=access.APPLICATIONS, title=t("申报书", "Application"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: to be written, or as it was handed in, with its conditions clause by clause."""
    return page_of(request, of(request, pk))


def _mine(request: HttpRequest, pk: int) -> Application:
    row = of(request, pk)
    if not access.WRITES.may(request.who, row):
        raise Forbidden(access.WRITES.reason)
    return row


@page("schemes/applications/<int:pk>/save/", name="schemes:application_save", can=access.WRITES, title=t("保存申报书", "Save"),
      methods=("POST",))  # fmt: skip
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written; the page does this by itself while one writes, and the button does it without script."""
    row, at = _mine(request, pk), timezone.now()
    form, saved, reason = _saved(request, row, at)
    row.refresh_from_db()
    if request.headers.get("HX-Request"):
        return saved_part(request, row, saved, reason)
    if reason is None and saved is not None and not saved.wrong and not saved.clashes:
        messages.success(request, t("已保存", "saved"))
        return HttpResponseRedirect(url_of(row))
    if reason is not None:
        messages.error(request, reason)
    return page_of(request, row, form=form, saved=saved, status=422)


def _saved(request: HttpRequest, row: Application, at: Any) -> tuple[WritingForm | None, writing.Saved | None, Text | None]:
    """The form as it was sent, what came of saving it, and why it could not be saved at all."""
    try:
        form = WritingForm(row, writing.writable(row), request.POST)
        saved = writing.write(application=row, written=form.written(), base=form.base(), version=form.version(), by=request.who.urn, at=at)
    except BadFact as wrong:
        return None, None, wrong.text
    form.is_valid()
    return form, saved, None


@page("schemes/applications/<int:pk>/submit/", name="schemes:application_submit", can=access.WRITES, title=t("提交申报书", "Hand in"),
      methods=("POST",))  # fmt: skip
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Save, then hand in; pressed ten times or by two people it is handed in once. The moment is that of the request."""
    return _handed_in(request, pk, applications.submit, t("已提交", "handed in"))


@page("schemes/applications/<int:pk>/mend/", name="schemes:application_mend", can=access.WRITES,
      title=t("提交补正", "Hand in what was mended"), methods=("POST",))  # fmt: skip
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Save, then hand the mended application in."""
    return _handed_in(request, pk, applications.mend, t("补正已提交", "handed in"))


def _handed_in(request: HttpRequest, pk: int, act: Callable[..., Application], done: Text) -> HttpResponse:
    at, row = timezone.now(), _mine(request, pk)
    form, saved, _reason = _saved(request, row, at)
    if saved is not None and (saved.wrong or saved.clashes):
        return page_of(request, of(request, pk), form=form, saved=saved, status=422)
    try:
        act(application=row, by=request.who.urn, at=at)
    except (BadFact, WrongState) as wrong:
        messages.error(request, wrong.text)
        return page_of(request, of(request, pk), form=form, status=422)
    messages.success(request, done)
    return HttpResponseRedirect(url_of(row))


_PRESSED = Pressed("schemes/applications/", "schemes:application", of,
                   lambda request, row, wrong, status: page_of(request, row, wrong, status=status), lambda row, _found: url_of(row))


def _verb(verb: str, can: Rule, title: Text, done: Text, form_of: Callable[..., forms.Form], act: _Act) -> None:
    """Declare the page of one verb; ``act`` gets the request, the application, what the form said, and ``by`` and ``at``."""
    _PRESSED.verb(verb, can, title, done, form_of,
                  lambda request, row, form, told: act(request, row, form.cleaned_data | {"form": form}, told))


def _plain(verb: str, form: type[forms.Form]) -> Callable[[HttpRequest, Application], forms.Form]:
    return lambda request, _row: form(request.POST, request.FILES, prefix=verb)


def _contest_form(request: HttpRequest, row: Application) -> forms.Form:
    asks = {each.name: each for each in scheme_kinds()[row.call.kind].asks}
    ask = asks.get(request.POST.get("contest-name", ""))
    if ask is None:
        raise Http404
    return ContestForm(request.POST, ask=ask, prefix="contest")


def _invite(_request: HttpRequest, row: Application, said: dict[str, Any], told: dict[str, Any]) -> None:
    account = in_bulk.account(said["account"].strip())
    if account is None or account.party is None:
        raise BadApplication(t("没有这个登录名", "nobody has that user name"))
    writing.invite(application=row, person=account.party, **told)


def _dismiss(request: HttpRequest, row: Application, _said: dict[str, Any], told: dict[str, Any]) -> None:
    found = row.coauthors.filter(person=request.POST.get("person", "0") or 0).select_related("person").first()
    if found is not None:
        writing.dismiss(application=row, person=found.person, **told)


def _detach(request: HttpRequest, row: Application, _said: dict[str, Any], told: dict[str, Any]) -> None:
    found = row.attachments.filter(digest=request.POST.get("digest", ""), code=request.POST.get("code", "")).first()
    if found is None:
        raise BadApplication(t("没有这个文件，请刷新页面", "there is no such file; reload the page"))
    writing.detach(attachment=found, **told)


def _confirm(request: HttpRequest, row: Application, _said: dict[str, Any], told: dict[str, Any]) -> None:
    name = request.POST.get("name", "")
    names = [name] if name else [each for each, known in row.known.items() if not known["says"]]
    writing.confirm(application=row, names=names, **told)


def _take_in(request: HttpRequest, row: Application, said: dict[str, Any], told: dict[str, Any]) -> None:
    found = transfers.take_in(application=row, file=said["file"].file, **told)
    labels = {each.name: each.label for each in scheme_kinds()[row.call.kind].asks}
    for name, why in found.refused[:20]:
        messages.warning(request, t("未导入“{name}”：{why}", "“{name}” was not taken: {why}").format(name=labels.get(name, name), why=why))


def _recommend(request: HttpRequest, row: Application, said: dict[str, Any], told: dict[str, Any]) -> None:
    district = reads.district_of(row)
    if district is None or district.pk not in request.who.acts_for("district_officer"):
        raise BadApplication(t("请以所在区政府工作人员身份推荐", "only an officer of the district’s government recommends"))
    recommendations.recommend(application=row, district=district, matched=said["matched"], day=said["day"], letter=said["letter"].file,
                              **told)


def _object(_request: HttpRequest, row: Application, said: dict[str, Any], told: dict[str, Any]) -> None:
    house = exact.organisation(said["house"])
    barring.object_to(application=row, person=exact.person(said["person"], of=[house.pk]), said=said["said"], **told)


_verb("object", access.KEEPS, t("申请专家回避", "Keep an expert out"), t("已登记，此人不会评审", "noted; they will not review it"),
      _plain("object", ObjectForm), _object)
_verb("withdraw", access.KEEPS, t("撤回申报", "Withdraw"), t("已撤回", "withdrawn"), _plain("withdraw", PressForm),
      lambda _request, row, _said, told: applications.withdraw(application=row, **told))
_verb("confirm", access.WRITES, t("确认预填内容", "Confirm"), t("已确认", "confirmed"), _plain("confirm", PressForm), _confirm)
_verb("contest", access.WRITES, t("对预填内容提出异议", "Contest"), t("已记录异议", "contested; your value is handed in"),
      _contest_form, lambda _request, row, said, told: writing.contest(
          application=row, name=said["name"], reason=said["reason"], written=said["value"], **told))
_verb("attach", access.WRITES, t("上传证明材料", "Attach"), t("已上传", "attached"), _plain("attach", AttachForm),
      lambda _request, row, said, told: writing.attach(
          application=row, code=said["code"], name=said["file"].name, file=said["file"].file, **told))
_verb("detach", access.WRITES, t("移除证明材料", "Take a file out"), t("已移除", "taken out"), _plain("detach", PressForm), _detach)
_verb("invite", access.KEEPS, t("邀请共同填写", "Let somebody write it too"), t("已邀请", "they may write it now"),
      _plain("invite", InviteForm), _invite)
_verb("dismiss", access.KEEPS, t("取消共同填写", "No longer let them write"), t("已取消", "done"), _plain("dismiss", PressForm), _dismiss)
_verb("import", access.WRITES, t("导入申报书", "Import"), t("已导入", "taken in"), _plain("import", ImportForm), _take_in)
_verb("gaps", access.HANDLES, t("一次性告知补正", "Tell the gaps"), t("已告知申报单位", "the applicant is told"),
      lambda request, row: GapsForm(request.POST, row=row, prefix="gaps"),
      lambda _request, row, said, told: applications.ask_gaps(application=row, gaps=said["form"].gaps(), **told))
_verb("pass", access.HANDLES, t("通过资格审查", "Let it through"), t("已通过", "passed"), _plain("pass", PressForm),
      lambda _request, row, _said, told: applications.pass_(application=row, **told))
_verb("refuse", access.HANDLES, t("不符合条件", "Not eligible"), t("已告知申报单位", "the applicant is told"),
      _plain("refuse", PressForm), lambda _request, row, _said, told: applications.refuse(application=row, **told))
_verb("recommend", access.RECOMMENDS, t("区级推荐", "Recommend"), t("已推荐", "recommended"),
      _plain("recommend", RecommendForm), _recommend)


@page("schemes/applications/<int:pk>/application.json", name="schemes:application_file", can=access.APPLICATIONS,
      title=t("导出申报书", "Export of an application"))
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole file as JSON: a draft as it stands; what was handed in exactly as it was, byte for byte."""
    row = of(request, pk)
    if row.digest:
        return FileResponse(documents.open_document(row.digest), as_attachment=True, filename=f"{row.number}.json",
                            content_type=applications.JSON)
    response = HttpResponse(files.canonical(files.file_of(row)), content_type=applications.JSON)
    response["Content-Disposition"] = f'attachment; filename="application-{row.pk}.json"'
    return response


@page("schemes/applications/<int:pk>/gaps.pdf", name="schemes:application_gap_notice", can=access.APPLICATIONS,
      title=t("补正通知书", "Notice of gaps"))
def notice_of_gaps(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of gaps as PDF, the same bytes as when they were told."""
    row = of(request, pk)
    first = row.gaps.order_by("pk").first()
    if first is None:
        raise Http404
    paper = papers.pdf_of("schemes/notice.typ", gap_notice.said_of(row), at=first.asked_at)
    return HttpResponse(paper, content_type=papers.PDF, headers={"Content-Disposition": f'inline; filename="{row.number}-BZ.pdf"'})


@page("schemes/applications/<int:pk>/papers/<slug:digest>/", name="schemes:application_paper", can=access.APPLICATIONS,
      title=t("证明材料", "Paper of an application"))
def paper(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A document of the application or the district's letter, always as a download."""
    row = of(request, pk)
    names = dict(row.attachments.values_list("digest", "name"))
    if (letter := getattr(row, "recommendation", None)) is not None:
        names[letter.letter] = "recommendation.pdf"
    return download(digest, names.get(digest))
