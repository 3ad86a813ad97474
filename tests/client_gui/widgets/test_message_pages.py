"""A page of messages for each room."""

import pytest
from pytestqt.qtbot import QtBot

from client_gui.changes import Inserted
from client_gui.models.message_list import MessageListModel
from client_gui.widgets import message_pages
from client_gui.widgets.message_pages import MessagePages
from tests.client_gui.conftest import MakeEntry


@pytest.fixture
def pages(qtbot: QtBot) -> MessagePages:
    """Visible, and of no room yet."""
    pages = MessagePages()
    qtbot.addWidget(pages)
    pages.resize(400, 300)
    with qtbot.waitExposed(pages):
        pages.show()
    return pages


def _model(pages: MessagePages, make_entry: MakeEntry, room: str, count: int) -> MessageListModel:
    model = MessageListModel(room, pages)
    entries = tuple(make_entry(n, f"message {n}") for n in range(1, count + 1))
    model.apply([Inserted(room, 0, entries)])
    return model


def test_a_room_is_found_as_it_was_left(pages: MessagePages, make_entry: MakeEntry) -> None:
    """Where one was reading, whatever came meanwhile."""
    first = _model(pages, make_entry, "#1", 100)
    second = _model(pages, make_entry, "#2", 3)
    pages.show_room(first)
    assert pages.view.at_bottom
    bar = pages.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    pages.show_room(second)
    first.apply([Inserted("#1", 100, (make_entry(101),))])
    pages.show_room(first)
    assert pages.view.verticalScrollBar().value() == place
    assert not pages.view.at_bottom


def test_only_so_many_are_kept(
    pages: MessagePages, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one not looked at for longest goes; what is gone begins at the newest message."""
    monkeypatch.setattr(message_pages, "MAX_PAGES", 2)
    models = [_model(pages, make_entry, f"#{n}", 100) for n in range(3)]
    pages.show_room(models[0])
    pages.view.verticalScrollBar().setValue(0)
    for model in models[1:]:
        pages.show_room(model)
    assert pages.count() == 2
    pages.show_room(models[0])
    assert pages.view.at_bottom


def test_a_room_that_is_gone_is_forgotten(pages: MessagePages, make_entry: MakeEntry) -> None:
    """With its page; forgetting one that never was does nothing."""
    model = _model(pages, make_entry, "#1", 3)
    pages.show_room(model)
    pages.show_room(_model(pages, make_entry, "#2", 3))
    before = pages.count()
    pages.forget("#1")
    pages.forget("#9")
    assert pages.count() == before - 1
    pages.forget_all()
    assert pages.count() == 1


def test_what_happens_on_a_page_is_told(
    qtbot: QtBot, pages: MessagePages, make_entry: MakeEntry
) -> None:
    """With its room, where that matters."""
    model = _model(pages, make_entry, "#1", 100)
    pages.show_room(model)
    with qtbot.waitSignal(pages.top_reached) as reached:
        pages.view.verticalScrollBar().setValue(0)
    assert reached.args == ["#1"]
    with qtbot.waitSignal(pages.bottom_seen):
        pages.view.jump_to_bottom()
    with qtbot.waitSignal(pages.bottom_seen):
        model.apply([Inserted("#1", 100, (make_entry(101),))])
    with qtbot.waitSignal(pages.reply_wanted) as wanted:
        pages.view.reply_wanted.emit(model.entry(0))
    assert wanted.args == [model.entry(0)]
