"""The first rows of a file that is about to be imported, and a click on a column that says what it is."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import QModelIndex, QPoint, Qt, pyqtSignal
from PyQt5.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from data.own.options import ROLES, Role
from data.own.report import Preview
from gui.widgets.delegates import CellDelegate
from gui.widgets.table_models import Column, RecordTable
from gui.words.i18n import mark, tr

ROLE_NAMES = {
    "user": mark("User"),
    "item": mark("Item"),
    "rating": mark("Rating"),
    "timestamp": mark("Time"),
    "title": mark("Title"),
    "genres": mark("Genres"),
}


class PreviewTable(RecordTable):
    """The first rows of the file, as text; headings name the file's column and the part it plays."""

    def make_columns(self) -> list[Column]:
        return []

    def show_preview(self, preview: Preview) -> None:
        roles = {place: tr(ROLE_NAMES[role]) for role, place in preview.places.items()}
        self.beginResetModel()
        self.columns = [Column(f"{name}\n{roles.get(place, '–')}") for place, name in enumerate(preview.columns)]
        width = len(self.columns)
        self.records = tuple((*row, *[""] * (width - len(row)))[:width] for row in preview.rows)
        self.endResetModel()

    def cell(self, record: Any, column: int) -> str:
        return str(record[column])


class PreviewView(QTableView):
    """The view of the first rows. A click on a column, or its heading, offers the parts that it can play.

    Signals:
        chosen: (place of the column, role, "" for none).
    """

    chosen = pyqtSignal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = PreviewTable(self)
        self.setModel(self.preview)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.NoSelection)
        self.setFocusPolicy(Qt.NoFocus)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.Interactive)
        heads.setStretchLastSection(True)
        heads.setSectionsClickable(True)
        heads.setCursor(Qt.PointingHandCursor)
        self.viewport().setCursor(Qt.PointingHandCursor)
        heads.sectionClicked.connect(self._offer)
        self.clicked.connect(self._on_cell)
        self.setMinimumHeight(170)
        self.setAccessibleName(tr("First rows of the file"))
        self._roles: dict[int, Role] = {}
        self.menu: QMenu | None = None

    def show_preview(self, preview: Preview) -> None:
        self._roles = {place: role for role, place in preview.places.items() if role in ROLES}
        self.preview.show_preview(preview)
        self.resizeColumnsToContents()

    def _on_cell(self, index: QModelIndex) -> None:
        self._offer(index.column())

    def _offer(self, column: int) -> None:
        """Open the menu of roles below the heading of a column."""
        self.menu = self.menu_for(column)
        heads = self.horizontalHeader()
        left = max(0, heads.sectionViewportPosition(column))
        self.menu.popup(heads.viewport().mapToGlobal(QPoint(left, heads.height())))

    def menu_for(self, column: int) -> QMenu:
        """Return the menu of the parts that a column can play."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WA_DeleteOnClose)
        now = self._roles.get(column, "")
        for role, name in (*((role, tr(ROLE_NAMES[role])) for role in ROLES), ("", tr("none of these"))):
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(role == now)
            # A user and an item there must be: another column is chosen for them instead.
            action.setEnabled(role != "" or now not in ("user", "item"))
            action.triggered.connect(lambda _, role=role: self.chosen.emit(column, role))
        return menu
