"""Pages of credentials (实训合格证书): anybody verifies a number; the paper, and whether the name is shown, are for those concerned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions import documents
from fuhua.kernel import period
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import PressForm, press
from fuhua.schemes import access
from fuhua.schemes.actions import credentials as verbs
from fuhua.schemes.models import Credential
from fuhua.schemes.pages.talent_forms import NumberForm
from fuhua.schemes.queries import talents

_TITLE = t("证书查验", "Verify a credential")
_STANDINGS: dict[str, tuple[Text, str]] = {
    "valid": (t("有效", "valid"), "jade"),
    "expired": (t("已过有效期", "expired"), "ochre"),
    "void": (t("已作废", "void"), "zhu"),
}


@page("schemes/credentials/", name="schemes:credentials", can=access.PUBLIC, title=_TITLE)
def search(request: HttpRequest) -> HttpResponse:
    """Whether a number is that of a credential; a right one leads to its page."""
    form = NumberForm(request.GET or None)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    if number and (found := talents.credential_of(number)) is not None:
        return redirect(verbs.url_of(found))
    return render(request, "schemes/credentials.html", {"form": form, "missed": number})


def _get(number: str) -> Credential:
    found = talents.credential_of(number)
    if found is None:
        raise Http404
    return found


@page("schemes/credentials/<slug:number>/", name="schemes:credential", can=access.PUBLIC, title=t("实训合格证书", "Credential"))
def one(request: HttpRequest, number: str) -> HttpResponse:
    """Whether the credential holds, who issued it and until when; whose it is only if they want it known."""
    return _shown(request, _get(number), {}, 200)


def _shown(request: HttpRequest, row: Credential, wrong: Mapping[str, forms.Form], status: int) -> HttpResponse:
    who = request.who
    label, tone = _STANDINGS[talents.standing_of(row, period.day(timezone.now()))]
    own = access.OWN_CREDENTIAL.may(who, row)
    return render(request, "schemes/credential.html", {
        "row": row, "state": label, "tone": tone, "own": own, "form": wrong.get("name") or (PressForm(prefix="name") if own else None),
        "named": row.named or own or access.CREDENTIALS.may(who, row), "paper": access.CREDENTIALS.may(who, row),
        "trail": [{"label": _TITLE, "url": reverse("schemes:credentials")}, {"label": row.number, "url": ""}],
    }, status=status)


@page("schemes/credentials/<slug:number>/name/", name="schemes:credential_name", can=access.OWN_CREDENTIAL,
      title=t("公开或隐藏姓名", "Show or hide the name"), methods=("POST",))
def name(request: HttpRequest, number: str) -> HttpResponse:
    """The holder shows their name to whoever verifies the number, or hides it again."""
    row = _get(number)
    if not access.OWN_CREDENTIAL.may(request.who, row):
        raise Forbidden(access.OWN_CREDENTIAL.reason)
    form = PressForm(request.POST, prefix="name")

    def act(_said: dict[str, Any], by: str, at: Any) -> None:
        verbs.show_name(credential=row, shown=request.POST.get("shown") == "yes", by=by, at=at)

    return press(request, form, act, verbs.url_of(row), t("已设定", "set")) or _shown(request, row, {"name": form}, 422)


@page("schemes/credentials/<slug:number>/paper.pdf", name="schemes:credential_paper", can=access.CREDENTIALS,
      title=t("证书原件", "The paper"))
def paper(request: HttpRequest, number: str) -> FileResponse:
    """The sealed PDF, checked against its digest."""
    row = access.CREDENTIALS.get(request.who, Credential.objects.all(), number=number.upper())
    return FileResponse(documents.open_document(row.document), as_attachment=True, filename=f"{row.number}.pdf",
                        content_type="application/pdf")
