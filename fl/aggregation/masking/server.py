"""The server's side: it sums masked messages, and is able to learn sums over at least `threshold` parties.

Per batch: begin, take_advert from each party, adverts to everybody, take_sealed from each, sealed_for each.
Per message: open, take_upload from each, close -> UnmaskRequest to the survivors, take_shares from at least `threshold`
of them, finish -> Sum. A refused message changes nothing: its sender counts as not having sent it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

import numpy as np

from data.sentences import say
from fl.aggregation.masking import masks, shamir
from fl.aggregation.masking.adverts import BATCH_MESSAGES, check_advert, keys_came_twice
from fl.aggregation.masking.errors import DropoutError, RefusedMessageError
from fl.aggregation.masking.keys import Roster, is_signed, pair_seed, public_of
from fl.aggregation.masking.messages import (
    Advert,
    Announcement,
    Context,
    SealedShares,
    UnmaskRequest,
    UnmaskShares,
    Upload,
    context_of,
    self_commitment,
)
from fl.aggregation.masking.packing import (
    PackedBlock,
    WireBlock,
    bits_of,
    header_name,
    pack_block,
    reduced,
    unpack_block,
)
from fl.aggregation.masking.ring import BlockSpec
from fl.aggregation.masking.ring_types import RingArray
from fl.aggregation.masking.settling import Transcript

# Sets of shares tried when one is wrong, before giving up.
_TRIES = 5000


@dataclass(frozen=True)
class Sum:
    """The outcome of a message.

    Attributes:
        blocks: sums of ring elements over the survivors, unmasked.
        bits: of each block.
        survivors: whose uploads are in it.
        dropped: who took part in the batch and is not in it.
        liars: parties whose shares were wrong; the sum is right without them.
    """

    blocks: tuple[RingArray, ...]
    bits: tuple[int, ...]
    survivors: tuple[str, ...]
    dropped: tuple[str, ...]
    liars: tuple[str, ...] = ()


@dataclass
class _Message:
    number: int
    headers: tuple[tuple[tuple[int, ...], str], ...]
    uploads: dict[str, Upload] = field(default_factory=dict)
    survivors: tuple[str, ...] | None = None
    shares: dict[str, UnmaskShares] = field(default_factory=dict)


def headers_of(blocks: Sequence[WireBlock]) -> tuple[tuple[tuple[int, ...], str], ...]:
    """Return the shapes and kinds of a message's arrays."""
    return tuple((b.shape, header_name(b.bits) if isinstance(b, PackedBlock) else b.dtype.str) for b in blocks)


