"""Forms made from the settings of fl.config: limits, defaults and explanations are declared once, there.

A field's text is never cut to fit: whatever was typed goes to pydantic as it is, and what pydantic says comes back as
a sentence under the field.
"""

from __future__ import annotations

import itertools
import re
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Union

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from PyQt5.QtCore import QT_TRANSLATE_NOOP, QEvent, QObject, Qt, pyqtSignal
from PyQt5.QtGui import QValidator, QWheelEvent
from PyQt5.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fl.config import MODEL_TITLES
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
    "model": FieldUi(QT_TRANSLATE_NOOP("fields", "&Model"), choices=MODEL_TITLES),
    "epochs": FieldUi(QT_TRANSLATE_NOOP("fields", "&Epochs (rounds)"), step=10),
    "batch_size": FieldUi(QT_TRANSLATE_NOOP("fields", "&Batch size"), step=64),
    "parties": FieldUi(QT_TRANSLATE_NOOP("fields", "&Parties")),
    "name": FieldUi(
        QT_TRANSLATE_NOOP("fields", "&Name of the run"), placeholder=QT_TRANSLATE_NOOP("fields", "automatic")
    ),
    "aggregator": FieldUi(
        QT_TRANSLATE_NOOP("fields", "Aggregation"),
        choices={
            "masked": QT_TRANSLATE_NOOP("fields", "Masked (recovers from drop-outs)"),
            "verified": QT_TRANSLATE_NOOP("fields", "Verified (masked, and checked by every party)"),
            "secure": QT_TRANSLATE_NOOP("fields", "Secure (SecretFlow masks)"),
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
        QT_TRANSLATE_NOOP("fields", "Evaluation protocol"),
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
            "personal": QT_TRANSLATE_NOOP("fields", "Their personal items"),
        },
    ),
    "seed": FieldUi(QT_TRANSLATE_NOOP("fields", "Seed")),
    "threads": FieldUi(QT_TRANSLATE_NOOP("fields", "Threads per party")),
    "dim": FieldUi(QT_TRANSLATE_NOOP("fields", "Embedding length"), step=8),
    "learning_rate": FieldUi(QT_TRANSLATE_NOOP("fields", "Learning rate"), step=0.05),
    "item_lr_scale": FieldUi(QT_TRANSLATE_NOOP("fields", "Item rate factor"), step=10),
    "lr_decay": FieldUi(QT_TRANSLATE_NOOP("fields", "Rate decay"), step=0.01),
    "server_optimizer": FieldUi(
        QT_TRANSLATE_NOOP("fields", "Server optimiser"),
        choices={"fedavg": "FedAvg", "fedadam": "FedAdam", "fedadagrad": "FedAdagrad", "fedyogi": "FedYogi"},
    ),
    "server_learning_rate": FieldUi(QT_TRANSLATE_NOOP("fields", "Server rate"), step=0.05),
    "averaging": FieldUi(
        QT_TRANSLATE_NOOP("fields", "Weight of a user"),
        choices={
            "uniform": QT_TRANSLATE_NOOP("fields", "The same for all"),
            "samples": QT_TRANSLATE_NOOP("fields", "Its number of samples"),
        },
    ),
    "clients_per_round": FieldUi(QT_TRANSLATE_NOOP("fields", "Users per round"), step=0.1),
    "client_sampling": FieldUi(
        QT_TRANSLATE_NOOP("fields", "Drawing of users"),
        choices={
            "fixed": QT_TRANSLATE_NOOP("fields", "Fixed number"),
            "poisson": QT_TRANSLATE_NOOP("fields", "Each independently (Poisson)"),
        },
    ),
    "early_stopping": FieldUi(QT_TRANSLATE_NOOP("fields", "Early stopping"), step=5),
    "recency_weight": FieldUi(QT_TRANSLATE_NOOP("fields", "Weight of recent items"), step=1.0),
    "recency_half_life": FieldUi(QT_TRANSLATE_NOOP("fields", "Half-life of that weight"), step=0.5),
    "alpha": FieldUi(QT_TRANSLATE_NOOP("fields", "Weight of unobserved"), step=0.1),
    "reg": FieldUi(QT_TRANSLATE_NOOP("fields", "Regularisation"), step=0.01),
    "item_learning_rate": FieldUi(QT_TRANSLATE_NOOP("fields", "Item rate"), step=10),
    "weight_decay": FieldUi(QT_TRANSLATE_NOOP("fields", "Weight decay"), step=0.0001),
    "distance_weight": FieldUi(QT_TRANSLATE_NOOP("fields", "Distance weight"), step=0.1),
    "sparsity_weight": FieldUi(QT_TRANSLATE_NOOP("fields", "Sparsity weight"), step=0.1),
    "weight_schedule": FieldUi(
        QT_TRANSLATE_NOOP("fields", "Both weights over time"),
        choices={
            "constant": QT_TRANSLATE_NOOP("fields", "Constant"),
            "tanh": QT_TRANSLATE_NOOP("fields", "Rising (tanh)"),
        },
    ),
    "tensorboard": FieldUi(QT_TRANSLATE_NOOP("fields", "Write TensorBoard files")),
    "negatives": FieldUi(QT_TRANSLATE_NOOP("fields", "Negatives per positive")),
    "local_epochs": FieldUi(QT_TRANSLATE_NOOP("fields", "Local epochs")),
    "run": FieldUi(QT_TRANSLATE_NOOP("fields", "Trained ru&n")),
    "user": FieldUi(QT_TRANSLATE_NOOP("fields", "&User")),
    "top_k": FieldUi(QT_TRANSLATE_NOOP("fields", "Number o&f items (K)"), step=5),
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


