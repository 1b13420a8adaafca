"""The columns of a Parquet file in the form the text reader gives: ids as dictionaries of strings."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from data.errors import DataError
from data.genres import LIST_SIGN
from data.own.options import ROLE_WORDS, Role
from data.sentences import say

# Whole numbers above these cannot be told apart in floats of so many bits.
_EXACT: Final = {16: 2**11, 32: 2**24, 64: 2**53}
_UUID_BYTES: Final = 16


def column(path: Path, name: str, values: Any, role: Role) -> Any:
    """Return a column for its part.

    Args:
        path: the file, for messages.
        name: of the column.
        values: pyarrow array, [n].
        role: the part it plays.

    Returns:
        A dictionary array of strings for ids and texts, "" for a null; numbers, times and strings as they are for
        ratings and timestamps.

    Raises:
        DataError: ids that have lost digits; lists where one value is needed; a type that is none of these.
    """
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    kind = values.type
    if isinstance(kind, pa.BaseExtensionType):
        values, kind = values.storage, kind.storage_type
    if pa.types.is_large_string(kind):
        values = values.cast(pa.string())
    elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        values = _of_bytes(values)
    elif pa.types.is_null(kind):
        values = values.cast(pa.string())
    elif role == "genres" and _is_list(kind):
        return _joined(values).dictionary_encode()
    elif _is_list(kind) or pa.types.is_struct(kind) or pa.types.is_map(kind):
        raise DataError(
            say(
                "import.column-of-lists",
                "the column holds several values in each row ({kind}), where the {role} must be one.",
                kind=str(kind),
                role=ROLE_WORDS[role],
            ),
            say("import.one-row-each", "Write a row for each of them (explode, unnest), or choose another column."),
            path=path,
            column=name,
        )
    if role in ("rating", "timestamp"):
        return values.cast(pa.float64()) if pa.types.is_boolean(values.type) else values
    if pa.types.is_floating(values.type):
        values = _whole(path, name, values, role)
    return pc.fill_null(values.cast(pa.string()), "").dictionary_encode()


def _is_list(kind: Any) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _joined(lists: Any) -> Any:
    """Return lists of texts as one text each, nulls in them left out."""
    lists = lists.cast(pa.list_(pa.string()))
    whole = pa.ListArray.from_arrays(lists.offsets, pc.fill_null(lists.values, ""))
    return pc.binary_join_element_wise(pc.binary_join(whole, LIST_SIGN), "", LIST_SIGN)


def _of_bytes(values: Any) -> Any:
    """Return bytes as text: what they spell, else a UUID where there are 16 of them, else hexadecimal digits."""
    texts = values.dictionary_encode()
    size = getattr(values.type, "byte_width", 0) if pa.types.is_fixed_size_binary(values.type) else 0
    raw = texts.dictionary.to_pylist()
    spelt = [_spelt(one) for one in raw]
    if any(one is None for one in spelt):
        spelt = [str(uuid.UUID(bytes=one)) if size == _UUID_BYTES else one.hex() for one in raw]
    return pa.array(spelt, pa.string()).take(texts.indices)


def _spelt(value: bytes) -> str | None:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if all(sign.isprintable() or sign in "\t\n\r" for sign in text) else None


def _whole(path: Path, name: str, values: Any, role: Role) -> Any:
    """Return floats as whole numbers where they are (a column with gaps, as pandas writes it); NaN is a gap."""
    values = pc.if_else(pc.is_finite(values), values, pa.scalar(None, values.type))
    limit = _EXACT[values.type.bit_width]
    wide = values.cast(pa.float64())
    over = pc.greater_equal(pc.abs(wide), float(limit))
    if pc.any(over).as_py():
        first = int(pc.index(over, True).as_py())
        raise DataError(
            say(
                "import.ids-lost-digits",
                "the {role} is a floating-point number, and {value:.0f} is so large that it has lost digits: "
                "different ids may have become one.",
                role=ROLE_WORDS[role],
                value=wide[first].as_py(),
            ),
            say("import.store-ids-as-text", "Write the ids as text or as integers where the file is made."),
            path=path,
            column=name,
        )
    whole = wide.cast(pa.int64(), safe=False)
    same = pc.all(pc.equal(whole.cast(pa.float64()), wide)).as_py()
    return values if same is False else whole


def pick(batch: Any, names: Sequence[str], place: int) -> Any:
    """Return the column at `place` of a file with these names, of which the batch has some; names may stand twice."""
    alike = [at for at, name in enumerate(batch.schema.names) if name == names[place]]
    return batch.column(alike[names[:place].count(names[place])])


def value(path: Path, place: int, row: int) -> str:
    """Return what stands in a row, from 0, of the column at `place`, as text."""
    file = pa.parquet.ParquetFile(path)
    names = file.schema_arrow.names
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        if row < rows:
            return str(pick(file.read_row_group(group, columns=[names[place]]), names, place)[row].as_py())
        row -= rows
    return ""
