"""The dialog that repeats the training of the form with several seeds, and with several values of chosen settings."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from data.errors import SettingsError
from data.setting import Setting
from fl.protocol.events import JobFailed
from fl.runs.names import free_sweep
from fl.settings.sweep import SweepSettings
from fl.settings.train import TrainSettings
from gui.forms.forms import SettingsForm
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.message_bar import MessageBar
from gui.widgets.tips import set_tip
from gui.widgets.widgets import MARGIN, SPACE, button, label
from gui.words import text
from gui.words.engine_texts import said
from gui.words.i18n import tr

WIDTH = 560
_ROWS = 3  # settings that can be varied at once
# What the form decides for all runs, or what makes runs that cannot be held against each other.
_NOT_HERE = ("name", "seed", "threads", "tensorboard", "dataset", "model", "protocol", "runtime")


class SweepDialog(QDialog):
    """Asks how often, and what to vary. `settings` is what was asked for, None while a field is wrong.

    Args:
        base: what the form says, for all runs.
    """

    def __init__(self, base: TrainSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Repeat and vary a training"))
        self.setMinimumWidth(WIDTH)
        self.settings: SweepSettings | None = None
        flat = base.model_dump(mode="json")
        self._base = {name: value for name, value in flat.items() if name not in ("name", "seed")}
        declared = TrainSettings.declared()
        self._offered = {
            name: one
            for name, one in declared.items()
            if name not in _NOT_HERE and one.belongs(base.flat()) and one.annotation is not bool and not one.is_list
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACE + 2)
        layout.addWidget(
            label(
                tr(
                    "Trains with the settings of the form, once for each seed, and with every combination of the "
                    "values given below. The runs wait in the queue; what they find stands under Evaluate, Sweeps."
                ),
                wrap=True,
            )
        )
        free = free_sweep(base)
        fields = ["name", "seeds", "first_seed"]
        self.form = SettingsForm(SweepSettings, fields, defaults=lambda _: {"name": free}, parent=self)
        self.form.keep_quiet({"name"})
        layout.addWidget(self.form.section(["name"]))
        layout.addWidget(self.form.section(["seeds", "first_seed"]))
        layout.addWidget(label(tr("Settings to vary, with their values"), "field"))
        self.rows = [self._add_row(layout, number) for number in range(1, _ROWS + 1)]
        self.count = label("", "small", wrap=True)
        layout.addWidget(self.count)
        self.message = MessageBar()
        layout.addWidget(self.message)
        buttons = QDialogButtonBox()
        self.accept_button = button(tr("&Add to the queue"), "primary")
        self.cancel_button = button(tr("&Cancel"))
        buttons.addButton(self.accept_button, QDialogButtonBox.ActionRole)
        buttons.addButton(self.cancel_button, QDialogButtonBox.RejectRole)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.accept_button.setDefault(True)  # only now, as part of the dialog, does it take Enter
        self.form.changed.connect(self._check)
        self._check()
        self.form.editors["name"].setFocus(Qt.TabFocusReason)  # with which Qt chooses what stands there
        # A dialog's own size hint forgets how high wrapped text is at this width.
        self.resize(WIDTH, layout.heightForWidth(WIDTH) + 2 * MARGIN)

    def _add_row(self, layout: QVBoxLayout, number: int) -> tuple[ChoiceBox, QLineEdit]:
        box, values = ChoiceBox(), QLineEdit()
        box.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        box.addItem(tr("Nothing"), "")
        for name, one in self._offered.items():
            box.addItem(text.setting_title(one), name)
        box.setAccessibleName(tr("Setting {0}").format(number))
        values.setAccessibleName(tr("Values of setting {0}").format(number))
        values.setEnabled(False)
        box.currentIndexChanged.connect(lambda _: self._on_choice(box, values))
        values.textChanged.connect(lambda _: self._check())
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(box, 1)
        row.addWidget(values, 1)
        layout.addLayout(row)
        return box, values

    def _on_choice(self, box: ChoiceBox, values: QLineEdit) -> None:
        one = self._offered.get(str(box.currentData()))
        values.setEnabled(one is not None)
        values.setPlaceholderText("" if one is None else self._example(one))
        set_tip(values, "" if one is None else tr(one.help))
        self._check()

    def _example(self, one: Setting) -> str:
        """Return what may be typed: the choices, or the present value beside another one."""
        if one.choices:
            return ", ".join(one.choices)
        present = self._base.get(one.name)
        is_number = isinstance(present, int | float) and present
        return tr("for example {0}").format(f"{present}, {2 * present}" if is_number else "1, 2")  # type: ignore[operator]

    def _check(self) -> None:
        """Say how many runs it would be, or what is wrong."""
        given = [(box.currentData(), values.text()) for box, values in self.rows]
        vary = tuple(f"{name}={values}" for name, values in given if name and values.strip())
        self.settings = None
        told = "" if self.form.value("name") else tr("Give the sweep a name.")
        if self.form.settings is not None:
            asked: dict[str, Any] = self.form.settings.model_dump() | {"vary": vary, "base": self._base}
            made = SweepSettings(**asked)
            try:
                runs = len(made.plan())
                self.settings = made
                told = tr("%Ln runs", n=runs)
            except SettingsError as error:
                told = said(error.message)
        self.count.setText(told)
        self.accept_button.setEnabled(self.settings is not None)

    def show_failure(self, failed: JobFailed) -> None:
        """Say why the engine would not have it."""
        self.message.show_failure(failed)
        self.adjustSize()
