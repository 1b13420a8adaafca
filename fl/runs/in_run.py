"""A data set as a run knows it: its numbers, everybody in the party of before, without who was forgotten.

A run that began with its data set as it is numbers and divides it as `data.loading` does. One that goes on from a
smaller data set keeps the numbers and the parties of that one, and one that forgot users has nothing of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fl.runs import forgetting, kept
from fl.runs.run_folder import RunFolder

if TYPE_CHECKING:
    from data.loading import Loaded

CONTINUES: Final = "continues"  # in config.json of a run that goes on from an earlier one


def as_in_run(folder: RunFolder, loaded: Loaded) -> Loaded:
    """Return a run's data set as the run knows it.

    Args:
        folder: of the run.
        loaded: its data set, under any protocol.

    Raises:
        StorageError: a file of the run is damaged.
    """
    forgot = forgetting.how_many(folder.path) > 0
    if not kept.has_kept(folder.path) or not (forgot or CONTINUES in folder.config()):
        return loaded
    known, rosters = kept.known_items(folder.path), kept.rosters(folder.path)
    # Summed anew, the counts would tell what the forgotten user had, to whoever knows the old ones.
    counts = known.counts if forgot else None
    numbers, party_of = numbers_of(rosters)
    return loaded.placed([str(item) for item in known.item_ids], numbers, party_of, counts)


def numbers_of(rosters: tuple[kept.Roster, ...]) -> tuple[dict[str, int], dict[str, int]]:
    """Return (number in the run, index of the party) of each user, by id."""
    numbers, party_of = {}, {}
    for place, roster in enumerate(rosters):
        for number, user in zip(roster.users.tolist(), roster.user_ids, strict=True):
            numbers[str(user)], party_of[str(user)] = number, place
    return numbers, party_of
