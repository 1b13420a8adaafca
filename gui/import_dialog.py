"""Import of an own file: look at it, say which column is what, import, read the report, train on it."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from data import registry
from data.errors import SettingsError
from data.own.options import LEAVE_OUT, ROLES, ImportOptions
from data.own.report import ImportReport, Preview
from fl import events as ev
from gui import text
from gui.delegates import CellDelegate
from gui.engine_client import EngineClient, new_job
from gui.engine_texts import said, sentence
from gui.i18n import mark, tr
from gui.import_faults import explain
from gui.import_preview import ROLE_NAMES, PreviewTable
from gui.message_bar import MessageBar
from gui.pages import VerticalScrollArea
from gui.widgets import MARGIN, SPACE, Card, ElidedLabel, Figure, FoldOut, button, label, line

FILE_FILTER = mark("Tables (*.csv *.tsv *.txt *.dat *.parquet *.gz);;All files (*)")


class Step(Enum):
    LOOKING = "looking"  # the engine reads the first rows
    CHOOSING = "choosing"
    IMPORTING = "importing"
    DONE = "done"


def proposed_name(path: str) -> str:
    """A name for the data set made of the file's name, with what is not allowed replaced."""
    stem = Path(path).name.split(".")[0]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._")[:64]
    return name if name and name.lower() not in registry.DATASETS else f"my-{name or 'data'}"