def field_ui(name: str) -> FieldUi:
    """How a field looks; a setting that is newer than this table gets its name as label, and works."""
    return FIELDS.get(name) or FieldUi(name.replace("_", " ").capitalize())


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
            return translate("forms", '{0} must be a whole number, and "{1}" is not one.').format(name, value)
        case "float_parsing" | "float_type":
            if value == "":
                return translate("forms", "{0} is missing: enter a number.").format(name)
            return translate("forms", '{0} must be a number, and "{1}" is not one.').format(name, value)
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


class Section(QWidget):
    """Cells in two columns; what is hidden leaves no hole."""

    def __init__(self, cells: Mapping[str, tuple[QWidget, bool]], heading: str = "") -> None:
        super().__init__()
        self._cells = cells
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE + 4)
        grid.setVerticalSpacing(SPACE)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 1)
        if heading:
            grid.addWidget(label(heading, "h3"), 0, 0, 1, 2)

    def arrange(self, hidden: set[str]) -> None:
        """Put the cells into their places, except those of hidden fields."""
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        row, column = 1, 0
        for name, (cell, wide) in self._cells.items():
            grid.removeWidget(cell)
            if name in hidden:
                cell.setParent(self)
                cell.hide()
                continue
            if wide and column:
                row, column = row + 1, 0
            grows = cell.sizePolicy().verticalPolicy() == QSizePolicy.Expanding
            align = Qt.Alignment() if grows else Qt.AlignTop
            grid.addWidget(cell, row, column, 1, 2 if wide else 1, align)
            # Never before it has a parent: a widget without one would become a window of its own for a moment.
            cell.show()
            row, column = (row + 1, 0) if wide or column else (row, 1)
        if self.parent() is not None:
            self.setVisible(not set(self._cells) <= hidden)


