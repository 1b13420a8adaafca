"""The job `recommend-all`: the best items of every user of a run, in one file. No SecretFlow.

One party after the other, a few hundred users at a time: only these users' part of their own party's files is read.
"""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from data.cells import safe_cells
from data.errors import StorageError, cannot_write
from data.sentences import say
from fl.jobs.context import JobContext
from fl.jobs.own_party import OwnRun, own_run
from fl.protocol.commands import RecommendAllCommand
from fl.protocol.events import RecommendedAll
from fl.runs.records import Source
from fl.runs.storage import replacing
from fl.settings.of_jobs import RecommendAllSettings
from models.ranking import NOBODY, lists_of_all

# Of some users of a run: their ids [n], item ids int32 [n, k], best first, with NOBODY at the end of short lists, and
# scores [n, k] as a person is shown them, 0..1.
Lists = tuple[NDArray[np.object_], NDArray[np.int32], NDArray[np.float64]]

_COLUMNS = ("user", "rank", "item", "title", "score", *Source.model_fields)


def recommend_all(command: RecommendAllCommand, context: JobContext) -> RecommendedAll:
    """Write the lists of all users to `settings.output`: a CSV row per item, or a JSON line per user.

    The file appears when it is complete; a cancelled or failed job leaves none, and an older one as it was.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    settings = command.settings
    path = Path(settings.output).expanduser()
    check_place(path)
    run = own_run(settings.run)
    run.check_users(everybody=True)
    total = sum(len(one.users) for one in run.rosters)
    context.phase(say("phase.scoring-all", "scoring all users"))
    started = time.perf_counter()
    n_users = n_rows = 0
    try:
        with replacing(path, private=False) as raw:
            file = io.TextIOWrapper(raw, encoding="utf-8", newline="")
            for users, rows in write_lists(file, path.suffix, run, lists_of_run(run, settings)):
                context.check_cancelled()
                n_users, n_rows = n_users + users, n_rows + rows
                context.progress(n_users, total, "users")
            file.detach()  # which writes what it still holds
    except OSError as error:
        raise StorageError(
            cannot_write(path, error.strerror),
            say("recommendation-of-all.choose-place-file", "Choose another place for the file."),
        ) from error
    seconds = time.perf_counter() - started
    return RecommendedAll(
        job=context.job,
        settings=settings,
        path=str(path.resolve()),
        n_users=n_users,
        n_rows=n_rows,
        seconds=seconds,
        note=run.note(),
        source=run.source,
    )


def lists_of_run(run: OwnRun, settings: RecommendAllSettings) -> Iterator[Lists]:
    """Yield the lists of all users, party by party, of at most `batch_size` users at a time."""
    top_k, include_rated, batch_size = settings.top_k, settings.scope == "all", settings.batch_size
    among = run.known.of_genre(settings.genre)
    for roster in run.rosters:
        own = run.users_of(roster.party)
        for start in range(0, len(roster.users), batch_size):
            rows = np.arange(start, min(len(roster.users), start + batch_size))
            local = run.model(own, rows)
            some = own.some(rows)
            found = lists_of_all(local, some, run.table, top_k, include_rated, batch_size, among)
            for here, item, score in found:
                yield roster.user_ids[rows[here]], item, local.shown_score(score.astype(np.float64))


def check_place(path: Path) -> None:
    """Refuse what is no place for a file, before anybody waits for what is to be in it.

    Raises:
        StorageError: it is a folder, or would be in one that does not exist.
    """
    if path.is_dir():
        raise StorageError(
            say("recommendation-of-all.cannot-write-folder", "Cannot write {path}: it is a folder.", path=path),
            say("recommendation-of-all.name-file", "Name a file in it."),
        )
    if not path.parent.is_dir():
        raise StorageError(
            say(
                "recommendation-of-all.cannot-write-no-folder",
                "Cannot write {path}: there is no folder {parent}.",
                path=path,
                parent=path.parent,
            ),
            say("recommendation-of-all.choose-place", "Choose another place."),
        )


def write_lists(file: TextIO, suffix: str, run: OwnRun, lists: Iterable[Lists]) -> Iterator[tuple[int, int]]:
    """Write the lists of `lists_of_run`: CSV for the suffix ".csv", else JSON lines. Each says what it is from.

    Yields:
        (users, rows) written each time.
    """
    write = _write_csv if suffix.lower() == ".csv" else _write_lines
    if write is _write_csv:
        csv.writer(file).writerow(_COLUMNS)
    for users, items, scores in lists:
        yield len(users), write(file, run, _lists(users, items, scores))


def _lists(users: Any, items: Any, scores: Any) -> Iterator[tuple[str, list[tuple[int, float]]]]:
    """Yield (user, [(item, score), ...]) for each row."""
    for user, row, values in zip(users.tolist(), items.tolist(), scores.tolist(), strict=True):
        yield user, [(item, value) for item, value in zip(row, values, strict=True) if item != NOBODY]


def _write_csv(file: TextIO, run: OwnRun, lists: Iterator[tuple[str, list[tuple[int, float]]]]) -> int:
    writer, known, source = csv.writer(file), run.known, run.source.model_dump().values()
    n = 0
    for user, ranked in lists:
        for rank, (item, score) in enumerate(ranked, start=1):
            row = [user, rank, known.item_ids[item], known.titles[item], f"{score:.6f}", *source]
            writer.writerow(safe_cells(row))
            n += 1
    return n


def _write_lines(file: TextIO, run: OwnRun, lists: Iterator[tuple[str, list[tuple[int, float]]]]) -> int:
    known, source = run.known, run.source.model_dump()
    n = 0
    for user, ranked in lists:
        items = [
            {
                "rank": rank,
                "item": str(known.item_ids[item]),
                "title": str(known.titles[item]),
                "score": round(score, 6),
            }
            for rank, (item, score) in enumerate(ranked, start=1)
        ]
        file.write(json.dumps({"user": str(user), "items": items, **source}, ensure_ascii=False) + "\n")
        n += len(items)
    return n
