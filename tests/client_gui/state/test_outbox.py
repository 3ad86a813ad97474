"""Our own messages on their way."""

from client_gui.state.outbox import MAX_IN_FLIGHT, MAX_TRIES, Outbox
from wire.messages import Chat, Delete


def _filled(count: int) -> Outbox:
    outbox = Outbox()
    for number in range(count):
        outbox.add(Chat("user1", "text", "lobby", str(number)), 1)
    return outbox


def _cids(chats: list[Chat]) -> list[str]:
    return [chat.cid for chat in chats]


def test_nothing_goes_before_the_login() -> None:
    """It waits."""
    outbox = _filled(2)
    assert outbox.next_requests() == []
    outbox.resume()
    assert _cids(outbox.next_requests()) == ["0", "1"]
    assert outbox.next_requests() == []


def test_only_so_many_are_in_flight() -> None:
    """Each answer lets the next one go."""
    outbox = _filled(MAX_IN_FLIGHT + 2)
    outbox.resume()
    assert len(outbox.next_requests()) == MAX_IN_FLIGHT
    assert outbox.answered("5") is not None
    assert _cids(outbox.next_requests()) == [str(MAX_IN_FLIGHT)]


def test_what_was_in_flight_goes_first_and_in_order_after_a_loss() -> None:
    """With the same ids."""
    outbox = _filled(MAX_IN_FLIGHT + 1)
    outbox.resume()
    outbox.next_requests()
    outbox.answered("0")
    outbox.disconnected()
    assert outbox.next_requests() == []
    outbox.resume()
    assert _cids(outbox.next_requests()) == [str(n) for n in range(1, MAX_IN_FLIGHT + 1)]


def test_an_answer_may_come_for_one_that_waits_again() -> None:
    """It is answered, and is not sent another time."""
    outbox = _filled(2)
    outbox.resume()
    outbox.next_requests()
    outbox.disconnected()
    assert outbox.answered("1") is not None
    assert outbox.answered("1") is None
    assert len(outbox) == 1


def test_what_is_put_off_holds_the_others_back_and_goes_first() -> None:
    """Once the wait is over, in the order in which it was written."""
    outbox = _filled(MAX_IN_FLIGHT + 1)
    outbox.resume()
    outbox.next_requests()
    assert outbox.put_off("3") == 1
    outbox.answered("5")
    assert outbox.next_requests() == []
    outbox.resume()
    assert _cids(outbox.next_requests()) == ["3", str(MAX_IN_FLIGHT)]


def test_nothing_is_put_off_for_ever() -> None:
    """The last time is a refusal; a connection that is lost begins anew."""
    outbox = _filled(1)
    tries = []
    for _ in range(MAX_TRIES):
        outbox.resume()
        outbox.next_requests()
        tries.append(outbox.put_off("0"))
    assert tries == [*range(1, MAX_TRIES), 0]
    outbox.disconnected()
    outbox.resume()
    outbox.next_requests()
    assert outbox.put_off("0") == 1
    assert outbox.put_off("unknown") == 0


def test_what_is_held_waits_and_is_not_passed() -> None:
    """By a message of the same room; those of other rooms, and changes, go."""
    outbox = Outbox()
    outbox.resume()
    outbox.add(Chat("user1", "held", "lobby", "a"), 1, held=True)
    outbox.add(Chat("user1", "later", "lobby", "b"), 1)
    outbox.add(Chat("user1", "elsewhere", "#1", "c"), 1)
    outbox.add(Delete("lobby", 5, "d"), 1)
    outbox.add(Chat("user1", "held too", "lobby", "e"), 1, held=True)
    assert _cids(outbox.next_requests()) == ["c", "d"]
    outbox.let_go("e")
    assert outbox.next_requests() == []
    assert outbox.is_held("a")
    outbox.let_go("a")
    assert _cids(outbox.next_requests()) == ["a", "b", "e"]
    assert not outbox.is_held("a")


def test_what_was_held_when_the_program_ended_goes() -> None:
    """It is on disk as all others are."""
    outbox = Outbox()
    outbox.add(Chat("user1", "held", "lobby", "a"), 1, held=True)
    items, _gone = outbox.take_unsaved()
    again = Outbox(items)
    again.resume()
    assert _cids(again.next_requests()) == ["a"]


def test_a_held_one_that_is_gone_holds_nothing_back() -> None:
    """Taken away, or refused by whoever wrote it."""
    for end in (Outbox.answered, lambda outbox, cid: outbox.refused(cid, "set-aside", "")):
        outbox = Outbox()
        outbox.resume()
        outbox.add(Chat("user1", "held", "lobby", "a"), 1, held=True)
        outbox.add(Chat("user1", "later", "lobby", "b"), 1)
        end(outbox, "a")
        assert _cids(outbox.next_requests()) == ["b"]
        assert not outbox.is_held("a")