class SettingsForm(QObject):
    """Editors for some fields of one settings class, their labels and their complaints.

    The widgets come in sections (`section`) so that a tab can place them where it likes; checking always covers all
    of them.

    Args:
        kind: the settings class.
        names: the fields shown, in reading order.
        custom: editors to use instead of generated ones, by field name. Each has a `changed` signal.
        defaults: default values, given the present ones (a preset may depend on another field).
        applies: whether a field has a meaning, given the present values; others are hidden and not passed on.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        kind: type[BaseModel],
        names: Sequence[str],
        custom: Mapping[str, QWidget] | None = None,
        defaults: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
        applies: Callable[[str, Mapping[str, Any]], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.names = list(names)
        self._defaults_of = defaults or (lambda values: {})
        self._applies = applies or (lambda name, values: True)
        self.defaults: dict[str, Any] = {name: kind.model_fields[name].get_default() for name in self.names}
        self._sections: list[Section] = []
        self._hidden: set[str] = set()
        self._checking = False
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
        ui = field_ui(name)
        caption = translate("fields", ui.label)
        help_text = translate("settings", info.description or "")
        editor = given if given is not None else self._editor(info, ui)  # an empty combo box is falsy
        tip = " ".join(part for part in (help_text, self._limit_sentence(info)) if part)
        editor.setToolTip(tip)
        editor.setAccessibleName(caption.replace("&", ""))
        editor.setAccessibleDescription(tip)
        title = label(caption, "field", tip=tip)
        title.setBuddy(editor)  # a composite editor hands the focus on (setFocusProxy)
        if isinstance(editor, QCheckBox):
            title.hide()  # a check box says its name itself
        problem = label("", "error", wrap=True)
        problem.hide()
        cell = QWidget()
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(title)
        layout.addWidget(editor)
        layout.addWidget(problem)
        cell.setSizePolicy(QSizePolicy.Preferred, editor.sizePolicy().verticalPolicy())
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
        if info.annotation is bool:
            return QCheckBox(translate("fields", ui.label))
        if info.annotation in (int, float):
            return NumberEdit(info, whole=info.annotation is int, step=ui.step)
        edit = QLineEdit()
        if ui.placeholder:
            edit.setPlaceholderText(translate("fields", ui.placeholder))
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

    def _limit_sentence(self, info: FieldInfo) -> str:
        low, high = limits(info)
        if low is None or high is None:
            return ""
        return translate("forms", "From {0} to {1}.").format(_plain_number(low), _plain_number(high))

    def section(self, names: Sequence[str], heading: str = "") -> Section:
        """A widget with the given fields: numbers and texts two to a row, others one."""
        wide = {name for name in names if not isinstance(self.editors[name], NumberEdit | QLineEdit)}
        result = Section({name: (self._cells[name], name in wide or len(names) == 1) for name in names}, heading)
        result.arrange(self._hidden)
        for before, after in itertools.pairwise(names):
            QWidget.setTabOrder(self.editors[before], self.editors[after])
        self._sections.append(result)
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
        if isinstance(editor, QCheckBox):
            return editor.isChecked()
        assert isinstance(editor, QLineEdit)
        text = editor.text().strip()
        if typing.get_origin(self.kind.model_fields[name].annotation) is tuple:
            return [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
        return text

    def values(self) -> dict[str, Any]:
        """The raw values of the fields that apply."""
        return {name: self.value(name) for name in self.names if name not in self._hidden}

    def choices(self) -> dict[str, Any]:
        """What the person chose: pickers, and values that are not the default. What a next start should find again."""
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
        """Back to the defaults."""
        for name in names or self.names:
            if not hasattr(self.editors[name], "set_form_value"):
                self.set_value(name, self.defaults[name])

    def changed_names(self) -> list[str]:
        """Fields whose value is not the default."""
        return [name for name in self.names if name not in self._hidden and self._differs(name)]

    def _differs(self, name: str) -> bool:
        if hasattr(self.editors[name], "set_form_value"):
            return False
        default = self.defaults[name]
        value = self.value(name)
        if isinstance(default, tuple):
            return [str(part) for part in default] != value
        if isinstance(default, int | float) and not isinstance(default, bool):
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

    def _adapt(self) -> None:
        """Follow what depends on other fields: defaults that nobody changed, and which fields apply."""
        everything = {name: self.value(name) for name in self.names}
        fresh = {name: self._defaults_of(everything).get(name, self._plain_default(name)) for name in self.names}
        if fresh != self.defaults:
            follow = [n for n in self.names if fresh[n] != self.defaults[n] and not self._differs(n)]
            self.defaults = fresh
            for name in follow:
                self.set_value(name, fresh[name])
        hidden = {name for name in self.names if not self._applies(name, everything)}
        if hidden != self._hidden:
            self._hidden = hidden
            for section in self._sections:
                section.arrange(hidden)

    def _plain_default(self, name: str) -> Any:
        return self.kind.model_fields[name].get_default()

    def _field_of(self, message: str) -> str:
        """The field under which a complaint about a combination of fields appears: the first it names."""
        if "items to score with" in message and "item_view" in self.names:
            return "item_view"
        found = {name: re.search(rf"\b{name.replace('_', ' ')}\b", message) for name in self.names}
        places = {name: match.start() for name, match in found.items() if match}
        return min(places, key=places.__getitem__) if places else self.names[0]

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
            for item in error.errors():
                name = str(item["loc"][0]) if item["loc"] else self._field_of(item["msg"])
                caption = translate("fields", field_ui(name).label).replace("&", "")
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
