"""The forms of the review: what an officer may enter for a measure, a unit, a target, its indicator, a doubt, an edition."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fuhua.kernel.words import Text, t
from fuhua.parties.queries.matching import match
from fuhua.plan.models import Edition, Measure
from fuhua.plan.queries.linking import indicators
from fuhua.plan.queries.passages import located
from fuhua.plan.words import DECISIONS, OPS, PERIODS, ROLES, TRAJECTORIES

MOST_BYTES = 32 * 2**20
_NOT_FOUND = t("原文中找不到这句话，请从原文复制，或留空", "these words are not in the text; copy them from it, or leave this blank")


def _choices(words: dict[str, Text], blank: Text | None = None) -> list[tuple[str, Text]]:
    return [*([("", blank)] if blank else []), *words.items()]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class MeasureChoice(forms.ModelChoiceField):
    """A measure, shown by number and title."""

    def label_from_instance(self, row: Any) -> str:
        """``3 强化梯次培育``."""
        return f"{row.no} {row.title}"


class ReviewForm(forms.Form):
    """A form about one item of ``edition``; ``near`` is where in the text to look first."""

    def __init__(self, *args: Any, edition: Edition, near: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.near = near

    def _place(self, words: str, field: str, strict: bool) -> tuple[int, int] | None:
        found = located(self.edition.source_text, words, self.near) if words else None
        if words and found is None and strict:
            self.add_error(field, ValidationError(_NOT_FOUND))
        return found


class MeasureForm(ReviewForm):
    """A measure."""

    no = forms.IntegerField(label=t("编号", "Number"), min_value=1, max_value=999)
    title = forms.CharField(label=t("标题", "Title"), max_length=300)
    text = forms.CharField(label=t("内容", "Text"), required=False, widget=_area(6))
    continues = MeasureChoice(label=t("沿用上一版的举措", "Continues a measure of the previous edition"), required=False,
                              queryset=Measure.objects.none(), empty_label=t("（本版新增）", "(new in this edition)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.edition.predecessor_id is None:
            del self.fields["continues"]
        else:
            self.fields["continues"].queryset = Measure.objects.filter(edition=self.edition.predecessor_id)

    def clean(self) -> dict[str, Any]:
        """Finds the title in the text."""
        values = super().clean() or {}
        if found := self._place(values.get("title", ""), "title", strict=False):
            values["title_begin"], values["title_end"] = found
        return values


class UnitForm(ReviewForm):
    """A responsible unit of a measure."""

    printed = forms.CharField(label=t("单位名称（按原文）", "Unit, as printed"), max_length=120)
    role = forms.ChoiceField(label=t("分工", "Role"), choices=_choices(ROLES), initial="co")
    part = forms.CharField(label=t("只负责其中哪一部分（留空为整项）", "Only for this part (blank for the whole measure)"), required=False,
                           widget=_area(2))
    everywhere = forms.BooleanField(label=t("原文写明适用于全部举措", "The text makes it responsible for every measure"), required=False)

    def clean(self) -> dict[str, Any]:
        """Finds the name in the text."""
        values = super().clean() or {}
        if found := self._place(values.get("printed", ""), "printed", strict=False):
            values["begin"], values["end"] = found
        return values


class TargetForm(ReviewForm):
    """A numeric target."""

    measure = MeasureChoice(label=t("所属举措", "Measure"), required=False, queryset=Measure.objects.none(),
                            empty_label=t("（总体目标）", "(overall goal)"))
    metric = forms.CharField(label=t("指标", "Metric"), max_length=200)
    op = forms.ChoiceField(label=t("要求", "Requirement"), choices=_choices(OPS))
    value = forms.DecimalField(label=t("目标值", "Value"), max_digits=19, decimal_places=4,
                               help_text=t("百、千、万、亿请写成数字，例如 100亿元写 10000000000",
                                           "write the number out in full: ten billion is 10000000000"))
    upper = forms.DecimalField(label=t("上限（仅区间）", "Upper end (ranges only)"), max_digits=19, decimal_places=4, required=False)
    unit = forms.CharField(label=t("单位", "Unit"), max_length=20, required=False)
    deadline = forms.DateField(label=t("期限", "Deadline"), required=False, widget=_day())
    period = forms.ChoiceField(label=t("频次", "How often"), required=False, choices=_choices(PERIODS, t("一次性", "once")))
    quote = forms.CharField(label=t("原文", "Words of the plan"), required=False, widget=_area(2),
                            help_text=t("从原文复制，用于在原文中标出", "copied from the text, to mark the place"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = self.edition.measures.all()

    def clean(self) -> dict[str, Any]:
        """Finds the quote in the text, and asks an upper end of ranges only."""
        values = super().clean() or {}
        if found := self._place(values.get("quote", ""), "quote", strict=True):
            values["begin"], values["end"] = found
        elif not values.get("quote"):
            values["begin"] = values["end"] = 0
        if values.get("op") == "range" and values.get("upper") is None:
            self.add_error("upper", ValidationError(t("区间须填写上限", "a range needs an upper end")))
        return values


class LinkForm(ReviewForm):
    """Which indicator counts a target, and from what baseline."""

    counts = forms.ChoiceField(label=t("由哪个指标计数", "Counted by"), required=False)
    baseline_on = forms.DateField(label=t("基期日", "Baseline day"), required=False, widget=_day())
    baseline_value = forms.DecimalField(label=t("基期数值", "Value on that day"), max_digits=19, decimal_places=4, required=False)
    baseline_note = forms.CharField(label=t("基期说明", "About the baseline"), max_length=300, required=False,
                                    help_text=t("例如：发布前已有的数量是否计入", "for instance whether what was there before counts"))
    trajectory = forms.ChoiceField(label=t("推进节奏", "Path"), choices=_choices(TRAJECTORIES))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counts"].choices = [("", t("（不对应指标）", "(no indicator)")), *(
            (f"{each.code} {definition.version}", t("{code} {name}：{label}", "{code} {name}: {label}").format(
                code=each.code, name=each.name, label=definition.label))
            for each in indicators() for definition in each.definitions)]

    def clean(self) -> dict[str, Any]:
        """Splits the choice into indicator and definition."""
        values = super().clean() or {}
        values["indicator"], _, values["definition"] = values.pop("counts", "").partition(" ")
        if (values.get("baseline_on") is None) != (values.get("baseline_value") is None):
            self.add_error("baseline_on", ValidationError(t("基期日与基期数值须同时填写", "give both the day and the value, or neither")))
        return values


class DoubtForm(ReviewForm):
    """How a doubt was settled."""

    decision = forms.ChoiceField(label=t("处理结论", "Decision"), choices=_choices(DECISIONS), widget=forms.RadioSelect)
    note = forms.CharField(label=t("说明", "Note"), max_length=300, required=False)


class EditionForm(ReviewForm):
    """The plan's own details."""

    title = forms.CharField(label=t("标题",
                                    "Title"), max_length=200)
    slug = forms.SlugField(label=t("网址标识", "Web name"), max_length=60,
                           help_text=t("小写字母、数字和连字符", "small letters, digits and hyphens"))
    city = forms.CharField(label=t("城市", "City"), max_length=40, required=False)
    doc_number = forms.CharField(label=t("文号", "Document number"), max_length=60, required=False)
    issued_by = forms.CharField(label=t("印发单位", "Issued by"), max_length=300, required=False)
    start = forms.DateField(label=t("实施起始日", "From"), required=False, widget=_day())
    end = forms.DateField(label=t("实施截止日", "Until"), required=False, widget=_day())
    coordinator = forms.CharField(label=t("统筹单位", "Coordinating organisation"), max_length=200, required=False,
                                  help_text=t("已登记机构的名称", "the name of a registered organisation"))

    def clean_slug(self) -> str:
        """Small letters only, and not a word the addresses need."""
        slug = self.cleaned_data["slug"]
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or slug == "import":
            raise ValidationError(t("只能用小写字母、数字和连字符，且不能是 import", "small letters, digits and hyphens, and not “import”"))
        return slug

    def clean_coordinator(self) -> Any:
        """The registered organisation of that name."""
        name = self.cleaned_data["coordinator"]
        found = match(name=name).sure if name else None
        if name and (found is None or found.sort == "person"):
            raise ValidationError(t("没有这个机构，请填写已登记的完整名称", "no such organisation; give its registered name"))
        return found

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        values = super().clean() or {}
        if values.get("start") and values.get("end") and values["end"] < values["start"]:
            self.add_error("end", ValidationError(t("截止日不能早于起始日", "the last day cannot be before the first")))
        return values


