"""The terminal at which a person reads results, progress and errors."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, TextIO

from data.errors import CancelledError, SettingsError
from fl.cli.output import write_line
from fl.protocol.events import Event, Phase, Progress, RoundDone, RoundRefused, SeedCompared, SumChecked, TrainStarted
from fl.settings.aggregators import claim_for

if TYPE_CHECKING:
    from tqdm import tqdm


class Terminal:
    """A terminal: results go to `out`, progress and errors to `err`, libraries' chatter to neither."""

    def __init__(self, out: TextIO, err: TextIO, as_json: bool) -> None:
        self.out, self.err, self.as_json = out, err, as_json
        self._bar: tqdm[Any] | None = None
        self._dropped: set[str] = set()
        self._kept = ""

    def say(self, text: str = "") -> None:
        """Print a line of a result; leave it out under --json."""
        if not self.as_json:
            write_line(text, self.out)

    def need_yes(self, question: str, nobody: SettingsError) -> None:
        """Ask the person, and go on only after a yes.

        Args:
            question: that a yes answers.
            nobody: what is raised where no person sits at the terminal.

        Raises:
            SettingsError: `nobody`.
            CancelledError: the answer is another.
        """
        if not sys.stdin.isatty():
            raise nobody
        print(f"{question} [y/N] ", end="", file=self.err, flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise CancelledError

    def kept(self) -> str:
        """Return what is kept of the training that was shown last, and how to go on; "" without a finished round."""
        return self._kept

    def finish(self, value: dict[str, Any]) -> None:
        """Print the one object on the last line, under --json."""
        if self.as_json:
            write_line(json.dumps(value, ensure_ascii=False), self.out)

    def table(self, header: list[str], rows: list[list[str]]) -> None:
        """Print cells in columns, under their headings; leave them out under --json."""
        if self.as_json:
            return
        widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
        for row in [header, ["-" * width for width in widths], *rows]:
            self.say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

    def show(self, event: Event) -> None:
        """Show an event of a running job, on `err`: one line each, or a progress bar when that is a terminal."""
        match event:
            case Phase(text=text):
                self._line(f"{text[0].upper()}{text[1:]} ...")
            case TrainStarted():
                self._line(
                    f"Run {event.run}: {_count(event.n_users, 'user')}, {_count(event.n_items, 'item')}, "
                    f"{_count(event.n_train, 'train interaction')}, "
                    f"{_count(event.settings.parties, 'party', 'parties')}, {event.settings.aggregator} aggregation, "
                    f"{event.settings.protocol} protocol."
                )
                self._line(claim_for(event.settings.aggregator_choice, event.settings.parties))
                for note in event.notes:
                    self._line(note)
                if event.popularity:
                    self._line("Popularity on the validation items: " + _figures(event.popularity))
                if self.err.isatty():
                    from tqdm import tqdm

                    self._bar = tqdm(
                        total=event.settings.epochs, initial=event.first_round - 1, unit="round", file=self.err
                    )
            case RoundDone(record=record):
                self._kept = (
                    f"Run {event.run} keeps its {record.round} finished rounds. "
                    f"To go on: TheMain.py train --resume '{event.run}'"
                )
                shown = [] if record.loss is None else [f"loss {record.loss:.4f}"]
                shown += [] if record.epsilon is None else [f"epsilon {record.epsilon:.3g}"]
                text = "  ".join([*shown, _figures(record.valid)])
                for name in sorted(set(record.dropped) - self._dropped):
                    self._line(f"{name} dropped out: {record.dropped[name]}. The others go on without it.")
                self._dropped |= set(record.dropped)
                if self._bar is not None:
                    self._bar.set_postfix_str(text)
                    self._bar.update(1)
                else:
                    self._line(f"Round {record.round} of {event.rounds}: {text}  {record.seconds:.2f} s")
            case RoundRefused():
                self._line(f"Round {event.round} was refused and is tried again: {event.reason}")
            case SumChecked(check=check) if check.outcome == "caught":
                who = ", ".join(check.culprits) or "nobody named"
                self._line(f"Round {check.round}: a wrong sum was caught ({who}). {check.reason}")
            case SeedCompared():
                self.end_bar()
            case Progress(unit="bytes") if self.err.isatty():
                self._show_bytes(event)

    def _show_bytes(self, event: Progress) -> None:
        """Move the bar of a download or an import, which appears with the first bytes."""
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(unit="B", unit_scale=True, file=self.err)
        self._bar.total = event.total or None
        self._bar.update(event.done - self._bar.n)

    def end_bar(self) -> None:
        """Leave the progress bar where it is and go on below it."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def error(self, text: str) -> None:
        """Say that something went wrong."""
        self.end_bar()
        self._line(text)

    def _line(self, text: str) -> None:
        if self._bar is not None:
            self._bar.write(text, file=self.err)
        else:
            write_line(text, self.err)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _figures(metrics: dict[str, float]) -> str:
    return "  ".join(f"{name.upper()} {value:.4f}" for name, value in metrics.items())
