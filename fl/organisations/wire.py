"""The bytes of a message between members: what may be in them, and everything else refused before it is built.

SecretFlow pickles what members send each other, and a pickle can run any code where it is read. Here only a fixed list
of classes can be named in a message: what the protocol of `fl.aggregation.updates` sends, and nothing that does
anything when it is built. Every name in a pickle is looked up by `_Reader.find_class` before what it names is used. The
arrays' bytes travel behind the pickle (PEP 574), so the pickle is short.

A message is the signature (64 bytes), the number of parts (4 bytes) and the length of each (8 bytes), little end first,
then the pickle and the arrays' bytes.
"""

from __future__ import annotations

import io
import pickle
import pickletools
import struct
from collections.abc import Sequence
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints

import numpy as np

from data.sentences import say
from fl.errors import BrokenSessionError

SIGNATURE_BYTES: Final = 64  # Ed25519
_COUNT: Final = struct.Struct("<I")
_MOST_PARTS: Final = 10_000
_PUTS: Final = ("PUT", "BINPUT", "LONG_BINPUT")
# What the pickle itself may have, arrays apart: the largest is a batch of keys of 64 members.
_MOST_PICKLE_BYTES: Final = 16 << 20

_MESSAGES = "fl.aggregation.masking.messages"
# Every class that a message may name, by module. None of them does more than keep what it is given.
KNOWN: Final = {
    _MESSAGES: (
        "Advert",
        "Agreement",
        "Announcement",
        "SealedShares",
        "SurvivorList",
        "UnmaskShares",
        "Upload",
    ),
    "fl.aggregation.masking.packing": ("PackedBlock",),
    "fl.organisations.wire": ("Failure",),
    "data.sentences": ("Said",),
    "numpy": ("dtype",),
    "numpy.core.numeric": ("_frombuffer",),
}


@dataclass(frozen=True)
class Failure:
    """A member's failure, told to the others in the place of a value.

    Attributes:
        member: whose failure it is.
        reason: a sentence.
        hint: what to do about it, "" for nothing.
        kind: name of the class of the error.
    """

    member: str
    reason: str
    hint: str
    kind: str


class RefusedBytesError(BrokenSessionError):
    """A member sent what is no message of the protocol. Nothing of it was built."""


def encode(number: int, value: Any) -> list[bytes | memoryview]:
    """Return a message, the signature apart, in parts.

    Args:
        number: SecretFlow's number of the value.
        value: what the protocol sends.
    """
    buffers: list[pickle.PickleBuffer] = []
    written = io.BytesIO()
    _Writer(written, protocol=5, buffer_callback=buffers.append).dump((number, value))
    stream = written.getvalue()
    parts: list[bytes | memoryview] = [stream, *(buffer.raw() for buffer in buffers)]
    return [_COUNT.pack(len(parts)) + struct.pack(f"<{len(parts)}Q", *map(_length, parts)), *parts]


def decode(body: memoryview, sender: str, most: int) -> tuple[int, Any]:
    """Return (SecretFlow's number, the value) of a message whose signature was checked.

    Args:
        body: the message behind its signature.
        sender: whose message it is, for what is refused.
        most: bytes that a message may have.

    Raises:
        RefusedBytesError: it is longer, its lengths do not fit, or it names anything that is not `KNOWN`.
    """
    if len(body) > most:
        raise RefusedBytesError(
            sender,
            say(
                "link.too-long",
                "{sender} sent a message of {length:,} bytes; at most {most:,} are allowed.",
                sender=sender,
                length=len(body),
                most=most,
            ),
        )
    stream, arrays = _parts(body, sender)
    _check_lengths(stream, sender)
    # In the message an array begins at any byte; NumPy multiplies such ones in another order, with other last digits.
    buffers = [bytes(array) for array in arrays]
    try:
        content = _Reader(stream, buffers, sender).load()
    # A pickle that is damaged on purpose can fail in any way that building what it names can.
    except (pickle.UnpicklingError, ValueError, TypeError, AttributeError, EOFError, IndexError, KeyError, MemoryError,
            OverflowError, RecursionError, SystemError, UnicodeDecodeError) as error:  # fmt: skip
        raise _no_message(sender) from error
    if not (isinstance(content, tuple) and len(content) == 2 and type(content[0]) is int):
        raise _no_message(sender)
    try:
        whole = _is_whole(content[1])
    except RecursionError:
        whole = False
    if not whole:
        raise _no_message(sender)
    return content


