"""A comparison as text: cells of its table, Markdown, CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from fl.protocol.records import CompareRow, Comparison, Difference, SeedResult, Spread
from fl.runs.storage import write_bytes

HEADER = (
    "", "K", "HR", "NDCG", "MRR", "full HR", "full NDCG", "coverage", "pop. pct.",
    "rounds", "seconds", "kB up/round", "what others see",
)  # fmt: skip
PAIRED = ("hr", "ndcg", "mrr", "full_hr", "full_ndcg")  # figures whose differences are shown
_SEED_COLUMNS = ("scorer", "item_view", "seed", "k")
_METRICS = ("hr", "ndcg", "mrr", "full_hr", "full_ndcg", "full_mrr")
_REACH = ("coverage", "novelty", "popularity_percentile", "gini")
_COST = ("rounds", "best_round", "seconds", "bytes_up", "bytes_down", "run", "privacy")


def percent(value: Spread | None, scale: float = 100.0, places: int = 1) -> str:
    """Return "61.3 ± 0.4", or "61.3" with one seed."""
    if value is None:
        return "-"
    text = f"{scale * value.mean:.{places}f}"
    return text if value.deviation is None else f"{text} ± {scale * value.deviation:.{places}f}"


def difference(found: Difference) -> str:
    """Return "+1.3 (0.4 to 2.2) *" in points of a percent; without the star where the interval holds 0."""
    text = f"{100 * found.value:+.1f} ({100 * found.low:.1f} to {100 * found.high:.1f})"
    return f"{text} *" if found.is_clear else text


def privacy_notes(found: Comparison) -> dict[str, str]:
    """Return a letter for each distinct privacy claim, in order of appearance; `legend` explains the letters."""
    claims = dict.fromkeys(row.privacy for row in found.rows)
    return {claim: chr(ord("a") + number) for number, claim in enumerate(claims)}


def legend(found: Comparison) -> list[str]:
    """Return what the letters in the last column mean, one line each."""
    return [f"({letter}) {claim}" for claim, letter in privacy_notes(found).items()]


def cells(row: CompareRow, notes: dict[str, str]) -> list[str]:
    """Return one line of the table, under `HEADER`. Figures in percent; `notes` from `privacy_notes`."""
    name = f"{row.scorer} ({row.item_view})" if row.item_view else row.scorer
    per = "a round" if row.kind == "model" else "in all"
    return [
        name,
        str(row.k),
        *(percent(row.metrics[metric]) for metric in ("hr", "ndcg", "mrr", "full_hr", "full_ndcg")),
        percent(row.reach["coverage"]),
        percent(row.reach["popularity_percentile"], 1.0),
        "-" if row.rounds is None else str(row.rounds),
        f"{percent(row.seconds, 1.0, 2)} {per}",
        "-" if row.bytes_up is None else f"{row.bytes_up / 1000:.0f}",
        f"({notes[row.privacy]})",
    ]


def caption(found: Comparison) -> str:
    """Return what the table holds, in a sentence or two."""
    seeds = f"seeds {found.seeds[0]} to {found.seeds[-1]}" if len(found.seeds) > 1 else f"seed {found.seeds[0]}"
    parties = "1 party" if found.parties == 1 else f"{found.parties} parties"
    return (
        f"{found.dataset}, {found.protocol} protocol, {found.n_users} users, {parties}, "
        f"{found.aggregator} aggregation, {seeds}: test figures in percent"
        + (", mean ± standard deviation over the seeds" if len(found.seeds) > 1 else "")
        + f". Data {found.fingerprint[:12]}."
    )


def markdown(found: Comparison) -> str:
    """Return a Markdown table with its caption."""
    lines = [caption(found), "", _markdown_line(HEADER), _markdown_line(["---"] * len(HEADER))]
    notes = privacy_notes(found)
    lines += [_markdown_line(cells(row, notes)) for row in found.rows]
    lines += ["", *(f"{line}  " for line in legend(found))]
    if found.paired:
        lines += ["", f"Difference to {found.against}, 95% intervals over users; * where 0 is outside.", ""]
        lines += [_markdown_line(["", "K", *PAIRED]), _markdown_line(["---"] * (2 + len(PAIRED)))]
        lines += [
            _markdown_line([row.scorer, str(row.k), *(difference(row.metrics[name]) for name in PAIRED)])
            for row in found.paired
        ]
    if found.warning:
        lines += ["", found.warning]
    return "\n".join(lines) + "\n"


def _markdown_line(values: Iterable[str]) -> str:
    return "| " + " | ".join(value.replace("|", "\\|") for value in values) + " |"


def csv_text(results: Sequence[SeedResult]) -> str:
    """Return one line per scorer, seed and K, fractions in 0..1, with a header line."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_SEED_COLUMNS, *_METRICS, *_REACH, *_COST])
    for result in results:
        for row, shown in zip(result.rows, result.reach, strict=True):
            writer.writerow(
                [result.scorer, result.item_view, result.seed, row.k]
                + [getattr(row, name) for name in _METRICS]
                + [getattr(shown, name) for name in _REACH]
                + [getattr(result, name) for name in _COST]
            )
    return out.getvalue()


def write_text(path: Path, text: str) -> None:
    """Write a result file.

    Raises:
        StorageError: it cannot be written.
    """
    write_bytes(path, text.encode(), private=False)
