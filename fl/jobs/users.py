"""The job `list_users`: find a user of a run's data set."""

from __future__ import annotations

from fl.jobs.context import JobContext
from fl.jobs.own_party import own_run
from fl.protocol.commands import ListUsers
from fl.protocol.events import Users
from fl.protocol.records import UserInfo

MOST_DIGITS = 100


def list_users(command: ListUsers, context: JobContext) -> Users:
    """Return users whose id contains the query: the one that equals it first, then those that begin with it.

    Within these by id: whole numbers by their value, then other ids by alphabet, upper and lower case alike.
    Ordered by "activity", the users with most train items come first instead.

    They are the users of the parties whose folders are here: of all of them in a simulation, of one in that party.

    Raises:
        SecretRecError: no such run, it has not finished a round, or was passed on without its users.
    """
    query, run = command.query, own_run(command.run)
    run.check_users()
    # In the order of the data set, whatever party has them.
    everybody = sorted(
        (dense, str(user), length)
        for one in run.rosters
        for dense, user, length in zip(one.users.tolist(), one.user_ids, one.n_train.tolist(), strict=True)
    )
    ids, lengths = [user for _, user, _ in everybody], [length for _, _, length in everybody]
    matching = [place for place, user in enumerate(ids) if query in user]
    if command.order == "activity":
        matching.sort(key=lambda place: -lengths[place])
    else:
        matching.sort(key=lambda place: (ids[place] != query, not ids[place].startswith(query), _by_id(ids[place])))
    found = tuple(UserInfo(id=ids[place], n_items=lengths[place]) for place in matching[: command.limit])
    return Users(job=context.job, run=command.run, query=query, total=len(matching), users=found)


def _by_id(user: str) -> tuple[bool, int, str, str]:
    """Return a key that sorts 2 before 10, "anna" beside "Anna", and numbers before names."""
    is_number = user.isascii() and user.isdecimal()
    # Python refuses to convert thousands of digits; that long, an id is a name.
    is_number = is_number and len(user) <= MOST_DIGITS
    return (not is_number, int(user) if is_number else 0, user.casefold(), user)
