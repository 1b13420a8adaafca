"""Plots as SVG text: lines over rounds or K with interval bars, and bars side by side.

Series differ by colour, dash and symbol, so that they can be told apart in grey as well. Only what Qt's SVG Tiny knows
is used: no patterns, no style sheets, no baseline alignment.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from report.language import shown

WIDTH, HEIGHT = 400, 270
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 34, 40
_ROW = 16  # of the legend
_FONT = 'font-family="sans-serif" font-size="11"'
_INK, _MUTED, _GRID = "#18212d", "#586374", "#e2e6ec"
# Blue, orange, teal, purple, grey: apart for colour-blind people, and in this order dark, light, dark, ... in grey.
_LOOKS = (
    ("#2a5bd7", "", "circle"),
    ("#c75b12", "6,3", "square"),
    ("#0d7c72", "2,3", "triangle"),
    ("#7b3fb3", "8,3,2,3", "diamond"),
    ("#586374", "4,4", "cross"),
)


@dataclass(frozen=True)
class Series:
    """One line or one kind of bar.

    Attributes:
        name: for the legend.
        values: one for each place on the x axis; None leaves a gap.
        intervals: (low, high) of each value, or None.
    """

    name: str
    values: Sequence[float | None]
    intervals: Sequence[tuple[float, float] | None] = ()


def line_chart(title: str, x_label: str, places: Sequence[float], series: Sequence[Series], even: bool = False) -> str:
    """Draw lines over numbers, or over evenly spaced labels.

    Args:
        title: above the plot; also what a screen reader says.
        x_label: of the x axis.
        places: where the values stand, ascending.
        series: the lines; all as long as `places`.
        even: space the places evenly and label each (K), instead of by value (rounds).
    """
    scale = _Scale(series)
    spots = [float(i) for i in range(len(places))] if even else list(places)
    first, last = min(spots, default=0.0), max(spots, default=1.0)
    span = (last - first) or 1.0
    pad = 24 if even else 4
    across = [_LEFT + pad + (x - first) / span * (WIDTH - _LEFT - _RIGHT - 2 * pad) for x in spots]
    if len(spots) == 1:
        across = [(WIDTH + _LEFT - _RIGHT) / 2]
    ticks = list(range(len(places))) if even else _spread(len(places), 6)
    parts = [_frame(scale, x_label, [(across[i], f"{places[i]:g}") for i in ticks])]
    symbols = len(places) <= 30
    for number, one in enumerate(series):
        colour, dash, symbol = _LOOKS[number % len(_LOOKS)]
        # Bars of several series would hide each other: each a little beside the next.
        shift = (number - (len(series) - 1) / 2) * 5 if even else 0
        points = [(x + shift, value) for x, value in zip(across, one.values, strict=True)]
        for run in _unbroken(points):
            path = " ".join(f"{x:.1f},{scale.y(value):.1f}" for x, value in run)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8"{_dash(dash)}/>')
        for (x, value), ends in zip(points, one.intervals, strict=False):
            if value is not None and ends is not None:
                low, high = scale.y(ends[0]), scale.y(ends[1])
                parts.append(_whisker(x, low, high, colour))
        if symbols:
            parts += [_symbol(symbol, x, scale.y(value), colour) for x, value in points if value is not None]
    return _svg(title, parts, series, symbols)


def bar_chart(title: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    """Draw bars side by side for each label; the series in filled, hollow and pale bars."""
    scale = _Scale(series, from_zero=True)
    room = (WIDTH - _LEFT - _RIGHT) / max(1, len(labels))
    width = min(26.0, room * 0.8 / max(1, len(series)))
    middle = [_LEFT + room * (i + 0.5) for i in range(len(labels))]
    parts = [_frame(scale, "", []), *_labels(middle, labels, room)]
    for number, one in enumerate(series):
        for x, value in zip(middle, one.values, strict=True):
            if value is not None:
                left = x + (number - len(series) / 2) * width
                top = scale.y(value)
                height = scale.y(0.0) - top
                parts.append(
                    f'<rect x="{left + 1:.1f}" y="{top:.1f}" width="{width - 2:.1f}" height="{height:.1f}" '
                    f"{_bar_look(number)}/>"
                )
    return _svg(title, parts, series, None)


def _labels(middle: Sequence[float], labels: Sequence[str], room: float) -> list[str]:
    """Draw the labels below bars; in two rows by turns where one is too narrow, shortened where even that is.

    Args:
        middle: where each is.
        labels: their words.
        room: between the middles of two.
    """
    rows = 1 if all(_length(words) < room for words in labels) else 2
    bottom = HEIGHT - _BOTTOM + 15
    return [
        _text(x, bottom + 14 * (place % rows), _shortened(words, rows * room - 4), "middle", _MUTED)
        for place, (x, words) in enumerate(zip(middle, labels, strict=True))
    ]


def _length(words: str) -> float:
    """Return about how long words are, in pixels: Chinese characters are nearly twice as wide as letters."""
    return sum(11.0 if sign > "\u2e80" else 6.2 for sign in words)


def _shortened(words: str, room: float) -> str:
    """Return words, or as much of their beginning as there is room for."""
    if _length(words) <= room:
        return words
    while words and _length(words) + 6.2 > room:
        words = words[:-1]
    return words.rstrip() + "…"


class _Scale:
    """A scale from values to heights, over a round range that holds all values and intervals."""

    def __init__(self, series: Sequence[Series], from_zero: bool = False) -> None:
        values = [v for one in series for v in one.values if v is not None]
        values += [end for one in series for ends in one.intervals if ends is not None for end in ends]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        low = 0.0 if from_zero else low
        self.step = _round_step((high - low) or abs(high) or 1.0)
        self.low = math.floor(low / self.step + 1e-9) * self.step
        self.high = math.ceil(high / self.step - 1e-9) * self.step
        if self.high <= self.low:
            self.high = self.low + self.step

    def y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - (value - self.low) / (self.high - self.low) * (HEIGHT - _TOP - _BOTTOM)

    def ticks(self) -> list[float]:
        return [self.low + i * self.step for i in range(round((self.high - self.low) / self.step) + 1)]


def _round_step(span: float) -> float:
    """Return 1, 2 or 5 times a power of ten, so that a span has about five steps."""
    raw = span / 5
    power = float(10.0 ** math.floor(math.log10(raw)))
    return next((factor * power for factor in (1, 2, 5) if raw <= factor * power), 10 * power)


def _spread(count: int, most: int) -> list[int]:
    """Return at most `most` places out of `count`, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(i * (count - 1) / (most - 1)) for i in range(most)})


