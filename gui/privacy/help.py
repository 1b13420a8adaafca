"""Explanations of the terms of the Privacy tab: a mark beside a heading that explains on hover, click or key."""

from __future__ import annotations

from PyQt5.QtCore import QPoint
from PyQt5.QtWidgets import QWhatsThis, QWidget

from gui.widgets.tips import set_tip
from gui.widgets.widgets import IconButton
from gui.words.i18n import mark, tr

TERMS = {
    "messages": mark(
        "Everything that crosses a party's border in training, as the program defines it; a test watches that nothing "
        "else does. Sizes are those of the last round. What is masked reads as noise for everybody but all other "
        "parties together with the server, within the limits of the claim above."
    ),
    "heatmaps": mark(
        "Rows are items, columns are numbers of their embeddings: the same crop in all pictures. Half of the rows are "
        "those that the party changes most. Blue and yellow are below and above zero; the received picture shows each "
        "number's place in its range, 0 to 1."
    ),
    "cheating": mark(
        "One round of this run is replayed on this machine with the real protocol, and the server changes the sum in "
        "the way you choose. The run itself is only read. Under verified aggregation each party adds up the "
        "masked uploads itself and compares with the server's sum, value by value."
    ),
    "log": mark(
        "A line for each round under verified aggregation, and for each demonstrated cheat: in training (with the "
        "settings 'Server cheats in round') or here, in a replayed round."
    ),
    "epsilon": mark(
        "Differential privacy: what training reveals is at most e^epsilon times as likely with a user's data as "
        "without, except with probability delta. Small is good: 1 is strong, 8 is usual, more than 10 says little. It "
        "grows with each round."
    ),
    "audit": mark(
        "Attacks that somebody who reads messages or the finished item table could try. Area under the ROC curve "
        "(AUC): the chance that a true case is ranked above a false one, 0.50 is guessing. Precision: the share of "
        "right answers. Simple attacks: a low figure is no proof."
    ),
}


class HelpMark(IconButton):
    """A mark beside a heading that explains a term.

    Args:
        term: a key of TERMS.
        name: the heading it explains, for its accessible name.
    """

    def __init__(self, term: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("help", tr("What is this? {heading}").format(heading=name), parent)
        self.words = tr(TERMS[term])
        set_tip(self, self.words)
        self.setAccessibleDescription(self.words)
        self.clicked.connect(self._explain)

    def _explain(self) -> None:
        QWhatsThis.showText(self.mapToGlobal(QPoint(0, self.height())), self.words, self)
