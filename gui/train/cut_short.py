"""Trainings that ended before their last round while others waited: they are offered when the queue is through."""

from __future__ import annotations

from typing import NamedTuple

from gui.words.i18n import tr


class CutShort(NamedTuple):
    """A run that can go on.

    Attributes:
        run: its name, "" for none.
        sentence: what became of it, as the offer to go on says it.
    """

    run: str
    sentence: str


def later() -> str:
    """Said of such a run while the next one trains."""
    return tr("It can be resumed when the queue is through.")
