"""Smaller updates: few bits a value and a part of the rows, with errors that are bounded, kept and made good."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import SettingsError
from fl.aggregation.compression import (
    NO_RANGES,
    Compression,
    RangeKeeper,
    quantise,
    ranges_problem,
    step_of,
)
from fl.aggregation.masking.ring import most_levels
from fl.errors import AggregationError, PartyError
from fl.federation.server_optimizers import OPTIMIZERS, Average
from fl.settings.base import build
from fl.settings.train import TrainSettings
from tests.fl.small_rules import rules_for
from tests.models.small_data import hyper_of, small_parties

HYPER = hyper_of("pfedrec", dim=6)
PARTIES = 3


# --- levels ---------------------------------------------------------------------------------------------------------


@given(st.integers(8, 31), st.integers(2, 8), st.integers(0, 2**32))
@settings(max_examples=60)
def test_that_a_value_within_range_is_off_by_less_than_a_step(bits, parties, seed):
    rng = np.random.default_rng(seed)
    ranges = rng.uniform(1e-3, 1e3, 5).astype(np.float32)
    values = (rng.uniform(-1, 1, (5, 4)) * ranges[:, None]).astype(np.float32)
    top = most_levels(bits, parties)
    levels, left = quantise(values, ranges, top, "p1")
    step = step_of(ranges, top)
    assert np.abs(levels).max() <= top
    assert np.all(np.abs(levels * step - values) <= step * (1 + 1e-6) + 1e-6 * np.abs(values))
    np.testing.assert_allclose(levels * step + left, values, rtol=1e-6, atol=1e-6 * float(ranges.max()))


def test_that_rounding_is_unbiased():
    values = np.full((1, 100_000), 0.3, np.float32)  # 0.3 * 31 = 9.3 levels
    levels, _ = quantise(values, np.ones(1, np.float32), 31, "p1")
    assert set(np.unique(levels)) == {9, 10}
    assert levels.mean() == pytest.approx(9.3, abs=5 * 0.46 / np.sqrt(100_000))


def test_that_what_is_beyond_the_range_is_clipped_and_kept_back():
    levels, left = quantise(np.array([[5.0, -0.5]], np.float32), np.array([2.0], np.float32), 4, "p1")
    np.testing.assert_array_equal(levels, [[4, -1]])
    np.testing.assert_allclose(left, [[3.0, 0.0]])


def test_that_error_feedback_sends_everything_in_the_end():
    # A constant value beyond its range in every round: range 1, value 0.7 and a first one of 5.
    kept, sent = np.zeros((1, 1), np.float32), 0.0
    for round_number in range(40):
        wanted = kept + (5.0 if round_number == 0 else 0.7)
        levels, kept = quantise(wanted, np.ones(1, np.float32), 7, "p1")
        sent += float(levels[0, 0]) / 7
    assert sent == pytest.approx(5.0 + 39 * 0.7, abs=1 / 7)


def test_that_ranges_that_are_none_are_refused():
    assert ranges_problem(np.ones(3, np.float32), 3) == ""
    for bad in ([1.0, 0.0, 1.0], [1.0, np.nan, 1.0], [1.0, 1.0]):
        assert "not 3 positive numbers" in ranges_problem(np.array(bad, np.float32), 3)


# --- ranges and rows ------------------------------------------------------------------------------------------------


def test_that_ranges_are_those_worked_out_by_hand():
    keeper, compression = RangeKeeper(), Compression(8, 1.0, 2)
    assert len(keeper.ranges(compression, 3, 1)) == 0
    keeper.saw(np.array([[4.0, -8.0], [2.0, 0.0], [0.0, 0.0]]), None, 3)
    np.testing.assert_allclose(keeper.ranges(compression, 3, 2), [12.0, 3.0, 12.0 / 4096])
    keeper.saw(np.array([[1.0, 0.0], [6.0, 0.0], [0.0, 0.0]]), None, 3)  # 1 is below half of 8
    np.testing.assert_allclose(keeper.ranges(compression, 3, 3), [6.0, 9.0, 9.0 / 4096])
    keeper.saw(np.array([[8.0, 0.0]]), np.array([2]), 3)
    np.testing.assert_allclose(keeper.ranges(compression, 3, 4), [6.0, 9.0, 12.0])
    assert len(keeper.ranges(Compression(32, 1.0, 2), 3, 4)) == 0


def test_that_every_row_is_drawn_equally_often_and_everybody_draws_the_same():
    compression = Compression(32, 0.25, 2, 7)
    drawn = [compression.rows(40, number) for number in range(1, 2001)]
    assert all(len(np.unique(rows)) == 10 and np.all(np.diff(rows) > 0) for rows in drawn)
    counts = np.bincount(np.concatenate(drawn), minlength=40)
    assert np.abs(counts - 500).max() < 5 * np.sqrt(2000 * 0.25 * 0.75)
    np.testing.assert_array_equal(drawn[4], Compression(32, 0.25, 8, 7).rows(40, 5))
    assert not np.array_equal(drawn[4], Compression(32, 0.25, 2, 8).rows(40, 5))
    assert Compression(32, 1.0, 2, 7).rows(40, 1) is None
    # With few bits, a round without ranges is sent whole.
    assert Compression(8, 0.25, 2, 7).rows(40, 1, NO_RANGES) is None
    assert len(Compression(32, 1e-9, 2, 7).rows(40, 1)) == 1


@pytest.mark.parametrize("name", sorted(set(OPTIMIZERS) - {"secant"}))  # which needs all rows
def test_that_an_optimiser_leaves_rows_that_were_not_sent_alone(name):
    rng = np.random.default_rng(1)
    rows = np.array([0, 2])
    some, alone = OPTIMIZERS[name](), OPTIMIZERS[name]()
    for _ in range(3):
        change = np.zeros((4, 2))
        change[rows] = rng.normal(size=(2, 2))
        step = some.step(Average(change, np.zeros((4, 2)), np.ones(4), rows), 0.5)
        # Two of four rows: what comes is twice what it would be if there were no others.
        expected = alone.step(Average(2 * change[rows], np.zeros((2, 2)), np.ones(2)), 0.5)
        np.testing.assert_allclose(step[rows], expected)
        np.testing.assert_array_equal(step[[1, 3]], 0.0)
    for array, expected in zip(some.state().values(), alone.state().values(), strict=True):
        np.testing.assert_allclose(array[rows], expected)


# --- in training ----------------------------------------------------------------------------------------------------


def set_up(federate, aggregator, bits, fraction, model="pfedrec", parties=PARTIES):
    federation, devices = federate(parties, aggregator)
    federation.set_up(
        dict(zip(devices, small_parties(parties), strict=True)),
        rules_for(model, compression=Compression(bits, fraction, parties, HYPER.seed)),
    )
    return federation


def items_of(federation):
    return federation.questions.item_table()


def reports(federation, epochs, **more):
    class Collect:
        found: list = []  # noqa: RUF012

        def on_epoch_begin(self, round_number): ...

        def on_epoch_end(self, report):
            self.found.append(report)
            return False

    collect = Collect()
    collect.found = []
    federation.fit(epochs=epochs, callbacks=[collect], **more)
    return collect.found


@pytest.mark.parametrize("aggregator", ["masked", "verified", "plain"])
@pytest.mark.parametrize("model", ["pfedrec", "fcf"])
def test_that_many_bits_give_nearly_the_items_of_full_ones(federate, monkeypatch, aggregator, model):
    monkeypatch.setattr("fl.aggregation.compression.HEADROOM", 1000.0)  # nothing is clipped: only rounding is left
    expected = set_up(federate, aggregator, 32, 1.0, model)
    expected.fit(epochs=4)
    close = set_up(federate, aggregator, 24, 1.0, model)
    close.fit(epochs=4)
    coarse = set_up(federate, aggregator, 14, 1.0, model)
    coarse.fit(epochs=4)
    scale = float(np.abs(items_of(expected)).max())
    off = [float(np.abs(items_of(other) - items_of(expected)).max()) for other in (close, coarse)]
    assert off[0] < 5e-3 * scale
    assert off[0] < off[1]


def test_that_aggregators_give_the_same_items_from_few_bits(federate):
    found = []
    for aggregator in ("masked", "verified", "plain"):
        federation = set_up(federate, aggregator, 10, 0.5)
        federation.fit(epochs=3)
        found.append(items_of(federation))
    np.testing.assert_array_equal(found[0], found[1])
    # The first round is sent in 32 bits: in fixed point under masks, in floating point without.
    np.testing.assert_allclose(found[2], found[0], atol=0.02 * np.abs(found[0]).max())


def test_that_bytes_are_those_of_the_message_and_the_first_round_is_whole(federate):
    n_items = small_parties(1)[0].n_items
    k = round(0.5 * n_items)
    plain = reports(set_up(federate, "plain", 12, 0.5), 3)
    totals = 5 * 4
    assert [r.bytes_up - totals for r in plain[:1]] == [n_items * 6 * 4]
    for report in plain[1:]:
        # The packed values, and a few bytes that say how many there are.
        assert 0 <= report.bytes_up - totals - -(-k * 6 * 12 // 8) < 8
        assert report.bytes_down == n_items * 6 * 4 + k * 4  # items, and the ranges of the round's rows
    masked = reports(set_up(federate, "masked", 12, 0.5), 3)
    full = reports(set_up(federate, "masked", 32, 1.0), 3)
    assert masked[0].bytes_up == pytest.approx(full[0].bytes_up, abs=4)
    assert full[2].bytes_up - masked[2].bytes_up == pytest.approx(n_items * 6 * 4 - k * 6 * 1.5, abs=12)


def test_that_only_the_drawn_rows_change(federate):
    federation = set_up(federate, "masked", 32, 0.25)
    before = items_of(federation)
    for round_number in (1, 2):
        federation.fit(epochs=round_number, initial_epoch=round_number - 1)
        rows = Compression(32, 0.25, PARTIES, HYPER.seed).rows(len(before), round_number)
        away = np.setdiff1d(np.arange(len(before)), rows)
        np.testing.assert_array_equal(items_of(federation)[away], before[away])
        assert not np.array_equal(items_of(federation)[rows], before[rows])
        before = items_of(federation)


def test_that_row_sampling_is_unbiased():
    # The mean over many draws of what the server steps by is the whole average.
    from fl.federation.server import ItemServer
    from models.base import LocalUpdate

    change = np.arange(40, dtype=np.float32).reshape(20, 2)
    total = np.zeros((20, 2))
    for seed in range(400):
        server = ItemServer()
        compression = Compression(32, 0.3, 1, seed)
        server.set_up(np.zeros((20, 2), np.float32), rules_for(n_users=1, compression=compression))
        from fl.aggregation.updates import pack_update

        sent = pack_update(LocalUpdate(change[compression.rows(20, 1)], 1, 1, 0.0))
        items, report = server.apply(sent, 0, 1)
        assert report["problem"] == ""
        total += items
    error = change * np.sqrt((1 / 0.3 - 1) / 400)
    assert np.all(np.abs(total / 400 - change) <= 5 * error + 1e-6)


def test_that_a_resumed_run_equals_an_uninterrupted_one(federate, tmp_path):
    whole = set_up(federate, "masked", 9, 0.5)
    whole.fit(epochs=4)
    first = set_up(federate, "masked", 9, 0.5)
    first.fit(epochs=2, audit_log_dir=tmp_path)
    second = set_up(federate, "masked", 9, 0.5)
    second.load_model(tmp_path, 2)
    second.fit(epochs=4, initial_epoch=2)
    np.testing.assert_array_equal(items_of(second), items_of(whole))


def test_that_a_refused_round_leaves_what_was_kept_back_as_it_was(federate, monkeypatch):
    def refuse(*_):
        raise AggregationError("This sum is refused.")

    expected = set_up(federate, "masked", 9, 1.0)
    expected.fit(epochs=3)
    federation = set_up(federate, "masked", 9, 1.0)
    federation.fit(epochs=2)
    saw = RangeKeeper.saw
    monkeypatch.setattr(RangeKeeper, "saw", refuse)
    with pytest.raises(AggregationError, match="is refused"):
        federation.fit(epochs=3, initial_epoch=2)
    monkeypatch.setattr(RangeKeeper, "saw", saw)
    federation.fit(epochs=3, initial_epoch=2)
    np.testing.assert_array_equal(items_of(federation), items_of(expected))


def test_that_ranges_of_a_server_that_are_none_are_refused_by_the_party(federate, monkeypatch):
    federation = set_up(federate, "masked", 9, 1.0)
    federation.fit(epochs=1)
    ranges = RangeKeeper.ranges
    monkeypatch.setattr(RangeKeeper, "ranges", lambda *a: -ranges(*a))
    with pytest.raises(PartyError, match=r"ranges are not .* positive numbers"):
        federation.fit(epochs=2, initial_epoch=1)


@pytest.mark.parametrize("aggregator", ["secure", "robust"])
def test_that_other_aggregators_refuse_few_bits(federate, aggregator):
    if aggregator == "robust":
        from fl.aggregation.base import CountingAggregator
        from fl.aggregation.robust import RobustAggregator

        with pytest.raises(SettingsError, match="sums no values of 8 bits"):
            RobustAggregator.compress(RobustAggregator.__new__(RobustAggregator), 8)
        assert CountingAggregator.compress is not RobustAggregator.compress
        return
    with pytest.raises(SettingsError, match="sums no values of 8 bits"):
        set_up(federate, aggregator, 8, 1.0)


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"aggregator": "secure", "upload_bits": 8}, "only the aggregators masked, verified and plain"),
        ({"aggregator": "robust", "parties": 3, "row_fraction": 0.5}, "only the aggregators masked"),
        ({"upload_bits": 16, "dp": "user"}, "epsilon would not hold"),
        ({"upload_bits": 7}, "upload bits: must be greater than or equal to 8"),
        ({"upload_bits": 33}, "upload bits: must be less than or equal to 32"),
        ({"row_fraction": 0}, "row fraction: must be greater than 0"),
    ],
)
def test_that_what_cannot_be_is_refused_with_a_sentence(values, sentence):
    with pytest.raises(SettingsError, match=sentence):
        build(TrainSettings, values)


def test_that_rows_can_be_sampled_with_noise():
    # A part of a noised sum reveals no more than all of it.
    assert build(TrainSettings, {"row_fraction": 0.5, "dp": "user"}).row_fraction == 0.5
    for parties in (2, 64):
        assert Compression(8, 1.0, parties).levels >= 1


def test_that_the_record_of_messages_has_the_rows_sent_and_the_ranges():
    from fl.audit.message_records import Sizes, message_records

    few_rows = {"upload_bits": 8, "row_fraction": 0.25, "server_optimizer": "fedadam"}
    settings = build(TrainSettings, {"model": "fcf", "aggregator": "plain", "dim": 8, **few_rows})
    records = {record.name: record for record in message_records(settings, 400, Sizes(850, 400 * 8 * 4 + 400))}
    assert records["item update and totals"].shape == "100 x 8 + 5"
    assert records["ranges of the values"].bytes == 100 * 4
    assert records["item embeddings"].bytes == 400 * 8 * 4
    # The first round is sent whole: no ranges are known before it.
    first = {record.name: record for record in message_records(settings, 400, Sizes(12820, 400 * 8 * 4))}
    assert first["item update and totals"].shape == "400 x 8 + 5"
    assert first["item embeddings"].bytes == 400 * 8 * 4
    assert "ranges of the values" not in first
    whole = message_records(build(TrainSettings, {"aggregator": "plain"}), 400, Sizes(1, 2))
    assert "ranges of the values" not in [record.name for record in whole]
