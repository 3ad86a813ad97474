"""What counts as read, the line above what is unread, and links."""

from dataclasses import replace

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from client_gui.desktop.preferences import Preferences
from client_gui.links import find_links
from client_gui.widgets.bubble import Bubble
from client_gui.widgets.compact_row import CompactRow
from tests.client_gui.conftest import MakeEntry
from tests.client_gui.presenters.talk_rig import ROOMS, Rig


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences, monkeypatch: pytest.MonkeyPatch) -> Rig:
    """With a window that somebody looks at, and a login long ago."""
    rig = Rig(qtbot, preferences)
    rig.active = True
    monkeypatch.setattr(rig.window, "isActiveWindow", lambda: rig.active)
    rig.reading._arriving.stop()
    rig.reading._forget_empty_line()
    return rig


def _say_read(rig: Rig, room: int, read_seq: int, last_seq: int, unread: int) -> None:
    """The server counts so in a room."""
    rooms = list(ROOMS)
    rooms[room] = replace(ROOMS[room], read_seq=read_seq, last_seq=last_seq, unread=unread)
    rig.session.rooms_changed.emit(tuple(rooms))


def _look_away(rig: Rig, active: bool) -> None:
    rig.active = active
    rig.window.looked_at.emit()


def _line_top(rig: Rig) -> int:
    view = rig.window.view
    return view.visualRect(view.model().index(rig.talk.messages.unread_row, 0)).top()


def test_a_room_opens_at_what_is_unread(rig: Rig, make_entry: MakeEntry) -> None:
    """And the line stays while one reads on; entered again with nothing unread, it is gone."""
    rig.bring("#1", *(make_entry(n) for n in range(1, 201)))
    _say_read(rig, 1, 100, 200, 100)
    rig.talk.show("#1")
    view = rig.window.view
    assert rig.talk.messages.unread_row == 100
    assert 0 < _line_top(rig) < view.viewport().height() // 3
    assert rig.session.of("mark_read") == []
    view.jump_to_bottom()
    assert rig.session.of("mark_read")[-1] == ("#1", 200)
    _say_read(rig, 1, 200, 200, 0)
    assert rig.talk.messages.unread_row == 100
    rig.talk.show("lobby")
    rig.talk.show("#1")
    assert rig.talk.messages.unread_row is None
    assert view.at_bottom


def test_what_is_unread_and_fits_is_seen_at_once(rig: Rig, make_entry: MakeEntry) -> None:
    """With its end at the bottom, and it counts as read."""
    rig.bring("#1", *(make_entry(n) for n in range(1, 201)))
    _say_read(rig, 1, 198, 200, 2)
    rig.talk.show("#1")
    assert rig.talk.messages.unread_row == 198
    assert rig.window.view.at_bottom
    assert rig.session.of("mark_read")[-1] == ("#1", 200)


def test_it_opens_there_also_when_the_messages_come_later(rig: Rig, make_entry: MakeEntry) -> None:
    """As they do from the server."""
    _say_read(rig, 1, 100, 200, 100)
    rig.talk.show("#1")
    rig.bring("#1", *(make_entry(n) for n in range(1, 201)))
    assert rig.talk.messages.unread_row == 100
    assert 0 < _line_top(rig) < rig.window.view.viewport().height() // 3
    assert rig.session.of("mark_read") == []


def test_where_nothing_was_ever_read_there_is_no_line(rig: Rig, make_entry: MakeEntry) -> None:
    """Everything would be below it."""
    rig.bring("#1", *(make_entry(n) for n in range(1, 201)))
    _say_read(rig, 1, 0, 200, 200)
    rig.talk.show("#1")
    assert rig.talk.messages.unread_row is None
    assert rig.window.view.at_bottom


def test_a_room_left_further_up_is_as_it_was_left(rig: Rig, make_entry: MakeEntry) -> None:
    """Though something is unread meanwhile."""
    rig.bring("#1", *(make_entry(n) for n in range(1, 301)))
    rig.talk.show("#1")
    view = rig.window.view
    view.show_from(50, 10)
    rig.talk.show("lobby")
    rig.bring("#1", make_entry(301))
    _say_read(rig, 1, 300, 301, 1)
    rig.talk.show("#1")
    assert view.visualRect(view.model().index(50, 0)).top() == 10
    assert rig.talk.messages.unread_row == 300


