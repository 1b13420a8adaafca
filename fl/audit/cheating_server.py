"""The real masking protocol against a server that cheats: what it then learns of one party, or who refuses and why.

Parties are the workers' own side of the protocol (`fl.aggregation.party_side`), with what they remember of how they
made their messages; only the server is another one, which takes whatever comes and names whom it likes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.sentences import say
from fl.aggregation.compression import Part, specs_of
from fl.aggregation.masking.checking import check_sum
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.errors import DropoutError, RefusedMessageError
from fl.aggregation.masking.keys import Identity, Roster
from fl.aggregation.masking.messages import Agreement, SurvivorList, Upload
from fl.aggregation.masking.packing import signed
from fl.aggregation.masking.server import MaskingServer
from fl.aggregation.party_side import MaskingParty, Told
from fl.audit.masked_parties import exchange_keys
from fl.settings.aggregator_words import quorum

_MESSAGES = 2  # of an attack, at most

Message = list[Part] | NDArray[Any]  # of a party, before it is masked


@dataclass(frozen=True)
class Made:
    """The messages that a party made of what it was told, by what it was told.

    Attributes:
        name: of the party.
        told: its memory of that.
        update: of the real item table.
        misled: of a table of zeros.
        counts: of its items.
    """

    name: str
    told: Mapping[bytes, Told]
    update: list[Part]
    misled: list[Part]
    counts: NDArray[np.float64]


@dataclass(frozen=True)
class Refusal:
    """A refusal that ended an attack.

    Attributes:
        parties: how many refused.
        reason: of the first of them, a sentence.
    """

    parties: int
    reason: str


class MaskedAttacks:
    """The attacks of a server on the first party of a federation. Each is against parties with new keys.

    Results are what the server read, as real numbers up to a factor, or the refusal of the parties.
    """

    def __init__(self, made: Sequence[Made], limit: float, verified: bool) -> None:
        """Attack these parties, two or more.

        Args:
            made: by each of them, the attacked one first.
            limit: of a value of an item table.
            verified: whether the parties want to be shown each sum.
        """
        self._made, self._limit, self._verified = made, limit, verified
        self._first = made[0].name

    def inconsistent_model(self) -> NDArray[np.float64]:
        """Give the first party the item table, and all others zeros. Return what comes out as the sum."""
        federation = self._federation()
        messages: dict[str, Message] = {m.name: m.misled for m in self._made}
        federation.upload({**messages, self._first: self._made[0].update})
        result = federation.finish(federation.everybody())
        assert isinstance(result, np.ndarray)  # noqa: S101  # nobody can see what the others were told
        return result

    def two_sums(self, counts: bool = False) -> NDArray[np.float64] | Refusal:
        """Have the same messages summed again, as if the first party were late. Return the difference of the sums.

        Args:
            counts: of item counts instead of updates.
        """
        federation = self._federation()
        messages: dict[str, Message] = {m.name: m.counts if counts else m.update for m in self._made}
        federation.upload(messages)
        whole = federation.finish(federation.everybody())
        federation.upload(messages)
        rest = federation.finish([name for name in messages if name != self._first])
        if isinstance(whole, Refusal) or isinstance(rest, Refusal):
            return rest if isinstance(rest, Refusal) else whole
        return np.asarray(whole - rest, np.float64)

    def survivor_lists(self) -> Refusal | None:
        """Show half of the parties a list with the first one, the others one without it, and make up signatures.

        With `threshold` shares for either list, the server could take all masks off the first party's upload.

        Returns:
            The refusal; None when any party gave its shares.
        """
        federation = self._federation()
        federation.upload({m.name: m.update for m in self._made})
        return federation.shares_for_two_lists(self._first)

    def _federation(self) -> _Federation:
        return _Federation(self._made, self._limit, self._verified)


class _CheatingServer(MaskingServer):
    """A server that takes every upload, and writes the list of survivors as it likes."""

    def take_upload(self, upload: Upload) -> None:
        self._need_message().uploads[upload.sender] = upload

    def name(self, parties: Sequence[str]) -> SurvivorList:
        """Return a list of these parties for the message that is open."""
        message = self._need_message()
        found = tuple((name, message.uploads[name].digest()) for name in parties)
        message.survivors = SurvivorList(self.context, message.number, found)
        return message.survivors


class _Party(MaskingParty):
    """A worker's side of the protocol, with the worker's memory of its messages and nothing else of it."""

    def __init__(self, told: Mapping[bytes, Told]) -> None:
        self._told = dict(told)

    @property
    def client(self) -> MaskingClient:
        return self._client()


class _Federation:
    """Parties with new keys, and a server that cheats."""

    def __init__(self, made: Sequence[Made], limit: float, verified: bool) -> None:
        self._limit, self._verified, self._number = limit, verified, -1
        self._parties = {m.name: _Party(m.told) for m in made}
        keys = tuple(party.masking_identity() for party in self._parties.values())
        self._roster = Roster(b"audit", tuple(self._parties), keys, quorum(len(made)))
        for name, party in self._parties.items():
            party.masking_join(name, self._roster, _MESSAGES, verified)
        self._server = _CheatingServer(self._roster, _MESSAGES)
        exchange_keys(self._server, [party.client for party in self._parties.values()])

    def everybody(self) -> list[str]:
        return list(self._parties)

    def upload(self, messages: Mapping[str, Message]) -> None:
        """Have every party mask its next message."""
        self._number += 1
        first = next(iter(messages.values()))
        parts = first if isinstance(first, list) else [first]
        self._server.open(self._number, specs_of(parts, len(self._parties), self._limit))
        for name, message in messages.items():
            self._server.take_upload(self._parties[name].masking_mask(self._number, message, self._limit))

    def finish(self, names: Sequence[str]) -> NDArray[np.float64] | Refusal:
        """Return the first array of the sum over these parties, or why they do not help to unmask it."""
        survivors = self._server.name(names)
        asked: dict[str, SurvivorList] = dict.fromkeys(names, survivors)
        agreements, refused = self._signed(asked)
        if len(agreements) < self._roster.threshold:
            return _refusal(refused)
        for name in names:
            self._server.take_shares(self._parties[name].masking_unmask(self._number, list(agreements.values())))
        result = self._server.finish()
        if self._verified:
            announcement = self._server.announce(result)
            for name in names:
                check_sum(self._parties[name].client, announcement)
        return signed(result.blocks[0], result.bits[0]).astype(np.float64)

    def shares_for_two_lists(self, missing: str) -> Refusal | None:
        """Ask for shares for a list of everybody and for one without a party; None when anybody gives them."""
        names = self.everybody()
        half = max(1, len(names) // 2)
        whole = self._server.name(names)
        rest = self._server.name([name for name in names if name != missing])
        shown = {name: whole if place < half else rest for place, name in enumerate(names)}
        agreements, refused = self._signed(shown)
        stranger = Identity()
        for name, survivors in shown.items():
            if name not in agreements:
                continue  # it refused the list itself
            forged = [Agreement(other, stranger.sign(survivors.body())) for other in names if shown[other] != survivors]
            own = [agreement for other, agreement in agreements.items() if shown[other] == survivors]
            for offered in (own, [*own, *forged], list(agreements.values())):
                try:
                    self._parties[name].masking_unmask(self._number, offered)
                except RefusedMessageError as error:
                    refused.setdefault(name, error.message)
                else:
                    return None
        return _refusal(refused)

    def _signed(self, shown: Mapping[str, SurvivorList]) -> tuple[dict[str, Agreement], dict[str, str]]:
        """Return who signed the list it was shown, and why the others did not."""
        agreements, refused = {}, {}
        for name, survivors in shown.items():
            try:
                agreements[name] = self._parties[name].masking_agree(survivors)
            except (RefusedMessageError, DropoutError) as error:
                refused[name] = error.message
        return agreements, refused


def _refusal(refused: Mapping[str, str]) -> Refusal:
    nobody = say("attack.few-left", "there are fewer parties than the threshold.")
    return Refusal(len(refused), next(iter(refused.values()), nobody))
