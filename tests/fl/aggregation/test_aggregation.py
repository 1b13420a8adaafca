"""Aggregators against a plain sum, and against the traps of SecretFlow's SecureAggregator."""

import numpy as np
import pytest

from data.errors import UnknownNameError
from fl.aggregation.masking.errors import RefusedMessageError


@pytest.fixture
def parties(federate, any_message):
    """A function (n, name) -> (aggregator, put), where put(i, value) places a value at party i."""

    def make(n, name):
        model, devices = federate(n, name)
        return model._aggregator, lambda i, value: devices[i](lambda x: x)(value)

    return make


def reveal(value):
    from secretflow import reveal as sf_reveal

    return sf_reveal(value)


@pytest.mark.parametrize("name", ["masked", "verified", "secure", "robust", "plain"])
@pytest.mark.parametrize("n", [2, 3, 8])
def test_that_sums_equal_the_plain_sum(parties, name, n):
    aggregator, put = parties(n, name)
    rng = np.random.default_rng(0)
    for _ in range(20):
        values = [
            [rng.normal(0, 100, (17, 4)).astype(np.float32), rng.normal(0, 1, 3).astype(np.float32)] for _ in range(n)
        ]
        total = reveal(aggregator.sum([put(i, value) for i, value in enumerate(values)]))
        for place in (0, 1):
            expected = np.sum([value[place].astype(np.float64) for value in values], axis=0)
            # Fixed point truncates each value by less than 2**-30; float32 sums of the plain one are coarser.
            # With n parties masked tables have steps of at most n * 2^11 / 2^30, totals exact ones for float32.
            tolerance = {"secure": n * 2.0**-30, "plain": 1e-4, "robust": 1e-4}.get(name, n * n * 2.0**-19)
            np.testing.assert_allclose(total[place], expected, atol=tolerance)


@pytest.mark.parametrize("name", ["masked", "verified", "secure", "plain"])
def test_that_an_upload_of_one_row_is_not_broadcast(parties, name):
    aggregator, put = parties(2, name)
    with pytest.raises((ValueError, RefusedMessageError), match=r"upload 2 has shapes|upload of party-2 has arrays"):
        aggregator.sum([put(0, np.ones((5, 3))), put(1, np.ones((1, 3)))])


@pytest.mark.parametrize("name", ["plain", "robust"])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("totals", [False, True])
def test_that_a_party_whose_values_are_not_finite_is_named(parties, name, bad, totals):
    aggregator, put = parties(3, name)
    sent = [[np.ones((4, 2), np.float32), np.ones(5, np.float32)] for _ in range(3)]
    sent[1][totals].flat[0] = bad
    with pytest.raises(RefusedMessageError, match="upload of party-2 has 1 values that are not finite"):
        aggregator.sum([put(i, value) for i, value in enumerate(sent)])


@pytest.mark.parametrize(("name", "bytes_per_value"), [("secure", 8), ("plain", 4)])
def test_that_the_upload_is_measured(parties, name, bytes_per_value):
    aggregator, put = parties(2, name)
    uploads = [put(i, [np.ones((10, 4), np.float32), np.ones(2, np.float32)]) for i in range(2)]
    assert reveal(aggregator.sum_and_bytes(uploads)[1]) == 42 * bytes_per_value


def test_that_the_largest_allowed_value_does_not_wrap(parties):
    aggregator, put = parties(3, "secure")
    limit = aggregator.limit()
    for sign in (1, -1):
        total = reveal(aggregator.sum([put(i, np.full(4, sign * limit)) for i in range(3)]))
        np.testing.assert_allclose(total, sign * 3 * limit, rtol=1e-9)


def test_that_a_rebuilt_aggregator_works_after_masks_went_out_of_step(parties):
    aggregator, put = parties(3, "secure")
    ones = [put(i, np.ones(50)) for i in range(3)]
    first = next(iter(aggregator._maskers.values()))
    first.mask(ones[[o.device for o in ones].index(first.device)])
    assert not np.allclose(reveal(aggregator.sum(ones)), 3)
    aggregator.rebuild()
    assert first in aggregator._maskers.values()  # a person may wait to hear that there will be no other sum
    np.testing.assert_allclose(reveal(aggregator.sum(ones)), 3)
    assert first not in aggregator._maskers.values()


def test_that_an_unknown_aggregator_is_named():
    from fl.aggregation import make

    with pytest.raises(
        UnknownNameError, match=r"no aggregator 'sceure'\. Known are: masked, verified, secure, spu, heu, robust, plain"
    ):
        make("sceure", None, [])


def test_that_only_the_element_wise_sum_is_offered(parties):
    aggregator, put = parties(2, "plain")
    with pytest.raises(ValueError, match="axis=0"):
        aggregator.sum([put(0, np.ones(2)), put(1, np.ones(2))], axis=1)
