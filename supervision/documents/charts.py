"""Bar charts of a report: grey, drawn as SVG text, with words that carry every figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from supervision.language.numbers import decimal

_LEFT, _WIDTH, _ROW = 150.0, 390.0, 36
Chart = Mapping[str, Any]


def svg(chart: Chart) -> bytes:
    """Return `chart` as SVG: one bar a line, bars under the mark darker, the mark as a dashed line."""
    bars, mark = chart["bars"], chart.get("mark") or None
    top = max([float(bar["value"]) for bar in bars] + [float(mark["value"]) if mark else 0.0, 1.0])
    scale = _WIDTH / (100.0 if top <= 100 and chart.get("unit") == "%" else top)
    height = _ROW * len(bars) + 22
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="620" height="{height}" viewBox="0 0 620 {height}" '
        f'font-family="Tinos" font-size="16">'
    ]
    for index, bar in enumerate(bars):
        low = mark is not None and float(bar["value"]) < float(mark["value"])
        parts.append(_bar(index, bar, _figure(bar, chart), scale, "#333" if low else "#9a9a9a"))
    if mark:
        x = _LEFT + float(mark["value"]) * scale
        parts.append(
            f'<path d="M{x:.1f} 14V{height - 4}" stroke="#000" stroke-width="1.6" stroke-dasharray="5 3"/>'
            f'<text x="{x:.1f}" y="12" text-anchor="middle" font-size="13">{_label(mark, chart)}</text>'
        )
    return "".join([*parts, "</svg>"]).encode()


def words(chart: Chart) -> str:
    """Return what the chart shows as a sentence, for readers who do not see it."""
    figures = [f"{bar['label']} {_figure(bar, chart)}" for bar in chart["bars"]]
    if chart.get("mark"):
        figures.append(f"{chart['mark']['label']} {_figure(chart['mark'], chart)}")
    return f"Biểu đồ cột ngang. {chart['caption']}: {'; '.join(figures)}."


def _bar(index: int, bar: Mapping[str, Any], figure: str, scale: float, fill: str) -> str:
    y, width = 18 + index * _ROW, float(bar["value"]) * scale
    return (
        f'<text x="{_LEFT - 8}" y="{y + 17}" text-anchor="end">{escape(str(bar["label"]))}</text>'
        f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="24" fill="{fill}"/>'
        f'<text x="{_LEFT + _WIDTH + 12}" y="{y + 17}" font-weight="bold">{escape(figure)}</text>'
    )


def _figure(bar: Mapping[str, Any], chart: Chart) -> str:
    return f"{decimal(bar['value'], chart.get('places', 0))}{chart.get('unit', '')}"


def _label(mark: Mapping[str, Any], chart: Chart) -> str:
    return escape(f"{mark['label']}: {_figure(mark, chart)}")
