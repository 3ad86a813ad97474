"""What is said elsewhere is noticed: notifications, and the number of what is unread."""

import math
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from client_gui.desktop.notifications import Notifications
from client_gui.desktop.preferences import Preferences
from client_gui.items import RoomItem
from client_gui.models.room_list import RoomListModel
from client_gui.notice_words import notice_words
from client_gui.noticing import Notices, Rules, Show, Step
from client_gui.presenters.talk import Talk
from client_gui.session import Session
from client_gui.widgets.chat_window import ChatWindow

_ABOUT_US = frozenset(("notify", "quiet", "quiet_from", "quiet_until"))


class Noticing(QObject):
    """Between the session and the *notifications*.

    Signals:
        room_wanted(room: str): somebody clicked on a notification about it.
        counted(count: int, mentions: int): what is unread, but for muted rooms; of those, only
            what names us.
        silence_changed(): it was wished for, or is over.
    """

    room_wanted = pyqtSignal(str)
    counted = pyqtSignal(int, int)
    silence_changed = pyqtSignal()

    def __init__(
        self,
        session: Session,
        window: ChatWindow,
        talk: Talk,
        rooms: RoomListModel,
        notifications: Notifications,
        preferences: Preferences,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        """*clock* counts seconds, *now* is what the clock on the wall says."""
        super().__init__(parent)
        self._window, self._talk, self._rooms = window, talk, rooms
        self._notifications, self._preferences, self._now = notifications, preferences, now
        self._notices = Notices(clock)
        self._silent_until: datetime | None = None
        self._timer = QTimer(self, singleShot=True, timeout=self._tick)
        session.said.connect(self._on_said)
        session.missed.connect(self._on_missed)
        session.rooms_changed.connect(self._on_rooms_changed)
        session.signed_out.connect(self.clear)
        session.sign_in_failed.connect(self.clear)
        notifications.opened.connect(self._on_opened)
        notifications.closed.connect(self._notices.closed)
        preferences.changed.connect(self._on_preference)

    # --- silence ---------------------------------------------------------------------------------

    @property
    def silent(self) -> bool:
        """Whether silence was wished for, and its end has not come."""
        return self._silent_until is not None and self._now() < self._silent_until

    def silence_would_end(self) -> datetime:
        """When it ends if it is wished for now: with the next end of the quiet hours, whether
        there are any or not; that is in the morning."""
        now = self._now()
        end = datetime.combine(now.date(), self._preferences.quiet_until)
        return end if end > now else end + timedelta(days=1)

    @pyqtSlot(bool)
    def set_silent(self, on: bool) -> None:
        """Tell nothing, until the morning; or tell again."""
        self._silent_until = self.silence_would_end() if on else None
        self._do(self._notices.clear() if on else ())
        self.silence_changed.emit()

    # --- what happens ----------------------------------------------------------------------------

    @pyqtSlot(tuple)
    def _on_said(self, news: tuple) -> None:
        self._do(
            self._notices.said(
                one
                for one in news
                if self._is_wanted(one.room, one.names_us) and not self._is_in_sight(one.room)
            )
        )

    @pyqtSlot(tuple)
    def _on_missed(self, items: tuple) -> None:
        wanted = [item for item in items if self._is_wanted(item.room, item.mentions > 0)]
        self._do(self._notices.missed(wanted))

    @pyqtSlot(tuple)
    def _on_rooms_changed(self, rooms: tuple) -> None:
        unread = {item.room for item in rooms if item.unread}
        self._do(
            step for room in self._notices.rooms() - unread for step in self._notices.read(room)
        )
        self.counted.emit(*_counts(rooms))

    @pyqtSlot()
    def clear(self) -> None:
        """Take everything back: nobody is at this window."""
        self._do(self._notices.clear())

    @pyqtSlot(str)
    def _on_opened(self, key: str) -> None:
        room = self._notices.room_of(key)
        self._do(self._notices.read(room))
        self.room_wanted.emit(room)

    @pyqtSlot(str)
    def _on_preference(self, name: str) -> None:
        if name in _ABOUT_US:
            self._notices.hush()
            self.silence_changed.emit()

    @pyqtSlot()
    def _tick(self) -> None:
        if self._is_quiet():
            self._notices.hush()
        self._do(self._notices.tick())

    # --- inside ----------------------------------------------------------------------------------

    def _rules(self) -> Rules:
        chosen = self._preferences
        return Rules(chosen.notify, chosen.quiet, chosen.quiet_from, chosen.quiet_until)

    def _is_quiet(self) -> bool:
        return self.silent or self._rules().is_quiet(self._now().time())

    def _is_wanted(self, room: str, names_us: bool) -> bool:
        item = self._rooms.item(room)
        return item is not None and self._rules().wants(item, names_us) and not self._is_quiet()

    def _is_in_sight(self, room: str) -> bool:
        window = self._window
        return room == self._talk.room and window.isActiveWindow() and window.view.isVisible()

    def _do(self, steps: Iterable[Step]) -> None:
        for step in steps:
            if isinstance(step, Show):
                preview = self._preferences.notify_preview
                words = notice_words(step.rooms, self._rooms.item, preview)
                self._notifications.show(step.key, *words)
            else:
                self._notifications.withdraw(step.key)
        wait = self._notices.wait()
        if wait is None:
            self._timer.stop()
        else:
            self._timer.start(math.ceil(wait * 1000))


def _counts(rooms: Iterable[RoomItem]) -> tuple[int, int]:
    count = mentions = 0
    for item in rooms:
        count += item.mentions if item.muted else item.unread
        mentions += item.mentions
    return count, mentions
