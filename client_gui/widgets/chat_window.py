"""The window that one talks in: the rooms, the conversation, who is online, and the connection."""

from collections.abc import Iterable
from functools import partial
from itertools import pairwise

from PyQt5.QtCore import QCoreApplication, QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShowEvent
from PyQt5.QtWidgets import QApplication, QMainWindow, QShortcut, QSplitter, QVBoxLayout, QWidget

from client_gui.display import safe_name
from client_gui.models.online_list import OnlineListModel
from client_gui.models.room_list import RoomListModel, counted
from client_gui.widgets.account_menu import AccountMenu
from client_gui.widgets.columns import Column, columns, packed, unpacked, widths
from client_gui.widgets.composer import Composer
from client_gui.widgets.connection_bar import ConnectionBar
from client_gui.widgets.conversation import Conversation
from client_gui.widgets.leave_question import LeaveQuestion
from client_gui.widgets.main_menu import MainMenu
from client_gui.widgets.message_view import MessageView
from client_gui.widgets.online_list import OnlineList
from client_gui.widgets.outbox_panel import OutboxPanel
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.rooms_pane import RoomsPane
from client_gui.widgets.search_panel import SearchPanel
from client_gui.widgets.switcher import Switcher

_NARROWEST = 300
_MARGIN = 10
_HANDLE = 1  # pixels: a line, which Qt lets one grab beside it, too

translate = QCoreApplication.translate


