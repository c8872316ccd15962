"""The forms of quotes: what is asked of whom, what is offered, how an order is split, and an engineer's grant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any
from unicodedata import normalize

from django import forms

from fuhua.evidence.facts import BadFact
from fuhua.exchange.actions.quotes import Offered
from fuhua.exchange.actions.rfqs import Row
from fuhua.exchange.kinds.scales import PIECE, QUALITY, UNITS, unit_of
from fuhua.exchange.kinds.spec import Field
from fuhua.exchange.models import Listing, Quote, Rfq
from fuhua.exchange.words import DECLINES, INVENTIONS, MOST_PIECES, VAT
from fuhua.kernel import period
from fuhua.kernel.once import OnceField
from fuhua.kernel.questions import BadValue, read
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, cut, listed, t
from fuhua.parties.panels import OrganisationField
from fuhua.parties.panels.pressing import PressForm
from fuhua.parties.queries import exact, in_bulk

_LINES = re.compile(r"\t|(?<!\s)\s*[|｜]\s*")
_STEPS = re.compile(r",?[/／、；;，\s]+")  # between the quantities of a ladder
_COUNT = re.compile(r"[0-9]{1,10}|[0-9]{1,3}(?:,[0-9]{3}){1,3}")  # 1000, or 1,000 as the pages print it
_LISTED = re.compile(r",(?!000)")  # a lone 10,100 may be one quantity or two
_NAMES = t("填写全称、挂牌名或统一社会信用代码", "registered name, plate or credit code")
_DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
FILED = t("公开或发给他人前，其中的发明是否已申请专利？", "Before it is shown: has a patent been filed for what is new in it?")


class InventionField(forms.ChoiceField):
    """What is asked before anything technical is shown: has a patent been filed."""

    def __init__(self, **given: Any) -> None:
        super().__init__(label=FILED, choices=list(INVENTIONS.items()), widget=forms.RadioSelect, help_text=t(
            "未申请就公开，可能丧失新颖性；可先预约知识产权门诊",
            "what is disclosed before filing may no longer be patented; the IP clinic can look at it first"), **given)


LADDERS = {"": t("达到数量后全部按该档单价", "the rung reached prices every piece"),
           "yes": t("仅超出部分按该档单价", "each rung prices only the pieces beyond it")}


class ProvidersForm(forms.Form):
    """Who is asked."""

    once = OnceField()
    offered = forms.MultipleChoiceField(label=t("有匹配供给的单位", "Organisations with a fitting offer"), required=False,
                                        widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(label=t("其他单位", "Others"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
                             help_text=t("一行一家：全称、挂牌名或统一社会信用代码", "one a line: registered name, plate or credit code"))
    def __init__(self, *args: Any, suggested: Iterable[tuple[Any, Any]] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["offered"].choices = [(str(party.pk), _fitting(party, fit)) for party, fit in suggested]
        if not self.fields["offered"].choices:
            del self.fields["offered"]
            self.fields["others"].required = True

    def clean_others(self) -> list[Any]:
        """The organisations written, one a line; each line that names nobody is said."""
        found, wrong = [], []
        for line in filter(str.strip, self.cleaned_data["others"].splitlines()):
            try:
                found.append(exact.organisation(line))
            except BadFact as none:
                wrong.append(str(none.text))
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def providers(self) -> list[Any]:
        """Everybody who was chosen or named."""
        return [*in_bulk.by_ids(int(pk) for pk in self.cleaned_data.get("offered", [])), *self.cleaned_data["others"]]


class RfqForm(ProvidersForm):
    """What is asked of whom."""

    required = forms.MultipleChoiceField(label=t("须持有的资质（过期即不能参与）", "Credentials they must hold (in force)"), required=False,
                                         choices=list(QUALITY.items()), widget=forms.CheckboxSelectMultiple)
    invention = InventionField()


class LinesForm(RfqForm):
    """Rows of a service, as they are pasted from a spreadsheet."""

    rows = forms.CharField(label=t("报价明细", "What is to be priced"), widget=forms.Textarea(attrs={"rows": 6}), help_text=t(
        "一行一项，可从表格粘贴：内容、数量、单位、验收标准（选填），用制表符或 | 隔开",
        "one a line, as pasted from a spreadsheet: what, quantity, unit, its test (optional), divided by tabs or |"))
    field_order = ("rows", "offered", "others", "required", "invention")

    def clean_rows(self) -> list[Row]:
        """The rows; the first line that cannot be read is named by its number."""
        found = []
        for number, line in enumerate(self.cleaned_data["rows"].splitlines(), 1):
            cells = [cell.strip() for cell in _LINES.split(line.strip())]
            if cells == [""]:
                continue
            count = _counted(cells[1]) if len(cells) >= 3 else None
            if count is None:
                raise forms.ValidationError(str(t("第 {n} 行应为：内容 | 整数数量 | 单位 | 验收标准",
                                                  "line {n} should read: what | whole quantity | unit | its test").format(n=number)))
            found.append(Row(cells[0][:200], count, _unit(cells[2][:20]), " ".join(cells[3:])[:1000]))
        return found

    def quantity(self) -> int | None:
        """Nothing is wanted by number as a whole."""
        return None


class LadderForm(RfqForm):
    """One part, priced at several quantities."""

    item = forms.CharField(label=t("零件或材料", "Part or material"), max_length=200)
    unit = forms.CharField(label=t("单位", "Unit"), max_length=20, initial=lambda: str(PIECE))
    steps = forms.CharField(label=t("数量阶梯", "Ladder of quantities"), initial="10/100/1000", max_length=200,
                            help_text=t("请供方在这些数量上分别报单价", "a price a unit is asked at each of these quantities"))
    pieces = forms.IntegerField(label=t("本次采购数量", "Wanted now"), min_value=1, max_value=MOST_PIECES)
    test = forms.CharField(label=t("验收标准", "Test of acceptance"), required=False, max_length=1000,
                           help_text=t("不填则用需求的成功标准", "left empty: the need’s test of success"))
    sample = forms.BooleanField(label=t("先交样品", "A sample comes first"), required=False, help_text=t(
        "供方报价时写明交样时间；样品按同一标准验收", "providers say in how many days; it is judged by the same test"))
    field_order = ("item", "unit", "steps", "pieces", "test", "sample", "offered", "others", "required", "invention")

    def clean_unit(self) -> str:
        """The unit, as the agreement will say it."""
        return _unit(self.cleaned_data["unit"])

    def clean_steps(self) -> list[int]:
        """The quantities, rising; what cannot be read is named, and is never left out."""
        counts = {part: _counted(part) for part in _STEPS.split(self.cleaned_data["steps"]) if part}
        if wrong := [part for part, count in counts.items()
                     if not count or count > MOST_PIECES or (len(counts) == 1 and _LISTED.search(part))]:
            raise forms.ValidationError(str(t("“{what}”不是大于 0 的整数数量，请写成 10/100/1000",
                                              "“{what}” is no whole quantity above 0; write 10/100/1000").format(what=cut(wrong[0]))))
        if not 0 < len(counts) <= 12:
            raise forms.ValidationError(str(t("请写 1 至 12 个数量，如 10/100/1000", "write 1 to 12 quantities such as 10/100/1000")))
        return sorted({count for count in counts.values() if count})

    def clean(self) -> dict[str, Any]:
        """The rows, one for each quantity."""
        told = super().clean() or {}
        told["rows"] = [Row(told.get("item", ""), step, told.get("unit", ""), told.get("test", "")) for step in told.get("steps", [])]
        return told

    def quantity(self) -> int | None:
        """How many are wanted now."""
        return self.cleaned_data["pieces"]


class PriceField(forms.CharField):
    """An amount in yuan as people write it, the price of one ``unit`` if one is named; other currencies are refused."""

    def __init__(self, *, unit: str = "", **given: Any) -> None:
        super().__init__(required=False, **given)
        self.spec = Field("price", t("单价", "price"), "money", unit=unit_of(unit))

    def to_python(self, value: Any) -> int | None:
        """Integer fen, or None when nothing was written."""
        try:
            return read(self.spec, super().to_python(value))
        except BadValue as wrong:
            raise forms.ValidationError(str(wrong.text)) from wrong


class QuoteForm(forms.Form):
    """A quote: the price of one unit of every row, and the terms."""

    once = OnceField()

    def __init__(self, *args: Any, rfq: Rfq, **given: Any) -> None:
        super().__init__(*args, **given)
        self.rfq = rfq
        for index, row in enumerate(rfq.rows):
            label = t("{item} × {n} {unit}：含税单价（元）", "{item} × {n} {unit}: price of one with VAT (yuan)").format(
                item=row["item"], n=row["quantity"], unit=unit_of(row["unit"]))
            self.fields[f"price_{index}"] = PriceField(label=label, unit=row["unit"],
                                                       help_text=t("不提供请留空", "leave empty if not offered"))
        if rfq.ladder:
            self.fields |= {
                "tooling": PriceField(label=t("模具与工装费（元，一次性）", "Tooling, once (yuan)")),
                "least": forms.IntegerField(label=t("起订量", "Least order"), min_value=1, max_value=MOST_PIECES, initial=1),
                "most": forms.IntegerField(label=t("最大供货量", "Most that can be made"), min_value=1, max_value=MOST_PIECES,
                                           required=False),
                "incremental": forms.ChoiceField(label=t("阶梯价方式", "How the ladder prices"), choices=list(LADDERS.items()),
                                                 required=False),
            }
        self.fields |= {
            **({"sample_days": forms.IntegerField(label=t("交样时间（天）", "Sample in (days)"), min_value=1, max_value=3_650)}
               if rfq.sample else {}),
            "lead_days": forms.IntegerField(label=t("交期（天）", "Lead time (days)"), min_value=1, max_value=3_650),
            "vat": forms.TypedChoiceField(label=t("增值税税率", "Rate of VAT"), required=False, coerce=int, empty_value=None,
                                          choices=[("" if rate is None else rate, said) for rate, said in VAT.items()], initial="",
                                          help_text=t("单价均按含税价比较", "prices are compared with VAT included")),
            "valid_until": forms.DateField(label=t("报价有效期至", "Valid until"), **_DAY),
            "note": forms.CharField(label=t("说明", "Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})),
        }

    def clean(self) -> dict[str, Any]:
        """A ladder whose price rises with the quantity is most often a slip: it is taken once it is confirmed."""
        told = super().clean() or {}
        steps = [(row, told.get(f"price_{index}")) for index, row in enumerate(self.rfq.rows)] if self.rfq.ladder else []
        given = [(row, price) for row, price in steps if price is not None]
        rise = next(((one, two) for one, two in pairwise(given) if two[1] > one[1]), None)
        if rise is not None:
            self.fields["rising"] = forms.BooleanField(required=False, label=t("确认单价随数量上升", "The price rises with the quantity"))
            if "rising" not in self.data:
                (less, low), (more, high) = rise
                self.add_error("rising", str(t("数量 {less} 单价 {low}，数量 {more} 反而 {high}：请核对单价；确实如此请勾选后重新提交",
                                               "{less} cost {low} each, {more} cost {high} each: check the prices; if that is meant, "
                                               "tick this and send again").format(
                    less=less["quantity"], low=formats.yuan(low), more=more["quantity"], high=formats.yuan(high))))
        return told

    def offered(self) -> Offered:
        """What was written, for ``actions.quotes``."""
        told = self.cleaned_data
        return Offered(prices=[told[f"price_{index}"] for index in range(len(self.rfq.rows))], lead_days=told["lead_days"],
                       sample_days=told.get("sample_days"), valid_until=told["valid_until"], tooling=told.get("tooling") or 0,
                       least=told.get("least") or 1, most=told.get("most"), incremental=bool(told.get("incremental")),
                       vat=told["vat"], note=told["note"])


def written(quote: Quote) -> dict[str, Any]:
    """A quote as its form shows it, so that it can be revised."""
    prices = {f"price_{index}": "" if price is None else f"{price / 100:.2f}" for index, price in enumerate(quote.prices)}
    return {**prices, "tooling": f"{quote.tooling / 100:.2f}", "least": quote.least, "most": quote.most,
            "incremental": "yes" if quote.incremental else "", "lead_days": quote.lead_days, "sample_days": quote.sample_days,
            "valid_until": quote.valid_until, "vat": "" if quote.vat is None else quote.vat, "note": quote.note}


class DeclineForm(forms.Form):
    """Why no quote comes."""

    because = forms.ChoiceField(label=t("不报价的原因", "Why not"), choices=[("", t("请选择", "choose")), *DECLINES.items()])


class SplitForm(forms.Form):
    """How an order is to be split: how many, over how many suppliers at most, and how soon."""

    pieces = forms.IntegerField(label=t("数量", "Quantity"), min_value=1, max_value=MOST_PIECES)
    most = forms.IntegerField(label=t("最多几家", "Suppliers at most"), min_value=1, max_value=30, required=False)
    days = forms.IntegerField(label=t("最长交期（天）", "Lead time at most (days)"), min_value=1, required=False)


class QuantityForm(forms.Form):
    """How many of one's own are ordered together."""

    pieces = forms.IntegerField(label=t("本单位数量", "Your quantity"), min_value=1, max_value=MOST_PIECES)


