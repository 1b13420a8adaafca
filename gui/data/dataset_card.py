"""The chosen data set at a glance: size, licence, whether it is here, and what can be done with it."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from data import registry
from data.errors import UnknownNameError
from fl.protocol.records import DatasetInfo
from gui.look.theme import set_role
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.message_bar import MessageBar
from gui.widgets.widgets import SPACE, ElidedLabel, button, label
from gui.words import text
from gui.words.i18n import tr


def is_imported(name: str) -> bool:
    """Return whether a data set is one the person imported, which can be removed."""
    try:
        return registry.spec(name).reader == registry.IMPORTED
    except UnknownNameError:
        return False


class DatasetCard(QFrame):
    """The card of the chosen data set.

    Signals:
        download: the person wants to see the terms and download.
        take_file, take_folder: take the official archive, or its unpacked folder, from this machine.
        import_own: import an own file.
        look: show the preview.
        remove: take the imported data set off this machine.
    """

    download = pyqtSignal()
    take_file = pyqtSignal()
    take_folder = pyqtSignal()
    import_own = pyqtSignal()
    look = pyqtSignal()
    remove = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: DatasetInfo | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        self.counts = label("", "small", wrap=True)
        self.chip = label("", "chip-ok")
        head.addWidget(self.counts, 1)
        head.addWidget(self.chip, 0, Qt.AlignTop)
        layout.addLayout(head)
        self.licence = ElidedLabel("small")
        layout.addWidget(self.licence)
        self.message = MessageBar()
        self.message.action.connect(self.download)
        layout.addWidget(self.message)
        self.look_button = button(
            tr("Look inside…"), "link", tip=tr("First rows, activity of users, popularity of items.")
        )
        self.look_button.clicked.connect(self.look)
        self.remove_button = button(
            tr("Remove…"), "link", tip=tr("Take this imported data set off this machine. The file it came from stays.")
        )
        self.remove_button.clicked.connect(self.remove)
        self.take_button = button(
            tr("From &file or folder…"),
            "link",
            tip=tr("Use the official archive, or the folder it unpacks to, that is already on this machine."),
        )
        menu = QMenu(self.take_button)
        menu.addAction(tr("Official archive (&zip)…"), self.take_file)
        menu.addAction(tr("Unpacked &folder…"), self.take_folder)
        self.take_button.setMenu(menu)
        self.own_button = button(
            tr("Import your o&wn file…"),
            "link",
            tip=tr("A table of who chose what: CSV, TSV or Parquet. A file can also be dropped onto the window."),
        )
        self.own_button.clicked.connect(self.import_own)
        links = FlowLayout(2 * SPACE, 0)
        for link in (self.look_button, self.take_button, self.remove_button, self.own_button):
            links.addWidget(link)
        layout.addLayout(links)
        self.show_dataset(None)

    def show_dataset(self, dataset: DatasetInfo | None) -> None:
        self._dataset = dataset
        self.message.clear()
        known = dataset is not None
        for part in (self.chip, self.licence, self.look_button):
            part.setVisible(known)
        self.take_button.hide()
        self.remove_button.hide()
        if dataset is None:
            self.counts.setText(tr("The list of data sets comes with the engine."))
            return
        ready, damaged = dataset.status == "ready", dataset.status == "damaged"
        known = bool(dataset.n_rows)
        self.counts.setText(
            " · ".join(text.extent(dataset.n_users, dataset.n_items, dataset.n_rows)) if known else dataset.name
        )
        licence = text.licence_of(dataset.licence) or tr("none stated")
        self.licence.setText(tr("Licence: {licence}").format(licence=licence))
        self.look_button.setVisible(ready)
        self.remove_button.setVisible(damaged or (ready and is_imported(dataset.name)))
        role, state = ("chip-ok", tr("ready")) if ready else ("chip-busy", tr("not here yet"))
        if damaged:
            role, state = "chip-warning", tr("damaged")
            told = tr("{0} is damaged. Import its file again under that name, or remove it.").format(dataset.title)
            self.message.show_message("warning", told, closable=False)
        elif not ready:
            self.message.show_message(
                "info",
                tr("{0} is not on this machine yet.").format(dataset.title),
                action=tr("Download…"),
                closable=False,
            )
            self.take_button.show()
        set_role(self.chip, role)
        self.chip.setText(state)
        self.chip.setAccessibleName(state)

    def set_enabled(self, on: bool) -> None:
        """Set whether the engine can be asked now."""
        for control in (self.take_button, self.own_button, self.look_button, self.remove_button):
            control.setEnabled(on)
        self.message.action_button.setEnabled(on)
