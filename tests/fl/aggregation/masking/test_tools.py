"""Masks, keys and shares, each against an independent computation."""

import hashlib
import itertools

import numpy as np
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from data.errors import SettingsError
from fl.aggregation.masking import masks, shamir
from fl.aggregation.masking.keys import Identity, Roster, derive, is_signed, pack, public_of
from fl.settings.aggregator_words import quorum
from tests.fl.aggregation.masking.conftest import Stream


def test_that_masks_are_aes_256_of_a_counter():
    seed = bytes(range(32))
    encrypt = Cipher(algorithms.AES(seed), modes.ECB()).encryptor().update  # noqa: S305  # blocks that are counted, which makes CTR of it
    expected = b"".join(encrypt(counter.to_bytes(16, "big")) for counter in range(3))
    assert masks.expand(seed, 40) == expected[:40]


def test_that_the_masks_of_a_pair_cancel_over_blocks_of_both_rings():
    blocks = [np.arange(6, dtype="<u4").reshape(2, 3), np.arange(5, dtype="<u8")]
    seed = hashlib.sha256(b"x").digest()
    masks.apply(blocks, seed, masks.pair_sign(0, 3))
    assert blocks[0].max() > 2**20
    masks.apply(blocks, seed, masks.pair_sign(3, 0))
    np.testing.assert_array_equal(blocks[0].ravel(), np.arange(6))
    np.testing.assert_array_equal(blocks[1], np.arange(5))


def test_that_the_field_of_shares_is_prime():
    # Miller-Rabin with fixed bases: a composite passes one base with a probability below 1/4.
    p = shamir.PRIME
    odd, twos = p - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in range(2, 60):
        x = pow(base, odd, p)
        assert x in (1, p - 1) or any(pow(x, 2**k, p) == p - 1 for k in range(1, twos))


@pytest.mark.parametrize(("n", "t"), [(2, 2), (3, 2), (5, 4), (8, 6)])
def test_that_every_threshold_of_shares_gives_the_secret_and_fewer_do_not(n, t):
    secret = hashlib.sha256(b"secret").digest()
    places = list(range(1, n + 1))
    shares = dict(zip(places, shamir.split(secret, places, t, Stream("shamir")), strict=True))
    for chosen in itertools.combinations(places, t):
        assert shamir.combine({x: shares[x] for x in chosen}, t) == secret
    for chosen in itertools.combinations(places, t - 1):
        few = {x: shares[x] for x in chosen}
        assert shamir.combine(few, t - 1) != secret
        with pytest.raises(ValueError, match="fewer than the threshold"):
            shamir.combine(few, t)


def test_that_shares_of_fewer_than_the_threshold_fit_any_secret():
    # With threshold 2, a share s at place 1 and any secret z lie on the line z + (s - z) x.
    share = shamir.split(bytes(32), [1, 2], 2, Stream("s"))[0]
    z = int.from_bytes(hashlib.sha256(b"another").digest(), "little")
    at_two = (z + (share - z) * 2) % shamir.PRIME
    assert shamir.combine({1: share, 2: at_two}, 2) == hashlib.sha256(b"another").digest()


def test_that_two_parties_derive_the_same_key_for_a_context_only():
    a, b = hashlib.sha256(b"a").digest(), hashlib.sha256(b"b").digest()
    assert derive(a, public_of(b), b"round 1") == derive(b, public_of(a), b"round 1")
    assert derive(a, public_of(b), b"round 1") != derive(a, public_of(b), b"round 2")


def test_that_packed_fields_are_told_apart():
    assert len({pack("a", "bc"), pack("ab", "c"), pack("abc"), pack(b"a", "bc"), pack("a", "b", "c")}) == 5
    assert pack(1) != pack("1")


def test_that_a_signature_is_bound_to_key_and_body():
    alice, bob = Identity(), Identity()
    signature = alice.sign(b"x")
    assert is_signed(alice.public, b"x", signature)
    assert not is_signed(alice.public, b"y", signature)
    assert not is_signed(bob.public, b"x", signature)


@pytest.mark.parametrize(("n", "threshold"), [(4, 2), (5, 2), (3, 4), (2, 1)])
def test_that_a_threshold_that_would_expose_a_party_is_refused(n, threshold):
    with pytest.raises(SettingsError, match="threshold must be above half"):
        Roster(b"", tuple("abcde"[:n]), tuple(bytes([i] * 32) for i in range(n)), threshold)


def test_that_the_quorum_is_above_two_thirds():
    assert [quorum(n) for n in range(2, 9)] == [2, 3, 3, 4, 5, 5, 6]
