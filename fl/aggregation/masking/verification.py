"""The check, by every party, that the sum the server announced is the sum of what the survivors sent.

    server -> all      Announcement: the sum in ring elements. It is fixed from here on.
    party  -> all      Confirmation: digest of the sum it was shown, survivors, and its nonce, signed
    party  -> all      Forms: 64 random linear forms of its own part, signed; the seed is SHA-256 of the sum's digest
                       and all nonces
    party              check: forms of the parts must add up to the forms of the announced sum

A party's part is its message with the masks it shares with other survivors. These cancel in the sum, so the parts add
up to exactly the sum, and a form of a part looks random to everyone who does not know all pair masks of that party.
Counts and losses are blocks of the same message, so they are covered.

Why a cheating server is caught: nonces were committed to with the batch's keys and are opened only by a party that has
been shown the sum, so nobody, the server and parties colluding with it included, can know the seed while the sum can
still be chosen. A wrong sum passes with a probability of at most 2^-64 (`forms`). A server that shows different sums
to different parties is caught because confirmations are signed. Whoever leaves out a message stops the round, no more.

It withstands a server colluding with any number of parties, in that the sum contains every honest survivor's message,
exactly once and unchanged. What colluding parties add is their own choice, even after the sum of the others is known to
the server: the check binds honest messages, not a cheat's input. It does not show what the server does with the sum
afterwards, nor that inputs are honest. Whether the server had a wrong sum or a party wrong forms is settled by the
server's transcript (`settling`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from data.sentences import say
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.errors import RefusedMessageError, VerificationError
from fl.aggregation.masking.forms import N_FORMS, forms
from fl.aggregation.masking.keys import digest, is_signed
from fl.aggregation.masking.messages import Announcement, Confirmation, Forms, digest_blocks, nonce_commitment
from fl.aggregation.masking.packing import bits_of, unpack_block
from fl.aggregation.masking.ring_types import RingArray
from fl.aggregation.masking.server import headers_of
from fl.aggregation.masking.settling import Transcript, Verdict, settle

_M = TypeVar("_M", Confirmation, Forms)


@dataclass
class _Check:
    """The check of one message, at one party."""

    number: int
    total: tuple[RingArray, ...]
    bits: tuple[int, ...]
    total_digest: bytes
    confirmation: Confirmation
    seed: bytes = b""
    total_forms: tuple[tuple[int, ...], ...] = ()
    own: Forms | None = None
    received: dict[str, Forms] | None = None


class Verifier:
    """One party's side of the check. It needs a client that keeps its parts."""

    def __init__(self, client: MaskingClient) -> None:
        self._client = client
        self._check: _Check | None = None

    def confirm(self, announcement: Announcement) -> Confirmation:
        """Take the server's sum of the message that was just unmasked, and open this party's nonce.

        Raises:
            VerificationError: it is of another message, of other survivors or shapes, or the second one.
        """
        client = self._client
        try:
            part = client.part(announcement.number)
        except RefusedMessageError as error:
            raise VerificationError(
                say("masking.announced-old-sum", "The server announced an old sum. {reason}", reason=error.message)
            ) from error
        if announcement.context != client.context:
            raise VerificationError(
                say("masking.announced-sum-batch-replay", "The server announced a sum of another batch: a replay.")
            )
        if part.survivors is None or part.blocks is None:
            raise VerificationError(
                say(
                    "masking.announced-sum-message",
                    "The server announced a sum of message {number} before unmasking it.",
                    number=announcement.number,
                )
            )
        if announcement.survivors != part.survivors:
            raise VerificationError(
                say(
                    "masking.announced-sum-over",
                    "The server announced a sum over {survivors}, but unmasked one over {survivors_2}.",
                    survivors=", ".join(announcement.survivors),
                    survivors_2=", ".join(part.survivors),
                )
            )
        if headers_of(announcement.total) != part.headers:
            raise VerificationError(
                say(
                    "masking.announced-sum-arrays",
                    "The server announced a sum with arrays {total}.",
                    total=headers_of(announcement.total),
                )
            )
        total_digest = digest_blocks(announcement.total)
        if self._check is not None and self._is_open(announcement.number):
            if self._check.total_digest != total_digest:
                raise VerificationError(
                    say(
                        "masking.announced-two-different",
                        "The server announced two different sums to {client}.",
                        client=client.name,
                    )
                )
            return self._check.confirmation
        confirmation = Confirmation(
            client.name,
            client.context,
            announcement.number,
            part.survivors,
            total_digest,
            client.nonce(announcement.number),
            part.coding,
        )
        confirmation = replace(confirmation, signature=client.identity.sign(confirmation.body()))
        try:
            total = tuple(unpack_block(block) for block in announcement.total)
        except RefusedMessageError as error:
            raise VerificationError(
                say("masking.announced-no-sum", "The server announced no sum. {reason}", reason=error.message)
            ) from error
        bits = tuple(bits_of(block) for block in announcement.total)
        self._check = _Check(announcement.number, total, bits, total_digest, confirmation)
        return confirmation

    def forms(self, confirmations: Sequence[Confirmation]) -> Forms:
        """Check that all survivors were shown the same sum, and give the forms of this party's part.

        Raises:
            VerificationError: naming whose confirmation is missing, forged, replayed, or of another sum.
        """
        check, client = self._need_check(), self._client
        by_name = self._signed_by_survivors(say("masking.confirmation", "confirmation"), confirmations)
        for name, confirmation in by_name.items():
            if (
                confirmation.total_digest != check.total_digest
                or confirmation.survivors != check.confirmation.survivors
            ):
                raise VerificationError(
                    say(
                        "masking.showed-sum-survivors-tells",
                        "The server showed {name} another sum, or other survivors, than {client}: it tells "
                        "different parties different things.",
                        name=name,
                        client=client.name,
                    )
                )
            if confirmation.coding != check.confirmation.coding:
                raise VerificationError(
                    say(
                        "masking.told-range-values-sum",
                        "The server told {name} another range of values than {client}: their sum means nothing.",
                        name=name,
                        client=client.name,
                    )
                )
            committed = client.adverts[name].nonce_commitments[check.number]
            opened = nonce_commitment(
                client.roster.digest(), name, client.batch_number, check.number, confirmation.nonce
            )
            if opened != committed:
                raise VerificationError(
                    say("masking.nonce-not-committed", "The nonce of {name} is not the one it committed to.", name=name)
                )
        seed = digest(
            "joint seed", client.context, check.number, check.total_digest, *(c.nonce for c in by_name.values())
        )
        if check.own is None:
            part = client.part(check.number).blocks
            if part is None:
                raise VerificationError(
                    say(
                        "masking.message-not-kept",
                        "Message {number} was not kept for verification.",
                        number=check.number,
                    )
                )
            own, check.total_forms = forms([part, check.total], seed, check.bits)
            check.seed = seed
            answer = Forms(client.name, client.context, check.number, digest(seed), own)
            check.own = replace(answer, signature=client.identity.sign(answer.body()))
        elif seed != check.seed:
            raise VerificationError(
                say("masking.sent-second-confirmations", "The server sent a second set of confirmations.")
            )
        return check.own

    def check(self, everybody: Sequence[Forms]) -> tuple[RingArray, ...]:
        """Compare the parts' forms with the announced sum's.

        Returns:
            The announced sum, now known to be the sum of the survivors' messages.

        Raises:
            VerificationError: it is not, or someone's forms are missing, forged or replayed.
        """
        check = self._need_check()
        if check.own is None:
            raise VerificationError(say("masking.forms-came-confirmations", "Forms came before confirmations."))
        by_name = self._signed_by_survivors(say("masking.forms", "forms"), everybody)
        for name, given in by_name.items():
            if given.seed_digest != digest(check.seed):
                raise VerificationError(
                    say("masking.forms-seed", "The forms of {name} are of another seed.", name=name)
                )
            if [len(values) for values in given.values] != [N_FORMS] * len(check.total):
                raise VerificationError(
                    say("masking.sent-number-forms", "{name} sent another number of forms.", name=name)
                )
        check.received = by_name
        wrong = 0
        for place, bits in enumerate(check.bits):
            for i in range(N_FORMS):
                added = sum(given.values[place][i] for given in by_name.values())
                wrong += added % (1 << bits) != check.total_forms[place][i]
        if wrong:
            raise VerificationError(
                say(
                    "masking.servers-sum-not-sum",
                    "The server's sum is not the sum of what the {n_by_name} parties sent: {wrong} of "
                    "{n_forms} checks differ.",
                    n_by_name=len(by_name),
                    wrong=wrong,
                    n_forms=N_FORMS * len(check.total),
                )
            )
        self._check = None
        return check.total

    @property
    def disputes(self) -> bool:
        """Whether the last check of forms failed."""
        return self._check is not None and self._is_open(self._check.number) and self._check.received is not None

    def settle(self, transcript: Transcript) -> Verdict:
        """Tell who lied by what the server shows for itself, after `check` found that sum and forms disagree.

        Raises:
            VerificationError: no check has failed here.
        """
        check, client = self._need_check(), self._client
        if check.received is None:
            raise VerificationError(
                say("masking.nothing-settle-no-check", "There is nothing to settle: no check of forms has failed.")
            )
        return settle(
            client.roster,
            client.batch_number,
            client.adverts,
            check.confirmation.survivors,
            check.total,
            check.seed,
            check.received,
            transcript,
        )

    def _is_open(self, number: int) -> bool:
        check = self._check
        return check is not None and check.number == number and check.confirmation.context == self._client.context

    def _need_check(self) -> _Check:
        if self._check is None or not self._is_open(self._check.number):
            raise VerificationError(
                say("masking.no-sum-announced-batch", "No sum was announced in this batch: a replay.")
            )
        return self._check

    def _signed_by_survivors(self, what: str, messages: Sequence[_M]) -> dict[str, _M]:
        """Return messages by sender, in roster order: one from each survivor, signed, of this message."""
        check, client = self._need_check(), self._client
        survivors = check.confirmation.survivors
        found: dict[str, _M] = {}
        for message in messages:
            name = message.sender
            if name not in survivors:
                raise VerificationError(
                    say(
                        "masking.came-not-survivor",
                        "A {what} came from {name}, who is not a survivor.",
                        what=what,
                        name=name,
                    )
                )
            if name in found:
                raise VerificationError(
                    say("masking.second-came", "A second {what} came from {name}.", what=what, name=name)
                )
            if message.context != client.context or message.number != check.number:
                raise VerificationError(
                    say(
                        "masking.message-replay",
                        "The {what} of {name} is of another message: a replay.",
                        what=what,
                        name=name,
                    )
                )
            if not is_signed(client.roster.keys[client.roster.place(name)], message.body(), message.signature):
                raise VerificationError(
                    say(
                        "masking.not-signed-forgery",
                        "The {what} of {name} is not signed by it: a forgery.",
                        what=what,
                        name=name,
                    )
                )
            found[name] = message
        if set(found) != set(survivors):
            missing = ", ".join(name for name in survivors if name not in found)
            raise VerificationError(
                say("masking.check-is-missing", "The {what} of {missing} is missing.", what=what, missing=missing)
            )
        return {name: found[name] for name in survivors}
