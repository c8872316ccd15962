"""Charts small enough to be drawn on the server, as SVG without script: sparkline, tile map, progress bar."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fuhua.kernel.ui.charts import Chart, Sparkline, TileMap, shades
from fuhua.kernel.ui.formats import Number, decimal
from fuhua.kernel.words import Text, t

_WIDE, _HIGH, _EDGE = 120, 32, 3
_TILE, _GAP = 92, 6
_NO_EVIDENCE = t("无证据", "no evidence")


def sparkline(spec: Sparkline) -> SafeString:
    """A word-sized line with its last point marked; the text alternative is the title with its first and last value."""
    known = [value for value in spec.values if value is not None]
    everything = [*known, *([spec.target] if spec.target is not None else [])]
    low, high = float(min(everything)), float(max(everything))

    def y(value: Number) -> float:
        return round(_HIGH - _EDGE - (float(value) - low) / ((high - low) or 1) * (_HIGH - 2 * _EDGE), 2)

    step = (_WIDE - 2 * _EDGE) / (len(spec.values) - 1)
    spots = [
        None if value is None else (round(_EDGE + index * step, 2), y(value)) for index, value in enumerate(spec.values)
    ]
    last = next(spot for spot in reversed(spots) if spot)
    goal = (
        format_html('<line class="goal" x1="0" x2="{}" y1="{}" y2="{}"/>', _WIDE, y(spec.target), y(spec.target))
        if spec.target is not None
        else ""
    )
    label = t("{title}：从 {first} 到 {last}", "{title}: from {first} to {last}").format(
        title=spec.title, first=spec.write(known[0]), last=spec.write(known[-1])
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}'
        '<path d="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>',
        _WIDE,
        _HIGH,
        _WIDE,
        _HIGH,
        label,
        goal,
        _path(spots),
        *last,
    )


def tilemap(spec: TileMap) -> SafeString:
    """Districts as squares, each a link whose name carries the value; the shade only repeats it."""
    steps = shades(each.value for each in spec.tiles)
    squares = []
    for tile, step in zip(spec.tiles, steps, strict=True):
        x, y = tile.column * (_TILE + _GAP), tile.row * (_TILE + _GAP)
        inside = format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" rx="3"/><text x="{}" y="{}" class="name">{}</text> '
            '<text x="{}" y="{}" class="value">{}</text>',
            x,
            y,
            _TILE,
            _TILE,
            x + _TILE / 2,
            y + 38,
            tile.label,
            x + _TILE / 2,
            y + 66,
            spec.write(tile.value),
        )
        shade = "none" if step is None else step
        said = Text("{label} {value} {unit}", "{label} {value} {unit}").format(
            label=tile.label, value=spec.write(tile.value), unit=_NO_EVIDENCE if tile.value is None else spec.unit
        )
        squares.append(
            format_html(
                '<a class="tile heat-{}" href="{}" aria-label="{}">{}</a>', shade, tile.url, str(said).strip(), inside
            )
            if tile.url
            else format_html('<g class="tile heat-{}" role="listitem">{}</g>', shade, inside)
        )
    wide = (max(each.column for each in spec.tiles) + 1) * (_TILE + _GAP) - _GAP
    high = (max(each.row for each in spec.tiles) + 1) * (_TILE + _GAP) - _GAP
    return format_html(
        '<svg class="tilemap" viewBox="-2 -2 {} {}" role="group" aria-label="{}">{}</svg>',
        wide + 4,
        high + 4,
        spec.title,
        format_html_join("", "{}", ((each,) for each in squares)),
    )


def bar(value: Number, target: Number, mark: Number | None = None) -> SafeString:
    """A thin progress bar up to ``target`` with an optional mark (due by now); its words are beside it."""
    scale = decimal(target) or decimal(1)

    def width(amount: Number) -> float:
        return float(round(max(decimal(0), min(decimal(1), decimal(amount) / scale)) * 200, 2))

    tick = (
        format_html('<line class="mark" x1="{}" x2="{}" y1="0" y2="8"/>', width(mark), width(mark))
        if mark is not None
        else ""
    )
    return format_html(
        '<svg class="bar" viewBox="0 0 200 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="rail" y="2" width="200" height="4"/><rect class="done" y="2" width="{}" height="4"/>{}</svg>',
        width(value),
        tick,
    )


def legend(spec: Chart) -> tuple[str, str] | None:
    """The smallest and the largest value of a shaded chart, written out for its colour key."""
    known = [each.value for each in getattr(spec, "tiles", ()) if each.value is not None] or [
        cell.value for line in getattr(spec, "cells", ()) for cell in line if cell and cell.value is not None
    ]
    return (spec.write(min(known)), spec.write(max(known))) if known else None


def _path(spots: list[tuple[float, float] | None]) -> str:
    """A gap in the values lifts the pen, so nothing is invented between two known points."""
    written, pen_down = [], False
    for spot in spots:
        if spot:
            written.append(f"{'L' if pen_down else 'M'}{spot[0]} {spot[1]}")
        pen_down = spot is not None
    return "".join(written)
