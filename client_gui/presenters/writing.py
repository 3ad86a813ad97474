"""What is written in the room in sight, from the first key until the session has it.

Each room keeps what was being written in it, so that nothing is ever sent, or left as a draft, in
another.
"""

from dataclasses import dataclass, replace

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from client_gui.composition import Composition
from client_gui.desktop.preferences import MAX_RECENT_EMOJI, Preferences
from client_gui.items import Delivery, Entry
from client_gui.models.conversations import Conversations
from client_gui.session import Session
from client_gui.widgets.composer import Composer
from client_gui.widgets.message_menu import can_be_edited
from client_gui.words import on_its_way_words, set_aside_words, too_many_waiting_words

DRAFT_MS = 1_000
"""Milliseconds after the last key before a draft is kept: what a crash may cost."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A message of ours that has not gone out."""

    room: str
    reply: Entry | None
    seconds: int
    """In which it will."""


class Writing(QObject):
    """Between the session and the *composer*.

    Signals:
        saying(): something is about to be said in the room in sight.
    """

    saying = pyqtSignal()

    def __init__(
        self,
        session: Session,
        composer: Composer,
        conversations: Conversations,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.room = ""
        self._session, self._composer = session, composer
        self._conversations, self._preferences = conversations, preferences
        self._writings: dict[str, Composition] = {}
        """What was being written in the rooms that are not in sight."""
        self._held: dict[str, _Held] = {}
        """By key, in the order in which they were written."""
        self._draft_timer = QTimer(
            self, singleShot=True, interval=DRAFT_MS, timeout=self.keep_draft
        )
        preferences.changed.connect(self._follow_preferences)
        self._follow_preferences()
        composer.say_wanted.connect(self._on_say_wanted)
        composer.edit_wanted.connect(self._on_edit_wanted)
        composer.edit_last_wanted.connect(self._on_edit_last_wanted)
        composer.emoji_used.connect(self._on_emoji_used)
        composer.undo_wanted.connect(self._on_undo_wanted)
        session.held.connect(self._on_held)
        composer.written.connect(self._on_written)

    def begin_anew(self) -> None:
        """Another person writes from here on, who has nothing to do with what there is."""
        self._draft_timer.stop()
        self._composer.set_writing(Composition())
        self._writings.clear()
        self._held.clear()
        self._composer.undo_strip.hide()
        self.room = ""

    def show(self, room: str) -> None:
        """Go on in *room* with what was being written there."""
        if room == self.room:
            return
        self._composer.finish_word()
        if self.room:
            self.keep_draft()
            self._writings[self.room] = self._composer.writing
        self.room = room
        writing = self._writings.pop(room, None) or Composition(self._session.draft(room))
        self._composer.set_writing(writing)
        self._draft_timer.stop()
        self._show_held()

    def forget(self, room: str) -> None:
        """We are in *room*, which is not in sight, no longer."""
        self._writings.pop(room, None)
        self._held = {key: held for key, held in self._held.items() if held.room != room}

    @pyqtSlot()
    def keep_draft(self) -> None:
        """Give what is written and not sent to the session, which keeps it."""
        self._draft_timer.stop()
        if self.room:
            self._session.set_draft(self.room, self._composer.writing.unsent)

    @pyqtSlot()
    def _follow_preferences(self) -> None:
        self._composer.set_send_key(self._preferences.send_key)
        self._composer.box.set_up_edits(self._preferences.up_edits)
        self._composer.set_recent_emoji(tuple(self._preferences.recent_emoji.split()))

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot(str, int)
    def _on_say_wanted(self, text: str, reply_to: int) -> None:
        if not self._session.can_say():
            self._composer.warn(too_many_waiting_words)
            return
        self.saying.emit()
        if seconds := self._preferences.undo_seconds:
            reply = self._composer.writing.reply
            key = self._session.say_in(seconds, self.room, text, reply_to)
            self._held[key] = _Held(self.room, reply, seconds)
        else:
            self._session.say(self.room, text, reply_to)
        self._composer.clear()
        self.keep_draft()
        self._show_held()

    @pyqtSlot(object, str)
    def _on_edit_wanted(self, entry: Entry, text: str) -> None:
        # It may have been stored since the editing began.
        now = self._conversations.of(self.room).find(entry.key) or entry
        if now.delivery is not Delivery.STORED:
            if not self._session.edit_unsent(now.key, text):
                self._composer.warn(on_its_way_words)
                return
        elif text != now.text:
            self._session.edit(self.room, now.seq, text)
        self._composer.clear()

    @pyqtSlot()
    def _on_edit_last_wanted(self) -> None:
        entry = self._conversations.of(self.room).last_own()
        if entry is not None and entry.key in self._held:
            self._on_undo_wanted()
        elif entry is not None and can_be_edited(entry):
            self._composer.edit(entry)

    @pyqtSlot()
    def _on_written(self) -> None:
        self._draft_timer.start()
        writing = self._composer.writing
        if writing.text and not writing.editing and self._composer.box.hasFocus():
            self._session.typing(self.room)

    @pyqtSlot(str)
    def _on_emoji_used(self, sign: str) -> None:
        before = [other for other in self._preferences.recent_emoji.split() if other != sign]
        self._preferences.recent_emoji = " ".join([sign, *before][:MAX_RECENT_EMOJI])

    # --- what is held ----------------------------------------------------------------------------

    @pyqtSlot(str, int)
    def _on_held(self, key: str, seconds: int) -> None:
        if key in self._held:
            self._held[key] = replace(self._held[key], seconds=seconds)
        if not seconds:
            self._held.pop(key, None)
        self._show_held()

    @pyqtSlot()
    def _on_undo_wanted(self) -> None:
        """Bring what was sent last here back into the box, or leave it unsent where it is."""
        key = self._last_held()
        if key is None:
            return
        self._composer.finish_word()
        entry, held = self._conversations.of(self.room).find(key), self._held.pop(key)
        if self._composer.writing.is_blank:
            # First kept as a draft, then taken away: a crash in between loses nothing.
            self._composer.set_writing(Composition(entry.text, reply=held.reply))
            self.keep_draft()
            self._session.take_back(key)
        else:
            self._session.set_aside(key)
            self._composer.warn(set_aside_words)
        self._show_held()
        self._composer.setFocus()

    def _last_held(self) -> str | None:
        """The key of what was sent last in the room in sight, if it is held and still there."""
        messages = self._conversations.of(self.room)
        keys = [key for key, held in self._held.items() if held.room == self.room]
        return next((key for key in reversed(keys) if messages.find(key)), None)

    def _show_held(self) -> None:
        key = self._last_held()
        if key is None:
            self._composer.undo_strip.hide()
        else:
            self._composer.undo_strip.show_seconds(self._held[key].seconds)
