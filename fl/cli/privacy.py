"""The commands `audit` and `inspect`: what a run gives away, and what leaves a party."""

from __future__ import annotations

import argparse

from fl.cli.start import check_run, federation_job, given_settings
from fl.cli.terminal import Terminal
from fl.settings.base import build
from fl.settings.of_jobs import AuditSettings


def audit(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Attack a run."""
    settings = build(AuditSettings, given_settings(arguments, AuditSettings))
    check_run(settings.run)
    with federation_job(terminal) as context:
        from fl.jobs.audit import FILE
        from fl.jobs.audit import audit as audit_job

        found = audit_job(settings, context).audit
        terminal.table(
            ["attack", "on", "measure", "found", "95% interval", "guessing"],
            [
                [f.attack, f.target, f.measure, f"{f.value:.3f}", f"{f.low:.3f} to {f.high:.3f}", f"{f.chance:.3f}"]
                for f in found.figures
            ],
        )
        for figure in found.figures:
            terminal.say(figure.sentence)
        terminal.say(f"Kept in the run folder as {FILE}.")
        terminal.finish(found.model_dump())


def inspect_messages(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Show the messages of one round of a run."""
    check_run(arguments.run)
    with federation_job(terminal) as context:
        from fl.jobs.inspection import inspect_round

        found = inspect_round(arguments.run, context).inspection
        terminal.table(
            ["message", "to", "shape", "bytes", "once per", "readable by"],
            [[m.name, m.target, m.shape, str(m.bytes), m.often, m.readable_by] for m in found.messages],
        )
        for line in (found.claim, found.note):
            terminal.say(line)
        terminal.finish(found.model_dump())
