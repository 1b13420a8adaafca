"""Findings of an audit: each attack with its figure, interval and a sentence."""

from __future__ import annotations

from PyQt5.QtWidgets import QVBoxLayout, QWidget

from fl.runs.records import Audit
from gui.privacy import words as words
from gui.privacy.help import HelpMark
from gui.privacy.tables import AuditTable
from gui.widgets.pages import ScrolledColumn
from gui.widgets.result_table import ResultTable
from gui.widgets.widgets import Card, clear_layout, label
from gui.words.engine_texts import said
from gui.words.i18n import tr

COMPACT_WIDTH = 620


class AuditView(ScrolledColumn):
    """The figures of the last audit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ResultTable(
            AuditTable(self),
            empty_text=tr("No audit yet: press Start audit on the left. On the demo data it takes a few seconds."),
            file_name="audit",
            filtering=False,
        )
        heading = tr("Attacks on this run")
        self.table.head.addWidget(HelpMark("audit", heading))
        self.table.set_heading(
            heading, tr("Also in the run folder, audit.json, and in the report of the Evaluate tab.")
        )
        self.table.column_widths(
            {AuditTable.ATTACK: 1},
            {
                AuditTable.FOUND: "0.000",
                AuditTable.INTERVAL: "0.000–0.000",
                AuditTable.CHANCE: "0.000",
                AuditTable.CASES: "88888",
            },
        )
        self.table.make_compact_below(COMPACT_WIDTH, [AuditTable.CASES])
        self.table.view.setMinimumHeight(140)
        self.column.addWidget(self.table)
        self.card = Card(tr("What that means"))
        self.sentences = QVBoxLayout()
        self.card.body.addLayout(self.sentences)
        self.column.addWidget(self.card)
        self.card.hide()
        self.server_card = Card(tr("What a cheating server learns"))
        self.server_sentences = QVBoxLayout()
        self.server_card.body.addLayout(self.server_sentences)
        self.column.addWidget(self.server_card)
        self.server_card.hide()
        self.column.addStretch(1)

    def show_audit(self, audit: Audit | None) -> None:
        figures = audit.figures if audit is not None else ()
        self.table.model.set_records(figures)
        if figures:
            self.table.fit_rows(len(figures))
        clear_layout(self.sentences)
        for figure in figures:
            self.sentences.addWidget(label(words.attack(figure), "h3", wrap=True))
            self.sentences.addWidget(label(words.verdict(figure), "muted", wrap=True))
        if figures:
            self.sentences.addWidget(
                label(
                    tr(
                        "Masks hide one party's message; they do nothing against what the result itself tells, which "
                        "only noise does. These attacks are simple ones: a low figure is no proof."
                    ),
                    wrap=True,
                )
            )
        self.card.setVisible(bool(figures))
        server = audit.server if audit is not None else ()
        clear_layout(self.server_sentences)
        for one in server:
            self.server_sentences.addWidget(label(words.server_attack(one), "h3", wrap=True))
            self.server_sentences.addWidget(label(said(one.sentence), "muted", wrap=True))
        self.server_card.setVisible(bool(server))
