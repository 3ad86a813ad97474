"""What we add to the rooms."""

import pytest

from client_gui.changes import PutOff, RoomRefused, Send, Updated
from client_gui.items import RESET, SET_ASIDE, Delivery
from client_gui.log.conversation import Me
from client_gui.state.outbox import MAX_IN_FLIGHT, MAX_TRIES, MAX_WAITING
from client_gui.state.rooms import Rooms
from client_gui.state.timelines import Timelines
from client_gui.state.writing import Writing
from tests.client_gui.timeline_mirror import TimelineMirror
from wire.limits import MAX_SIGN, MAX_TEXT
from wire.messages import Chat, ChatMessage, Delete, Edit, React, Result, SetTopic


class Rig:
    """Online, in a lobby with a message of somebody else and one of ours."""

    def __init__(self) -> None:
        self.timelines = Timelines()
        self.rooms = Rooms()
        self.writing = Writing(self.timelines, self.rooms)
        self.mirror = TimelineMirror()
        self.timelines.look_as(Me("user1", "me"))
        self.timelines.connected(self.rooms)
        self.writing.connected()
        self.timelines.read_on()
        for seq, user in ((1, "user2"), (2, "user1")):
            self.do(self.timelines.received(ChatMessage(user, f"m{seq}", user, "lobby", seq, 5)))
        self.do(self.timelines.page_ended(Result("0006", "ok", "", "lobby")))

    def do(self, changes: list) -> list:
        self.mirror.follow(changes)
        return [change.message if isinstance(change, Send) else change for change in changes]

    def answer(self, request: type, cid: str, outcome: str = "ok", seq: int = 0) -> list:
        return self.do(self.writing.answered(Result(request.code, outcome, cid, "lobby", seq, 9)))

    @property
    def texts(self) -> list[str]:
        return [entry.text for entry in self.mirror.entries]


@pytest.fixture
def rig() -> Rig:
    """See there."""
    return Rig()


def test_an_edit_is_shown_sent_and_made(rig: Rig) -> None:
    """With its number, as if somebody else had made it."""
    assert rig.do(rig.writing.edit("lobby", 2, "new", "w"))[-1] == Edit("lobby", 2, "new", "w")
    assert rig.mirror.entries[1].changing
    rig.answer(Edit, "w", seq=3)
    entry = rig.mirror.entries[1]
    assert (entry.text, entry.edited, entry.changing) == ("new", True, False)
    assert rig.timelines["lobby"].mark == 3
    assert rig.rooms.find("lobby").last_seq == 3


def test_a_refused_change_falls_back(rig: Rig) -> None:
    """And is said; it is not tried again."""
    rig.do(rig.writing.delete("lobby", 2, "w"))
    assert rig.mirror.entries[1].deleted
    assert rig.answer(Delete, "w", "not-allowed")[-1] == RoomRefused("0009", "not-allowed", "lobby")
    assert rig.texts == ["m1", "m2"]
    assert rig.answer(Delete, "w", "not-allowed") == []


def test_a_change_that_is_put_off_long_enough_is_refused(rig: Rig) -> None:
    """As a message is."""
    rig.do(rig.writing.react("lobby", 1, "👍", True, "w"))
    for tries in range(1, MAX_TRIES):
        assert rig.answer(React, "w", "busy") == [PutOff(tries)]
        rig.do(rig.writing.connected())
    assert rig.answer(React, "w", "busy")[-1] == RoomRefused("0010", "busy", "lobby")


