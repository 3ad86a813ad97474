"""Changes are numbered with the messages, once, and only where they may be."""

import pytest

from reactor.records import Kind, NewMessage, Refused, Stored
from reactor.storage import Storage
from tests.helpers.stored import LOBBY, NOW, change, entry, make_room, refusal, say, texts
from wire.limits import MAX_SIGNS


def test_an_edit_is_an_entry_and_changes_the_text_everywhere(people: Storage) -> None:
    """Whoever reads what was before finds the latest text, in the message and in the edit."""
    seq = say(people, LOBBY, 1, "helo")
    assert change(people, Kind.EDITED, 1, seq, "hello") == 2
    assert change(people, Kind.EDITED, 1, seq, "hello!") == 3
    message, first, second = people.history.after(LOBBY, 0, 10)
    assert (message.text, message.changed, message.kind) == ("hello!", 3, Kind.SAID)
    assert [each.text for each in (first, second)] == ["hello!"] * 2
    assert (first.kind, first.target, first.changed) == (Kind.EDITED, 1, 0)


def test_what_was_edited_or_taken_back_is_nowhere_any_more(people: Storage) -> None:
    """In no row of any table."""
    seq = say(people, LOBBY, 1, "secret1")
    change(people, Kind.EDITED, 1, seq, "secret2")
    change(people, Kind.EDITED, 1, seq, "secret3")
    change(people, Kind.DELETED, 1, seq, "secret4")
    rows = people._database.execute_sql("SELECT * FROM message").fetchall()
    assert "secret" not in str(list(rows))
    message, *changes = people.history.after(LOBBY, 0, 10)
    assert (message.text, message.changed) == ("", 4)
    assert [each.text for each in changes] == [""] * 3


@pytest.mark.parametrize("kind", [Kind.EDITED, Kind.DELETED])
def test_only_the_author_changes_a_message(people: Storage, kind: Kind) -> None:
    """And nothing is numbered for who is not."""
    seq = say(people, LOBBY, 1, "mine")
    assert change(people, kind, 2, seq, "yours") == "not-allowed"
    assert texts(people) == [(1, "mine")]
    assert change(people, kind, 1, seq, "new") == 2


def test_a_moderator_takes_back_what_others_said_and_edits_nothing(people: Storage) -> None:
    """Nobody puts words into another's mouth."""
    seq = say(people, LOBBY, 1, "rude")
    assert change(people, Kind.EDITED, 2, seq, "kind", moderates=True) == "not-allowed"
    assert change(people, Kind.DELETED, 2, seq, moderates=True) == 2
    assert texts(people) == [(1, ""), (2, "")]


CHANGES = [Kind.EDITED, Kind.DELETED, Kind.REACTED, Kind.UNREACTED]


@pytest.mark.parametrize("kind", CHANGES)
def test_there_must_be_such_a_message(people: Storage, kind: Kind) -> None:
    """In that room, a message, and not taken back."""
    cellar = make_room(people, 1, "cellar")
    say(people, cellar, 1, "elsewhere")
    for missing in (0, 1, 9):
        assert change(people, kind, 1, missing, "x") == "no-such-message"
    seq = say(people, LOBBY, 1, "a")
    change(people, Kind.DELETED, 1, seq)
    for no_message in (seq, 2):
        assert change(people, kind, 1, no_message, "x", moderates=True) == "no-such-message"
    assert say(people, LOBBY, 1, "next") == 3


def test_reactions_are_there_once(people: Storage) -> None:
    """Each user puts and takes each sign once; nothing is numbered for nothing."""
    seq = say(people, LOBBY, 1, "a")
    assert change(people, Kind.REACTED, 2, seq, "👍") == 2
    assert change(people, Kind.REACTED, 2, seq, "👍") == "invalid"
    assert change(people, Kind.REACTED, 3, seq, "👍") == 3
    assert change(people, Kind.REACTED, 2, seq, "🎉") == 4
    assert change(people, Kind.UNREACTED, 2, seq, "👍") == 5
    assert change(people, Kind.UNREACTED, 2, seq, "👍") == "invalid"
    assert change(people, Kind.REACTED, 2, seq, "👍") == 6
    signs = [(each.kind, each.target, each.text) for each in people.history.after(LOBBY, 1, 10)]
    assert signs[:1] == [(Kind.REACTED, 1, "👍")]
    assert [kind for kind, _, _ in signs].count(Kind.REACTED) == 4


