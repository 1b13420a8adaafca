"""Every control can be named by a screen reader and reached by the keyboard; shortcuts do not clash."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
    QShortcut,
    QTabBar,
    QWidget,
)

from gui.app.main_window import EVALUATE, PRIVACY, RECOMMEND, TRAIN, MainWindow
from gui.look.colours import DARK, LIGHT
from gui.widgets.message_bar import MessageBar
from gui.widgets.widgets import FoldOut
from tests.gui.conftest import Stage

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
)

pytestmark = pytest.mark.usefixtures("plots")


def controls(window: QWidget) -> Iterable[QWidget]:
    """Everything a person operates, without the parts that bigger controls are made of."""
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or isinstance(widget, QHeaderView):
            continue
        parent = widget.parentWidget()
        inner = isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView | QTabBar)
        # The list of a combo box has a frame of Qt's around it.
        popup = parent is not None and parent.metaObject().className().startswith("QComboBoxPrivate")
        if not inner and not popup and not isinstance(parent, QScrollBar):
            yield widget


def spoken(widget: QWidget) -> str:
    """What a screen reader says: the given name, the text, or the label whose buddy it is."""
    labels = [label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text or " ".join(labels)


def test_that_every_control_has_a_name(stage: Stage) -> None:
    stage.answer_lists()
    # Buttons of message bars get their text when the bar is shown.
    shown = [
        w for w in controls(stage.window) if not (isinstance(w.parentWidget(), MessageBar) and w.parent().isHidden())
    ]
    nameless = [w for w in shown if not spoken(w).strip() and not w.isHidden()]
    assert [f"{type(w).__name__} {w.objectName()} in {type(w.parentWidget()).__name__}" for w in nameless] == []


def test_that_every_control_takes_the_keyboard(stage: Stage) -> None:
    stage.answer_lists()
    deaf = [
        w
        for w in controls(stage.window)
        if not isinstance(w, QProgressBar) and not w.focusPolicy() & Qt.TabFocus and not w.isHidden()
    ]
    assert [f"{type(w).__name__} {spoken(w)}" for w in deaf] == []


def letters(window: MainWindow, tab: int) -> Counter[str]:
    """Alt shortcuts that are in force on a page."""
    found: Counter[str] = Counter()
    for widget in window.panels[tab].findChildren(QWidget):
        text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
        if isinstance(widget, QLabel) and widget.buddy() is None:
            continue
        key = QKeySequence.mnemonic(text).toString()
        if key and widget.isVisible():
            found[key] += 1
    for i in range(window.tabs.count()):
        found[QKeySequence.mnemonic(window.tabs.tabText(i)).toString()] += 1
    return found


def test_that_the_letter_of_a_label_leads_to_its_field(stage: Stage) -> None:
    # Qt passes over a buddy that takes no focus itself, even where it hands the focus on.
    labels = [label for label in stage.window.findChildren(QLabel) if label.buddy() is not None]
    assert len(labels) > 30
    assert [label.text() for label in labels if label.buddy().focusPolicy() == Qt.NoFocus] == []


@pytest.mark.parametrize("tab", [TRAIN, RECOMMEND, EVALUATE, PRIVACY])
def test_that_no_letter_means_two_things_on_a_page(stage: Stage, qapp: QApplication, tab: int) -> None:
    stage.answer_lists()
    stage.window.tabs.setCurrentIndex(tab)
    qapp.processEvents()
    for fold in stage.window.panels[tab].findChildren(FoldOut):
        fold.set_open(True)
    qapp.processEvents()
    assert {key: count for key, count in letters(stage.window, tab).items() if count > 1} == {}


def test_that_no_key_and_no_menu_letter_means_two_things(stage: Stage) -> None:
    keys = Counter(shortcut.key().toString() for shortcut in stage.window.findChildren(QShortcut))
    keys.update(action.shortcut().toString() for action in stage.window.actions())
    assert [key for key, count in keys.items() if count > 1] == []
    for menu in [stage.window.menu, *stage.window.menu.findChildren(QMenu)]:
        marked = Counter(QKeySequence.mnemonic(a.text()).toString() for a in menu.actions() if not a.isSeparator())
        assert [key for key, count in marked.items() if count > 1 or not key] == [], menu.title()


def test_that_the_tab_key_follows_the_eye_through_the_settings(stage: Stage, qapp: QApplication) -> None:
    """From the top to the bottom, and from left to right where controls stand side by side."""
    stage.answer_lists()
    for tab, panel in enumerate(stage.window.panels):
        stage.window.tabs.setCurrentIndex(tab)
        qapp.processEvents()
        first = next(iter(sorted(controls(panel.side), key=lambda w: w.mapTo(panel, w.rect().topLeft()).y())))
        seen, places = first, []
        for _ in range(60):
            if panel.side.isAncestorOf(seen) and seen.isVisible() and seen.isEnabled() and seen in set(controls(panel)):
                at = seen.mapTo(panel.side, seen.rect().center())
                # The fields scroll; what stands in the foot stays below all of them.
                below = 10_000 if panel.side.foot_widget.isAncestorOf(seen) else 0
                places.append((at.y() + below, at.x(), spoken(seen)))
            seen = seen.nextInFocusChain()
            if seen is first:
                break
        for before, after in itertools.pairwise(places):
            same_line = abs(before[0] - after[0]) < 12
            assert after[1] > before[1] if same_line else after[0] > before[0], (before, after)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_that_text_and_curves_stand_out_from_their_background(colours) -> None:
    for name in ("text", "muted", "accent", "success", "warning", "danger"):
        assert contrast(getattr(colours, name), colours.surface) >= 4.5, name
        assert contrast(getattr(colours, name), colours.window) >= 4.5 or name not in ("text", "muted"), name
    for name in ("success", "warning", "danger", "accent"):
        assert contrast(getattr(colours, name), getattr(colours, f"{name}_soft")) >= 4.5, name
    for name in ("curve_hr", "curve_ndcg", "curve_loss", "curve_4", "curve_5", "curve_6"):
        assert contrast(getattr(colours, name), colours.surface) >= 3, name
    assert contrast(colours.on_accent, colours.accent) >= 4.5


def test_that_curves_differ_in_more_than_colour(stage: Stage) -> None:
    plot = stage.window.train.view.curves.valid
    styles = [tuple(plot.axes.lines[curve.key].opts["pen"].dashPattern()) for curve in plot.curves]
    marks = [plot.axes.dots[curve.key].opts["symbol"] for curve in plot.curves]
    assert len(set(styles)) == len(set(marks)) == len(plot.curves) == 2
