"""Notifications over the session bus, as the desktops of Linux have them (the specification
*Desktop Notifications* of freedesktop.org).

1. Nothing here waits: whoever shows the notifications may hang, and the window does not. A call
   without an answer is given up after ``ANSWER_MS``; of each key, one is on its way at a time, and
   the latest of those that wait behind it.
2. A body is escaped where the desktop reads markup in it: ``<b>`` is shown as ``<b>``.
3. What nobody on the bus shows is given back with ``refused``, and may be shown in another way.
"""

import html
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QMetaType, QObject, pyqtSignal, pyqtSlot
from PyQt5.QtDBus import (
    QDBusArgument,
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusPendingReply,
    QDBusServiceWatcher,
)

ANSWER_MS = 5_000
"""Milliseconds for an answer: whoever shows notifications may have to be started first."""

_SERVICE = _INTERFACE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_BY_US = 3
"""The reason of a notification's end: we have asked for it."""
_CLICKED = "default"
_AS_LONG_AS_USUAL = -1

translate = QCoreApplication.translate

_log = logging.getLogger(__name__)


def session_bus() -> QDBusConnection | None:
    """The session's bus; None where there is none. It is looked for, not started."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    known = "DBUS_SESSION_BUS_ADDRESS" in os.environ or (runtime and Path(runtime, "bus").exists())
    if sys.platform in ("win32", "darwin") or not known:
        return None
    bus = QDBusConnection.sessionBus()
    return bus if bus.isConnected() else None


class BusNotifications(QObject):
    """One notification for each key. What is given to it is one line of visible text.

    Signals:
        opened(key: str): somebody clicked on it.
        closed(key: str): it is not shown any more.
        refused(key: str, title: str, body: str): nobody shows it.
    """

    opened = pyqtSignal(str)
    closed = pyqtSignal(str)
    refused = pyqtSignal(str, str, str)

    def __init__(self, bus: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._can: frozenset[str] | None = None
        """What the desktop's notifications can do; None: it is yet to say so."""
        self._asking = False
        self._ids: dict[str, int] = {}
        """Those that are shown."""
        self._on_its_way: set[str] = set()
        self._next: dict[str, tuple[str, str] | None] = {}
        """What is to be done when an answer has come: show this, or (None) take it back."""
        for name, slot in (
            ("ActionInvoked", self._on_clicked),
            ("NotificationClosed", self._on_closed),
        ):
            bus.connect(_SERVICE, _PATH, _INTERFACE, name, slot)
        watch = QDBusServiceWatcher(_SERVICE, bus, QDBusServiceWatcher.WatchForOwnerChange, self)
        watch.serviceOwnerChanged.connect(self._on_owner_changed)

    def show(self, key: str, title: str, body: str) -> None:
        """Show this in place of what is shown under *key*."""
        if self._can is None:
            self._next[key] = title, body
            self._ask()
        elif key in self._on_its_way:
            self._next[key] = title, body
        else:
            self._send(key, title, body)

    def withdraw(self, key: str) -> None:
        """Take back what is shown under *key*, or will be."""
        self._next.pop(key, None)
        if key in self._on_its_way:
            self._next[key] = None
        elif key in self._ids:
            self._call("CloseNotification", [_unsigned(self._ids.pop(key))], lambda _reply: None)

    # --- what the desktop can --------------------------------------------------------------------

    def _ask(self) -> None:
        if not self._asking:
            self._asking = True
            self._call("GetCapabilities", [], self._on_capabilities)

    def _on_capabilities(self, reply: QDBusMessage) -> None:
        self._asking = False
        words = (reply.arguments() or [None])[0]
        if reply.type() != QDBusMessage.ErrorMessage and isinstance(words, list):
            self._can = frozenset(map(str, words))
        for key in [key for key in self._next if key not in self._on_its_way]:
            self._go_on(key)

    @pyqtSlot(str, str, str)
    def _on_owner_changed(self, _service: str, _before: str, _now: str) -> None:
        """Somebody else shows notifications from now on; what was shown went with the other."""
        self._can = None
        gone = list(self._ids)
        self._ids.clear()
        for key in gone:
            self.closed.emit(key)

    # --- showing ---------------------------------------------------------------------------------

    def _send(self, key: str, title: str, body: str) -> None:
        can = self._can or frozenset()
        actions = [_CLICKED, translate("Notifications", "Open")] if "actions" in can else []
        shown = html.escape(body, quote=False) if "body-markup" in can else body
        self._on_its_way.add(key)
        arguments: list[object] = [
            "MiniChat",
            _unsigned(self._ids.get(key, 0)),
            "minichat",
            title,
            shown if "body" in can else "",
            QDBusArgument(actions, QMetaType.QStringList),
            {"desktop-entry": "minichat", "category": "im.received"},
            _AS_LONG_AS_USUAL,
        ]
        self._call("Notify", arguments, lambda reply: self._on_shown(reply, key, title, body))

    def _on_shown(self, reply: QDBusMessage, key: str, title: str, body: str) -> None:
        self._on_its_way.discard(key)
        number = (reply.arguments() or [None])[0]
        if reply.type() == QDBusMessage.ErrorMessage or not isinstance(number, int):
            _log.info("the desktop does not show a notification: %r", reply.errorMessage())
            self._can = None  # it is asked again before the next one
            self._ids.pop(key, None)
            self._next.setdefault(key, (title, body))
            if not self._asking:
                self._go_on(key)
            return
        self._ids[key] = number
        self._go_on(key)

    def _go_on(self, key: str) -> None:
        """Do what waited for an answer."""
        if key not in self._next:
            return
        wanted = self._next.pop(key)
        if wanted is None:
            self.withdraw(key)
        elif self._can is None:
            self.refused.emit(key, *wanted)
        else:
            self._send(key, *wanted)

    # --- what people do with it ------------------------------------------------------------------

    @pyqtSlot(QDBusMessage)
    def _on_clicked(self, signal: QDBusMessage) -> None:
        match signal.arguments():
            case [int(number), str(action)] if action == _CLICKED:
                if (key := self._key_of(number)) is not None:
                    self.opened.emit(key)

    @pyqtSlot(QDBusMessage)
    def _on_closed(self, signal: QDBusMessage) -> None:
        match signal.arguments():
            case [int(number), int(reason)] if reason != _BY_US:
                if (key := self._key_of(number)) is not None:
                    del self._ids[key]
                    self.closed.emit(key)

    def _key_of(self, number: int) -> str | None:
        """Everybody's notifications are told of; this is one of ours, or None."""
        return next((key for key, shown in self._ids.items() if shown == number), None)

    # --- the bus ---------------------------------------------------------------------------------

    def _call(
        self, method: str, arguments: list[object], then: Callable[[QDBusMessage], None]
    ) -> None:
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, method)
        message.setArguments(arguments)
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(message, ANSWER_MS), self)

        def answered() -> None:
            watcher.deleteLater()
            then(QDBusPendingReply(watcher).reply())

        watcher.finished.connect(answered)


def _unsigned(number: int) -> QDBusArgument:
    return QDBusArgument(number, QMetaType.UInt)
