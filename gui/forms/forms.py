"""Forms made from settings: limits, defaults, labels and explanations are declared once, where the setting is.

A field's text is never cut to fit: whatever was typed goes to pydantic as it is, and what pydantic says comes back as
a sentence under the field.
"""

from __future__ import annotations

import itertools
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from PyQt5.QtCore import QObject, QSize, Qt, pyqtSignal
from PyQt5.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from data.setting import Setting
from fl.settings.base import Settings
from fl.settings.faults import faults
from gui.forms.form_errors import explain
from gui.forms.form_section import Section
from gui.forms.number_edit import NumberEdit, limit_sentence, plain_number
from gui.look.theme import set_role
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.tips import set_tip
from gui.widgets.widgets import IconButton, label
from gui.words.i18n import tr


class CustomEditor(typing.Protocol):
    """An editor that a tab brings along for a field (data set, run and user pickers)."""

    def form_value(self) -> Any: ...

    def set_form_value(self, value: Any) -> None: ...


def _start(setting: Setting) -> Any:
    """Return what a field begins with: its default, or nothing where a value must be given."""
    return "" if setting.required else setting.default


class SettingsForm(QObject):
    """Editors for some fields of one settings class, their labels and their complaints.

    The widgets come in sections (`section`) so that a tab can place them where it likes; checking always covers all
    of them.

    Args:
        kind: the settings class. A setting that has no meaning, given the present values, is hidden and not passed on.
        names: the fields shown, in reading order.
        custom: editors to use instead of generated ones, by field name. Each has a `changed` signal.
        defaults: default values, given the present ones (a preset may depend on another field).
        hides: whether the tab itself hides a field now, whatever the values.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        kind: type[Settings],
        names: Sequence[str],
        custom: Mapping[str, QWidget] | None = None,
        defaults: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
        hides: Callable[[str], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.names = list(names)
        self._defaults_of = defaults or (lambda values: {})
        self._hides = hides or (lambda name: False)
        known = kind.declared()
        self._declared = {name: known[name] for name in self.names}
        self.defaults: dict[str, Any] = {name: _start(one) for name, one in self._declared.items()}
        self._sections: list[Section] = []
        self._hidden: set[str] = set()  # which do not apply
        self.aside: set[str] = set()  # which are not looked for
        self._checking = False
        self.editors: dict[str, QWidget] = {}
        self.labels: dict[str, Any] = {}
        self.problems: dict[str, Any] = {}
        self.reset_buttons: dict[str, IconButton] = {}
        self._cells: dict[str, QWidget] = {}
        self._settings: Settings | None = None
        self._errors: dict[str, str] = {}
        self._quiet: set[str] = set()
        for name in self.names:
            self._make(name, (custom or {}).get(name))
        # Only now: checking one field means checking all, and they all must exist.
        for editor in self.editors.values():
            self._connect(editor)
        self._check()

    # --- building -----------------------------------------------------------------------------------------------

    def _make(self, name: str, given: QWidget | None) -> None:
        setting = self._declared[name]
        caption = tr(setting.label)
        editor = given if given is not None else self._editor(setting)  # an empty combo box is falsy
        tip = " ".join(part for part in (tr(setting.help), limit_sentence(setting)) if part)
        set_tip(editor, tip)
        editor.setAccessibleName(caption.replace("&", ""))
        editor.setAccessibleDescription(tip)
        title = label(caption, "field", tip=tip)
        # A composite editor hands the focus on; but a label passes its letter over a buddy that takes none itself.
        title.setBuddy(editor.focusProxy() or editor)
        if isinstance(editor, QCheckBox):
            title.hide()  # a check box says its name itself
        problem = label("", "error", wrap=True)
        problem.hide()
        cell = QWidget()
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(title, 1)
        if not hasattr(editor, "set_form_value") and not isinstance(editor, QCheckBox):
            head.addWidget(self._reset_button(name, caption.replace("&", "")))
        layout.addLayout(head)
        layout.addWidget(editor)
        layout.addWidget(problem)
        cell.setSizePolicy(QSizePolicy.Preferred, editor.sizePolicy().verticalPolicy())
        self.editors[name], self.labels[name], self.problems[name], self._cells[name] = editor, title, problem, cell
        if given is None:
            self.set_value(name, _start(setting))

    def _reset_button(self, name: str, caption: str) -> IconButton:
        """Return a button that brings one field back to the preset; it keeps its place while it is not shown."""
        result = IconButton("undo", tr("Reset {field}").format(field=caption))
        result.setProperty("kind", "tiny")
        result.setIconSize(QSize(13, 13))
        result.setFixedSize(QSize(17, 17))
        policy = result.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        result.setSizePolicy(policy)
        result.setFocusPolicy(Qt.TabFocus)
        result.clicked.connect(lambda: self.reset([name]))
        result.hide()
        self.reset_buttons[name] = result
        return result

    def _editor(self, setting: Setting) -> QWidget:
        if setting.choices:
            box = ChoiceBox()
            # A long choice must not widen the column: it may be elided, its list is as wide as it needs.
            box.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
            if setting.optional:
                box.addItem(tr(setting.placeholder), None)
            for value in setting.choices:
                box.addItem(tr(setting.words.get(value, value)), value)
            return box
        if setting.annotation is bool:
            return QCheckBox(tr(setting.label))
        if setting.annotation in (int, float):
            return NumberEdit(setting)
        edit = QLineEdit()
        if setting.placeholder:
            edit.setPlaceholderText(tr(setting.placeholder))
        return edit

    def _connect(self, editor: QWidget) -> None:
        if isinstance(editor, QComboBox) and not hasattr(editor, "changed"):
            editor.currentIndexChanged.connect(self._check)
        elif isinstance(editor, QCheckBox):
            editor.toggled.connect(self._check)
        elif isinstance(editor, QLineEdit):
            editor.textChanged.connect(self._check)
        else:
            editor.changed.connect(self._check)  # type: ignore[attr-defined]

    def section(self, names: Sequence[str], heading: str = "") -> Section:
        """Return a widget with the given fields: numbers and texts two to a row, others one."""
        wide = {name for name in names if not isinstance(self.editors[name], NumberEdit | QLineEdit)}
        result = Section({name: (self._cells[name], name in wide or len(names) == 1) for name in names}, heading)
        result.arrange(self._hidden | self.aside)
        for before, after in itertools.pairwise(names):
            QWidget.setTabOrder(self.editors[before], self.editors[after])
        self._sections.append(result)
        return result

    # --- values -------------------------------------------------------------------------------------------------

    def value(self, name: str) -> Any:
        """Return the raw value of a field, as typed."""
        editor = self.editors[name]
        if hasattr(editor, "form_value"):
            return editor.form_value()
        if isinstance(editor, QComboBox):
            return editor.currentData()
        if isinstance(editor, NumberEdit):
            return editor.text_value()
        if isinstance(editor, QCheckBox):
            return editor.isChecked()
        assert isinstance(editor, QLineEdit)  # noqa: S101  # for mypy
        text = editor.text().strip()
        if self._declared[name].is_list:
            return [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
        return text

    def values(self) -> dict[str, Any]:
        """Return the raw values of the fields that apply."""
        return {name: self.value(name) for name in self.names if name not in self._hidden}

    def choices(self) -> dict[str, Any]:
        """Return the values that the next start should find again: those of pickers, and those that are not the
        default.
        """
        return {
            name: self.value(name)
            for name in self.names
            if hasattr(self.editors[name], "set_form_value") or self._differs(name)
        }

    def set_value(self, name: str, value: Any) -> None:
        editor = self.editors[name]
        if hasattr(editor, "set_form_value"):
            editor.set_form_value(value)
        elif isinstance(editor, QComboBox):
            index = editor.findData(value)
            if index >= 0:
                editor.setCurrentIndex(index)
        elif isinstance(editor, NumberEdit):
            editor.set_value(value)
        elif isinstance(editor, QCheckBox):
            editor.setChecked(bool(value))
        elif isinstance(editor, QLineEdit):
            editor.setText(", ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value))

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Set the fields of this form that `values` has; others are left alone (settings of another version)."""
        for name in self.names:
            if name in values and values[name] is not None:
                self.set_value(name, values[name])

    def reset(self, names: Sequence[str] | None = None) -> None:
        """Set every field back to its default."""
        for name in names or self.names:
            if not hasattr(self.editors[name], "set_form_value"):
                self.set_value(name, self.defaults[name])

    def changed_names(self) -> list[str]:
        """Return the fields whose value is not the default."""
        return [name for name in self.names if name not in self._hidden and self._differs(name)]

    def _differs(self, name: str) -> bool:
        if hasattr(self.editors[name], "set_form_value"):
            return False
        default = self.defaults[name]
        value = self.value(name)
        if isinstance(default, tuple):
            return bool([str(part) for part in default] != value)
        if isinstance(default, int | float) and not isinstance(default, bool):
            try:
                return float(value) != float(default)
            except ValueError:
                return True
        return bool(value != default)

    # --- checking -----------------------------------------------------------------------------------------------

    @property
    def settings(self) -> Any:
        """Return the checked settings, or None while a field is wrong."""
        return self._settings

    def errors(self) -> dict[str, str]:
        """Return the sentence for each field at fault."""
        return dict(self._errors)

    def keep_quiet(self, names: set[str]) -> None:
        """Let fields be empty without complaint (nothing picked yet); the form is not valid all the same."""
        self._quiet = names
        self._check()

    def recheck(self) -> None:
        self._check()

    def set_enabled(self, on: bool) -> None:
        for editor in self.editors.values():
            editor.setEnabled(on)
        for button in self.reset_buttons.values():
            button.setEnabled(on)

    def _everything(self) -> dict[str, Any]:
        return {name: self.value(name) for name in self.names}

    def _fresh_defaults(self) -> dict[str, Any]:
        usual = self._defaults_of(self._everything())
        return {name: usual.get(name, _start(one)) for name, one in self._declared.items()}

    def _adapt(self) -> None:
        """Follow what depends on other fields: defaults that nobody changed, and which fields apply."""
        # Again, as a default that was followed may be what another one depends on.
        while (fresh := self._fresh_defaults()) != self.defaults:
            follow = [n for n in self.names if fresh[n] != self.defaults[n] and not self._differs(n)]
            self.defaults = fresh
            for name in follow:
                self.set_value(name, fresh[name])
        everything = self._everything()
        hidden = {name for name, one in self._declared.items() if not one.belongs(everything) or self._hides(name)}
        if hidden != self._hidden:
            self._hidden = hidden
            self._arrange()

    def _arrange(self) -> None:
        for section in self._sections:
            section.arrange(self._hidden | self.aside)

    def shows(self, name: str) -> bool:
        """Return whether a field applies, and is among those that are looked for."""
        return name not in self._hidden | self.aside

    def put_aside(self, names: set[str]) -> None:
        """Show all fields that apply but these, which keep their values and count all the same."""
        if names != self.aside:
            self.aside = names
            self._arrange()

    def _field_of(self, error: Mapping[str, Any]) -> str:
        """Return the field that a complaint stands under: of a combination of fields, the first that this form has."""
        fields = error["loc"] or error.get("ctx", {}).get("fields", ())
        return next((str(field) for field in fields if field in self.names), self.names[0])

    def _check(self) -> None:
        if self._checking:
            return  # a default is being followed; the check that does so is still to come
        self._checking = True
        self._adapt()
        self._checking = False
        errors: dict[str, str] = {}
        self._settings = None
        try:
            self._settings = self.kind(**self.values())
        except ValidationError as error:
            for item in faults(error):
                name = self._field_of(item)
                caption = tr(self._declared[name].label).replace("&", "")
                errors.setdefault(name, explain(item, caption))
        self._errors = errors
        for name in self.names:
            text = errors.get(name, "")
            if name in self._quiet and not self.value(name):
                text = ""
            problem, editor = self.problems[name], self.editors[name]
            problem.setText(text)
            problem.setVisible(bool(text))
            self._mark_changed(name)
            if bool(editor.property("bad")) != bool(text):
                editor.setProperty("bad", bool(text))
                editor.style().unpolish(editor)
                editor.style().polish(editor)
        self.changed.emit()

    def _mark_changed(self, name: str) -> None:
        differs = self._differs(name)
        set_role(self.labels[name], "field-changed" if differs else "field")
        button = self.reset_buttons.get(name)
        if button is None:
            return
        button.setVisible(differs)
        button.setEnabled(self.editors[name].isEnabled())
        if differs:
            set_tip(button, tr("Changed. Back to {value}").format(value=self._shown(name, self.defaults[name])))

    def _shown(self, name: str, value: Any) -> str:
        """Return a value of a field as the form shows it."""
        editor = self.editors[name]
        if isinstance(editor, QComboBox):
            return editor.itemText(editor.findData(value))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return plain_number(value)
        return str(value) or tr("nothing")
