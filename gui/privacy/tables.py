"""Tables of the Privacy tab: messages, checks of sums, attacks."""

from __future__ import annotations

from typing import Any

from fl.runs.records import AuditFigure, MessageRecord, SumCheck
from gui.privacy import words as words
from gui.widgets.table_models import Column, RecordTable
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import tr


class MessageTable(RecordTable):
    """Kinds of messages (fl.runs.records.MessageRecord)."""

    NAME, FROM, TO, SHAPE, SIZE, PACE, READERS = range(7)

    def make_columns(self) -> list[Column]:
        return [
            Column(tr("Message")),
            Column(tr("From")),
            Column(tr("To")),
            Column(tr("Shape"), tr("Rows x columns of its arrays")),
            Column(tr("Size"), tr("From one sender"), numeric=True),
            Column(tr("How often")),
            Column(tr("Who can read it"), tr("Beside its sender")),
        ]

    def cell(self, record: MessageRecord, column: int) -> Any:
        return (
            said(record.name),
            words.end(record.source),
            words.end(record.target),
            said(record.shape) or "–",
            text.size(record.bytes),
            words.pace(record),
            said(record.readable_by),
        )[column]

    def sort_key(self, record: MessageRecord, column: int) -> Any:
        return record.bytes if column == self.SIZE else super().sort_key(record, column)

    def second_line(self, record: MessageRecord) -> str:
        """Return from, to and shape, for tables that have no room for their columns."""
        ends = f"{words.end(record.source)} → {words.end(record.target)}"
        return f"{ends} · {said(record.shape)}" if record.shape else ends


class CheckTable(RecordTable):
    """The verification log (fl.runs.records.SumCheck)."""

    ROUND, OUTCOME, CHEAT, NAMED, REASON = range(5)

    def make_columns(self) -> list[Column]:
        return [
            Column(tr("Round"), numeric=True),
            Column(tr("Outcome")),
            Column(tr("Cheat"), tr("What the server was asked to do; nothing in an ordinary round")),
            Column(tr("Named"), tr("Who lied")),
            Column(tr("Why")),
        ]

    def cell(self, record: SumCheck, column: int) -> Any:
        cheat = words.tamper_title(record.tamper)
        if record.guard:
            cheat += " · " + tr("replayed, {guard}").format(guard=words.guard_name(record.guard))
        return (record.round, words.outcome(record), cheat, words.named(record), words.reason(record))[column]

    def second_line(self, record: SumCheck) -> str:
        """Return cheat and reason, for tables that have no room for their columns."""
        cheat = self.cell(record, self.CHEAT)
        return f"{cheat}: {words.reason(record)}" if record.tamper else words.reason(record)


class AuditTable(RecordTable):
    """Attacks and what they achieved (fl.runs.records.AuditFigure)."""

    ATTACK, FOUND, INTERVAL, CHANCE, CASES = range(5)

    def make_columns(self) -> list[Column]:
        return [
            Column(tr("Attack")),
            Column(tr("Found"), tr("Precision, or area under the ROC curve (AUC)"), numeric=True),
            Column(tr("95 % interval"), tr("By bootstrap"), numeric=True),
            Column(tr("Guessing"), tr("What guessing gets"), numeric=True),
            Column(tr("Cases"), tr("Users or items"), numeric=True),
        ]

    def cell(self, record: AuditFigure, column: int) -> Any:
        return (
            words.attack(record),
            record.value,
            text.interval(record.low, record.high),
            record.chance,
            record.cases,
        )[column]

    def tip(self, record: AuditFigure, column: int) -> str:
        return words.verdict(record)

    def second_line(self, record: AuditFigure) -> str:
        return words.verdict(record)
