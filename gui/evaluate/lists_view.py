"""Figures of lists that another program made: which of them apply, what was found in the file, tables and plots."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtWidgets import QVBoxLayout, QWidget

from fl.protocol.records import ListsEvaluation
from gui.evaluate.evaluation_view import EvaluationView, usual_k
from gui.widgets.message_bar import MessageBar
from gui.widgets.widgets import SPACE, clear_layout
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import tr


class ListsView(EvaluationView):
    """The figures of one file, scrolled as one page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(SPACE)
        self.summary.body.addLayout(self.notes)

    def show_lists(self, found: ListsEvaluation) -> None:
        """Show the figures of a file of lists."""
        settings = found.settings
        self.headline.setText(Path(settings.lists).name)
        parts = [
            text.dataset_title(settings.dataset),
            tr("{0} protocol").format(text.protocol_title(settings.protocol)),
            tr("%Ln users tested, each on one held-out item", n=found.n_users),
        ]
        self.sub.setText(" · ".join(parts))
        k = usual_k(found.rows)
        self.show_figures(found.rows, next(row for row in found.rows if row.scorer == "lists" and row.k == k))
        if found.warning:
            self.warning.show_message("warning", text.published_warning(), closable=False)
        else:
            self.warning.clear()
        clear_layout(self.notes)
        self._say("info", [said(one) for one in found.applies])
        self._say("warning", [said(one) for one in found.notes])
        self.show_rows(found)
        words = {"rank": tr("rank"), "score": tr("score"), "rows": tr("order of the rows")}
        self.show_facts(
            [
                (tr("File"), settings.lists),
                (tr("Ordered by"), words[found.order]),
                (tr("Rows in the file"), text.number(found.n_rows)),
                (tr("Users with a list"), text.number(found.n_lists)),
                (tr("Users tested"), text.number(found.n_users)),
                (tr("Data set"), text.dataset_title(settings.dataset)),
                (tr("Protocol"), text.protocol_title(settings.protocol)),
                (tr("Seed"), str(settings.seed)),
                (tr("Data fingerprint"), found.fingerprint),
            ]
        )

    def _say(self, tone: str, sentences: list[str]) -> None:
        if sentences:
            bar = MessageBar()
            self.notes.addWidget(bar)
            bar.show_message(
                "info" if tone == "info" else "warning", "\n".join(f"• {one}" for one in sentences), closable=False
            )
