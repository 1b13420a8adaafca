"""The job `continue_run`: a new run that goes on from the last round of an earlier one, whose data set has grown."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.errors import SettingsError, StorageError
from data.growth import Rows, rows_gone
from data.loading import Loaded, load
from data.partition import assign_more
from data.sentences import Said, say
from fl.jobs.beginning import begin
from fl.jobs.context import JobContext
from fl.jobs.federations import check_parties_are_here
from fl.jobs.own_party import own_run
from fl.jobs.training import Recorder, prepare, train_rounds
from fl.protocol.commands import ContinueCommand
from fl.protocol.events import TrainDone
from fl.runs import forgetting, kept
from fl.runs.in_run import CONTINUES, numbers_of
from fl.runs.names import check_free
from fl.runs.run_folder import RunFolder
from fl.runs.storage import no_finished_round
from fl.settings.base import build
from fl.settings.train import TrainSettings


def continue_run(command: ContinueCommand, context: JobContext) -> TrainDone:
    """Train a new run from where another one ended, on its data set as it is now. The earlier run stays as it is.

    Raises:
        SecretRecError: with a sentence for the person; among others where the data set did not just grow.
    """
    earlier = RunFolder.find(command.run)
    settings = _settings_for(earlier, command)
    check_free(settings.name)
    context.reading(settings.dataset)
    loaded, grown = _grown(earlier, load(settings.dataset, settings.protocol, settings.seed))
    settings, loaded, federation, facts = prepare(settings, context, loaded)
    folder = RunFolder.create(settings, {**facts, CONTINUES: grown})
    settings = folder.settings()
    with folder.lock():
        try:
            forgetting.take_along(earlier.path, folder.path)
            recorder = Recorder(folder, settings, federation, context, loaded)
            recorder.keep()
            begin(folder, loaded, federation, context)
        except BaseException:
            folder.discard()
            raise
        return train_rounds(recorder, facts, (grown_sentence(grown), *loaded.notes()), first_round=1)


def grown_sentence(grown: dict[str, Any]) -> Said:
    """Return what has come since the earlier run, in a sentence."""
    return say(
        "continuing.grown",
        "Since run '{run}', {rows} rows, {users} users and {items} items have come.",
        run=grown["run"],
        rows=grown["rows"],
        users=grown["users"],
        items=grown["items"],
    )


def _settings_for(earlier: RunFolder, command: ContinueCommand) -> TrainSettings:
    """Return the settings of the new run: those of the earlier one, with a name of its own.

    Raises:
        SettingsError: such a run cannot be gone on from.
    """
    old = earlier.settings()
    check_parties_are_here(old)
    if not earlier.rounds():
        raise StorageError(no_finished_round(command.run))
    if earlier.state() == "running":
        raise SettingsError(
            say("continuing.still-training", "Run '{run}' is still training.", run=command.run),
            say("run.wait-stop", "Wait for it, or stop it there."),
        )
    if old.dp != "none":
        raise SettingsError(
            say(
                "continuing.dp",
                "Run '{run}' was trained with differential privacy, and its budget is spent: going on with the same "
                "users would spend another one.",
                run=command.run,
            ),
            say("continuing.dp-hint", "Train a new run on the data as they are now; both runs' epsilons add up."),
        )
    changes: dict[str, Any] = {"name": command.name}
    if command.epochs is not None:
        changes["epochs"] = command.epochs
    if command.dataset:
        changes["dataset"] = command.dataset
    made: TrainSettings = build(TrainSettings, {**old.model_dump(), **changes})
    return made


def _grown(earlier: RunFolder, loaded: Loaded) -> tuple[Loaded, dict[str, Any]]:
    """Return the data of now with numbers and parties of before, and what has come, for config.json.

    Raises:
        StorageError: the data set is the same, or something of it is gone or has changed.
    """
    name, dataset = earlier.name, loaded.interactions.name
    old, data = earlier.config(), loaded.interactions
    if data.fingerprint == old["fingerprint"]:
        raise StorageError(
            say(
                "continuing.same",
                "Data set '{dataset}' is as run '{run}' has it: nothing new.",
                dataset=dataset,
                run=name,
            ),
            say("continuing.same-hint", "To train longer: TheMain.py train --resume {run} --epochs N", run=name),
        )
    own_run(name)  # a run of an earlier version keeps now what it needs of its data set, or says that it cannot
    known, rosters = kept.known_items(earlier.path), kept.rosters(earlier.path)
    numbers, party_of = numbers_of(rosters)
    # One after the other: who was forgotten leaves no gap.
    order = sorted(numbers, key=lambda user: numbers[user])
    numbers = {user: place for place, user in enumerate(order)}
    _check_nothing_gone(earlier, loaded, order)
    placed = loaded.placed([str(item) for item in known.item_ids], numbers, party_of)
    is_new = np.array(
        [
            str(user) not in numbers and not forgetting.was_forgotten(earlier.path, str(user))
            for user in placed.interactions.user_ids
        ]
    )
    newcomers, assignment = np.flatnonzero(is_new), np.array(placed.assignment, np.int32)
    assign_more(assignment, newcomers, len(rosters), placed.split.seed)
    everybody = dict(zip(map(str, placed.interactions.user_ids), assignment.tolist(), strict=True))
    placed = loaded.placed([str(item) for item in known.item_ids], numbers, everybody)
    there = np.asarray(placed.assignment)[placed.interactions.user] >= 0
    return placed, {
        "run": name,
        "round": earlier.rounds()[-1].round,
        "fingerprint": old["fingerprint"],
        "items_before": known.n_items,
        "rows": int(there.sum()) - sum(len(_history(earlier, one.party)[1]) for one in rosters),
        "users": len(newcomers),
        "items": placed.split.n_items - known.n_items,
    }


def _history(earlier: RunFolder, party: str) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return (row of the user in the party, item, time) of all that a party's users had in an earlier run."""
    own = kept.users_of(earlier.path, party)
    user = np.repeat(np.arange(len(own.roster.users)), np.diff(own.indptr))
    return user, own.items.astype(np.int64), own.timestamps.astype(np.int64)


def _check_nothing_gone(earlier: RunFolder, loaded: Loaded, users: list[str]) -> None:
    """Refuse a data set that lacks what the earlier run had.

    Raises:
        StorageError: with how many users, items and rows are gone.
    """
    data = loaded.interactions
    known = kept.known_items(earlier.path)
    user_of = {str(user): place for place, user in enumerate(data.user_ids)}
    item_of = {str(item): place for place, item in enumerate(data.item_ids)}
    item = np.array([item_of.get(str(one), -1) for one in known.item_ids], np.int64)
    parts = []
    for roster in kept.rosters(earlier.path):
        row, items, times = _history(earlier, roster.party)
        user = np.array([user_of.get(str(one), -1) for one in roster.user_ids], np.int64)
        parts.append((user[row], item[items], times))
    before = Rows(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    now = Rows(data.user.astype(np.int64), data.item.astype(np.int64), data.timestamp)
    users_gone, items_gone = sum(user not in user_of for user in users), int((item < 0).sum())
    gone = rows_gone(before, now)
    if users_gone or items_gone or gone:
        raise StorageError(
            say(
                "continuing.gone",
                "Data set '{dataset}' did not just grow since run '{run}': {users} of its users, {items} of its items "
                "and {rows} of its rows are gone or have changed.",
                dataset=data.name,
                run=earlier.name,
                users=users_gone,
                items=items_gone,
                rows=gone,
            ),
            say(
                "continuing.gone-hint",
                "Put them back; or have the run forget the users who left (TheMain.py forget), or train a new run.",
            ),
        )
