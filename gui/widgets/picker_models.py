"""Models of lists to pick from: data sets, runs, users, with a quiet second line and a short state."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import Qt

from fl.protocol.records import DatasetInfo, UserInfo
from fl.runs.records import RunInfo
from gui.widgets.table_models import RecordModel, SecondLineRole, StateRole, UsableRole
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import tr


class PickerModel(RecordModel):
    """A list of records to pick from: a main line, a quiet second line and a short state each."""

    def main_line(self, record: Any) -> str:
        """Return what names the record."""
        raise NotImplementedError

    def second_line(self, record: Any) -> str:
        """Return what the quiet line below says."""
        raise NotImplementedError

    def state(self, record: Any) -> str:
        """Return the short state at the right."""
        return ""

    def usable(self, record: Any) -> bool:
        """Return whether the record can be chosen for work; one that cannot is shown pale."""
        return True

    def shown(self, record: Any, column: int, role: int) -> Any:
        if role in (Qt.DisplayRole, Qt.EditRole):
            return self.main_line(record)
        if role == SecondLineRole:
            return self.second_line(record)
        if role == Qt.ToolTipRole:
            return text.wrapped("\n".join(filter(None, [self.main_line(record), self.second_line(record)])))
        if role == Qt.AccessibleTextRole:
            return ", ".join(part for part in (self.main_line(record), self.second_line(record)) if part)
        if role == StateRole:
            return self.state(record)
        if role == UsableRole:
            return self.usable(record)
        return None


class DatasetModel(PickerModel):
    """Data sets (fl.protocol.records.DatasetInfo)."""

    def main_line(self, record: DatasetInfo) -> str:
        return text.title_of(record.title)

    def second_line(self, record: DatasetInfo) -> str:
        return " · ".join(text.extent(record.n_users, record.n_items, record.n_rows))

    def state(self, record: DatasetInfo) -> str:
        if record.status == "damaged":
            return tr("damaged")
        return tr("ready") if record.status == "ready" else tr("download")


def run_state(record: RunInfo) -> str:
    """Return what became of a run, in a word or two."""
    if not record.dataset:
        return tr("cannot be read")
    names = {
        "running": tr("running"),
        "done": tr("finished"),
        "stopped": tr("stopped"),
        "cancelled": tr("cancelled"),
        "failed": tr("failed"),
        "interrupted": tr("interrupted"),
    }
    return names[record.state]


class RunModel(PickerModel):
    """Training runs (fl.runs.records.RunInfo), newest first as they come."""

    def main_line(self, record: RunInfo) -> str:
        return record.name

    def second_line(self, record: RunInfo) -> str:
        if record.problem:
            return said(record.problem)
        parts = [
            text.dataset_title(record.dataset),
            text.model_title(record.model),
            text.date_time(record.created),
            tr("best round {best} of {rounds}").format(best=record.best_round, rounds=record.rounds)
            if record.best_round is not None and record.state in ("done", "stopped")
            else tr("round {0} of {1}").format(record.rounds, record.epochs),
        ]
        if record.protocol == "published":
            parts.append(tr("published protocol"))
        if not record.private_parts:
            parts.append(tr("without private parts"))
        if record.left_out:
            parts.append(f"* {said(record.left_out)}")
        return " · ".join(parts)

    def state(self, record: RunInfo) -> str:
        if record.problem:
            return tr("cannot be used")
        if "hr@10" in record.metrics:
            return tr("HR@10 {0}").format(text.metric(record.metrics["hr@10"])) + (" *" if record.left_out else "")
        return "" if record.state == "done" else run_state(record)

    def usable(self, record: RunInfo) -> bool:
        return not record.problem and record.rounds > 0


class UserModel(PickerModel):
    """Users of a run (fl.protocol.records.UserInfo)."""

    def main_line(self, record: UserInfo) -> str:
        return record.id

    def second_line(self, record: UserInfo) -> str:
        return ""

    def state(self, record: UserInfo) -> str:
        return tr("%Ln train items", n=record.n_items)  # the history has the validation item as well
