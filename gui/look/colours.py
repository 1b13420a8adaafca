"""Colours by meaning, each with a light and a dark value. Nothing else names colours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """The colours of one theme. `x_soft` is a background for text in colour `x`, readable at 4.5:1 or better."""

    dark: bool
    window: str
    surface: str  # cards, fields
    surface_alt: str  # hovered rows, table headers
    border: str
    border_strong: str  # around things one can type into
    text: str
    muted: str  # secondary text
    accent: str
    accent_hover: str
    accent_soft: str
    focus: str  # ring around a focused button that is itself in the accent colour
    on_accent: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    # Curves: blue, vermilion and bluish green (dark: sky blue, orange) of Okabe and Ito's palette for colour-blind
    # people, all at 3:1 or better on a card; their dashes and marks differ too (gui/plots/curve.py).
    curve_hr: str
    curve_ndcg: str
    curve_loss: str
    # Further runs of a comparison.
    curve_4: str
    curve_5: str
    curve_6: str
    bar: str  # score bars behind numbers


LIGHT = Colours(
    dark=False,
    window="#f4f5f8",
    surface="#ffffff",
    surface_alt="#f6f8fb",
    border="#e2e6ec",
    border_strong="#c5ccd6",
    text="#18212d",
    muted="#586374",
    accent="#2a5bd7",
    accent_hover="#2149b0",
    accent_soft="#e9effd",
    focus="#0f2a6e",
    on_accent="#ffffff",
    success="#17734a",
    success_soft="#e5f5ec",
    warning="#7d4e00",
    warning_soft="#fff4dc",
    danger="#b3261e",
    danger_soft="#fdecea",
    curve_hr="#0072b2",
    curve_ndcg="#d55e00",
    curve_loss="#00835f",
    curve_4="#7b3fb3",
    curve_5="#b3246f",
    curve_6="#5c6b1f",
    bar="#cbd9f8",
)

DARK = Colours(
    dark=True,
    window="#14171c",
    surface="#1c2027",
    surface_alt="#232831",
    border="#2d343f",
    border_strong="#465061",
    text="#e7ebf1",
    muted="#9ca7b8",
    accent="#7ea4ff",
    accent_hover="#9bb9ff",
    accent_soft="#222f4d",
    focus="#ffffff",
    on_accent="#0c1428",
    success="#62cf98",
    success_soft="#17322a",
    warning="#f0bf62",
    warning_soft="#382d17",
    danger="#ff8f86",
    danger_soft="#3d2022",
    curve_hr="#56b4e9",
    curve_ndcg="#e69f00",
    curve_loss="#2fbf93",
    curve_4="#c39bf2",
    curve_5="#ff8ac2",
    curve_6="#b9c96a",
    bar="#33497d",
)
