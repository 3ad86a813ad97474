"""What shows notifications on a desktop, on a real bus: it remembers, and clicks when told to.

A process of its own, ``python -m tests.client_gui.desktop.fake_desktop ADDRESS``: an object that
Python has on a bus must not be in one process with its callers, or they wait for each other's
locks. Orders come as lines of JSON; what happens goes out as lines of JSON.
"""

import json
import os
import subprocess
import sys

from PyQt5.QtCore import (
    Q_CLASSINFO,
    QCoreApplication,
    QObject,
    QSocketNotifier,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusMessage

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
USUAL = ("actions", "body", "body-markup")

_READ_SIZE = 65536
_STOP_SECONDS = 10.0


class FakeDesktop(QObject):
    """The process, as a test sees it.

    Attributes:
        screen: (title, body) by number.
        asked: every notification that came: (replaced number, title, body, actions).
        done: how many orders were obeyed.
    """

    def __init__(self, address: str) -> None:
        super().__init__()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._received = b""
        self._told = 0
        self._notifier = QSocketNotifier(self._process.stdout.fileno(), QSocketNotifier.Read, self)
        self._notifier.activated.connect(self._on_readable)
        self.forget()
        self.done = 0

    def forget(self) -> None:
        """The next test begins."""
        self.screen: dict[int, tuple[str, str]] = {}
        self.asked: list[tuple[int, str, str, list[str]]] = []

    def tell(self, order: str, *arguments: object) -> None:
        """Give an order: see the methods of :class:`_Desktop`."""
        self._told += 1
        self._process.stdin.write(json.dumps([order, *arguments]).encode() + b"\n")
        self._process.stdin.flush()

    @property
    def has_obeyed(self) -> bool:
        return self.done == self._told

    def end(self) -> None:
        self._notifier.setEnabled(False)
        self._process.stdin.close()
        self._process.wait(_STOP_SECONDS)
        self._process.stdout.close()

    @pyqtSlot()
    def _on_readable(self) -> None:
        data = os.read(self._process.stdout.fileno(), _READ_SIZE)
        *lines, self._received = (self._received + data).split(b"\n")
        if not data:
            self._notifier.setEnabled(False)
        for line in lines:
            match json.loads(line):
                case ["asked", number, replaced, title, body, actions]:
                    self.asked.append((replaced, title, body, actions))
                    self.screen[number] = title, body
                case ["gone", number]:
                    self.screen.pop(number, None)
                case ["done"]:
                    self.done += 1


class _Adaptor(QDBusAbstractAdaptor):
    """The interface, as the specification has it."""

    Q_CLASSINFO("D-Bus Interface", SERVICE)
    ActionInvoked = pyqtSignal("uint", str)
    NotificationClosed = pyqtSignal("uint", "uint")

    def __init__(self, desktop: "_Desktop") -> None:
        super().__init__(desktop)
        self._desktop = desktop

    @pyqtSlot(QDBusMessage, result="QStringList")
    def GetCapabilities(self, message: QDBusMessage) -> list[str]:
        return self._desktop.answer(message, self._desktop.can, [])

    @pyqtSlot(
        str, "uint", str, str, str, "QStringList", "QVariantMap", int, QDBusMessage, result="uint"
    )
    def Notify(self, *arguments: object) -> int:
        _, replaced, _, title, body, actions, _, _, message = arguments
        number = self._desktop.noticed(replaced, title, body, actions)
        return self._desktop.answer(message, number, 0)

    @pyqtSlot("uint", QDBusMessage)
    def CloseNotification(self, number: int, _message: QDBusMessage) -> None:
        _say("gone", number)
        self.NotificationClosed.emit(number, 3)


class _Desktop(QObject):
    """In the process."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self.can: list[str] = []
        self._silent = False
        self._waiting: list[QDBusMessage] = []
        self._bus = bus
        self._adaptor = _Adaptor(self)
        self._last = 0
        bus.registerObject(PATH, self)

    def noticed(self, replaced: int, title: str, body: str, actions: list[str]) -> int:
        number = replaced or self._last + 1
        self._last = max(self._last, number)
        _say("asked", number, replaced, title, body, actions)
        return number

    def answer(self, message: QDBusMessage, value: object, nothing: object) -> object:
        if self._silent:
            message.setDelayedReply(True)
            self._waiting.append(message.createReply([value]))
            return nothing
        return value

    # --- orders ----------------------------------------------------------------------------------

    def come(self, can: list[str]) -> None:
        """Show notifications from now on, which can do so much."""
        self.can = can
        self._bus.registerService(SERVICE)

    def leave(self) -> None:
        """Show none any more."""
        self._silent = False
        self._waiting.clear()
        self._bus.unregisterService(SERVICE)

    def click(self, number: int, action: str) -> None:
        self._adaptor.ActionInvoked.emit(number, action)

    def put_away(self, number: int) -> None:
        _say("gone", number)
        self._adaptor.NotificationClosed.emit(number, 2)

    def be_silent(self) -> None:
        """Answer nothing."""
        self._silent = True

    def wake(self) -> None:
        """Answer what has waited."""
        self._silent = False
        for reply in self._waiting:
            self._bus.send(reply)
        self._waiting.clear()


def _say(*what: object) -> None:
    print(json.dumps(what), flush=True)


def _main(address: str) -> None:
    application = QCoreApplication([])
    desktop = _Desktop(QDBusConnection.connectToBus(address, "desktop"))
    received = b""

    def obey() -> None:
        nonlocal received
        data = os.read(0, _READ_SIZE)
        if not data:
            os._exit(0)
        *lines, received = (received + data).split(b"\n")
        for line in lines:
            order, *arguments = json.loads(line)
            getattr(desktop, order)(*arguments)
            _say("done")

    notifier = QSocketNotifier(0, QSocketNotifier.Read)
    notifier.activated.connect(obey)
    application.exec()


if __name__ == "__main__":
    _main(sys.argv[1])