def _is_whole(value: Any) -> bool:
    """Return whether every message in a value has fields of the types that it declares: a pickle can leave any there.

    Raises:
        RecursionError: it is deeper than any message.
    """
    if isinstance(value, list | tuple):
        return all(map(_is_whole, value))
    if isinstance(value, dict):
        return all(map(_is_whole, value.values()))
    kind: type = type(value)
    if not is_dataclass(kind):
        return True
    given, kinds = vars(value), _kinds(kind)
    return given.keys() == kinds.keys() and all(_fits(given[name], kind) for name, kind in kinds.items())


@cache
def _kinds(message: type) -> dict[str, Any]:
    return get_type_hints(message)


def _fits(value: Any, kind: Any) -> bool:
    """Return whether a value is of a declared type: a class, one of several, or a tuple of them."""
    parts = get_args(kind)
    if get_origin(kind) is tuple:
        if type(value) is not tuple:
            return False
        if parts[1:] == (Ellipsis,):
            return all(_fits(part, parts[0]) for part in value)
        return len(value) == len(parts) and all(map(_fits, value, parts))
    if get_origin(kind) is np.ndarray:
        return type(value) is np.ndarray and value.dtype.kind == "u"
    if parts:
        return any(_fits(value, part) for part in parts)
    return (type(value) is kind or (kind is str and isinstance(value, str))) and _is_whole(value)


class _Writer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, np.ndarray) and not value.flags.forc:
            return np.ascontiguousarray(value).__reduce_ex__(5)  # others would be written by other functions of NumPy
        return NotImplemented


class _Reader(pickle.Unpickler):
    def __init__(self, stream: memoryview, buffers: Sequence[bytes], sender: str) -> None:
        super().__init__(io.BytesIO(stream), buffers=buffers)
        self._sender = sender

    def find_class(self, module: str, name: str) -> Any:
        if name not in KNOWN.get(module, ()):
            raise _unknown_class(self._sender, f"{module}.{name}")
        return super().find_class(module, name)


def _parts(body: memoryview, sender: str) -> tuple[memoryview, list[memoryview]]:
    """Cut a message into its pickle and the bytes of its arrays."""
    if len(body) < _COUNT.size:
        raise _no_message(sender)
    (count,) = _COUNT.unpack_from(body)
    start = _COUNT.size + 8 * count
    if not 1 <= count <= _MOST_PARTS or start > len(body):
        raise _no_message(sender)
    lengths = struct.unpack_from(f"<{count}Q", body, _COUNT.size)
    if start + sum(lengths) != len(body) or lengths[0] > _MOST_PICKLE_BYTES:
        raise RefusedBytesError(
            sender,
            say(
                "link.lengths",
                "{sender} sent a message of {length:,} bytes that says it has {said:,}.",
                sender=sender,
                length=len(body),
                said=start + sum(lengths),
            ),
        )
    parts = []
    for length in lengths:
        parts.append(body[start : start + length])
        start += length
    return parts[0], parts[1:]


def _check_lengths(stream: memoryview, sender: str) -> None:
    """Refuse a pickle with a length that it does not have: unpickling takes the memory for it before it looks.

    The same holds for a place in the list of what was read before, which is filled in its order.
    """
    try:
        for number, (operation, argument, _) in enumerate(pickletools.genops(bytes(stream))):
            if operation.name in _PUTS and (argument or 0) > number:
                raise _no_message(sender)
    except ValueError as error:  # how genops says that a pickle is damaged
        raise _no_message(sender) from error


def _unknown_class(sender: str, name: str) -> RefusedBytesError:
    return RefusedBytesError(
        sender,
        say(
            "link.unknown-class",
            "{sender} sent an object of {name}, which no message of the protocol has. It was not built.",
            sender=sender,
            name=name[:200],
        ),
        say("link.unknown-class-hint", "Ask that member what it runs."),
    )


def _no_message(sender: str) -> RefusedBytesError:
    return RefusedBytesError(sender, say("link.no-message", "{sender} sent bytes that are no message.", sender=sender))


def _length(part: bytes | memoryview) -> int:
    return part.nbytes if isinstance(part, memoryview) else len(part)
