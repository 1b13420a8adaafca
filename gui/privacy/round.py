"""One round side by side: a party's true update, what the server receives of it, and the sum. Only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtWidgets import QGridLayout, QWidget

from fl.runs.records import Heatmap, Inspection
from fl.settings.aggregators import AGGREGATORS
from gui.privacy.help import HelpMark
from gui.widgets.pages import ScrolledColumn
from gui.widgets.widgets import MARGIN, Card, button, label
from gui.words.engine_texts import sentence
from gui.words.i18n import tr

if TYPE_CHECKING:
    from gui.privacy.heatmap import HeatmapView


class RoundView(ScrolledColumn):
    """The pictures of one round, after a button was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: list[HeatmapView] = []
        heading = tr("One round, side by side")
        self.card = Card(heading)
        self.card.head.addWidget(HelpMark("heatmaps", heading))
        self.consent = label("", "muted", wrap=True)
        self.card.body.addWidget(self.consent)
        self.show_button = button("")
        self.expect(with_noise=False)
        self.card.body.addWidget(self.show_button)
        self.note = label("", "small", wrap=True)
        self.note.hide()
        self.card.body.addWidget(self.note)
        self._place = QGridLayout()
        self._place.setHorizontalSpacing(MARGIN)
        self._place.setVerticalSpacing(4)
        self.card.body.addLayout(self._place)
        self.column.addWidget(self.card)
        self.column.addStretch(1)

    def expect(self, *, with_noise: bool) -> None:
        """Say what the button will show of the run: with differential privacy, nothing without noise."""
        if with_noise:
            self.consent.setText(
                tr(
                    "For demonstration only: this replays a round on this machine with new noise, and shows a party's "
                    "update with its part of the noise, which no party of a real federation would show."
                )
            )
            self.show_button.setText(tr("Sho&w a party's update with its noise"))
        else:
            self.consent.setText(
                tr(
                    "For demonstration only: this replays a round on this machine and shows a party's true update, "
                    "which no party of a real federation would show. Here all parties' data are on this machine anyway."
                )
            )
            self.show_button.setText(tr("Sho&w a party's true update"))

    def clear(self) -> None:
        """Forget the pictures of the last run."""
        self.note.hide()
        self._fill(False)
        self.consent.show()
        self.show_button.show()
        for picture in self.pictures:
            self._set_visible(picture, False)

    def show_round(self, found: Inspection) -> None:
        """Show a round."""
        # Only now: importing pyqtgraph and NumPy costs a third of a second.
        import numpy as np

        from gui.privacy.heatmap import HeatmapView, limit_of

        while len(self.pictures) < len(found.pictures):
            self.pictures.append(HeatmapView())
        for view in self.pictures:
            self._set_visible(view, False)
        masked = AGGREGATORS[found.aggregator].masks
        with_noise = found.pictures[0].kind == "noised"
        for column, (picture, view) in enumerate(zip(found.pictures, self.pictures, strict=False)):
            noise = masked and picture.kind == "received"
            limit = None if noise else limit_of(np.array(picture.values, np.float64))
            view.show_picture(picture, *self._said(picture, noise=noise), limit)
            # Row by row, so that the pictures begin at one height however long the words are.
            for row, part in enumerate((view.heading, view.words, view)):
                self._place.addWidget(part, row, column)
            self._place.setColumnStretch(column, 1)
            self._set_visible(view, True)
        self._fill(True)
        self.consent.hide()
        self.show_button.hide()
        note = tr(
            "For demonstration: round {round} replayed; {items} items by {columns} dimensions of the table."
        ).format(round=found.round, items=len(found.pictures[0].items), columns=len(found.pictures[0].values[0]))
        if with_noise:
            note += " " + tr("The pictures are not counted in epsilon, and not kept: do not pass them on.")
        if len(found.pictures) < 3:
            note += " " + tr("What the server receives is in shares or ciphertexts, and not shown.")
        self.note.setText(note)
        self.note.show()

    def _fill(self, whole: bool) -> None:
        """Give the card all the height there is, or only what it needs."""
        self.column.setStretch(0, int(whole))
        self.column.setStretch(1, int(not whole))
        self._place.setRowStretch(2, 1)

    @staticmethod
    def _set_visible(picture: HeatmapView, on: bool) -> None:
        for part in (picture.heading, picture.words, picture):
            part.setVisible(on)

    @staticmethod
    def _said(picture: Heatmap, *, noise: bool) -> tuple[str, str]:
        """Return heading and sentence of a picture."""
        words = {
            "update": tr("Stays in the party. It tells which items its users chose."),
            "noised": tr("Stays in the party. Its part of the noise is drawn anew; without noise nothing is shown."),
            "sum": tr("What the server learns, and takes its step with."),
            "received": tr("Uniform noise: every number is equally likely, whatever the update is.")
            if noise
            else tr("The same as what the party sends: nothing hides it from the server."),
        }
        return sentence(picture.what), words[picture.kind]
