"""The left column of the Train tab: data set, model, settings."""

from __future__ import annotations

from PyQt5.QtCore import QObject, QPoint, Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from data import paths
from data.setting import Setting
from fl.protocol.commands import TakePart, TrainCommand
from fl.runs.names import next_free
from fl.settings.base import is_folder_name
from fl.settings.train import PRIVACY, TrainSettings
from fl.settings.words import known_start, noise_warning
from gui.data.dataset_card import DatasetCard
from gui.engine.client import EngineClient
from gui.forms.forms import SettingsForm
from gui.train.estimate_line import EstimateLine
from gui.train.federation_panel import FederationPanel
from gui.train.privacy_note import PrivacyNote
from gui.train.train_fields import (
    ADVANCED,
    ADVANCED_NAMES,
    ADVANCED_SETTINGS,
    FIELD_NAMES,
    MAIN_NAMES,
    PLACE_NAMES,
    train_defaults,
)
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.pages import SidePanel
from gui.widgets.pickers import DatasetBox
from gui.widgets.tips import set_tip
from gui.widgets.widgets import SPACE, FoldOut, SearchField, button, label
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import mark, tr

IN_A_FEDERATION, ON_A_CLUSTER = "federation", "cluster"
# Where parties run, in words. What is left open within one computer is the setting `runtime`, which follows otherwise.
PLACES = {
    "here": mark("This computer (simulation)"),
    IN_A_FEDERATION: mark("My organisation in a federation"),
    ON_A_CLUSTER: mark("A Ray cluster"),
}


def _words_of(setting: Setting) -> str:
    """Return all words by which a setting may be looked for, in both languages."""
    words = (setting.name.replace("_", " "), setting.title, setting.help, text.setting_title(setting), tr(setting.help))
    return " ".join(words).casefold()


