"""Words are completed in the box."""

import pytest
from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client_gui.completion import EMOJI, MEMBER, Begun, Offer
from client_gui.widgets.completer import Completer
from client_gui.widgets.message_box import MessageBox
from tests.client_gui.widgets.test_message_box import compose

PEOPLE = [Offer("@ann ", "Ann", "ann"), Offer("@anna ", "Anna", "anna"), Offer("@bob ", "Bob")]


class Rig:
    """A box in a window, with the focus; three people, by the beginning of their names."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.box, self.other = MessageBox(), QLineEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(self.other)
        column.addStretch()
        column.addWidget(self.box)
        self.completer = Completer(self.box)
        self.asked: list[Begun] = []
        self.completer.offers_wanted.connect(self.answer)
        self.completer.emoji_named.connect(lambda name: self.completer.put_emoji(name, "😄"))
        qtbot.addWidget(self.window)
        self.window.resize(500, 400)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.box.setFocus()
        qtbot.waitUntil(self.box.hasFocus, timeout=5000)

    def answer(self, word: Begun) -> None:
        self.asked.append(word)
        self.completer.offer(word, [p for p in PEOPLE if p.text.startswith(word.typed)])

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.box, text)

    def press(self, key: int, modifier: Qt.KeyboardModifier = Qt.NoModifier) -> None:
        self.qtbot.keyClick(self.box, key, modifier)

    @property
    def text(self) -> str:
        return self.box.toPlainText()

    @property
    def shown(self) -> list[str]:
        if not self.completer.is_open:
            return []
        return [offer.title for offer in self.completer.list.offers.offers]


@pytest.fixture
def rig(qtbot: QtBot) -> Rig:
    """See there."""
    return Rig(qtbot)


@pytest.mark.parametrize("key", [Qt.Key_Return, Qt.Key_Enter, Qt.Key_Tab])
def test_a_word_is_completed(rig: Rig, key: int) -> None:
    """In the middle of a text, by each of the keys; nothing is sent, and one can take it back."""
    rig.type("hi  there")
    for _ in range(6):
        rig.press(Qt.Key_Left)
    rig.type("@an")
    assert rig.shown == ["Ann", "Anna"]
    with rig.qtbot.assertNotEmitted(rig.box.send_wanted):
        rig.press(key)
    assert rig.text == "hi @ann  there"
    assert rig.box.textCursor().position() == 8
    assert rig.box.hasFocus()
    assert rig.shown == []
    rig.box.undo()
    assert rig.text == "hi @an there"


def test_the_keys_go_up_and_down(rig: Rig) -> None:
    """And round."""
    rig.type("@an")
    rig.press(Qt.Key_Down)
    rig.press(Qt.Key_Down)
    rig.press(Qt.Key_Up)
    rig.press(Qt.Key_Return)
    assert rig.text == "@anna "


def test_a_click_chooses(rig: Rig) -> None:
    """Without taking the focus away."""
    rig.type("@")
    view = rig.completer.list
    place = view.visualRect(view.offers.index(2)).center()
    rig.qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=place)
    assert rig.text == "@bob "
    assert rig.box.hasFocus()


def test_enter_sends_what_is_meant_as_it_is(rig: Rig) -> None:
    """A mark alone, or a whole name; Up and Tab choose all the same."""
    for text in ("@", "@ann"):
        rig.box.clear()
        rig.type(text)
        assert rig.shown
        with rig.qtbot.waitSignal(rig.box.send_wanted):
            rig.press(Qt.Key_Return)
    rig.box.clear()
    rig.type("@")
    rig.press(Qt.Key_Up)
    rig.press(Qt.Key_Return)
    assert rig.text == "@bob "


def test_escape_closes_until_another_word(rig: Rig) -> None:
    """And does nothing else."""
    rig.type("@a")
    with rig.qtbot.assertNotEmitted(rig.box.cancel_wanted):
        rig.press(Qt.Key_Escape)
    assert rig.shown == []
    rig.type("n")
    assert rig.shown == []
    rig.type(" @a")
    assert rig.shown == ["Ann", "Anna"]


def test_it_closes_when_one_goes_elsewhere(rig: Rig) -> None:
    """With the text cursor, with the focus, or to another text."""

    def by_hand() -> None:
        rig.box.setPlainText("other")

    for leave in (lambda: rig.press(Qt.Key_Home), rig.other.setFocus, by_hand):
        rig.box.setFocus()
        rig.box.clear()
        rig.type("@a")
        assert rig.shown
        leave()
        assert rig.shown == []
        assert rig.box.accessibleDescription() == ""


def test_modified_keys_are_nobodys(rig: Rig) -> None:
    """Alt and Up leads to another room."""
    rig.type("@a")
    rig.press(Qt.Key_Down, Qt.ControlModifier)
    rig.press(Qt.Key_Return, Qt.ShiftModifier)
    assert rig.text == "@a\n"
    assert rig.shown == []


def test_a_word_being_composed_is_left_alone(rig: Rig) -> None:
    """Nothing opens, no key is taken, and it is looked at when it is finished."""
    rig.type("@a")
    compose(rig.box, "n")
    asked = len(rig.asked)
    assert rig.shown == []
    for key in (Qt.Key_Return, Qt.Key_Tab, Qt.Key_Down, Qt.Key_Up, Qt.Key_Escape):
        QApplication.sendEvent(rig.box, _key(key))
    rig.completer.offer(Begun(MEMBER, "a"), PEOPLE)
    assert (rig.shown, len(rig.asked)) == ([], asked)
    assert rig.box.composing
    compose(rig.box, "", "nn")
    assert rig.asked[-1] == Begun(MEMBER, "ann")
    assert rig.shown == ["Ann", "Anna"]


def _key(key: int) -> QEvent:
    return QKeyEvent(QEvent.KeyPress, key, Qt.NoModifier)


def test_a_long_line_is_no_trouble(rig: Rig) -> None:
    """Nor one of characters of two halves."""
    for letter in ("x", "😄"):
        rig.box.setPlainText("first\n" + letter * 1_000 + " ")
        rig.press(Qt.Key_End, Qt.ControlModifier)
        rig.type("@an")
        assert rig.shown == ["Ann", "Anna"]


def test_what_comes_too_late_is_not_shown(rig: Rig) -> None:
    """The members of a room, for instance."""
    rig.type("@x")
    rig.completer.offer(Begun(MEMBER, "a"), PEOPLE)
    assert rig.shown == []
    rig.completer.offer(Begun(MEMBER, "x"), PEOPLE)
    assert rig.shown == ["Ann", "Anna", "Bob"]


def test_an_emoji_typed_out_becomes_one(rig: Rig) -> None:
    """At the second colon, by key or by input method; and one can take that back."""
    rig.type("so :smile:")
    assert rig.text == "so 😄"
    rig.box.undo()
    assert rig.text == "so :smile:"
    rig.box.clear()
    compose(rig.box, "", "好 :smile:")
    assert rig.text == "好 😄"
    assert rig.shown == []


def test_signs_of_two_halves_are_whole(rig: Rig) -> None:
    """Before the word, and in it."""
    compose(rig.box, "", "😄")
    rig.completer.offers_wanted.disconnect()
    rig.completer.offers_wanted.connect(
        lambda word: rig.completer.offer(word, [Offer("🎉", "tada", ":tada:", "🎉")])
    )
    compose(rig.box, "", " 😄 :ta")
    assert rig.shown == ["tada"]
    rig.press(Qt.Key_Tab)
    assert rig.text == "😄 😄 🎉"
    assert EMOJI == ":"


def test_screen_readers_hear_of_it(rig: Rig) -> None:
    """How many there are, and which one Enter takes."""
    rig.type("@an")
    assert "Suggestions: 2. Ann" in rig.box.accessibleDescription()
    rig.press(Qt.Key_Down)
    assert "Anna" in rig.box.accessibleDescription()
    rig.press(Qt.Key_Escape)
    assert rig.box.accessibleDescription() == ""
