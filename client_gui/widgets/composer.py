"""Where a message is written and sent from: the box, the button, and what is wrong, if anything."""

from functools import partial

from PyQt5.QtCore import QCoreApplication, QLocale, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QTextCursor
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from client_gui.composition import Composition
from client_gui.items import Entry
from client_gui.widgets.completer import Completer
from client_gui.widgets.composing_strip import ComposingStrip
from client_gui.widgets.emoji_picker import EmojiPicker
from client_gui.widgets.icons import IconButton
from client_gui.widgets.message_box import ENTER, MessageBox
from client_gui.widgets.note_label import NoteLabel
from client_gui.widgets.paste_question import PasteQuestion
from client_gui.widgets.retranslated import Retranslated, Words, said
from client_gui.widgets.undo_strip import UndoStrip
from wire.limits import MAX_TEXT

COUNTED_FROM = MAX_TEXT * 8 // 10
"""Characters from which on the count is shown."""

_SPACING = 8
_ICON = 22

translate = QCoreApplication.translate


class Composer(Retranslated, QWidget):
    """The lower part of a conversation. What is written stays until it is taken by :meth:`clear`.

    Signals:
        say_wanted(text: str, reply_to: int): a text that is neither empty nor too long.
        edit_wanted(entry: Entry, text: str): put it in the place of this message of ours.
        emoji_used(sign: str): this one was put into the box.
        undo_wanted(): what was sent last is not to go out.
        edit_last_wanted(): Up was pressed in the empty box.
        dismissed(): Escape was pressed, and there was nothing to cancel.
        written(): the person has changed what is in the box.
    """

    say_wanted = pyqtSignal(str, int)
    edit_wanted = pyqtSignal(object, str)
    edit_last_wanted = pyqtSignal()
    dismissed = pyqtSignal()
    emoji_used = pyqtSignal(str)
    undo_wanted = pyqtSignal()
    written = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = Composition()
        self._taking_up = False
        self._send_key = ENTER
        self.strip = ComposingStrip()
        self.undo_strip = UndoStrip()
        self.paste_question = PasteQuestion()
        self.box = MessageBox()
        self.completer = Completer(self.box)
        self.emoji_button = IconButton("emoticon-happy-outline")
        self.emoji_button.setShortcut("Ctrl+E")
        self.emoji_button.setIconSize(QSize(_ICON, _ICON))
        self.picker: EmojiPicker | None = None
        """Made when it is first needed: then the composer is in its window."""
        self._recent_emoji: tuple[str, ...] = ()
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.note = NoteLabel()
        self.note.hide()
        self._noted: Words = ""
        self._build()
        self._connect()
        self.retranslate()
        self._on_text_changed()
        self.setFocusProxy(self.box)

    # --- what the program says -------------------------------------------------------------------

    @property
    def writing(self) -> Composition:
        """What is in the box now, and what it is for."""
        about, text = self._about, self.box.toPlainText()
        return Composition(text, about.reply, about.editing, about.draft)

    def set_writing(self, writing: Composition) -> None:
        """Go on with *writing*; a word being composed has been finished before."""
        self.finish_word()
        # It was to be pasted there.
        self.paste_question.cancel()
        self._take_up(writing)

    def finish_word(self) -> None:
        """What an input method has in hand becomes part of the text that it was begun in."""
        self.box.finish_word()

    def _take_up(self, writing: Composition) -> None:
        self._about = writing
        if self.box.toPlainText() != writing.text:
            self._taking_up = True
            self.box.setPlainText(writing.text)
            self._taking_up = False
            self.box.moveCursor(QTextCursor.End)
        if writing.editing:
            self.strip.show_edit(writing.editing)
        elif writing.reply:
            self.strip.show_reply(writing.reply)
        else:
            self.strip.hide()

    def clear(self) -> None:
        """The text was taken. Only what an input method composes meanwhile stays."""
        draft = self._about.draft
        self._about = Composition()
        self.strip.hide()
        self.box.clear()
        if draft:
            self._take_up(Composition(draft))

    def reply_to(self, entry: Entry) -> None:
        """What is written answers *entry*."""
        self.finish_word()
        self._take_up(Composition(self.writing.unsent, reply=entry))
        self.setFocus()

    def edit(self, entry: Entry) -> None:
        """Put the text of *entry* into the box, to be changed; what is there comes back after."""
        self.finish_word()
        self._take_up(Composition(entry.text, editing=entry, draft=self.writing.unsent))
        self.setFocus()

    @pyqtSlot()
    def cancel(self) -> None:
        """Neither answer nor edit any more; what was written before that is there again."""
        if self._about.reply or self._about.editing:
            self.finish_word()
            self._take_up(Composition(self.writing.unsent))
        else:
            self.dismissed.emit()

    def warn(self, words: Words) -> None:
        """Say why the text was not taken."""
        self._note(words, True)

    def set_open(self, is_open: bool, why_not: Words = "") -> None:
        """Whether one may write here; if not, the box says why, and keeps what is in it."""
        self.box.set_open(is_open, why_not)
        self._on_text_changed()

    def set_send_key(self, send_key: str) -> None:
        """``ENTER`` or ``CTRL_ENTER`` sends."""
        self._send_key = send_key
        self.box.set_send_key(send_key)
        self.retranslate()

    def set_recent_emoji(self, signs: tuple[str, ...]) -> None:
        """Those that were used last, the latest first."""
        self._recent_emoji = signs

    @pyqtSlot()
    def pick_emoji(self) -> None:
        """Let the person choose an emoji; not in the middle of a word."""
        if self.box.composing:
            return
        if self.picker is None:
            self.picker = EmojiPicker(self.window())
            self.picker.chosen.connect(self._put_emoji)
        self.picker.set_recent(self._recent_emoji)
        self.box.setFocus()
        self.picker.open_above(self)

    def retranslate(self) -> None:
        """Say the words, what is wrong included."""
        self.note.setText(said(self._noted))
        self.button.setText(translate("Composer", "&Send"))
        if self._send_key == ENTER:
            self.button.setToolTip(translate("Composer", "Send (Enter)"))
        else:
            self.button.setToolTip(translate("Composer", "Send (Ctrl+Enter)"))
        words = translate("Composer", "Emoji (Ctrl+E)")
        self.emoji_button.setToolTip(words)
        self.emoji_button.setAccessibleName(words)
        self.note.setAccessibleName(translate("Composer", "About the message"))

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(_SPACING)
        row.addWidget(self.box, 1)
        row.addWidget(self.emoji_button, 0, Qt.AlignBottom)
        row.addWidget(self.button, 0, Qt.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING // 2)
        column.addWidget(self.note)
        column.addWidget(self.paste_question)
        column.addWidget(self.undo_strip)
        column.addWidget(self.strip)
        column.addLayout(row)
        QWidget.setTabOrder(self.box, self.button)
        QWidget.setTabOrder(self.button, self.emoji_button)

    def _connect(self) -> None:
        self.box.textChanged.connect(self._on_text_changed)
        self.box.textChanged.connect(self._tell_written)
        self.box.send_wanted.connect(self._send)
        self.box.cancel_wanted.connect(self.cancel)
        self.box.edit_last_wanted.connect(self.edit_last_wanted)
        self.box.undo_send_wanted.connect(self.undo_wanted)
        self.undo_strip.undo_wanted.connect(self.undo_wanted)
        self.box.long_paste.connect(self._on_long_paste)
        self.paste_question.paste_wanted.connect(self._paste)
        self.paste_question.answered.connect(self.box.setFocus)
        self.box.paste_refused.connect(self._on_paste_refused)
        self.strip.cancel_wanted.connect(self.cancel)
        self.emoji_button.clicked.connect(self.pick_emoji)
        self.button.clicked.connect(self._send)

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot()
    def _on_text_changed(self) -> None:
        length = len(_said(self.box.toPlainText()))
        self.emoji_button.setEnabled(not self.box.isReadOnly())
        self.button.setEnabled(0 < length <= MAX_TEXT and not self.box.isReadOnly())
        if length >= COUNTED_FROM:
            self._note(partial(_count_words, length), length > MAX_TEXT)
        else:
            self.note.hide()

    @pyqtSlot()
    def _tell_written(self) -> None:
        if not self._taking_up:
            self.written.emit()

    @pyqtSlot()
    def _send(self) -> None:
        text = _said(self.box.toPlainText())
        if not self.button.isEnabled() or self.box.composing:
            return
        if self._about.editing:
            self.edit_wanted.emit(self._about.editing, text)
        else:
            self.say_wanted.emit(text, self._about.reply.seq if self._about.reply else 0)

    @pyqtSlot(str)
    def _put_emoji(self, sign: str) -> None:
        self.box.textCursor().insertText(sign)
        self.emoji_used.emit(sign)

    @pyqtSlot(str)
    def _on_long_paste(self, text: str) -> None:
        self.paste_question.ask(text)
        if not self.box.composing:
            self.paste_question.paste_button.setFocus()

    @pyqtSlot(str)
    def _paste(self, text: str) -> None:
        self.box.textCursor().insertText(text)
        self.box.ensureCursorVisible()

    @pyqtSlot()
    def _on_paste_refused(self) -> None:
        self.warn(_too_much_words)

    def _note(self, words: Words, is_error: bool) -> None:
        self._noted = words
        self.note.set_error(is_error)
        self.note.setText(said(words))
        self.note.show()


def _said(text: str) -> str:
    """What of *text* is sent: not the empty lines around it, but its indentation."""
    lines = text.rstrip().split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines)


def _too_much_words() -> str:
    return translate("Composer", "The clipboard holds more than a message can.")


def _count_words(length: int) -> str:
    locale = QLocale()
    if length > MAX_TEXT:
        words = translate("Composer", "%1 of %2 characters: too long to be sent")
    else:
        words = translate("Composer", "%1 of %2 characters")
    return words.replace("%1", locale.toString(length)).replace("%2", locale.toString(MAX_TEXT))
