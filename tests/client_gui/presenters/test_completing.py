"""What is offered for the words that somebody begins, with a session that only remembers."""

from dataclasses import replace

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.completion import MAX_OFFERS
from client_gui.desktop.preferences import Preferences
from client_gui.items import MemberItem, RoomItem
from client_gui.matching import Name
from client_gui.presenters import completing
from client_gui.presenters.completing import Completing
from tests.client_gui.presenters.test_talk import ROOMS, Rig

TEA = RoomItem("#3", "private", "Tea time", role="member", members=4)
MEMBERS = (
    MemberItem("user1", "Ann", "owner", True),
    MemberItem("user7", "小明", "member", True),
    MemberItem("anton", "Anton", "member", False),
    MemberItem("anna", "Anna", "member", True),
    MemberItem("two words", "Annabel", "member", True),
)


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences) -> Rig:
    """User1 is online, with people in the lobby and a room of four."""
    rig = Rig(qtbot, preferences)
    composer = rig.window.composer
    rig.completing = Completing(rig.session, composer.completer, rig.writing, rig.window)
    rig.session.signed_in.emit("user1", "Ann")
    rig.session.rooms_changed.emit((*ROOMS, TEA))
    rig.session.online_changed.emit((("user1", "Ann"), ("user2", "Grace")), 2)
    qtbot.waitUntil(rig.box.hasFocus, timeout=5000)
    return rig


def _offered(rig: Rig, typed: str) -> list[str]:
    rig.box.clear()
    rig.qtbot.keyClicks(rig.box, typed)
    completer = rig.window.composer.completer
    return [offer.text for offer in completer.list.offers.offers] if completer.is_open else []


def test_in_the_lobby_those_who_are_online_are_offered(rig: Rig) -> None:
    """By user name or nickname; but for oneself. Nobody is asked."""
    assert _offered(rig, "@") == ["@user2 "]
    assert _offered(rig, "@gra") == ["@user2 "]
    assert _offered(rig, "@ann") == []
    assert rig.session.of("list_members") == []


def test_in_a_direct_room_the_other_one_is_offered(rig: Rig) -> None:
    """Online or not."""
    rig.talk.show("#1")
    rig.session.online_changed.emit((), 0)
    assert _offered(rig, "@g") == ["@user2 "]


def test_in_a_room_its_members_are_offered(rig: Rig) -> None:
    """They are asked for once, with the first mark; those who are online come first, and nobody
    who cannot be named by an @."""
    rig.talk.show("#3")
    assert _offered(rig, "@an") == []
    assert rig.session.of("list_members") == [("#3",)]
    rig.session.members_listed.emit("#3", MEMBERS, False)
    completer = rig.window.composer.completer
    assert [offer.text for offer in completer.list.offers.offers] == ["@anna ", "@anton "]
    assert _offered(rig, "@xm") == _offered(rig, "@xiaom") == ["@user7 "]
    assert rig.session.of("list_members") == [("#3",)]


def test_the_members_of_another_room_are_not_offered(rig: Rig) -> None:
    """Though they were listed last."""
    rig.talk.show("#3")
    rig.session.members_listed.emit("#9", MEMBERS, False)
    assert _offered(rig, "@an") == []
    rig.session.members_listed.emit("#9", MEMBERS, False)
    assert not rig.window.composer.completer.is_open
    rig.session.went_offline.emit("lost", 1.0)
    assert _offered(rig, "@an") == []


def test_offline_nobody_is_asked(rig: Rig) -> None:
    """But after a return, again."""
    rig.talk.show("#3")
    rig.session.went_offline.emit("lost", 1.0)
    assert _offered(rig, "@an") == []
    assert rig.session.of("list_members") == []
    rig.session.signed_in.emit("user1", "Ann")
    assert _offered(rig, "@an") == []
    assert rig.session.of("list_members") == [("#3",)]


def test_rooms_are_offered_by_name(rig: Rig) -> None:
    """Those that we are in, but for direct ones."""
    assert set(_offered(rig, "#")) == {"#Lobby ", "#Notices ", "#Tea time "}
    assert _offered(rig, "#tt") == ["#Tea time "]
    rig.qtbot.keyClick(rig.box, Qt.Key_Return)
    assert rig.box.toPlainText() == "#Tea time "
    assert rig.session.of("say") == []


def test_offers_are_bounded(rig: Rig) -> None:
    """However many would fit."""
    rig.session.rooms_changed.emit(tuple(replace(TEA, room=f"#{n}") for n in range(50)))
    assert len(_offered(rig, "#t")) == MAX_OFFERS
    assert len(_offered(rig, ":sm")) <= MAX_OFFERS


def test_emoji_are_offered_by_name(rig: Rig) -> None:
    """And become what they are."""
    assert "😄" in _offered(rig, ":smi")
    assert _offered(rig, "so :smile:") == []
    assert rig.box.toPlainText() == "so 😄"
    assert _offered(rig, ":nothing of ours:") == []
    assert rig.box.toPlainText() == ":nothing of ours:"


def test_people_who_come_and_go_cost_nothing_before_a_name_is_typed(
    monkeypatch: pytest.MonkeyPatch, rig: Rig
) -> None:
    """Thousands may, many times a second."""
    made: list[str] = []
    monkeypatch.setattr(completing, "Name", lambda text: made.append(text) or Name(text))
    rig.session.online_changed.emit(tuple((f"user{n}", f"n{n}") for n in range(2, 99)), 98)
    assert made == []
