"""The curves of a training: loss or bytes on the left, validation figures with popularity on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QTabBar, QWidget

from fl.protocol import events as ev
from fl.runs.rounds import RoundRecord
from gui.plots.curve import Curve
from gui.plots.curve_plot import CurvePlot
from gui.train.epsilon import curve_values
from gui.widgets.widgets import MARGIN, Card
from gui.words import text
from gui.words.i18n import tr

LOSS, BYTES = range(2)


class TrainingCurves(QWidget):
    """Two cards with plots, to which rounds may be added at any rate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        charts = QHBoxLayout(self)
        charts.setContentsMargins(0, 0, 0, 0)
        charts.setSpacing(MARGIN)
        self._left, self._right = Card(), Card()
        self.switch = QTabBar()
        self.switch.setDrawBase(False)
        self.switch.setExpanding(False)
        self.switch.setProperty("kind", "small")
        self.switch.setAccessibleName(tr("Left plot"))
        self.switch.addTab(tr("Training loss"))
        self.switch.addTab(tr("Bytes sent"))
        self._left.body.addWidget(self.switch)
        self._stack = QStackedWidget()
        # The tabs above need less room than a legend: at 1024 pixels and in large type every pixel counts.
        self._stack.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Preferred)
        self._left.body.addWidget(self._stack, 1)
        self.switch.currentChanged.connect(self._stack.setCurrentIndex)
        charts.addWidget(self._left, 2)
        charts.addWidget(self._right, 3)
        self._no_loss_yet = tr("The loss of each round appears here while a run trains.")
        self.loss = CurvePlot(
            "",
            [Curve("loss", tr("loss"), "curve_loss")],
            self._no_loss_yet,
            tip=text.loss_help(),
            accessible_name=tr("Training loss"),
        )
        self.bytes = CurvePlot(
            "",
            [Curve("up", tr("up"), "curve_hr"), Curve("down", tr("down"), "curve_ndcg")],
            tr("What one party has sent (up) and received (down) since the start appears here."),
            tip=tr("Bytes of one party, all rounds so far added up."),
            show=text.size,
            accessible_name=tr("Bytes sent"),
        )
        self.valid = CurvePlot(
            tr("Validation"),
            [
                Curve("hr@10", "HR@10", "curve_hr", text.help_text("hr")),
                Curve("ndcg@10", "NDCG@10", "curve_ndcg", text.help_text("ndcg")),
            ],
            tr("HR@10 and NDCG@10 on the validation items appear here, with popularity as a dashed line."),
            tip=tr("Each user's last but one item, ranked against 99 items the user never touched."),
        )
        self._stack.addWidget(self.loss)
        self._stack.addWidget(self.bytes)
        self._right.body.addWidget(self.valid)
        self._up = self._down = 0

    def plots(self) -> tuple[CurvePlot, ...]:
        """Return all plots."""
        return (self.loss, self.bytes, self.valid)

    def make_plots(self) -> None:
        """Make the axes before the first round comes."""
        for plot in self.plots():
            plot.make_axes()

    def reset(
        self,
        rounds: int,
        first: int,
        popularity: dict[str, float],
        earlier: Sequence[RoundRecord] = (),
        *,
        noisy: bool = False,
    ) -> None:
        """Forget the curves: a run of `rounds` rounds begins at round `first`, or goes on there after `earlier`.

        With differential privacy, `noisy`, there will be no loss.
        """
        never = tr(
            "With differential privacy there is no loss to show: parties do not reveal it, since it would tell "
            "something of their users that epsilon does not count."
        )
        self.loss.say_why_empty(never if noisy else self._no_loss_yet)
        self._up = self._down = 0
        for plot in self.plots():
            plot.clear(rounds, earlier[0].round if earlier else first)
        self.valid.set_reference(popularity)
        for record in earlier:
            self._append(record, None)

    def add(self, event: ev.RoundDone) -> None:
        """Append a finished round."""
        self._append(event.record, event.best_round)

    def _append(self, record: RoundRecord, best: int | None) -> None:
        self._up += record.bytes_up
        self._down += record.bytes_down
        self.loss.add(record.round, curve_values(record))
        self.bytes.add(record.round, {"up": self._up, "down": self._down})
        self.valid.add(record.round, record.valid, best)

    def end_at(self, number: int) -> None:
        """Leave no room for rounds after this one: the run is over."""
        for plot in self.plots():
            plot.end_at(number)
