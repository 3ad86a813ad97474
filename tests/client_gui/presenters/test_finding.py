"""The search, between the panel and a session that only remembers."""

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.changes import Inserted
from client_gui.desktop.preferences import Preferences
from client_gui.items import SearchHit
from client_gui.presenters.finding import Finding
from tests.client_gui.conftest import NOON, MakeEntry
from tests.client_gui.presenters.test_talk import Rig

HIT = SearchHit("#1", 7, "user2", "Grace", "the plan", NOON)


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences) -> Rig:
    """A window whose search is open."""
    rig = Rig(qtbot, preferences)
    rig.finding = Finding(rig.session, rig.window, rig.rooms, rig.talk)
    rig.window.open_search(everywhere=False)
    return rig


def test_it_is_searched_here_or_everywhere(rig: Rig) -> None:
    """And further."""
    panel = rig.window.search
    rig.talk.show("#1")
    panel.search_wanted.emit("plan", False)
    panel.search_wanted.emit("plan", True)
    panel.more_wanted.emit()
    asked = [call for call in rig.session.asked if call[0].startswith("search")]
    assert asked == [("search", "plan", "#1"), ("search", "plan", ""), ("search_more",)]


def test_pages_are_put_together(rig: Rig) -> None:
    """Those of a new search go in place of the old ones."""
    for fresh, rows in ((True, 1), (False, 2), (True, 1)):
        rig.session.search_found.emit((HIT,), False, fresh, False)
        assert rig.window.search.results.rowCount() == rows


def test_a_hit_leads_to_its_message(rig: Rig, make_entry: MakeEntry) -> None:
    """At once if it is here."""
    rig.window.search.hit_chosen.emit("#1", 7)
    assert rig.session.of("find_message") == [("#1", 7)]
    rig.session.timeline_changed.emit([Inserted("lobby", 0, (make_entry(3),))])
    rig.window.search.hit_chosen.emit("lobby", 3)
    assert rig.window.view.currentIndex().row() == 0


def test_a_failure_is_said_where_one_looks(rig: Rig) -> None:
    """In the panel, or above the box."""
    rig.session.search_failed.emit("offline")
    assert "no connection" in rig.window.search.note.text()
    rig.window.close_search()
    rig.session.search_failed.emit("no-such-message")
    assert "no such message" in rig.window.composer.note.text()


def test_another_room_is_searched_when_it_is_shown(rig: Rig) -> None:
    """For the same words."""
    panel = rig.window.search
    panel.field.setText("plan")
    rig.qtbot.keyClick(panel.field, Qt.Key_Return)
    rig.talk.show("#1")
    assert rig.session.of("search") == [("plan", "lobby"), ("plan", "#1")]


def test_what_was_found_on_disk_is_said_to_be(rig: Rig) -> None:
    """It is not all there is."""
    rig.session.search_found.emit((HIT,), False, True, True)
    assert "No connection" in rig.window.search.note.text()
