"""Every kind of message that crosses a party's border in training, with its size and who can read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from data.sentences import Said, say
from fl.aggregation.compression import FULL_BITS
from fl.aggregation.masking.adverts import BATCH_MESSAGES
from fl.aggregation.masking.messages import AGREEMENT_BYTES
from fl.aggregation.updates import N_TOTALS
from fl.audit.masked_parties import protocol_bytes
from fl.runs.records import End, MessageKind, MessageRecord
from fl.settings.aggregator_words import THE_SERVER
from fl.settings.aggregators import AGGREGATORS
from fl.settings.train import TrainSettings
from models.evaluation import VALIDATION
from models.registry import MODELS

_EVERYBODY: Final = say("readers.everybody", "every party and the server")
_NAMES: Final[dict[MessageKind, Said]] = {
    "update": say("message.update", "item update and totals"),
    "figures": say("message.figures", "sums of validation figures"),
    "table": say("message.table", "item embeddings"),
    "ranges": say("message.ranges", "ranges of the values"),
    "counts": say("message.counts", "item counts"),
    "keys": say("message.keys", "keys and sealed shares"),
    "shares": say("message.signed-shares", "signature and shares for unmasking"),
    "check": say("message.check", "check of the sum"),
}


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
    figures = len(VALIDATION.columns)

    def record(
        kind: MessageKind, shape: str, size: int, readers: str = about.readers, often: str = "round", to: End = "server"
    ) -> MessageRecord:
        return MessageRecord(
            kind=kind,
            name=_NAMES[kind],
            source="server" if to == "every party" else "every party",
            target=to,
            shape=shape,
            bytes=size,
            often=often,
            readable_by=readers,
            is_open=about.is_open and readers is about.readers,
        )

    # See `fl.aggregation.compression`: with few bits, a round before which the server knew no ranges is sent whole, in
    # 32 bits.
    ranges = 0 if settings.upload_bits == FULL_BITS else sizes.down - 4 * n_items * settings.row_length
    whole = settings.upload_bits < FULL_BITS and not ranges
    sent = n_items if whole else max(1, round(settings.row_fraction * n_items))
    found = [
        record("update", f"{sent} x {settings.row_length} + {N_TOTALS}", sizes.up),
        record("figures", str(figures), _number_bytes(settings, figures)),
        record("table", f"{n_items} x {settings.row_length}", sizes.down - ranges, _EVERYBODY, to="every party"),
    ]
    if ranges:
        found.append(record("ranges", str(sent), ranges, _EVERYBODY, to="every party"))
    if MODELS[settings.model].message == "gradient" and settings.dp == "none":
        found.append(record("counts", str(n_items), _number_bytes(settings, n_items), often="run"))
    if about.masks:
        of_keys, of_shares = protocol_bytes(settings.parties)
        keys = of_keys * BATCH_MESSAGES
        who = say("readers.keys", "keys: everybody; each share: one party")
        found.append(record("keys", "", keys, who, often=f"{BATCH_MESSAGES} messages"))
        found.append(record("shares", "", AGREEMENT_BYTES + of_shares, THE_SERVER, often="message"))
        if about.verifies:
            # Everybody's upload, and their sum.
            upload, who = sizes.up - AGREEMENT_BYTES - of_shares, say("readers.parties", "every party")
            shape = say("message.all-uploads", "{parties} uploads and their sum", parties=settings.parties)
            found.append(record("check", shape, (settings.parties + 1) * upload, who, "message", "every party"))
    return tuple(found)


def _number_bytes(settings: TrainSettings, n: int) -> int:
    """Return the bytes of n counts or sums from one party."""
    return AGGREGATORS[settings.aggregator].number_bytes(settings.aggregator_choice, settings.parties, n)
