"""Bytes from other members: what the protocol sends comes back equal, and nothing else is ever built."""

from __future__ import annotations

import os
import pickle
import struct
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from data.sentences import Said, say
from fl.aggregation.masking.messages import Advert, Announcement, SealedShares, Upload
from fl.aggregation.masking.packing import PackedBlock
from fl.organisations import wire
from fl.organisations.wire import RefusedBytesError

MOST = 1 << 20


def sent(value, number=7):
    return memoryview(b"".join(wire.encode(number, value)))


def framed(*parts):
    return memoryview(struct.pack(f"<I{len(parts)}Q", len(parts), *map(len, parts)) + b"".join(parts))


UPLOAD = Upload("alice", b"c" * 32, 3, (np.arange(6, dtype=np.uint64).reshape(2, 3),), True, b"t" * 32, b"s" * 64)


@pytest.mark.parametrize(
    "value",
    [
        1,
        "",
        ["go on"],
        {"problem": "", "loss_sum": 0.25, "n_users": 3},
        b"k" * 32,
        Advert("alice", 1, b"k" * 32, (b"m" * 32, b"n" * 32), (b"c" * 32,), b"s" * 64),
        [SealedShares("alice", "bob", b"c" * 32, b"sealed")],
        (3, [None, True, 2.5]),
    ],
)
def test_that_values_of_the_protocol_come_back_equal(value):
    assert wire.decode(sent(value), "bob", MOST) == (7, value)


def test_that_arrays_come_back_bit_for_bit():
    table = np.linspace(-1, 1, 12, dtype=np.float32).reshape(4, 3)
    _, (back, turned, column) = wire.decode(sent([table, table.T, table[:, 1]]), "bob", MOST)
    assert back.dtype == np.float32
    assert back.tobytes() == table.tobytes()
    assert np.array_equal(turned, table.T)
    assert np.array_equal(column, table[:, 1])


def test_that_an_array_begins_at_a_whole_number_wherever_it_stood_in_the_message():
    table = np.arange(12.0).reshape(3, 4)
    message = bytes(sent([table]))
    for shift in range(9):
        (found,) = wire.decode(memoryview(b"x" * shift + message)[shift:], "alice", MOST)[1]
        assert found.flags.aligned
        assert not found.flags.writeable
        assert np.array_equal(found, table)


def test_that_uploads_and_announcements_come_back():
    announced = Announcement(b"c" * 32, 3, UPLOAD.blocks, (UPLOAD,), (("alice", b"s" * 32),), ())
    _, back = wire.decode(sent(announced), "server", MOST)
    assert back.uploads[0].digest() == UPLOAD.digest()
    assert np.array_equal(back.total[0], UPLOAD.blocks[0])
    packed = PackedBlock((2,), 8, b"\x01\x02")
    assert wire.decode(sent([packed]), "server", MOST)[1] == [packed]


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": None},
        {"number": True},
        {"number": 1.0},
        {"context": "c" * 32},
        {"blocks": None},
        {"blocks": (np.zeros(3),)},
        {"blocks": [np.zeros(3, np.uint32)]},
        {"blocks": (PackedBlock(b"", 8, (2,)),)},
        {"listed": 1},
    ],
)
def test_that_a_message_with_a_field_of_another_type_is_refused_before_anybody_uses_it(changes):
    message = replace(UPLOAD, **changes)
    for value in (message, [message], {"a": (message,)}):
        with pytest.raises(RefusedBytesError, match="bytes that are no message"):
            wire.decode(sent(value), "alice", MOST)


def test_that_sentences_keep_their_codes():
    _, back = wire.decode(sent(say("update.not-finite", "the update of {n} values", n=3)), "bob", MOST)
    assert isinstance(back, Said)
    assert (back, back.code, back.values) == ("the update of 3 values", "update.not-finite", {"n": 3})


class Harmful:
    """Pickles itself as a call."""

    def __init__(self, call, *arguments):
        self.call, self.arguments = call, arguments

    def __reduce__(self):
        return self.call, self.arguments


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_that_a_pickle_that_runs_a_command_is_refused_by_sender_and_class(tmp_path, protocol):
    stream = pickle.dumps((7, Harmful(os.system, f"touch {tmp_path}/ran")), protocol=protocol)
    with pytest.raises(wire.RefusedBytesError, match=r"mallory sent an object of (posix|nt)\.system"):
        wire.decode(framed(stream), "mallory", MOST)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "call", [eval, getattr, np.load, np.frombuffer, pickle.loads, __import__, type(np.dtype("f4")), wire.decode]
)
def test_that_nothing_but_the_known_classes_is_built(call):
    stream = pickle.dumps((7, Harmful(call)))
    with pytest.raises(wire.RefusedBytesError, match="which no message of the protocol has"):
        wire.decode(framed(stream), "mallory", MOST)


def test_that_attributes_of_known_modules_are_no_way_around():
    stream = b"\x80\x04\x8c\x05numpy\x8c\x0edtype.__base__\x93."  # STACK_GLOBAL of numpy, dtype.__base__
    with pytest.raises(wire.RefusedBytesError, match=r"numpy\.dtype\.__base__"):
        wire.decode(framed(stream), "mallory", MOST)


def test_that_a_length_of_10_gigabytes_takes_no_memory():
    ten = 10 * 1024**3
    for opcode in (b"\x8e", b"\x96", b"\x8d"):  # BINBYTES8, BYTEARRAY8, BINUNICODE8
        stream = b"\x80\x05" + opcode + struct.pack("<Q", ten) + b"x."
        with pytest.raises(wire.RefusedBytesError, match="mallory sent bytes that are no message"):
            wire.decode(framed(stream), "mallory", MOST)
    # A place far behind the end of the memo, which unpickling would make that long, and fill.
    stream = b"\x80\x05K\x01r" + struct.pack("<I", 680_825_748) + b"."
    tracemalloc.start()
    try:
        with pytest.raises(wire.RefusedBytesError, match="mallory sent bytes that are no message"):
            wire.decode(framed(stream), "mallory", MOST)
        assert tracemalloc.get_traced_memory()[1] < MOST
    finally:
        tracemalloc.stop()
    header = struct.pack("<I2Q", 2, 4, ten)
    with pytest.raises(wire.RefusedBytesError, match="says it has 10,737,418,2"):
        wire.decode(memoryview(header + b"abcd"), "mallory", MOST)


def test_that_a_message_that_is_too_long_is_refused_unread():
    with pytest.raises(wire.RefusedBytesError, match="at most 100 are allowed"):
        wire.decode(sent(np.zeros(100)), "mallory", 100)


def test_that_random_bytes_are_refused():
    draw = np.random.default_rng(5)
    for length in (0, 1, 3, 4, 5, 12, 60, 4000):
        for _ in range(50):
            raw = draw.bytes(length)
            with pytest.raises(wire.RefusedBytesError):
                wire.decode(memoryview(raw), "mallory", MOST)
            with pytest.raises(wire.RefusedBytesError):
                wire.decode(framed(raw), "mallory", MOST)


def test_that_every_cut_and_every_changed_byte_of_a_message_gives_a_value_or_a_refusal():
    whole = bytes(sent([UPLOAD]))
    for end in range(0, len(whole), 7):
        with pytest.raises(wire.RefusedBytesError):
            wire.decode(memoryview(whole[:end]), "mallory", MOST)
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0x55
        try:
            wire.decode(memoryview(bytes(changed)), "mallory", MOST)
        except wire.RefusedBytesError:
            continue
