"""Form of an import: the meaning of each column, the rows to keep, the way to read the file; with its first rows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from data import registry
from data.errors import SettingsError
from data.own.options import LEAVE_OUT, ROLES, ImportOptions
from data.own.report import Preview
from gui.data.import_preview import ROLE_NAMES, PreviewView
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.pages import VerticalScrollArea
from gui.widgets.tips import set_tip
from gui.widgets.widgets import SPACE, Card, FoldOut, label
from gui.words.engine_texts import said
from gui.words.i18n import mark, tr

TIME_WORDS = (
    ("", mark("as recognised")),
    ("day-first", mark("dates, day first: 31/01/2024")),
    ("month-first", mark("dates, month first: 01/31/2024")),
    ("year-first", mark("dates, year first: 2024-01-31")),
    ("seconds", mark("seconds since 1970")),
    ("milliseconds", mark("milliseconds since 1970")),
    ("microseconds", mark("microseconds since 1970")),
    ("nanoseconds", mark("nanoseconds since 1970")),
    ("mixed", mark("several ways, each by itself")),
    ("none", mark("no times: the order of the rows counts")),
)


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
        self._header_chosen: bool | None = None  # None until the person has clicked
        self._places: dict[str, int] = {}  # the column of each part, as the engine has found it
        self._keys: list[str] = []  # what each column is called in the options
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(SPACE + 4)
        columns = Card(tr("Which column is what?"))
        self.header = QCheckBox(tr("First row &holds names"))
        set_tip(self.header, tr("Whether the first row of the file names its columns, and is no row of data."))
        self.header.clicked.connect(self._on_header)
        self.header_doubt = label(tr("possibly no header, check"), "chip-warning")
        self.time_format = self._choice(*((value, tr(words)) for value, words in TIME_WORDS))
        self.time_format.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        self.time_format.setMinimumContentsLength(24)
        self.time_format.currentIndexChanged.connect(self._on_reading)
        times = label(tr("Times are &written as"), "field")
        times.setBuddy(self.time_format)
        self.time_format.setAccessibleName(tr("Times are &written as").replace("&", ""))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.header)
        row.addWidget(self.header_doubt)
        row.addStretch(1)
        row.addWidget(times)
        row.addWidget(self.time_format)
        columns.body.addLayout(row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE + 4)
        self.role_boxes: dict[str, ChoiceBox] = {}
        for place, role in enumerate(ROLES):
            box = ChoiceBox()
            box.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(self._on_reading)
            self.role_boxes[role] = box
            optional = "" if role in ("user", "item") else tr(" (optional)")
            self._place(grid, place // 3, place % 3, tr(ROLE_NAMES[role]) + optional, box)
        columns.body.addLayout(grid)
        columns.body.addWidget(label(tr("Or click a column below and say what it is."), "small", wrap=True))
        self.view = PreviewView(self)
        self.view.chosen.connect(self.choose_column)
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
        self.null_ids = self._choice(("keep", tr("keep and say")), ("drop", tr("leave out and count")))
        fields = (
            (tr("&Name"), self.name, tr("Letters, digits, dot, dash and underscore.")),
            (tr("Title in li&sts"), self.set_title, ""),
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
            (tr("I&ds like NULL or NaN"), self.null_ids, tr("Rows whose user or item is a word for nothing.")),
        )
        for place, (caption, editor, tip) in enumerate(fields):
            self._place(grid, place // 3, place % 3, caption, editor, tip)
        keep.body.addLayout(grid)
        column.addWidget(keep)

        self.encoding = QLineEdit()
        self.encoding.setPlaceholderText(tr("as recognised"))
        self.skip_lines = QLineEdit()
        self.skip_lines.setPlaceholderText(tr("as recognised"))
        self.delimiter = self._choice(
            ("", tr("as recognised")),
            (",", tr("comma")),
            (";", tr("semicolon")),
            ("tab", tr("tab")),
            ("|", tr("bar |")),
            ("::", "::"),
            (" ", tr("space")),
        )
        self.decimal = self._choice(("", tr("as recognised")), ("point", tr("point, 4.5")), ("comma", tr("comma, 4,5")))
        self.quotes = self._choice((True, tr("enclose a field")), (False, tr("belong to the text")))
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE + 4)
        for place, (caption, editor) in enumerate(
            (
                (tr("Text encoding"), self.encoding),
                (tr("Columns separated by"), self.delimiter),
                (tr("Double quotes"), self.quotes),
                (tr("Fractions of numbers"), self.decimal),
                (tr("Lines before the table"), self.skip_lines),
            )
        ):
            self._place(grid, place // 3, place % 3, caption, editor)
        self.reading = FoldOut(tr("How the &file is read"), inner)
        column.addWidget(self.reading)
        for edit in (self.name, self.set_title, self.min_rating, self.k_users, self.k_items):
            edit.textChanged.connect(self.changed)
        for edit in (self.encoding, self.skip_lines):
            edit.editingFinished.connect(self._on_reading)
        for box in (self.delimiter, self.decimal, self.quotes):
            box.currentIndexChanged.connect(self._on_reading)
        self.header_doubt.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(VerticalScrollArea(content, whole_width=True))

    @staticmethod
    def _choice(*choices: tuple[Any, str]) -> ChoiceBox:
        box = ChoiceBox()
        for value, shown in choices:
            box.addItem(shown, value)
        return box

    @staticmethod
    def _place(grid: QGridLayout, row: int, column: int, caption: str, editor: QWidget, tip: str = "") -> None:
        title = label(caption, "field", tip=tip)
        title.setBuddy(editor)
        set_tip(editor, tip)
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

    def _on_header(self) -> None:
        self._header_chosen = self.header.isChecked()
        self._on_reading()

    def choose_column(self, place: int, role: str) -> None:
        """Have a column, by its place, play a part; with "" as the role it plays none."""
        self._filling = True
        for other, at in self._places.items():
            box = self.role_boxes[other]
            if at == place and other != role:
                # The part that it had is left out; a user or an item is to be found anew.
                box.setCurrentIndex(max(0, box.findData(LEAVE_OUT)))
        self._filling = False
        if role:
            box = self.role_boxes[role]
            index = box.findData(self._keys[place])
            if box.currentIndex() != index:
                box.setCurrentIndex(index)
                return
        self._on_reading()

    def show_preview(self, preview: Preview) -> None:
        """Show what was found in the file; choices made before stay."""
        self.view.show_preview(preview)
        self._filling = True
        self.header.setChecked(preview.header)
        self.header.setEnabled(preview.kind == "text")
        self.header_doubt.setVisible(not preview.header_sure)
        self._places = dict(preview.places)
        names = preview.columns
        # A name that stands twice says nothing; the number of its column does.
        self._keys = [name if names.count(name) == 1 else str(at + 1) for at, name in enumerate(names)]
        shown = [
            name if names.count(name) == 1 else tr("{column} (column {number})").format(column=name, number=at + 1)
            for at, name in enumerate(names)
        ]
        for role, box in self.role_boxes.items():
            wanted = box.currentData()
            box.clear()
            found = tr("{column} (recognised)").format(column=preview.mapping.get(role, ""))
            if role in ("user", "item"):
                box.addItem(found if role in preview.places else tr("(choose)"), "")
            else:
                box.addItem(found if role in preview.places else tr("(none found)"), "")
                box.addItem(tr("(leave out)"), LEAVE_OUT)
            for key, name in zip(self._keys, shown, strict=True):
                box.addItem(name, key)
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
            header=self._header_chosen,
            quotes=self.quotes.currentData(),
            decimal=self.decimal.currentData(),
            time_format=self.time_format.currentData(),
            skip_lines=self._count(self.skip_lines, tr("The number of lines before the table"))
            if self.skip_lines.text().strip()
            else None,
        )

    def options(self) -> ImportOptions:
        """Return what the fields say. Raises SettingsError with a sentence."""
        if self.min_rating.text().strip() and "rating" not in self._places:
            raise SettingsError(tr("A least rating needs a column of ratings: choose it, or leave the field empty."))
        return replace(
            self.reading_options(),
            min_rating=self._number(self.min_rating, tr("The least rating")),
            k_core_users=self._count(self.k_users, tr("The least items of a user")),
            k_core_items=self._count(self.k_items, tr("The least users of an item")),
            duplicates=self.duplicates.currentData(),
            bad_rows=self.bad_rows.currentData(),
            null_ids=self.null_ids.currentData(),
            title_of_set=self.set_title.text().strip(),
            replace=self.will_replace(),
        )

    def chosen_name(self) -> str:
        """Return the name that the data set is to have."""
        return self.name.text().strip()

    def will_replace(self) -> bool:
        """Return whether an imported data set of this name is there already, which is said beside the button."""
        name = self.chosen_name()
        return registry.about_imported(name) is not None or registry.is_damaged(name)

    def _number(self, edit: QLineEdit, what: str) -> float | None:
        typed = edit.text().strip()
        if not typed:
            return None
        try:
            return float(typed.replace(",", "."))
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
