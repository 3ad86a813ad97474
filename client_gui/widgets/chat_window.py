"""The window that one talks in: the messages, the box below, who is online, and the connection."""

from collections.abc import Callable, Iterable

from PyQt5.QtCore import QCoreApplication, QLocale, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent
from PyQt5.QtWidgets import (
    QAction,
    QFrame,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from client_gui.display import isolated, safe_name
from client_gui.models.message_list import MessageListModel
from client_gui.models.online_list import OnlineListModel
from client_gui.widgets.composer import Composer
from client_gui.widgets.connection_bar import ConnectionBar
from client_gui.widgets.jump_button import JumpButton
from client_gui.widgets.message_view import MessageView
from client_gui.widgets.online_list import OnlineList

_SIZE = (820, 600)
_SIDES = (670, 150)
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
        self.online = OnlineList(people)
        self.question: QMessageBox | None = None
        self.unsettled = 0
        """Messages that the server has not taken; leaving asks about them."""
        self._leaving = False
        self._build()
        self._build_menu()
        self.show_name("")

    def show_name(self, nickname: str) -> None:
        """The person at this window is *nickname*."""
        title = translate("ChatWindow", "MiniChat – %1")
        self.setWindowTitle(title.replace("%1", isolated(safe_name(nickname, ""))))

    def open_for(self, nickname: str) -> None:
        """Show the window for *nickname*, ready to write."""
        self._leaving = False
        self.show_name(nickname)
        self.show()
        self.raise_()
        self.activateWindow()
        self.composer.setFocus()

    def _build(self) -> None:
        splitter = QSplitter(Qt.Horizontal)
        splitter.addWidget(self._left())
        splitter.addWidget(_in_column([self.online], _MARGIN))
        splitter.setSizes(list(_SIDES))
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        self.setCentralWidget(_in_column([self.bar, splitter], 0))
        self.resize(*_SIZE)
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
        if self.unsettled:
            self._ask(self.sign_out_wanted.emit)
        else:
            self.sign_out_wanted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first when something has not been sent."""
        if self.unsettled and not self._leaving:
            event.ignore()
            self._ask(self._close_anyway)
        else:
            super().closeEvent(event)

    def _close_anyway(self) -> None:
        self._leaving = True
        self.close()

    def _ask(self, go: Callable[[], object]) -> None:
        if self.question is not None:
            return
        words = translate("ChatWindow", "Not everything has been sent (%1). Leave all the same?")
        self.question = QMessageBox(
            QMessageBox.Question,
            translate("ChatWindow", "MiniChat"),
            words.replace("%1", QLocale().toString(self.unsettled)),
            QMessageBox.Yes | QMessageBox.No,
            self,
        )
        self.question.setTextFormat(Qt.PlainText)
        self.question.setDefaultButton(QMessageBox.No)
        self.question.setAttribute(Qt.WA_DeleteOnClose)
        self.question.accepted.connect(go)
        self.question.finished.connect(self._on_answered)
        self.question.open()

    @pyqtSlot()
    def _on_answered(self) -> None:
        self.question = None


def _in_column(parts: Iterable[QWidget], margin: int) -> QWidget:
    """*parts* below each other, the highest taking what room there is."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return whole