def test_what_was_missed_comes_below_a_line(rig: Rig, make_entry: MakeEntry) -> None:
    """After a login, in the room in sight; what is said after a while is not missed any more."""
    rig.bring("lobby", *(make_entry(n) for n in range(1, 101)))
    _say_read(rig, 0, 100, 100, 0)
    rig.talk.begin(same_person=True)
    rig.bring("lobby", *(make_entry(n) for n in range(101, 201)))
    assert rig.talk.messages.unread_row == 100
    assert 0 < _line_top(rig) < rig.window.view.viewport().height() // 3
    rig.reading.dismiss()
    _say_read(rig, 0, 200, 200, 0)
    rig.talk.begin(same_person=True)
    rig.reading._arriving.timeout.emit()
    rig.bring("lobby", make_entry(201))
    assert rig.talk.messages.unread_row is None


def test_the_server_says_up_to_where_another_device_has_read(
    rig: Rig, make_entry: MakeEntry
) -> None:
    """After the first login, before the messages come; what we read ourselves makes no line."""
    rig.talk.begin(same_person=False)
    _say_read(rig, 0, 50, 90, 40)
    rig.bring("lobby", *(make_entry(n) for n in range(1, 91)))
    assert rig.talk.messages.unread_row == 50
    rig.reading.dismiss()
    _say_read(rig, 0, 90, 90, 0)
    rig.bring("lobby", make_entry(91))
    assert rig.talk.messages.unread_row is None


def test_what_comes_while_nobody_looks_is_below_a_line(rig: Rig, make_entry: MakeEntry) -> None:
    """It stays when one looks again, and is not there if nothing came."""
    rig.bring("lobby", *(make_entry(n) for n in range(1, 11)))
    _look_away(rig, False)
    _look_away(rig, True)
    rig.bring("lobby", make_entry(11))
    assert rig.talk.messages.unread_row is None
    _look_away(rig, False)
    rig.bring("lobby", make_entry(12))
    _look_away(rig, True)
    assert rig.talk.messages.unread_row == 11
    assert rig.session.of("mark_read")[-1] == ("lobby", 12)


def test_escape_has_read_enough(rig: Rig, make_entry: MakeEntry) -> None:
    """In the messages and in the box, unless there is something else to be cancelled."""
    rig.bring("#1", *(make_entry(n) for n in range(1, 201)))
    for widget in (rig.box, rig.window.view):
        _say_read(rig, 1, 100, 200, 100)
        rig.talk.show("#1")
        rig.session.asked.clear()
        target = rig.window.view if widget is not rig.box else widget
        if widget is rig.box:
            rig.window.composer.reply_to(make_entry(5))
            rig.qtbot.keyClick(target, Qt.Key_Escape)
            assert rig.talk.messages.unread_row == 100
        rig.qtbot.keyClick(target, Qt.Key_Escape)
        assert rig.talk.messages.unread_row is None
        assert rig.window.view.at_bottom
        assert rig.session.of("mark_read")[-1] == ("#1", 200)
        rig.talk.show("lobby")


def test_keys_lead_to_the_first_unread_message_and_to_the_newest(
    rig: Rig, make_entry: MakeEntry
) -> None:
    """From the box, too."""
    rig.bring("#1", *(make_entry(n) for n in range(1, 201)))
    _say_read(rig, 1, 100, 200, 100)
    rig.talk.show("#1")
    rig.window.view.jump_to_bottom()
    rig.qtbot.waitUntil(rig.box.hasFocus, timeout=5000)
    rig.qtbot.keyClick(rig.box, Qt.Key_PageUp, Qt.ShiftModifier)
    assert 0 < _line_top(rig) < rig.window.view.viewport().height() // 3
    rig.qtbot.keyClick(rig.box, Qt.Key_End, Qt.ControlModifier)
    assert rig.window.view.at_bottom


def test_a_link_is_opened(rig: Rig) -> None:
    """One that may lead elsewhere, only after a question with its real host."""
    plain, deceiving = find_links("https://example.com/a http://bank.com@evil.com/")
    rig.window.view.link_wanted.emit(plain)
    assert rig.opened == ["https://example.com/a"]
    for button, count in ((QMessageBox.No, 1), (QMessageBox.Yes, 2)):
        rig.window.view.link_wanted.emit(deceiving)
        box = rig.window.findChildren(QMessageBox)[-1]
        assert "evil.com" in box.text()
        rig.qtbot.mouseClick(box.button(button), Qt.LeftButton)
        assert len(rig.opened) == count


def test_the_layout_follows_the_preference(rig: Rig, make_entry: MakeEntry) -> None:
    """At once, and on pages that are made later."""
    rig.bring("lobby", make_entry(1))

    def kind() -> type:
        view = rig.window.view
        return type(view.rows_delegate.bubble(view.option(0), view.model().index(0, 0)))

    assert kind() is Bubble
    rig.preferences.layout = "compact"
    assert kind() is CompactRow
    rig.bring("#1", make_entry(1))
    rig.talk.show("#1")
    assert kind() is CompactRow
