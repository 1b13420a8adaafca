"""The view of a table whose rows are chosen whole and sorted by a heading."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QAbstractItemView, QTableView

from gui.widgets.delegates import CellDelegate
from gui.widgets.table_models import SortProxy


def rows_view(proxy: SortProxy, name: str) -> QTableView:
    """Return the view of a table.

    Args:
        proxy: of the table's model.
        name: for screen readers.
    """
    view = QTableView()
    view.setAccessibleName(name)
    view.setModel(proxy)
    view.setItemDelegate(CellDelegate(view))
    view.setShowGrid(False)
    view.setSelectionBehavior(QAbstractItemView.SelectRows)
    view.setSortingEnabled(True)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    columns = view.horizontalHeader()
    columns.setHighlightSections(False)
    # No order until a heading is clicked: the engine's order (rank, newest first) is the natural one.
    columns.setSortIndicator(-1, Qt.AscendingOrder)
    return view
