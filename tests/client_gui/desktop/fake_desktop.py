"""What shows notifications on a desktop, on a real bus: it remembers, and clicks when told to."""

from collections.abc import Iterable

from PyQt5.QtCore import Q_CLASSINFO, QObject, pyqtSignal, pyqtSlot
from PyQt5.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusMessage

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
USUAL = ("actions", "body", "body-markup")


class _Adaptor(QDBusAbstractAdaptor):
    """The interface, as the specification has it."""

    Q_CLASSINFO("D-Bus Interface", SERVICE)
    ActionInvoked = pyqtSignal("uint", str)
    NotificationClosed = pyqtSignal("uint", "uint")

    def __init__(self, desktop: "FakeDesktop") -> None:
        super().__init__(desktop)
        self._desktop = desktop

    @pyqtSlot(QDBusMessage, result="QStringList")
    def GetCapabilities(self, message: QDBusMessage) -> list[str]:
        return self._desktop.answer(message, self._desktop.can, [])

    @pyqtSlot(
        str, "uint", str, str, str, "QStringList", "QVariantMap", int, QDBusMessage, result="uint"
    )
    def Notify(self, *arguments: object) -> int:
        *said, message = arguments
        return self._desktop.answer(message, self._desktop.noticed(*said), 0)

    @pyqtSlot("uint", QDBusMessage)
    def CloseNotification(self, number: int, message: QDBusMessage) -> None:
        self._desktop.screen.pop(number, None)
        self.NotificationClosed.emit(number, 3)


class FakeDesktop(QObject):
    """Attributes:
    screen: (title, body) by number.
    asked: every notification that came: (replaced number, title, body, actions).
    silent: answers nothing from now on, until :meth:`wake`.
    """

    def __init__(self, bus: QDBusConnection, can: Iterable[str] = USUAL) -> None:
        super().__init__()
        self.can = list(can)
        self.screen: dict[int, tuple[str, str]] = {}
        self.asked: list[tuple[int, str, str, list[str]]] = []
        self.silent = False
        self._waiting: list[QDBusMessage] = []
        self._bus = bus
        self._adaptor = _Adaptor(self)
        self._last = 0
        assert bus.registerObject(PATH, self)
        assert bus.registerService(SERVICE)

    def noticed(
        self, _name: str, number: int, _icon: str, title: str, body: str, actions: list[str],
        _hints: dict, _milliseconds: int,
    ) -> int:  # fmt: skip
        self.asked.append((number, title, body, actions))
        self._last = number or self._last + 1
        self.screen[self._last] = (title, body)
        return self._last

    def click(self, number: int, action: str = "default") -> None:
        self._adaptor.ActionInvoked.emit(number, action)

    def put_away(self, number: int) -> None:
        self.screen.pop(number, None)
        self._adaptor.NotificationClosed.emit(number, 2)

    def answer(self, message: QDBusMessage, value: object, nothing: object) -> object:
        if self.silent:
            message.setDelayedReply(True)
            self._waiting.append(message.createReply([value]))
            return nothing
        return value

    def wake(self) -> None:
        """Answer what has waited."""
        self.silent = False
        for reply in self._waiting:
            self._bus.send(reply)
        self._waiting.clear()

    def leave(self) -> None:
        self._bus.unregisterService(SERVICE)
        self._bus.unregisterObject(PATH)
