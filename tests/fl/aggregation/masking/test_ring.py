"""Fixed point: exact where it says so, unbiased where it rounds, and never wrapped."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fl.aggregation.masking.errors import RangeError
from fl.aggregation.masking.ring import BlockSpec, decode, encode, rounding_seed, spec_of


def test_that_fraction_bits_are_those_worked_out_by_hand():
    # 4 parties * 2^11 * 2^18 = 2^31 would wrap by one, so 17 bits; with 3 parties 3 * 2^29 < 2^31, so 18.
    assert BlockSpec((1,), 32, 2.0**11, 4).fraction_bits == 17
    assert BlockSpec((1,), 32, 2.0**11, 3).fraction_bits == 18
    assert BlockSpec((1,), 32, 2.0**40, 2).fraction_bits == -11
    assert BlockSpec((1,), 64, 2.0**32, 4).fraction_bits == 28


@given(st.integers(1, 64), st.floats(1e-6, 1e12), st.sampled_from([32, 64]))
def test_that_the_largest_sum_never_wraps(n, limit, bits):
    spec = BlockSpec((2,), bits, limit, n)
    values = np.array([limit, -limit])
    total = np.zeros(2, spec.dtype)
    for i in range(n):
        total += encode(values, spec, bytes([i] * 32))
    real = decode(total, spec, n)
    np.testing.assert_allclose(real, n * values, rtol=1e-6, atol=n * spec.step)
    # And the range is used well: one bit more could wrap.
    assert n * math.ceil(math.ldexp(limit, spec.fraction_bits + 1)) > 2 ** (bits - 1) - 1


@pytest.mark.parametrize("value", [0.1, -0.1, 3.00390625 + 1e-3, -1000.123])
def test_that_stochastic_rounding_is_unbiased(value):
    spec = BlockSpec((100_000,), 32, 2.0**20, 4)  # steps of 2^-8
    encoded = encode(np.full(100_000, value), spec, rounding_seed("p1", [np.zeros(1)]))
    signed = encoded.view("<i4") * spec.step
    assert set(np.round((signed - value) / spec.step, 6)) <= {
        round((np.floor(value / spec.step) * spec.step - value) / spec.step + k, 6) for k in (0, 1)
    }
    assert signed.mean() == pytest.approx(value, abs=5 * 0.5 * spec.step / np.sqrt(100_000))


def test_that_what_is_a_multiple_of_the_step_is_exact():
    spec = BlockSpec((5,), 32, 2.0**11, 4)
    values = np.array([0, spec.step, -spec.step, 2.0**11, -(2.0**11)])
    for seed in range(50):
        np.testing.assert_array_equal(decode(encode(values, spec, bytes([seed] * 32)), spec, 4), values)


def test_that_counts_and_loss_keep_their_precision_in_64_bits():
    spec = spec_of(np.zeros(3), 8)
    parts = [np.array([2**31 + i, 7.0, 123456.789 + i / 3]) for i in range(8)]
    total = np.sum([encode(part, spec) for part in parts], axis=0)
    real = decode(total, spec, 8)
    assert real[0] == 8 * 2**31 + 28
    assert real[1] == 56
    assert real[2] == pytest.approx(sum(part[2] for part in parts), rel=1e-12)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([1.0, np.nan], "1 of 2 values are not finite"),
        ([np.inf, -np.inf], "2 of 2 values are not finite"),
        ([0.0, 2048.5], r"A value of 2048.5 is beyond the limit of 2048\."),
        ([-1e30, 0.0], r"A value of 1e\+30 is beyond the limit of 2048\."),
        ([0.0], r"shape \(1,\), expected \(2,\)"),
    ],
)
def test_that_values_that_cannot_be_sent_are_refused_by_name(values, sentence):
    with pytest.raises(RangeError, match=sentence):
        encode(np.array(values), BlockSpec((2,), 32, 2048.0, 4))


def test_that_a_norm_beyond_the_bound_is_refused():
    spec = BlockSpec((2,), 32, 2048.0, 4, norm_limit=5.0)
    encode(np.array([3.0, 4.0]), spec)
    with pytest.raises(RangeError, match=r"norm of 5\.008 is beyond the limit of 5"):
        encode(np.array([3.0, 4.01]), spec)


def test_that_noise_is_not_taken_for_a_sum():
    spec = BlockSpec((1000,), 32, 2048.0, 3)
    noise = np.frombuffer(np.random.default_rng(0).bytes(4000), "<u4")
    with pytest.raises(RangeError, match="masks did not cancel"):
        decode(noise, spec, 3)


@given(st.lists(st.floats(-100, 100, width=32), min_size=1, max_size=20))
@settings(max_examples=50)
def test_that_rounding_depends_on_party_and_values_only(values):
    array = np.array(values, np.float32)
    assert rounding_seed("p1", [array]) == rounding_seed("p1", [array.copy()])
    assert rounding_seed("p1", [array]) != rounding_seed("p2", [array])
