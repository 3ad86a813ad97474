"""One room's list, as changes of it."""

from client_gui.changes import Inserted, Removed, Updated
from client_gui.items import Delivery, Entry, Quote
from client_gui.log.conversation import Conversation, Me, change_of
from client_gui.log.rows import ROW_BYTES, Row, weight
from tests.client_gui.timeline_mirror import TimelineMirror
from wire.messages import Change, Delete, Edit, React, RenameRoom, SetTopic

ME = Me("user1", "me")


class Shown:
    """A list, and a view that follows it."""

    def __init__(self) -> None:
        self.list = Conversation("lobby", ME)
        self.mirror = TimelineMirror()

    def do(self, changes: list) -> list:
        self.mirror.follow(changes)
        assert tuple(self.mirror.entries) == self.list.entries
        return changes

    def place(self, seq: int, reply_to: int = 0, user: str = "user2") -> list:
        return self.do(self.list.place(Row(seq, user, user, f"m{seq}", 1, reply_to)))

    def wrote(self, key: str, reply_to: int = 0) -> list:
        entry = Entry(key, "user1", "me", key, True, 1, delivery=Delivery.PENDING)
        return self.do(self.list.wrote(entry, reply_to))


def _edited(target: int, seq: int, text: str) -> Change:
    return Change("n", text, "user2", "lobby", seq, 1, "edited", target)


def test_a_number_has_one_row() -> None:
    """In its place; the same one again is nothing."""
    shown = Shown()
    shown.wrote("a")
    for seq in (3, 1, 2):
        shown.place(seq)
    assert [entry.seq for entry in shown.list.entries] == [1, 2, 3, 0]
    assert shown.place(2) == []


def test_answers_quote_what_is_here() -> None:
    """When it comes, when it is edited, and no more when it is taken back."""
    shown = Shown()
    shown.place(5, reply_to=2)
    shown.wrote("a", reply_to=2)
    assert shown.list.entries[0].reply == Quote(2)
    shown.place(2)
    assert [entry.reply for entry in shown.list.entries[1:]] == [Quote(2, "user2", "m2")] * 2
    shown.do(shown.list.change(_edited(2, 6, "new")))
    assert shown.list.entries[1].reply.text == shown.list.entries[2].reply.text == "new"
    shown.do(shown.list.change(Change("n", "", "user2", "lobby", 7, 1, "deleted", 2)))
    assert shown.list.entries[1].reply == Quote(2, "user2", "")


def test_what_is_stored_moves_only_if_it_has_to() -> None:
    """Else it is only updated; and if it is here already, the copy goes."""
    shown = Shown()
    for key in "abc":
        shown.wrote(key)
    changes = shown.do(shown.list.stored("a", Row(1, "user1", "me", "a", 1, key="a")))
    assert [type(change) for change in changes] == [Updated]
    assert shown.list.entries[0].key == "a"
    shown.place(2, user="user1")
    assert shown.do(shown.list.stored("b", Row(2, "user1", "me", "b", 1))) == [
        Removed("lobby", 2, 1)
    ]
    shown.wrote("d")
    moved = shown.do(shown.list.stored("d", Row(3, "user1", "me", "d", 1)))
    assert [type(change) for change in moved] == [Removed, Inserted]
    assert shown.list.stored("unknown", Row(9, "u", "u", "x", 1)) == []


def test_a_wish_is_shown_until_it_is_given_up() -> None:
    """Several of them in their order; the row as the server said stays below."""
    shown = Shown()
    shown.place(1, user="user1")
    shown.do(shown.list.wish(1, Edit("lobby", 1, "new", "w1")))
    shown.do(shown.list.wish(1, React("lobby", 1, "👍", "1", "w2")))
    entry = shown.list.entries[0]
    assert (entry.text, entry.edited, entry.changing) == ("new", True, True)
    assert entry.reactions[0].mine
    shown.do(shown.list.unwish(1, "w1"))
    assert shown.list.entries[0].text == "m1"
    shown.do(shown.list.unwish(1, "w2"))
    entry = shown.list.entries[0]
    assert (entry.reactions, entry.edited, entry.changing) == ((), False, False)
    assert shown.list.unwish(1, "w2") == []
    assert [row.text for row in shown.list.take_unsaved()] == ["m1"]


