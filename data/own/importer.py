"""`inspect` and `import_file`: the way from a file of the person's to an installed data set, with a report."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet
from numpy.typing import NDArray

from data.errors import CancelledError, DataError
from data.own import scan, store, summary
from data.own.columns import choose, doubts, recognise, unnamed_times
from data.own.faults import NO_TIME, FaultError
from data.own.options import ROLE_WORDS, ImportOptions, Role
from data.own.report import ImportReport, Preview
from data.own.selection import filter_rows
from data.own.sniff import Sniffed, sniff
from data.own.source import (
    IMPORT_CANCELLED,
    NO_ROW_BELOW,
    Cancelled,
    CountingReader,
    Progress,
    TextFormat,
    kind_of,
    reading,
)
from data.own.tally import Scanned
from data.sentences import join, say

_THREADS: Final = 2
_SHOWN: Final = 20  # rows of a preview

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
    sniffed = None if kind == "parquet" else sniff(path, kind, options)
    text = sniffed.text if sniffed else None
    names, rows = (text.names, sniffed.rows) if sniffed and text else _look_at_parquet(path)
    notes: list[str] = list(text.notes) if text else []
    header = text is None or text.header
    problem = hint = ""
    places = recognise(names, header)
    try:
        places = _choose(path, names, text, options)
        notes += doubts(names, header, options, places)
        if "timestamp" not in places and not options.timestamp and options.time_format != "none":
            notes += unnamed_times(names, rows, places)
        if sniffed:
            notes += _seen_in(path, sniffed, places, options)
    except DataError as error:
        problem, hint = error.reason, error.hint
    return Preview(
        path=str(path),
        size=path.stat().st_size,
        kind="parquet" if kind == "parquet" else "text",
        compressed=kind == "gzip",
        encoding=text.encoding if text else "",
        delimiter=text.delimiter if text else "",
        header=header,
        header_sure=text is None or text.sure,
        columns=names,
        mapping={role: names[place] for role, place in places.items()},
        places={str(role): place for role, place in places.items()},
        rows=rows[:_SHOWN],
        notes=tuple(notes),
        problem=problem,
        hint=hint,
    )


def _choose(path: Path, names: tuple[str, ...], text: TextFormat | None, options: ImportOptions) -> dict[Role, int]:
    if text is None:
        return choose(path, names, True, options)
    return choose(path, names, text.header, options, text.first_line, text.usual)


def _seen_in(path: Path, sniffed: Sniffed, places: dict[Role, int], options: ImportOptions) -> list[str]:
    """Return what looks wrong in the first rows of a text table, in sentences.

    Raises:
        DataError: the first rows show that times cannot be understood together.
    """
    text = sniffed.text
    whole = [row for row in sniffed.rows if len(row) >= len(text.names)]
    try:
        scanned = scan.scan_sample(whole, text, places, options)
    except FaultError as fault:
        if not sniffed.whole:
            return [
                say(
                    "import.dates-undecided",
                    "The first {n} rows do not tell whether the day or the month comes first in dates. Unless a later "
                    "one does, the import will stop and ask.",
                    n=len(whole),
                )
            ]
        shown = [whole[row][places[fault.role]] if fault.role else "" for row in fault.rows]
        raise fault.error(path, text.names, places, None, shown, fault.rows) from None
    scan.drops(path, text, places, scanned)
    found: list[str] = [
        say(
            "import.in-first-rows",
            "In the first {n} rows: {rows:,} with {reason}.",
            n=len(whole),
            rows=rows,
            reason=reason,
        )
        for reason, rows in scanned.dropped.items()
    ]
    seen = summary.doubts_of_values(scanned)
    if not sniffed.whole:
        seen = [
            say("import.seen-in-first-rows", "In the first {n} rows: {seen}", n=len(whole), seen=one) for one in seen
        ]
    return [*found, *seen]


def _look_at_parquet(path: Path) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    with _reading_parquet(path):
        file = pa.parquet.ParquetFile(path)
        batch = next(file.iter_batches(batch_size=_SHOWN), None)
        columns = [] if batch is None else [batch.column(place).to_pylist() for place in range(batch.num_columns)]
    rows = zip(*columns, strict=True)
    names = tuple(file.schema_arrow.names)
    return names, tuple(tuple("" if value is None else str(value) for value in row) for row in rows)


def _parquet_names(path: Path) -> tuple[str, ...]:
    with _reading_parquet(path):
        return tuple(pa.parquet.ParquetFile(path).schema_arrow.names)


@contextmanager
def _reading_parquet(path: Path) -> Iterator[None]:
    try:
        with reading(path):
            yield
    except (pa.ArrowException, ValueError, OverflowError) as error:  # the latter of values that Python does not have
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
    places = _choose(path, names, text, options)
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
    dropped = scan.drops(path, text, places, scanned)
    kept = filter_rows(name, path, scanned, options, lambda: _stop(cancelled))
    notes = doubts(names, text is None or text.header, options, places)
    found = summary.Found(path, name, text, names, places, scanned, [*dropped, *kept.dropped], notes, kept.repeats)
    report = summary.report(found, kept.interactions, kept.ties, began)
    _stop(cancelled)
    store.put(name, kept.interactions, options, report, options.title_of_set or path.name, kept.gone)
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
            raise DataError(NO_ROW_BELOW, path=path)
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
            say("import.read-no-times", "Without times, the order of the rows stands for them: --time-format none.")
            if NO_TIME in scanned.dropped
            else "",
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
