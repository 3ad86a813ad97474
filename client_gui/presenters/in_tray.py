"""The icon in the tray, the count in the title, and the windows that hide and come back."""

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, QEvent, QLocale, QObject, Qt, QTime, pyqtSlot
from PyQt5.QtGui import QSessionManager
from PyQt5.QtWidgets import QApplication, QWidget

from client_gui.desktop.preferences import Preferences
from client_gui.desktop.tray import Tray
from client_gui.presenters.noticing import Noticing
from client_gui.row_words import filled
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.tray_menu import TrayMenu

translate = QCoreApplication.translate


class InTray(QObject):
    """Between the *tray* and the windows, of which *login* or *chat* is in sight, or, in the tray,
    none. Nobody is ever left without a window and without an icon that brings it back.
    """

    def __init__(
        self,
        login: QWidget,
        chat: ChatWindow,
        tray: Tray,
        menu: TrayMenu,
        noticing: Noticing,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._login, self._chat = login, chat
        self._tray, self._menu, self._noticing = tray, menu, noticing
        self._preferences = preferences
        self.hidden = False
        """Whether the window waits in the tray."""
        for window in (login, chat):
            window.installEventFilter(self)
        self._connect_menu()
        chat.hide_wanted.connect(self.hide)
        tray.clicked.connect(self.bring_up)
        tray.came.connect(self._see_whether_it_hides)
        tray.went.connect(self._on_went)
        noticing.counted.connect(self._on_counted)
        noticing.silence_changed.connect(self._say_silence)
        preferences.changed.connect(self._see_whether_it_hides)
        QApplication.instance().commitDataRequest.connect(self._on_session_ends)
        self._say_silence()

    def _connect_menu(self) -> None:
        menu = self._menu
        menu.show_action.triggered.connect(self.bring_up)
        menu.hide_action.triggered.connect(self.hide)
        menu.quiet_action.triggered.connect(self._noticing.set_silent)
        menu.sign_out_action.triggered.connect(lambda: self._leaving(self._chat.sign_out))
        menu.quit_action.triggered.connect(lambda: self._leaving(self._chat.leave))
        menu.aboutToShow.connect(self._say_silence)

    # --- showing and hiding ----------------------------------------------------------------------

    @pyqtSlot()
    def bring_up(self) -> None:
        """Bring the window to the front, wherever it is."""
        window = self._login if self._login.isVisible() else self._chat
        window.setWindowState(window.windowState() & ~Qt.WindowMinimized | Qt.WindowActive)
        window.show()
        window.raise_()
        window.activateWindow()

    @pyqtSlot()
    def hide(self) -> None:
        """Leave nothing but the icon, where there is one."""
        if self._tray.there and self._chat.isVisible():
            self.hidden = True
            # A box that is closed meanwhile would be taken for the last window.
            QApplication.setQuitOnLastWindowClosed(False)
            self._chat.hide()
            self._say_silence()

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """See a window come back, whoever shows it."""
        if event.type() == QEvent.Show:
            self.hidden = False
            QApplication.setQuitOnLastWindowClosed(True)
            self._say_silence()
        return False

    def _leaving(self, leave: Callable[[], object]) -> None:
        """Leave; whoever is to be asked first has to see the question."""
        if self._chat.leaving.unsettled:
            self.bring_up()
        leave()

    # --- what happens ----------------------------------------------------------------------------

    @pyqtSlot()
    def _on_went(self) -> None:
        self._see_whether_it_hides()
        if self.hidden:
            self.bring_up()

    @pyqtSlot()
    def _see_whether_it_hides(self) -> None:
        self._chat.hides = self._tray.there and self._preferences.close_to_tray

    def _on_session_ends(self, _manager: QSessionManager) -> None:
        """The desktop closes all windows: one that only hides would keep it from ending."""
        self._chat.hides = False

    @pyqtSlot(int, int)
    def _on_counted(self, count: int, mentions: int) -> None:
        self._chat.show_unread(count)
        self._tray.show_count(count, mentions > 0)

    @pyqtSlot()
    def _say_silence(self) -> None:
        self._menu.set_quiet(self._noticing.silent, self._silence_words)
        self._menu.set_window(self._chat.isVisible())
        self._menu.set_signed_in(not self._login.isVisible())
        self._tray.retranslate()

    def _silence_words(self) -> str:
        end = self._noticing.silence_would_end()
        clock = QLocale().toString(QTime(end.hour, end.minute), QLocale.ShortFormat)
        return filled(translate("TrayMenu", "Q&uiet until %1"), clock)
