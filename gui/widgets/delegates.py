"""Drawing of cells: numbers with three decimals, scores with a bar, picker entries on two lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PyQt5.QtCore import QLocale, QModelIndex, QObject, QRect, QRectF, QSize, QSortFilterProxyModel, Qt
from PyQt5.QtGui import QColor, QFont, QPainter
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.look.theme import colours
from gui.widgets.table_models import IntervalRole, RecordRole, RivalRole, SecondLineRole, StateRole, UsableRole
from gui.words import text

ROW_PADDING = 9
CELL_MARGIN = 8
LEAST_BAR = 20  # pixels; a shorter one tells nothing


class CellDelegate(QStyledItemDelegate):
    """Plain cells of all tables: comfortable height, floats with three decimals, no dotted focus frame."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        option.state = QStyle.State(option.state & ~QStyle.State_HasFocus)

    def displayText(self, value: object, locale: QLocale) -> str:  # noqa: N802
        return text.metric(value) if isinstance(value, float) else super().displayText(value, locale)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 2 * CELL_MARGIN, option.fontMetrics.height() + 2 * ROW_PADDING)


class ScoreDelegate(CellDelegate):
    """A number with a bar. The bar says how the score lies between 0 and 1; the number stays readable beside it, and
    stands alone where there is no room.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        value = index.data()
        if not isinstance(value, float):
            super().paint(painter, option, index)
            return
        c = colours()
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        if option.state & QStyle.State_Selected:
            painter.fillRect(option.rect, QColor(c.accent_soft))
        number = text.metric(value)
        # All numbers of the column have the same width in tabular figures; leave that much on the right.
        text_width = option.fontMetrics.horizontalAdvance("0.000")
        area = option.rect.adjusted(CELL_MARGIN, 0, -CELL_MARGIN, 0)
        bar = QRectF(area.left(), area.center().y() - 3, max(0, area.width() - text_width - CELL_MARGIN), 7)
        if bar.width() >= LEAST_BAR:
            painter.setPen(Qt.NoPen)
            painter.setBrush(QColor(c.surface_alt if not option.state & QStyle.State_Selected else c.surface))
            painter.drawRoundedRect(bar, 3.5, 3.5)
            filled = QRectF(bar)
            filled.setWidth(max(7.0, bar.width() * min(1.0, max(0.0, value))))
            if value > 0:
                painter.setBrush(QColor(c.accent))
                painter.drawRoundedRect(filled, 3.5, 3.5)
        painter.setPen(QColor(c.text))
        painter.drawText(area, int(Qt.AlignRight | Qt.AlignVCenter), number)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802
        return super().sizeHint(option, index).expandedTo(QSize(130, 0))


class TitleDelegate(CellDelegate):
    """A title, with quiet particulars below it where `second_line` gives them (tables too narrow for more columns)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.second_line: Callable[[Any], str] | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        second = self.second_line(index.data(RecordRole)) if self.second_line is not None else ""
        if not second:
            super().paint(painter, option, index)
            return
        c = colours()
        painter.save()
        if option.state & QStyle.State_Selected:
            painter.fillRect(option.rect, QColor(c.accent_soft))
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.88)
        area = option.rect.adjusted(CELL_MARGIN, 0, -CELL_MARGIN, 0)
        top = QRect(area.left(), area.top() + 4, area.width(), option.fontMetrics.height())
        below = QRect(area.left(), top.bottom(), area.width(), option.fontMetrics.height())
        for rect, font, colour, line in (
            (top, option.font, c.text, str(index.data())),
            (below, small, c.muted, second),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = painter.fontMetrics().elidedText(line, Qt.ElideRight, rect.width())
            painter.drawText(rect, int(Qt.AlignLeft | Qt.AlignVCenter), shown)
        painter.restore()


class MetricDelegate(CellDelegate):
    """A figure: bold where it is the best among its rivals, quiet for baselines, with an interval small below the
    value.
    """

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        record = index.data(RecordRole)
        if record is None:
            return
        if record.scorer != "model":
            option.palette.setColor(option.palette.Text, QColor(colours().muted))
        if self.is_best(index):
            option.font.setWeight(QFont.DemiBold)

    def is_best(self, index: QModelIndex) -> bool:
        model = index.model()
        assert isinstance(model, QSortFilterProxyModel)  # noqa: S101  # for mypy
        source: Any = model.sourceModel()
        if index.column() not in source.METRICS or not isinstance(index.data(), float):
            return False
        rows = [index.sibling(row, index.column()) for row in range(model.rowCount())]
        rivals = [row.data() for row in rows if row.data(RivalRole) == index.data(RivalRole)]
        return len(rivals) > 1 and index.data() == max(value for value in rivals if isinstance(value, float))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        interval = index.data(IntervalRole)
        if interval is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        painter.save()
        if option.state & QStyle.State_Selected:
            painter.fillRect(option.rect, QColor(colours().accent_soft))
        area = option.rect.adjusted(CELL_MARGIN, 0, -CELL_MARGIN, 0)
        height = option.fontMetrics.height()
        painter.setFont(option.font)
        painter.setPen(option.palette.color(option.palette.Text))
        top = QRect(area.left(), area.top() + 4, area.width(), height)
        painter.drawText(top, int(Qt.AlignRight | Qt.AlignVCenter), self.displayText(index.data(), QLocale()))
        small = QFont(option.font)
        small.setWeight(QFont.Normal)
        small.setPointSizeF(option.font.pointSizeF() * 0.82)
        painter.setFont(small)
        painter.setPen(QColor(colours().muted))
        below = QRect(area.left(), top.bottom(), area.width(), height)
        painter.drawText(below, int(Qt.AlignRight | Qt.AlignVCenter), self.interval_text(*interval))
        painter.restore()

    def interval_text(self, low: float, high: float) -> str:
        """Return an interval as it stands below its value."""
        return text.interval(low, high)


class PickerDelegate(QStyledItemDelegate):
    """A picker entry of two lines: name and state above, particulars quietly below."""

    MARGIN = 8

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        c = colours()
        usable = index.data(UsableRole)
        second, state = index.data(SecondLineRole) or "", index.data(StateRole) or ""
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        if option.state & (QStyle.State_Selected | QStyle.State_MouseOver):
            painter.setPen(Qt.NoPen)
            painter.setBrush(QColor(c.accent_soft if option.state & QStyle.State_Selected else c.surface_alt))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 5, 5)
        area = option.rect.adjusted(self.MARGIN, 5, -self.MARGIN, -5)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.88)
        height = option.fontMetrics.height()
        first_line = QRect(area.left(), area.top(), area.width(), height if second else area.height())
        painter.setFont(small)
        painter.setPen(QColor(c.muted))
        state_width = painter.fontMetrics().horizontalAdvance(state)
        painter.drawText(first_line, int(Qt.AlignRight | Qt.AlignVCenter), state)
        if second:
            below = QRect(area.left(), first_line.bottom() + 2, area.width(), painter.fontMetrics().height())
            elided = painter.fontMetrics().elidedText(second, Qt.ElideRight, below.width())
            painter.drawText(below, int(Qt.AlignLeft | Qt.AlignVCenter), elided)
        painter.setFont(option.font)
        painter.setPen(QColor(c.text if usable else c.muted))
        name = str(index.data())
        room = first_line.width() - state_width - (self.MARGIN if state else 0)
        painter.drawText(
            first_line,
            int(Qt.AlignLeft | Qt.AlignVCenter),
            painter.fontMetrics().elidedText(name, Qt.ElideMiddle, max(0, room)),
        )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802
        height = option.fontMetrics.height()
        lines = 1.95 if index.data(SecondLineRole) else 1.0
        return QSize(120, int(height * lines) + 12)
