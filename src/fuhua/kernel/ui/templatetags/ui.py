"""Everything a template may say: ``{% load ui %}`` gives words, figures, icons and every component."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django import forms, template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from fuhua.kernel.page import page_at
from fuhua.kernel.ui import assets, charts, drawings, formats, icons
from fuhua.kernel.words import Text, t

register = template.Library()

_LIGHTS = {
    "good": t("正常", "On track"),
    "behind": t("落后", "Behind"),
    "critical": t("严重落后", "Critical"),
    "unknown": t("无证据", "No evidence"),
    "undetermined": t("待定", "Undetermined"),
}
_GRADES = {
    "system": t("系统生成", "System-born"),
    "registry": t("登记机关", "Registry"),
    "counterpart": t("对方确认", "Counterpart-confirmed"),
    "declared": t("自报", "Declared"),
}
_GRADE_MEANS = {
    "system": t("由系统中的动作直接产生", "Born from an action inside the system"),
    "registry": t("来自登记机关或权威名录", "Taken from a public registry or an official list"),
    "counterpart": t("由交易或合作的另一方确认", "Confirmed by the other party to it"),
    "declared": t("仅由当事人自己申报", "Declared by the party alone"),
}

for _name in ("money", "yuan", "wan", "num", "percent", "day", "clock", "month", "quarter"):
    register.filter(_name, getattr(formats, _name))


@register.filter
def ago(at: dt.datetime | None) -> Text:
    """``{{ at|ago }}``: 3 小时前 / 3 hours ago."""
    return formats.ago(at, timezone.now())


@register.filter
def place(url: str) -> Text | str:
    """``{{ url|place }}``: the title of the page at an address of this site, which tells what is done there."""
    found = page_at(url.partition("?")[0].partition("#")[0])
    return found.title if found else ""


@register.filter
def until(first: dt.date | None, last: dt.date | None) -> Text:
    """``{{ first|until:last }}``: 2025年3月1日至6月30日 / 1 Mar – 30 Jun 2025."""
    return formats.span(first, last)


@register.simple_tag(name="t")
def say(zh: str, en: str, **values: Any) -> SafeString:
    """``{% t "共 {n} 项" "{n} items" n=count %}``: the reader's side, with every value escaped."""
    text = escape(str(t(zh, en)))
    return format_html(text, **values) if values else text