def test_only_what_can_be_changed_is(rig: Rig) -> None:
    """Ours is edited; nothing that was deleted, or is not here; and nothing for nothing."""
    assert rig.writing.edit("lobby", 1, "new", "w") == []
    assert rig.writing.edit("lobby", 2, "m2", "w") == []
    assert rig.writing.edit("lobby", 9, "new", "w") == []
    assert rig.writing.edit("#9", 2, "new", "w") == []
    assert rig.writing.react("lobby", 1, "👍", False, "w") == []
    assert rig.writing.react("lobby", 1, "x" * (MAX_SIGN + 1), True, "w") == []
    rig.writing.delete("lobby", 1, "w1")
    assert rig.writing.delete("lobby", 1, "w2") == []
    with pytest.raises(ValueError, match="cannot be said"):
        rig.writing.edit("lobby", 2, "", "w")


def test_reactions_come_and_go_in_their_order(rig: Rig) -> None:
    """Though the first has not been answered."""
    rig.do(rig.writing.react("lobby", 1, "👍", True, "w1"))
    assert rig.writing.react("lobby", 1, "👍", True, "w2") == []
    rig.do(rig.writing.react("lobby", 1, "👍", False, "w3"))
    assert rig.mirror.entries[0].reactions == ()
    rig.answer(React, "w1", seq=3)
    assert rig.mirror.entries[0].reactions == ()
    rig.answer(React, "w3", seq=4)
    assert not rig.mirror.entries[0].changing


def test_a_topic_is_a_notice_when_it_is_taken(rig: Rig) -> None:
    """And the room's."""
    assert rig.do(rig.writing.change(SetTopic("lobby", "tea", "w"))) == [
        SetTopic("lobby", "tea", "w")
    ]
    rig.answer(SetTopic, "w", seq=3)
    assert (rig.mirror.entries[2].notice, rig.mirror.entries[2].text) == ("topic", "tea")
    assert rig.rooms.find("lobby").topic == "tea"


def test_an_answer_says_what_it_answers(rig: Rig) -> None:
    """To the server, and below the text."""
    sent = rig.do(rig.writing.say("lobby", "yes", "c", 1, 1))[-1]
    assert sent == Chat("user1", "yes", "lobby", "c", 1)
    assert rig.mirror.entries[2].reply.text == "m1"
    rig.answer(Chat, "c", seq=3)
    assert rig.mirror.entries[2].reply.text == "m1"


def test_what_is_on_its_way_is_left_alone(rig: Rig) -> None:
    """It may be stored; so may what a lost connection had."""
    rig.do(rig.writing.say("lobby", "one", "c", 1, 0))
    rig.writing.disconnected()
    assert rig.writing.discard("c") == []
    assert rig.writing.edit_unsent("c", "two") == []
    assert rig.texts[-1] == "one"


def test_what_was_not_sent_is_altered_or_taken_away(rig: Rig) -> None:
    """And goes as it is then."""
    rig.writing.disconnected()
    rig.do(rig.writing.say("lobby", "one", "c1", 1, 1))
    rig.do(rig.writing.say("lobby", "two", "c2", 1, 0))
    rig.do(rig.writing.edit_unsent("c1", "eins\ud800"))
    rig.do(rig.writing.discard("c2"))
    assert rig.texts == ["m1", "m2", "eins\ufffd"]
    assert rig.do(rig.writing.connected()) == [Chat("user1", "eins\ufffd", "lobby", "c1", 1)]


def test_a_refused_message_waits_for_a_person(rig: Rig) -> None:
    """Who alters it, sends it again, or takes it away."""
    for cid in ("c1", "c2", "c3"):
        rig.do(rig.writing.say("lobby", "x", cid, 1, 0))
    rig.answer(Chat, "c1", "too-long")
    rig.answer(Chat, "c2", "error")
    rig.answer(Chat, "c3", "error")
    assert rig.writing.retry("c1") == []
    assert rig.do(rig.writing.edit_unsent("c1", "short"))[-1].text == "short"
    assert rig.mirror.entries[2].delivery is Delivery.PENDING
    assert rig.do(rig.writing.retry("c2"))[-1].cid == "c2"
    assert rig.writing.edit_unsent("c3", "other") == []
    rig.do(rig.writing.discard("c3"))
    assert rig.writing.unsettled == 2


