"""`inspect` and `import_file`: the way from a file of the person's to an installed data set, with a report."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
from numpy.typing import NDArray

from data.errors import CancelledError, DataError
from data.genres import split_genres
from data.interactions import Interactions, fingerprint
from data.own import filters, scan, store, summary
from data.own.columns import choose, recognise
from data.own.options import ROLE_WORDS, ImportOptions, Role
from data.own.report import Dropped, ImportReport, Preview
from data.own.scan import Scanned
from data.own.sniff import sniff
from data.own.source import IMPORT_CANCELLED, Cancelled, CountingReader, Progress, TextFormat, kind_of, reading
from data.sentences import join, say

_THREADS: Final = 2

_log = logging.getLogger(__name__)


def inspect(path: Path, options: ImportOptions | None = None) -> Preview:
    """Look at a file: its format, columns, recognised parts and first rows. Nothing is written.

    Args:
        path: CSV, TSV or the like (also packed with gzip), or Parquet.
        options: format and mapping asked for so far.

    Raises:
        DataError: the file cannot be read as a table at all.
        StorageError: no permission, or the disk refuses.
    """
    options = options or ImportOptions()
    kind = kind_of(path)
    if kind == "parquet":
        names, rows = _look_at_parquet(path)
        text, notes = None, []
    else:
        sniffed = sniff(path, kind, options)
        text, names, rows, notes = sniffed.text, sniffed.text.names, sniffed.rows, list(sniffed.text.notes)
    header = text is None or text.header
    problem = ""
    try:
        places = choose(path, names, header, options)
    except DataError as error:
        places, problem = recognise(names, header), error.reason
    return Preview(
        path=str(path),
        size=path.stat().st_size,
        kind="parquet" if kind == "parquet" else "text",
        compressed=kind == "gzip",
        encoding=text.encoding if text else "",
        delimiter=text.delimiter if text else "",
        header=header,
        columns=names,
        mapping={role: names[place] for role, place in places.items()},
        rows=rows,
        notes=tuple(notes),
        problem=problem,
    )


def _look_at_parquet(path: Path) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    names = _parquet_names(path)
    with reading(path):
        file = pa.parquet.ParquetFile(path)
        batch = next(file.iter_batches(batch_size=20), None)
    columns = [] if batch is None else [batch.column(place).to_pylist() for place in range(batch.num_columns)]
    rows = zip(*columns, strict=True)
    return names, tuple(tuple("" if value is None else str(value) for value in row) for row in rows)


def _parquet_names(path: Path) -> tuple[str, ...]:
    try:
        with reading(path):
            return tuple(pa.parquet.ParquetFile(path).schema_arrow.names)
    except pa.ArrowException as error:
        raise DataError(
            say("import.parquet-file-damaged-cut", "the Parquet file is damaged or cut off: {reason}.", reason=error),
            say("import.get-again", "Get it again."),
            path=path,
        ) from None


def import_file(
    path: Path,
    name: str,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportReport:
    """Make a data set called `name` of a table file. The file itself is only read.

    Rows are dropped in this order: bad ones, those without user, item or timestamp, low ratings, repeated (user, item)
    pairs, users and items outside the k-core. Dense ids follow the first appearance in the file among the rows kept.

    Args:
        path: CSV, TSV or the like (also packed with gzip), or Parquet.
        name: what the data set is called: letters, digits, ".", "_", "-".
        options: mapping, filters, format.
        progress: called with (bytes read, bytes of the file).
        cancelled: asked often; once it says True nothing is kept and CancelledError raised.

    Raises:
        DataError: the file cannot be used, with line and column where one is at fault.
        SettingsError: the name or an option does not work.
        StorageError: the file cannot be read, or there is no space.
        CancelledError: cancelled.
    """
    began = time.perf_counter()
    options = options or ImportOptions()
    cancelled = cancelled or (lambda: False)
    path = path.expanduser().absolute()
    store.check_free(name, options)
    kind = kind_of(path)
    text = None if kind == "parquet" else sniff(path, kind, options).text
    names = text.names if text else _parquet_names(path)
    places = choose(path, names, text is None or text.header, options, text.first_line if text else 1)
    pa.set_cpu_count(min(_THREADS, pa.cpu_count()))
    with reading(path):
        reader = CountingReader(path, progress or (lambda done, total: None), cancelled)
        try:
            if text is None:
                scanned = scan.scan_parquet(path, places, options, reader)
            else:
                scanned = scan.scan_text(path, text, places, options, reader)
        finally:
            reader.close()
    _stop(cancelled)
    _check_variety(path, names, places, scanned, text)
    dropped = scan.drops(path, text, scanned)
    interactions, more, repeats = _filtered(name, path, scanned, options, cancelled)
    report = summary.report(path, name, text, names, places, scanned, [*dropped, *more], repeats, interactions, began)
    _stop(cancelled)
    store.put(name, interactions, options, report, options.title_of_set or path.name)
    _log.info("imported %s as %s: %d rows", path, name, report.n_rows)
    return report


def _stop(cancelled: Cancelled) -> None:
    if cancelled():
        raise CancelledError(IMPORT_CANCELLED)


def _check_variety(
    path: Path, names: tuple[str, ...], places: dict[Role, int], scanned: Scanned, text: TextFormat | None
) -> None:
    """Raise DataError when there is nothing to learn from: no row, one user only, or one item only."""
    line = None if text is None else text.skip_lines + 1
    if not len(scanned.user):
        if not scanned.dropped:
            raise DataError(say("import.no-row", "no row is left of {rows:,}.", rows=scanned.rows_read), path=path)
        reasons = join(
            (
                say("import.rows-with", "{rows:,} with {reason}", rows=rows, reason=reason)
                for reason, rows in scanned.dropped.items()
            ),
            ", ",
        )
        raise DataError(
            say(
                "import.no-row-because",
                "no row is left of {rows:,}: {reasons}.",
                rows=scanned.rows_read,
                reasons=reasons,
            ),
            path=path,
        )
    roles: tuple[tuple[Role, NDArray[np.int32], Any], ...] = (
        ("user", scanned.user, scanned.user_ids),
        ("item", scanned.item, scanned.item_ids),
    )
    for role, codes, ids in roles:
        if codes.min() == codes.max():
            only = str(ids[int(codes[0])].as_py())
            raise DataError(
                say(
                    "import.rows-nothing-compare",
                    "there is only one {role}, {only!r}, in all {rows:,} rows, so there is nothing to compare.",
                    role=ROLE_WORDS[role],
                    only=only[:60],
                    rows=len(codes),
                ),
                say(
                    "import.column-not-name-column",
                    "Is this the {role} column? If not, name it: --{option} COLUMN.",
                    role=ROLE_WORDS[role],
                    option=role,
                ),
                path=path,
                line=line,
                column=names[places[role]],
            )


def _filtered(
    name: str, path: Path, scanned: Scanned, options: ImportOptions, cancelled: Cancelled
) -> tuple[Interactions, list[Dropped], int]:
    """Return (what is left, why rows were dropped, how many repeated rows were kept)."""
    dropped: list[Dropped] = []
    user, item = scanned.user, scanned.item
    order = filters.time_order(scanned.time, len(user))
    again = filters.repeated(user, item, order, "last" if options.duplicates == "last" else "first")
    _stop(cancelled)
    keep = np.ones(len(user), dtype=bool)
    repeats = int(np.count_nonzero(again))
    if options.duplicates != "keep" and repeats:
        last = say("import.repeated-last-kept", "repeated (user, item), of which the last is kept")
        first = say("import.repeated-first-kept", "repeated (user, item), of which the first is kept")
        dropped.append(Dropped(last if options.duplicates == "last" else first, repeats))
        keep = ~again
        repeats = 0
    if max(options.k_core_users, options.k_core_items) > 1:
        core = filters.k_core(user, item, options.k_core_users, options.k_core_items, ~again)
        lost = int(np.count_nonzero(keep & ~core))
        if lost:
            users = say("import.core-users", "a user with fewer than {k} items", k=options.k_core_users)
            items = say("import.core-items", "an item with fewer than {k} users", k=options.k_core_items)
            limits = [users] * (options.k_core_users > 1) + [items] * (options.k_core_items > 1)
            dropped.append(Dropped(say("import.core", "k-core: {limits}", limits=join(limits, " or ")), lost))
        keep &= core
    if not keep.any():
        raise DataError(
            say(
                "import.no-row-left-after",
                "no row is left after the k-core filter ({k_users} items a user, {k_items} users an item).",
                k_users=options.k_core_users,
                k_items=options.k_core_items,
            ),
            say("import.choose-smaller-numbers", "Choose smaller numbers."),
            path=path,
        )
    _stop(cancelled)
    return _interactions(name, scanned, keep, order), dropped, repeats


def _interactions(
    name: str, scanned: Scanned, keep: NDArray[np.bool_], order: NDArray[np.int64] | None
) -> Interactions:
    """Return the rows of `keep` by user, time and file order, with dense ids by first appearance in the file."""
    kept = np.flatnonzero(keep)
    user, used_users = pd.factorize(scanned.user[kept])
    item, used_items = pd.factorize(scanned.item[kept])
    # Sorted by time already where need be, so a stable sort by user is all that is left.
    position = np.cumsum(keep) - 1
    in_time = np.arange(len(kept)) if order is None else position[order[keep[order]]]
    in_order = in_time[np.argsort(user[in_time], kind="stable")]
    sorted_user, sorted_item = user[in_order].astype(np.int32), item[in_order].astype(np.int32)
    seconds = np.zeros(len(kept), dtype=np.int64)
    if scanned.time is not None:
        seconds = scanned.time[kept][in_order] // 1000
    user_ids, item_ids = _texts(scanned.user_ids, used_users), _texts(scanned.item_ids, used_items)
    titles = _of_items(scanned.title, kept, item, len(used_items))
    genres = _of_items(scanned.genres, kept, item, len(used_items))
    return Interactions(
        name=name,
        user=sorted_user,
        item=sorted_item,
        timestamp=seconds,
        user_ids=user_ids,
        item_ids=item_ids,
        titles=np.array([title or own for title, own in zip(titles, item_ids, strict=True)], dtype=object),
        genres=tuple(split_genres(text) for text in genres),
        fingerprint=fingerprint(name, user_ids, item_ids, sorted_user, sorted_item, seconds),
    )


def _texts(ids: Any, used: NDArray[Any]) -> NDArray[np.object_]:
    texts: NDArray[np.object_] = ids.take(pa.array(used)).to_numpy(zero_copy_only=False)
    return texts


def _of_items(
    column: tuple[NDArray[np.int32], Any] | None, kept: NDArray[np.int64], item: NDArray[Any], n_items: int
) -> list[str]:
    """Return a text per item: the first one in the file that is not empty, "" where there is none."""
    if column is None:
        return [""] * n_items
    codes, texts = column[0][kept], [text.strip() for text in column[1].to_pylist()]
    full = np.array([bool(text) for text in texts], dtype=bool)
    rows = np.flatnonzero(full[codes])[::-1]  # backwards, so that the first row of an item is written last
    first = np.full(n_items, -1, dtype=np.int64)
    first[item[rows]] = codes[rows]
    return [texts[code] if code >= 0 else "" for code in first.tolist()]