class ChatWindow(Retranslated, QMainWindow):
    """Puts the parts together; what they want goes through it untouched. The models are the
    window's from here on: a model that goes before its view leaves it with nothing.

    Signals:
        sign_out_wanted(): the person wants to go back to the login window, whatever is unsent.
        quit_wanted(): the person wants to leave, whatever is unsent.
        columns_moved(widths: bytes): a person has made a column wider or narrower; to be kept.
        looked_at(): the window has come to the front, or has left it.
        hide_wanted(): the window was closed, and :attr:`hides` says that there is somewhere to
            bring it back from.
    """

    sign_out_wanted = pyqtSignal()
    quit_wanted = pyqtSignal()
    looked_at = pyqtSignal()
    hide_wanted = pyqtSignal()
    columns_moved = pyqtSignal(bytes)

    def __init__(self, rooms: RoomListModel, people: OnlineListModel) -> None:
        super().__init__()
        self._nickname = ""
        self._unread = 0
        self.hides = False
        self.menu = MainMenu()
        self.accounts = AccountMenu()
        self.menu.add_menu("sign_out", self.accounts)
        self.bar = ConnectionBar()
        self.outbox = OutboxPanel()
        self.rooms = RoomsPane(rooms)
        self.conversation = Conversation()
        self.online = OnlineList(people)
        self.search = SearchPanel()
        self.leaving = LeaveQuestion(self)
        self._searching = self._choosing = False
        self._shown: frozenset[Column] = frozenset()
        self._chosen: dict[Column, int] = {}
        """How wide a person has made columns."""
        self._splitter = QSplitter(Qt.Horizontal)
        self._columns = {
            Column.ROOMS: _in_column([self.rooms], _MARGIN),
            Column.CONVERSATION: self.conversation,
            Column.ONLINE: _in_column([self.online], _MARGIN),
            Column.SEARCH: _in_column([self.search], _MARGIN),
        }
        self._build()
        self.switcher = Switcher(self)
        self._connect()
        for model in (rooms, people):
            model.setParent(self)
        self.show_name("")
        self._fold()

    @property
    def view(self) -> MessageView:
        """The messages in sight."""
        return self.conversation.pages.view

    @property
    def composer(self) -> Composer:
        """Where one writes."""
        return self.conversation.composer

    def show_name(self, nickname: str) -> None:
        """The person at this window is *nickname*."""
        self._nickname = nickname
        self.retranslate()

    def show_unread(self, count: int) -> None:
        """So many messages are to be read; they are counted in the title."""
        self._unread = count
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words of the title."""
        title = translate("ChatWindow", "MiniChat – %1")
        count = f"({counted(self._unread)}) " if self._unread else ""
        self.setWindowTitle(count + title.replace("%1", safe_name(self._nickname, "")))

    def open_for(self, nickname: str) -> None:
        """Show the window for *nickname*, ready to write."""
        self.show_name(nickname)
        self.show()
        self.raise_()
        self.activateWindow()
        self.composer.setFocus()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        for column, part in self._columns.items():
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(column.value, column is Column.CONVERSATION)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(_HANDLE)
        self.setMenuBar(self.menu)
        self.setCentralWidget(_in_column([self.bar, self.outbox, self._splitter], 0))
        # Narrower than all columns together: they fold.
        self.setMinimumWidth(_NARROWEST)
        order = [
            self.composer.box,
            self.composer.button,
            self.composer.emoji_button,
            self.view,
            self.online.view,
            self.rooms.view,
        ]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        rooms = self.rooms
        for name, do in (
            ("try_now", self.bar.try_wanted),
            ("outbox", self.bar.outbox_wanted),
            ("doctor", self.bar.doctor_wanted),
            ("search", lambda: self.open_search(everywhere=False)),
            ("search_everywhere", lambda: self.open_search(everywhere=True)),
            ("next_hit", lambda: self.search.step(1)),
            ("previous_hit", lambda: self.search.step(-1)),
            ("sign_out", self.sign_out),
            ("quit", self.leave),
            ("new_room", rooms.new_room_wanted),
            ("join", rooms.join_wanted),
            ("find_room", self.find),
            ("previous_room", lambda: rooms.step(-1)),
            ("next_room", lambda: rooms.step(1)),
            ("previous_unread", lambda: rooms.step_unread(-1)),
            ("next_unread", lambda: rooms.step_unread(1)),
            ("pin", rooms.toggle_pin),
            ("mute", rooms.toggle_mute),
            ("mark_read", rooms.mark_read),
            ("next_part", lambda: self.step_part(1)),
            ("previous_part", lambda: self.step_part(-1)),
        ):
            self.menu.action(name).triggered.connect(do)
        for number in range(1, 10):
            go = partial(rooms.go_to, number)
            QShortcut(QKeySequence(f"Alt+{number}"), self, activated=go)
        self._splitter.splitterMoved.connect(self._on_columns_moved)
        header = self.conversation.header
        header.rooms_wanted.connect(self.choose_room)
        header.search_wanted.connect(lambda: self.open_search(everywhere=False))
        self.search.closed.connect(self.close_search)
        self.rooms.left.connect(self.show_conversation)

    # --- what is in sight ------------------------------------------------------------------------

    @pyqtSlot()
    def find(self) -> None:
        """Let the person type the name of a room or of somebody; or, if they are, no longer."""
        if self.switcher.isVisible():
            self.switcher.close_up()
        # What an input method has not finished would be lost.
        elif not self.composer.box.composing:
            self.switcher.open()

    @pyqtSlot()
    def choose_room(self) -> None:
        """Show the list of rooms, also where there is room for one thing only."""
        self._choosing = True
        self._fold()
        self.rooms.view.setFocus(Qt.OtherFocusReason)

    def open_search(self, everywhere: bool = False) -> None:
        """Let the person search in the room in sight, or *everywhere*; unless an input method has
        not finished, of which something would be lost."""
        if not self.composer.box.composing:
            self._searching, self._choosing = True, False
            self._fold()
            self.search.open(everywhere)

    def step_part(self, by: int) -> None:
        """Lead the keyboard to the next part that is in sight: rooms, messages, box, other side."""
        parts = (self.rooms.view, self.view, self.composer.box, self.online.view, self.search)
        seen = [part for part in parts if part.isVisible()]
        here = QApplication.focusWidget()
        inside = (
            n for n, part in enumerate(seen) if here and (part is here or part.isAncestorOf(here))
        )
        seen[(next(inside, 0) + by) % len(seen)].setFocus(
            Qt.TabFocusReason if by > 0 else Qt.BacktabFocusReason
        )

    @pyqtSlot()
    def close_search(self) -> None:
        """Show who is online again, where there is room for it."""
        self._searching = False
        self.show_conversation()

    @pyqtSlot()
    def show_conversation(self) -> None:
        """Bring the messages to the front, ready to write."""
        self._choosing = False
        self._fold()
        self.composer.setFocus()

    def uncover(self) -> None:
        """Close what covers the messages, where there is room for one thing only."""
        if not self.conversation.isVisible() and self.isVisible():
            self._searching = False
        self._choosing = False
        self._fold()

    def set_columns(self, kept: bytes) -> None:
        """Make the columns as wide as they were when ``columns_moved`` told *kept*."""
        self._chosen = unpacked(kept)
        self._shown = frozenset()
        self._fold()

    @pyqtSlot()
    def _on_columns_moved(self) -> None:
        sizes = dict(zip(self._columns, self._splitter.sizes(), strict=True))
        shown = self._shown - {Column.CONVERSATION}
        self._chosen |= {column: sizes[column] for column in shown}
        self.columns_moved.emit(packed(self._chosen))

    def _fold(self) -> None:
        shown = columns(self.width(), self._searching, self._choosing)
        for column, part in self._columns.items():
            part.setVisible(column in shown)
        if shown != self._shown:
            self._shown = shown
            room = self._splitter.width() - _HANDLE * (len(shown) - 1)
            sizes = widths(room, shown, self._chosen)
            self._splitter.setSizes([sizes[column] for column in self._columns])
        self.conversation.header.rooms_button.setVisible(Column.ROOMS not in shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the messages all of a narrow window."""
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        """Give each column its width in the window as it has become."""
        super().showEvent(event)
        self._shown = frozenset()
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        """Tell when the window comes to the front: what is in it is seen then."""
        super().changeEvent(event)
        if event.type() == QEvent.ActivationChange:
            self.looked_at.emit()

    # --- leaving ---------------------------------------------------------------------------------

    @pyqtSlot()
    def sign_out(self) -> None:
        """Go back to the login window; ask first when something has not been sent."""
        if self.leaving.ask(self.sign_out_wanted.emit):
            self.sign_out_wanted.emit()

    @pyqtSlot()
    def leave(self) -> None:
        """End the program; ask first when something has not been sent."""
        if self.leaving.ask(self.quit_wanted.emit):
            self.quit_wanted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide, or ask first when something has not been sent."""
        if self.hides:
            event.ignore()
            self.hide_wanted.emit()
        else:
            event.setAccepted(self.leaving.ask(self.close))


def _in_column(parts: Iterable[QWidget], margin: int) -> QWidget:
    """*parts* below each other, the highest taking what room there is."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return whole
