"""The form by which one lets somebody read: for whom, who, what, what for and until when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fuhua.evidence import queries as evidence
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties import models

LENGTHS = [(str(days), t("{n} 天", "{n} days").format(n=days)) for days in (7, 30, 90, 180)]


class NewConsent(forms.Form):
    """Let somebody read one's own record, or one document behind it."""

    giver = forms.ChoiceField(label=t("授权方", "On behalf of"))
    reader = forms.CharField(
        label=t("谁可以查阅", "Who may read"),
        max_length=200,
        help_text=t(
            "单位名称、信用代码，或个人的完整姓名；有多个时下一步选择",
            "an organisation's name or code, or a person's whole name; choose in the next step if there are several",
        ),
    )
    what = forms.ChoiceField(
        label=t("查阅内容", "What they may read"),
        choices=[
            ("record", t("授权方的全部事实", "every fact about the giver")),
            ("document", t("一份文件", "one document")),
        ],
    )
    digest = forms.CharField(
        label=t("文件摘要", "The document's digest"),
        required=False,
        max_length=64,
        help_text=t("仅在授权一份文件时填写（SHA-256，64 位），见事实页面",
                    "only for a document: its SHA-256 of 64 signs, shown on the fact's page"),
    )
    purpose = forms.CharField(label=t("查阅目的", "What for"), max_length=200)
    days = forms.ChoiceField(
        label=t("有效期", "For"), choices=[*LENGTHS, ("", t("到指定日期", "until a day"))], initial="30", required=False
    )
    until = forms.DateField(
        label=t("指定日期", "Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=t("选择“到指定日期”时填写", "when “until a day” is chosen"),
    )

    def __init__(self, *args: Any, givers: list[models.Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.givers = {str(giver.pk): giver for giver in givers}
        self.fields["giver"].choices = [(key, str(giver)) for key, giver in self.givers.items()]

    def clean(self) -> dict[str, Any]:
        """The thing and the end that were chosen."""
        given = super().clean()
        giver = self.givers.get(given.get("giver", ""))
        if given.get("what") == "document" and giver is not None:
            given["digest"] = given.get("digest", "").lower()
            if not self._is_behind(giver, given["digest"]):
                self.add_error("digest", str(t("没有找到：该文件须是授权方某条事实所附的文件",
                                               "not found: it must be a document attached to a fact about the giver")))
        if not given.get("days") and not given.get("until"):
            self.add_error("until", str(t("请填写日期，或选择天数", "give a day, or choose a number of days")))
        return given

    def _is_behind(self, giver: models.Party, digest: str) -> bool:
        if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            return False
        return evidence.facts().filter(subject=giver.urn, body__contains=f'"{digest}"').exists()

    def consent(self, now: dt.datetime) -> dict[str, Any]:
        """The arguments of ``consents.give`` but the reader's."""
        given = self.cleaned_data
        giver = self.givers[given["giver"]]
        ends = now + dt.timedelta(days=int(given["days"])) if given["days"] else period.end_of(given["until"])
        return {
            "giver": giver,
            "thing": giver.urn if given["what"] == "record" else given["digest"],
            "purpose": given["purpose"],
            "expires": ends,
        }


def one_reader(found: list[models.Party], written: str) -> models.Party:
    """The only one found; ``ValidationError`` when nobody was, or several."""
    if not found:
        raise ValidationError(
            str(
                t("没有找到“{text}”，请核对名称，或填写对方的 URN", "nobody is found as “{text}”; check it, or write their URN")
                .format(text=written)
            )
        )
    if len(found) > 1:
        raise ValidationError(str(t("可能是以下几个，请选择一个", "it may be one of these; choose")))
    return found[0]
