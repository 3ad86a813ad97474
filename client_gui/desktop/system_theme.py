"""Whether the desktop is light or dark, also when that changes while the program runs.

On Linux the desktop's portal says so, over D-Bus, and tells of changes. Elsewhere, and where there
is no portal, the system is asked now and then, in a thread of Qt's pool, because that may start
another program: the window never waits for it.
"""

import logging
import os
import sys
from pathlib import Path

from PyQt5.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QRunnable,
    QThreadPool,
    QTimer,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant

ASK_EVERY_MS = 15_000
"""Between two questions: whoever changes the theme by hand waits no longer."""

FIRST_ANSWER_MS = 300
"""For the first answer the first window waits so long at the most, not to come up in a flash of
the other colours."""

_PORTAL, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Settings"
_SETTING = ["org.freedesktop.appearance", "color-scheme"]
_DARK = 1

_log = logging.getLogger(__name__)


class SystemTheme(QObject):
    """Asks once when it is made, and then follows. Give it back with :meth:`stop`.

    Signals:
        changed(dark: bool): the desktop has become so.
    """

    changed = pyqtSignal(bool)
    _answered = pyqtSignal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dark = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._answered.connect(self._take)
        self._timer = QTimer(self, interval=ASK_EVERY_MS, timeout=self._ask)
        if not self._follow_portal():
            self._ask()
            self._pool.waitForDone(FIRST_ANSWER_MS)
            QCoreApplication.sendPostedEvents(self, QEvent.MetaCall)
            self._timer.start()

    def stop(self) -> None:
        """Ask no more; wait for the question that is on its way."""
        self._timer.stop()
        self._pool.waitForDone()

    @pyqtSlot(bool)
    def _take(self, dark: bool) -> None:
        if dark != self.dark:
            self.dark = dark
            self.changed.emit(dark)

    @pyqtSlot()
    def _ask(self) -> None:
        # A slow answer is waited for, not asked for again.
        if not self._pool.activeThreadCount():
            self._pool.start(_Question(self._answered))

    # --- the portal ------------------------------------------------------------------------------

    def _follow_portal(self) -> bool:
        """Return whether there is one."""
        if not sys.platform.startswith("linux") or not _has_session_bus():
            return False
        bus = QDBusConnection.sessionBus()
        question = QDBusMessage.createMethodCall(_PORTAL, _PATH, _INTERFACE, "Read")
        question.setArguments(_SETTING)
        answer = bus.call(question, timeout=FIRST_ANSWER_MS)
        if answer.type() != QDBusMessage.ReplyMessage:
            _log.debug("the desktop's portal knows no theme: %s", answer.errorMessage())
            return False
        self._take(_is_dark(answer.arguments()[0]))
        return bool(
            bus.connect(_PORTAL, _PATH, _INTERFACE, "SettingChanged", self._on_setting_changed)
        )

    @pyqtSlot(QDBusMessage)
    def _on_setting_changed(self, message: QDBusMessage) -> None:
        *setting, value = message.arguments()
        if setting == _SETTING:
            self._take(_is_dark(value))


class _Question(QRunnable):
    """One question to the system, in a thread of its own."""

    def __init__(self, answered: object) -> None:
        super().__init__()
        self._answered = answered

    def run(self) -> None:
        """Ask; whatever goes wrong, the system is light."""
        import darkdetect

        self._answered.emit(bool(darkdetect.isDark()))  # type: ignore[attr-defined]


def _has_session_bus() -> bool:
    """Qt would start one, and wait for it."""
    at = os.environ.get("XDG_RUNTIME_DIR")
    return "DBUS_SESSION_BUS_ADDRESS" in os.environ or bool(at and (Path(at) / "bus").exists())


def _is_dark(value: object) -> bool:
    while isinstance(value, QDBusVariant):
        value = value.variant()
    return value == _DARK
