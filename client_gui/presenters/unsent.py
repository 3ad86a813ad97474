"""Between the session and the panel of what was not sent."""

from PyQt5.QtCore import QObject, pyqtSlot

from client_gui.items import Unsent as UnsentItem
from client_gui.models.room_list import RoomListModel
from client_gui.presenters.talk import Talk
from client_gui.session import Session
from client_gui.widgets.chat_window import ChatWindow


class Unsent(QObject):
    """Keeps the panel up to date while it is open, and does what is wanted there."""

    def __init__(
        self,
        session: Session,
        window: ChatWindow,
        rooms: RoomListModel,
        talk: Talk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._window, self._rooms, self._talk = session, window, rooms, talk
        self._panel = panel = window.outbox
        session.timeline_changed.connect(self._refresh)
        session.rooms_changed.connect(self._refresh)
        session.signed_out.connect(panel.hide)
        window.bar.outbox_wanted.connect(self._open_or_close)
        panel.closed.connect(self._close)
        panel.retry_wanted.connect(session.retry)
        panel.cancel_wanted.connect(session.discard)
        panel.go_wanted.connect(self._go)
        panel.edit_wanted.connect(self._edit)

    @pyqtSlot()
    def _refresh(self) -> None:
        if not self._panel.isHidden():
            self._panel.show_unsent(self._session.unsent(), self._rooms.title)

    @pyqtSlot()
    def _open_or_close(self) -> None:
        if self._panel.isHidden():
            self._panel.open()
            self._refresh()
        else:
            self._close()

    @pyqtSlot()
    def _close(self) -> None:
        self._panel.hide()
        self._window.composer.setFocus()

    @pyqtSlot(object)
    def _go(self, unsent: UnsentItem) -> None:
        self._talk.show(unsent.room)
        row = self._talk.messages.row_of_key(unsent.key)
        if row is not None:
            self._window.view.show_row(row)

    @pyqtSlot(object)
    def _edit(self, unsent: UnsentItem) -> None:
        self._go(unsent)
        entry = self._talk.messages.find(unsent.key)
        if entry is not None:
            self._window.composer.edit(entry)
            self._window.composer.setFocus()
