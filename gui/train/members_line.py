"""The members of a federation, or the parties on a cluster, and what each does now, in a line of signs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PyQt5.QtWidgets import QWidget

from fl.protocol.records import MemberInfo
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.widgets import SPACE, Chip, clear_layout
from gui.words.engine_texts import said
from gui.words.i18n import tr

_ROLES = {
    "waiting": "chip-warning",
    "connected": "chip-busy",
    "training": "chip-ok",
    "finished": "chip-ok",
    "failed": "chip-bad",
    "lost": "chip-bad",
}


def state_words(member: MemberInfo) -> str:
    """Return what a member does, in words."""
    match member.state:
        case "waiting":
            return tr("waited for")
        case "connected":
            return tr("connected")
        case "training" if member.round:
            return tr("training, round {0} done").format(member.round)
        case "training":
            return tr("training")
        case "finished":
            return tr("finished")
        case "failed":
            return tr("failed")
        case _:
            return tr("lost since {0}").format(datetime.fromtimestamp(member.since).strftime("%H:%M:%S"))


class MembersLine(QWidget):
    """A sign for each member; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(SPACE, SPACE // 2)
        self.setLayout(self._flow)
        self.setAccessibleName(tr("Members of the federation"))
        self.members: tuple[MemberInfo, ...] = ()
        self.hide()

    def show_members(self, members: Sequence[MemberInfo]) -> None:
        """Show these, in the place of what was there."""
        clear_layout(self._flow)
        self.members = tuple(members)
        for member in members:
            self._flow.addWidget(Chip(_words(member), _ROLES[member.state], said(member.problem)))
        self.setVisible(bool(members))
        self.updateGeometry()

    def words(self) -> list[str]:
        """Return what the signs say."""
        return [_words(member) for member in self.members]


def _words(member: MemberInfo) -> str:
    if member.node:
        return tr("{name} on {node}: {state}").format(name=member.name, node=member.node, state=state_words(member))
    return tr("{name}: {state}").format(name=member.name, state=state_words(member))
