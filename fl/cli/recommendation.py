"""The commands `recommend`, for a user of a run or for somebody who is in nobody's data, and `recommend-all`."""

from __future__ import annotations

import argparse

from data.errors import SettingsError
from data.sentences import say
from fl.cli.arguments import add_json, add_settings, settings_of
from fl.cli.start import answer_to
from fl.cli.terminal import Terminal
from fl.protocol.commands import RecommendAllCommand, RecommendCommand, RecommendNewCommand
from fl.protocol.events import NewRecommendations, Recommendations
from fl.protocol.records import RankedItem, ReasonKind
from fl.runs.records import Source
from fl.settings.base import build
from fl.settings.of_jobs import NewUserSettings, RecommendAllSettings, RecommendSettings

_HEADER = ["rank", "item", "title", "genres", "score"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of a recommendation, and who it is for."""
    add_settings(parser, RecommendSettings, skip=("user",))
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--user", default=argparse.SUPPRESS, help="a user of the data set, by the id it uses")
    who.add_argument(
        "--items",
        default=argparse.SUPPRESS,
        help="somebody new: comma-separated items this person picked, oldest first; ids, or parts of titles",
    )
    parser.add_argument(
        "--basket",
        action="store_true",
        default=argparse.SUPPRESS,
        help="with --items: what goes with these items, instead of what a person who picked them would like",
    )
    add_json(parser)


def recommend(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Recommend items to a user, or to somebody new."""
    if "items" in arguments:
        _recommend_new(arguments, terminal)
        return
    if "basket" in arguments:
        raise SettingsError(say("cli.basket-needs-items-give", "--basket needs items: give them with --items."))
    settings = settings_of(arguments, RecommendSettings)
    with answer_to(RecommendCommand(settings=settings), terminal) as answer:
        _show_recommendations(answer, terminal)


def add_all_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of the recommendations for all users."""
    add_settings(parser, RecommendAllSettings)
    add_json(parser)


def recommend_all(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Recommend items to every user, into a file."""
    settings = settings_of(arguments, RecommendAllSettings)
    with answer_to(RecommendAllCommand(settings=settings), terminal) as done:
        terminal.say(f"{done.n_rows} recommendations for {done.n_users} users are in {done.path}.")
        _note(done.note, terminal)
        _from(done.source, terminal)
        terminal.finish(done.model_dump(exclude={"type", "job", "settings"}))


def _recommend_new(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Recommend items from a few picked ones; nothing but NumPy is loaded.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    for name in ("scope", "batch_size"):
        if name in arguments:
            raise SettingsError(
                say("cli.not-go-items-drop", "--{name} does not go with --items: drop it.", name=name.replace("_", "-"))
            )
    given = {
        name: getattr(arguments, name)
        for name in ("run", "top_k", "basket", "genre")
        if getattr(arguments, name, None) is not None
    }
    names = [name for name in arguments.items.split(",") if name.strip()]
    settings = build(NewUserSettings, {**given, "items": names})
    with answer_to(RecommendNewCommand(settings=settings), terminal) as answer:
        _show_new_recommendations(answer, terminal)


def _show_new_recommendations(answer: NewRecommendations, terminal: Terminal) -> None:
    terminal.say("Picked: " + "; ".join(f"{one.title} ({one.id})" for one in answer.picked))
    terminal.say("What goes with these items:" if answer.settings.basket else "For a person who picked these items:")
    terminal.table(
        [*_HEADER, "because of"],
        [[*_cells(item), _because(item, answer.reason_kind, 1)] for item in answer.items],
    )
    terminal.say(f"Fitted and ranked on this machine in {1000 * answer.seconds:.1f} ms; nothing was sent anywhere.")
    _from(answer.source, terminal)
    terminal.finish(answer.model_dump(exclude={"type", "job", "genres"}))


def _show_recommendations(answer: Recommendations, terminal: Terminal) -> None:
    terminal.table(_HEADER, [_cells(item) for item in answer.items])
    if answer.items and answer.items[0].because:
        terminal.say()
        terminal.say(f"{answer.items[0].title}: because of " + _because(answer.items[0], answer.reason_kind))
    if not answer.items:
        of = f" of the genre {answer.settings.genre}" if answer.settings.genre else ""
        terminal.say(f"Nothing to recommend: the user has rated every item{of}. Try --scope all.")
    _note(answer.note, terminal)
    _from(answer.source, terminal)
    terminal.finish(
        {
            **answer.source.model_dump(),
            "user": answer.settings.user,
            "scope": answer.settings.scope,
            "genre": answer.settings.genre,
            "items": [i.model_dump() for i in answer.items],
        }
    )


def _from(source: Source, terminal: Terminal) -> None:
    terminal.say(
        f"From run {source.run}, round {source.round}, {source.protocol} protocol, data {source.fingerprint[:12]}."
    )


def _note(note: str, terminal: Terminal) -> None:
    if note:
        terminal.say(note)


def _cells(item: RankedItem) -> list[str]:
    """Return an item under `_HEADER`."""
    return [str(item.rank), item.item, item.title, ", ".join(item.genres), f"{item.score:.4f}"]


def _because(item: RankedItem, kind: ReasonKind, most: int = 3) -> str:
    """Name the strongest reasons in one line: "Alien (1979) (41 % of the score)", or "Alien (1979) (nearness 0.58)".

    Where it is the order that speaks, it says so: "Alien (1979) (41 % of the score: people go on from it to this)".
    """
    texts = (
        f"{100 * one.weight:.0f} % of the score" if kind == "share" else f"nearness {one.weight:.2f}"
        for one in item.because[:most]
    )
    after = (": people go on from it to this" if one.follows else "" for one in item.because)
    return ", ".join(f"{one.title} ({text}{then})" for one, text, then in zip(item.because, texts, after, strict=False))