class UploadForm(forms.Form):
    """A plan's document to import."""

    file = forms.FileField(label=t("方案文件", "The plan's document"), help_text=t(
        ".docx、文字版 PDF、.txt 或 .md，不超过 32 MB", ".docx, text PDF, .txt or .md, at most 32 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt,.md"}))
    predecessor = forms.ModelChoiceField(label=t("接续哪一版", "Follows which edition"), required=False,
                                         queryset=Edition.objects.filter(status="published").defer("source_text"),
                                         empty_label=t("（新方案）", "(a new plan)"))
    slug = forms.SlugField(label=t("网址标识", "Web name"), max_length=60, required=False,
                           help_text=t("留空则自动生成，发布前可改", "made up when blank; can be changed before publishing"))

    def clean_file(self) -> Any:
        """Not too large to read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(t("文件超过 32 MB，请只上传方案正文", "the file is larger than 32 MB; upload only the plan's text"))
        return file


FORMS: dict[str, type[ReviewForm]] = {
    "measure": MeasureForm, "unit": UnitForm, "target": TargetForm, "link": LinkForm, "doubt": DoubtForm, "edition": EditionForm,
}


def initial_of(kind: str, row: Any) -> dict[str, Any]:
    """What the form of an existing item shows first."""
    names = FORMS[kind].base_fields
    values = {name: getattr(row, name, None) for name in names}
    if kind == "link":
        values["counts"] = f"{row.indicator} {row.definition}" if row.indicator else ""
    if kind == "edition":
        values["coordinator"] = row.coordinator.name if row.coordinator else ""
    if kind == "target":
        values |= {name: _bare(getattr(row, name)) for name in ("value", "upper")}
    if kind == "link":
        values["baseline_value"] = _bare(row.baseline_value)
    return values


def _bare(value: Any) -> Any:
    return None if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else value


def start_of(kind: str, edition: Edition, begin: int, end: int) -> dict[str, Any]:
    """What the form of a new item shows first, from the words selected in the text."""
    words = edition.source_text[begin:end].strip()[:300]
    number = (edition.measures.order_by("-no").values_list("no", flat=True).first() or 0) + 1
    around = edition.measures.filter(begin__lte=begin, end__gt=begin).first() if end else None
    return {"measure": {"no": number, "title": words}, "unit": {"printed": words[:120], "role": "co"},
            "target": {"quote": words, "measure": around, "op": "="}}[kind]
