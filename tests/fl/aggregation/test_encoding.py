"""Messages as integers for `heu` and `spu`: sums of what is packed are packed sums, to the last bit."""

import numpy as np
import pytest
import spu
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare
from spu import libspu

from fl.aggregation.encoding import (
    Layout,
    common_layout,
    decode_message,
    encode_message,
    from_limbs,
    pack,
    to_limbs,
    unpack,
)
from fl.aggregation.masking.errors import RangeError, RefusedMessageError
from fl.aggregation.masking.ring import BlockSpec
from fl.aggregation.party_side import MaskingParty
from fl.settings.aggregator_words import SPU_NODES


def messages(parties, seed, largest):
    rng = np.random.default_rng(seed)
    shape = (int(rng.integers(1, 9)), int(rng.integers(1, 7)))
    extreme = [[-largest, largest, 0.0][int(i)] for i in rng.integers(0, 3, parties)]
    return [
        [
            np.where(rng.random(shape) < 0.3, extreme[i], rng.normal(0, 1, shape)).astype(np.float32),
            rng.integers(-(2**31), 2**31, 5).astype(np.float64),
        ]
        for i in range(parties)
    ]


@given(st.integers(2, 8), st.integers(0, 2**32), st.sampled_from([1.0, 2.0**11, 256.0 * 6040]))
@settings(max_examples=200, deadline=None)
def test_that_sums_of_integers_are_the_plain_sums(parties, seed, limit):
    sent = messages(parties, seed, limit if limit > 8 else 1.0)
    sent = [[np.clip(table, -limit, limit), counts] for table, counts in sent]
    encoded = [encode_message(f"p{i}", message, limit, parties) for i, message in enumerate(sent)]
    layout = common_layout([layout for _, layout in encoded])
    packed = sum(pack(blocks, layout) for blocks, _ in encoded)  # Python integers: what ciphertexts add up to
    limbs = [np.sum(parts, axis=0, dtype=np.int32) for parts in zip(*(to_limbs(b) for b, _ in encoded), strict=True)]
    step = layout.specs[0].step
    for blocks in (unpack(packed, layout, parties), from_limbs(limbs, layout)):
        table, counts = decode_message(blocks, layout, parties)
        expected = np.sum([message[0].astype(np.float64) for message in sent], axis=0)
        tolerance = parties * step + np.abs(expected).max() * 1e-7  # steps of fixed point, and of float32 at the end
        np.testing.assert_allclose(table, expected, atol=tolerance)
        np.testing.assert_array_equal(counts, np.sum([message[1] for message in sent], axis=0))


def test_that_packing_puts_20_numbers_side_by_side():
    # Limit 1 for 2 parties: 29 fraction bits... the offset is the largest encoded value, 2^30 - 1 at most.
    spec = BlockSpec((3,), 32, 1.0, 2)
    offset = int(1.0 / spec.step)
    blocks = [np.array([0, 1, 2**32 - 1], np.uint32)]  # 0, one step, minus one step
    packed = pack(blocks, Layout((spec,), False))
    assert packed.shape == (1, 1)
    assert packed[0, 0] == offset + ((offset + 1) << 32) + ((offset - 1) << 64)


def test_that_a_number_no_sum_can_have_is_refused():
    layout = Layout((BlockSpec((3,), 32, 1.0, 2),), False)
    with pytest.raises(RangeError, match="no sum of packed messages"):
        unpack(np.array([[1 << 640]], object), layout, 2)
    with pytest.raises(RangeError, match="not as many as the message"):
        unpack(np.array([[1, 2]], object), layout, 2)


def test_that_a_value_beyond_the_limit_names_the_party():
    with pytest.raises(RangeError, match=r"party-2: A value of 3 is beyond the limit of 2"):
        encode_message("party-2", np.full((2, 2), 3, np.float32), 2.0, 3)
    with pytest.raises(RangeError, match="party-1: 1 of 2 values are not finite"):
        encode_message("party-1", np.array([1.0, np.nan]), 2.0, 3)


def test_that_an_odd_layout_is_named_by_its_place():
    layouts = [encode_message("p", np.ones(n), 1.0, 3)[1] for n in (4, 4, 1)]
    with pytest.raises(RefusedMessageError, match=r"upload 3 has shapes \[\(1,\)\], upload 1 has \[\(4,\)\]"):
        common_layout(layouts)


@pytest.mark.parametrize("protocol", ["SEMI2K", "ABY3"])
def test_that_one_share_of_an_spu_says_nothing(protocol):
    # The same numbers again and again: the share that one computing party holds of them is uniform noise.
    config = libspu.RuntimeConfig(protocol=getattr(libspu.ProtocolKind, protocol), field=libspu.FieldType.FM32)
    (limbs,) = to_limbs([np.full(8000, 7, np.uint32)])
    for share in spu.Io(SPU_NODES[protocol.lower()], config).make_shares(limbs, libspu.Visibility.VIS_SECRET):
        (held,) = share.share_chunks
        counts = np.bincount(np.frombuffer(held[-4 * limbs.size :], np.uint8), minlength=256)
        assert chisquare(counts).pvalue > 1e-4


def test_that_what_spu_and_heu_encode_is_not_bound_to_what_a_party_was_told():
    # So a server can give parties different item tables, and still reads a sum (docs/privacy.md).
    class Party(MaskingParty):
        def message(self, *told):
            return self._made([np.ones((3, 2), np.float32), np.ones(5, np.float32)], "update", *told)

    party = Party()
    encoded = []
    for told in ("the item table", "zeros"):
        message = party.message(told)
        limbs, _ = party.spu_limbs(message, "party-1", 1e4, 3)
        packed, _ = party.heu_pack(message, "party-1", 1e4, 3)
        encoded.append(([limb.tolist() for limb in limbs], packed.tolist()))
    assert encoded[0] == encoded[1]
