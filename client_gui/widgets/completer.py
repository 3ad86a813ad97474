"""Completes words in the box while somebody writes: keys, clicks, and the list of offers.

1. A word that an input method has in hand is not looked at, and its keys are left alone.
2. The focus stays in the box, and nothing is put in but what was chosen.
3. What was closed with Escape stays closed until another word is begun.
"""

from PyQt5.QtCore import (
    QCoreApplication,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtGui import QKeyEvent, QTextCursor

from client_gui.completion import MAX_BEFORE, Begun, Offer, begun, chooses_itself, whole_emoji
from client_gui.models.offers import OFFER_ROLE
from client_gui.widgets.message_box import MessageBox
from client_gui.widgets.offer_list import OfferList

_STEPS = {Qt.Key_Up: -1, Qt.Key_Down: 1}
_ENTERS = (Qt.Key_Return, Qt.Key_Enter)

translate = QCoreApplication.translate


class Completer(QObject):
    """Of the *box*.

    Signals:
        offers_wanted(word: Begun): what may stand for it? :meth:`offer` may be called at once, and
            again as long as the word is there.
        emoji_named(name: str): ``:name:`` was typed; :meth:`put_emoji` may be called at once.
    """

    offers_wanted = pyqtSignal(object)
    emoji_named = pyqtSignal(str)

    def __init__(self, box: MessageBox) -> None:
        super().__init__(box)
        self._box = box
        self._word: Begun | None = None
        self._left_alone = -1
        """Where the word begins that Escape was pressed for."""
        self.list: OfferList | None = None
        """Made when it is first needed: then the box is in its window."""
        box.typed.connect(self._on_typed)
        box.cursorPositionChanged.connect(self._on_changed)
        box.textChanged.connect(self._on_changed)
        box.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether offers are in sight."""
        return self.list is not None and not self.list.isHidden()

    def offer(self, word: Begun, offers: list[Offer]) -> None:
        """Show *offers* for *word*, if it is still the one that is begun."""
        if word != self._word or not self._box.hasFocus():
            return
        if offers:
            self._open(word, offers)
        elif self.list is not None:
            self._hide()

    def put_emoji(self, name: str, sign: str) -> None:
        """Put *sign* in the place of ``:name:`` before the cursor."""
        self._replace(f":{name}:", sign)

    @pyqtSlot()
    def close(self) -> None:
        """Offer nothing for the word that is there."""
        self._word = None
        self._hide()

    # --- what is written -------------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_typed(self, text: str) -> None:
        if text.endswith(":") and (name := whole_emoji(self._before())):
            self.emoji_named.emit(name)
        word = self._begun()
        start = self._start(word) if word else -1
        if word is None or start != self._left_alone:
            self._left_alone = -1
            self._word = word
        if self._word is None:
            self._hide()
        else:
            self.offers_wanted.emit(word)

    @pyqtSlot()
    def _on_changed(self) -> None:
        # While somebody types, the word changes under the list; what is typed follows at once.
        if self._word is not None and not self._box.typing and self._begun() != self._word:
            self.close()

    def _begun(self) -> Begun | None:
        cursor = self._box.textCursor()
        if self._box.composing or cursor.hasSelection():
            return None
        cursor.movePosition(QTextCursor.NextCharacter, QTextCursor.KeepAnchor)
        return begun(self._before(), cursor.selectedText())

    def _before(self) -> str:
        cursor = self._box.textCursor()
        position, start = cursor.position(), cursor.block().position()
        # Characters of two halves count twice here; and a line may be very long.
        cursor.setPosition(max(start, position - 2 * MAX_BEFORE), QTextCursor.KeepAnchor)
        return cursor.selectedText()

    def _start(self, word: Begun) -> int:
        return self._box.textCursor().position() - _length(word.typed)

    # --- what is chosen --------------------------------------------------------------------------

    def eventFilter(self, _box: QObject, event: QEvent) -> bool:
        """The keys that choose are ours, as long as there is something to choose."""
        if event.type() == QEvent.FocusOut:
            self.close()
        return event.type() == QEvent.KeyPress and self.is_open and self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        key, plain = event.key(), event.modifiers() & ~Qt.KeypadModifier == Qt.NoModifier
        if not plain:
            return False
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key == Qt.Key_Escape:
            self._left_alone = self._start(self._word)
            self.close()
        elif key == Qt.Key_Tab:
            self._choose(self.list.current() or self.list.offers.offers[0])
        elif key in _ENTERS and self.list.current() is not None:
            self._choose(self.list.current())
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        count, row = self.list.offers.rowCount(), self.list.currentIndex().row()
        # Up from nothing is the last one.
        self._go_to((row + step) % count if row >= 0 else (step - 1) // 2 % count)

    def _choose(self, offer: Offer) -> None:
        word = self._word
        self.close()
        self._replace(word.typed, offer.text)

    def _replace(self, typed: str, text: str) -> None:
        cursor = self._box.textCursor()
        end = cursor.position()
        cursor.setPosition(end - _length(typed))
        cursor.setPosition(end, QTextCursor.KeepAnchor)
        cursor.insertText(text)
        self._box.setTextCursor(cursor)

    @pyqtSlot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.data(OFFER_ROLE))

    # --- the list --------------------------------------------------------------------------------

    def _open(self, word: Begun, offers: list[Offer]) -> None:
        if self.list is None:
            self.list = OfferList(self._box.window())
            self.list.clicked.connect(self._on_clicked)
        self.list.show_offers(offers, self._place(word))
        self._go_to(0 if chooses_itself(word, offers) else -1)

    def _place(self, word: Begun) -> QRect:
        cursor = self._box.textCursor()
        cursor.setPosition(self._start(word))
        place = self._box.cursorRect(cursor)
        corner = self._box.viewport().mapTo(self._box.window(), place.topLeft())
        return QRect(corner, place.size())

    def _go_to(self, row: int) -> None:
        self.list.go_to(row)
        offers = self.list.offers
        words = translate("Completer", "Suggestions: %1. %2")
        words = words.replace("%1", QLocale().toString(offers.rowCount()))
        said = str(offers.data(offers.index(max(0, row))))
        self._box.setAccessibleDescription(words.replace("%2", said))

    def _hide(self) -> None:
        if self.is_open:
            self.list.hide()
            self._box.setAccessibleDescription("")


def _length(text: str) -> int:
    """Of *text*, as Qt counts: in halves of a character beyond the first 65,536."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
