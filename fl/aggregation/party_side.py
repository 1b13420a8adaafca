"""The aggregators' part of a party's worker: it masks and encodes its own messages, so no other process sees them.

No `from __future__ import annotations` here: SecretFlow counts the values a method returns by its evaluated annotation.
"""

from typing import Any, Sequence, Tuple  # noqa: UP035  # as in fl.federation.worker

from data.errors import SettingsError
from data.sentences import say
from fl.aggregation.compression import Levels, arrays_of, coding_of, specs_of
from fl.aggregation.encoding import Layout, encode_message, pack, to_limbs
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.keys import Identity, Roster
from fl.aggregation.masking.messages import (
    Advert,
    Announcement,
    Confirmation,
    Forms,
    SealedShares,
    UnmaskRequest,
    UnmaskShares,
    Upload,
    wire_bytes,
)
from fl.aggregation.masking.packing import container, pack_block
from fl.aggregation.masking.settling import Transcript, Verdict
from fl.aggregation.masking.verification import Verifier


class MaskingParty:
    """Methods of `fl.federation.worker.PartyWorker`; each answers one message of `fl.aggregation.masking.messages`."""

    _identity: Identity | None = None
    _masking: MaskingClient | None = None
    _verifier: Verifier | None = None
    _checked_bytes = 0

    def masking_identity(self) -> bytes:
        """Make a new signing key for this party, and return its public half."""
        self._identity = Identity()
        return self._identity.public

    def masking_join(self, name: str, roster: Roster, messages: int, verified: bool) -> int:
        """Pin the roster. Return the number of parties on it."""
        if self._identity is None:
            raise SettingsError(say("aggregation.no-identity", "{name} has no identity yet.", name=name))
        self._masking = MaskingClient(name, self._identity, roster, messages, keep_parts=verified)
        self._verifier = Verifier(self._masking) if verified else None
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
        """Mask this party's message: an array, or a list of arrays."""
        client = self._client()
        listed = isinstance(message, list)
        parts = message if listed else [message]
        specs = specs_of(parts, len(client.roster.names), table_limit)
        return client.mask(number, arrays_of(parts), specs, listed, coding_of(parts))

    def packed_levels(self, message: Any) -> Any:
        """Return a message for `plain`, its levels packed to the bits that are sent."""
        if not isinstance(message, list):
            return message
        return [
            pack_block(part.values.astype(container(part.bits)), part.bits) if isinstance(part, Levels) else part
            for part in message
        ]

    def masking_unmask(self, request: UnmaskRequest) -> UnmaskShares:
        """See `MaskingClient.unmask`."""
        return self._client().unmask(request)

    def masking_confirm(self, announcement: Announcement) -> Confirmation:
        """See `Verifier.confirm`."""
        return self._check().confirm(announcement)

    def masking_forms(self, *confirmations: Confirmation) -> Forms:
        """See `Verifier.forms`."""
        forms = self._check().forms(confirmations)
        self._checked_bytes = wire_bytes(forms) + wire_bytes(confirmations[0])
        return forms

    def masking_check(self, *forms: Forms) -> int:
        """See `Verifier.check`. Return the bytes that this party sent for the check."""
        self._check().check(forms)
        return self._checked_bytes

    def masking_settle(self, transcript: Transcript) -> Verdict | None:
        """See `Verifier.settle`. Return None where the last check did not fail, or was not reached."""
        return self._check().settle(transcript) if self._check().disputes else None

    def heu_pack(self, message: Any, name: str, table_limit: float, parties: int) -> Tuple[Any, Layout]:  # noqa: UP006
        """Return the party's message packed into large integers, to be encrypted; and its layout."""
        blocks, layout = encode_message(name, message, table_limit, parties)
        return pack(blocks, layout), layout

    def spu_limbs(self, message: Any, name: str, table_limit: float, parties: int) -> Tuple[Any, Layout]:  # noqa: UP006
        """Return the party's message as int32 arrays, to be split into shares; and its layout."""
        blocks, layout = encode_message(name, message, table_limit, parties)
        return to_limbs(blocks), layout

    def _client(self) -> MaskingClient:
        if self._masking is None:
            raise SettingsError(
                say("aggregation.party-takes-no-part", "This party takes no part in masked aggregation yet.")
            )
        return self._masking

    def _check(self) -> Verifier:
        if self._verifier is None:
            raise SettingsError(say("aggregation.party-not-told-verify", "This party was not told to verify sums."))
        return self._verifier
