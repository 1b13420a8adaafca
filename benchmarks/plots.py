"""The figures of docs/benchmarks.md as pictures, drawn from the JSON files that the benchmarks wrote.

    python -m benchmarks.plots                                   # benchmarks/results/*.json -> docs/images/*.svg

Round time by number of parties (from `benchmarks.parties`) and by size of the data (from `benchmarks.scale`). A result
that was not measured is left out, and said.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.measure import RESULTS
from models.registry import MODELS

DOCS = Path(__file__).resolve().parent.parent / "docs" / "images"
TITLES = {name: model.title for name, model in MODELS.items()}

_WIDTH, _HEIGHT = 560, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 96, 40, 48
# Dark enough on white and light enough on black; each line also has its own marker and its name beside its end.
_COLOURS = ("#2a78b8", "#c4621a", "#4b8b3b", "#8a5bb0")
_MARKERS = ("circle", "square", "triangle", "diamond")
_INK = "#777777"
_LINE = 13  # of text

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Chart:
    """A line chart whose horizontal axis has one place per measured value, evenly spaced.

    Attributes:
        title, x_name, y_name: texts.
        lines: (x, y) points by name; y is 0 or more.
    """

    title: str
    x_name: str
    y_name: str
    lines: Mapping[str, Points]

    def svg(self) -> str:
        """Return the chart as an SVG document."""
        places = sorted({x for points in self.lines.values() for x, _ in points})
        top = _round_up(max(y for points in self.lines.values() for _, y in points))

        def at(x: float, y: float) -> tuple[float, float]:
            share = places.index(x) / max(1, len(places) - 1)
            return _LEFT + share * (_WIDTH - _LEFT - _RIGHT), _HEIGHT - _BOTTOM - y / top * (_HEIGHT - _TOP - _BOTTOM)

        parts = [_text(_LEFT, 22, self.title, size=15), _text(_LEFT - 52, _TOP - 6, self.y_name)]
        for step in range(5):
            y = top * step / 4
            height = at(places[0], y)[1]
            parts.append(
                f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{height:.1f}" y2="{height:.1f}" '
                f'stroke="{_INK}" stroke-opacity="0.3"/>'
            )
            parts.append(_text(_LEFT - 8, height + 4, f"{y:g}", anchor="end"))
        for x in places:
            parts.append(_text(at(x, 0)[0], _HEIGHT - _BOTTOM + 18, f"{x:g}", anchor="middle"))
        parts.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10, self.x_name, anchor="middle"))
        drawn = [[at(x, y) for x, y in sorted(points)] for points in self.lines.values()]
        names = zip(self.lines, _apart([spots[-1][1] for spots in drawn]), strict=True)
        for number, ((name, height), spots) in enumerate(zip(names, drawn, strict=True)):
            colour, marker = _COLOURS[number % len(_COLOURS)], _MARKERS[number % len(_MARKERS)]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
            parts += [_marker(marker, x, y, colour) for x, y in spots]
            parts.append(_text(spots[-1][0] + 10, height + 4, name, colour=colour))
        body = "\n".join(parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
            f'font-size="12">\n<title>{escape(self.title)}</title>\n{body}\n</svg>\n'
        )


def _apart(heights: Sequence[float]) -> list[float]:
    """Return where texts beside these heights stand so that none is on another: each at least a line below the last."""
    found, last = list(heights), -float(_LINE)
    for place in sorted(range(len(heights)), key=lambda one: heights[one]):
        last = found[place] = max(heights[place], last + _LINE)
    return found


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 4, 6, 8 or 10 times a power of ten, for an axis of four steps."""
    power = 10.0 ** (len(f"{value:.0f}") - 1 if value >= 1 else -len(f"{1 / value:.0f}")) if value > 0 else 1.0
    while value > 10 * power:
        power *= 10
    return next((factor * power for factor in (1, 2, 4, 6, 8, 10) if value <= factor * power), 10 * power)


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 12, colour: str = _INK) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}">{escape(text)}</text>'
    )


def _marker(kind: str, x: float, y: float, colour: str) -> str:
    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    if kind == "square":
        return f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" fill="{colour}"/>'
    corners = [(0, -5), (-5, 4), (5, 4)] if kind == "triangle" else [(0, -5), (-5, 0), (0, 5), (5, 0)]
    points = " ".join(f"{x + right:.1f},{y + down:.1f}" for right, down in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


def _lines(results: Sequence[Mapping[str, Any]], x_of: str, divide: float = 1) -> dict[str, Points]:
    found: dict[str, list[tuple[float, float]]] = {}
    for result in results:
        name = TITLES.get(result["model"], result["model"])
        found.setdefault(name, []).append((result[x_of] / divide, result["round_seconds"]["median"]))
    return dict(found)


def charts(results: Path) -> dict[str, Chart]:
    """Return the charts for which `results` holds figures, by file name without suffix."""
    found = {}
    parties, scale = (results / f"{name}.json" for name in ("parties", "scale"))
    if parties.exists():
        figures = json.loads(parties.read_text("utf-8"))
        for dataset in dict.fromkeys(result["dataset"] for result in figures["results"]):
            some = [result for result in figures["results"] if result["dataset"] == dataset]
            title = f"A round on {dataset}, {figures['machine']['cores']} cores"
            found[f"parties-{dataset}"] = Chart(title, "parties, one process each", "seconds", _lines(some, "parties"))
    if scale.exists():
        figures = json.loads(scale.read_text("utf-8"))
        title = f"A round by size of the data, {figures['machine']['cores']} cores"
        lines = _lines(figures["results"], "interactions", 1e6)
        found["scale"] = Chart(title, "million train interactions", "seconds", lines)
    return found


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--output", type=Path, default=DOCS)
    arguments = parser.parse_args(argv)
    found = charts(arguments.results)
    if not found:
        print(f"Nothing to draw: no parties.json or scale.json in {arguments.results}.", file=sys.stderr)
        return 1
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name, chart in found.items():
        path = arguments.output / f"{name}.svg"
        path.write_text(chart.svg(), encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
