"""A chart and the table beside it come from one spec, and a spec that contradicts itself is refused."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.utils import translation

from fuhua.kernel.ui import charts, drawings, samples

SPECS = [samples.trajectory, samples.bars, samples.stack, samples.matrix, samples.lights, samples.tilemap,
         samples.flow, samples.sparkline]  # fmt: skip
MARCH, JUNE = dt.date(2025, 3, 31), dt.date(2025, 6, 30)


@pytest.mark.parametrize("make", SPECS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_chart_has_json_and_a_rectangular_table(make: Callable[[], charts.Chart], language: str) -> None:
    with translation.override(language):
        spec = make()
        table = spec.rows()
        assert json.loads(json.dumps(spec.to_json()))["kind"] == spec.kind
        assert table.body
        assert {len(row) for row in table.body} == {len(table.head)}
        assert len(table.lines()) == len(table.body)


def test_a_trajectory_lists_every_day_of_every_series() -> None:
    spec = charts.Trajectory(
        key="i1", title="I1", actual=(charts.Point(MARCH, 3),), target=(charts.Point(JUNE, 10),),
        band=(charts.Band(JUNE, 4, 6, 9),), frozen=(MARCH,))  # fmt: skip
    with translation.override("en"):
        assert spec.rows() == charts.Table(
            ("Day", "Actual", "Target", "P10", "Forecast median", "P90", "Frozen"),
            (("31 Mar 2025", "3", "—", "—", "—", "—", "yes"),
             ("30 Jun 2025", "—", "10", "4", "6", "9", "")))  # fmt: skip


def test_money_in_a_chart_is_written_in_the_readers_units() -> None:
    spec = charts.Bars(key="b", title="b", measure="money", items=(charts.Bar("x", 320_000_000_00),))
    with translation.override("zh-hans"):
        assert spec.rows().body == (("x", "3.2 亿元"),)
    with translation.override("en"):
        assert spec.rows().body == (("x", "¥320 million"),)


@pytest.mark.parametrize(
    "build",
    [
        lambda: charts.Bars(key="Not a key", title="", items=(charts.Bar("x", 1),)),
        lambda: charts.Bars(key="b", title="", items=()),
        lambda: charts.Bars(key="b", title="", items=(charts.Bar("x", 1, state="green"),)),
        lambda: charts.Bars(key="b", title="", measure="kg", items=(charts.Bar("x", 1),)),  # type: ignore[arg-type]
        lambda: charts.Trajectory(key="t", title="", actual=(charts.Point(JUNE, 1), charts.Point(MARCH, 2))),
        lambda: charts.Trajectory(key="t", title="", actual=(), band=(charts.Band(JUNE, 5, 4, 6),)),
        lambda: charts.Trajectory(key="t", title="", actual=(charts.Point(MARCH, 1),), frozen=(JUNE,)),
        lambda: charts.Trajectory(key="t", title="", actual=(), second=(charts.Point(MARCH, 1),)),
        lambda: charts.Stack(key="s", title="", categories=("a", "b"), series=(charts.Series("x", (1,)),)),
        lambda: charts.Matrix(key="m", title="", row_labels=("a",), column_labels=("x", "y"), cells=((None,),)),
        lambda: charts.TileMap(key="m", title="", tiles=(charts.Tile("a", 0, 0), charts.Tile("b", 0, 0))),
        lambda: charts.Flow(key="f", title="", streams=(charts.Stream("a", "b", 1), charts.Stream("b", "a", 1))),
        lambda: charts.Flow(key="f", title="", streams=(charts.Stream("a", "b", 0),)),
        lambda: charts.Sparkline(key="s", title="", values=(1, None)),
    ],
)
def test_a_spec_that_contradicts_itself_is_refused(build: Callable[[], charts.Chart]) -> None:
    with pytest.raises(charts.BadChart):
        build()


def test_shades_run_from_the_smallest_to_the_largest_and_leave_the_unknown_alone() -> None:
    assert charts.shades([0, 50, 100, None]) == [0, 3, 6, None]
    assert charts.shades([5, 5]) == [0, 0]
    assert charts.shades([None]) == [None]


def test_a_gap_in_a_sparkline_is_not_bridged() -> None:
    drawn = drawings.sparkline(charts.Sparkline(key="s", title="s", values=(1, 2, None, 3, 4)))
    assert drawn.split('<path d="')[1].split('"')[0].count("M") == 2


def test_a_tile_says_its_value_in_its_name_and_escapes_it() -> None:
    tiles = (charts.Tile("<b>", 0, 0, 7, "/x"), charts.Tile("无", 0, 1))
    spec = charts.TileMap(key="m", title="m", unit="家", tiles=tiles)
    drawn = drawings.tilemap(spec)
    assert 'aria-label="&lt;b&gt; 7 家"' in drawn
    assert "<b>" not in drawn


def test_a_bar_never_leaves_its_rail() -> None:
    assert 'width="200.0"' in drawings.bar(30, 20)
    assert 'width="0.0"' in drawings.bar(-5, 20)
    assert drawings.bar(1, 0)
