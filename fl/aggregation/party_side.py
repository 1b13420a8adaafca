"""The aggregators' part of a party's worker: it masks and encodes its own messages, so no other process sees them.

No `from __future__ import annotations` here: SecretFlow counts the values a method returns by its evaluated annotation.
"""

import secrets
from pathlib import Path
from typing import Any, Dict, Sequence, Tuple, TypeVar  # noqa: UP035  # as in fl.federation.worker

import numpy as np

from data.errors import SettingsError
from data.sentences import say
from fl.aggregation.compression import Levels, arrays_of, specs_of
from fl.aggregation.encoding import Layout, encode_message, pack, to_limbs
from fl.aggregation.masking.checking import check_sum
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.keys import Identity, Roster, digest
from fl.aggregation.masking.ledger import Ledger
from fl.aggregation.masking.messages import (
    Advert,
    Agreement,
    Announcement,
    SealedShares,
    SurvivorList,
    UnmaskShares,
    Upload,
    digest_blocks,
)
from fl.aggregation.masking.packing import container, pack_block

# Messages whose making a party remembers: each is masked before the next but one is made.
_REMEMBERED = 4
_FIGURES = ("evaluation", "popularity")  # kinds of messages of a finished model
SUMMED = "summed.jsonl"  # in the party's folder of a run
Told = Tuple[bytes, bool]  # noqa: UP006  # of a message: what was told, and whether it is a figure of a finished model
_Message = TypeVar("_Message")


class MaskingParty:
    """Methods of `fl.federation.worker.PartyWorker`; each answers one message of `fl.aggregation.masking.messages`."""

    _identity: Identity | None = None
    _masking: MaskingClient | None = None
    _ledger: Ledger | None = None  # of the process: runs may repeat each other's messages
    _told: Dict[bytes, Told] = {}  # noqa: RUF012, UP006  # by message; replaced, never changed

    def masking_identity(self) -> bytes:
        """Return the public half of this party's signing key, which it makes once."""
        if self._identity is None:
            self._identity = Identity()
        return self._identity.public

    def masking_nonce(self) -> bytes:
        """Return 32 fresh random bytes, this party's part of a roster's name."""
        return secrets.token_bytes(32)

    def masking_join(self, name: str, roster: Roster, messages: int, verified: bool) -> int:
        """Pin the roster. Return the number of parties on it."""
        if self._identity is None:
            raise SettingsError(say("aggregation.no-identity", "{name} has no identity yet.", name=name))
        self._masking = MaskingClient(name, self._identity, roster, messages, verified, self._need_ledger())
        return len(roster.names)

    def masking_advertise(self, batch: int) -> Advert:
        """See `MaskingClient.advertise`."""
        return self._client().advertise(batch)

    def masking_share(self, adverts: Sequence[Advert]) -> Sequence[SealedShares]:
        """See `MaskingClient.share`."""
        return self._client().share(adverts)

    def masking_receive(self, packets: Sequence[SealedShares]) -> int:
        """See `MaskingClient.receive`. Return the number of packets."""
        self._client().receive(packets)
        return len(packets)

    def masking_mask(self, number: int, message: Any, table_limit: float) -> Upload:
        """Mask a message that this party made (`_made`): an array, or a list of arrays.

        Raises:
            RefusedMessageError: it made no such message lately.
        """
        client = self._client()
        listed = isinstance(message, list)
        parts = message if listed else [message]
        found = self._told.get(_digest_of(message))
        if found is None:
            raise RefusedMessageError(
                say("aggregation.not-its-message", "{name} was given a message that it did not make.", name=client.name)
            )
        specs = specs_of(parts, len(client.roster.names), table_limit)
        told, is_figure = found
        return client.mask(
            number, arrays_of(parts), specs, listed, digest(told, repr(float(table_limit))), repeatable=is_figure
        )

    def _made(self, message: _Message, kind: str, *told: object) -> _Message:
        """Remember what the server told this party that a message depends on, and return the message.

        Parties that were told different things have no readable sum, see `Upload.told`.

        Args:
            message: an array or a list of arrays, to be masked.
            kind: of message.
            told: arrays, and whatever else has a `repr` that says it all.
        """
        said = [digest_blocks([each]) if isinstance(each, np.ndarray) else repr(each) for each in told]
        place = _digest_of(message)
        kept = {other: what for other, what in self._told.items() if other != place}
        new = (digest("told", kind, *said), kind in _FIGURES)
        self._told = {**dict(list(kept.items())[1 - _REMEMBERED :]), place: new}
        return message

    def packed_levels(self, message: Any) -> Any:
        """Return a message for `plain`, its levels packed to the bits that are sent."""
        if not isinstance(message, list):
            return message
        return [
            pack_block(part.values.astype(container(part.bits)), part.bits) if isinstance(part, Levels) else part
            for part in message
        ]

    def masking_agree(self, survivors: SurvivorList) -> Agreement:
        """See `MaskingClient.agree`."""
        return self._client().agree(survivors)

    def masking_unmask(self, number: int, agreements: Sequence[Agreement]) -> UnmaskShares:
        """See `MaskingClient.unmask`."""
        return self._client().unmask(number, agreements)

    def masking_check(self, announcement: Announcement) -> int:
        """See `check_sum`. Return 1: this party accepts the sum."""
        check_sum(self._client(), announcement)
        return 1

    def heu_pack(self, message: Any, name: str, table_limit: float, parties: int) -> Tuple[Any, Layout]:  # noqa: UP006
        """Return the party's message packed into large integers, to be encrypted; and its layout."""
        blocks, layout = encode_message(name, message, table_limit, parties)
        return pack(blocks, layout), layout

    def spu_limbs(self, message: Any, name: str, table_limit: float, parties: int) -> Tuple[Any, Layout]:  # noqa: UP006
        """Return the party's message as int32 arrays, to be split into shares; and its layout."""
        blocks, layout = encode_message(name, message, table_limit, parties)
        return to_limbs(blocks), layout

    def _remember_sums_in(self, folder: Path) -> None:
        """Keep the memory of what was summed in this party's folder of a run from now on, for when it is resumed."""
        self._need_ledger().keep_in(folder / SUMMED)

    def _need_ledger(self) -> Ledger:
        if self._ledger is None:
            self._ledger = Ledger()
        return self._ledger

    def _client(self) -> MaskingClient:
        if self._masking is None:
            raise SettingsError(
                say("aggregation.party-takes-no-part", "This party takes no part in masked aggregation yet.")
            )
        return self._masking


def _digest_of(message: Any) -> bytes:
    """Return 32 bytes that stand for the values of a message."""
    return digest_blocks(arrays_of(message if isinstance(message, list) else [message]))
