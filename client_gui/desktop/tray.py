"""The icon in the tray, as long as there is a tray: they come late, and they go.

Nobody says when a tray appears or disappears, on every system, so it is looked for now and then.
"""

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, QLocale, QObject, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QIcon
from PyQt5.QtWidgets import QMenu, QSystemTrayIcon

from client_gui.desktop.badge import counted_icon
from client_gui.row_words import filled

LOOK_EVERY_MS = 5_000
"""Milliseconds from one look for a tray to the next: so long may a hidden window be lost."""

SHOWN_MS = 10_000
"""Milliseconds that a message from the icon stays, where the system lets us say so."""

translate = QCoreApplication.translate


class Tray(QObject):
    """The icon, with *menu*, where there is a tray.

    Signals:
        clicked(): somebody wants the window.
        message_clicked(): somebody clicked on what :meth:`speak` shows.
        came(): there is a tray from now on.
        went(): there is none any more.
    """

    clicked = pyqtSignal()
    message_clicked = pyqtSignal()
    came = pyqtSignal()
    went = pyqtSignal()

    def __init__(
        self,
        icon: QIcon,
        menu: QMenu,
        is_there: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._plain, self._menu, self._is_there = icon, menu, is_there
        self._counts = (0, False)
        self.icon: QSystemTrayIcon | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY_MS, timeout=self.look)

    @property
    def there(self) -> bool:
        """Whether the icon can be seen, as far as is known."""
        return self.icon is not None

    @pyqtSlot()
    def start(self) -> None:
        """Look for a tray, from now on."""
        self._timer.start()
        self.look()

    @pyqtSlot()
    def stop(self) -> None:
        """Take the icon away: some systems leave it standing when a program has ended."""
        self._timer.stop()
        self._remove()

    @pyqtSlot()
    def look(self) -> None:
        """Whether there is a tray now."""
        there = self._is_there()
        if there and self.icon is None:
            self._add()
            self.came.emit()
        elif not there and self.icon is not None:
            self._remove()
            self.went.emit()

    def show_count(self, count: int, urgent: bool) -> None:
        """So much is unread; *urgent*: something among it names us."""
        if (count, urgent) != self._counts:
            self._counts = count, urgent
            self._paint()

    def speak(self, title: str, body: str) -> bool:
        """Show this beside the icon, as this system does; False: there is no icon."""
        if self.icon is None or not QSystemTrayIcon.supportsMessages():
            return False
        self.icon.showMessage(title, body, self._plain, SHOWN_MS)
        return True

    @pyqtSlot()
    def retranslate(self) -> None:
        """Say the words anew."""
        if self.icon is None:
            return
        words = translate("Tray", "MiniChat")
        if count := self._counts[0]:
            words = filled(translate("Tray", "MiniChat: %1 unread"), QLocale().toString(count))
        self.icon.setToolTip(words)

    def _add(self) -> None:
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.message_clicked)
        self._paint()
        self.icon.show()

    def _remove(self) -> None:
        if self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None

    def _paint(self) -> None:
        if self.icon is not None:
            count, urgent = self._counts
            self.icon.setIcon(counted_icon(self._plain, count, urgent) if count else self._plain)
            self.retranslate()

    @pyqtSlot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: int) -> None:
        # The menu is asked for by another button; on macOS, by any.
        if reason in (QSystemTrayIcon.Trigger, QSystemTrayIcon.DoubleClick):
            self.clicked.emit()
