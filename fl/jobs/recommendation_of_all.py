"""The job `recommend-all`: the best items of every user of a run, in one file."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from data.errors import StorageError, cannot_write
from data.interactions import Interactions
from data.sentences import say
from fl.jobs.context import JobContext
from fl.jobs.loaded_run import load_run
from fl.protocol.commands import RecommendAllCommand
from fl.protocol.events import RecommendedAll
from fl.runs.storage import replacing
from models.ranking import NOBODY

_COLUMNS = ("user", "rank", "item", "title", "score")


def recommend_all(command: RecommendAllCommand, context: JobContext) -> RecommendedAll:
    """Write the lists of all users to `settings.output`: a CSV row per item, or a JSON line per user.

    The file appears when it is complete; a cancelled or failed job leaves none, and an older one as it was.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    settings = command.settings
    path = Path(settings.output).expanduser()
    check_place(path)
    run = load_run(settings.run, context)
    interactions = run.data.interactions
    context.phase(say("phase.scoring-all", "scoring all users"))
    started = time.perf_counter()
    n_users = n_rows = 0
    try:
        with replacing(path, private=False) as raw:
            file = io.TextIOWrapper(raw, encoding="utf-8", newline="")
            everything = settings.scope == "all"
            lists = run.federation.model.questions.recommend_all(settings.top_k, everything, settings.batch_size)
            for users, rows in write_lists(file, path.suffix, interactions, lists):
                context.check_cancelled()
                n_users, n_rows = n_users + users, n_rows + rows
                context.progress(n_users, interactions.n_users, "users")
            file.detach()  # which writes what it still holds
    except OSError as error:
        raise StorageError(
            cannot_write(path, error.strerror),
            say("recommendation-of-all.choose-place-file", "Choose another place for the file."),
        ) from error
    seconds = time.perf_counter() - started
    return RecommendedAll(
        job=context.job, settings=settings, path=str(path.resolve()), n_users=n_users, n_rows=n_rows, seconds=seconds
    )


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


def write_lists(
    file: TextIO, suffix: str, data: Interactions, lists: Iterable[tuple[Any, Any, Any]]
) -> Iterator[tuple[int, int]]:
    """Write the lists of `Questions.recommend_all`, one party at a time: CSV for the suffix ".csv", else JSON lines.

    Yields:
        (users, rows) written of each party.
    """
    write = _write_csv if suffix.lower() == ".csv" else _write_lines
    if write is _write_csv:
        csv.writer(file).writerow(_COLUMNS)
    for users, items, scores in lists:
        yield len(users), write(file, data, _lists(users, items, scores))


def _lists(users: Any, items: Any, scores: Any) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """Yield (user, [(item, score), ...]) for each row."""
    for user, row, values in zip(users.tolist(), items.tolist(), scores.tolist(), strict=True):
        yield user, [(item, value) for item, value in zip(row, values, strict=True) if item != NOBODY]


def _write_csv(file: TextIO, data: Interactions, lists: Iterator[tuple[int, list[tuple[int, float]]]]) -> int:
    writer = csv.writer(file)
    n = 0
    for user, ranked in lists:
        for rank, (item, score) in enumerate(ranked, start=1):
            writer.writerow([data.user_ids[user], rank, data.item_ids[item], data.titles[item], f"{score:.6f}"])
            n += 1
    return n


def _write_lines(file: TextIO, data: Interactions, lists: Iterator[tuple[int, list[tuple[int, float]]]]) -> int:
    n = 0
    for user, ranked in lists:
        items = [
            {
                "rank": rank,
                "item": str(data.item_ids[item]),
                "title": str(data.titles[item]),
                "score": round(score, 6),
            }
            for rank, (item, score) in enumerate(ranked, start=1)
        ]
        file.write(json.dumps({"user": str(data.user_ids[user]), "items": items}, ensure_ascii=False) + "\n")
        n += len(items)
    return n
