"""Secrets of 32 bytes shared among parties so that any `threshold` of them can rebuild it, and fewer learn nothing.

Shamir, "How to share a secret", CACM 1979, over the integers modulo the smallest prime above 2^256. The share of place
x (from 1) is the value at x of a random polynomial whose value at 0 is the secret.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

PRIME = 2**256 + 297
SHARE_BYTES = 33
SECRET_BYTES = 32


def split(secret: bytes, places: Sequence[int], threshold: int, random: Callable[[int], bytes]) -> list[int]:
    """Split a secret into one share per place.

    Args:
        secret: 32 bytes.
        places: distinct numbers from 1.
        threshold: shares needed to rebuild the secret, at most the number of places.
        random: gives n unpredictable bytes.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a secret has {SECRET_BYTES} bytes, not {len(secret)}")
    if not 1 <= threshold <= len(places) or len(set(places)) != len(places) or min(places) < 1:
        raise ValueError(f"threshold {threshold} and places {list(places)} do not fit")
    # 40 bytes modulo a prime of 33: the bias is below 2^-60.
    random_bytes = random(40 * (threshold - 1))
    coefficients = [int.from_bytes(random_bytes[i : i + 40], "little") % PRIME for i in range(0, len(random_bytes), 40)]
    constant = int.from_bytes(secret, "little")
    shares = []
    for x in places:
        value = 0
        for coefficient in coefficients:
            value = (value + coefficient) * x % PRIME
        shares.append((value + constant) % PRIME)
    return shares


def weights(places: Sequence[int]) -> list[int]:
    """Return Lagrange weights at 0: the secret is the sum of weight * share over these places, modulo the prime."""
    result = []
    for x in places:
        top = bottom = 1
        for other in places:
            if other != x:
                top = top * other % PRIME
                bottom = bottom * (other - x) % PRIME
        result.append(top * pow(bottom, -1, PRIME) % PRIME)
    return result


def combine(shares: Mapping[int, int], threshold: int) -> bytes | None:
    """Rebuild the secret from shares by place; the first `threshold` of them are used.

    Returns:
        32 bytes, or None when the shares belong to no 32-byte secret.

    Raises:
        ValueError: there are fewer shares than the threshold.
    """
    if len(shares) < threshold:
        raise ValueError(f"{len(shares)} shares are fewer than the threshold of {threshold}")
    places = sorted(shares)[:threshold]
    secret = sum(w * shares[x] for w, x in zip(weights(places), places, strict=True)) % PRIME
    return secret.to_bytes(SECRET_BYTES, "little") if secret < 2**256 else None
