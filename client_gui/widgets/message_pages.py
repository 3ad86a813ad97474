"""The messages of the rooms, one page for each, of which one is in sight.

A page keeps where one was reading as long as it is here; ``MAX_PAGES`` are, and the one not looked
at for longest goes. A room that is opened anew after that begins at its newest message.
"""

from collections import OrderedDict

from PyQt5.QtCore import QCoreApplication, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QStackedWidget, QWidget

from client_gui.models.message_list import MessageListModel
from client_gui.widgets.empty_note import EmptyNote
from client_gui.widgets.jump_button import JumpButton, UnreadButton
from client_gui.widgets.message_delegate import BUBBLES
from client_gui.widgets.message_view import MessageView

MAX_PAGES = 20
"""Pages kept: the rooms that one goes to and fro between in a day."""

_FORWARDED = ("retry", "discard", "reply", "edit", "delete", "react", "readers", "quote", "link")

translate = QCoreApplication.translate


class MessagePages(QStackedWidget):
    """There is always a page in sight; at first, one of no room.

    Signals:
        top_reached(room: str): the first message there came into sight.
        bottom_seen(): the newest message of the room in sight may have come into sight.
        dismissed(): Escape was pressed there.
        The others are those of a :class:`MessageView`, of the one in sight.
    """

    top_reached = pyqtSignal(str)
    bottom_seen = pyqtSignal()
    dismissed = pyqtSignal()
    retry_wanted = pyqtSignal(str)
    discard_wanted = pyqtSignal(str)
    reply_wanted = pyqtSignal(object)
    edit_wanted = pyqtSignal(object)
    delete_wanted = pyqtSignal(object)
    react_wanted = pyqtSignal(object, str, bool)
    readers_wanted = pyqtSignal(object)
    quote_wanted = pyqtSignal(object)
    link_wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout, self._me = BUBBLES, ""
        self._pages: OrderedDict[str, MessageView] = OrderedDict()
        self.show_room(MessageListModel("", self))

    @property
    def view(self) -> MessageView:
        """The page in sight."""
        return self.currentWidget()

    def show_room(self, model: MessageListModel) -> None:
        """Bring the page of *model* into sight, as it was left."""
        page = self._pages.get(model.room) or self._make_page(model)
        self._pages.move_to_end(model.room)
        self.setCurrentWidget(page)
        self._drop_old_pages()

    def set_layout(self, layout: str) -> None:
        """Show messages as ``BUBBLES`` or ``COMPACT``, on every page."""
        self._layout = layout
        for page in self._pages.values():
            page.set_layout(layout)

    def set_me(self, username: str) -> None:
        """What names *username* stands out, on every page."""
        self._me = username
        for page in self._pages.values():
            page.set_me(username)

    def forget(self, room: str) -> None:
        """*room* is gone; it is not the one in sight."""
        page = self._pages.pop(room, None)
        if page is not None:
            self.removeWidget(page)
            page.deleteLater()

    def forget_all(self) -> None:
        """Another person's messages follow: no page is kept but the one in sight."""
        for room in [*self._pages][:-1]:
            self.forget(room)

    @pyqtSlot(int)
    def turn_page(self, step: int) -> None:
        """Scroll what is in sight by a page: down if *step* is 1, up if it is -1."""
        self.view.turn_page(step)

    def _make_page(self, model: MessageListModel) -> MessageView:
        view = MessageView()
        view.setFrameShape(QFrame.NoFrame)
        view.setModel(model)
        view.set_layout(self._layout)
        view.set_me(self._me)
        JumpButton(view)
        UnreadButton(view)
        view.dismissed.connect(self.dismissed)
        EmptyNote(view)
        for name in _FORWARDED:
            getattr(view, f"{name}_wanted").connect(getattr(self, f"{name}_wanted"))
        view.top_reached.connect(lambda: self.top_reached.emit(model.room))
        view.bottom_reached.connect(self.bottom_seen)
        model.rowsInserted.connect(self.bottom_seen)
        model.dataChanged.connect(self.bottom_seen)
        self._pages[model.room] = view
        self.addWidget(view)
        return view

    def _drop_old_pages(self) -> None:
        while len(self._pages) > MAX_PAGES:
            self.forget(next(iter(self._pages)))
