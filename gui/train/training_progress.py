"""The progress of a training: its phase or round, its time, the figures of its last round."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from fl.protocol import events as ev
from gui.train.epsilon import show_loss
from gui.train.members_line import MembersLine
from gui.widgets.message_bar import MessageBar
from gui.widgets.widgets import SPACE, Card, ElidedLabel, Figure, IconButton, label
from gui.words import text
from gui.words.engine_texts import progress as progress_words
from gui.words.engine_texts import said, sentence
from gui.words.i18n import tr


def figure_row(figures: dict[str, Figure]) -> QWidget:
    """Return a row of figures side by side."""
    # Shares of the width: at 1024 pixels the longest titles just fit.
    shares = {"loss": 5, "best": 4, "bytes": 5}
    result = QWidget()
    row = QHBoxLayout(result)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    for key, figure in figures.items():
        row.addWidget(figure, shares.get(key, 6))
    return result


@dataclass(frozen=True)
class Kept:
    """The words on the card of a finished training."""

    headline: str
    sub: str
    time: str
    warning: str


class TrainingProgress(Card):
    """A card with a heading, a bar and figures.

    Signals:
        compact: the person wants the small view.
        trouble: a sentence for the log: a party is missing, or a round was refused.
    """

    compact = pyqtSignal()
    trouble = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.popularity: dict[str, float] = {}
        self._dropped: dict[str, str] = {}
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        self.headline = ElidedLabel("h1")
        self.time_text = label("", "muted")
        self.compact_button = IconButton("shrink", tr("Small view (Ctrl+M)"))
        self.compact_button.clicked.connect(self.compact)
        top.addWidget(self.headline, 1)
        top.addWidget(self.time_text)
        top.addWidget(self.compact_button)
        self.body.addLayout(top)
        self.sub = label("", "muted", wrap=True)
        self.body.addWidget(self.sub)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.body.addWidget(self.bar)
        self.members = MembersLine()
        self.body.addWidget(self.members)
        self.body.addSpacing(2)
        self.live = {
            "hr@10": Figure(tr("HR@10, validation"), text.help_text("hr")),
            "ndcg@10": Figure(tr("NDCG@10, validation"), text.help_text("ndcg")),
            "loss": Figure(tr("Training loss"), text.loss_help()),
            "best": Figure(tr("Best round"), tr("Round with the highest validation HR@10 so far.")),
            "bytes": Figure(tr("Sent by a party"), tr("Bytes that one party uploads in one round.")),
        }
        self.live_row = figure_row(self.live)
        self.body.addWidget(self.live_row)
        self.missing = MessageBar()
        self.body.addWidget(self.missing)
        self.protocol_warning = MessageBar()
        self.body.addWidget(self.protocol_warning)

    def show_idle(self) -> None:
        """Invite to a first training."""
        self.headline.setText(tr("Ready to train"))
        self.sub.setText(
            tr(
                "The demo data set is built in: press Start for a first run of less than a minute. All settings have "
                "sensible values."
            )
        )
        self.bar.setRange(0, 1)
        self.bar.setValue(0)
        self.time_text.setText("")
        self.live_row.show()

    def begin(self, what: str, *, training: bool) -> None:
        """Show that a job was sent.

        Args:
            what: what the engine does now, as a heading.
            training: the job is a training, which will have figures.
        """
        self.protocol_warning.clear()
        self.missing.clear()
        self.members.show_members(())
        self._dropped = {}
        self.bar.setRange(0, 0)
        self.sub.setText("")
        self.headline.setText(what)
        if training:
            self.live_row.show()
            for figure in self.live.values():
                figure.set("–")

    def show_phase(self, words: str) -> None:
        """Say what the engine prepares, as a heading."""
        self.headline.setText(sentence(words))

    def show_progress(self, event: ev.Progress) -> None:
        """Show how far a download or a preparation is."""
        self.bar.setRange(0, 1000 if event.total else 0)
        if event.total:
            self.bar.setValue(round(1000 * event.done / event.total))
        self.sub.setText(progress_words(event))

    def show_started(self, event: ev.TrainStarted) -> None:
        """Say what is trained on what, and warn where the protocol leaks."""
        settings = event.settings
        self.popularity = dict(event.popularity)
        self.live["loss"].set_tip(text.loss_help(settings.model))
        self.bar.setRange(0, settings.epochs)
        self.bar.setValue(event.first_round - 1)
        users = settings.clients_per_round
        drawn = round(users * event.n_users) if users <= 1 else min(int(users), event.n_users)
        facts = tr("{run}: {model} on {data}. {users} at {parties}, {drawn} in a round; {items}, {samples}.").format(
            run=event.run,
            model=text.model_title(settings.model),
            data=text.dataset_title(settings.dataset),
            users=tr("%Ln users", n=event.n_users),
            parties=tr("%Ln parties", n=settings.parties),
            drawn=text.number(drawn),
            items=tr("%Ln items", n=event.n_items),
            samples=tr("%Ln training samples", n=event.n_train),
        )
        self.sub.setText(" ".join([facts, *(said(note) for note in event.notes)]))
        if settings.protocol == "published":
            self.protocol_warning.show_message("warning", text.published_warning(), closable=False)

    def show_round(self, event: ev.RoundDone) -> None:
        """Show the figures of a finished round; the headline is the tab's business."""
        self.bar.setRange(0, event.rounds)
        record = event.record
        self.bar.setValue(record.round)
        for key in ("hr@10", "ndcg@10"):
            if key in record.valid:
                base = self.popularity.get(key)
                note = tr("popularity {0}").format(text.metric(base)) if base is not None else ""
                self.live[key].set(text.metric(record.valid[key]), note)
        show_loss(self.live["loss"], record)
        self.live["best"].set(str(event.best_round), tr("of {0} so far").format(record.round))
        self.live["bytes"].set(text.size(record.bytes_up), tr("per round"))
        self._show_dropped(record.dropped)

    def _show_dropped(self, dropped: dict[str, str]) -> None:
        """Say whom the run has lost so far, and why; each party is told to the log once."""
        if dropped == self._dropped:
            return
        words = [tr("{party} dropped out: {why}.").format(party=party, why=said(why)) for party, why in dropped.items()]
        for party, sentence_of_it in zip(dropped, words, strict=True):
            if party not in self._dropped:
                self.trouble.emit(sentence_of_it)
        self._dropped = dict(dropped)
        rest = tr("The run goes on with the other parties.")
        self.missing.show_message("warning", " ".join([*words, rest]))

    def show_refused(self, event: ev.RoundRefused) -> None:
        """Say that the sum of a round was refused and that the round is tried again."""
        words = tr(
            "The sum of round {round} was refused, nothing of it was applied, and it is tried again. {reason}"
        ).format(round=event.round, reason=said(event.reason))
        self.trouble.emit(words)
        self.missing.show_message("warning", words)

    def show_done(self, headline: str, sentence_below: str) -> None:
        """Show that a training ended as it should; its result takes the place of the live figures."""
        self.headline.setText(headline)
        self.sub.setText(sentence_below)
        self.members.show_members(())
        self.bar.setRange(0, 1)
        self.bar.setValue(1)
        self.live_row.hide()

    def kept(self) -> Kept:
        """Return what the card of a finished training says."""
        return Kept(self.headline.full_text(), self.sub.text(), self.time_text.text(), self.protocol_warning.text())

    def bring_back(self, kept: Kept) -> None:
        """Show the card of a finished training again."""
        self.show_done(kept.headline, kept.sub)
        self.time_text.setText(kept.time)
        if kept.warning:
            self.protocol_warning.show_message("warning", kept.warning, closable=False)

    def show_end(self, headline: str, sentence_below: str) -> None:
        """Show that a job ended before it was done; a bar that only moved stands still."""
        self.members.show_members(())
        self.headline.setText(headline)
        self.sub.setText(sentence_below)
        if self.bar.maximum() == 0:
            self.bar.setRange(0, 1)
            self.bar.setValue(0)
