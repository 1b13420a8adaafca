"""Forms made from the settings of fl.config: limits, defaults and explanations are declared once, there.

A field's text is never cut to fit: whatever was typed goes to pydantic as it is, and what pydantic says comes back as
a sentence under the field.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Union

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from PyQt5.QtCore import QT_TRANSLATE_NOOP, QEvent, QObject, Qt, pyqtSignal
from PyQt5.QtGui import QValidator, QWheelEvent
from PyQt5.QtWidgets import QAbstractSpinBox, QComboBox, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from gui.text import translate
from gui.theme import set_role
from gui.widgets import SPACE, label

PYDANTIC_WHERE = {"greater_than_equal": "ge", "greater_than": "gt", "less_than_equal": "le", "less_than": "lt"}


@dataclass(frozen=True)
class FieldUi:
    """What a form adds to a pydantic field: its label (with mnemonic), unit, placeholder and names for its choices."""

    label: str
    unit: str = ""
    placeholder: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    step: float = 1


FIELDS: dict[str, FieldUi] = {
    "dataset": FieldUi(QT_TRANSLATE_NOOP("fields", "&Data set")),
    "model": FieldUi(QT_TRANSLATE_NOOP("fields", "&Model"), choices={"pfedrec": "PFedRec"}),
    "epochs": FieldUi(QT_TRANSLATE_NOOP("fields", "&Epochs (rounds)"), step=10),
    "batch_size": FieldUi(QT_TRANSLATE_NOOP("fields", "&Batch size"), step=64),
    "parties": FieldUi(QT_TRANSLATE_NOOP("fields", "&Parties")),
    "name": FieldUi(
        QT_TRANSLATE_NOOP("fields", "&Name of the run"), placeholder=QT_TRANSLATE_NOOP("fields", "automatic")
    ),
    "aggregator": FieldUi(
        QT_TRANSLATE_NOOP("fields", "A&ggregation"),
        choices={
            "secure": QT_TRANSLATE_NOOP("fields", "Secure (masked sum)"),
            "plain": QT_TRANSLATE_NOOP("fields", "Plain (unprotected)"),
        },
    ),
    "runtime": FieldUi(
        QT_TRANSLATE_NOOP("fields", "Parties run"),
        choices={
            "simulation": QT_TRANSLATE_NOOP("fields", "As processes (simulation)"),
            "in-process": QT_TRANSLATE_NOOP("fields", "In one process (no isolation)"),
        },
    ),
    "protocol": FieldUi(
        QT_TRANSLATE_NOOP("fields", "Evaluation pr&otocol"),
        choices={
            "leak-free": QT_TRANSLATE_NOOP("fields", "Leak-free (recommended)"),
            "published": QT_TRANSLATE_NOOP("fields", "Published (as in papers)"),
        },
    ),
    "item_view": FieldUi(
        QT_TRANSLATE_NOOP("fields", "Users score with"),
        choices={
            "auto": QT_TRANSLATE_NOOP("fields", "Automatic item view"),
            "global": QT_TRANSLATE_NOOP("fields", "Global items"),
            "fine-tuned": QT_TRANSLATE_NOOP("fields", "Their fine-tuned items"),
        },
    ),
    "seed": FieldUi(QT_TRANSLATE_NOOP("fields", "Seed")),
    "threads": FieldUi(QT_TRANSLATE_NOOP("fields", "Threads per party")),
    "dim": FieldUi(QT_TRANSLATE_NOOP("fields", "Embedding length"), step=8),
    "learning_rate": FieldUi(QT_TRANSLATE_NOOP("fields", "Learning rate"), step=0.05),
    "item_lr_scale": FieldUi(QT_TRANSLATE_NOOP("fields", "Item rate factor"), step=10),
    "negatives": FieldUi(QT_TRANSLATE_NOOP("fields", "Negatives per positive")),
    "local_epochs": FieldUi(QT_TRANSLATE_NOOP("fields", "Local epochs")),
    "run": FieldUi(QT_TRANSLATE_NOOP("fields", "Trained &run")),
    "user": FieldUi(QT_TRANSLATE_NOOP("fields", "&User")),
    "top_k": FieldUi(QT_TRANSLATE_NOOP("fields", "&Number of items (K)"), step=5),
    "scope": FieldUi(
        QT_TRANSLATE_NOOP("fields", "R&ecommend from"),
        choices={
            "unrated": QT_TRANSLATE_NOOP("fields", "Items not rated yet"),
            "all": QT_TRANSLATE_NOOP("fields", "All items"),
        },
    ),
    "k": FieldUi(
        QT_TRANSLATE_NOOP("fields", "&K (cut-offs)"), placeholder=QT_TRANSLATE_NOOP("fields", "for example 5, 10, 20")
    ),
}
AS_THE_RUN = QT_TRANSLATE_NOOP("fields", "As the run was trained")


class NumberEdit(QAbstractSpinBox):
    """A number field that accepts any text: the form explains what is wrong instead of silently changing it.

    Up and Down step by the field's step within its limits. The mouse wheel only counts while the field has the focus,
    so that scrolling a form does not change it.
    """

    changed = pyqtSignal()

    def __init__(self, info: FieldInfo, *, whole: bool, step: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole, self._step = whole, step
        self.low, self.high = limits(info)
        self.setFocusPolicy(Qt.StrongFocus)
        self.lineEdit().textChanged.connect(self.changed)

    def text_value(self) -> str:
        return self.lineEdit().text().strip()

    def set_value(self, value: Any) -> None:
        self.lineEdit().setText(_plain_number(value) if not isinstance(value, str) else value)

    def validate(self, text: str | None, position: int) -> tuple[QValidator.State, str, int]:
        return QValidator.Acceptable, text or "", position

    def fixup(self, text: str | None) -> str:
        return text or ""

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabled:  # noqa: N802
        return QAbstractSpinBox.StepUpEnabled | QAbstractSpinBox.StepDownEnabled  # type: ignore[return-value]

    def stepBy(self, steps: int) -> None:  # noqa: N802
        try:
            current = float(self.text_value())
        except ValueError:
            return
        # To the next multiple of the step: 256 -> 320, 1 -> 10 -> 20, never 11 or 21.
        multiple = current / self._step
        target = (int(multiple + 1e-9) if steps > 0 or multiple == int(multiple) else int(multiple) + 1) + steps
        value = round(target * self._step, 6)
        if self.low is not None:
            value = max(value, self.low)
        if self.high is not None:
            value = min(value, self.high)
        self.set_value(int(value) if self._whole else value)
        self.selectAll()

    def wheelEvent(self, event: QWheelEvent | None) -> None:  # noqa: N802
        if self.hasFocus():
            super().wheelEvent(event)
        elif event is not None:
            event.ignore()


class _WheelGuard(QObject):
    """Keeps an unfocused combo box from changing when its form is scrolled over it."""

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        if (
            event is not None
            and event.type() == QEvent.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return False


def limits(info: FieldInfo) -> tuple[float | None, float | None]:
    """Lowest and highest allowed value of a pydantic field, None where it has no such limit."""
    low = high = None
    for constraint in info.metadata:
        low = getattr(constraint, "ge", getattr(constraint, "gt", low))
        high = getattr(constraint, "le", getattr(constraint, "lt", high))
    return low, high


def _plain_number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


def choices_of(annotation: Any) -> tuple[list[str], bool] | None:
    """The values of a Literal annotation and whether None is allowed as well; None when it is not a Literal."""
    optional = False
    if typing.get_origin(annotation) in (Union, types.UnionType):
        parts = [part for part in typing.get_args(annotation) if part is not type(None)]
        optional = len(parts) < len(typing.get_args(annotation))
        annotation = parts[0] if len(parts) == 1 else annotation
    if typing.get_origin(annotation) is Literal:
        return list(typing.get_args(annotation)), optional
    return None


def explain(error: Mapping[str, Any], name: str) -> str:
    """A pydantic error as a sentence a person can act on. `name` is the field's label without mnemonic."""
    context = error.get("ctx", {})
    value = error.get("input")
    match error["type"]:
        case "int_parsing" | "int_type" | "int_from_float":
            if value == "":
                return translate("forms", "{0} is missing: enter a whole number.").format(name)
            return translate("forms", "{0} must be a whole number, and “{1}” is not one.").format(name, value)
        case "float_parsing" | "float_type":
            if value == "":
                return translate("forms", "{0} is missing: enter a number.").format(name)
            return translate("forms", "{0} must be a number, and “{1}” is not one.").format(name, value)
        case "int_parsing_size" | "finite_number":
            return translate("forms", "{0} is too large.").format(name)
        case "greater_than_equal":
            return translate("forms", "{0} must be at least {1}.").format(name, _plain_number(context["ge"]))
        case "greater_than":
            return translate("forms", "{0} must be greater than {1}.").format(name, _plain_number(context["gt"]))
        case "less_than_equal":
            return translate("forms", "{0} can be at most {1}.").format(name, _plain_number(context["le"]))
        case "less_than":
            return translate("forms", "{0} must be less than {1}.").format(name, _plain_number(context["lt"]))
        case "string_too_short" | "too_short":
            return translate("forms", "{0} is missing.").format(name)
        case "string_too_long":
            return translate("forms", "{0} can have at most {1} characters.").format(name, context["max_length"])
        case "value_error":
            text = str(error["msg"]).removeprefix("Value error, ")
            return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
    return f"{name}: {error['msg']}."


