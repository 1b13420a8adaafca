"""Layout of a page: fields at the left, results at the right, each scrolling when it must."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PyQt5.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.widgets.widgets import MARGIN, SIDE_WIDTH, SPACE, Card

BAR_WIDTH = 10  # of a scroll bar, as the style sheet has it


class VerticalScrollArea(QScrollArea):
    """An area that scrolls vertically only.

    Its bar lies in a margin kept free for it, so that nothing moves when it appears. What gets the focus by a key comes
    into view: Qt sees to that for Tab only, and not for the letters of labels.

    Args:
        whole_width: never narrower than its content (dialogs, which grow with their words).
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None, *, whole_width: bool = False) -> None:
        super().__init__(parent)
        self._whole_width = whole_width
        content.setObjectName("scrolled")
        self._content = content
        if whole_width:
            content.installEventFilter(self)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.NoFrame)
        self.setFocusPolicy(Qt.NoFocus)
        self.setWidget(content)
        self._make_room()
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101  # for mypy
        app.focusChanged.connect(self._on_focus)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        hint = super().minimumSizeHint()
        return QSize(self._content.minimumSizeHint().width() + BAR_WIDTH, hint.height()) if self._whole_width else hint

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self._content and event.type() == QEvent.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._content.isAncestorOf(now) and not int(QApplication.mouseButtons()):
            QTimer.singleShot(0, self._show_focused)  # after the layout has made room for what was just shown

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self._content.isAncestorOf(focused):
            top = focused.mapTo(self._content, QPoint(0, 0)).y()
            # Not ensureWidgetVisible: of what is typed into, Qt minds the cursor only.
            self.ensureVisible(0, top + focused.height(), 0, SPACE)
            self.ensureVisible(0, top, 0, 3 * SPACE)  # with the name above it

    def _make_room(self) -> None:
        bar_shown = self.verticalScrollBar().maximum() > 0
        self._content.layout().setContentsMargins(0, 0, 0 if bar_shown else BAR_WIDTH, 0)


class ScrolledColumn(QWidget):
    """A column of widgets below each other in `column`, scrolled as one page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setSpacing(MARGIN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(VerticalScrollArea(content))


class SidePanel(Card):
    """The left column of a tab: fields that scroll when they must, and the actions that always stay in view."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Preferred)
        content = QWidget()
        self.fields = QVBoxLayout(content)
        self.fields.setSpacing(SPACE)
        self.scroll_area = VerticalScrollArea(content)
        self.body.setContentsMargins(MARGIN, MARGIN - 2, MARGIN - BAR_WIDTH, MARGIN)
        self.body.addWidget(self.scroll_area, 1)
        self.foot_widget = QWidget()
        self.foot = QVBoxLayout(self.foot_widget)
        self.foot.setContentsMargins(0, 0, BAR_WIDTH, 0)
        self.foot.setSpacing(SPACE)
        self.body.addWidget(self.foot_widget)

    def sizeHint(self) -> QSize:  # noqa: N802
        # The actions never scroll: where their words are long, the column is wider.
        foot = self.foot_widget.minimumSizeHint().width() + 2 * MARGIN - BAR_WIDTH + 2
        return QSize(max(SIDE_WIDTH, foot), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.sizeHint().width(), super().minimumSizeHint().height())


def page(side: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """Return a tab's page, with the side panel at the left, and the column for the results at the right."""
    result = QWidget()
    across = QHBoxLayout(result)
    across.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    across.setSpacing(MARGIN)
    across.addWidget(side)
    column = QVBoxLayout()
    column.setSpacing(MARGIN)
    across.addLayout(column, 1)
    return result, column