def test_a_room_that_is_gone_takes_what_was_to_go_there(rig: Rig) -> None:
    """That is said, once."""
    rig.writing.disconnected()
    for cid in ("c1", "c2"):
        rig.writing.say("#1", "x", cid, 1, 0)
    assert rig.writing.gone("#1") == [RoomRefused("0002", "no-such-room")]
    assert rig.writing.gone("#1") == []
    assert rig.writing.unsettled == 0


def test_rooms_that_are_gone_make_way_for_what_waits_behind(rig: Rig) -> None:
    """Their answers do not count any more; nothing more goes to any of them."""
    for n in range(MAX_IN_FLIGHT + 1):
        rig.writing.say("#1", "x", f"a{n}", 1, 0)
    for room, cid in (("#2", "b"), ("lobby", "c")):
        assert rig.do(rig.writing.say(room, "x", cid, 1, 0))[1:] == []
    sent = rig.do(rig.writing.gone("#1", "#2"))
    assert sent == [RoomRefused("0002", "no-such-room"), Chat("user1", "x", "lobby", "c")]


def test_another_database_has_other_messages_under_the_numbers(rig: Rig) -> None:
    """What we said still goes, and answers nothing; a change would hit another message."""
    rig.do(rig.writing.say("lobby", "refused", "a", 1, 1))
    rig.answer(Chat, "a", "invalid")
    rig.writing.disconnected()
    rig.do(rig.writing.say("lobby", "hello", "b", 1, 2))
    rig.do(rig.writing.edit("lobby", 2, "new", "c"))
    rig.do(rig.writing.delete("lobby", 2, "d"))
    assert rig.do(rig.writing.begin_again())[-1:] == [RoomRefused(Edit.code, RESET)]
    assert rig.texts == ["m1", "m2", "refused", "hello"]
    assert [entry.reply for entry in rig.mirror.entries[2:]] == [None, None]
    assert rig.mirror.entries[2].delivery is Delivery.REFUSED
    assert rig.do(rig.writing.connected()) == [Chat("user1", "hello", "lobby", "b")]


def test_another_database_has_other_rooms_under_the_references(rig: Rig) -> None:
    """What waits for one is a person's to send or to take away; a change goes nowhere."""
    rig.do(rig.writing.say("#1", "sent", "a", 1, 0))
    rig.writing.disconnected()
    rig.do(rig.writing.say("#1", "never sent", "b", 1, 0))
    rig.do(rig.writing.change(SetTopic("#1", "tea", "c")))
    rig.do(rig.writing.change(SetTopic("lobby", "tea", "d")))
    changes = rig.writing.begin_again()
    refused = [change.entry for change in changes if isinstance(change, Updated)]
    assert [(entry.key, entry.reason, entry.retryable) for entry in refused] == [
        ("a", RESET, True),
        ("b", RESET, True),
    ]
    assert changes[-1] == RoomRefused(SetTopic.code, RESET)
    assert rig.do(rig.writing.connected()) == [SetTopic("lobby", "tea", "d")]
    assert rig.writing.edit_unsent("a", "altered") == []  # it may be in this database, too
    assert rig.do(rig.writing.retry("a"))[-1] == Chat("user1", "sent", "#1", "a")
    assert rig.writing.discard("b") != []
    assert rig.writing.begin_again()[-1].entry.reason == RESET


def test_what_waits_is_bounded(rig: Rig) -> None:
    """Messages and changes together."""
    rig.writing.disconnected()
    for n in range(MAX_WAITING):
        rig.writing.say("lobby", "x", f"c{n}", 1, 0)
    assert rig.writing.full
    with pytest.raises(ValueError, match="cannot be said"):
        rig.writing.say("lobby", "x", "more", 1, 0)
    assert rig.writing.delete("lobby", 2, "w") == [RoomRefused("0009", "full")]