@register.simple_tag
def npm(package: str, path: str) -> str:
    """``{% npm "echarts" "dist/echarts.min.js" %}``: the versioned static URL of a file in an npm package."""
    return assets.npm_url(package, path)


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "search" %}``: a decorative line icon, hidden from screen readers; put words beside it."""
    return icons.drawing(name)


@register.inclusion_tag("ui/parts/light.html")
def light(state: str, label: Any = "", quiet: bool = False) -> dict[str, Any]:
    """``{% light state %}``: a traffic light by shape, colour and words; ``quiet`` hides the words from sight only."""
    return {"state": state, "label": label or _LIGHTS[state], "quiet": quiet, "shape": icons.lamp(state)}


@register.inclusion_tag("ui/parts/grade.html")
def grade(kind: str) -> dict[str, Any]:
    """``{% grade "registry" %}``: how well a fact is proven: system, registry, counterpart or declared."""
    return {
        "kind": kind,
        "label": _GRADES[kind],
        "means": _GRADE_MEANS[kind],
        "strength": 4 - list(_GRADES).index(kind),
    }


@register.inclusion_tag("ui/parts/badge.html")
def badge(label: Any, tone: str = "plain") -> dict[str, Any]:
    """``{% badge label tone="indigo" %}``: a short state in words; tones: plain, indigo, jade, ochre, zhu."""
    return {"label": label, "tone": tone}


@register.inclusion_tag("ui/parts/figure.html")
def figure(label: Any, value: Any, **options: Any) -> dict[str, Any]:
    """A big number with what surrounds it.

    ``{% figure label value unit= target= of= done= mark= url= state= note= trend= %}``: ``value`` and ``target`` are
    written text, ``done``, ``of``, ``mark`` numbers for the bar, ``trend`` a sparkline spec, ``state`` a light.
    """
    done, of = options.get("done"), options.get("of")
    if done is not None and of:
        options["bar"] = drawings.bar(done, of, options.get("mark"))
        options["share"] = formats.percent(Fraction(formats.decimal(done)) / Fraction(formats.decimal(of)))
    if options.get("trend") is not None:
        options["spark"] = drawings.sparkline(options["trend"])
    return {**options, "label": label, "value": formats.NONE if value is None else value}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: Any, why: Any = "", url: str = "", action: Any = "", mark: str = "info") -> dict[str, Any]:
    """``{% empty title why=… url=… action=… %}``: nothing here, why, and what to do about it."""
    return {"title": title, "why": why, "url": url, "action": action, "mark": mark}


@register.inclusion_tag("ui/parts/pager.html")
def pager(newer: str = "", older: str = "", said: Any = "") -> dict[str, Any]:
    """``{% pager newer=url older=url said=text %}``: keyset paging; ``said`` is what is shown, e.g. 1–25."""
    return {"newer": newer, "older": older, "said": said}


@register.inclusion_tag("ui/parts/th.html")
def th(label: Any, url: str = "", sort: str = "none", number: bool = False) -> dict[str, Any]:
    """``{% th label url=… sort="ascending" number=True %}``: a column head, sortable when it has a URL."""
    return {"label": label, "url": url, "sort": sort, "number": number}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """``{% timeline events %}``: each with ``at``, ``title`` and optionally ``who, detail, url, grade, state``."""
    return {"events": events}


@register.inclusion_tag("ui/parts/crumbs.html")
def crumbs(trail: Iterable[Any]) -> dict[str, Any]:
    """``{% crumbs trail %}``: each with ``label`` and ``url``; the last one has no URL and is this page."""
    return {"trail": trail}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Iterable[Any], label: Any) -> dict[str, Any]:
    """``{% tabs items label %}``: links that look like tabs, each ``label, url, active`` and optionally ``count``."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/steps.html")
