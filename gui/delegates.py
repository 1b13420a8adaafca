"""How cells are drawn: numbers with three decimals, scores with a bar, picker entries on two lines."""

from __future__ import annotations

from PyQt5.QtCore import QLocale, QModelIndex, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QPainter
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import text
from gui.table_models import MetricTable, RecordRole, SecondLineRole, StateRole, UsableRole
from gui.theme import colours

ROW_PADDING = 9
CELL_MARGIN = 8


class CellDelegate(QStyledItemDelegate):
    """Plain cells of our tables: comfortable height, floats with three decimals, no dotted focus frame."""

    def initStyleOption(self, option: QStyleOptionViewItem | None, index: QModelIndex) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        if option is not None:
            option.state &= ~QStyle.State_HasFocus

    def displayText(self, value: object, locale: QLocale) -> str:  # noqa: N802
        return text.metric(value) if isinstance(value, float) else super().displayText(value, locale)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 2 * CELL_MARGIN, option.fontMetrics.height() + 2 * ROW_PADDING)


class ScoreDelegate(CellDelegate):
    """A number with a bar. The bar says how the score lies between 0 and 1; the number stays readable beside it."""

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        value = index.data()
        if painter is None or not isinstance(value, float):
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


class MetricDelegate(CellDelegate):
    """Evaluation figures: the best of a column within its K is bold; popularity rows are quiet."""

    def initStyleOption(self, option: QStyleOptionViewItem | None, index: QModelIndex) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        record = index.data(RecordRole)
        if option is None or record is None:
            return
        if record.scorer == "popularity":
            option.palette.setColor(option.palette.Text, QColor(colours().muted))
        if index.column() in MetricTable.METRICS:
            rivals = [
                index.sibling(row, index.column()).data()
                for row in range(index.model().rowCount())
                if index.sibling(row, 0).data(RecordRole).k == record.k
            ]
            if index.data() == max(rivals):
                option.font.setWeight(QFont.DemiBold)


class PickerDelegate(QStyledItemDelegate):
    """Two lines: name and state above, particulars quietly below."""

    MARGIN = 8

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
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
