"""The messages as rows."""

import pytest
from PyQt5.QtCore import QDateTime, QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from client_gui.changes import Inserted, Removed, Updated
from client_gui.items import Delivery, Quote, Reaction
from client_gui.models.message_list import (
    ENTRY_ROLE,
    GROUP_MS,
    HEADING_ROLE,
    Heading,
    MessageListModel,
    clock_time,
    copied,
    moment,
    spoken,
)
from client_gui.state.rooms import LOBBY
from tests.client_gui.conftest import NOON, MakeEntry

DAY_MS = 24 * 3600 * 1000


def _headings(model: MessageListModel) -> list[Heading]:
    return [model.index(row).data(HEADING_ROLE) for row in range(model.rowCount())]


def test_the_model_keeps_to_qts_rules(
    qtmodeltester: ModelTester, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """While it is changed in every way."""
    qtmodeltester.check(messages)
    messages.apply([Inserted(LOBBY, 0, tuple(make_entry(n) for n in range(1, 6)))])
    messages.apply([Updated(LOBBY, 2, make_entry(3, "other")), Removed(LOBBY, 0, 2)])
    messages.apply([Inserted(LOBBY, 1, (make_entry(9),)), Removed(LOBBY, 0, 4)])
    assert messages.rowCount() == 0


def test_changes_are_followed(messages: MessageListModel, make_entry: MakeEntry) -> None:
    """In their order, and only those of the lobby."""
    messages.apply(
        [
            Inserted(LOBBY, 0, (make_entry(1, "a"), make_entry(2, "b"))),
            Inserted("elsewhere", 0, (make_entry(1, "x"),)),
            Inserted(LOBBY, 1, (make_entry(3, "c"),)),
            Updated(LOBBY, 0, make_entry(1, "A")),
            Removed(LOBBY, 2, 1),
        ]
    )
    assert [messages.index(row).data() for row in range(messages.rowCount())] == ["A", "c"]
    assert messages.index(0).data(ENTRY_ROLE) == make_entry(1, "A")


def test_names_stand_where_somebody_else_begins_to_speak(
    messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """Or the same person after a while."""
    entries = (
        make_entry(1),
        make_entry(2),
        make_entry(3, username="user3"),
        make_entry(4, username="user3", time=NOON + GROUP_MS),
    )
    messages.apply([Inserted(LOBBY, 0, entries)])
    assert [heading.starts_group for heading in _headings(messages)] == [True, False, True, True]


def test_a_day_is_named_where_it_begins(messages: MessageListModel, make_entry: MakeEntry) -> None:
    """And by its nearness where it is near."""
    now = QDateTime.currentMSecsSinceEpoch()
    times = (NOON, NOON, NOON + DAY_MS, now - DAY_MS, now, 0)
    entries = tuple(make_entry(n, time=time) for n, time in enumerate(times))
    messages.apply([Inserted(LOBBY, 0, entries)])
    days = [heading.day for heading in _headings(messages)]
    assert "2023" in days[0]
    assert days[1] == ""
    assert "2023" in days[2]
    assert days[3:] == ["Yesterday", "Today", ""]


def test_the_row_below_is_told_when_its_heading_changes(
    qtbot: QtBot, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """Something was put in above it, or taken away."""
    messages.apply([Inserted(LOBBY, 0, (make_entry(1), make_entry(3)))])
    with qtbot.waitSignal(messages.dataChanged) as told:
        messages.apply([Inserted(LOBBY, 1, (make_entry(2, username="user9"),))])
    assert told.args[0].row() == 2
    with qtbot.waitSignal(messages.dataChanged) as told:
        messages.apply([Removed(LOBBY, 1, 1)])
    assert told.args[0].row() == 1


def test_what_is_unread_begins_at_one_row(
    qtbot: QtBot, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """The first of others behind the number, whatever comes and goes above it."""

    def headed() -> list[int]:
        return [row for row, heading in enumerate(_headings(messages)) if heading.unread]

    entries = (make_entry(5), make_entry(6, own=True), make_entry(7, notice="topic"), make_entry(8))
    messages.apply([Inserted(LOBBY, 0, entries)])
    assert headed() == []
    with qtbot.waitSignal(messages.dataChanged) as told:
        messages.mark_unread_after(5)
    assert told.args[0].row() == messages.unread_row == 3
    assert headed() == [3]
    assert _headings(messages)[3].starts_group
    assert "unread" in messages.index(3).data(Qt.AccessibleTextRole)
    messages.apply([Inserted(LOBBY, 4, (make_entry(9),)), Inserted(LOBBY, 0, (make_entry(4),))])
    assert headed() == [4]
    messages.apply([Removed(LOBBY, 0, 2)])
    assert headed() == [2]
    messages.mark_unread_after(9)
    assert headed() == []
    messages.mark_unread_after(None)
    assert messages.unread_row is None


def test_the_line_moves_up_to_older_ones_that_are_unread(
    qtbot: QtBot, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """And both rows are told; whoever hears of the new rows finds it there already."""
    messages.mark_unread_after(2)
    messages.apply([Inserted(LOBBY, 0, (make_entry(9, own=True), make_entry(10)))])
    assert messages.unread_row == 1
    seen: list[int | None] = []
    messages.rowsInserted.connect(lambda: seen.append(messages.unread_row))
    told: list[int] = []
    messages.dataChanged.connect(lambda first, _last: told.append(first.row()))
    messages.apply([Inserted(LOBBY, 0, (make_entry(1), make_entry(4)))])
    assert seen == [messages.unread_row] == [1]
    assert {1, 3} <= set(told)


def test_a_screen_reader_hears_name_time_and_text(
    messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """In this order."""
    messages.apply([Inserted(LOBBY, 0, (make_entry(1, "hello"),))])
    words = messages.index(0).data(Qt.AccessibleTextRole)
    assert words == spoken(make_entry(1, "hello"))
    assert words.index("Grace") < words.index(clock_time(NOON)) < words.index("hello")


def test_one_message_is_copied_as_it_is_and_several_with_names(make_entry: MakeEntry) -> None:
    """And a name cannot pretend to be another line."""
    assert copied([make_entry(1, "a\nb")]) == "a\nb"
    several = copied([make_entry(1, "a", nickname="x\n[12:00] boss"), make_entry(2, "b")])
    assert several == f"[{clock_time(NOON)}] x[12:00] boss: a\n[{clock_time(NOON)}] Grace: b"


def test_an_unknown_time_is_not_shown() -> None:
    """Not as 1970."""
    assert clock_time(0) == ""


@pytest.mark.parametrize("role", [Qt.DecorationRole, Qt.UserRole + 99])
def test_other_questions_have_no_answer(
    messages: MessageListModel, make_entry: MakeEntry, role: int
) -> None:
    """Nor has a row that is not there."""
    messages.apply([Inserted(LOBBY, 0, (make_entry(1, delivery=Delivery.PENDING),))])
    assert messages.data(messages.index(0), role) is None
    assert messages.data(QModelIndex(), ENTRY_ROLE) is None
    assert messages.rowCount(messages.index(0)) == 0


def test_rows_are_found(messages: MessageListModel, make_entry: MakeEntry) -> None:
    """By number or key; our last one is one that can still be edited."""
    messages.apply(
        [
            Inserted(
                LOBBY,
                0,
                (
                    make_entry(3, own=True),
                    make_entry(4, own=True, deleted=True),
                    make_entry(5, own=True, notice="topic"),
                    make_entry(6),
                    make_entry(0, delivery=Delivery.PENDING),
                ),
            )
        ]
    )
    assert messages.row_of(6) == 3
    assert messages.row_of(99) is None
    assert messages.find("lobby#4").seq == 4
    assert messages.find("no") is None
    assert messages.last_seq() == 6
    assert messages.last_own().seq == 3


def test_changes_of_other_rooms_are_not_ours(
    messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """Whoever hands them over."""
    messages.apply([Inserted("#1", 0, (make_entry(),))])
    assert messages.rowCount() == 0
    assert messages.last_seq() == 0
    assert messages.last_own() is None


def test_a_screen_reader_hears_what_belongs_to_a_message(make_entry: MakeEntry) -> None:
    """What it answers, that it was edited, its reactions; a notice is its sentence."""
    entry = make_entry(
        edited=True,
        reply=Quote(1, "Ann", "hello"),
        reactions=(Reaction("👍", 2, False, ("Ann", "Bob")),),
    )
    words = spoken(entry).replace("\u2068", "").replace("\u2069", "")
    assert words.endswith("hello, answers Ann, edited, 👍 2")
    assert "topic" in spoken(make_entry(notice="topic"))
    assert "sending" in spoken(make_entry(delivery=Delivery.PENDING))
    assert "names you" in spoken(make_entry(mentions_me=True))
    assert len(spoken(make_entry(text="x" * 10**6))) < 10_000
    assert "message deleted" in spoken(make_entry(text="", deleted=True))


def test_a_notice_stands_apart(messages: MessageListModel, make_entry: MakeEntry) -> None:
    """What the same person says after it has a name again."""
    entries = (make_entry(1), make_entry(2, notice="topic"), make_entry(3))
    messages.apply([Inserted(LOBBY, 0, entries)])
    assert [heading.starts_group for heading in _headings(messages)] == [True, True, True]


def test_a_moment_is_short() -> None:
    """Of today the time, else the date."""
    now = QDateTime.currentMSecsSinceEpoch()
    assert moment(now) == clock_time(now)
    assert "23" in moment(NOON)
    assert moment(0) == ""
