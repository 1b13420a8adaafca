"""The own organisation in a federation, in place of the form: its kit, and the terms that all members signed up to."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import ReadKit
from fl.protocol.records import KitInfo
from fl.settings.federation import FederationRules
from fl.settings.train import TrainSettings
from gui.engine.client import EngineClient
from gui.widgets.file_dialogs import ask_folder
from gui.widgets.message_bar import MessageBar
from gui.widgets.tips import set_tip
from gui.widgets.widgets import SPACE, button, clear_layout, label
from gui.words import text
from gui.words.i18n import tr

_NOT_THE_FEDERATIONS = ("dataset", "name", "threads", "runtime", "address", "tensorboard")


class FederationPanel(QWidget):
    """A folder to choose, and what its kit says. Nothing of that can be edited: it is signed.

    Signals:
        changed: another kit was read, or none.

    Attributes:
        kit: that was read, None while there is none.
    """

    changed = pyqtSignal()

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._job, self._asked = "", ""
        self.kit: KitInfo | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        tip = tr("The folder that the federation's administrator gave you, with your keys in it.")
        title = label(tr("Folder of your &kit"), "field", tip=tip)
        self.folder = QLineEdit()
        self.folder.setPlaceholderText(tr("a folder with federation.toml"))
        set_tip(self.folder, tip)
        self.folder.setAccessibleName(tr("Folder of your kit"))
        self.folder.setAccessibleDescription(tip)
        title.setBuddy(self.folder)
        self.choose_button = button(tr("Choose…"))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose_button)
        layout.addWidget(title)
        layout.addLayout(row)
        self.message = MessageBar()
        layout.addWidget(self.message)
        self.facts = label("", "small", wrap=True)
        layout.addWidget(self.facts)
        self.terms_title = label(tr("Settings of the federation"), "h3")
        layout.addWidget(self.terms_title)
        self._terms = QWidget()
        grid = QGridLayout(self._terms)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        layout.addWidget(self._terms)
        self.choose_button.clicked.connect(self._choose)
        self.folder.editingFinished.connect(self.read)
        self._show()

    def set_folder(self, folder: str) -> None:
        """Take another folder, and read it once the engine can be asked."""
        self.folder.setText(folder)
        self.read()

    def read(self) -> None:
        """Have the kit read, unless it was already."""
        folder = self.folder.text().strip()
        if (self.kit is not None and folder == self.kit.folder) or (folder == self._asked and self._is_asked()):
            return
        self._asked = folder
        self.kit = None
        self.message.clear()
        if folder and self._client.state.up:
            command = ReadKit(folder=folder)
            self._job = self._client.ask(command, self._on_read, self._on_failed, instead_of=self._job)
        self._show()
        self.changed.emit()

    def missing(self) -> str:
        """Return why nobody can take part with it, "" when one can."""
        if self.kit is not None:
            return ""
        return tr("Reading the kit…") if self._is_asked() else tr("Choose the folder of your kit first.")

    def set_enabled(self, on: bool) -> None:
        """Let another kit be chosen, or not."""
        self.folder.setEnabled(on)
        self.choose_button.setEnabled(on)

    def terms(self) -> list[tuple[str, str]]:
        """Return the settings and rules of the federation as they are shown: (title, value)."""
        if self.kit is None:
            return []
        values = self.kit.settings.flat()
        settings = [
            (text.setting_title(one), text.setting_value(one, values[name]))
            for name, one in TrainSettings.declared().items()
            if name not in _NOT_THE_FEDERATIONS and name in values and one.belongs(values)
        ]
        declared = FederationRules.declared()
        values = {name: text.setting_value(one, getattr(self.kit.rules, name)) for name, one in declared.items()}
        return settings + [
            (text.setting_title(one), f"{values[name]} {tr(one.unit)}".strip()) for name, one in declared.items()
        ]

    def _is_asked(self) -> bool:
        return self._client.is_open(self._job)

    def _choose(self) -> None:
        folder = ask_folder(self.window(), tr("The folder of your kit"), "kits")
        if folder:
            self.set_folder(folder)

    def _on_read(self, event: ev.KitRead) -> None:
        self.kit = event.kit
        self.folder.setText(event.kit.folder)
        self._show()
        self.changed.emit()

    def _on_failed(self, event: ev.JobFailed) -> None:
        self.message.show_failure(event)
        self.changed.emit()

    def _show(self) -> None:
        kit = self.kit
        for part in (self.facts, self.terms_title, self._terms):
            part.setVisible(kit is not None)
        grid = self._terms.layout()
        assert isinstance(grid, QGridLayout)  # noqa: S101  # for mypy
        clear_layout(grid)
        if kit is None:
            return
        others = ", ".join(name for name in kit.addresses if name != kit.member)
        self.facts.setText(
            tr("You are {member} in {federation}, with {others}. {items} items. Your certificate is good until {date}.")
            .format(member=kit.member, federation=kit.federation, others=others, items=text.number(kit.n_items),
                    date=kit.expires)
        )  # fmt: skip
        for row, (title, value) in enumerate(self.terms()):
            grid.addWidget(label(title, "small", wrap=True), row, 0, Qt.AlignTop)
            shown = label(value, wrap=True)
            shown.setAccessibleName(f"{title}: {value}")
            grid.addWidget(shown, row, 1, Qt.AlignTop)
