"""Every kind of message that crosses a party's border in training, with its size and who can read it."""

from __future__ import annotations

from dataclasses import dataclass

from fl.aggregation.compression import FULL_BITS
from fl.aggregation.masking.adverts import BATCH_MESSAGES
from fl.aggregation.updates import N_TOTALS
from fl.audit.masked_parties import protocol_bytes
from fl.runs.records import MessageRecord
from fl.settings.aggregators import AGGREGATORS
from fl.settings.train import TrainSettings
from models.evaluation import VALIDATION
from models.registry import MODELS


@dataclass(frozen=True)
class Sizes:
    """The bytes that one party sent and received in a round."""

    up: int
    down: int


def message_records(settings: TrainSettings, n_items: int, sizes: Sizes) -> tuple[MessageRecord, ...]:
    """Return the messages of a run; see `fl.aggregation.updates`.

    Args:
        settings: of the run.
        n_items: of its data set.
        sizes: of a round, as measured.
    """
    about = AGGREGATORS[settings.aggregator]
    readers, table = about.readers, f"{n_items} x {settings.dim}"
    figures = len(VALIDATION.columns)

    def record(name: str, shape: str, size: int, who: str, often: str = "round", to: str = "server") -> MessageRecord:
        source = "server" if to == "every party" else "every party"
        return MessageRecord(name=name, source=source, target=to, shape=shape, bytes=size, often=often, readable_by=who)

    # See `fl.aggregation.compression`: with few bits, a round before which the server knew no ranges is sent whole, in
    # 32 bits.
    ranges = 0 if settings.upload_bits == FULL_BITS else sizes.down - 4 * n_items * settings.dim
    whole = settings.upload_bits < FULL_BITS and not ranges
    sent = n_items if whole else max(1, round(settings.row_fraction * n_items))
    found = [
        record("item update and totals", f"{sent} x {settings.dim} and {N_TOTALS}", sizes.up, readers),
        record("sums of validation figures", str(figures), _number_bytes(settings, figures), readers),
        record("item embeddings", table, sizes.down - ranges, "every party and the server", to="every party"),
    ]
    if ranges:
        found.append(record("ranges of the values", str(sent), ranges, "every party and the server", to="every party"))
    if MODELS[settings.model].message == "gradient" and settings.dp == "none":
        found.append(record("item counts", str(n_items), _number_bytes(settings, n_items), readers, often="run"))
    if about.masks:
        of_keys, of_shares = protocol_bytes(settings.parties)
        keys, who = of_keys * BATCH_MESSAGES, "keys: everybody; each share: one party"
        found.append(record("keys and sealed shares", "", keys, who, often=f"{BATCH_MESSAGES} messages"))
        found.append(record("shares for unmasking", "", of_shares, "the server", often="message"))
    if about.verifies:
        # 64 forms of a table in 32 bits and of the totals in 64, digests and nonce, two signatures.
        check = 64 * (4 + 8) + 3 * 32 + 2 * 64
        found.append(record("check of the sum", "64 per array", check, "every party", "message", "the other parties"))
    return tuple(found)


def _number_bytes(settings: TrainSettings, n: int) -> int:
    """Return the bytes of n counts or sums from one party."""
    return AGGREGATORS[settings.aggregator].number_bytes(settings.aggregator_choice, settings.parties, n)
