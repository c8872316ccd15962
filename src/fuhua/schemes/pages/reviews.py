"""Pages of an expert: my reviews, and one application with its rubric, to be scored or declined for a conflict."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import area
from fuhua.parties.panels.downloads import download
from fuhua.parties.panels.pressing import PressForm, press
from fuhua.schemes import access
from fuhua.schemes.actions import reviews
from fuhua.schemes.models import Application, Call, Review
from fuhua.schemes.queries import panels as reads
from fuhua.schemes.queries.answers import shown
from fuhua.schemes.queries.printed import points
from fuhua.schemes.queries.rounds import kind_of, rubric_of
from fuhua.schemes.words import REVIEW_STATES


class ScoreForm(PressForm):
    """Whole points for every line of the rubric, and the comment."""

    comment = forms.CharField(label=t("评审意见", "Comment"), max_length=4000, widget=area(6),
                              help_text=t("将原文反馈给申报单位", "the applicant gets it word for word"))

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in rubric_of(call):
            label = t("{line}（0–{most} 分）", "{line} (0 to {most})").format(line=line.label, most=line.most)
            self.fields[line.code] = forms.IntegerField(label=label, min_value=0, max_value=line.most)
        self.order_fields([*(line.code for line in rubric_of(call)), "comment", "once"])


class RecuseForm(PressForm):
    """Why the expert must not review it."""

    why = forms.CharField(label=t("回避理由", "Why"), max_length=500, widget=area(),
                          help_text=t("提交后您将不再看到该申报", "you will not see the application any more"))


@page("schemes/reviews/", name="schemes:reviews", can=access.APPLIES, title=t("我的评审", "My reviews"))
def listed(request: HttpRequest) -> HttpResponse:
    """What I am asked to review, and what I handed in."""
    return render(request, "schemes/reviews.html", {"rows": [
        {"it": each, "state": REVIEW_STATES[each.state], "points": points(each.total)} for each in reads.mine(request.who)]})


def _review(request: HttpRequest, pk: int) -> Review:
    return access.SITS.get(request.who, Review.objects.select_related("application__call", "seat"), pk=pk)


@page("schemes/reviews/<int:pk>/", name="schemes:review", can=access.SITS, title=t("评审", "Review"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The application and its rubric."""
    return _shown(request, _review(request, pk))


def _shown(request: HttpRequest, review: Review, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    application, call, wrong = review.application, review.application.call, wrong or {}
    return render(request, "schemes/review.html", {
        "review": review, "application": application, "call": call, "answers": answers(call, application),
        "papers": list(application.attachments.order_by("code", "pk")),
        "open": review.state == "asked" and application.state == "in_review",
        "score": wrong.get("score") or ScoreForm(prefix="score", call=call), "recuse": wrong.get("recuse") or RecuseForm(prefix="recuse"),
        "marks": [(line.label, review.marks.get(line.code), line.most) for line in rubric_of(call)] if review.marks else [],
        "points": points(review.total), "trail": [{"label": t("我的评审", "My reviews"), "url": reverse("schemes:reviews")},
                                                  {"label": application.number or "", "url": ""}],
    }, status=status)


def answers(call: Call, application: Application) -> list[tuple[Text, Text]]:
    """What was answered in the application, in words."""
    return [(ask.label, shown(ask, application.values.get(ask.name))) for ask in kind_of(call).asks]


@page("schemes/reviews/<int:pk>/score/", name="schemes:review_score", can=access.SITS, title=t("提交评分", "Hand in the scores"),
      methods=("POST",))
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the scores in, sealed."""
    review = _review(request, pk)
    form = ScoreForm(request.POST, prefix="score", call=review.application.call)

    def act(said: dict[str, Any], by: str, at: Any) -> None:
        reviews.score(review=review, marks=said, comment=said["comment"], by=by, at=at)

    return press(request, form, act, reverse("schemes:reviews"), t("已提交，评分已封存", "handed in and sealed")) \
        or _shown(request, review, {"score": form}, 422)


@page("schemes/reviews/<int:pk>/recuse/", name="schemes:review_recuse", can=access.SITS, title=t("申请回避", "Declare a conflict"),
      methods=("POST",))
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a conflict: another expert takes it."""
    review, form = _review(request, pk), RecuseForm(request.POST, prefix="recuse")
    done = t("已回避，将由其他专家评审", "you are out of it; another expert takes it")
    return press(request, form, lambda said, by, at: reviews.recuse(review=review, why=said["why"], by=by, at=at),
                 reverse("schemes:reviews"), done) or _shown(request, review, {"recuse": form}, 422)


@page("schemes/reviews/<int:pk>/papers/<slug:digest>/", name="schemes:review_paper", can=access.SITS, title=t("申报材料", "Paper"))
def paper(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A document that was handed in with the application, always as a download."""
    found = _review(request, pk).application.attachments.filter(digest=digest).first()
    return download(digest, found and found.name)
