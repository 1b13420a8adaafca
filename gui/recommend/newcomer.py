"""A new user or a basket: the picked items, the kind of list, and the questions to the engine.

They are no job of the panel's: the engine answers at once, also while something else runs.
"""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import ListItems, RecommendNewCommand
from fl.settings.of_jobs import NewUserSettings
from gui.engine.client import EngineClient
from gui.recommend.item_picker import ItemPicker
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.tips import set_tip, set_tip_of_choice
from gui.widgets.widgets import SPACE, delay
from gui.words.engine_texts import with_hint
from gui.words.i18n import tr

ITEM_LIMIT = 100
ASK_DELAY_MS = 30  # several picks in one go are one question


class Newcomer(QWidget):
    """The fields for somebody who is not in the data.

    Signals:
        answered: recommendations for what is picked now.
        emptied: nothing is picked any more.
        failed: the JobFailed of a question for recommendations.
    """

    answered = pyqtSignal(object)  # ev.NewRecommendations
    emptied = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._run = self._genre = ""
        self._top_k = 10
        self._items_job = self._list_job = ""
        self.picker = ItemPicker()
        self.kind = ChoiceBox()
        self.kind.addItems([tr("What such a person would like"), tr("What goes with these items")])
        self.kind.setAccessibleName(tr("What to show"))
        set_tip_of_choice(self.kind, 0, tr("A scoring function is fitted to the picks on this machine."))
        set_tip_of_choice(
            self.kind,
            1,
            tr("Basket: items near the picked ones in the run's item space. No person is thought of."),
        )
        self.kind.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.picker, 1)
        layout.addWidget(self.kind)
        self.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Expanding)
        self._soon = delay(self, ASK_DELAY_MS, self.ask)
        self.picker.search.connect(lambda _: self.ask_items())
        self.picker.changed.connect(self._on_change)
        self.kind.currentIndexChanged.connect(self._on_change)
        self._explain()

    @property
    def basket(self) -> bool:
        return self.kind.currentIndex() == 1

    def set_run(self, run: str) -> None:
        """Pick from this run's items; "" for none. Items of another run's data set are forgotten."""
        if run == self._run:
            return
        self._run = run
        self.picker.say("")
        if self.isVisible():
            self.wake()

    def set_top_k(self, top_k: int) -> None:
        if top_k != self._top_k:
            self._top_k = top_k
            self._on_change()

    def set_genre(self, genre: str) -> None:
        """Recommend items of this genre only; "" for all."""
        if genre != self._genre:
            self._genre = genre
            if self._run and self.picker.picked:
                self._soon.start()

    def wake(self) -> None:
        """Fill the list of items and bring the answer up to date, now that the mode is shown."""
        self.ask_items()
        self._on_change()

    # --- questions ----------------------------------------------------------------------------------------------

    def ask_items(self) -> None:
        """Ask for the run's items whose title contains the typed text. A newer question replaces an older one."""
        if not self._run or not self._client.state.up:
            return
        if not self.picker.model.rowCount():
            self.picker.count.setText(tr("Reading the items…"))
        self._items_job = self._client.ask(
            ListItems(run=self._run, query=self.picker.query(), limit=ITEM_LIMIT),
            self._on_items,
            self._on_no_items,
            instead_of=self._items_job,
        )

    def ask(self) -> None:
        """Ask for recommendations for what is picked."""
        self._soon.stop()
        if not self._run or not self._client.state.up or not self.picker.picked:
            return
        settings = NewUserSettings(
            run=self._run, items=tuple(self.picker.ids()), basket=self.basket, top_k=self._top_k, genre=self._genre
        )
        # An answer to what was picked a moment ago would flicker.
        self._list_job = self._client.ask(
            RecommendNewCommand(settings=settings), self._on_list, self.failed.emit, instead_of=self._list_job
        )

    # --- answers ------------------------------------------------------------------------------------------------

    def _on_items(self, event: ev.Items) -> None:
        self.picker.set_items(event.items, event.total)

    def _on_list(self, event: ev.NewRecommendations) -> None:
        self.answered.emit(event)

    def _on_no_items(self, event: ev.JobFailed) -> None:
        self.picker.say(with_hint(event.error, event.hint))

    def _on_change(self) -> None:
        self._explain()
        if self.picker.picked:
            self._soon.start()
        else:
            self._soon.stop()
            self._client.forget(self._list_job)
            self.emptied.emit()

    def _explain(self) -> None:
        set_tip(self.kind, self.kind.currentData(Qt.ToolTipRole))
