"""Report of an import: figures, warnings, and the whole text."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from data.own.report import ImportReport
from gui.widgets.message_bar import MessageBar
from gui.widgets.pages import VerticalScrollArea
from gui.widgets.widgets import SPACE, Card, Figure, label
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import tr


class ImportReportView(QWidget):
    """The report of an import that has ended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(SPACE + 4)
        figures = Card(tr("Imported"))
        row = QHBoxLayout()
        self.figures = {
            "n_users": Figure(tr("Users")),
            "n_items": Figure(tr("Items")),
            "n_rows": Figure(tr("Interactions")),
            "density": Figure(tr("Density"), tr("Share of all pairs of user and item that occur.")),
        }
        for figure in self.figures.values():
            row.addWidget(figure, 1)
        figures.body.addLayout(row)
        column.addWidget(figures)
        self.warnings = MessageBar()
        column.addWidget(self.warnings)
        details = Card(tr("Report"))
        self.report_text = label("", wrap=True)
        self.report_text.setTextInteractionFlags(Qt.TextSelectableByMouse)
        details.body.addWidget(self.report_text)
        column.addWidget(details)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(VerticalScrollArea(content, whole_width=True))

    def show_report(self, report: ImportReport) -> None:
        for key in ("n_users", "n_items", "n_rows"):
            self.figures[key].set(text.number(getattr(report, key)))
        self.figures["density"].set(f"{100 * report.density:.3g} %")
        if report.warnings:
            self.warnings.show_message(
                "warning", "\n".join(said(warning) for warning in report.warnings), closable=False
            )
        self.report_text.setText("\n".join(said(fact) for fact in report.facts()))
