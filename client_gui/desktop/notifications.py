"""Notifications in the way that this machine has: on the session's bus, from the icon in the tray,
or, where there is neither, as a window that asks for attention.

Nothing here waits for anybody.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from client_gui.desktop.bus_notifications import BusNotifications

Speak = Callable[[str, str], bool]
"""Shows a title and a body from the icon in the tray; False: there is none."""


class Notifications(QObject):
    """One notification for each key.

    Signals:
        opened(key: str): somebody clicked on it.
        closed(key: str): it was put away, or has gone by itself.
    """

    opened = pyqtSignal(str)
    closed = pyqtSignal(str)

    def __init__(
        self,
        window: QWidget,
        speak: Speak,
        bus: "BusNotifications | None",
        parent: QObject | None = None,
    ) -> None:
        """*window* asks for attention where nothing else can."""
        super().__init__(parent)
        self._window, self._speak, self._bus = window, speak, bus
        self._last = ""
        if bus is not None:
            bus.setParent(self)
            bus.opened.connect(self.opened)
            bus.closed.connect(self.closed)
            bus.refused.connect(self._show_otherwise)

    def show(self, key: str, title: str, body: str) -> None:
        """Show this in place of what is shown under *key*; each is one line of visible text."""
        if self._bus is not None:
            self._bus.show(key, title, body)
        else:
            self._show_otherwise(key, title, body)

    def withdraw(self, key: str) -> None:
        """Take back what is shown under *key*, where that can be done."""
        if self._bus is not None:
            self._bus.withdraw(key)

    @pyqtSlot()
    def clicked_in_tray(self) -> None:
        """Somebody clicked on what the tray shows: it does not say what, so it is the last."""
        self.opened.emit(self._last)

    @pyqtSlot(str, str, str)
    def _show_otherwise(self, key: str, title: str, body: str) -> None:
        self._last = key
        if not self._speak(title, body):
            QApplication.alert(self._window)


def bus_notifications() -> "BusNotifications | None":
    """Those of the session's bus, if there is one."""
    if sys.platform in ("win32", "darwin"):
        return None
    # Not everywhere has Qt this module.
    from client_gui.desktop.bus_notifications import BusNotifications, session_bus

    bus = session_bus()
    return BusNotifications(bus) if bus is not None else None