def _unbroken(points: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """Return the points as stretches of two or more without a gap."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, value in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x, value))
    return [run for run in runs if len(run) > 1]


def _frame(scale: _Scale, x_label: str, x_ticks: Sequence[tuple[float, str]]) -> str:
    parts = []
    decimals = max(0, -math.floor(math.log10(scale.step) + 1e-9))
    for value in scale.ticks():
        y = scale.y(value)
        parts.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{WIDTH - _RIGHT}" y2="{y:.1f}" stroke="{_GRID}"/>')
        parts.append(_text(_LEFT - 6, y + 4, f"{value:.{decimals}f}", "end", _MUTED))
    bottom = HEIGHT - _BOTTOM
    parts.append(f'<line x1="{_LEFT}" y1="{bottom}" x2="{WIDTH - _RIGHT}" y2="{bottom}" stroke="{_MUTED}"/>')
    parts += [_text(x, bottom + 15, words, "middle", _MUTED) for x, words in x_ticks]
    parts.append(_text((WIDTH + _LEFT - _RIGHT) / 2, HEIGHT - 8, x_label, "middle", _MUTED))
    return "".join(parts)


def _svg(title: str, parts: Sequence[str], series: Sequence[Series], symbols: bool | None) -> str:
    legend, x, y = [], float(_LEFT), HEIGHT + 12
    for number, one in enumerate(series):
        colour, dash, symbol = _LOOKS[number % len(_LOOKS)]
        length = 34 + _length(one.name) + 14
        if x + length > WIDTH and x > _LEFT:
            x, y = float(_LEFT), y + _ROW
        if symbols is None:
            legend.append(f'<rect x="{x + 4:.1f}" y="{y - 9}" width="18" height="10" {_bar_look(number)}/>')
        else:
            legend.append(
                f'<line x1="{x:.1f}" y1="{y - 4}" x2="{x + 26:.1f}" y2="{y - 4}" stroke="{colour}" '
                f'stroke-width="1.8"{_dash(dash)}/>'
            )
            if symbols:
                legend.append(_symbol(symbol, x + 13, y - 4, colour))
        legend.append(_text(x + 32, y, one.name, "start", _INK))
        x += length
    height = y + 8 if series else HEIGHT
    # The title is part of the picture: no page break comes between them.
    font = 'font-family="sans-serif" font-size="13" font-weight="bold"'
    heading = f'<text x="4" y="18" fill="{_INK}" {font}>{shown(title)}</text>'
    return (
        f'<svg width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{shown(title)}">{heading}{"".join(parts)}{"".join(legend)}</svg>'
    )


def _bar_look(number: int) -> str:
    colour = _LOOKS[number % len(_LOOKS)][0]
    fill = (f'fill="{colour}"', 'fill="#ffffff"', f'fill="{colour}" fill-opacity="0.35"')[number % 3]
    return f'{fill} stroke="{colour}" stroke-width="1.2"'


def _whisker(x: float, low: float, high: float, colour: str) -> str:
    ends = "".join(
        f'<line x1="{x - 3:.1f}" y1="{y:.1f}" x2="{x + 3:.1f}" y2="{y:.1f}" stroke="{colour}"/>' for y in (low, high)
    )
    return f'<line x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}" stroke="{colour}"/>{ends}'


def _symbol(kind: str, x: float, y: float, colour: str) -> str:
    paint = f'fill="{colour}" stroke="#ffffff" stroke-width="0.8"'
    r = 3.6
    match kind:
        case "circle":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" {paint}/>'
        case "square":
            return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r}" height="{2 * r}" {paint}/>'
        case "cross":
            return (
                f'<path d="M{x - r:.1f},{y - r:.1f} L{x + r:.1f},{y + r:.1f} M{x - r:.1f},{y + r:.1f} '
                f'L{x + r:.1f},{y - r:.1f}" stroke="{colour}" stroke-width="1.8" fill="none"/>'
            )
    corners = {
        "triangle": [(0, -1.25), (1.15, 0.95), (-1.15, 0.95)],
        "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    }[kind]
    points = " ".join(f"{x + dx * r:.1f},{y + dy * r:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" {paint}/>'


def _dash(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _text(x: float, y: float, words: str, anchor: str, colour: str) -> str:
    if not words:
        return ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" {_FONT}>{shown(words)}</text>'
