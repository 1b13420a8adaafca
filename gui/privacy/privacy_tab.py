"""The Privacy tab: the messages of a run, what they give away, and the outcome when the server cheats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QShowEvent
from PyQt5.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from data.setting import grouped
from fl.protocol import events as ev
from fl.protocol.commands import AuditCommand, InspectRound, ReadPrivacy, ShowCheat
from fl.runs.records import RunInfo
from fl.settings.of_jobs import A_CHEATING_SERVER, AuditSettings, CheatSettings
from gui.engine.client import EngineClient, EngineState
from gui.forms.forms import SettingsForm
from gui.look.theme import colours
from gui.preferences import Preferences
from gui.privacy import words as words
from gui.privacy.audit import AuditView
from gui.privacy.cheat import CheatView
from gui.privacy.epsilon import EpsilonView
from gui.privacy.messages import MessagesView
from gui.privacy.round import RoundView
from gui.tabs.run_panel import RunPanel
from gui.tabs.state import Controls
from gui.widgets.pages import BAR_WIDTH
from gui.widgets.segments import Segments
from gui.widgets.widgets import MARGIN, SPACE, Card, IconLabel, label
from gui.words.i18n import tr
from gui.words.what_leaves import is_open

MESSAGES, ROUND, CHEATING, EPSILON, AUDIT = range(5)
CHEATS = [one.name for one in grouped(AuditSettings.declared())[A_CHEATING_SERVER]]  # switches of an audit


class PrivacyTab(RunPanel):
    """A run, its claim, and five ways to look at it. The start button audits; two views have buttons of their own."""

    def __init__(self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(client, tr("Privacy"), tr("&Start audit"), parent)
        self._preferences = preferences
        self._record_job = ""
        self._doing = ""
        self._stale = True
        self.shown: ev.PrivacyRecord | None = None
        self.form = SettingsForm(
            AuditSettings, ["run", "users", "rounds", "epsilon", *CHEATS], {"run": self.run_box}, parent=self
        )
        self.form.keep_quiet({"run"})
        fields = self.side.fields
        fields.addWidget(self.form.section(["run"]))
        fields.addWidget(self.run_facts)
        fields.addWidget(self.form.section(["users", "rounds", "epsilon"], tr("Audit")))
        fields.addWidget(self.form.section(CHEATS, tr(A_CHEATING_SERVER)))
        fields.addWidget(
            label(
                tr(
                    "Attacks the run on this machine: rebuilds rated items from a round's messages, and trains twice "
                    "on half of the users to tell them from the others. As a server that cheats it tries what the "
                    "aggregator has to withstand. The run is not changed."
                ),
                "small",
                wrap=True,
            )
        )
        fields.addStretch(1)

        self.scroll_results(self._build())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)

        self.form.changed.connect(self.refresh)
        self.run_box.picked.connect(self._on_run)
        self.round.show_button.clicked.connect(self._show_round)
        self.cheat.button.clicked.connect(self._cheat)
        client.state_changed.connect(lambda _: self._ask())
        self.form.set_values(preferences.values("privacy/settings"))
        self.show_empty()
        self.refresh()

    def _build(self) -> QWidget:
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MARGIN)
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, BAR_WIDTH, 0)
        above.setSpacing(MARGIN)
        summary = Card()
        row = QHBoxLayout()
        row.setSpacing(SPACE + 4)
        self.shield = IconLabel("shield", lambda: colours().success, 24)
        row.addWidget(self.shield, 0, Qt.AlignTop)
        self.claim = label("", wrap=True)
        row.addWidget(self.claim, 1)
        summary.body.addLayout(row)
        above.addWidget(summary)
        self.segments = Segments(
            [tr("Messages"), tr("One round"), tr("Cheating server"), tr("Epsilon"), tr("Attacks")],
            tr("What to look at"),
        )
        above.addWidget(self.segments)
        column.addLayout(above)
        self.messages, self.round, self.cheat = MessagesView(), RoundView(), CheatView()
        self.budget, self.audit = EpsilonView(), AuditView()
        self.views = QStackedWidget()
        for view in (self.messages, self.round, self.cheat, self.budget, self.audit):
            self.views.addWidget(view)
        self.segments.chosen.connect(self.views.setCurrentIndex)
        column.addWidget(self.views, 1)
        return result

    # --- the run ------------------------------------------------------------------------------------------------

    def show_runs(self, runs: Sequence[RunInfo]) -> None:
        super().show_runs(runs)
        self._stale = True
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._ask()

    def _on_run(self, run: RunInfo | None) -> None:
        self.show_run_facts(run)
        self._stale = True
        self._ask()
        self.refresh()

    def _ask(self) -> None:
        """Have the engine read the chosen run once somebody looks. Before the engine is warm, that would slow its
        start.
        """
        run = self.form.value("run")
        if not self._stale or not self.isVisible() or self.client.state is not EngineState.READY or not run:
            return
        if self.missing():
            return
        self._stale = False
        self._record_job = self.client.ask(
            ReadPrivacy(run=run), self._show, self.message.show_failure, instead_of=self._record_job
        )

    def _show(self, record: ev.PrivacyRecord) -> None:
        if self.shown is None or self.shown.run != record.run:
            self.round.clear()
            self.cheat.clear()
        self.shown = record
        self.round.expect(with_noise=record.settings.dp != "none")
        self.claim.setText(words.claim(record.settings))
        opened = is_open(record.settings)
        self.shield.show_icon(
            "warning" if opened else "shield", lambda: colours().danger if opened else colours().success
        )
        self.messages.show_record(record)
        self.cheat.show_checks(record.checks)
        self.budget.show_record(record)
        self.audit.show_audit(record.audit)
        self.stack.setCurrentIndex(1)
        self.refresh()

    # --- a training that goes on --------------------------------------------------------------------------------

    def follow_training(self, event: Any) -> None:
        """Show what an event of a training says of the run that is shown, and choose a run that begins."""
        shown = self.shown.run if self.shown is not None else None
        match event:
            case ev.TrainStarted() if not self.state.busy:
                self.run_box.choose_later(event.run)  # as soon as the list has it
            case ev.RoundDone() if event.run == shown:
                self.budget.add_round(event.record)
            case ev.SumChecked() if event.run == shown:
                self.cheat.add_check(event.check)
            case ev.TrainDone():
                self.choose_run(event.run)

    # --- jobs ---------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self._doing = tr('Auditing "{0}"')
        self.segments.choose(AUDIT)
        self.submit(AuditCommand(settings=self.form.settings), self._on_audit)

    def _show_round(self) -> None:
        if self.allowed().start:
            self._doing = tr('Replaying a round of "{0}"')
            self.submit(InspectRound(run=self.form.value("run")), self._on_inspected)

    def _cheat(self) -> None:
        if self.allowed().start:
            self._doing = tr('Cheating in a round of "{0}"')
            settings = CheatSettings(
                run=self.form.value("run"),
                tamper_kind=self.cheat.kind.currentData(),
                guard=self.cheat.guard.currentData(),
            )
            self.cheat.clear()
            self.submit(ShowCheat(settings=settings), self._on_cheat)

    def what_runs(self) -> str:
        return self._doing.format(self.form.value("run"))

    def show_controls(self, allowed: Controls) -> None:
        for one in (self.round.show_button, self.cheat.button):
            one.setEnabled(allowed.start)
        for box in (self.cheat.kind, self.cheat.guard):
            box.setEnabled(allowed.inputs)

    def on_started(self) -> None:
        self.remember()
        super().on_started()

    def _on_audit(self, event: ev.AuditDone) -> None:
        self.finish()
        if self.shown is not None and self.shown.run == event.audit.run:
            self.shown = self.shown.model_copy(update={"audit": event.audit})
        self.audit.show_audit(event.audit)

    def _on_inspected(self, event: ev.RoundInspected) -> None:
        self.finish()
        self.round.show_round(event.inspection)

    def _on_cheat(self, event: ev.CheatShown) -> None:
        self.finish()
        self.cheat.show_cheat(event)

    # --- words --------------------------------------------------------------------------------------------------

    def what_it_gives(self) -> tuple[str, str]:
        return tr("Privacy"), tr(
            "What leaves a party is shown for a trained run. A first one on the demo data takes about a minute."
        )

    def what_to_do(self) -> tuple[str, str]:
        return (
            tr("Look at a run's privacy"),
            tr("Choose a run on the left: what its parties sent, who could read it, and what it gives away."),
        )

    def remember(self) -> None:
        self._preferences.set_values("privacy/settings", self.form.values())