def test_a_message_has_so_many_different_signs(people: Storage) -> None:
    """One that is there already may be put by others."""
    seq = say(people, LOBBY, 1, "a")
    for number in range(MAX_SIGNS):
        assert change(people, Kind.REACTED, 1, seq, f"s{number}") == number + 2
    assert change(people, Kind.REACTED, 2, seq, "one more") == "too-many"
    assert change(people, Kind.REACTED, 2, seq, "s0") == MAX_SIGNS + 2


@pytest.mark.parametrize("sign", ["", "x" * 17, "x ", " ", "\ud800"])
def test_signs_that_no_database_tells_apart(people: Storage, sign: str) -> None:
    """Are no signs."""
    seq = say(people, LOBBY, 1, "a")
    assert change(people, Kind.REACTED, 1, seq, sign) == "invalid"


def test_taking_back_takes_reactions_and_mentions_with_it(people: Storage) -> None:
    """They are of the text that is gone."""
    seq = say(people, LOBBY, 1, "@user2", mentions=("user2",))
    change(people, Kind.REACTED, 3, seq, "👍")
    assert _mentions(people, 2) == 1
    change(people, Kind.DELETED, 1, seq)
    assert _mentions(people, 2) == 0
    assert people._database.execute_sql("SELECT * FROM reaction").fetchall() in ([], ())


def _mentions(storage: Storage, user_id: int) -> int:
    (lobby,) = storage.rooms.entries_of(user_id, 0, 1)
    return lobby.mentions


def test_an_edit_mentions_anew(people: Storage) -> None:
    """Those whom the latest text names, and nobody else."""
    seq = say(people, LOBBY, 1, "@user2", mentions=("user2",))
    change(people, Kind.EDITED, 1, seq, "@user3", mentions=("user3",))
    assert [_mentions(people, user_id) for user_id in (1, 2, 3)] == [0, 0, 1]


def test_who_names_oneself_or_nobody_mentions_nobody(people: Storage) -> None:
    """Nor does a name that comes twice count twice."""
    say(people, LOBBY, 1, "x", mentions=("user1", "nobody", "user2", "user2"))
    assert [_mentions(people, user_id) for user_id in (1, 2, 3)] == [0, 1, 0]


def test_a_topic_and_a_name_are_the_rooms_and_entries(people: Storage) -> None:
    """Its reference stays, and the old name is free."""
    room_id = make_room(people, 1, "cellar")
    assert change(people, Kind.TOPIC, 1, 0, "cold", room_id=room_id, moderates=True) == 1
    assert change(people, Kind.RENAMED, 1, 0, "Attic", room_id=room_id, moderates=True) == 2
    found = people.rooms.find("attic", 1)
    assert found is not None
    assert found.room[::2] == (room_id, "Attic")
    assert found.room.topic == "cold"
    assert people.rooms.find("cellar", 1) is None
    assert texts(people, room_id) == [(1, "cold"), (2, "Attic")]
    make_room(people, 2, "cellar")


@pytest.mark.parametrize("name", ["hall", "ＨＡＬＬ", "lobby"])
def test_a_name_that_is_taken(people: Storage, name: str) -> None:
    """By a room that is called so, or looks the same; its own name in other letters is free."""
    make_room(people, 1, "Hall")
    room_id = make_room(people, 1, "cellar")
    assert change(people, Kind.RENAMED, 1, 0, name, room_id=room_id, moderates=True) == "name-taken"
    assert say(people, room_id, 1, "x") == 1
    assert change(people, Kind.RENAMED, 1, 0, "Cellar", room_id=room_id, moderates=True) == 2


