"""The job `inspect_round`: one round of a run's messages, for the person to look at.

A round is replayed in this process from the run's best item table: party-1's true update, what the server receives of
it, and the sum over all parties, as crops for heatmaps; and a record of every kind of message with its size and who can
read it. Showing a party's true update is for demonstration: the driver of a simulation has all parties' data anyway; a
party of a real federation never gives it away. So it happens only when asked for, and never in training.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.errors import SettingsError
from fl.aggregation import claim_for
from fl.aggregation.masked import USER_LIMIT
from fl.aggregation.masking.packing import unpack_block
from fl.audit.masked_round import MaskedRound, masked_round
from fl.config import TrainSettings
from fl.events import Heatmap, RoundInspected
from fl.jobs.context import JobContext
from fl.jobs.replay import replay
from fl.message_records import MASKED, Sizes, message_records
from fl.run_folder import RunFolder
from fl.storage import write_json

FILE = "inspection.json"  # in the run folder
ROWS, COLUMNS = 40, 32


def inspect_round(run: str, context: JobContext) -> RoundInspected:
    """Replay a round of a run and show its messages.

    Raises:
        SecretRecError: no such run, nothing trained yet, other data, a run with differential privacy.
    """
    if RunFolder.find(run).settings().dp != "none":
        raise SettingsError(
            "A round with differential privacy is not shown: its noise is drawn by each party in secret.",
            "Inspect a run without it.",
        )
    found = replay(run, context)
    settings, best = found.settings, found.best
    context.phase("replaying a round to show its messages")
    updates = [table for table, _ in found.updates(context)]
    total = np.sum(np.stack(updates).astype(np.float64), axis=0)
    masked = None
    if settings.aggregator in MASKED:
        largest = max(float(np.abs(update).max()) for update in updates)
        masked = masked_round(updates, max(USER_LIMIT * found.n_users, largest))
        total = np.asarray(masked.total, np.float64)
    done = RoundInspected(
        job=context.job,
        run=run,
        round=best["round"] + 1,
        aggregator=settings.aggregator,
        party="party-1",
        claim=claim_for(settings.aggregator_choice, settings.parties),
        note="For demonstration, in simulation: a round replayed on this machine from the run's item table. A party "
        "never shows its true update.",
        messages=message_records(settings, found.n_items, Sizes(best["bytes_up"], best["bytes_down"]), masked),
        pictures=_pictures(settings, updates[0], total, masked),
    )
    write_json(found.folder.path / FILE, done.model_dump(exclude={"type", "job"}))
    return done


def _pictures(
    settings: TrainSettings, update: NDArray[np.float32], total: NDArray[np.float64], masked: MaskedRound | None
) -> tuple[Heatmap, ...]:
    """The same rows and columns of the true update, of what the server receives, and of the sum."""
    rows = _rows(update)
    pictures = [_picture("true update of party-1", update, rows)]
    if masked is not None:
        # Ring elements, uniform in 0 .. 2^32 - 1, as shares of that range.
        received = unpack_block(masked.uploads[0].blocks[0]).astype(np.float64) / 2.0**32
        pictures.append(_picture("as the server receives it", received, rows))
    elif settings.aggregator in ("plain", "robust"):
        pictures.append(_picture("as the server receives it", update, rows))
    pictures.append(_picture(f"sum over {settings.parties} parties", total, rows))
    return tuple(pictures)


def _rows(update: NDArray[np.float32]) -> NDArray[np.int64]:
    """Item ids to show: the half that changes most, and others evenly from the rest, in order."""
    n = min(ROWS, len(update))
    by_size = np.argsort(-np.linalg.norm(update, axis=1), kind="stable")
    rest = by_size[n // 2 :]
    chosen = rest[np.linspace(0, len(rest) - 1, n - n // 2).round().astype(np.int64)]
    return np.sort(np.concatenate([by_size[: n // 2], chosen]))


def _picture(what: str, table: NDArray[np.floating], rows: NDArray[np.int64]) -> Heatmap:  # type: ignore[type-arg]
    crop = np.asarray(table[rows, :COLUMNS], np.float64)
    return Heatmap(
        what=what,
        items=tuple(int(row) for row in rows),
        values=tuple(tuple(float(f"{value:.6g}") for value in row) for row in crop),
        low=float(crop.min()),
        high=float(crop.max()),
    )
