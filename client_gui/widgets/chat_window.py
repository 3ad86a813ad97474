"""The window that one talks in: the messages, the box below, who is online, and the connection."""

from collections.abc import Iterable

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QResizeEvent
from PyQt5.QtWidgets import (
    QAction,
    QFrame,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from client_gui.display import safe_name
from client_gui.models.message_list import MessageListModel
from client_gui.models.online_list import OnlineListModel
from client_gui.widgets.composer import Composer
from client_gui.widgets.connection_bar import ConnectionBar
from client_gui.widgets.jump_button import JumpButton
from client_gui.widgets.leave_question import LeaveQuestion
from client_gui.widgets.message_view import MessageView
from client_gui.widgets.online_list import OnlineList

SIDE_FROM = 500
"""Pixels of a window from which on there is room for the list of who is online."""

_SIDES = (690, 130)
_MARGIN = 10

translate = QCoreApplication.translate


class ChatWindow(QMainWindow):
    """Puts the parts together; what they want goes through it untouched.

    Signals:
        sign_out_wanted(): the person wants to go back to the login window, whatever is unsent.
    """

    sign_out_wanted = pyqtSignal()

    def __init__(self, messages: MessageListModel, people: OnlineListModel) -> None:
        super().__init__()
        self.bar = ConnectionBar()
        self.view = MessageView()
        self.view.setModel(messages)
        self.view.setFrameShape(QFrame.NoFrame)
        self.jump = JumpButton(self.view)
        self.composer = Composer()
        self.composer.box.page_wanted.connect(self.view.turn_page)
        self.online = OnlineList(people)
        self.leaving = LeaveQuestion(self)
        self._side = _in_column([self.online], _MARGIN)
        self._build()
        self._build_menu()
        self.show_name("")

    def show_name(self, nickname: str) -> None:
        """The person at this window is *nickname*."""
        title = translate("ChatWindow", "MiniChat – %1")
        self.setWindowTitle(title.replace("%1", safe_name(nickname, "")))

    def open_for(self, nickname: str) -> None:
        """Show the window for *nickname*, ready to write."""
        self.show_name(nickname)
        self.show()
        self.raise_()
        self.activateWindow()
        self.composer.setFocus()

    def _build(self) -> None:
        splitter = QSplitter(Qt.Horizontal)
        splitter.addWidget(self._left())
        splitter.addWidget(self._side)
        splitter.setSizes(list(_SIDES))
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        self.setCentralWidget(_in_column([self.bar, splitter], 0))
        QWidget.setTabOrder(self.composer.box, self.composer.button)
        QWidget.setTabOrder(self.composer.button, self.view)
        QWidget.setTabOrder(self.view, self.online.view)

    def _left(self) -> QWidget:
        return _in_column([self.view, _in_column([self.composer], _MARGIN)], 0)

    def _build_menu(self) -> None:
        menu = self.menuBar().addMenu(translate("ChatWindow", "&Chat"))
        self.sign_out_action = QAction(translate("ChatWindow", "Log &out"), self)
        self.sign_out_action.setShortcut("Ctrl+Shift+O")
        self.sign_out_action.triggered.connect(self._sign_out)
        self.quit_action = QAction(translate("ChatWindow", "&Quit"), self)
        self.quit_action.setShortcut("Ctrl+Q")
        self.quit_action.setMenuRole(QAction.QuitRole)
        self.quit_action.triggered.connect(self.close)
        menu.addAction(self.sign_out_action)
        menu.addSeparator()
        menu.addAction(self.quit_action)

    # --- leaving ---------------------------------------------------------------------------------

    @pyqtSlot()
    def _sign_out(self) -> None:
        if self.leaving.ask(self.sign_out_wanted.emit):
            self.sign_out_wanted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first when something has not been sent."""
        event.setAccepted(self.leaving.ask(self.close))

    # --- room ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the messages all of a narrow window."""
        super().resizeEvent(event)
        self._side.setVisible(event.size().width() >= SIDE_FROM)


def _in_column(parts: Iterable[QWidget], margin: int) -> QWidget:
    """*parts* below each other, the highest taking what room there is."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return whole
