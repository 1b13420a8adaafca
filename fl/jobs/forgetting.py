"""The job `forget_user`: a user's private parameters and history are deleted at the user's party. No SecretFlow."""

from __future__ import annotations

from data.errors import StorageError
from data.sentences import Said, say
from fl.jobs.context import JobContext
from fl.jobs.own_party import own_run
from fl.protocol.commands import ForgetUser
from fl.protocol.events import UserForgotten
from fl.runs import forgetting, kept
from fl.runs.run_folder import RunFolder
from fl.runs.storage import INSPECTION

STILL_THERE = say(
    "forgetting.still-there",
    "What training with this user has left in the item table, in the item counts and in the figures stays: they are "
    "sums over all users. Rounds without the user wash it out of the item table; docs/privacy.md says how fast.",
)


def forget_user(command: ForgetUser, context: JobContext) -> UserForgotten:
    """Delete all that a run holds of one user alone, in the files of all its rounds.

    Raises:
        UnknownNameError: no such run or user.
        SettingsError: the run is being trained.
        StorageError: a file is damaged or cannot be written.
    """
    run = own_run(command.run)
    party, row = run.find(command.user)
    folder = RunFolder.find(command.run)
    if not kept.has_kept(folder.path):
        raise StorageError(say("forgetting.nothing-kept", "Run '{run}' cannot be written.", run=command.run))
    if len(next(roster for roster in run.rosters if roster.party == party).users) == 1:
        raise StorageError(
            say("forgetting.last", "User '{user}' is the only one of {party}.", user=command.user, party=party),
            say("forgetting.last-hint", "Delete the run instead: a party without users cannot train."),
        )
    context.phase(say("phase.forgetting", "deleting what {party} has of user {user}", party=party, user=command.user))
    with folder.lock():
        forgetting.forget(folder.path, run.settings.model, party, row)
        # Crops of one party's messages, which are sums over its users: with few of them, nearly the user's own.
        (folder.path / INSPECTION).unlink(missing_ok=True)
        folder.note(f"a user of {party} was forgotten")
    return UserForgotten(
        job=context.job,
        run=command.run,
        user=command.user,
        party=party,
        notes=(STILL_THERE, _in_the_data(run.settings.dataset)),
    )


def _in_the_data(dataset: str) -> Said:
    return say(
        "forgetting.in-the-data",
        "The data set '{dataset}' itself was not touched, nor were other runs and files that were written from this "
        "one.",
        dataset=dataset,
    )