class ReviewForm(PressForm):
    """Whose engineers may look, and until when."""

    engineer = OrganisationField(label=t("工程师所在单位", "The engineers’ organisation"), help_text=_NAMES)
    until = forms.DateField(label=t("有效期至", "Until"), **_DAY)

    def expires(self) -> dt.datetime:
        """The end of the last day."""
        return period.end_of(self.cleaned_data["until"])


class NoteForm(PressForm):
    """What an engineer says."""

    text = forms.CharField(label=t("可制造性意见", "How it can be made"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class DeckForm(forms.Form):
    """Slides for a roadshow."""

    file = forms.FileField(label=t("路演材料（PDF、Office 或图片）", "Slides (PDF, Office or a picture)"))
    invention = InventionField()


class AnswerForm(forms.Form):
    """How it stands with patents now."""

    invention = InventionField()


class CredentialForm(forms.Form):
    """A credential with its certificate."""

    kind = forms.ChoiceField(label=t("资质", "Credential"), choices=[("", t("请选择", "choose")), *QUALITY.items()])
    number = forms.CharField(label=t("证书编号", "Number"), max_length=64)
    expires = forms.DateField(label=t("有效期至", "Valid until"), **_DAY)
    file = forms.FileField(label=t("证书扫描件", "Scan of the certificate"))

    def __init__(self, *args: Any, houses: Sequence[Any] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [(str(each.pk), each.name) for each in houses]
        hidden = {"widget": forms.HiddenInput} if len(choices) == 1 else {}
        self.fields["party"] = forms.ChoiceField(label=t("持证单位", "Held by"), choices=choices,
                                                 initial=choices[0][0] if choices else "", **hidden)


def asking(need: Listing, ladder: bool) -> tuple[type[RfqForm], dict[str, Any]]:
    """The form by which quotes are asked for a need, and what the need already tells of it."""
    quality = need.spec.get("quality", [])
    if ladder:
        wanted = need.spec.get("quantity", "")
        return LadderForm, {"item": need.spec.get("part", need.title), "required": quality,
                            "pieces": wanted if str(wanted).isdigit() else None, "sample": "sample" in need.spec}
    return LinesForm, {"required": quality}


def _fitting(party: Any, fit: Any) -> Text | str:
    """An organisation with the reasons for its offer that hold."""
    holds = [reason.text for reason in fit.reasons if reason.holds]
    return t("{name}（{why}）", "{name} ({why})").format(name=party.name, why=listed(holds)) if holds else party.name


def _counted(written: str) -> int | None:
    """The whole quantity written, None if it is none."""
    folded = normalize("NFKC", written)
    return int(folded.replace(",", "")) if _COUNT.fullmatch(folded) else None


def _unit(written: str) -> str:
    """The unit in the language of the agreement where it is one of ``UNITS``, else as written."""
    folded = written.casefold()
    return next((zh for zh, text in UNITS.items() if folded in (text.en, text.en.replace("(s)", ""), text.en.replace("(s)", "s"))), written)