@pytest.mark.parametrize("name", ["", "@a", "#1", "x" * 33, "a\nb"])
def test_a_room_is_never_given_a_name_that_is_not_allowed(people: Storage, name: str) -> None:
    """Whoever asks."""
    room_id = make_room(people, 1, "cellar")
    assert change(people, Kind.RENAMED, 1, 0, name, room_id=room_id, moderates=True) == "bad-field"
    topic = "x" * 201
    assert change(people, Kind.TOPIC, 1, 0, topic, room_id=room_id, moderates=True) == "bad-field"


@pytest.mark.parametrize("kind", [Kind.TOPIC, Kind.RENAMED])
def test_members_leave_the_room_as_it_is(people: Storage, kind: Kind) -> None:
    """Topic and name are for those who moderate; those of a direct room for nobody."""
    room_id = make_room(people, 1, "cellar")
    assert change(people, kind, 2, 0, "new", room_id=room_id) == "not-allowed"
    direct = people.rooms.open_direct(1, "user2", NOW)
    assert not isinstance(direct, Refused)
    answer = entry(people, direct.room.room_id, 1, "new", kind=kind, moderates=True)
    assert refusal(answer) == "not-allowed"


def test_the_lobby_keeps_its_name_and_may_have_a_topic(people: Storage) -> None:
    """From those whom the settings name."""
    assert change(people, Kind.RENAMED, 1, 0, "hall", moderates=True) == "not-allowed"
    assert change(people, Kind.TOPIC, 1, 0, "welcome", moderates=True) == 1
    assert people.rooms.lobby()[2:] == ("lobby", "welcome")


def test_a_change_that_comes_again_has_its_first_answer(people: Storage) -> None:
    """With whatever it comes, and though it could not be made a second time."""
    seq = say(people, LOBBY, 1, "a")
    delete = NewMessage(LOBBY, 1, "cid", "", NOW, Kind.DELETED, seq)
    assert people.messages.append([delete]) == [Stored(LOBBY, 2, NOW, True)]
    again = [delete, delete._replace(kind=Kind.SAID, text="x", room_id=9), delete]
    assert people.messages.append(again) == [Stored(LOBBY, 2, NOW, False)] * 3


def test_messages_and_changes_of_one_batch_see_each_other(people: Storage) -> None:
    """In its order: what is said first can be answered, changed and taken back behind it."""
    batch = [
        NewMessage(LOBBY, 1, "", "a", NOW),
        NewMessage(LOBBY, 2, "", "answer", NOW, target=1),
        NewMessage(LOBBY, 2, "", "too early", NOW, target=3),
        NewMessage(LOBBY, 1, "", "b", NOW, Kind.EDITED, 1),
        NewMessage(LOBBY, 2, "", "👍", NOW, Kind.REACTED, 1),
        NewMessage(LOBBY, 1, "", "", NOW, Kind.DELETED, 1),
        NewMessage(LOBBY, 3, "", "👍", NOW, Kind.REACTED, 1),
        NewMessage(LOBBY, 3, "", "end", NOW),
    ]
    answers = people.messages.append(batch)
    seqs = [each.seq if isinstance(each, Stored) else each.reason for each in answers]
    assert seqs == [1, 2, "no-such-message", 3, 4, 5, "no-such-message", 6]
    assert texts(people) == [(1, ""), (2, "answer"), (3, ""), (4, "👍"), (5, ""), (6, "end")]


def test_a_change_by_nobody_leaves_nothing_behind(people: Storage) -> None:
    """The row that names its maker cannot be stored, so neither is what it does."""
    room_id = make_room(people, 1, "cellar")
    assert change(people, Kind.RENAMED, 99, 0, "x", room_id=room_id, moderates=True) == "invalid"
    assert people.rooms.find("cellar", 1) is not None
    seq = say(people, LOBBY, 1, "a")
    assert change(people, Kind.DELETED, 99, seq, moderates=True) == "invalid"
    assert texts(people) == [(1, "a")]
