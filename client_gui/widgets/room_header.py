"""What stands above the messages: which room this is, what it is for, who is in it, the search."""

from PyQt5.QtCore import QCoreApplication, QLocale, pyqtSignal
from PyQt5.QtGui import QFont
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from client_gui.display import isolated
from client_gui.items import RoomItem
from client_gui.models.room_list import room_title, tip
from client_gui.rights import rights
from client_gui.widgets.elided_label import ElidedLabel
from client_gui.widgets.icons import IconButton
from client_gui.widgets.muted_line import MutedLine
from client_gui.widgets.retranslated import Retranslated

_MARGIN = 10
_SPACING = 6

translate = QCoreApplication.translate


class RoomHeader(Retranslated, QFrame):
    """Of the room in sight.

    Signals:
        rooms_wanted(): show the list of rooms, which is folded away.
        members_wanted(room: str): show who is in it.
        search_wanted(): look for something.
    """

    rooms_wanted = pyqtSignal()
    members_wanted = pyqtSignal(str)
    search_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = ""
        self._item: RoomItem | None = None
        self._me = ""
        self.rooms_button, self.search_button = IconButton("menu"), IconButton("magnify")
        self.members_button = QToolButton()
        self.members_button.setAutoRaise(True)
        self.name, self.topic = ElidedLabel(), MutedLine()
        self._build()
        self.rooms_button.clicked.connect(self.rooms_wanted)
        self.members_button.clicked.connect(lambda: self.members_wanted.emit(self._room))
        self.search_button.clicked.connect(self.search_wanted)
        self.rooms_button.hide()
        self.retranslate()

    def show_room(self, item: RoomItem, me: str) -> None:
        """*item* is in sight; *me* is the user name of the person at this window."""
        self._room, self._item, self._me = item.room, item, me
        self.members_button.setVisible(rights(item).lists_members)
        self._describe(item, me)

    def retranslate(self) -> None:
        """Say the words, those about the room included."""
        _name(self.rooms_button, translate("RoomHeader", "Rooms"))
        _name(self.members_button, translate("RoomHeader", "Members"))
        _name(self.search_button, translate("RoomHeader", "Search (Ctrl+F)"))
        self.topic.setAccessibleName(translate("RoomHeader", "Topic"))
        if self._item is not None:
            self._describe(self._item, self._me)

    def _describe(self, item: RoomItem, me: str) -> None:
        self.name.setText(isolated(room_title(item, me)))
        self.topic.setText(isolated(tip(item)))
        words = translate("RoomHeader", "Members: %1")
        self.members_button.setText(words.replace("%1", QLocale().toString(item.members)))

    def _build(self) -> None:
        bold = QFont()
        bold.setBold(True)
        self.name.setFont(bold)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.name)
        lines.addWidget(self.topic)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _SPACING, _MARGIN, _SPACING)
        row.setSpacing(_SPACING)
        row.addWidget(self.rooms_button)
        row.addLayout(lines, 1)
        row.addWidget(self.members_button)
        row.addWidget(self.search_button)


def _name(button: QToolButton, name: str) -> None:
    button.setToolTip(name)
    button.setAccessibleName(name)
