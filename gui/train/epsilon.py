"""What the Train tab shows of differential privacy: epsilon so far, in the place of the loss, which is not revealed."""

from __future__ import annotations

from fl.protocol.events import RoundDone
from fl.runs.rounds import RoundRecord
from gui.widgets.widgets import Figure
from gui.words.i18n import tr


def show_loss(figure: Figure, record: RoundRecord) -> None:
    """The loss of a round; with differential privacy nobody learns it, and the figure says how much was spent."""
    if record.loss is not None or record.epsilon is None:
        figure.set_title(tr("Training loss"))
        figure.set("–" if record.loss is None else f"{record.loss:.4f}")
        return
    figure.set_title(tr("Epsilon spent"))
    figure.set(f"{record.epsilon:.2f}")


def curve_values(record: RoundRecord) -> dict[str, float]:
    """What the loss plot gets: nothing where no loss is revealed."""
    return {} if record.loss is None else {"loss": record.loss}


def round_line(event: RoundDone, figures: str) -> str:
    """The log's line of a round with differential privacy."""
    record = event.record
    return tr("{run}: round {round} of {rounds}, epsilon {epsilon}, validation {figures}, {seconds} s").format(
        run=event.run,
        round=record.round,
        rounds=event.rounds,
        epsilon="–" if record.epsilon is None else f"{record.epsilon:.2f}",
        figures=figures,
        seconds=f"{record.seconds:.2f}",
    )
