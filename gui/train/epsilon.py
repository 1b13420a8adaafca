"""The loss of a round in figures and words, or epsilon where differential privacy keeps the loss secret."""

from __future__ import annotations

from fl.protocol.events import RoundDone
from fl.runs.rounds import RoundRecord
from gui.widgets.widgets import Figure
from gui.words import text
from gui.words.i18n import tr


def show_loss(figure: Figure, record: RoundRecord) -> None:
    """Show the loss of a round; with differential privacy nobody learns it, and the figure says how much was spent."""
    if record.loss is not None or record.epsilon is None:
        figure.set_title(tr("Training loss"))
        figure.set("–" if record.loss is None else f"{record.loss:.4f}")
        return
    figure.set_title(tr("Epsilon spent"))
    figure.set(f"{record.epsilon:.2f}")


def curve_values(record: RoundRecord) -> dict[str, float]:
    """Return the values for the plot of the loss: none where no loss is revealed."""
    return {} if record.loss is None else {"loss": record.loss}


def round_line(event: RoundDone) -> str:
    """Return the log's line of a round."""
    record = event.record
    figures = ", ".join(f"{key.upper()} {text.metric(value)}" for key, value in record.valid.items())
    if record.loss is not None:
        return tr("{0}: round {1} of {2}, loss {3:.4f}, validation {4}, {5:.2f} s").format(
            event.run, record.round, event.rounds, record.loss, figures, record.seconds
        )
    return tr("{run}: round {round} of {rounds}, epsilon {epsilon}, validation {figures}, {seconds} s").format(
        run=event.run,
        round=record.round,
        rounds=event.rounds,
        epsilon="–" if record.epsilon is None else f"{record.epsilon:.2f}",
        figures=figures,
        seconds=f"{record.seconds:.2f}",
    )
