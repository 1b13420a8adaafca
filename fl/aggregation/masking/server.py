"""The server's side: it sums masked messages, and is able to learn sums over at least `threshold` parties.

Per batch: begin, take_advert from each party, adverts to everybody, take_sealed from each, sealed_for each.
Per message: open, take_upload from each, close -> SurvivorList to the survivors, take_agreement from at least
`threshold` of them, agreements -> to the survivors, take_shares from at least `threshold` of them, finish -> Sum. Once
uploads are closed, a party that dies changes nothing: any `threshold` of the survivors finish the same sum. A refused
message changes nothing either: its sender counts as not having sent it.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.sentences import say
from fl.aggregation.masking.adverts import BATCH_MESSAGES, check_advert, keys_came_twice
from fl.aggregation.masking.errors import DropoutError, RefusedMessageError
from fl.aggregation.masking.keys import Roster, is_signed, public_of
from fl.aggregation.masking.messages import (
    Advert,
    Agreement,
    Announcement,
    Context,
    SealedShares,
    SurvivorList,
    UnmaskShares,
    Upload,
    context_of,
    self_commitment,
)
from fl.aggregation.masking.packing import (
    bits_of,
    pack_block,
)
from fl.aggregation.masking.rebuilding import rebuild
from fl.aggregation.masking.ring import BlockSpec
from fl.aggregation.masking.ring_types import RingArray
from fl.aggregation.masking.unmasking import opened, summed
from fl.aggregation.masking.uploads import OpenMessage, Sum, check_upload


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
        self._message: OpenMessage | None = None
        self._last = -1

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
        self._message = OpenMessage(number, tuple(spec.header for spec in specs))

    def take_upload(self, upload: Upload) -> None:
        """Take a party's masked message.

        Raises:
            RefusedMessageError: naming the sender, when it is unknown, repeated, late, replayed, of a wrong shape or
                dtype, or not signed by the party. Other uploads are not touched.
        """
        message = self._need_message()
        check_upload(self.roster, self._adverts, self.context, message, upload)
        message.uploads[upload.sender] = upload

    def is_closed(self, number: int) -> bool:
        """Return whether the uploads of message `number` were closed, and it is still the one under way."""
        message = self._message
        return message is not None and message.number == number and message.survivors is not None

    def close(self) -> SurvivorList:
        """Take no more uploads: who sent one is in the sum. Called again, give the same list.

        Raises:
            DropoutError: fewer than the threshold sent one; the message is given up.
        """
        message = self._need_message()
        if message.survivors is None:
            found = tuple((name, message.uploads[name].digest()) for name in self._adverts if name in message.uploads)
            if len(found) < self.roster.threshold:
                self._message = None
                missing = ", ".join(name for name in self._adverts if name not in message.uploads)
                raise DropoutError(
                    say(
                        "masking.uploads-came-fewer",
                        "{n_survivors} uploads came, fewer than the threshold of {threshold}; missing: "
                        "{missing}. The round is given up.",
                        n_survivors=len(found),
                        threshold=self.roster.threshold,
                        missing=missing,
                    )
                )
            message.survivors = SurvivorList(self.context, message.number, found)
        return message.survivors

    def take_agreement(self, agreement: Agreement) -> None:
        """Take a survivor's signature of the list.

        Raises:
            RefusedMessageError: naming the sender.
        """
        message, survivors = self._need_closed()
        name = agreement.sender
        if name not in survivors.names:
            raise RefusedMessageError(
                say("masking.agreement-of-nobody", "An agreement came from {name}, who is not a survivor.", name=name)
            )
        if not is_signed(self.roster.keys[self.roster.place(name)], survivors.body(), agreement.signature):
            raise RefusedMessageError(
                say(
                    "masking.agreement-of-another-list",
                    "{name} signed another list of survivors than it was shown.",
                    name=name,
                )
            )
        message.agreements[name] = agreement

    def agreements(self) -> tuple[Agreement, ...]:
        """Return the signatures of the list, for the survivors.

        Raises:
            DropoutError: fewer than the threshold signed; the message is given up.
        """
        message, _ = self._need_closed()
        if len(message.agreements) < self.roster.threshold:
            self._message = None
            raise DropoutError(
                say(
                    "masking.few-agreements",
                    "{n_signed} parties signed the list of survivors, fewer than the threshold of {threshold}. The "
                    "round is given up.",
                    n_signed=len(message.agreements),
                    threshold=self.roster.threshold,
                )
            )
        return tuple(message.agreements.values())

    def take_shares(self, shares: UnmaskShares) -> None:
        """Take a survivor's help.

        Raises:
            RefusedMessageError: naming the sender.
        """
        message, survivors = self._need_closed()
        name = shares.sender
        if name not in survivors.names:
            raise RefusedMessageError(
                say("masking.shares-not-expected", "Shares from {name} are not expected.", name=name)
            )
        if shares.context != self.context or shares.number != message.number:
            raise RefusedMessageError(
                say("masking.shares-message-replay", "Shares from {name} are of another message: a replay.", name=name)
            )
        if message.shares.get(name, shares) != shares:
            raise RefusedMessageError(say("masking.shares-came-twice", "Shares from {name} came twice.", name=name))
        asked = (survivors.names, tuple(other for other in self._adverts if other not in survivors.names))
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
        """Return the sum of the survivors' messages. Called again, return it again.

        Raises:
            DropoutError: fewer than the threshold sent shares, or too many of them are wrong; the message is given up.
        """
        message, survivors = self._need_closed()
        if message.result is None:
            try:
                message.result = self._unmasked(message, survivors)
            except DropoutError:
                self._message = None
                raise
        return message.result

    def announce(self, result: Sum) -> Announcement:
        """Return a sum of the last message with all that it was made of, for parties that check it.

        Args:
            result: of `finish`, or what a cheating server puts in its place.
        """
        message, survivors = self._need_closed()
        blocks = tuple(pack_block(block, bits) for block, bits in zip(result.blocks, result.bits, strict=True))
        uploads = tuple(message.uploads[name] for name in survivors.names)
        return Announcement(self.context, message.number, blocks, uploads, result.self_seeds, result.dropped_keys)

    def parts(self) -> dict[str, tuple[RingArray, ...]]:
        """Return every survivor's last message under the masks that it shares with other survivors.

        They cancel in the sum. A server knows this much of each party; for demonstrations of what it can do with it.
        """
        message, survivors = self._need_closed()
        result = self.finish()
        seeds = dict(result.self_seeds)
        return {
            name: opened(self.roster, self._adverts[name], message.uploads[name], seeds[name], result.dropped_keys)
            for name in survivors.names
        }

    # --- inside -----------------------------------------------------------------------------------------------------

    def _need_message(self) -> OpenMessage:
        if self._message is None:
            raise RefusedMessageError(
                say("masking.no-message-open-came", "No message is open: it came late, or the round was given up.")
            )
        return self._message

    def _need_closed(self) -> tuple[OpenMessage, SurvivorList]:
        message = self._need_message()
        if message.survivors is None:
            raise RefusedMessageError(say("masking.uploads-still-open", "Uploads are still open."))
        return message, message.survivors

    def _unmasked(self, message: OpenMessage, survivors: SurvivorList) -> Sum:
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
        misfits: set[str] = set()
        seeds = tuple((name, self._self_seed(message, name, misfits)) for name in survivors.names)
        dropped = tuple(name for name in self._adverts if name not in survivors.names)
        keys = tuple((name, self._mask_key(message, name, misfits)) for name in dropped)
        uploads = [message.uploads[name] for name in survivors.names]
        bits = tuple(bits_of(block) for block in uploads[0].blocks)
        odd = tuple(sorted(misfits, key=self.roster.place))
        return Sum(
            summed(self.roster, self._adverts, uploads, seeds, keys), bits, survivors.names, dropped, odd, seeds, keys
        )

    def _self_seed(self, message: OpenMessage, name: str, misfits: set[str]) -> bytes:
        expected = self._adverts[name].self_commitments[message.number]
        shares = {sender: dict(s.self_shares)[name] for sender, s in message.shares.items()}

        def right(seed: bytes) -> bool:
            return self_commitment(self._roster_digest, name, self._batch, message.number, seed) == expected

        return rebuild(self.roster, f"the mask of {name}", shares, right, misfits)

    def _mask_key(self, message: OpenMessage, name: str, misfits: set[str]) -> bytes:
        expected = self._adverts[name].mask_keys[message.number]
        shares = {sender: dict(s.key_shares)[name] for sender, s in message.shares.items()}
        return rebuild(self.roster, f"the key of {name}", shares, lambda key: public_of(key) == expected, misfits)
