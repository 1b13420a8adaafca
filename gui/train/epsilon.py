"""What the Train tab shows of differential privacy: epsilon so far, in the place of the loss, which is not revealed."""

from __future__ import annotations

from fl.protocol.events import RoundDone
from fl.runs.records import RoundFigures
from gui.widgets.widgets import Figure
from gui.words.i18n import tr


def show_loss(figure: Figure, event: RoundDone) -> None:
    """The loss of a round; with differential privacy nobody learns it, and the figure says how much was spent."""
    if event.loss is not None or event.epsilon is None:
        figure.set_title(tr("Training loss"))
        figure.set("–" if event.loss is None else f"{event.loss:.4f}")
        return
    figure.set_title(tr("Epsilon spent"))
    figure.set(f"{event.epsilon:.2f}")


def curve_values(event: RoundDone | RoundFigures) -> dict[str, float]:
    """What the loss plot gets: nothing where no loss is revealed."""
    return {} if event.loss is None else {"loss": event.loss}


def round_line(event: RoundDone, figures: str) -> str:
    """The log's line of a round with differential privacy."""
    return tr("{run}: round {round} of {rounds}, epsilon {epsilon}, validation {figures}, {seconds} s").format(
        run=event.run,
        round=event.round,
        rounds=event.rounds,
        epsilon="–" if event.epsilon is None else f"{event.epsilon:.2f}",
        figures=figures,
        seconds=f"{event.seconds:.2f}",
    )
