"""The commands `audit` and `inspect`: what a run gives away, and what leaves a party."""

from __future__ import annotations

import argparse

from fl.cli.arguments import add_json, add_settings, settings_of
from fl.cli.start import answer_to, check_run
from fl.cli.terminal import Terminal
from fl.protocol.commands import AuditCommand, InspectRound
from fl.runs.records import Audit, Inspection
from fl.settings.of_jobs import AuditSettings


def add_audit_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of an audit."""
    add_settings(parser, AuditSettings)
    add_json(parser)


def audit(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Attack a run."""
    settings = settings_of(arguments, AuditSettings)
    check_run(settings.run)
    with answer_to(AuditCommand(settings=settings), terminal) as answer:
        from fl.runs.storage import AUDIT

        found: Audit = answer.audit
        terminal.table(
            ["attack", "on", "measure", "found", "95% interval", "guessing"],
            [
                [f.attack, f.target, f.measure, f"{f.value:.3f}", f"{f.low:.3f} to {f.high:.3f}", f"{f.chance:.3f}"]
                for f in found.figures
            ],
        )
        for sentence in found.sentences():
            terminal.say(sentence)
        terminal.say(f"Kept in the run folder as {AUDIT}.")
        terminal.finish(found.model_dump())


def add_inspect_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the run."""
    parser.add_argument("--run", required=True, metavar="RUN", help="Name of the run.")
    add_json(parser)


def inspect(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Show the messages of one round of a run."""
    check_run(arguments.run)
    with answer_to(InspectRound(run=arguments.run), terminal) as answer:
        found: Inspection = answer.inspection
        terminal.table(
            ["message", "to", "shape", "bytes", "once per", "readable by"],
            [[m.name, m.target, m.shape, str(m.bytes), m.often, m.readable_by] for m in found.messages],
        )
        for line in (found.claim, found.note):
            terminal.say(line)
        terminal.finish(found.model_dump())
