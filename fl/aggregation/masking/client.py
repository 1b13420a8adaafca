"""The party's side: it has its messages summed without showing them.

One `MaskingClient` lives through many batches of messages. Per batch, ahead of any message:

    advertise -> Advert to everybody;  share(adverts) -> sealed shares to each other party;  receive(sealed shares)

Per message:

    mask(number, arrays) -> Upload to the server
    agree(list of survivors) -> Agreement, through the server to everybody
    unmask(agreements) -> UnmaskShares to the server

A message y is uploaded as y + PRG(own seed) + sum over other parties of +-PRG(pair seed). Pair masks cancel in the sum
of parties that were told the same things (`keys.pair_seed`); own seeds, and the mask keys of drop-outs, are rebuilt
from shares of at least `threshold` parties. A party signs one list of survivors per message, and only if it is on it
with the upload that it sent; it gives shares only for a list that `threshold` parties signed (the consistency check of
Bonawitz et al. 2017, section 4), and never for two lists with the same values (`ledger`). So nobody's own seed and mask
key are both given away (section 6.1: an upload that arrives late must stay hidden), and the same values are in one sum
only.

With c parties colluding with a server that cheats, no single message can be opened while c < 2 * threshold - n (else
two lists can have `threshold` signatures) and c < threshold - 1 (else there can be a sum of one honest part and
colluding ones).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.errors import SettingsError
from data.sentences import say
from fl.aggregation.masking import masks, shamir
from fl.aggregation.masking.adverts import BATCH_MESSAGES, check_adverts
from fl.aggregation.masking.agreeing import check_agreements, check_list
from fl.aggregation.masking.batch import Batch, Secrets, SentMessage
from fl.aggregation.masking.errors import NOTHING_SENT, RangeError, RefusedMessageError
from fl.aggregation.masking.keys import Identity, Roster, agree, digest, pack, pair_seed, public_of
from fl.aggregation.masking.ledger import Ledger
from fl.aggregation.masking.messages import (
    Advert,
    Agreement,
    Context,
    SealedShares,
    SurvivorList,
    UnmaskShares,
    Upload,
    context_of,
    self_commitment,
)
from fl.aggregation.masking.packing import pack_block
from fl.aggregation.masking.ring import BlockSpec, encode, rounding_seed
from fl.aggregation.masking.ring_types import RingArray
from fl.aggregation.masking.sealing import seal, unseal
from fl.errors import of_party

# So few values can be equal in two rounds by chance, as figures of few users are, without being the same message: they
# count as the same only when they answer the same question.
_FEW = 64


class MaskingClient:
    """One party's side of the protocol."""

    def __init__(
        self,
        name: str,
        identity: Identity,
        roster: Roster,
        messages: int = BATCH_MESSAGES,
        checks_sums: bool = False,
        ledger: Ledger | None = None,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        """Take part as `name`.

        Args:
            name: of the party, on the roster.
            identity: its signing key, the one on the roster.
            roster: of all parties.
            messages: per batch.
            checks_sums: go on to the next message only when the sum of the last one was shown to this party
                (`fl.aggregation.masking.checking`).
            ledger: what this party has summed before; a new one where it is None.
            random: gives n unpredictable bytes; something else only in tests.

        Raises:
            SettingsError: the roster does not have this party with this key.
        """
        if name not in roster.names or roster.keys[roster.place(name)] != identity.public:
            raise SettingsError(
                say("masking.roster-not-key", "The roster does not have {name} with its own key.", name=name)
            )
        self.name = name
        self.identity = identity
        self.roster = roster
        self._roster_digest = roster.digest()
        self._messages = messages
        self._checks_sums = checks_sums
        self._ledger = ledger or Ledger()
        self._random = random
        self._batch: Batch | None = None

    # --- a batch ----------------------------------------------------------------------------------------------------

    def advertise(self, batch: int) -> Advert:
        """Make new keys for a batch of messages; all keys of the one before are forgotten.

        Raises:
            RefusedMessageError: the number is not higher than that of the last batch, or a sum of the last one was
                never shown.
        """
        if self._batch is not None and batch <= self._batch.number:
            raise RefusedMessageError(
                say(
                    "masking.batch-asked-after-batch",
                    "Batch {batch} was asked for after batch {number}: a replay.",
                    batch=batch,
                    number=self._batch.number,
                )
            )
        self._need_checked()
        fresh = {number: Secrets(self._random(32), self._random(32)) for number in range(self._messages)}
        self._batch = Batch(batch, self._random(32), fresh)
        who = (self._roster_digest, self.name, batch)
        advert = Advert(
            self.name,
            batch,
            public_of(self._batch.channel_key),
            tuple(public_of(secret.mask_key) for secret in fresh.values()),
            tuple(self_commitment(*who, number, secret.self_seed) for number, secret in fresh.items()),
        )
        advert = replace(advert, signature=self.identity.sign(advert.body(self._roster_digest)))
        self._batch.adverts = {self.name: advert}
        return advert

    def share(self, adverts: Sequence[Advert]) -> tuple[SealedShares, ...]:
        """Check everybody's keys and share this party's secrets among them.

        Args:
            adverts: of all that take part in this batch, this party included.

        Returns:
            One sealed packet for each other party.

        Raises:
            RefusedMessageError: naming the advert that is not as it must be.
            DropoutError: there are fewer than the threshold.
        """
        batch = self._need_batch()
        if batch.context:
            raise RefusedMessageError(
                say("masking.keys-batch-given-replay", "The keys of this batch were given already: a replay.")
            )
        own = batch.adverts[self.name]
        check_adverts(self.roster, batch.number, self._messages, adverts)
        if own not in adverts:
            raise RefusedMessageError(
                say(
                    "masking.keys-shown-not-exchanged",
                    "The keys shown for {name} are not its own: the server exchanged them.",
                    name=self.name,
                )
            )
        batch.adverts = {a.sender: a for a in sorted(adverts, key=lambda a: self.roster.place(a.sender))}
        batch.context = context_of(self._roster_digest, batch.number, list(batch.adverts.values()))
        names = list(batch.adverts)
        places = [self.roster.place(name) + 1 for name in names]
        split = shamir.split
        of_keys = [split(s.mask_key, places, self.roster.threshold, self._random) for s in batch.secrets.values()]
        of_seeds = [split(s.self_seed, places, self.roster.threshold, self._random) for s in batch.secrets.values()]
        packets = []
        for column, name in enumerate(names):
            keys, seeds = [row[column] for row in of_keys], [row[column] for row in of_seeds]
            if name == self.name:
                batch.key_shares[name], batch.self_shares[name] = keys, seeds
                continue
            packets.append(seal(self._channel(name, self.name, name), self.name, name, batch.context, keys, seeds))
        return tuple(packets)

    def receive(self, packets: Sequence[SealedShares]) -> None:
        """Open the other parties' shares. After this, messages can be masked.

        Raises:
            RefusedMessageError: naming whose packet is missing, repeated, not for this party or this batch, or forged.
        """
        batch = self._need_keys()
        if not batch.channel_key:
            raise RefusedMessageError(
                say("masking.shares-batch-received", "The shares of this batch were received already: a replay.")
            )
        others = set(batch.adverts) - {self.name}
        opened: dict[str, tuple[list[int], list[int]]] = {}
        for packet in packets:
            if packet.sender not in others or packet.sender in opened or packet.recipient != self.name:
                raise RefusedMessageError(
                    say(
                        "masking.shares-not-expected-here",
                        "Shares from {sender} for {recipient} are not expected here.",
                        sender=packet.sender,
                        recipient=packet.recipient,
                    )
                )
            if packet.context != batch.context:
                raise RefusedMessageError(
                    say(
                        "masking.shares-batch-keys",
                        "Shares from {sender} are of another batch or of other keys.",
                        sender=packet.sender,
                    )
                )
            key = self._channel(packet.sender, packet.sender, self.name)
            opened[packet.sender] = unseal(packet, key, self._messages)
        if set(opened) != others:
            missing = ", ".join(sorted(others - set(opened)))
            raise RefusedMessageError(
                say("masking.shares-missing", "Shares are missing from {missing}.", missing=missing)
            )
        for name, (keys, seeds) in opened.items():
            batch.key_shares[name], batch.self_shares[name] = keys, seeds
        # With it, recorded packets could be opened later, and so all messages of this party in this batch.
        batch.channel_key = b""

    # --- a message --------------------------------------------------------------------------------------------------

    def mask(
        self,
        number: int,
        arrays: Sequence[NDArray[np.floating[Any]]],
        specs: Sequence[BlockSpec],
        listed: bool = True,
        told: bytes = b"",
        repeatable: bool = False,
    ) -> Upload:
        """Mask this party's message.

        Args:
            number: of the message in the batch; higher than that of any before.
            arrays: real values.
            specs: what all parties agreed on for them.
            listed: whether the message is a list of arrays, or one array.
            told: see `Upload.told`.
            repeatable: whether the same values may be summed over other parties another time, see `ledger`.

        Raises:
            RangeError: a value that must not be sent, with the name of this party; nothing happened.
            RefusedMessageError: the number was used, the batch is not ready, or the last sum was never shown.
        """
        batch = self._need_shares()
        if not batch.last < number < self._messages:
            raise RefusedMessageError(
                say(
                    "masking.message-asked-after",
                    "Message {number} was asked for after message {last} of {messages}: a replay, or no keys are left.",
                    number=number,
                    last=batch.last,
                    messages=self._messages,
                )
            )
        self._need_checked()
        if len(arrays) != len(specs):
            raise RefusedMessageError(
                say(
                    "masking.arrays-given",
                    "{n_arrays} arrays were given with {n_specs} specifications.",
                    n_arrays=len(arrays),
                    n_specs=len(specs),
                )
            )
        seed = rounding_seed(self.name, arrays)
        try:
            blocks = [
                encode(array, spec, seed[:31] + bytes([place]))
                for place, (array, spec) in enumerate(zip(arrays, specs, strict=True))
            ]
        except RangeError as error:
            raise RangeError(
                of_party(self.name, error.message),
                NOTHING_SENT,
            ) from error
        # From here on the number is spent, whatever happens: a second message under the same masks would show the
        # difference of the two.
        batch.last = number
        batch.forget_before(number)
        for other in batch.adverts:
            if other != self.name:
                self._apply_pair(blocks, number, other, told)
        masks.apply(blocks, batch.secrets[number].self_seed, 1)
        for block in blocks:
            block.setflags(write=False)
        packed = tuple(pack_block(block, spec.bits) for block, spec in zip(blocks, specs, strict=True))
        upload = Upload(self.name, batch.context, number, packed, listed, told)
        upload = replace(upload, signature=self.identity.sign(upload.body()))
        what_for = told if sum(np.size(array) for array in arrays) < _FEW else b""
        free = repeatable or not any(np.any(array) for array in arrays)
        values = b"" if free else digest("values", seed, what_for)
        batch.sent[number] = SentMessage(upload.digest(), values)
        return upload

    def agree(self, survivors: SurvivorList) -> Agreement:
        """Sign the list of survivors of the last message. Asked again for the same list, answer the same.

        Raises:
            RefusedMessageError: the list is not for the last message, lacks this party or its upload, differs from one
                that was signed before, or names other parties than those with which the same values were summed.
            DropoutError: there are fewer survivors than the threshold.
        """
        batch = self._need_shares()
        sent = check_list(batch, self.name, self.roster.threshold, survivors)
        self._ledger.check(sent.values, survivors.names)
        sent.survivors = survivors
        return Agreement(self.name, self.identity.sign(survivors.body()))

    def unmask(self, number: int, agreements: Sequence[Agreement]) -> UnmaskShares:
        """Give shares of the survivors' self masks and of the drop-outs' keys.

        Args:
            number: of the message whose list this party signed.
            agreements: signatures of that list; those of other parties than the survivors do not count.

        Raises:
            RefusedMessageError: no list was signed, a signature is not of this list, or fewer than the threshold are.
            StorageError: what is summed cannot be remembered on disk; no share is given.
        """
        batch = self._need_shares()
        sent = batch.sent.get(number)
        if sent is None or sent.survivors is None:
            raise RefusedMessageError(
                say(
                    "masking.survivors-not-named",
                    "Shares were asked for message {number}, whose survivors were not named.",
                    number=number,
                )
            )
        if sent.shares is not None:
            return sent.shares
        names = sent.survivors.names
        check_agreements(self.roster, self.name, sent.survivors, agreements)
        self._ledger.check(sent.values, names)
        self._ledger.note(sent.values, names)
        dropped = [name for name in batch.adverts if name not in names]
        answer = UnmaskShares(
            self.name,
            batch.context,
            number,
            tuple((name, batch.self_shares[name][number]) for name in names),
            tuple((name, batch.key_shares[name][number]) for name in dropped),
        )
        sent.shares = replace(answer, signature=self.identity.sign(answer.body()))
        batch.forget_masks(number)
        return sent.shares

    # --- for the check of a sum ---------------------------------------------------------------------------------------

    @property
    def context(self) -> Context:
        """The context of the current batch."""
        return self._need_keys().context

    @property
    def adverts(self) -> dict[str, Advert]:
        """The adverts of the current batch, by party."""
        return self._need_keys().adverts

    @property
    def batch_number(self) -> int:
        """The number of the current batch."""
        return self._need_keys().number

    def sent(self, number: int) -> SentMessage:
        """Return what is remembered of the message that was sent under `number`.

        Raises:
            RefusedMessageError: nothing was, or it is forgotten.
        """
        sent = self._need_keys().sent.get(number)
        if sent is None:
            raise RefusedMessageError(
                say(
                    "masking.message-not-open-batch",
                    "Message {number} is not open in this batch: a replay.",
                    number=number,
                )
            )
        return sent

    # --- inside -----------------------------------------------------------------------------------------------------

    def _need_batch(self) -> Batch:
        if self._batch is None:
            raise RefusedMessageError(say("masking.made-no-keys", "{name} has made no keys yet.", name=self.name))
        return self._batch

    def _need_keys(self) -> Batch:
        batch = self._need_batch()
        if not batch.context:
            raise RefusedMessageError(
                say("masking.not-seen-parties-keys", "{name} has not seen the other parties' keys yet.", name=self.name)
            )
        return batch

    def _need_shares(self) -> Batch:
        batch = self._need_keys()
        if set(batch.key_shares) != set(batch.adverts):
            raise RefusedMessageError(
                say(
                    "masking.not-received-parties",
                    "{name} has not received the other parties' shares yet.",
                    name=self.name,
                )
            )
        return batch

    def _need_checked(self) -> None:
        """Refuse to go on when shares were given for a sum that this party, which checks sums, was never shown."""
        if not self._checks_sums or self._batch is None:
            return
        for number, sent in self._batch.sent.items():
            if sent.shares is not None and not sent.checked:
                raise RefusedMessageError(
                    say(
                        "masking.sum-never-shown",
                        "{name} helped to unmask message {number}, but was never shown its sum to check it.",
                        name=self.name,
                        number=number,
                    )
                )

    def _channel(self, other: str, sender: str, recipient: str) -> bytes:
        """Derive the key of the channel from `sender` to `recipient`: one is this party, the other is `other`."""
        batch = self._need_keys()
        info = pack("channel", batch.context, sender, recipient)
        return agree(batch.channel_key, batch.adverts[other].channel_key, info, other)

    def _apply_pair(self, blocks: Sequence[RingArray], number: int, other: str, told: bytes) -> None:
        batch = self._need_keys()
        seed = pair_seed(
            batch.context,
            number,
            told,
            (self.name, batch.secrets[number].mask_key),
            (other, batch.adverts[other].mask_keys[number]),
        )
        masks.apply(blocks, seed, masks.pair_sign(self.roster.place(self.name), self.roster.place(other)))
