"""`recommend --items`: the command line's answer to somebody who is not in the data."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from data.errors import SettingsError
from fl.config import NewUserSettings, build
from fl.events import RankedItem, ReasonKind

if TYPE_CHECKING:
    from fl.cli_commands import Terminal

JOB = "cli"
Table = Callable[["Terminal", list[str], list[list[str]]], None]


def recommend_new(arguments: argparse.Namespace, terminal: Terminal, table: Table) -> None:
    """Recommend items from a few picked ones; nothing but NumPy is loaded.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    from fl.jobs.new_user import recommend_new as job

    for name in ("scope", "batch_size"):
        if name in arguments:
            raise SettingsError(f"--{name.replace('_', '-')} does not go with --items: drop it.")
    given = {
        name: getattr(arguments, name)
        for name in ("run", "top_k", "basket")
        if getattr(arguments, name, None) is not None
    }
    names = [name for name in arguments.items.split(",") if name.strip()]
    answer = job(build(NewUserSettings, {**given, "items": names}), JOB)
    terminal.say("Picked: " + "; ".join(f"{one.title} ({one.id})" for one in answer.picked))
    terminal.say("What goes with these items:" if answer.settings.basket else "For a person who picked these items:")
    table(
        terminal,
        ["rank", "item", "title", "genres", "score", "because of"],
        [
            [str(i.rank), i.item, i.title, ", ".join(i.genres), f"{i.score:.4f}", because(i, answer.reason_kind, 1)]
            for i in answer.items
        ],
    )
    terminal.say(f"Fitted and ranked on this machine in {1000 * answer.seconds:.1f} ms; nothing was sent anywhere.")
    terminal.finish(answer.model_dump(exclude={"type", "job"}))


def because(item: RankedItem, kind: ReasonKind, most: int = 3) -> str:
    """The strongest reasons in one line: "Alien (1979) (41 % of the score)", or "Alien (1979) (nearness 0.58)"."""
    texts = (
        f"{100 * one.weight:.0f} % of the score" if kind == "share" else f"nearness {one.weight:.2f}"
        for one in item.because[:most]
    )
    return ", ".join(f"{one.title} ({text})" for one, text in zip(item.because, texts, strict=False))
