"""A field for a number that never changes what was typed."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtGui import QResizeEvent, QValidator, QWheelEvent
from PyQt5.QtWidgets import QAbstractSpinBox, QWidget

from data.setting import Setting
from gui.widgets.widgets import label
from gui.words.i18n import tr


def plain_number(value: float) -> str:
    """Return a number without trailing zeros: 1, 0.05, 1e-07."""
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


def limit_sentence(setting: Setting) -> str:
    """Return the limits of a pydantic field in words; "" where it has none."""
    shown = {kind: plain_number(value) for kind, value in setting.bounds.items()}
    if {"ge", "le"} <= set(shown):
        return tr("From {low} to {high}.").format(low=shown["ge"], high=shown["le"])
    if {"gt", "le"} <= set(shown):
        return tr("More than {low}, at most {high}.").format(low=shown["gt"], high=shown["le"])
    if {"ge", "lt"} <= set(shown):
        return tr("At least {low}, less than {high}.").format(low=shown["ge"], high=shown["lt"])
    return ""


class NumberEdit(QAbstractSpinBox):
    """A number field that accepts any text: the form explains what is wrong instead of silently changing it.

    Up and Down step by the field's step within its limits. The mouse wheel scrolls the form and leaves the field alone.
    """

    changed = pyqtSignal()

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The unit stands in the field, where the number is read; it gives way to a long number.
        self._setting = setting
        self._unit = label("", "small")
        self._unit.setParent(self.lineEdit())
        self._unit.setAttribute(Qt.WA_TransparentForMouseEvents)
        self.lineEdit().textChanged.connect(self._place_unit)
        self._whole, self._step, bounds = setting.annotation is int, setting.step, setting.bounds
        self.low, self.high = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
        self.setFocusPolicy(Qt.StrongFocus)
        self.lineEdit().textChanged.connect(self.changed)
        self._place_unit()

    def text_value(self) -> str:
        return self.lineEdit().text().strip()

    def set_value(self, value: Any) -> None:
        self.lineEdit().setText(plain_number(value) if not isinstance(value, str) else value)

    def unit(self) -> str:
        return self._unit.text()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._place_unit()

    def _place_unit(self) -> None:
        line = self.lineEdit()
        # Of a number that means something else than its size, the word for it: 0 that is off, 1 that is all.
        shown = self._setting.special_word(self.text_value()) or self._setting.unit
        self._unit.setText(tr(shown) if shown else "")
        if not shown:
            self._unit.hide()
            return
        self._unit.adjustSize()
        typed = line.fontMetrics().horizontalAdvance(line.text()) + 12
        self._unit.setVisible(typed + self._unit.width() < line.width())
        self._unit.move(line.width() - self._unit.width() - 2, (line.height() - self._unit.height()) // 2)

    def validate(self, text: str | None, position: int) -> tuple[QValidator.State, str, int]:
        return QValidator.Acceptable, text or "", position

    def fixup(self, text: str | None) -> str:
        return text or ""

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabled:  # noqa: N802
        return QAbstractSpinBox.StepUpEnabled | QAbstractSpinBox.StepDownEnabled

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

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()
