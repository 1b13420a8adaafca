"""A message at the server: the uploads that came, what became of them, and the check of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.sentences import say
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.keys import Roster, is_signed
from fl.aggregation.masking.messages import Advert, Agreement, Context, SurvivorList, UnmaskShares, Upload
from fl.aggregation.masking.packing import PackedBlock, WireBlock, header_name
from fl.aggregation.masking.ring_types import RingArray


@dataclass(frozen=True)
class Sum:
    """The outcome of a message.

    Attributes:
        blocks: sums of ring elements over the survivors, unmasked.
        bits: of each block.
        survivors: whose uploads are in it.
        dropped: who took part in the batch and is not in it.
        misfits: whose shares did not fit, when others gave the secret: the party's fault, or that of who dealt it the
            share. The sum is right without them, and nobody is told these names.
        self_seeds: (name, seed) of the survivors' own masks.
        dropped_keys: (name, private mask key) of who dropped out.
    """

    blocks: tuple[RingArray, ...]
    bits: tuple[int, ...]
    survivors: tuple[str, ...]
    dropped: tuple[str, ...]
    misfits: tuple[str, ...] = ()
    self_seeds: tuple[tuple[str, bytes], ...] = ()
    dropped_keys: tuple[tuple[str, bytes], ...] = ()


@dataclass
class OpenMessage:
    """A message that is being summed."""

    number: int
    headers: tuple[tuple[tuple[int, ...], str], ...]
    uploads: dict[str, Upload] = field(default_factory=dict)
    survivors: SurvivorList | None = None
    agreements: dict[str, Agreement] = field(default_factory=dict)
    shares: dict[str, UnmaskShares] = field(default_factory=dict)
    result: Sum | None = None


def headers_of(blocks: Sequence[WireBlock]) -> tuple[tuple[tuple[int, ...], str], ...]:
    """Return the shapes and kinds of a message's arrays."""
    return tuple((b.shape, header_name(b.bits) if isinstance(b, PackedBlock) else b.dtype.str) for b in blocks)


def check_upload(
    roster: Roster, adverts: Mapping[str, Advert], context: Context, message: OpenMessage, upload: Upload
) -> None:
    """Refuse an upload that does not belong to a message.

    Args:
        roster: of all parties.
        adverts: of the parties that take part in the batch.
        context: of the batch.
        message: the one under way.
        upload: as it came.

    Raises:
        RefusedMessageError: naming the sender, when it is unknown, repeated, late, replayed, of a wrong shape or
            dtype, not signed by the party, or of a party that was told other things than the others.
    """
    name = upload.sender
    if name not in roster.names:
        raise RefusedMessageError(
            say("masking.upload-came-not-roster", "An upload came from {name}, who is not on the roster.", name=name)
        )
    if name not in adverts:
        raise RefusedMessageError(
            say("masking.takes-no-part-batch", "{name} takes no part in this batch: it sent no keys.", name=name)
        )
    if upload.context != context or upload.number != message.number:
        raise RefusedMessageError(
            say(
                "masking.upload-message-batch-round",
                "The upload of {name} is message {number} of another batch or round, not message "
                "{number_2} of this one: a replay.",
                name=name,
                number=upload.number,
                number_2=message.number,
            )
        )
    if message.survivors is not None:
        raise RefusedMessageError(
            say(
                "masking.upload-came-late-unmasking",
                "The upload of {name} came late: unmasking has begun without it.",
                name=name,
            )
        )
    if name in message.uploads:
        raise RefusedMessageError(
            say(
                "masking.second-upload-came-message",
                "A second upload of {name} came for message {number}.",
                name=name,
                number=message.number,
            )
        )
    found = headers_of(upload.blocks)
    if found != message.headers:
        raise RefusedMessageError(
            say(
                "masking.upload-arrays-expected",
                "The upload of {name} has arrays {found}, expected {headers}.",
                name=name,
                found=found,
                headers=message.headers,
            )
        )
    if not is_signed(roster.keys[roster.place(name)], upload.body(), upload.signature):
        raise RefusedMessageError(
            say("masking.upload-not-signed", "The upload of {name} is not signed by it.", name=name)
        )
    for other in message.uploads.values():
        if other.told != upload.told:
            raise RefusedMessageError(
                say(
                    "masking.told-other-things",
                    "{name} was told other things than {other}: the masks of the two would not cancel.",
                    name=name,
                    other=other.sender,
                )
            )