def test_a_wish_about_what_is_not_here_waits_for_it() -> None:
    """As after a start with the outbox full."""
    shown = Shown()
    assert shown.list.wish(1, Delete("lobby", 1, "w1")) == []
    shown.place(1)
    assert shown.list.entries[0].deleted
    assert shown.list.row(1).text == "m1"


def test_what_is_unsaved_is_told_once() -> None:
    """New and changed rows, but not those that come from the disk."""
    shown = Shown()
    shown.place(1)
    shown.do(shown.list.place(Row(2, "u", "u", "x", 1), saved=True))
    assert [row.seq for row in shown.list.take_unsaved()] == [1]
    shown.do(shown.list.change(_edited(2, 3, "new")))
    assert [row.text for row in shown.list.take_unsaved()] == ["new"]
    assert shown.list.take_unsaved() == []


def test_forgetting_leaves_what_waits() -> None:
    """Unless all is to go."""
    shown = Shown()
    shown.place(1)
    shown.place(2, reply_to=1)
    shown.wrote("a")
    shown.do(shown.list.trim(1))
    shown.do(shown.list.forget())
    assert shown.list.forget() == []
    assert shown.list.waiting == 1
    shown.do(shown.list.forget_all())
    assert shown.list.entries == ()


def test_another_name_shows_others_as_ours() -> None:
    """The login told how it is really written."""
    shown = Shown()
    shown.place(1, user="User1")
    assert not shown.list.entries[0].own
    shown.do(shown.list.look_as(Me("User1", "me")))
    assert shown.list.entries[0].own
    assert shown.list.look_as(Me("User1", "me")) == []


def test_each_request_is_a_change() -> None:
    """As others are told of it."""
    kinds = [
        (Edit("r", 1, "t", "c"), ("edited", "t", 1)),
        (Delete("r", 1, "c"), ("deleted", "", 1)),
        (React("r", 1, "s", "1", "c"), ("reacted", "s", 1)),
        (React("r", 1, "s", "0", "c"), ("unreacted", "s", 1)),
        (SetTopic("r", "t", "c"), ("topic", "t", 0)),
        (RenameRoom("r", "n", "c"), ("renamed", "n", 0)),
    ]
    for request, expected in kinds:
        change = change_of(request, ME, 9, 8)
        assert (change.kind, change.text, change.target) == expected
        assert (change.username, change.room, change.seq, change.time) == ("user1", "r", 9, 8)


def test_a_page_is_one_change_where_nothing_is_between() -> None:
    """With quotes in it and behind it; what is here already stays as it is."""
    shown = Shown()
    shown.place(10, reply_to=2)
    page = [Row(n, "user2", "user2", f"m{n}", 1, n - 1) for n in (2, 3, 10)]
    inserted, *updated = shown.do(shown.list.place_page(page))
    assert (inserted.position, [entry.seq for entry in inserted.entries]) == (0, [2, 3])
    assert {change.entry.seq for change in updated} == {3, 10}
    assert [entry.reply and entry.reply.text for entry in shown.list.entries] == ["", "m2", "m2"]
    assert shown.do(shown.list.place_page(page)) == []


def test_a_page_goes_around_what_is_here() -> None:
    """Our own that was taken before the page came."""
    shown = Shown()
    shown.place(3)
    shown.do(shown.list.place_page([Row(n, "user2", "user2", "x", 1) for n in (2, 4)]))
    assert shown.list.seqs == [2, 3, 4]


def test_the_weight_is_that_of_the_rows_that_are_here() -> None:
    """However they came, changed and went."""
    shown = Shown()
    assert shown.list.weight == 0
    shown.place(1)
    shown.do(shown.list.place_page([Row(n, "user2", "user2", "x" * n, 1) for n in (2, 3)]))
    shown.do(shown.list.change(_edited(1, 9, "y" * 1_000)))
    shown.wrote("a")
    shown.do(shown.list.stored("a", Row(4, "user1", "me", "a", 1)))
    assert shown.list.weight == sum(weight(row) for row in shown.list.rows_after(0))
    assert shown.list.weight > 4 * ROW_BYTES + 1_000
    shown.do(shown.list.forget())
    assert shown.list.weight == 0
