"""The writing of names and numbers in a report."""

from __future__ import annotations

from typing import Any, Final

from data import registry
from data.errors import UnknownNameError
from data.sentences import Said, say
from models.registry import MODELS

SIGNIFICANT = 6


STATES: Final = {
    "running": say("state.running", "running"),
    "done": say("state.done", "done"),
    "stopped": say("state.stopped", "stopped"),
    "cancelled": say("state.cancelled", "cancelled"),
    "failed": say("state.failed", "failed"),
    "interrupted": say("state.interrupted", "interrupted"),
}
USERS: Final = say("report.name-users", "Users")


def metric(value: float | None) -> str:
    """Return a fraction with three decimals, a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def with_interval(value: float | None, ends: tuple[float, float] | None) -> str:
    """Return a figure, its 95% interval on a second line."""
    return metric(value) + (f"\n{ends[0]:.3f}–{ends[1]:.3f}" if value is not None and ends else "")


def count(value: int) -> str:
    """Return a count with thousands separators."""
    return f"{value:,}"


def size(value: float) -> str:
    """Return bytes in decimal units: "210 kB"."""
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if value >= 100 or unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


def duration(seconds: float) -> str:
    """Return a duration in words: "8.2 s", "2 min 05 s", "1 h 12 min"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def plain(value: Any) -> str:
    """Return any value of settings or results as text."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return say("report.yes", "yes") if value else say("report.no", "no")
    if isinstance(value, float):
        return f"{value:.{SIGNIFICANT}g}"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {plain(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(plain(inner) for inner in value)
    return str(value)


def name(key: str) -> str:
    """Return a setting's or result's name in words: "batch_size" gives "Batch size"."""
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]


def moment(iso: str) -> str:
    """Return a time for people: "2026-11-21T07:30:00Z" gives "2026-11-21 07:30 UTC"."""
    return f"{iso[:10]} {iso[11:16]} UTC" if len(iso) >= 16 and iso.endswith("Z") else iso


def model(key: str) -> str:
    return MODELS[key].title if key in MODELS else key


def dataset(key: str) -> registry.DatasetSpec | None:
    """Return the registry's entry of a data set, or None for one that is no longer here."""
    try:
        return registry.spec(key)
    except UnknownNameError:
        return None


_VIEWS: Final[dict[str, Said]] = {
    "global": say("report.view-global", "global"),
    "fine-tuned": say("report.view-fine-tuned", "fine-tuned"),
    "personal": say("report.view-personal", "personal"),
}
POPULARITY: Final = say("report.popularity", "Popularity")


def scorer(row: Any) -> str:
    """Return who ranked, in a row of figures."""
    if row.scorer == "model":
        return say("report.scorer-model", "Model, {view} items", view=_VIEWS.get(row.item_view, row.item_view))
    return POPULARITY if row.scorer == "popularity" else name(row.scorer)
