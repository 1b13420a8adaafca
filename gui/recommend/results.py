"""The result of a recommendation: the ranked list with its reasons, beside it the user's history and profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt5.QtWidgets import QComboBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from fl.protocol import events as ev
from fl.protocol.records import Profile, ReasonKind
from fl.runs.records import RunInfo, Source
from gui.recommend.item_tables import HistoryTable, RecommendationTable
from gui.recommend.why_panel import WhyPanel
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.delegates import ScoreDelegate
from gui.widgets.result_table import Fact, ResultTable, source_facts
from gui.widgets.segments import Segments
from gui.widgets.table_models import RecordRole
from gui.widgets.tips import set_tip
from gui.widgets.widgets import MARGIN, SPACE, Card
from gui.words import text
from gui.words.i18n import tr

if TYPE_CHECKING:
    from gui.recommend.profile_panel import ProfilePanel

# Narrower tables keep a readable title by putting genres and date below it.
COMPACT_WIDTH, NARROWEST = 460, 380
# Room for a score's bar, as a text of that width; a narrow table gives some of it to the titles, the narrowest all.
WIDE_SCORE, NARROW_SCORE, NO_BAR = "0.000 0.000 00", "0.000 0.00", "0.000"
HISTORY, PROFILE = range(2)


def _facts_of(source: Source) -> list[Fact]:
    return source_facts(source.run, source.round, source.protocol, source.fingerprint)


class RecommendResults(QSplitter):
    """The answer to a known user or to a newcomer, who has no history beside the list.

    Signals:
        genre_chosen: the person wants the best items of another genre; `wanted_genre` is it.
    """

    genre_chosen = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Horizontal, parent)
        self._kind: ReasonKind = "nearness"
        self._basket = False
        self._profile: Profile | None = None
        self.items = ResultTable(
            RecommendationTable(self), empty_text=tr("No items left to recommend."), file_name="recommendations"
        )
        self.items.view.setItemDelegateForColumn(RecommendationTable.SCORE, ScoreDelegate(self.items.view))
        self.items.make_compact_below(
            COMPACT_WIDTH,
            [RecommendationTable.GENRES],
            RecommendationTable.TITLE,
            lambda record: ", ".join(record.genres),
        )
        self.genre = ChoiceBox()
        self.genre.setAccessibleName(tr("The best items of this genre"))
        set_tip(self.genre, tr("The best items of this genre"))
        self.genre.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        self.genre.setMinimumContentsLength(9)
        self.items.tools.insertWidget(0, self.genre, 1)
        self.items.installEventFilter(self)
        self.why = WhyPanel()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MARGIN)
        column.addWidget(self.items, 1)
        column.addWidget(self.why)

        self.history = ResultTable(
            HistoryTable(self), empty_text=tr("This user has rated nothing."), file_name="history", filtering=False
        )
        self.history.column_widths({HistoryTable.TITLE: 3, HistoryTable.GENRES: 2}, {HistoryTable.DATE: "2026-12-28"})
        self.history.make_compact_below(
            COMPACT_WIDTH,
            [HistoryTable.GENRES, HistoryTable.DATE],
            HistoryTable.TITLE,
            lambda record: " · ".join(part for part in (text.date(record.timestamp), ", ".join(record.genres)) if part),
        )
        self.person = QWidget()
        beside = QVBoxLayout(self.person)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE)
        self.views = Segments([tr("&History"), tr("&Profile")], tr("About the user"))
        beside.addWidget(self.views)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.history)
        self.profile_card = Card()
        self.pages.addWidget(self.profile_card)
        beside.addWidget(self.pages, 1)

        self.setHandleWidth(MARGIN)
        self.setChildrenCollapsible(False)
        self.addWidget(left)
        self.addWidget(self.person)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setSizes([580, 420])
        self.items.view.selectionModel().currentChanged.connect(self._show_why)
        self.genre.currentIndexChanged.connect(self.genre_chosen)
        self.views.chosen.connect(self._show_view)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Share out the table's columns anew when its width is another one, by the window or by the handle."""
        if watched is self.items and event.type() == QEvent.Resize:
            width = self.items.width()
            score = NO_BAR if width < NARROWEST else NARROW_SCORE if width < COMPACT_WIDTH else WIDE_SCORE
            self.items.column_widths(
                {RecommendationTable.TITLE: 3, RecommendationTable.GENRES: 2},
                {RecommendationTable.RANK: "10", RecommendationTable.SCORE: score},
            )
        return super().eventFilter(watched, event)

    def show_user(self, event: ev.Recommendations, run: RunInfo | None) -> None:
        """Show the list, history and profile of a user of the data."""
        settings = event.settings
        scope = tr("items not rated yet") if settings.scope == "unrated" else tr("all items")
        facts = [scope, settings.run]
        if run is not None:
            facts += [text.model_title(run.model), text.dataset_title(run.dataset)]
        facts.append(tr("{milliseconds:.0f} ms on this machine").format(milliseconds=1000 * event.seconds))
        heading = tr("Top {0} for user {1}").format(len(event.items), settings.user)
        person = [("user", tr("User"), settings.user)]
        self._show_items(event, heading, facts, person, basket=False)
        self.history.set_source(_facts_of(event.source), lambda record: [*person, ("item", tr("Item"), record.item)])
        self.history.set_heading(
            tr("History of user {0}").format(settings.user), tr("%Ln items, newest first", n=len(event.history))
        )
        self.history.model.set_records(event.history)
        dated = any(item.timestamp > 0 for item in event.history)
        self.history.set_column_wanted(HistoryTable.DATE, dated)
        self._profile = event.profile
        self.person.show()
        self._show_view(self.views.current())

    def show_newcomer(self, event: ev.NewRecommendations, run: RunInfo | None) -> None:
        """Show the list for somebody who is not in the data."""
        settings = event.settings
        facts = [settings.run]
        if run is not None:
            facts += [text.model_title(run.model), text.dataset_title(run.dataset)]
        how = tr("nearest in the item space") if settings.basket else tr("fitted to the picks")
        facts += [how, tr("{milliseconds:.0f} ms on this machine").format(milliseconds=1000 * event.seconds)]
        if settings.basket:
            heading = tr("What goes with these %Ln items", n=len(event.picked))
        else:
            heading = tr("For a new user with %Ln items", n=len(event.picked))
        self.person.hide()
        self._show_items(event, heading, facts, [], basket=settings.basket)

    def _show_items(
        self,
        event: ev.Recommendations | ev.NewRecommendations,
        heading: str,
        facts: list[str],
        person: list[Fact],
        basket: bool,
    ) -> None:
        self._kind, self._basket = event.reason_kind, basket
        genre = event.settings.genre
        self.items.set_heading(f"{heading}: {genre}" if genre else heading, " · ".join(facts))
        self.items.set_source(_facts_of(event.source), lambda record: [*person, ("item", tr("Item"), record.item)])
        self.items.filter.clear()
        self._fill_genres(event.genres, genre)
        self.items.model.set_records(event.items)
        if event.items:
            self.items.view.selectRow(0)
        else:
            self.why.show_nothing()

    def wanted_genre(self) -> str:
        """Return the genre of which the person wants the best items, "" for all."""
        return self.genre.currentData() or ""

    def forget_genre(self) -> None:
        """Want items of all genres again: those of another run may be others."""
        self._fill_genres((), "")

    def _fill_genres(self, names: tuple[str, ...], chosen: str) -> None:
        self.genre.blockSignals(True)
        self.genre.clear()
        self.genre.addItem(tr("All genres"), "")
        for name in names:
            self.genre.addItem(name, name)
        self.genre.setCurrentIndex(max(0, self.genre.findData(chosen)))
        self.genre.setVisible(bool(names))
        self.genre.blockSignals(False)

    def _show_why(self) -> None:
        index = self.items.view.currentIndex()
        if index.isValid():
            self.why.show_reasons(index.data(RecordRole), self._kind, self._basket)
        else:
            self.why.show_nothing()

    def _show_view(self, number: int) -> None:
        if number == PROFILE and self._profile is not None:
            self.profile_panel().show_profile(self._profile)
        self.pages.setCurrentIndex(number)

    def profile_panel(self) -> ProfilePanel:
        """Return the panel of the profile, which is made when it is first looked at."""
        if not hasattr(self, "_profile_panel"):
            from gui.recommend.profile_panel import ProfilePanel

            self._profile_panel = ProfilePanel()
            self.profile_card.body.addWidget(self._profile_panel)
        return self._profile_panel
