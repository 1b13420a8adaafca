"""Form of an import: the meaning of each column, the rows to keep, the way to read the file; with its first rows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from data import registry
from data.errors import SettingsError
from data.own.options import LEAVE_OUT, ROLES, ImportOptions
from data.own.report import Preview
from gui.data.import_preview import ROLE_NAMES, PreviewTable
from gui.widgets.delegates import CellDelegate
from gui.widgets.pages import VerticalScrollArea
from gui.widgets.widgets import SPACE, Card, FoldOut, label
from gui.words.engine_texts import said
from gui.words.i18n import tr


def proposed_name(path: str) -> str:
    """Return a name for the data set, made of the file's name with characters that are not allowed replaced."""
    stem = Path(path).name.split(".")[0]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._")[:64]
    return name if name and name.lower() not in registry.DATASETS else f"my-{name or 'data'}"


class ImportForm(QWidget):
    """The fields of an import, and the first rows of the file.

    Signals:
        changed: a field has another value.
        reading_changed: the file is to be read otherwise, so its first rows may look otherwise.
    """

    changed = pyqtSignal()
    reading_changed = pyqtSignal()

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
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
            box.currentIndexChanged.connect(self._on_reading)
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
        self.name = QLineEdit(proposed_name(path))
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
            edit.textChanged.connect(self.changed)
        self.encoding.editingFinished.connect(self._on_reading)
        for box in (self.delimiter, self.header):
            box.currentIndexChanged.connect(self._on_reading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(VerticalScrollArea(content, whole_width=True))

    @staticmethod
    def _choice(*choices: tuple[Any, str]) -> QComboBox:
        box = QComboBox()
        for value, shown in choices:
            box.addItem(shown, value)
        return box

    @staticmethod
    def _place(grid: QGridLayout, row: int, column: int, caption: str, editor: QWidget, tip: str = "") -> None:
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

    def _on_reading(self) -> None:
        if not self._filling:
            self.reading_changed.emit()

    def show_preview(self, preview: Preview) -> None:
        """Show what was found in the file; choices made before stay."""
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

    # --- what is asked for --------------------------------------------------------------------------------------

    def reading_options(self) -> ImportOptions:
        """Return what the fields say of columns and of reading the file: all that its first rows depend on."""
        columns: dict[str, Any] = {role: box.currentData() or "" for role, box in self.role_boxes.items()}
        return ImportOptions(
            **columns,
            delimiter=self.delimiter.currentData(),
            encoding=self.encoding.text().strip(),
            header=self.header.currentData(),
        )

    def options(self) -> ImportOptions:
        """Return what the fields say. Raises SettingsError with a sentence."""
        return replace(
            self.reading_options(),
            min_rating=self._number(self.min_rating, tr("The least rating")),
            k_core_users=self._count(self.k_users, tr("The least items of a user")),
            k_core_items=self._count(self.k_items, tr("The least users of an item")),
            duplicates=self.duplicates.currentData(),
            bad_rows=self.bad_rows.currentData(),
            title_of_set=self.set_title.text().strip(),
            replace=self.will_replace(),
        )

    def chosen_name(self) -> str:
        """Return the name that the data set is to have."""
        return self.name.text().strip()

    def will_replace(self) -> bool:
        """Return whether an imported data set of this name is there already, which is said beside the button."""
        return registry.about_imported(self.chosen_name()) is not None

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

    def fault(self) -> str:
        """Return what keeps Import from being pressed, as a sentence."""
        try:
            registry.check_name(self.chosen_name())
            self.options()
        except SettingsError as error:
            return f"{said(error.message)} {said(error.hint)}".strip()
        return ""
