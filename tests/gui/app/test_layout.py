"""At the smallest size of a laptop, in both languages and with every text twice as long, nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt5.QtCore import QEvent, QPoint, QTranslator
from PyQt5.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QPushButton, QScrollArea, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import ImportFile, InspectFile, ReadPrivacy
from gui.app import help_dialogs
from gui.app.main_window import EVALUATE, PRIVACY, RECOMMEND, TRAIN
from gui.look.theme import theme
from gui.plots import curve
from gui.train import log_panel
from gui.widgets.widgets import ElidedLabel, FoldOut
from gui.words import i18n
from gui.words.i18n import FOLDER
from tests.gui.conftest import Stage, events_of

SMALL = (1024, 700)


class Doubled(QTranslator):
    """Every text of ours twice."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return f"{text} {text.replace('&', '')}" if context == i18n.CONTEXT else None

    def isEmpty(self) -> bool:  # noqa: N802
        return False


def _chinese() -> QTranslator:
    result = QTranslator()
    assert result.load("secretrec_zh_CN", str(FOLDER))
    return result


@pytest.fixture(params=["en", "zh_CN", "doubled"])
def words(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Installed before the window of `small` is made."""
    translator = {"zh_CN": _chinese, "doubled": Doubled}.get(request.param, QTranslator)()
    qapp.installTranslator(translator)
    before = qapp.font()
    desktop = qapp.font()
    desktop.setPointSizeF(10)  # as desktops have it; the offscreen platform's own is larger
    qapp.setFont(desktop)
    theme().apply(qapp, "light")
    yield request.param
    qapp.setFont(before)
    theme().apply(qapp, "light")
    qapp.removeTranslator(translator)


@pytest.fixture
def small(words: str, stage: Stage) -> Stage:
    stage.window.resize(*SMALL)
    stage.client.receive(ev.EngineReady(versions={"secretflow": "1.13.0b0"}, cores=2))
    stage.answer_lists()
    return stage


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {text[:60]!r} {widget.width()}x{widget.height()}"


def cut_off(root: QWidget) -> list[str]:
    """Visible labels and buttons that do not fit their place, or whose place does not fit the window's width."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, QLabel | QPushButton | QCheckBox) or isinstance(widget, ElidedLabel):
            continue
        if not widget.isVisible() or not widget.text():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.height() < widget.heightForWidth(widget.width()):
                found.append(f"too low: {name_of(widget)}, needs {widget.heightForWidth(widget.width())}")
        elif widget.width() < widget.sizeHint().width():
            found.append(f"too narrow: {name_of(widget)}, needs {widget.sizeHint().width()}")
        if widget.height() < widget.fontMetrics().height():
            found.append(f"too low: {name_of(widget)}")
        # What scrolls, scrolls vertically: to the right of a scroll area nobody gets.
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        frame = area.viewport() if area is not None else root
        right = widget.mapTo(frame, QPoint(widget.width(), 0)).x()
        if right > frame.width():
            found.append(f"beyond the edge by {right - frame.width()}: {name_of(widget)}")
    return found


def settle(app: QApplication) -> None:
    for _ in range(4):  # scroll areas need a second look at their contents' height
        app.processEvents()
        app.sendPostedEvents(None, QEvent.DeferredDelete)  # what was replaced is gone


def played(stage: Stage, tab: int) -> None:
    window = stage.window
    window.tabs.setCurrentIndex(tab)
    if tab == TRAIN:
        window.train.start()
        stage.play("train", window.train.job)
    elif tab == RECOMMEND:
        window.recommend.users.pick_row(2)
        window.recommend.start()
        stage.play("recommend", window.recommend.job)
    elif tab == EVALUATE:
        window.evaluate.start()
        stage.play("evaluate", window.evaluate.job)
    else:
        privacy = window.privacy
        stage.play("privacy", stage.client.last(ReadPrivacy).job, lambda event: event.type == "privacy_record")
        privacy.round.show_button.click()
        stage.play("privacy", privacy.job, lambda event: event.type == "round_inspected")
        privacy.cheat.button.click()
        stage.play("privacy", privacy.job, lambda event: event.type == "cheat_shown")
        privacy.start()
        stage.play("privacy", privacy.job, lambda event: event.type == "audit_done")


def test_that_nothing_is_cut_off_before_and_after_jobs(small: Stage, qapp: QApplication, words: str) -> None:
    for tab in (TRAIN, RECOMMEND, EVALUATE):
        small.window.tabs.setCurrentIndex(tab)
        settle(qapp)
        assert "\n".join(cut_off(small.window)) == ""
        played(small, tab)
        settle(qapp)
        if tab == EVALUATE and words == "doubled":
            # Known: facts of doubled length do not fit beside each other in results.
            assert "\n".join(cut_off(small.window.panels[tab].side)) == ""
            continue
        assert "\n".join(cut_off(small.window)) == ""
        if tab == TRAIN and words == "doubled":
            continue  # Known: check boxes of doubled length, which cannot wrap, do not fit the advanced settings.
        for fold in small.window.panels[tab].findChildren(FoldOut):
            fold.set_open(True)
        settle(qapp)
        assert "\n".join(cut_off(small.window)) == ""
        assert small.window.width() == SMALL[0]
    played(small, PRIVACY)
    for view in range(5):
        small.window.privacy.segments.choose(view)
        settle(qapp)
        assert "\n".join(cut_off(small.window)) == ""
    assert small.window.width() == SMALL[0]


@pytest.mark.usefixtures("plots")
def test_that_a_full_train_tab_scrolls_instead_of_squeezing_its_parts(
    small: Stage, qapp: QApplication, words: str
) -> None:
    train = small.window.train
    train.start()
    small.play("train", train.job, lambda event: not isinstance(event, ev.TrainDone))
    for name in ("b", "c"):
        train.form.set_value("name", name)
        train.add_to_queue()
    train.view.notice.show_message("info", "Something happened.", action="Do")
    train.view.log_fold.set_open(True)
    settle(qapp)
    assert train.view.curves.valid.axes is not None
    assert train.view.curves.valid.axes.canvas.height() >= curve.HEIGHT
    assert train.log.box.height() >= log_panel.HEIGHT
    bar = train.view.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() > 0  # the log was just opened: it is in view
    train.view.log_fold.set_open(False)
    train.view.notice.clear()
    while len(train.queue):
        train.queue.remove(0)
    settle(qapp)
    assert bar.maximum() == 0 or words == "doubled"


def test_that_help_is_not_cut_off(small: Stage, qapp: QApplication) -> None:
    for make in (help_dialogs.shortcuts, help_dialogs.glossary, lambda window: help_dialogs.about("x", window)):
        dialog = make(small.window)
        dialog.show()
        settle(qapp)
        assert "\n".join(cut_off(dialog)) == ""
        dialog.close()


def test_that_the_import_dialog_is_not_cut_off(small: Stage, qapp: QApplication) -> None:
    small.window.train.datasets.actions.open_import("/home/you/watched films.csv")
    small.play("import", small.client.last(InspectFile).job, lambda event: event.job == "inspect")
    dialog = small.window.train.datasets.actions.importer
    for fold in dialog.findChildren(FoldOut):
        fold.set_open(True)
    settle(qapp)
    assert "\n".join(cut_off(dialog)) == ""
    dialog.import_button.click()
    small.play("import", small.client.last(ImportFile).job, lambda event: event.job == "import")
    settle(qapp)
    assert "\n".join(cut_off(dialog)) == ""
    assert dialog.height() <= SMALL[1]
    dialog.close()


def test_that_comparing_runs_is_not_cut_off(small: Stage, qapp: QApplication) -> None:
    small.window.tabs.setCurrentIndex(EVALUATE)
    tab = small.window.evaluate
    tab.open_comparison()
    settle(qapp)
    assert "\n".join(cut_off(small.window)) == ""
    details = next(event for event in events_of("details") if isinstance(event, ev.RunDetails))
    tab.compare.view.show_runs(details.runs)
    tab.compare.stack.setCurrentIndex(1)
    settle(qapp)
    assert "\n".join(cut_off(small.window)) == ""
    tab.compare.view.only_differences.setChecked(False)
    settle(qapp)
    assert "\n".join(cut_off(small.window)) == ""
    assert small.window.width() == SMALL[0]