class CustomEditor(typing.Protocol):
    """An editor a tab brings along for a field (data set, run and user pickers)."""

    def form_value(self) -> Any: ...

    def set_form_value(self, value: Any) -> None: ...


class SettingsForm(QObject):
    """Editors for some fields of one settings class, their labels and their complaints.

    The widgets come in sections (`section`) so that a tab can place them where it likes; checking always covers all
    of them.

    Args:
        kind: the settings class.
        names: the fields shown, in reading order.
        custom: editors to use instead of generated ones, by field name. Each has a `changed` signal.
        whole_form_field: the field under which complaints about a combination of fields appear.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        kind: type[BaseModel],
        names: Sequence[str],
        custom: Mapping[str, QWidget] | None = None,
        whole_form_field: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.names = list(names)
        self._whole_form_field = whole_form_field or self.names[0]
        self._guard = _WheelGuard(self)
        self.editors: dict[str, QWidget] = {}
        self.labels: dict[str, Any] = {}
        self.problems: dict[str, Any] = {}
        self._cells: dict[str, QWidget] = {}
        self._settings: BaseModel | None = None
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
        info = self.kind.model_fields[name]
        ui = FIELDS[name]
        caption = translate("fields", ui.label)
        help_text = translate("settings", info.description or "")
        editor = given if given is not None else self._editor(info, ui)  # an empty combo box is falsy
        tip = " ".join(part for part in (help_text, self._limit_sentence(info)) if part)
        editor.setToolTip(tip)
        editor.setAccessibleName(caption.replace("&", ""))
        editor.setAccessibleDescription(tip)
        title = label(caption, "field", tip=tip)
        title.setBuddy(getattr(editor, "focus_widget", editor))
        problem = label("", "error", wrap=True)
        problem.hide()
        cell = QWidget()
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(title)
        layout.addWidget(editor)
        layout.addWidget(problem)
        self.editors[name], self.labels[name], self.problems[name], self._cells[name] = editor, title, problem, cell
        if given is None:
            self.set_value(name, info.get_default())

    def _editor(self, info: FieldInfo, ui: FieldUi) -> QWidget:
        literal = choices_of(info.annotation)
        if literal is not None:
            box = QComboBox()
            # A long choice must not widen the column: it may be elided, its list is as wide as it needs.
            box.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
            box.setFocusPolicy(Qt.StrongFocus)
            box.installEventFilter(self._guard)
            values, optional = literal
            if optional:
                box.addItem(translate("fields", AS_THE_RUN), None)
            for value in values:
                box.addItem(translate("fields", ui.choices.get(value, value)), value)
            return box
        if info.annotation in (int, float):
            return NumberEdit(info, whole=info.annotation is int, step=ui.step)
        edit = QLineEdit()
        if ui.placeholder:
            edit.setPlaceholderText(translate("fields", ui.placeholder))
        return edit

    def _connect(self, editor: QWidget) -> None:
        if isinstance(editor, QComboBox) and not hasattr(editor, "changed"):
            editor.currentIndexChanged.connect(self._check)
        elif isinstance(editor, QLineEdit):
            editor.textChanged.connect(self._check)
        else:
            editor.changed.connect(self._check)  # type: ignore[attr-defined]

    def _limit_sentence(self, info: FieldInfo) -> str:
        low, high = limits(info)
        if low is None or high is None:
            return ""
        return translate("forms", "From {0} to {1}.").format(_plain_number(low), _plain_number(high))

    def section(self, rows: Sequence[Sequence[str]]) -> QWidget:
        """A widget with the given fields, one or two to a row."""
        result = QWidget()
        grid = QGridLayout(result)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE + 4)
        grid.setVerticalSpacing(SPACE)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 1)
        previous: QWidget | None = None
        for row, names in enumerate(rows):
            for column, name in enumerate(names):
                grows = self.editors[name].sizePolicy().verticalPolicy() == QSizePolicy.Expanding
                align = Qt.Alignment() if grows else Qt.AlignTop
                grid.addWidget(self._cells[name], row, column, 1, 2 if len(names) == 1 else 1, align)
                if previous is not None:
                    QWidget.setTabOrder(previous, self.editors[name])
                previous = self.editors[name]
        return result

    # --- values -------------------------------------------------------------------------------------------------

    def value(self, name: str) -> Any:
        """The raw value of a field, as typed."""
        editor = self.editors[name]
        if hasattr(editor, "form_value"):
            return editor.form_value()
        if isinstance(editor, QComboBox):
            return editor.currentData()
        if isinstance(editor, NumberEdit):
            return editor.text_value()
        assert isinstance(editor, QLineEdit)
        text = editor.text().strip()
        if typing.get_origin(self.kind.model_fields[name].annotation) is tuple:
            return [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
        return text

    def values(self) -> dict[str, Any]:
        return {name: self.value(name) for name in self.names}

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
        elif isinstance(editor, QLineEdit):
            editor.setText(", ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value))

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Set the fields of this form that `values` has; others are left alone (settings of another version)."""
        for name in self.names:
            if name in values and values[name] is not None:
                self.set_value(name, values[name])

    def reset(self, names: Sequence[str] | None = None) -> None:
        """Back to the defaults."""
        for name in names or self.names:
            if not hasattr(self.editors[name], "set_form_value"):
                self.set_value(name, self.kind.model_fields[name].get_default())

    def changed_names(self) -> list[str]:
        """Fields whose value is not the default."""
        return [name for name in self.names if self._differs(name)]

    def _differs(self, name: str) -> bool:
        if hasattr(self.editors[name], "set_form_value"):
            return False
        default = self.kind.model_fields[name].get_default()
        value = self.value(name)
        if isinstance(default, tuple):
            return [str(part) for part in default] != value
        if isinstance(default, int | float):
            try:
                return float(value) != float(default)
            except ValueError:
                return True
        return bool(value != default)

    # --- checking -----------------------------------------------------------------------------------------------

    @property
    def settings(self) -> Any:
        """The checked settings, or None while a field is wrong."""
        return self._settings

    def errors(self) -> dict[str, str]:
        """The sentence for each field at fault."""
        return dict(self._errors)

    def keep_quiet(self, names: set[str]) -> None:
        """Fields that may be empty without complaint (nothing picked yet); the form is not valid all the same."""
        self._quiet = names
        self._check()

    def recheck(self) -> None:
        self._check()

    def set_enabled(self, on: bool) -> None:
        for editor in self.editors.values():
            editor.setEnabled(on)

    def _check(self) -> None:
        errors: dict[str, str] = {}
        self._settings = None
        try:
            self._settings = self.kind(**self.values())
        except ValidationError as error:
            for item in error.errors():
                name = str(item["loc"][0]) if item["loc"] else self._whole_form_field
                caption = translate("fields", FIELDS[name].label).replace("&", "") if name in FIELDS else name
                errors.setdefault(name, explain(item, caption))
        self._errors = errors
        for name in self.names:
            text = errors.get(name, "")
            if name in self._quiet and not self.value(name):
                text = ""
            problem, editor = self.problems[name], self.editors[name]
            problem.setText(text)
            problem.setVisible(bool(text))
            set_role(self.labels[name], "field-changed" if self._differs(name) else "field")
            if bool(editor.property("bad")) != bool(text):
                editor.setProperty("bad", bool(text))
                editor.style().unpolish(editor)
                editor.style().polish(editor)
        self.changed.emit()