def steps(items: Iterable[Any], label: Any) -> dict[str, Any]:
    """``{% steps items label %}``: each ``label, state`` (done, now, ahead, skipped), optionally ``at, who, url``."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/diff.html")
def diff(rows: Iterable[Any], caption: Any, before: Any = "", after: Any = "") -> dict[str, Any]:
    """``{% diff rows caption %}``: each row ``label, before, after``; ``before=`` and ``after=`` head the columns."""
    return {
        "rows": rows,
        "caption": caption,
        "before": before or t("原值", "Before"),
        "after": after or t("新值", "After"),
    }


@register.inclusion_tag("ui/parts/copy.html")
def copy(value: str, label: Any) -> dict[str, Any]:
    """``{% copy digest label %}``: a digest or number with a button that copies it."""
    return {"value": value, "label": label}


@register.inclusion_tag("ui/parts/progress.html")
def progress(key: str, label: Any, done: int, total: int, url: str = "", result: str = "") -> dict[str, Any]:
    """``{% progress key label done total url=… %}``: htmx polls ``url`` for this part until ``done`` = ``total``."""
    finished = total > 0 and done >= total
    return {
        "key": key,
        "label": label,
        "done": done,
        "total": total,
        "url": "" if finished else url,
        "finished": finished,
        "result": result,
    }


@register.inclusion_tag("ui/parts/filters.html", takes_context=True)
def filters(context: template.Context, form: forms.Form, clear: str = "", target: str = "") -> dict[str, Any]:
    """``{% filters form clear=url target="#rows" %}``: a GET form in one bar; with ``target`` htmx swaps only that."""
    return {
        "fields": [_dressed(each) for each in form.visible_fields()],
        "hidden": form.hidden_fields(),
        "clear": clear,
        "target": target,
        "path": getattr(context.get("request"), "path", ""),
        "active": form.is_bound and bool(form.data),
    }


@register.inclusion_tag("ui/parts/confirm.html", takes_context=True)
def confirm(context: template.Context, key: str, action: str, title: Any, **options: Any) -> dict[str, Any]:
    """A button that asks before it acts.

    ``{% confirm key url title verb= why= danger=True form= hidden= %}``: the dialog posts to ``action``, with what ``hidden``
    holds by name; without script the button leads down to the same question, which then stands open on the page.
    """
    return {
        "csrf_token": context.get("csrf_token"),
        "key": key,
        "action": action,
        "title": title,
        "verb": options.get("verb") or title,
        "why": options.get("why", ""),
        "danger": options.get("danger", False),
        "hidden": options.get("hidden", {}),
        "fields": [_dressed(each) for each in options["form"].visible_fields()] if options.get("form") else [],
    }


@register.inclusion_tag("ui/parts/field.html")
def field(bound: forms.BoundField, source: Any = "") -> dict[str, Any]:
    """``{% field form.name source=… %}``: label, control, help and error tied; ``source``: where it was prefilled."""
    return {"field": _dressed(bound), "source": source}


@register.inclusion_tag("ui/parts/fields.html")
def fields(form: forms.Form) -> dict[str, Any]:
    """``{% fields form %}``: the error summary that links to each wrong field, then every field in order."""
    return {
        "form": form,
        "hidden": form.hidden_fields(),
        "fields": [_dressed(each) for each in form.visible_fields()],
        "wrong": [each for each in form.visible_fields() if each.errors],
    }


@register.simple_tag
def chart(spec: charts.Chart, fold: bool = True) -> SafeString:
    """``{% chart spec %}``: figure, caption, drawing and the table twin, folded unless ``fold=False``."""
    if isinstance(spec, charts.Sparkline):
        return drawings.sparkline(spec)
    context: dict[str, Any] = {
        "spec": spec,
        "fold": fold,
        "data": spec.to_json(),
        "key": f"chart-{spec.key}",
        "data_key": f"chart-{spec.key}-data",
    }
    if isinstance(spec, charts.Matrix):
        context["lines"] = _lines(spec)
        context["ends"] = drawings.legend(spec)
        return render_to_string("ui/parts/matrix.html", context)
    if isinstance(spec, charts.TileMap):
        context["drawing"] = drawings.tilemap(spec)
        context["ends"] = drawings.legend(spec)
    return render_to_string("ui/parts/chart.html", {**context, "table": spec.rows()})


def _lines(spec: charts.Matrix) -> list[dict[str, Any]]:
    """A matrix as the rows of its table: label, then for every cell its text, link, light and shade."""
    return [
        {
            "label": label,
            "cells": [
                None
                if cell is None
                else {
                    "url": cell.url,
                    "state": cell.state,
                    "note": cell.note,
                    "shade": "none" if shade is None else shade,
                    "text": "" if cell.state and cell.value is None else spec.write(cell.value),
                    "column": column,
                }
                for cell, shade, column in zip(cells, shades, spec.column_labels, strict=True)
            ],
        }
        for label, cells, shades in zip(spec.row_labels, spec.cells, spec.shades(), strict=True)
    ]


def _dressed(bound: forms.BoundField) -> dict[str, Any]:
    """A bound field with the classes and the aria ties its control needs."""
    widget = bound.field.widget
    single_box = isinstance(widget, forms.CheckboxInput)
    many = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    look = (
        ""
        if many
        else "form-check-input"
        if single_box
        else "form-select"
        if isinstance(widget, forms.Select)
        else "form-control"
    )
    classes = " ".join(filter(None, [widget.attrs.get("class", ""), look, "is-invalid" if bound.errors else ""]))
    ties = " ".join(
        filter(
            None,
            [f"{bound.auto_id}_helptext" if bound.help_text else "", f"{bound.auto_id}_error" if bound.errors else ""],
        )
    )
    attrs = {
        **({"class": classes} if classes and not many else {}),
        **({"aria-describedby": ties} if ties and not many else {}),
    }
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "single_box": single_box,
        "many": many,
        "ties": ties,
        "optional": not bound.field.required,
        "wide": isinstance(widget, forms.Textarea) or many,
    }