@pytest.mark.parametrize("text", ["", "x" * (MAX_TEXT + 1)])
def test_what_cannot_be_said_is_an_error(rig: Rig, text: str) -> None:
    """Of whoever did not look."""
    with pytest.raises(ValueError, match="cannot be said"):
        rig.writing.say("lobby", text, "c", 1, 0)
    with pytest.raises(ValueError, match="cannot be said"):
        rig.writing.say("nowhere", "x", "c", 1, 0)


def test_what_is_unsent_is_listed_in_order(rig: Rig) -> None:
    """Messages of all rooms, not changes; with what can be done about each."""
    rig.do(rig.writing.say("lobby", "on its way", "a", 5, 0))
    rig.do(rig.writing.react("lobby", 1, "👍", True, "w"))
    rig.do(rig.writing.say("lobby", "too much", "b", 6, 0))
    rig.answer(Chat, "b", "too-long")
    rig.writing.disconnected()
    rig.do(rig.writing.say("lobby", "waits", "c", 7, 0))
    sent, refused, waiting = rig.writing.unsent()
    assert (sent.key, sent.text, sent.written, sent.refused) == ("a", "on its way", 5, False)
    assert (sent.editable, sent.removable, sent.retryable) == (False, False, False)
    assert (refused.reason, refused.detail, refused.refused) == ("too-long", "lobby", True)
    assert (refused.editable, refused.removable, refused.retryable) == (True, True, False)
    assert (waiting.editable, waiting.removable, waiting.retryable) == (True, True, False)
    rig.answer(Chat, "a", seq=3)
    assert [item.key for item in rig.writing.unsent()] == ["b", "c"]


def test_what_is_held_is_shown_and_sent_when_it_is_let_go(rig: Rig) -> None:
    """Even across a login; what is let go twice, or gone, is sent once, or not."""
    rig.do(rig.writing.say("lobby", "wait", "c", 1, 0, held=True))
    assert rig.texts[-1] == "wait"
    assert rig.mirror.entries[-1].delivery is Delivery.PENDING
    rig.writing.disconnected()
    assert rig.do(rig.writing.connected()) == []
    assert rig.do(rig.writing.let_go("c")) == [Chat("user1", "wait", "lobby", "c")]
    assert rig.writing.let_go("c") == rig.writing.let_go("unknown") == []
    assert rig.writing.unsettled == 1


def test_what_is_held_is_taken_back(rig: Rig) -> None:
    """As if it had not been written; what stood behind it goes."""
    rig.do(rig.writing.say("lobby", "wait", "c", 1, 0, held=True))
    rig.do(rig.writing.say("lobby", "after", "d", 1, 0))
    assert rig.do(rig.writing.discard("c"))[-1] == Chat("user1", "after", "lobby", "d")
    assert rig.texts == ["m1", "m2", "after"]


def test_what_is_held_is_set_aside(rig: Rig) -> None:
    """It stays in sight, unsent, and can be altered, sent or taken away; nothing else can be."""
    rig.do(rig.writing.say("lobby", "wait", "c", 1, 0, held=True))
    rig.do(rig.writing.set_aside("c"))
    entry = rig.mirror.entries[-1]
    assert (entry.delivery, entry.reason, entry.retryable) == (Delivery.REFUSED, SET_ASIDE, True)
    assert rig.writing.set_aside("c") == rig.writing.let_go("c") == []
    assert rig.do(rig.writing.retry("c"))[-1] == Chat("user1", "wait", "lobby", "c")
    assert rig.writing.set_aside("c") == []


def test_what_is_held_can_be_altered(rig: Rig) -> None:
    """And goes as it is then, no sooner."""
    rig.do(rig.writing.say("lobby", "wait", "c", 1, 0, held=True))
    assert not [c for c in rig.writing.edit_unsent("c", "other") if isinstance(c, Send)]
    assert rig.do(rig.writing.let_go("c")) == [Chat("user1", "other", "lobby", "c")]
