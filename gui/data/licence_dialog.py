"""Question before a download: from where, how much, under which terms."""

from __future__ import annotations

from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from data import registry
from fl.protocol.records import DatasetInfo
from gui.widgets.widgets import MARGIN, SPACE, Card, button, label
from gui.words import text
from gui.words.i18n import tr

WIDTH = 560  # of the licence dialog


class LicenceDialog(QDialog):
    """The dialog about a download: source, size and terms. Nothing is fetched before this is accepted."""

    def __init__(self, dataset: DatasetInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Download {0}").format(dataset.title))
        self.setMinimumWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACE + 2)
        layout.addWidget(label(dataset.title, "h2"))
        counts = text.extent(dataset.n_users, dataset.n_items, dataset.n_rows)
        layout.addWidget(label(" · ".join(counts), "muted"))
        layout.addWidget(label(tr("Downloaded from {0}").format(dataset.url), wrap=True))
        terms = Card(tr("Terms of use"))
        self.licence = label(dataset.licence or tr("The source states no licence."), wrap=True)
        terms.body.addWidget(self.licence)
        spec = registry.DATASETS.get(dataset.name)
        if spec is not None and spec.citation:
            terms.body.addWidget(label(tr("To cite: {0}").format(spec.citation), "small", wrap=True))
        layout.addWidget(terms)
        buttons = QDialogButtonBox()
        self.accept_button = button(tr("&Accept and download"), "primary")
        self.refuse_button = button(tr("Do &not download"))
        buttons.addButton(self.accept_button, QDialogButtonBox.AcceptRole)
        buttons.addButton(self.refuse_button, QDialogButtonBox.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        # A dialog's own size hint forgets how high wrapped text is at this width.
        self.resize(WIDTH, layout.heightForWidth(WIDTH))
