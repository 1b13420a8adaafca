"""A party's shares for one other party, sealed so that it alone can open them (AES-256-GCM)."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data.sentences import say
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.messages import SealedShares
from fl.aggregation.masking.shamir import SHARE_BYTES

_NONCE = bytes(12)  # a channel's key seals one packet, so a constant nonce is never used twice with it


def seal(
    key: bytes, sender: str, recipient: str, context: bytes, keys: Sequence[int], seeds: Sequence[int]
) -> SealedShares:
    """Seal the shares of `sender` for `recipient`.

    Args:
        key: of the channel between the two, 32 bytes; it must seal nothing else.
        sender, recipient: names of the parties.
        context: of the batch.
        keys, seeds: shares of the mask key and of the self-mask seed of each message.
    """
    plain = b"".join(share.to_bytes(SHARE_BYTES, "little") for share in (*keys, *seeds))
    return SealedShares(sender, recipient, context, AESGCM(key).encrypt(_NONCE, plain, context))


def unseal(packet: SealedShares, key: bytes, messages: int) -> tuple[list[int], list[int]]:
    """Open a packet: return its shares of the mask keys and of the self-mask seeds, one of each for every message.

    Raises:
        RefusedMessageError: naming the sender, when it is forged or holds another number of shares.
    """
    try:
        plain = AESGCM(key).decrypt(_NONCE, packet.sealed, packet.context)
    except InvalidTag:
        raise RefusedMessageError(
            say("masking.shares-changed", "Shares from {sender} were changed on their way.", sender=packet.sender)
        ) from None
    if len(plain) != 2 * messages * SHARE_BYTES:
        raise RefusedMessageError(
            say(
                "masking.sent-shares-number",
                "{sender} sent shares for another number of messages.",
                sender=packet.sender,
            )
        )
    shares = [int.from_bytes(plain[i : i + SHARE_BYTES], "little") for i in range(0, len(plain), SHARE_BYTES)]
    return shares[:messages], shares[messages:]
