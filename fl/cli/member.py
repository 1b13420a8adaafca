"""The commands `party` and `server`: a member of a federation of organisations takes part in its training."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fl.cli.arguments import add_json
from fl.cli.start import on_first_interrupt
from fl.cli.terminal import Terminal

if TYPE_CHECKING:
    from fl.organisations.plan import MemberState

_STOPPING: Final = "All members stop after this round; press Ctrl+C again to leave."
_STATES = {
    "waiting": "waits",
    "ready": "is ready",
    "training": "trains",
    "finished": "has finished",
    "failed": "failed",
    "gone": "is not there",
}


def add_party_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `party`."""
    _add_common(parser)
    parser.add_argument("--dataset", required=True, metavar="NAME", help="your own data set, by its name here")


def add_server_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `server`."""
    _add_common(parser)
    parser.add_argument(
        "--listen-meeting",
        default="",
        metavar="HOST:PORT",
        help="where members meet here, if not as they know it",
    )


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kit", required=True, type=Path, metavar="DIR", help="the folder of your kit")
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="threads of training; 0 takes all cores")
    parser.add_argument(
        "--listen", default="", metavar="HOST:PORT", help="where to listen here, if it is not the address others know"
    )
    add_json(parser)


def party(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Take part as a party, with an own data set."""
    from data import registry
    from fl.organisations import kit as kits
    from fl.organisations.meeting_client import MeetingClient
    from fl.organisations.supervisor import Supervisor

    kit = kits.read(arguments.kit)
    registry.need_ready(arguments.dataset)  # said before anybody waits for this member
    member = Supervisor(kit, Shown(terminal), arguments.dataset, arguments.threads, arguments.listen)
    client = MeetingClient(kit)
    try:
        why = member.take_part(client.say)
    except KeyboardInterrupt:
        member.say_goodbye(client.say)
        raise
    _finish(terminal, why, member.result)


def server(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Take part as the server."""
    from fl.organisations import kit as kits
    from fl.organisations.supervisor import ServerSupervisor

    kit = kits.read(arguments.kit)
    member = ServerSupervisor(kit, Shown(terminal), arguments.threads, arguments.listen)
    with on_first_interrupt(member.stop, _STOPPING, terminal):
        why = member.serve(arguments.listen_meeting)
    _finish(terminal, why, member.member.result)


class Shown:
    """Shows on the terminal what goes on (`fl.organisations.supervisor.Listener`)."""

    def __init__(self, terminal: Terminal) -> None:
        from fl.protocol.events import EVENTS

        self._terminal, self._events = terminal, EVENTS

    def says(self, sentence: str) -> None:
        self._terminal.error(sentence)

    def members(self, members: tuple[MemberState, ...]) -> None:
        self._terminal.error("  ".join(f"{member.name} {_STATES[member.state]}" for member in members))

    def event(self, event: Mapping[str, Any]) -> None:
        self._terminal.show(self._events.validate_python(event))


def _finish(terminal: Terminal, why: str, result: dict[str, Any] | None) -> None:
    from fl.cli.training import show_figures

    terminal.end_bar()
    terminal.say(why)
    if result is not None:
        show_figures(result, terminal)
    terminal.finish({**(result or {}), "ended": why})
