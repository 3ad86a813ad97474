"""A page of the settings: controls below each other, and a way back to how it was at first."""

from collections.abc import Sequence

from PyQt5.QtCore import QCoreApplication, pyqtSignal
from PyQt5.QtWidgets import QFormLayout, QPushButton, QVBoxLayout, QWidget

from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.settings_controls import Control, FlagControl, Say

_MARGIN = 16
_SPACING = 10

translate = QCoreApplication.translate


class SettingsPage(Retranslated, QWidget):
    """What is set in it is so at once.

    Signals:
        changed(name: str, value: object): the person has set this preference.
        defaults_wanted(names: tuple): these are to be as at first.
    """

    changed = pyqtSignal(str, object)
    defaults_wanted = pyqtSignal(tuple)

    def __init__(self, title: Say, controls: Sequence[Control]) -> None:
        super().__init__()
        self.title = title
        self.controls = {control.name: control for control in controls}
        self.defaults_button = QPushButton()
        self.defaults_button.setAutoDefault(False)
        self.defaults_button.clicked.connect(
            lambda: self.defaults_wanted.emit(tuple(self.controls))
        )
        self._labels: list[tuple[PlainLabel, Control]] = []
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words."""
        for label, control in self._labels:
            label.setText(control.label())
        for control in self.controls.values():
            control.say()
            control.setAccessibleName(_spoken(control.label()))
        self.defaults_button.setText(translate("SettingsPage", "Restore de&faults"))
        self.defaults_button.setToolTip(
            translate("SettingsPage", "Set everything on this page as it was at first")
        )

    def show_value(self, name: str, value: object) -> None:
        """*value* is set now for *name*, if that is on this page."""
        if name in self.controls:
            self.controls[name].show_value(value)

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(_SPACING)
        for control in self.controls.values():
            control.changed.connect(self.changed)
            if isinstance(control, FlagControl):
                form.addRow(control)
                continue
            label = PlainLabel()
            label.setBuddy(control)
            self._labels.append((label, control))
            form.addRow(label, control)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addLayout(form)
        column.addStretch()
        column.addWidget(self.defaults_button)


def _spoken(words: str) -> str:
    """*words* without what is for the eye: the access key, in both its ways, and the colon."""
    head, _, tail = words.partition("(&")
    words = head + tail[2:] if tail else words
    return words.replace("&", "").rstrip(":：")
