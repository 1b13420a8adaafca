"""Rings of 8 to 32 bits: packed without loss, sums exact, drop-outs recovered, cheats caught."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fl.aggregation.masking.cheating import tampered
from fl.aggregation.masking.checking import check_sum
from fl.aggregation.masking.errors import RangeError, RefusedMessageError, VerificationError
from fl.aggregation.masking.messages import wire_bytes
from fl.aggregation.masking.packing import PackedBlock, container, pack_block, reduced, signed, unpack_block
from fl.aggregation.masking.ring import BlockSpec, decode, level_spec, most_levels
from tests.fl.aggregation.masking.conftest import build

WIDTHS = st.integers(8, 31)


def levels(names, bits, parties, seed=0, shape=(6, 3)):
    """name -> [table of levels, the largest ones among them; totals]."""
    rng = np.random.default_rng(seed)
    top = most_levels(bits, parties)
    tables = {name: rng.integers(-top, top, shape, np.int32, endpoint=True) for name in names}
    for table in tables.values():
        table[0] = [top, -top, 0]
    return {name: [table, rng.integers(0, 1000, 4).astype(np.float64)] for name, table in tables.items()}


class Round:
    """A message of packed levels, up to the announcement."""

    def __init__(self, parties, bits, seed=0, lost=(), told=b"same"):
        self.parties, self.bits = parties, bits
        self.values = levels(parties.clients, bits, len(parties.clients), seed)
        parties.number += 1
        table, totals = next(iter(self.values.values()))
        self.specs = [level_spec(table.shape, bits, len(parties.clients)), *parties.specs([totals])]
        parties.server.open(parties.number, self.specs)
        self.uploads = {
            name: parties.clients[name].mask(parties.number, arrays, self.specs, told=told)
            for name, arrays in self.values.items()
        }
        for name, upload in self.uploads.items():
            if name not in lost:
                parties.server.take_upload(upload)
        self.sum = parties.unmask()
        self.survivors = self.sum.survivors
        self.announcement = parties.server.announce(self.sum)

    def real(self):
        return [decode(b, s, len(self.survivors)) for b, s in zip(self.sum.blocks, self.specs, strict=True)]

    def expected(self):
        return [np.sum([self.values[name][i] for name in self.survivors], axis=0) for i in (0, 1)]

    def check(self, announcement=None):
        """Have every survivor check the sum; return who accepts it."""
        for name in self.survivors:
            check_sum(self.parties.clients[name], announcement or self.announcement)
        return self.survivors


@given(WIDTHS, st.integers(1, 40), st.integers(0, 2**32))
def test_that_packing_loses_nothing_and_takes_b_bits_a_value(bits, n, seed):
    block = np.random.default_rng(seed).integers(0, 1 << bits, (n, 3)).astype(container(bits))
    packed = pack_block(block, bits)
    assert len(packed.data) == -(-3 * n * bits // 8)
    np.testing.assert_array_equal(unpack_block(packed), block)
    # What the container has above b bits is not sent.
    top = np.full((2, 2), 2 ** (8 * container(bits).itemsize) - 1, container(bits))
    np.testing.assert_array_equal(unpack_block(pack_block(top, bits)), np.full((2, 2), (1 << bits) - 1))


def test_that_12_bits_are_side_by_side_lowest_first():
    packed = pack_block(np.array([0xABC, 0x123], np.uint16), 12)
    assert packed == PackedBlock((2,), 12, bytes([0xBC, 0x3A, 0x12]))
    np.testing.assert_array_equal(signed(unpack_block(packed), 12), [0xABC - 4096, 0x123])


@pytest.mark.parametrize("packed", [PackedBlock((2,), 12, bytes(4)), PackedBlock((2,), 7, bytes(2))])
def test_that_bytes_that_are_no_such_block_are_refused(packed):
    with pytest.raises(RefusedMessageError, match="are no 2 values of"):
        unpack_block(packed)


@given(st.integers(2, 8), WIDTHS, st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_that_sums_of_levels_are_exact_for_every_width_and_number_of_parties(n, bits, seed):
    parties = build(n, messages=2, checks_sums=True)
    for more in (0, 1):
        now = Round(parties, bits, seed + more)
        for found, expected in zip(now.real(), now.expected(), strict=True):
            np.testing.assert_array_equal(found, expected)
        assert len(now.check()) == n
        upload = next(iter(now.uploads.values()))
        assert 0 <= wire_bytes(upload) - (-(-18 * bits // 8) + 32) < 200  # 4 totals of 8 bytes; names and signature


@given(st.integers(2, 8), st.integers(0, 2**32))
@settings(max_examples=20, deadline=None)
def test_that_real_sums_in_32_bits_are_right_to_a_step(n, seed):
    rng = np.random.default_rng(seed)
    spec = BlockSpec((6, 3), 32, 4.0, n)
    values = [np.clip(rng.normal(0, 1, (6, 3)), -4, 4).astype(np.float32) for _ in range(n)]
    parties = build(n, messages=1)
    parties.number = 0
    parties.server.open(0, [spec])
    for (_, client), value in zip(parties.clients.items(), values, strict=True):
        parties.server.take_upload(client.mask(0, [value], [spec]))
    found = decode(parties.unmask().blocks[0], spec, n)
    np.testing.assert_allclose(found, np.sum(values, axis=0, dtype=np.float64), atol=n * spec.step + 1e-6)


@pytest.mark.parametrize("bits", [8, 11, 16, 27])
@pytest.mark.parametrize("lost", [("p2",), ("p2", "p7")])
def test_that_drop_outs_are_recovered_from_packed_messages(bits, lost):
    parties = build(7, messages=2, checks_sums=True)
    now = Round(parties, bits, lost=lost)
    assert set(now.check()) == set(parties.clients) - set(lost)
    for found, expected in zip(now.real(), now.expected(), strict=True):
        np.testing.assert_array_equal(found, expected)


KINDS = ("change", "drop", "repeat", "replay", "scale", "swap", "count", "loss", "rows", "stale")


@pytest.mark.parametrize("bits", [8, 13, 20])
@pytest.mark.parametrize("kind", KINDS)
def test_that_every_kind_of_cheat_with_packed_messages_is_caught_and_named(bits, kind):
    parties = build(4, checks_sums=True)
    old = Round(parties, bits, 1)
    before = (old.sum, parties.server.parts())
    old.check()
    now = Round(parties, bits, 2)
    announcement = parties.server.announce(tampered(kind, now.sum, parties.server.parts(), before))
    for client in parties.clients.values():
        with pytest.raises(VerificationError, match="sum is not the sum of what the 4 parties sent") as caught:
            check_sum(client, announcement)
        assert caught.value.culprits == ("server",)
    after = Round(parties, bits, 3)
    assert len(after.check()) == 4


def test_that_an_old_sum_of_another_width_cannot_take_the_place_of_a_new_one():
    parties = build(3, checks_sums=True)
    old = Round(parties, 16, 1)
    old.check()
    before = (old.sum, parties.server.parts())
    now = Round(parties, 8, 2)
    with pytest.raises(RefusedMessageError, match="needs an earlier round"):
        tampered("stale", now.sum, parties.server.parts(), before)


def test_that_a_level_beyond_what_the_sum_can_hold_is_refused_and_never_wrapped():
    # 3 parties, 8 bits: 3 * 42 = 126 fits below 128, 3 * 43 = 129 would not.
    assert most_levels(8, 3) == 42
    parties = build(3, messages=2)
    spec = level_spec((1, 2), 8, 3)
    parties.server.open(0, [spec])
    with pytest.raises(RangeError, match="p1: A value of 43 is beyond the limit of 42"):
        parties.clients["p1"].mask(0, [np.array([[43, 0]], np.int32)], [spec])
    with pytest.raises(RangeError, match="positive limit"):
        level_spec((1, 2), 8, 128)


def test_that_an_upload_of_another_width_is_refused_by_name():
    parties = build(3, messages=2)
    specs = {bits: level_spec((2, 2), bits, 3) for bits in (8, 9)}
    parties.server.open(0, [specs[8]])
    odd = parties.clients["p2"].mask(0, [np.ones((2, 2), np.int32)], [specs[9]])
    with pytest.raises(RefusedMessageError, match=r"The upload of p2 has arrays .*u9.*expected .*u8"):
        parties.server.take_upload(odd)


@pytest.mark.parametrize("bits", [8, 12])
def test_that_packed_uploads_look_like_uniform_noise_whatever_is_in_them(bits):
    parties = build(2, messages=8)
    spec = level_spec((400, 50), bits, 2)
    seen = []
    for number, value in enumerate((0, 3)):
        upload = parties.clients["p1"].mask(number, [np.full((400, 50), value, np.int32)], [spec])
        counts = np.bincount(unpack_block(upload.blocks[0]).ravel() >> (bits - 4), minlength=16)
        # Chi-square with 15 degrees of freedom: above 50 with a probability of 1e-5.
        assert float(((counts - 1250.0) ** 2 / 1250.0).sum()) < 50
        seen.append(upload.blocks[0].data)
    assert seen[0] != seen[1]


def test_that_reducing_is_the_remainder():
    block = np.array([0, 4095, 4096, 65535], np.uint16)
    np.testing.assert_array_equal(reduced(block, 12), [0, 4095, 0, 4095])
    assert reduced(block, 16) is block
