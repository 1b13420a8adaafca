"""The job `inspect_round`: one round of a run's messages, for the person to look at.

A round is replayed in this process from the run's best item table: party-1's true update, what the server receives of
it, and the sum over all parties, as crops for heatmaps; and a record of every kind of message with its size and who can
read it. Showing a party's true update is for demonstration: the driver of a simulation has all parties' data anyway; a
party of a real federation never gives it away. So it happens only when asked for, and never in training.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from data.errors import SettingsError, StorageError
from fl.aggregation import claim_for
from fl.aggregation.masked import USER_LIMIT
from fl.aggregation.masking.client import BATCH_MESSAGES
from fl.aggregators import HEU_CIPHERTEXT_BYTES, HEU_SLOT_BITS, spu_shares
from fl.audit.masked_round import MaskedRound, masked_round
from fl.config import TrainSettings
from fl.events import Heatmap, MessageRecord, RoundInspected
from fl.hyper_parameters import hyper_parameters
from fl.jobs.context import JobContext
from fl.loading import load
from fl.messages import N_TOTALS
from fl.run_folder import RunFolder, best_record
from fl.session import party_names
from fl.storage import read_arrays, round_file, write_json
from models.evaluation import names
from models.registry import MODELS

FILE = "inspection.json"  # in the run folder
ROWS, COLUMNS = 40, 32
_MASKED = ("masked", "verified")
# Who can read a party's upload, by aggregator.
_READERS = {
    "plain": "the server",
    "robust": "the server",
    "masked": "nobody; the server learns sums",
    "verified": "nobody; the server learns sums",
    "secure": "nobody; the server learns sums",
    "spu": "nobody; shares go to the computing parties, the server learns sums",
    "heu": "party-1, which has the key, if it were sent there; the server learns sums",
}


def inspect_round(run: str, context: JobContext) -> RoundInspected:
    """Replay a round of a run and show its messages.

    Raises:
        SecretRecError: no such run, nothing trained yet, other data.
    """
    folder = RunFolder.find(run)
    settings = folder.settings()
    records = folder.metrics()
    best = best_record(records)
    if best is None:
        raise StorageError(f"Run '{run}' has no finished round.", "Resume it, or train again.")
    if settings.dp != "none":
        raise SettingsError(
            "A round with differential privacy is not shown: its noise is drawn by each party in secret.",
            "Inspect a run without it.",
        )
    context.phase(f"reading {settings.dataset}")
    loaded = load(settings.dataset, settings.protocol, settings.seed)
    if loaded.interactions.fingerprint != folder.config()["fingerprint"]:
        raise StorageError(f"Data set '{settings.dataset}' is not the one run '{run}' was trained on.")
    parts, _ = loaded.divide(party_names(settings.parties), settings.seed)
    items = np.asarray(read_arrays(folder.path / "server" / round_file(best["round"]))["items"], np.float32)
    kind, hyper = MODELS[settings.model], hyper_parameters(settings)
    updates = []
    context.phase("replaying a round to show its messages")
    for number, part in enumerate(parts):
        context.check_cancelled()
        context.progress(number, len(parts), "parties")
        updates.append(kind(part, hyper).train_round(items.copy(), best["round"] + 1).item_update)
    total = np.sum(np.stack(updates).astype(np.float64), axis=0)
    masked = None
    if settings.aggregator in _MASKED:
        largest = max(float(np.abs(update).max()) for update in updates)
        masked = masked_round(updates, max(USER_LIMIT * loaded.split.n_users, largest))
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
        messages=_records(settings, loaded.split.n_items, best, masked),
        pictures=_pictures(settings, updates[0], total, masked),
    )
    write_json(folder.path / FILE, done.model_dump(exclude={"type", "job"}))
    return done


def _pictures(
    settings: TrainSettings, update: NDArray[np.float32], total: NDArray[np.float64], masked: MaskedRound | None
) -> tuple[Heatmap, ...]:
    """The same rows and columns of the true update, of what the server receives, and of the sum."""
    rows = _rows(update)
    pictures = [_picture("true update of party-1", update, rows)]
    if masked is not None:
        # Ring elements, uniform in 0 .. 2^32 - 1, as shares of that range.
        received = masked.uploads[0].blocks[0].astype(np.float64) / 2.0**32
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


def _records(
    settings: TrainSettings, n_items: int, last: dict[str, object], masked: MaskedRound | None
) -> tuple[MessageRecord, ...]:
    """Every kind of message that crosses a party's border in training; see `fl.messages`."""
    readers, up, down = _READERS[settings.aggregator], int(str(last["bytes_up"])), int(str(last["bytes_down"]))
    table, figures = f"{n_items} x {settings.dim}", 1 + len(names((10,), full=False))

    def record(name: str, shape: str, size: int, who: str, often: str = "round", to: str = "server") -> MessageRecord:
        source = "server" if to == "every party" else "every party"
        return MessageRecord(name=name, source=source, target=to, shape=shape, bytes=size, often=often, readable_by=who)

    found = [
        record("item update and totals", f"{table} and {N_TOTALS}", up, readers),
        record("sums of validation figures", str(figures), _number_bytes(settings, figures), readers),
        record("item embeddings", table, down, "every party and the server", to="every party"),
    ]
    if MODELS[settings.model].message == "gradient":
        found.append(record("item counts", str(n_items), _number_bytes(settings, n_items), readers, often="run"))
    if masked is not None:
        keys, who = masked.key_bytes * BATCH_MESSAGES, "keys: everybody; each share: one party"
        found.append(record("keys and sealed shares", "", keys, who, often=f"{BATCH_MESSAGES} messages"))
        found.append(record("shares for unmasking", "", masked.share_bytes, "the server", often="message"))
    if settings.aggregator == "verified":
        # 64 forms of a table in 32 bits and of the totals in 64, digests and nonce, two signatures.
        check = 64 * (4 + 8) + 3 * 32 + 2 * 64
        found.append(record("check of the sum", "64 per array", check, "every party", "message", "the other parties"))
    return tuple(found)


def _number_bytes(settings: TrainSettings, n: int) -> int:
    """Bytes of n counts or sums from one party."""
    if settings.aggregator == "spu":
        return 3 * 4 * n * spu_shares(settings.spu_protocol, settings.parties)  # three limbs of 32 bits
    if settings.aggregator == "heu":
        return HEU_CIPHERTEXT_BYTES * math.ceil(n * 64 / HEU_SLOT_BITS)
    return 8 * n
