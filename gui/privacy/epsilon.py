"""Epsilon so far: the figure with its delta, the curve by round, and what it does not cover."""

from __future__ import annotations

from PyQt5.QtWidgets import QHBoxLayout, QWidget

from fl.protocol import events as ev
from fl.runs.rounds import RoundRecord
from fl.settings.train import TrainSettings
from gui.plots.curve import Curve
from gui.plots.curve_plot import CurvePlot
from gui.privacy.help import HelpMark
from gui.widgets.pages import ScrolledColumn
from gui.widgets.widgets import SPACE, Card, Figure, label
from gui.words.i18n import tr


class EpsilonView(ScrolledColumn):
    """The privacy account of a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = tr("Privacy budget (differential privacy)")
        self.card = Card(heading)
        self.card.head.addWidget(HelpMark("epsilon", heading))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self.epsilon = Figure(tr("Epsilon so far"))
        self.delta = Figure(tr("Delta"))
        self.noise = Figure(tr("Noise (times C)"))
        self.clip = Figure(tr("Clipping norm (C)"))
        self.figures = QWidget()
        self.figures.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        for figure in (self.epsilon, self.delta, self.noise, self.clip):
            row.addWidget(figure, 1)
        self.card.body.addWidget(self.figures)
        self.words = label("", "muted", wrap=True)
        self.card.body.addWidget(self.words)
        self.plot = CurvePlot(
            tr("Epsilon by round"),
            [Curve("epsilon", tr("epsilon"), "curve_hr")],
            tr("No round yet."),
            show="{:.2f}".format,
        )
        self.plot.setFixedHeight(250)
        self.card.body.addWidget(self.plot)
        self.column.addWidget(self.card)
        self.not_covered = Card(tr("Not covered by epsilon"))
        for sentence in (
            tr("Figures of the finished run: test figures, popularity baseline, reports. They are exact sums."),
            tr("Trying several settings on the same data: every run has an epsilon of its own, and they add up."),
            tr(
                "Facts of the data in the run's config.json: its fingerprint, the number of ratings, and FCF's "
                "weight alpha."
            ),
            tr("What a party refuses to send and why (a value beyond the range is told with its noise)."),
            tr("How long a round takes; that noise and sums are rounded as computers do."),
            tr("A party takes its own part of the noise off: to it, the sum is less noisy than the figure says."),
        ):
            self.not_covered.body.addWidget(label("• " + sentence, wrap=True))
        self.column.addWidget(self.not_covered)
        self.column.addStretch(1)

    def show_record(self, record: ev.PrivacyRecord) -> None:
        private = record.settings.dp != "none"
        self.figures.setVisible(private)
        self.not_covered.setVisible(private)
        self.plot.setVisible(private)
        if not private:
            self.words.setText(
                tr(
                    "This run has no differential privacy: no noise was added, and nothing bounds what the sums and "
                    "the finished model say about a user. To train with it, choose Differential privacy among the "
                    "advanced settings of the Train tab."
                )
            )
            return
        spent = record.epsilon if record.epsilon is not None else (record.epsilons or ((0, None),))[-1][1]
        self.epsilon.set("–" if spent is None else f"{spent:.2f}", self._target(record.settings))
        self.delta.set("–" if record.delta is None else f"{record.delta:.1e}")
        self.noise.set("–" if record.noise_multiplier is None else f"{record.noise_multiplier:.3g}")
        self.clip.set(f"{record.settings.clip_norm:g}")
        kind = (
            tr("Of each user: noise on the sum, added by the parties before masking.")
            if record.settings.dp == "user"
            else tr("Local: noise on each user's update, before it is added to others.")
        )
        self.words.setText(kind)
        self.plot.clear(max(record.settings.epochs, 2))
        for number, value in record.epsilons:
            self.plot.add(number, {"epsilon": value})
        self.plot.redraw_now()

    def add_round(self, record: RoundRecord) -> None:
        """Add a round of the run that is shown, which has just been trained."""
        if record.epsilon is None:
            return
        self.epsilon.set(f"{record.epsilon:.2f}", self.epsilon.note())
        self.plot.add(record.round, {"epsilon": record.epsilon})

    @staticmethod
    def _target(settings: TrainSettings) -> str:
        target = settings.target_epsilon
        return tr("of at most {target}").format(target=f"{target:g}") if target else ""
