"""Between the session and the search panel."""

from functools import partial

from PyQt5.QtCore import QObject, pyqtSlot

from client_gui.models.room_list import RoomListModel
from client_gui.presenters.talk import Talk
from client_gui.session import Session
from client_gui.widgets.chat_window import ChatWindow
from client_gui.words import room_words


class Finding(QObject):
    """Passes on what is looked for, and what was found."""

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
        panel = window.search
        panel.search_wanted.connect(self._on_search_wanted)
        panel.more_wanted.connect(session.search_more)
        panel.hit_chosen.connect(talk.find)
        talk.room_shown.connect(panel.search_another_room)
        session.search_found.connect(self._on_found)
        session.search_failed.connect(self._on_failed)

    @pyqtSlot(str, bool)
    def _on_search_wanted(self, words: str, everywhere: bool) -> None:
        self._window.search.begin(self._rooms.title)
        self._session.search(words, "" if everywhere else self._talk.room)

    @pyqtSlot(tuple, bool, bool, bool)
    def _on_found(self, hits: tuple, more: bool, fresh: bool, kept: bool) -> None:
        if fresh:
            self._window.search.begin(self._rooms.title)
        self._window.search.show_hits(hits, more, kept)

    @pyqtSlot(str)
    def _on_failed(self, reason: str) -> None:
        words = partial(room_words, reason, "")
        if self._window.search.isVisible():
            self._window.search.show_failure(words)
        else:
            self._window.composer.warn(words)
