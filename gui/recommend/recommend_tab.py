"""The Recommend tab: a run, one of its users or somebody new, and the items this person would like next."""

from __future__ import annotations

import random

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from fl.protocol import events as ev
from fl.protocol.commands import ListUsers, RecommendAllCommand, RecommendCommand
from fl.runs.records import RunInfo
from fl.settings.of_jobs import RecommendAllSettings, RecommendSettings
from gui.engine.client import EngineClient
from gui.forms.forms import SettingsForm
from gui.preferences import Preferences
from gui.recommend.newcomer import Newcomer
from gui.recommend.results import RecommendResults
from gui.recommend.run_links import RunLinks
from gui.tabs.run_panel import RunPanel
from gui.tabs.state import Controls
from gui.widgets.file_dialogs import ask_save
from gui.widgets.pickers import UserPicker
from gui.widgets.segments import Segments
from gui.widgets.widgets import button
from gui.words.engine_texts import said, with_hint
from gui.words.i18n import tr

USER_LIMIT = 200
KNOWN, NEW = range(2)


class RecommendTab(RunPanel):
    """A run, a person, and the list; the person is a user of the data, or somebody new."""

    light = True  # lists take no federation

    def __init__(self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(client, tr("Recommend"), tr("Recommend &items"), parent)
        self._preferences = preferences
        self._users_job = ""
        self._list_wanted = ""  # the run of which a list is to be shown as soon as its users are known
        self._users_of = ""
        self.users = UserPicker()
        self.mode = Segments([tr("&Known user"), tr("Ne&w user or basket")], tr("For whom"))
        self.form = SettingsForm(
            RecommendSettings,
            ["run", "user", "scope", "top_k", "batch_size"],
            {"run": self.run_box, "user": self.users},
            hides=lambda name: self.is_new and name in ("scope", "batch_size"),
            parent=self,
        )
        self.form.keep_quiet({"run", "user"})
        self.newcomer = Newcomer(client)
        self._user_section = self.form.section(["user"])
        self._user_section.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Expanding)
        self.users.view.setMinimumHeight(70)
        fields = self.side.fields
        fields.addWidget(self.form.section(["run"]))
        fields.addWidget(self.run_facts)
        fields.addWidget(self.mode)
        fields.addWidget(self._user_section, 1)
        fields.addWidget(self.newcomer, 1)
        fields.addWidget(self.form.section(["scope", "top_k", "batch_size"]))
        self.all_button = button(
            tr("For &all users, into a file…"),
            "link",
            tip=tr("The first K items of every user of the run, written to a CSV or JSON-lines file."),
        )
        self.all_button.clicked.connect(self.ask_for_all)
        self.side.foot.addWidget(self.all_button, 0, Qt.AlignCenter)
        self.run_links = RunLinks(client, self)
        self.side.foot.addWidget(self.run_links)

        self.results = RecommendResults()
        self.items, self.history = self.results.items, self.results.history
        self.stack.addWidget(self.empty_card)
        self.stack.addWidget(self.results)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)

        self.form.changed.connect(self._on_form)
        self.run_box.picked.connect(self._on_run)
        self.users.search.connect(lambda _: self.ask_users())
        self.users.activated.connect(self.start)
        self.users.dice.clicked.connect(self.pick_random)
        self.mode.chosen.connect(self._on_mode)
        self.newcomer.answered.connect(self._show_newcomer)
        self.newcomer.emptied.connect(self._on_emptied)
        self.newcomer.failed.connect(self.message.show_failure)
        self.results.genre_chosen.connect(self._on_genre)
        self.run_links.forgotten.connect(self._on_forgotten)
        self.run_links.failed.connect(self.message.show_failure)
        self.form.set_values(preferences.values("recommend/settings"))
        self._on_mode(KNOWN)
        self.refresh()

    # --- runs and users -----------------------------------------------------------------------------------------

    def _on_run(self, run: RunInfo | None) -> None:
        # A run that has no round yet has no users to show; it may have them when the next list comes.
        name = run.name if run is not None and self.run_box.records.usable(run) else ""
        self.show_run_facts(run)
        if name != self._users_of:
            self._users_of = name
            self.users.forget()
            self.results.forget_genre()
            self.newcomer.set_genre("")
            self.message.clear()
            self.stack.setCurrentIndex(0)  # the list on the screen is of another run
            if name:
                self.ask_users()
        self.newcomer.set_run(name)
        self.refresh()

    def ask_users(self) -> None:
        """Ask for users of the chosen run whose id contains the typed text. A newer question replaces an older one."""
        run = self.run_box.record()
        if run is None or not self.run_box.records.usable(run) or not self.client.state.up:
            return
        if not self.users.model.rowCount():
            self.users.say(tr("Reading the users…"))
        self._users_job = self.client.ask(
            ListUsers(run=run.name, query=self.users.query(), limit=USER_LIMIT, order=self.users.order()),
            self._on_users,
            self._on_no_users,
            instead_of=self._users_job,
        )

    def show_list_of(self, run: str) -> None:
        """Show a list of a run at once: of the user that is chosen there, or of the first."""
        self._list_wanted = run
        self.mode.choose(KNOWN)
        self.choose_run(run)
        if self._users_of == run and self.users.record() is not None:
            self._show_wanted()

    def _show_wanted(self) -> None:
        if self._list_wanted and self._list_wanted == self._users_of and self.allowed().start:
            self._list_wanted = ""
            self.start()

    def _on_users(self, event: ev.Users) -> None:
        self.users.set_users(event.users, event.total)
        self._show_wanted()

    def _on_no_users(self, event: ev.JobFailed) -> None:
        self.users.say(with_hint(event.error, event.hint))

    def pick_random(self) -> None:
        rows = self.users.model.rowCount()
        if rows:
            self.users.pick_row(random.randrange(rows))  # noqa: S311  # a pick to look at

    # --- known or new -------------------------------------------------------------------------------------------

    @property
    def is_new(self) -> bool:
        return self.mode.current() == NEW

    def _on_mode(self, mode: int) -> None:
        self.form.recheck()  # arranges the sections anew, and shows them
        self._user_section.setVisible(mode == KNOWN)
        self.newcomer.setVisible(mode == NEW)
        self.message.clear()
        self.stack.setCurrentIndex(0)
        self.show_empty()
        if mode == NEW:
            self.newcomer.wake()
            if self.isVisible():
                self.newcomer.picker.edit.setFocus()
        self.refresh()

    def _on_form(self) -> None:
        if "top_k" not in self.form.errors():
            self.newcomer.set_top_k(int(self.form.value("top_k")))
        self.refresh()

    def _show_newcomer(self, event: ev.NewRecommendations) -> None:
        if self.is_new:
            self.message.clear()
            self.results.show_newcomer(event, self.run_called(event.settings.run))
            self.stack.setCurrentIndex(1)

    def _on_emptied(self) -> None:
        if self.is_new:
            self.stack.setCurrentIndex(0)

    # --- the job ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self._list_wanted = ""
        settings = self.form.settings.model_copy(update={"genre": self.results.wanted_genre()})
        self.submit(RecommendCommand(settings=settings), self._on_recommendations)

    def _on_genre(self) -> None:
        """Ask again, for the best items of another genre."""
        self.newcomer.set_genre(self.results.wanted_genre())
        if not self.is_new:
            self.start()

    def start(self) -> None:
        if self.is_new:
            self.newcomer.ask()
        else:
            super().start()

    def what_runs(self) -> str:
        return tr("Recommending")

    def without_private_parts(self) -> str:
        return "" if self.is_new else super().without_private_parts()

    def missing(self) -> str:
        return super().missing() or ("" if self.users.record() is not None else tr("Choose a user."))

    def on_started(self) -> None:
        self.remember()
        super().on_started()

    def _on_recommendations(self, event: ev.Recommendations) -> None:
        self.finish()
        if not self.is_new:
            self.results.show_user(event, self.run_called(event.settings.run))
            self.stack.setCurrentIndex(1)
            self._note(event.note)

    def _note(self, note: str) -> None:
        if note:
            self.message.show_message("info", said(note))

    def ask_for_all(self) -> None:
        name, _ = ask_save(
            self,
            tr("Recommendations for all users"),
            f"{self.form.value('run')}-recommendations.csv",
            tr("CSV files (*.csv);;JSON lines (*.jsonl)"),
            "tables-out",
        )
        if name:
            self.recommend_all(name if name.lower().endswith((".csv", ".jsonl")) else f"{name}.csv")

    def recommend_all(self, path: str) -> None:
        """Have the lists of all users of the run written to a file, as this panel's job."""
        settings = self.form.settings
        if settings is None or not self.all_button.isEnabled():
            return
        wanted = RecommendAllSettings.model_validate(
            {"run": settings.run, "output": path, "top_k": settings.top_k, "scope": settings.scope}
        )
        self.submit(RecommendAllCommand(settings=wanted), self._on_recommended_all)

    def _on_recommended_all(self, event: ev.RecommendedAll) -> None:
        self.finish()
        done = tr("{rows} for {users} saved to {path}").format(
            rows=tr("%Ln rows", n=event.n_rows), users=tr("%Ln users", n=event.n_users), path=event.path
        )
        self.message.show_message("success", " ".join(filter(None, [done, said(event.note)])))

    def _on_forgotten(self, event: ev.UserForgotten) -> None:
        self.stack.setCurrentIndex(0)
        self.ask_users()
        done = tr('"{0}" has forgotten user {1}.').format(event.run, event.user)
        self.message.show_message("success", " ".join([done, *map(said, event.notes)]))

    def show_controls(self, allowed: Controls) -> None:
        run, user = self.run_box.record(), self.users.record()
        usable = run is not None and self.run_box.records.usable(run) and not self.state.busy
        self.run_links.offer(run.name if run is not None and usable else "", "" if user is None else user.id)
        self.run_links.forget_button.setVisible(not self.is_new)
        self.all_button.setEnabled(allowed.start)
        self.all_button.setVisible(not self.state.busy and not self.is_new)
        if self.is_new:  # the list follows by itself
            self.start_button.hide()
            self.why_not.setText(RunPanel.missing(self))
            self.why_not.setVisible(bool(self.why_not.text()))

    # --- words --------------------------------------------------------------------------------------------------

    def what_it_gives(self) -> tuple[str, str]:
        return tr("Recommendations"), tr(
            "Recommendations come from a trained run. A first one on the demo data takes less than a minute."
        )

    def what_to_do(self) -> tuple[str, str]:
        if self.is_new:
            return tr("Pick some items"), tr(
                "Search on the left and press Enter to pick an item somebody likes. Recommendations appear at once and "
                "follow each pick; nothing leaves this machine."
            )
        return tr("Choose a user"), tr(
            "Pick a user on the left and press Recommend, or double-click the user. The user's history appears beside "
            "the result."
        )

    def remember(self) -> None:
        # What does not apply to somebody new keeps its value for the next known user.
        kept = self._preferences.values("recommend/settings")
        self._preferences.set_values("recommend/settings", {**kept, **self.form.values()})