def _below(content: QWidget, note: QLabel | None) -> QWidget:
    """Return what a group holds, set in a little, with a note below it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, SPACE)
    column.setSpacing(SPACE)
    column.addWidget(content)
    if note is not None:
        column.addWidget(note)
    return holder


class TrainForm(QObject):
    """The fields of a side panel, with a note on privacy and an estimate of the time below them.

    Signals:
        changed: a value changed, or what is wrong with one.
    """

    changed = pyqtSignal()

    def __init__(self, side: SidePanel, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._area = side.scroll_area
        self.dataset_box = DatasetBox()
        self.settings_form = SettingsForm(
            TrainSettings, FIELD_NAMES, {"dataset": self.dataset_box}, train_defaults, parent=self
        )
        self.settings_form.keep_quiet({"address"})  # while there is none yet
        self.card = DatasetCard()
        self.federation = FederationPanel(client)
        self.model_advice = label("", "small", wrap=True)
        fields = side.fields
        fields.addWidget(self._build_place())
        fields.addWidget(self.settings_form.section(PLACE_NAMES))
        self._own_data = (self.settings_form.section(["dataset"]), self.card)
        for part in self._own_data:
            fields.addWidget(part)
        fields.addWidget(self.federation)
        self._here = QWidget()
        here = QVBoxLayout(self._here)
        here.setContentsMargins(0, 0, 0, 0)
        here.setSpacing(SPACE)
        here.addWidget(self.settings_form.section(["model"]))
        here.addWidget(self.model_advice)
        self.noise_warning = label("", "error", wrap=True)
        here.addWidget(self.noise_warning)
        here.addWidget(self.settings_form.section(MAIN_NAMES))
        self.name_note = label("", "error", wrap=True)
        self.name_button = button("", "link")
        self.name_button.clicked.connect(self._take_free_name)
        here.addWidget(self.name_note)
        here.addWidget(self.name_button, 0, Qt.AlignLeft)
        self.advanced = FoldOut(tr("&Advanced settings"), self._build_advanced())
        self.advanced.button.clicked.connect(lambda opened: self.search.setFocus() if opened else None)
        self.changed_note = label("", "small")
        self.advanced.head.insertWidget(1, self.changed_note)
        here.addWidget(self.advanced)
        fields.addWidget(self._here)
        fields.addStretch(1)
        self.privacy_note = PrivacyNote()
        self.estimate = EstimateLine(client)
        side.foot.insertWidget(0, self.privacy_note)
        side.foot.insertWidget(1, self.estimate)
        self.settings_form.changed.connect(self._on_form)
        self.federation.changed.connect(self._on_form)
        self.place.currentIndexChanged.connect(self._on_place)
        self._on_form()

    def _build_place(self) -> QWidget:
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        tip = tr(
            "Where the parties run. Between organisations, each has its own computer and its own data. A Ray cluster "
            "is one organisation's: this program deals out the data to its computers."
        )
        caption = label(tr("W&here parties run"), "field", tip=tip)
        self.place = ChoiceBox()
        self.place.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        self.place.setMinimumContentsLength(6)
        set_tip(self.place, tip)
        self.place.setAccessibleName(tr("Where parties run"))
        self.place.setAccessibleDescription(tip)
        for value, words in PLACES.items():
            self.place.addItem(tr(words), value)
        caption.setBuddy(self.place)
        column.addWidget(caption)
        column.addWidget(self.place)
        return result

    @property
    def takes_part(self) -> bool:
        """Whether the parties are organisations, and this is one of them."""
        return bool(self.place.currentData() == IN_A_FEDERATION)

    @property
    def lacks_address(self) -> bool:
        """Whether parties run on a cluster whose address is still to be given."""
        return bool(self.place.currentData() == ON_A_CLUSTER and not self.settings_form.value("address"))

    def set_place(self, value: str) -> None:
        """Choose where parties run, as `PLACES` has it."""
        self.place.setCurrentIndex(max(0, self.place.findData(value)))

    def fill(self, settings: TrainSettings) -> None:
        """Put the settings of a run into the fields, under a name that is made new."""
        if self.takes_part:
            self.set_place("here")
        form = self.settings_form
        form.reset()
        # Twice: the first time, defaults still follow the model and the data set as they come.
        for _ in range(2):
            form.set_values({**settings.flat(), "name": ""})

    def command(self) -> TrainCommand | TakePart:
        """Return what Start asks for. Called only while nothing is missing."""
        kit, settings = self.federation.kit, self.settings_form.settings
        if not self.takes_part or kit is None:
            return TrainCommand(settings=settings)
        dataset = "" if kit.is_server else str(self.settings_form.value("dataset"))
        return TakePart(kit=kit.folder, dataset=dataset, threads=0 if settings is None else settings.threads)

    def set_enabled(self, on: bool) -> None:
        """Let another place or kit be chosen, or not."""
        self.place.setEnabled(on)
        self.federation.set_enabled(on)

    def _build_advanced(self) -> QWidget:
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE)
        self.search = SearchField(tr("Find a setting"), tr("Find a setting"))
        self.search.textChanged.connect(self._find)
        inside.addWidget(self.search)
        self.groups: dict[str, FoldOut] = {}
        for heading, settings in ADVANCED.items():
            content = self.settings_form.section([one.name for one in settings])
            fold = self.groups[heading] = FoldOut(tr(heading), _below(content, self._dp_note(heading)))
            inside.addWidget(fold)
        self.nothing_found = label("", "small", wrap=True)
        self.nothing_found.hide()
        inside.addWidget(self.nothing_found)
        self.reset_button = button(tr("Reset all settings to their defaults"), "link")
        self.reset_button.clicked.connect(lambda: self.settings_form.reset())
        inside.addWidget(self.reset_button)
        return inner

    def _on_place(self) -> None:
        """Let the setting follow the place."""
        form = self.settings_form
        if self.place.currentData() == ON_A_CLUSTER:
            form.set_value("runtime", "cluster")
        elif form.value("runtime") == "cluster":
            form.set_value("runtime", "simulation")
        self._on_form()

    def _dp_note(self, heading: str) -> QLabel | None:
        """Return the line below the settings of differential privacy that says which others it changes."""
        if heading != PRIVACY:
            return None
        self.dp_note = label("", "small", wrap=True)
        return self.dp_note

    def _find(self) -> None:
        """Show the settings in whose words the searched ones are, in open groups; all in closed ones for none."""
        wanted = self.search.text().casefold().split()
        found = {one.name for one in ADVANCED_SETTINGS if all(word in _words_of(one) for word in wanted)}
        self.settings_form.put_aside(set(ADVANCED_NAMES) - found)
        shows = self.settings_form.shows
        shown = {heading: any(shows(one.name) for one in own) for heading, own in ADVANCED.items()}
        for heading, fold in self.groups.items():
            fold.setVisible(shown[heading])
            fold.set_open(bool(wanted) and shown[heading])
        titles = [text.setting_title(one) for one in ADVANCED_SETTINGS if one.name in found]
        self.nothing_found.setText(
            tr("Without meaning while the others are as they are: {settings}.").format(settings=", ".join(titles))
            if titles
            else tr("No setting has these words.")
        )
        self.nothing_found.setVisible(not any(shown.values()))
        if wanted:
            QTimer.singleShot(0, self._bring_up)  # after the layout has made room

    def _bring_up(self) -> None:
        """Scroll what was found into view, below the words that it was looked for by."""
        top = self.search.mapTo(self._area.widget(), QPoint(0, 0)).y()
        self._area.verticalScrollBar().setValue(top - SPACE)

    def _open_what_is_wrong(self) -> None:
        """Open the groups in which a field is at fault: a complaint nobody can see would be a riddle."""
        wrong = self.settings_form.errors().keys() & set(ADVANCED_NAMES)
        if not wrong:
            return
        if not self.advanced.is_open():
            self.advanced.set_open(True)
        if any(name in self.settings_form.aside for name in wrong):
            self.search.clear()
        for heading, settings in ADVANCED.items():
            if wrong & {one.name for one in settings}:
                self.groups[heading].set_open(True)

    def _show_changes(self) -> None:
        """Say how many settings of each group are changed, and which of them differential privacy changes."""
        form = self.settings_form
        changed = set(form.changed_names())
        for heading, settings in ADVANCED.items():
            number = len(changed & {one.name for one in settings})
            told = tr("{0} changed").format(number) if number else ""
            self.groups[heading].button.setText(" · ".join(filter(None, [tr(heading), told])))
        values = {name: form.value(name) for name in form.names}
        noisy = values["dp"] != "none"
        if noisy:
            usual, plain = train_defaults(values), train_defaults({**values, "dp": "none"})
            others = [
                f"{text.setting_title(one)} {text.setting_value(one, usual[name])}"
                for name, one in TrainSettings.declared().items()
                if one.group != PRIVACY and name in usual and usual[name] != plain.get(name) and form.shows(name)
            ]
            told = tr("Differential privacy begins with other values for: {settings}. Each can be changed.")
            start = known_start(str(values["dp"]), values.get("item_start") if form.shows("item_start") else None)
            notes = [told.format(settings=", ".join(others)) if others else "", said(start) if start else ""]
            self.dp_note.setText("\n".join(filter(None, notes)))
        self.dp_note.setVisible(noisy and bool(self.dp_note.text()))

    def _on_form(self) -> None:
        form = self.settings_form
        if not self.takes_part:  # a reset or the settings of another run may have taken it elsewhere
            self.set_place(ON_A_CLUSTER if form.value("runtime") == "cluster" else "here")
        model = str(form.value("model"))
        self.model_advice.setText(text.model_advice(model))
        set_tip(self.model_advice, text.model_sentence(model))
        warning = noise_warning(model, str(form.value("dp")))
        self.noise_warning.setText("" if warning is None else said(warning))
        self.noise_warning.setVisible(warning is not None)
        self._open_what_is_wrong()
        self._show_changes()
        changed = len(set(form.changed_names()) & set(ADVANCED_NAMES))
        self.changed_note.setText(tr("{0} changed").format(changed) if changed else "")
        kit = self.federation.kit
        self._here.setVisible(not self.takes_part)
        for part in self._own_data:
            part.setVisible(not (self.takes_part and kit is not None and kit.is_server))
        self.federation.setVisible(self.takes_part)
        # Settings that are wrong at the moment change nothing about what leaves a party, but an address that is missing
        # does: the last sentence is of another place.
        known = kit is not None if self.takes_part else self.place.currentData() == "here" or not self.lacks_address
        self.privacy_note.setVisible(known)
        if self.takes_part:
            if kit is not None:
                self.privacy_note.show_settings(kit.settings)
        elif form.settings is not None:  # else the last sentence stands: a typing error changes nothing about it
            self.privacy_note.show_settings(form.settings)
        self.changed.emit()

    def name_fault(self) -> str:
        """Return why the name cannot be that of a new run, with the next free one; "" when it can."""
        name = str(self.settings_form.value("name"))
        if not name or not is_folder_name(name) or not (paths.runs_dir() / name).exists():
            return ""
        return tr('There is a run called "{run}" already. Free is "{free}".').format(run=name, free=next_free(name))

    def show_name_fault(self, *, visible: bool) -> None:
        """Show below the fields whether the name is taken; not while the run of that name trains."""
        fault = self.name_fault() if visible else ""
        self.name_note.setVisible(bool(fault))
        self.name_button.setVisible(bool(fault))
        self.name_note.setText(fault)
        if fault:
            free = next_free(str(self.settings_form.value("name")))
            self.name_button.setText(tr("Call it {name}").format(name=free))

    def _take_free_name(self) -> None:
        self.settings_form.set_value("name", next_free(str(self.settings_form.value("name"))))

    def show_estimate(self, *, wanted: bool, visible: bool) -> None:
        """Ask how long a training with these settings takes, and show the answer.

        Args:
            wanted: the settings can be trained with.
            visible: the estimate stands on the screen.
        """
        here = self.place.currentData() == "here"  # nobody knows the time and memory of other computers
        self.estimate.follow(self.settings_form.settings if wanted and here else None)
        self.estimate.setVisible(visible)
