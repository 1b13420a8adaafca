"""The cheating server: the sum of one replayed round is changed, and the cheat is caught and named, or not noticed."""

from __future__ import annotations

from typing import get_args

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QComboBox, QGridLayout, QWidget

from fl.protocol import events as ev
from fl.runs.records import SumCheck
from fl.settings.of_jobs import TamperKind
from gui.privacy import words as words
from gui.privacy.help import HelpMark
from gui.privacy.tables import CheckTable
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.message_bar import MessageBar
from gui.widgets.pages import ScrolledColumn
from gui.widgets.result_table import ResultTable
from gui.widgets.widgets import MARGIN, SPACE, Card, button, label
from gui.words.i18n import tr

MOST_ROWS = 8
COMPACT_WIDTH = 900
NOISE = 1000.0  # times the largest number of the true sum: only masks that are left over make that


class CheatView(ScrolledColumn):
    """The choice of a cheat, its outcome, and the verification log."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = tr("Be a cheating server")
        self.card = Card(heading)
        self.card.head.addWidget(HelpMark("cheating", heading))
        self.card.body.addWidget(
            label(
                tr("Choose what the server does to the sum of one round, and who checks it. The run is not changed."),
                "muted",
                wrap=True,
            )
        )
        self.kind, self.guard = ChoiceBox(), ChoiceBox()
        for kind in get_args(TamperKind):
            self.kind.addItem(words.tamper_title(kind), kind)
        for guard in words.GUARDS:
            self.guard.addItem(words.guard_title(guard), guard)
        grid = QGridLayout()
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(3)
        for place, (box, caption) in enumerate(
            ((self.kind, tr("The server")), (self.guard, tr("How the round is summed")))
        ):
            title = label(caption, "field")
            title.setBuddy(box)
            box.setAccessibleName(caption)
            box.setFocusPolicy(Qt.StrongFocus)
            box.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
            grid.addWidget(title, 0, place)
            grid.addWidget(box, 1, place)
            grid.setColumnStretch(place, 1)
        self.card.body.addLayout(grid)
        self.button = button(tr("C&heat in one round"))
        self.card.body.addWidget(self.button, 0, Qt.AlignLeft)
        self.card.body.addSpacing(SPACE // 2)
        self.outcome = MessageBar()
        self.card.body.addWidget(self.outcome)
        self.column.addWidget(self.card)
        model = CheckTable(self)
        self.log = ResultTable(
            model,
            empty_text=tr("Nothing was checked yet: train with verified aggregation, or cheat once."),
            file_name="verification",
            filtering=False,
        )
        log_heading = tr("Verification log")
        self.log.head.addWidget(HelpMark("log", log_heading))
        self.log.set_heading(log_heading, tr("Newest first; also in the run folder, verification.jsonl."))
        self.log.column_widths(
            {CheckTable.OUTCOME: 1, CheckTable.CHEAT: 2, CheckTable.REASON: 3},
            {CheckTable.ROUND: "8888", CheckTable.NAMED: "party-8"},
        )
        self.log.make_compact_below(
            COMPACT_WIDTH, [CheckTable.CHEAT, CheckTable.REASON], CheckTable.OUTCOME, model.second_line
        )
        self.column.addWidget(self.log, 1)
        self.column.addStretch(1)

    def show_checks(self, checks: tuple[SumCheck, ...]) -> None:
        self.log.model.set_records(tuple(reversed(checks)))
        self.log.fit_rows(MOST_ROWS)
        if not checks:
            self.log.view.setMinimumHeight(120)

    def add_check(self, check: SumCheck) -> None:
        """Add the check of a round that has just been summed."""
        self.show_checks((*reversed(self.log.model.records), check))

    def show_cheat(self, event: ev.CheatShown) -> None:
        """Show what became of a cheat."""
        check = event.check
        if event.largest > NOISE:
            did = tr("{cheat}: {changed} % of the sum's numbers are wrong; masks do not cancel, and it is noise.")
        else:
            did = tr("{cheat}: {changed} % of the sum's numbers are wrong, by at most {largest} times the largest one.")
        did = did.format(
            cheat=words.tamper_title(check.tamper),
            changed=f"{100 * event.changed:.3g}",
            largest=f"{event.largest:.2g}",
        )
        if check.outcome == "caught":
            who = tr("Named: {culprits}.").format(culprits=words.named(check)) if check.culprits else ""
            end = tr("In training, this round is discarded and trained again.")
            said = " ".join(part for part in (tr("Caught."), words.reason(check), who, end) if part)
            self.outcome.show_message("success", f"{said}\n{did}", closable=False)
        else:
            end = tr("The server's next item table, which all users get, would be made of a wrong sum.")
            self.outcome.show_message("warning", f"{tr('Nobody noticed.')} {end}\n{did}", closable=False)
        self.add_check(check)

    def clear(self) -> None:
        self.outcome.clear()
