"""What may be posted, by whom; how it is stored and told, the tests of chat and changes show."""

import pytest

from reactor.commands.posting import may_speak, moderates, wrong_cid, wrong_line, wrong_text
from reactor.records import Membership, Role, RoomKind, RoomRecord
from tests.helpers.chat import NOW, Stage
from tests.reactor.conftest import Faults
from wire.limits import MAX_CID, MAX_TEXT
from wire.reasons import REASONS


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


def test_what_is_stored_is_acknowledged_to_who_was_put_out(stage: Stage) -> None:
    """The same cid is the same message for ever; what is new is refused."""
    ann, bo = stage.full("user1"), stage.full("user2")
    ann.asks("0011|Cellar")
    bo.asks("0012|Cellar", "0002|user2|hello|Cellar|c1", "0010|Cellar|1|+|1|c2")
    ann.asks("0015|Cellar|user2")
    ann.told()
    bo.told()
    bo.says("0002|user2|hello|Cellar|c1", "0010|Cellar|1|+|1|c2", "0002|user2|more|Cellar|c3")
    stage.settle()
    assert sorted(bo.told_of("1000")) == [
        "1000|0002|no-such-room|c3|there is no such room for you",
        f"1000|0002|ok|c1|#2|1|{NOW}",
        f"1000|0010|ok|c2|#2|2|{NOW}",
    ]
    assert ann.told_of("1002") == []
    assert len(stage.store.messages.stored) == 2


def test_what_is_stored_is_acknowledged_to_who_may_not_speak_any_more(stage: Stage) -> None:
    """A moderator, for example, who is none by now."""
    ann, bo = stage.full("user1"), stage.full("user2")
    ann.asks("0011|News|announcement")
    bo.asks("0012|News")
    ann.asks("0016|News|user2|moderator")
    bo.asks("0002|user2|hello|News|c1", "0017|News|Wine|c2")
    ann.asks("0016|News|user2|member")
    assert [frame[:15] for frame in bo.asks("0002|user2|hello|News|c1", "0017|News|Wine|c2")] == [
        "1000|0002|ok|c1",
        "1000|0017|ok|c2",
    ]


def test_what_only_may_come_again_is_not_looked_up(stage: Stage) -> None:
    """The lane has too much to do already."""
    client = stage.full("user1")
    stage.database.capacity = 0
    client.told()
    client.says("0002|user1|hello|@user2|c1")
    assert client.told_of("1000") == [f"1000|0002|busy|c1|{REASONS['busy']}"]
    assert stage.services.journal.idle
