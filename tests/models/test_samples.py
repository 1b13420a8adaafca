"""A round's samples: complete, shuffled, and the same however users are divided."""

import numpy as np

from data.negatives import NegativeSampler
from data.partition import by_length
from models.samples import SampleMaker
from tests.models.small_data import small_parties, small_party

NEGATIVES, SEED = 3, 5


def of_each_user(data, round_number, local_epochs=1, chunks=None):
    """{dense user id: [epochs][(item, label), ...]} of a party's samples."""
    data, _ = by_length(data)
    maker = SampleMaker(data, NEGATIVES, local_epochs, SEED)
    found = {}
    for part in maker.samples(round_number, chunks or [(0, data.n_users)]):
        for row in range(part.last - part.first):
            found[int(data.users[part.first + row])] = [
                list(
                    zip(
                        part.item[epoch, row, : part.length[row]].tolist(),
                        part.label[epoch, row, : part.length[row]].tolist(),
                        strict=True,
                    )
                )
                for epoch in range(local_epochs)
            ]
    return found


def test_that_every_positive_stands_beside_its_negatives_once():
    data = small_party()
    drawn = NegativeSampler(data, NEGATIVES, SEED).round(4)
    found = of_each_user(data, 4)
    for row, user in enumerate(data.users):
        span = slice(data.indptr[row], data.indptr[row + 1])
        expected = [(int(i), 1.0) for i in data.items[span]] + [(int(i), 0.0) for i in drawn[span].ravel()]
        assert sorted(found[user][0]) == sorted(expected)


def test_that_order_is_shuffled_anew_every_round_and_epoch():
    data = small_party()
    busiest = int(data.users[np.argmax(np.diff(data.indptr))])
    epochs = of_each_user(data, 1, local_epochs=2)[busiest]
    assert epochs[0] != epochs[1]
    assert sorted(epochs[0]) == sorted(epochs[1])
    labels = [label for _, label in epochs[0]]
    # Positives are spread: each half of the row holds some.
    assert 0 < sum(labels[: len(labels) // 2]) < sum(labels)


def test_that_neither_partition_nor_chunks_change_a_users_samples():
    whole = of_each_user(small_party(), 2, local_epochs=2)
    for parts in (small_parties(2), small_parties(5)):
        divided = {}
        for part in parts:
            divided |= of_each_user(part, 2, local_epochs=2)
        assert divided == whole
    data = small_party()
    assert of_each_user(data, 2, 2, [(row, row + 1) for row in range(data.n_users)]) == whole


def test_that_padding_is_item_zero_with_label_zero():
    data, _ = by_length(small_party())
    maker = SampleMaker(data, NEGATIVES, 1, SEED)
    (part,) = maker.samples(1, [(0, data.n_users)])
    padding = np.arange(part.item.shape[2]) >= part.length[:, None]
    assert padding.any()
    assert not part.item[0][padding].any()
    assert not part.label[0][padding].any()


def test_that_a_user_who_touched_every_item_has_positives_only():
    data = small_party(n_users=3, n_items=120)
    from dataclasses import replace

    everything = replace(
        data,
        users=data.users[:1],
        indptr=np.array([0, 120]),
        items=np.arange(120, dtype=np.int32),
        valid_item=np.array([-1], np.int32),
        test_item=np.array([-1], np.int32),
    )
    samples = of_each_user(everything, 1)[int(data.users[0])][0]
    assert sorted(samples) == [(item, 1.0) for item in range(120)]
