"""What may be posted, by whom; how it is stored and told, the tests of chat and changes show."""

import pytest

from reactor.commands.posting import may_speak, moderates, wrong_cid, wrong_line, wrong_text
from reactor.records import Membership, Role, RoomKind, RoomRecord
from tests.helpers.chat import NOW, Stage
from tests.reactor.conftest import Faults
from wire.limits import MAX_CID, MAX_TEXT


@pytest.mark.parametrize("kind", RoomKind)
@pytest.mark.parametrize("role", [Role.OWNER, Role.MODERATOR, Role.MEMBER])
def test_who_may_speak(kind: RoomKind, role: Role) -> None:
    """Everybody, but in an announcement room those who moderate."""
    refused = may_speak(Membership(RoomRecord(2, kind, "x", ""), role))
    assert (refused is not None) == (kind is RoomKind.ANNOUNCEMENT and role is Role.MEMBER)
    assert moderates(role) == (role is not Role.MEMBER)


def test_texts() -> None:
    assert wrong_text("x" * MAX_TEXT) is None
    assert [(wrong_text(text) or [""])[0] for text in ("", " \n", "x" * (MAX_TEXT + 1))] == [
        "bad-field",
        "bad-field",
        "too-long",
    ]


def test_cids() -> None:
    """None at all is fine."""
    assert wrong_cid("") is wrong_cid("~" * MAX_CID) is None
    assert [(wrong_cid(cid) or [""])[0] for cid in ("a b", "é", "x" * (MAX_CID + 1))] == [
        "bad-field",
        "bad-field",
        "too-long",
    ]


def test_lines() -> None:
    """The sentence is the check's."""

    def check(text: str) -> None:
        if text == "bad":
            raise ValueError("it is bad")

    assert wrong_line(check, "good") is None
    assert wrong_line(check, "bad") == ("bad-field", "it is bad")


def test_one_whose_room_is_forgotten_meanwhile(stage: Stage) -> None:
    """Is answered all the same: it is stored."""
    client = stage.full()
    client.asks("0011|Cellar")
    client.says("0002|user1|last words|Cellar|c1")
    stage.turn()
    room = stage.services.rooms.by_id(2)
    assert room is not None
    stage.services.rooms.leave(client.session, room)
    stage.settle()
    assert client.told_of("1000") == [f"1000|0002|ok|c1|#2|1|{NOW}"]


def test_a_fault_as_a_change_is_told(
    stage: Stage, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does not leave the session waiting."""
    client = stage.full()
    client.asks("0002|user1|hello")

    def fault(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(stage.services.rooms.lobby, "publish", fault)
    window = stage.services.patience.unacknowledged
    client.says(*["0008||1|x"] * window, "0003|after")
    stage.settle()
    assert client.pings_answered() == ["after"]
    faults.expect(ZeroDivisionError, window)
