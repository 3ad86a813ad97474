"""The middle of the chat window: the room's name, its messages, who is writing, and the box."""

from PyQt5.QtCore import Qt, pyqtSlot
from PyQt5.QtWidgets import QFrame, QVBoxLayout, QWidget

from client_gui.widgets.composer import Composer
from client_gui.widgets.keys_to_box import KeysToBox
from client_gui.widgets.message_pages import MessagePages
from client_gui.widgets.room_header import RoomHeader
from client_gui.widgets.typing_line import TypingLine

_MARGIN = 10
_SPACING = 2


class Conversation(QWidget):
    """Only puts the parts together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = RoomHeader()
        self.pages = MessagePages()
        self.typing = TypingLine()
        self.composer = Composer()
        self._keys = KeysToBox(self.composer.box)
        self._keys.watch(self.pages.view)
        self.composer.box.page_wanted.connect(self.pages.turn_page)
        self.pages.currentChanged.connect(self._on_page_changed)
        below = QVBoxLayout()
        below.setContentsMargins(_MARGIN, _SPACING, _MARGIN, _MARGIN)
        below.setSpacing(_SPACING)
        below.addWidget(self.typing)
        below.addWidget(self.composer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(_line())
        column.addWidget(self.pages, 1)
        column.addLayout(below)

    @pyqtSlot()
    def _on_page_changed(self) -> None:
        QWidget.setTabOrder(self.composer.emoji_button, self.pages.view)
        self._keys.watch(self.pages.view)


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.HLine)
    line.setFrameShadow(QFrame.Plain)
    line.setForegroundRole(line.palette().Mid)
    line.setFocusPolicy(Qt.NoFocus)
    return line