class MaskingServer:
    """The server's side of the protocol."""

    def __init__(self, roster: Roster, messages: int = BATCH_MESSAGES) -> None:
        self.roster = roster
        self._roster_digest = roster.digest()
        self._messages = messages
        self._batch = 0
        self._adverts: dict[str, Advert] = {}
        self._sealed: dict[str, dict[str, SealedShares]] = {}
        self.context: Context = b""
        self._message: _Message | None = None
        self._last = -1
        self.transcript: Transcript | None = None  # of the last sum, in case a party disputes it

    # --- a batch ----------------------------------------------------------------------------------------------------

    def begin(self, batch: int) -> None:
        """Start a batch of messages with new keys; whatever was under way is given up."""
        if batch <= self._batch:
            raise RefusedMessageError(
                say(
                    "masking.batch-asked-after-batch-2",
                    "Batch {batch} was asked for after batch {batch_2}.",
                    batch=batch,
                    batch_2=self._batch,
                )
            )
        self._batch, self._adverts, self._sealed, self.context = batch, {}, {}, b""
        self._message, self._last = None, -1

    def take_advert(self, advert: Advert) -> None:
        """Take a party's keys.

        Raises:
            RefusedMessageError: naming the sender.
        """
        if self.context:
            raise RefusedMessageError(
                say(
                    "masking.keys-came-late-batch",
                    "The keys of {sender} came late: the batch has begun without them.",
                    sender=advert.sender,
                )
            )
        if advert.sender in self._adverts:
            raise RefusedMessageError(keys_came_twice(advert.sender))
        check_advert(self.roster, self._batch, self._messages, advert)
        self._adverts[advert.sender] = advert

    def adverts(self) -> tuple[Advert, ...]:
        """Return everybody's keys, for everybody. Who comes later is not in this batch.

        Raises:
            DropoutError: fewer than the threshold came.
        """
        if len(self._adverts) < self.roster.threshold:
            raise DropoutError(
                say(
                    "masking.parties-sent-keys-fewer-2",
                    "{n_adverts} parties sent keys, fewer than the threshold of {threshold}.",
                    n_adverts=len(self._adverts),
                    threshold=self.roster.threshold,
                )
            )
        self._adverts = {name: self._adverts[name] for name in self.roster.names if name in self._adverts}
        self.context = context_of(self._roster_digest, self._batch, list(self._adverts.values()))
        return tuple(self._adverts.values())

    def take_sealed(self, sender: str, packets: Sequence[SealedShares]) -> None:
        """Take a party's sealed shares for all others.

        Raises:
            RefusedMessageError: they are not one for each other party of this batch.
        """
        if sender not in self._adverts or sender in self._sealed:
            raise RefusedMessageError(
                say(
                    "masking.shares-not-expected-came",
                    "Shares of {sender} are not expected, or came twice.",
                    sender=sender,
                )
            )
        by_recipient = {p.recipient: p for p in packets if p.sender == sender and p.context == self.context}
        if set(by_recipient) != set(self._adverts) - {sender} or len(packets) != len(by_recipient):
            raise RefusedMessageError(
                say(
                    "masking.did-not-send-shares",
                    "{sender} did not send shares for each other party of this batch.",
                    sender=sender,
                )
            )
        self._sealed[sender] = by_recipient

    def sealed_for(self, name: str) -> tuple[SealedShares, ...]:
        """Return the shares that others sealed for `name`."""
        return tuple(packets[name] for sender, packets in self._sealed.items() if sender != name)

    # --- a message --------------------------------------------------------------------------------------------------

    def open(self, number: int, specs: Sequence[BlockSpec]) -> None:
        """Begin to take uploads of a message.

        Raises:
            RefusedMessageError: the number was used, or the batch has not begun.
        """
        if not self.context or not self._last < number < self._messages:
            raise RefusedMessageError(
                say(
                    "masking.message-cannot-opened",
                    "Message {number} cannot be opened after message {last}.",
                    number=number,
                    last=self._last,
                )
            )
        self._last = number
        self._message = _Message(number, tuple(spec.header for spec in specs))

    def take_upload(self, upload: Upload) -> None:
        """Take a party's masked message.

        Raises:
            RefusedMessageError: naming the sender, when it is unknown, repeated, late, replayed, of a wrong shape or
                dtype, or not signed by the party. Other uploads are not touched.
        """
        name = upload.sender
        message = self._need_message()
        if name not in self.roster.names:
            raise RefusedMessageError(
                say(
                    "masking.upload-came-not-roster", "An upload came from {name}, who is not on the roster.", name=name
                )
            )
        if name not in self._adverts:
            raise RefusedMessageError(
                say("masking.takes-no-part-batch", "{name} takes no part in this batch: it sent no keys.", name=name)
            )
        if upload.context != self.context or upload.number != message.number:
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
        if not is_signed(self.roster.keys[self.roster.place(name)], upload.body(), upload.signature):
            raise RefusedMessageError(
                say("masking.upload-not-signed", "The upload of {name} is not signed by it.", name=name)
            )
        message.uploads[name] = upload

    def close(self) -> UnmaskRequest:
        """Take no more uploads: who sent one is in the sum.

        Raises:
            DropoutError: fewer than the threshold sent one; the message is given up.
        """
        message = self._need_message()
        if message.survivors is None:
            survivors = tuple(name for name in self._adverts if name in message.uploads)
            if len(survivors) < self.roster.threshold:
                self._message = None
                missing = ", ".join(name for name in self._adverts if name not in survivors)
                raise DropoutError(
                    say(
                        "masking.uploads-came-fewer",
                        "{n_survivors} uploads came, fewer than the threshold of {threshold}; missing: "
                        "{missing}. The round is given up.",
                        n_survivors=len(survivors),
                        threshold=self.roster.threshold,
                        missing=missing,
                    )
                )
            message.survivors = survivors
        return UnmaskRequest(self.context, message.number, message.survivors)

    def take_shares(self, shares: UnmaskShares) -> None:
        """Take a survivor's help.

        Raises:
            RefusedMessageError: naming the sender.
        """
        message = self._need_message()
        name = shares.sender
        if message.survivors is None or name not in message.survivors:
            raise RefusedMessageError(
                say("masking.shares-not-expected", "Shares from {name} are not expected.", name=name)
            )
        if shares.context != self.context or shares.number != message.number:
            raise RefusedMessageError(
                say("masking.shares-message-replay", "Shares from {name} are of another message: a replay.", name=name)
            )
        if name in message.shares:
            raise RefusedMessageError(say("masking.shares-came-twice", "Shares from {name} came twice.", name=name))
        dropped = tuple(other for other in self._adverts if other not in message.survivors)
        asked = (message.survivors, dropped)
        if (tuple(n for n, _ in shares.self_shares), tuple(n for n, _ in shares.key_shares)) != asked:
            raise RefusedMessageError(
                say(
                    "masking.sent-shares-parties-asked",
                    "{name} sent shares for other parties than it was asked for.",
                    name=name,
                )
            )
        if not is_signed(self.roster.keys[self.roster.place(name)], shares.body(), shares.signature):
            raise RefusedMessageError(
                say("masking.shares-not-signed", "The shares of {name} are not signed by it.", name=name)
            )
        message.shares[name] = shares

    def finish(self) -> Sum:
        """Return the sum of the survivors' messages.

        Raises:
            DropoutError: fewer than the threshold sent shares, or too many of them are wrong; the message is given up.
        """
        message = self._need_message()
        if message.survivors is None:
            raise RefusedMessageError(say("masking.uploads-still-open", "Uploads are still open."))
        self._message = None
        if len(message.shares) < self.roster.threshold:
            raise DropoutError(
                say(
                    "masking.parties-helped-unmask",
                    "{n_shares} parties helped to unmask, fewer than the threshold of {threshold}. The round "
                    "is given up.",
                    n_shares=len(message.shares),
                    threshold=self.roster.threshold,
                )
            )
        bits = tuple(bits_of(block) for block in message.uploads[message.survivors[0]].blocks)
        uploads = [[unpack_block(b) for b in message.uploads[name].blocks] for name in message.survivors]
        total = [block.copy() for block in uploads[0]]
        for blocks in uploads[1:]:
            for block, more in zip(total, blocks, strict=True):
                np.add(block, more, out=block)
        liars: set[str] = set()
        seeds, keys = [], []
        for name in message.survivors:
            seeds.append((name, self._self_seed(message, name, liars)))
            masks.apply(total, seeds[-1][1], -1)
        dropped = tuple(name for name in self._adverts if name not in message.survivors)
        for name in dropped:
            key = self._mask_key(message, name, liars)
            keys.append((name, key))
            for survivor in message.survivors:
                public = self._adverts[survivor].mask_keys[message.number]
                seed = pair_seed(self.context, message.number, (name, key), (survivor, public))
                # The survivor's mask has the opposite sign of what the drop-out would have added.
                sign = masks.pair_sign(self.roster.place(survivor), self.roster.place(name))
                masks.apply(total, seed, -sign)
        self.transcript = Transcript(
            tuple(message.uploads[name] for name in message.survivors),
            tuple(seeds),
            tuple(keys),
            tuple((name, self._adverts[name].mask_keys[message.number]) for name in message.survivors),
            tuple((name, self.roster.place(name)) for name in self._adverts),
        )
        sums = tuple(reduced(block, b) for block, b in zip(total, bits, strict=True))
        return Sum(sums, bits, message.survivors, dropped, tuple(sorted(liars, key=self.roster.place)))

    def announce(self, number: int, result: Sum) -> Announcement:
        """Return the commitment to a sum, for parties that verify it."""
        blocks = tuple(pack_block(block, bits) for block, bits in zip(result.blocks, result.bits, strict=True))
        return Announcement(self.context, number, result.survivors, blocks)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _need_message(self) -> _Message:
        if self._message is None:
            raise RefusedMessageError(
                say("masking.no-message-open-came", "No message is open: it came late, or the round was given up.")
            )
        return self._message

    def _self_seed(self, message: _Message, name: str, liars: set[str]) -> bytes:
        expected = self._adverts[name].self_commitments[message.number]
        shares = {sender: dict(s.self_shares)[name] for sender, s in message.shares.items()}

        def right(seed: bytes) -> bool:
            return self_commitment(self._roster_digest, name, self._batch, message.number, seed) == expected

        return self._rebuild(say("masking.mask-of", "the mask of {name}", name=name), shares, right, liars)

    def _mask_key(self, message: _Message, name: str, liars: set[str]) -> bytes:
        expected = self._adverts[name].mask_keys[message.number]
        shares = {sender: dict(s.key_shares)[name] for sender, s in message.shares.items()}
        what = say("masking.key-of", "the key of {name}", name=name)
        return self._rebuild(what, shares, lambda key: public_of(key) == expected, liars)

    def _rebuild(self, what: str, shares: dict[str, int], right: Callable[[bytes], bool], liars: set[str]) -> bytes:
        """Return the secret that `right` accepts; who gave a share that does not fit it is added to `liars`."""
        threshold = self.roster.threshold
        honest_first = sorted(shares, key=lambda name: (name in liars, self.roster.place(name)))
        for chosen in islice(combinations(honest_first, threshold), _TRIES):
            secret = shamir.combine({self.roster.place(name) + 1: shares[name] for name in chosen}, threshold)
            if secret is not None and right(secret):
                if chosen != tuple(honest_first[:threshold]):
                    liars.update(self._misfits(secret, shares, chosen))
                return secret
        raise DropoutError(
            say(
                "masking.no-shares-give-many",
                "No {threshold} of {n_shares} shares give {what}: too many are wrong. The round is given up.",
                threshold=threshold,
                n_shares=len(shares),
                what=what,
            )
        )

    def _misfits(self, secret: bytes, shares: dict[str, int], chosen: tuple[str, ...]) -> list[str]:
        """Return whose share does not lie on the polynomial through the chosen ones."""
        fits = []
        for name in shares:
            trial = {self.roster.place(n) + 1: shares[n] for n in (name, *chosen[: len(chosen) - 1])}
            if name in chosen or shamir.combine(trial, len(trial)) == secret:
                fits.append(name)
        return [name for name in shares if name not in fits]
