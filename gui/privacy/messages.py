"""The picture of what leaves a party, and the table of all messages below it."""

from __future__ import annotations

from PyQt5.QtWidgets import QVBoxLayout, QWidget

from fl.protocol import events as ev
from gui.privacy.diagram import PrivacyDiagram
from gui.privacy.help import HelpMark
from gui.privacy.tables import MessageTable
from gui.widgets.pages import ScrolledColumn
from gui.widgets.result_table import ResultTable
from gui.widgets.widgets import Card, clear_layout, label
from gui.words.i18n import tr
from gui.words.what_leaves import is_open, what_stays_open

COMPACT_WIDTH = 900


class MessagesView(ScrolledColumn):
    """The messages that leave a party in a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = Card(tr("What leaves a party"))
        card.head.addWidget(HelpMark("messages", tr("What leaves a party")))
        self.diagram = PrivacyDiagram()
        card.body.addWidget(self.diagram)
        self.legend = label("", "small", wrap=True)
        card.body.addWidget(self.legend)
        self.column.addWidget(card)
        model = MessageTable(self)
        self.table = ResultTable(model, empty_text=tr("No round yet."), file_name="messages", filtering=False)
        self.table.set_heading(tr("Every kind of message"), tr("Nothing else crosses a party's border in training."))
        self.table.column_widths(
            {MessageTable.NAME: 3, MessageTable.READERS: 3},
            {
                MessageTable.FROM: tr("every party"),
                MessageTable.TO: tr("the other parties"),
                MessageTable.SHAPE: "12454 x 32 + 5",
                MessageTable.SIZE: "8888 kB",
                MessageTable.PACE: tr("once per 64 messages"),
            },
        )
        self.table.make_compact_below(
            COMPACT_WIDTH,
            [MessageTable.FROM, MessageTable.TO, MessageTable.SHAPE],
            MessageTable.NAME,
            model.second_line,
        )
        self.column.addWidget(self.table)
        self.open_card = Card(tr("What no aggregator hides"))
        self.open_words = QVBoxLayout()
        self.open_card.body.addLayout(self.open_words)
        self.column.addWidget(self.open_card)
        self.column.addStretch(1)

    def show_record(self, record: ev.PrivacyRecord) -> None:
        self.diagram.show_messages(record.messages, record.settings.parties)
        self.table.model.set_records(record.messages)
        self.table.fit_rows(len(record.messages))
        clear_layout(self.open_words)
        left_open = what_stays_open(record.settings)
        for sentence in left_open:
            self.open_words.addWidget(label("• " + sentence, wrap=True))
        self.open_card.setVisible(bool(left_open))
        opened = is_open(record.settings)
        if opened:
            self.legend.setText(tr("Solid red: the server reads what one party sends."))
        else:
            self.legend.setText(tr("Dashed green: one party's message is hidden; the server learns sums over parties."))
