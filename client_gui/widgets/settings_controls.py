"""What one sets a preference with: each knows the name, the words and the value of one."""

from collections.abc import Callable, Mapping
from datetime import time

from PyQt5.QtCore import QTime, pyqtSignal
from PyQt5.QtWidgets import QCheckBox, QComboBox, QSpinBox, QTimeEdit

_CLOCK = "HH:mm"

Say = Callable[[], str]


class ChoiceControl(QComboBox):
    """One of some values, each with its words."""

    changed = pyqtSignal(str, object)

    def __init__(self, name: str, label: Say, choices: Mapping[str, Say]) -> None:
        super().__init__()
        self.name, self.label = name, label
        self._choices = tuple(choices.items())
        for value, _ in self._choices:
            self.addItem("", value)
        self.activated.connect(lambda: self.changed.emit(name, self.currentData()))

    def show_value(self, value: object) -> None:
        """*value* is set now."""
        self.setCurrentIndex(self.findData(value))

    def say(self) -> None:
        """Say the words."""
        for number, (_, words) in enumerate(self._choices):
            self.setItemText(number, words())


class FlagControl(QCheckBox):
    """Yes or no. Its words stand beside the box."""

    changed = pyqtSignal(str, object)

    def __init__(self, name: str, label: Say) -> None:
        super().__init__()
        self.name, self.label = name, label
        self.clicked.connect(lambda on: self.changed.emit(name, on))

    def show_value(self, value: object) -> None:
        """*value* is set now."""
        self.setChecked(bool(value))

    def say(self) -> None:
        """Say the words."""
        self.setText(self.label())


class NumberControl(QSpinBox):
    """Zero, which has *none* for its words, or from *least* to *most*."""

    changed = pyqtSignal(str, object)

    def __init__(self, name: str, label: Say, least: int, most: int, none: Say, unit: Say) -> None:
        super().__init__()
        self.name, self.label = name, label
        self._none, self._unit = none, unit
        # The lowest value is the one that Qt has words for.
        self.setRange(least - 1, most)
        self.valueChanged.connect(lambda _: self.changed.emit(name, self._meant()))

    def _meant(self) -> int:
        return 0 if self.value() == self.minimum() else self.value()

    def show_value(self, value: object) -> None:
        """*value* is set now."""
        self.blockSignals(True)
        self.setValue(int(str(value)) or self.minimum())
        self.blockSignals(False)

    def say(self) -> None:
        """Say the words."""
        self.setSpecialValueText(self._none())
        self.setSuffix(self._unit())


class TimeControl(QTimeEdit):
    """A time of the day."""

    changed = pyqtSignal(str, object)

    def __init__(self, name: str, label: Say) -> None:
        super().__init__()
        self.name, self.label = name, label
        self.setDisplayFormat(_CLOCK)
        self.timeChanged.connect(lambda at: self.changed.emit(name, time(at.hour(), at.minute())))

    def show_value(self, value: object) -> None:
        """*value* is set now."""
        self.blockSignals(True)
        self.setTime(QTime.fromString(f"{value:%H:%M}", _CLOCK))
        self.blockSignals(False)

    def say(self) -> None:
        """A time has no words."""


Control = ChoiceControl | FlagControl | NumberControl | TimeControl
