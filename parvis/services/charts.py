"""Charts, drawn on the server: a Vega-Lite description becomes SVG, kept by the hash of the description.

The table beside a chart is its text; nothing is only in the chart.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import vl_convert
from django.core.cache import cache

from parvis.core.bilingual import Language

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
KEPT = 30 * 24 * 3600  # seconds
INK, SOFT, LINE, BLUE, PALE, ORANGE = "#333333", "#5a6472", "#d5dbe1", "#26374a", "#9fb4cc", "#a8500e"
CONFIG = {
    "font": FONT,
    "background": "white",
    "padding": {"left": 40, "right": 48, "top": 8, "bottom": 8},  # fonts of readers are wider than ours
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": SOFT,
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
    },
    "text": {"fontSize": 13, "color": INK},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One year of a trend. `value` is None where nothing is known; `label` how it is written."""

    year: str
    value: float | None
    label: str
    version: int = 1
    target: float | None = None
    target_label: str = ""


def svg(description: dict[str, Any]) -> str:
    """Draw a chart, or take it as drawn before."""
    written = json.dumps(description, sort_keys=True)
    key = f"services-chart-{hashlib.sha256(written.encode()).hexdigest()}"
    drawn = cache.get(key)
    if not isinstance(drawn, str):
        drawn = str(vl_convert.vegalite_to_svg(description))
        cache.set(key, drawn, KEPT)
    return drawn


def trend(points: Sequence[Point], *, is_share: bool, language: Language, break_label: str) -> dict[str, Any]:
    """Describe a figure through the years: no line over years that are missing, a mark where the definition changed."""
    rows = [
        {"year": point.year, "value": point.value, "label": point.label, "segment": segment}
        for point, segment in zip(points, _segments(points), strict=True)
        if point.value is not None
    ]
    years = [point.year for point in points]
    breaks = [
        {"year": after.year, "label": break_label}
        for before, after in pairwise(points)
        if before.version != after.version
    ]
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": years},
        "axis": {"labelAngle": 0, "title": None},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "axis": _value_axis(is_share=is_share, language=language),
        "scale": {"domain": [0, 1]} if is_share else {"zero": True, "nice": True},
    }
    shown = {"data": {"values": rows}}
    text = {"type": "text", "dy": -14, "fontWeight": "bold"}
    dot = {"type": "point", "filled": True, "size": 70, "color": BLUE, "opacity": 1}
    stroke = {"type": "line", "color": BLUE, "strokeWidth": 2.5}
    layers: list[dict[str, Any]] = [
        {**shown, "mark": stroke, "encoding": {"x": x, "y": y, "detail": {"field": "segment"}}},
        {**shown, "mark": dot, "encoding": {"x": x, "y": y}},
        {**shown, "mark": text, "encoding": {"x": x, "y": y, "text": {"field": "label"}}},
    ]
    if breaks:
        layers.append(
            {
                "data": {"values": breaks},
                "mark": {"type": "rule", "strokeDash": [5, 4], "color": ORANGE, "xOffset": -30},
                "encoding": {"x": x},
            }
        )
    return _whole(layers, width=max(320, 78 * len(years)), height=220)


def results(points: Sequence[Point], *, language: Language, words: tuple[str, str]) -> dict[str, Any]:
    """Describe results beside their targets on one scale of 0 to 100 %: a bar for the result, a line for the target.

    `words` are those for result and target.
    """
    rows = [
        {
            "year": point.year,
            "value": point.value,
            "label": point.label,
            "target": point.target,
            "is_met": point.value is not None and point.target is not None and point.value >= point.target,
        }
        for point in points
    ]
    y = {
        "field": "year",
        "type": "ordinal",
        "sort": None,
        "scale": {"domain": [point.year for point in points]},
        "axis": {"title": None, "labelLimit": 260, "ticks": False},
    }
    axis = _value_axis(is_share=True, language=language) | {"title": f"▬ {words[0]}   ❘ {words[1]}"}
    x = {"field": "value", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}
    shown = {"data": {"values": [row for row in rows if row["value"] is not None]}}
    layers: list[dict[str, Any]] = [
        {
            **shown,
            "mark": {"type": "bar", "height": 16},
            "encoding": {
                "y": y,
                "x": x,
                "color": {"condition": {"test": "datum.is_met", "value": BLUE}, "value": PALE},
            },
        },
        {
            "data": {"values": [row for row in rows if row["target"] is not None]},
            "mark": {"type": "tick", "thickness": 3, "size": 26, "color": ORANGE, "opacity": 1},
            "encoding": {"y": y, "x": {**x, "field": "target"}},
        },
        {
            **shown,
            "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold"},
            "encoding": {"y": y, "x": {"datum": 1, "type": "quantitative"}, "text": {"field": "label"}},
        },
    ]
    return _whole(layers, width=420, height=max(60, 36 * len(rows)))


def _whole(layers: list[dict[str, Any]], *, width: int, height: int) -> dict[str, Any]:
    return {"$schema": SCHEMA, "config": CONFIG, "width": width, "height": height, "layer": layers}


def _value_axis(*, is_share: bool, language: Language) -> dict[str, Any]:
    if is_share:
        sign = "\u00a0%" if language == "fr" else "%"
        return {"labelExpr": f"format(datum.value * 100, 'd') + '{sign}'", "tickCount": 5, "title": None}
    group = "\u00a0" if language == "fr" else ","
    return {
        "labelExpr": f"replace(format(datum.value, ',d'), /,/g, '{group}')",
        "tickCount": 5,
        "title": None,
    }


def _segments(points: Sequence[Point]) -> list[int]:
    """Return the number of each stretch of years that follow each other under one definition."""
    found: list[int] = []
    for place, point in enumerate(points):
        before = points[place - 1] if place else None
        is_next = (
            before is not None
            and before.value is not None
            and before.version == point.version
            and int(before.year[:4]) + 1 == int(point.year[:4])
        )
        found.append(found[-1] if is_next else place)
    return found