class ImportDialog(QDialog):
    """Signals:
    imported: the DatasetInfo of the new data set, when the person wants to train on it.
    """

    imported = pyqtSignal(object)

    def __init__(self, client: EngineClient, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.client, self.path = client, path
        self.job = ""
        self.step = Step.LOOKING
        self.dataset: ev.DatasetInfo | None = None
        self._filling = False
        self._readable = False  # the last look at the file found nothing that keeps it from being imported
        self.setWindowTitle(tr("Import a file"))
        self.resize(820, 640)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(SPACE)
        self.title = ElidedLabel("h2")
        self.title.setText(Path(path).name)
        self.facts = label("", "muted", wrap=True)
        whole.addWidget(self.title)
        whole.addWidget(self.facts)
        self.message = MessageBar()
        whole.addWidget(self.message)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._build_choices())
        self.stack.addWidget(self._build_report())
        whole.addWidget(self.stack, 1)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        whole.addWidget(self.bar)
        whole.addWidget(line())
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self.reason = label("", "small", wrap=True)
        self.close_button = button(tr("&Close"))
        self.import_button = button(tr("&Import"), "primary")
        self.train_button = button(tr("&Train on it"), "primary")
        row.addWidget(self.reason, 1)
        for one in (self.close_button, self.import_button, self.train_button):
            row.addWidget(one)
        whole.addLayout(row)
        self.close_button.clicked.connect(self.reject)
        self.close_button.setAutoDefault(False)
        self.import_button.setDefault(True)
        self.import_button.clicked.connect(self.start_import)
        self.train_button.clicked.connect(self.accept)
        self.finished.connect(self._on_finished)
        self.inspect()

    # --- building -----------------------------------------------------------------------------------------------

    def _build_choices(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(SPACE + 4)
        columns = Card(tr("Which column is what?"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE + 4)
        self.role_boxes: dict[str, QComboBox] = {}
        for place, role in enumerate(ROLES):
            box = QComboBox()
            box.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(self._on_choice)
            self.role_boxes[role] = box
            optional = "" if role in ("user", "item") else tr(" (optional)")
            self._place(grid, place // 3, place % 3, tr(ROLE_NAMES[role]) + optional, box)
        columns.body.addLayout(grid)
        self.preview = PreviewTable(self)
        self.view = QTableView()
        self.view.setModel(self.preview)
        self.view.setItemDelegate(CellDelegate(self.view))
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setSelectionMode(QAbstractItemView.NoSelection)
        self.view.setFocusPolicy(Qt.NoFocus)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.Interactive)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.setMinimumHeight(170)
        self.view.setAccessibleName(tr("First rows of the file"))
        columns.body.addWidget(self.view, 1)
        column.addWidget(columns, 1)

        keep = Card(tr("The data set"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE + 4)
        self.name = QLineEdit(proposed_name(self.path))
        self.set_title = QLineEdit()
        self.set_title.setPlaceholderText(tr("the file's name"))
        self.min_rating = QLineEdit()
        self.min_rating.setPlaceholderText(tr("every row counts"))
        self.k_users, self.k_items = QLineEdit("1"), QLineEdit("1")
        self.duplicates = self._choice(
            ("first", tr("keep the first")), ("last", tr("keep the last")), ("keep", tr("keep all"))
        )
        self.bad_rows = self._choice(("refuse", tr("stop and say where")), ("drop", tr("leave out and count")))
        fields = (
            (tr("&Name"), self.name, tr("Letters, digits, dot, dash and underscore.")),
            (tr("T&itle in lists"), self.set_title, ""),
            (
                tr("&Least rating"),
                self.min_rating,
                tr("Rows with a lower rating are left out: they are no sign of interest."),
            ),
            (
                tr("Least items of a &user"),
                self.k_users,
                tr("Users with fewer items are left out, repeated with the next field until both hold."),
            ),
            (tr("Least users of an it&em"), self.k_items, tr("Items with fewer users are left out.")),
            (tr("&Repeated rows"), self.duplicates, tr("The same user and item several times.")),
            (tr("&Bad rows"), self.bad_rows, tr("Rows with a missing field or a value that is none.")),
        )
        for place, (caption, editor, tip) in enumerate(fields):
            self._place(grid, place // 3, place % 3, caption, editor, tip)
        keep.body.addLayout(grid)
        column.addWidget(keep)

        self.encoding = QLineEdit()
        self.encoding.setPlaceholderText(tr("found out"))
        self.delimiter = self._choice(
            ("", tr("found out")),
            (",", tr("comma")),
            (";", tr("semicolon")),
            ("tab", tr("tab")),
            ("|", tr("bar |")),
            ("::", "::"),
            (" ", tr("space")),
        )
        self.header = self._choice((None, tr("found out")), (True, tr("yes")), (False, tr("no")))
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE + 4)
        for place, (caption, editor) in enumerate(
            (
                (tr("Text encoding"), self.encoding),
                (tr("Columns separated by"), self.delimiter),
                (tr("First line holds names"), self.header),
            )
        ):
            self._place(grid, 0, place, caption, editor)
        self.reading = FoldOut(tr("&How the file is read"), inner)
        column.addWidget(self.reading)
        for edit in (self.name, self.set_title, self.min_rating, self.k_users, self.k_items):
            edit.textChanged.connect(self._show_state)
        self.encoding.editingFinished.connect(self._on_choice)
        for box in (self.delimiter, self.header):
            box.currentIndexChanged.connect(self._on_choice)
        return VerticalScrollArea(content, whole_width=True)

    def _build_report(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(SPACE + 4)
        figures = Card(tr("Imported"))
        row = QHBoxLayout()
        self.figures = {
            "n_users": Figure(tr("Users")),
            "n_items": Figure(tr("Items")),
            "n_rows": Figure(tr("Interactions")),
            "density": Figure(tr("Density"), tr("Share of all pairs of user and item that occur.")),
        }
        for figure in self.figures.values():
            row.addWidget(figure, 1)
        figures.body.addLayout(row)
        column.addWidget(figures)
        self.warnings = MessageBar()
        column.addWidget(self.warnings)
        details = Card(tr("Report"))
        self.report_text = label("", wrap=True)
        self.report_text.setTextInteractionFlags(Qt.TextSelectableByMouse)
        details.body.addWidget(self.report_text)
        column.addWidget(details)
        column.addStretch(1)
        return VerticalScrollArea(content, whole_width=True)

    def _choice(self, *choices: tuple[Any, str]) -> QComboBox:
        box = QComboBox()
        for value, shown in choices:
            box.addItem(shown, value)
        return box

    def _place(self, grid: QGridLayout, row: int, column: int, caption: str, editor: QWidget, tip: str = "") -> None:
        title = label(caption, "field", tip=tip)
        title.setBuddy(editor)
        editor.setToolTip(tip)
        editor.setAccessibleName(caption.replace("&", ""))
        cell = QVBoxLayout()
        cell.setSpacing(3)
        cell.addWidget(title)
        cell.addWidget(editor)
        grid.addLayout(cell, row, column)
        grid.setColumnStretch(column, 1)

    # --- what is asked for --------------------------------------------------------------------------------------

    def options(self) -> ImportOptions:
        """What the fields say. Raises SettingsError with a sentence."""
        columns: dict[str, Any] = {role: box.currentData() or "" for role, box in self.role_boxes.items()}
        return ImportOptions(
            **columns,
            min_rating=self._number(self.min_rating, tr("The least rating")),
            k_core_users=self._count(self.k_users, tr("The least items of a user")),
            k_core_items=self._count(self.k_items, tr("The least users of an item")),
            duplicates=self.duplicates.currentData(),
            bad_rows=self.bad_rows.currentData(),
            delimiter=self.delimiter.currentData(),
            encoding=self.encoding.text().strip(),
            header=self.header.currentData(),
            title_of_set=self.set_title.text().strip(),
            replace=self.will_replace(),
        )

    def will_replace(self) -> bool:
        """Whether an imported data set of this name is there already (said beside the button)."""
        return registry.about_imported(self.name.text().strip()) is not None

    def _number(self, edit: QLineEdit, what: str) -> float | None:
        typed = edit.text().strip()
        if not typed:
            return None
        try:
            return float(typed)
        except ValueError:
            raise SettingsError(
                tr('{field} must be a number, and "{typed}" is not one.').format(field=what, typed=typed)
            ) from None

    def _count(self, edit: QLineEdit, what: str) -> int:
        typed = edit.text().strip() or "1"
        if not typed.isdecimal():
            raise SettingsError(
                tr('{field} must be a whole number, and "{typed}" is not one.').format(field=what, typed=typed)
            ) from None
        return int(typed)

    def _fault(self) -> str:
        """What keeps Import from being pressed, as a sentence."""
        try:
            registry.check_name(self.name.text().strip())
            self.options()
        except SettingsError as error:
            return f"{said(error.message)} {said(error.hint)}".strip()
        return ""

    # --- jobs ---------------------------------------------------------------------------------------------------

    def inspect(self) -> None:
        """Ask the engine for a look at the file with the present options."""
        try:
            options = self.options() if self.step is not Step.LOOKING else ImportOptions()
        except SettingsError as error:
            self.message.show_message("error", str(error), closable=False)
            return
        self.job = new_job()
        self.client.send(ev.InspectFile(job=self.job, path=self.path, options=options))
        self.bar.setRange(0, 0)
        self._show_state()

    def start_import(self) -> None:
        if self._fault() or self.step is not Step.CHOOSING:
            return
        self.step = Step.IMPORTING
        self.job = new_job()
        self.message.clear()
        self.bar.setRange(0, 0)
        name = self.name.text().strip()
        self.client.send(ev.ImportFile(job=self.job, path=self.path, name=name, options=self.options()))
        self._show_state()

    def owns(self, job: str) -> bool:
        return bool(job) and job == self.job

    def on_event(self, event: Any) -> None:
        """An answer to one of this dialog's jobs."""
        match event:
            case ev.FilePreview():
                self.job = ""
                self.step = Step.CHOOSING
                self._show_preview(event.preview)
            case ev.Progress():
                self.bar.setRange(0, 1000 if event.total else 0)
                if event.total:
                    self.bar.setValue(round(1000 * event.done / event.total))
            case ev.FileImported():
                self.job = ""
                self.step = Step.DONE
                self.dataset = event.dataset
                self.train_button.setDefault(True)
                self._show_report(event.report)
            case ev.JobFailed():
                self.job = ""
                if self.step is Step.IMPORTING:
                    self.step = Step.CHOOSING
                else:
                    self._readable = False
                told = explain(event.error, event.hint, self.path)
                self.message.show_message("error", told, details=event.details, closable=False)
            case ev.JobCancelled():
                self.job = ""
                self.step = Step.CHOOSING
        self._show_state()

    def _on_choice(self) -> None:
        if not self._filling and self.step is Step.CHOOSING:
            self.inspect()

    def _on_finished(self) -> None:
        if self.job:
            self.client.cancel(self.job)
            self.job = ""

    def accept(self) -> None:
        super().accept()
        if self.dataset is not None:
            self.imported.emit(self.dataset)

    # --- showing ------------------------------------------------------------------------------------------------

    def _show_preview(self, preview: Preview) -> None:
        kinds = {"parquet": tr("Parquet table"), "text": tr("text table")}
        facts = [kinds.get(preview.kind, preview.kind), text.size(preview.size)]
        if preview.encoding:
            facts.append(preview.encoding)
        if preview.delimiter:
            names = {"\t": tr("tab"), " ": tr("space")}
            facts.append(tr("separated by {sign}").format(sign=names.get(preview.delimiter, preview.delimiter)))
        self.facts.setText(" · ".join(facts))
        self.preview.show_preview(preview)
        self.view.resizeColumnsToContents()
        self._filling = True
        for role, box in self.role_boxes.items():
            wanted = box.currentData()
            box.clear()
            found = preview.mapping.get(role, "")
            if role in ("user", "item"):
                box.addItem(tr("(choose)") if not found else tr("{column} (recognised)").format(column=found), "")
            else:
                box.addItem(tr("{column} (recognised)").format(column=found) if found else tr("(none found)"), "")
                box.addItem(tr("(leave out)"), LEAVE_OUT)
            for name in preview.columns:
                box.addItem(name, name)
            place = box.findData(wanted) if wanted else 0
            box.setCurrentIndex(max(place, 0))
        self._filling = False
        self._readable = not preview.problem
        if preview.problem:
            self.message.show_message("warning", sentence(preview.problem), closable=False)
        elif preview.notes:
            self.message.show_message("info", " ".join(preview.notes), closable=False)
        else:
            self.message.clear()

    def _show_report(self, report: ImportReport) -> None:
        self.message.clear()
        for key in ("n_users", "n_items", "n_rows"):
            self.figures[key].set(text.number(getattr(report, key)))
        self.figures["density"].set(f"{100 * report.density:.3g} %")
        if report.warnings:
            self.warnings.show_message("warning", "\n".join(report.warnings), closable=False)
        self.report_text.setText(
            "\n".join(sentence for sentence in report.lines() if not sentence.startswith("Check: "))
        )
        self.stack.setCurrentIndex(1)

    def _show_state(self) -> None:
        """Set every control from the step. The only place that does."""
        busy = bool(self.job)
        fault = self._fault() if self.step is not Step.LOOKING else ""
        self.bar.setVisible(busy)
        self.stack.setVisible(self.step is not Step.LOOKING)
        self.stack.widget(0).setEnabled(self.step is Step.CHOOSING)
        self.import_button.setVisible(self.step is not Step.DONE)
        self.train_button.setVisible(self.step is Step.DONE)
        self.import_button.setEnabled(self.step is Step.CHOOSING and not busy and not fault and self._readable)
        self.close_button.setText(tr("&Cancel") if self.step is Step.IMPORTING else tr("&Close"))
        if self.step is Step.CHOOSING and not fault and self.will_replace():
            self.reason.setText(tr("Replaces the imported data set of the same name."))
        else:
            words = {
                Step.LOOKING: tr("Looking at the file…") if busy else "",
                Step.IMPORTING: tr("Importing…"),
            }
            self.reason.setText(fault or words.get(self.step, ""))
