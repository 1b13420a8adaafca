"""The list in which runs are ticked for a comparison: searchable, with the letter that stands for each ticked run."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PyQt5.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from fl.runs.records import RunInfo
from gui.evaluate.compare_data import LETTERS
from gui.evaluate.compare_models import LetterRole, RunChoices, RunSearch
from gui.look.theme import colours
from gui.widgets.delegates import PickerDelegate
from gui.widgets.table_models import UsableRole
from gui.widgets.widgets import SPACE, SearchField, label, overlay_empty_text
from gui.words import text
from gui.words.i18n import tr

BOX = 20  # side of the box with the letter


class TickDelegate(PickerDelegate):
    """A picker entry with a box before it; ticked, it holds the run's letter. A click anywhere or Space ticks."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        c = colours()
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(BOX + SPACE, 0, 0, 0)
        super().paint(painter, inner, index)
        if not index.data(UsableRole):
            return
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        box = QRect(option.rect.left() + 4, option.rect.center().y() - BOX // 2, BOX, BOX)
        letter = index.data(LetterRole)
        focused = bool(option.state & QStyle.State_HasFocus)
        painter.setPen(QPen(QColor(c.accent if letter or focused else c.border_strong), 1.5))
        painter.setBrush(QColor(c.accent if letter else c.surface))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if letter:
            bold = QFont(option.font)
            bold.setWeight(QFont.DemiBold)
            painter.setFont(bold)
            painter.setPen(QColor(c.on_accent))
            painter.drawText(box, Qt.AlignCenter, letter)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802
        return super().sizeHint(option, index)

    def editorEvent(  # noqa: N802
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        clicked = (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.MouseButtonRelease
            and event.button() == Qt.LeftButton
            and option.rect.contains(event.pos())
        )
        pressed = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.KeyPress
            and event.key() in (Qt.Key_Space, Qt.Key_Select)
        )
        if not clicked and not pressed:
            return False
        ticked = index.data(Qt.CheckStateRole) == Qt.Checked
        return bool(index.model().setData(index, Qt.Unchecked if ticked else Qt.Checked, Qt.CheckStateRole))


class RunChecks(QWidget):
    """The list of runs to tick, with its search field.

    Signals:
        changed: other runs are ticked.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        self.search = SearchField(tr("Search by name, model, data set or date"), tr("Search runs"))
        layout.addWidget(self.search)
        self.runs = RunChoices(self)
        self.proxy = RunSearch(self.runs, self)
        self.view = QListView()
        self.view.setProperty("role", "framed")
        self.view.setMouseTracking(True)
        self.view.setModel(self.proxy)
        self.view.setItemDelegate(TickDelegate(self.view))
        self.view.setEditTriggers(QListView.AnyKeyPressed)
        self.view.setAccessibleName(tr("Runs to compare"))
        overlay_empty_text(self.view, tr("No such run."))
        layout.addWidget(self.view, 1)
        self.count = label("", "small", wrap=True)
        layout.addWidget(self.count)
        self.search.textChanged.connect(self.proxy.look_for)
        self.runs.chosen_changed.connect(self._on_chosen)
        self.runs.full.connect(self._on_full)
        self.setFocusProxy(self.search)
        self._on_chosen()

    def set_runs(self, runs: Sequence[RunInfo]) -> None:
        self.runs.set_records(runs)
        if runs and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.proxy.index(0, 0))

    def _on_chosen(self) -> None:
        self.count.setText(
            tr("{chosen} chosen, of at most {most}").format(chosen=len(self.runs.chosen()), most=len(LETTERS))
        )
        self.changed.emit()

    def _on_full(self) -> None:
        self.count.setText(
            tr("At most {most} runs can be compared at a time. Take another one out first.").format(
                most=text.number(len(LETTERS))
            )
        )
