"""The wholeness of a run's folder: whether all is there that must be, which round is whole, seals for old folders."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data.errors import StorageError
from data.sentences import say
from fl.runs.rounds import RoundRecord
from fl.runs.seals import CONFIG, RESTORE, sealing
from fl.runs.storage import (
    check_arrays,
    checkpoints,
    damaged,
    delete_file,
    read_arrays,
    read_json,
    read_records,
    round_file,
    round_of,
    users_in,
    write_arrays,
    write_json,
    write_records,
)
from fl.settings.train import TrainSettings

# What config.json holds beside the settings, where it does; "continues" and "organisation" are told in `fl.runs.in_run`
# and `fl.jobs.member_training`.
_KINDS: dict[str, type] = {
    **dict.fromkeys(("continues", "organisation", "versions", "machine", "placement"), dict),
    **dict.fromkeys(("fingerprint", "claim", "created"), str),
    **dict.fromkeys(("n_users", "n_items", "n_train", "rounds"), int),
}
_IN_ONE_LINE = ("items.json", "users.json")  # JSON of long lists


def id_of(settings: TrainSettings, facts: Mapping[str, Any]) -> str:
    """Return an id by which a file of one run is told from one of another.

    Where a run can be repeated to the last bit, so can its id: then its files are the same, and their seals too.

    Args:
        settings: of the run.
        facts: what config.json holds beside them.
    """
    if settings.dp != "none":
        return secrets.token_hex(8)
    decides = settings.model_dump(exclude={"name", "epochs", "threads", "runtime", "address", "tensorboard"})
    text = json.dumps([decides, facts.get("fingerprint"), facts.get("organisation")], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_here(folder: Path) -> bool:
    """Return whether nobody deleted a run."""
    return (folder / CONFIG).exists()


def check_here(folder: Path) -> None:
    """Refuse to go on with a run that somebody deleted while it was trained.

    Raises:
        StorageError: it has no config.json any more.
    """
    if not is_here(folder):
        raise deleted(folder)


def deleted(folder: Path) -> StorageError:
    """Return the error that somebody deleted a run while it was used."""
    return StorageError(say("run.deleted", "The folder of run '{name}' was deleted: it ends here.", name=folder.name))


def refuse_links(folder: Path) -> None:
    """Refuse a run folder that is, or holds, a symbolic link: writing there would write outside of it.

    Raises:
        StorageError: naming the first link.
    """
    for path in (folder, *sorted(folder.rglob("*"))):
        if path.is_symlink():
            raise StorageError(
                say("run.link", "{path} is a symbolic link; a run folder must hold its own files.", path=path),
                say("run.link-hint", "Put a copy of the files in its place."),
            )


def check_facts(folder: Path, config: Mapping[str, Any]) -> None:
    """Refuse a run whose config.json holds other kinds of values than it should.

    Raises:
        StorageError: it does.
    """
    if any(not isinstance(config.get(name, kind()), kind) for name, kind in _KINDS.items()):
        raise StorageError(damaged(folder / CONFIG), RESTORE)


def check_complete(folder: Path, config: Mapping[str, Any], found: int) -> None:
    """Refuse a run whose metrics.jsonl lost whole lines at its end: what is left of the file is right.

    A crash leaves at most the checkpoint of one round without its line. Between organisations a member that was gone
    takes up checkpoints of rounds that it has no lines of yet.

    Args:
        folder: of the run.
        config: what its config.json holds.
        found: number of finished rounds in metrics.jsonl.

    Raises:
        StorageError: there were more.
    """
    had = [config["rounds"]] if isinstance(config.get("rounds"), int) else []
    if "organisation" not in config:
        had += [round_of(path) - 1 for path in checkpoints(folder / "server")[-1:]]
    if had and found < max(had):
        raise StorageError(
            say(
                "run.rounds-missing",
                "metrics.jsonl of run '{run}' is cut short: it holds {found} rounds, and there were at least {had}.",
                run=folder.name,
                found=found,
                had=max(had),
            ),
            RESTORE,
        )


def newest_whole(folder: Path, records: Sequence[RoundRecord]) -> int:
    """Return the newest finished round whose checkpoints are as they were written, 0 without a finished round.

    Args:
        folder: of the run.
        records: of its finished rounds.

    Raises:
        StorageError: no round is whole; says what is wrong with the last one.
    """
    fault: StorageError | None = None
    for record in reversed(records):
        try:
            _check_round(folder, record)
            return record.round
        except StorageError as error:
            fault = fault or error
    if fault is not None:
        raise fault
    return 0


def delete_after(folder: Path, number: int) -> None:
    """Delete the checkpoints of rounds after that one."""
    for owner in (folder / "server", *(folder / "parties").glob("*/")):
        for path in checkpoints(owner):
            if round_of(path) > number:
                delete_file(path)


def seal_all(folder: Path) -> None:
    """Give every file of a run its seal. A crash in between leaves files with and without one, which are all read.

    Raises:
        StorageError: a file is damaged, no space, no permission.
    """
    with sealing(folder):
        for path in sorted(folder.rglob("*.safetensors")):
            write_arrays(path, read_arrays(path), users_in(path))
        for path in sorted(folder.rglob("*.jsonl")):
            write_records(path, read_records(path))
        for path in sorted(folder.rglob("*.json")):
            if path.name != CONFIG:
                write_json(path, read_json(path), None if path.name in _IN_ONE_LINE else 2)


def _check_round(folder: Path, record: RoundRecord) -> None:
    file = round_file(record.round)
    for owner in (folder / "server", *sorted((folder / "parties").glob("*/"))):
        if owner.name not in record.dropped:
            check_arrays(owner / file)
