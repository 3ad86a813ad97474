"""Orders for a thread that sleeps in a selector."""

import select
import threading
from collections.abc import Iterator

import pytest

from client_gui.link.mailbox import Mailbox


@pytest.fixture
def mailbox() -> Iterator[Mailbox[int]]:
    """A mailbox for three."""
    mailbox: Mailbox[int] = Mailbox(3)
    yield mailbox
    mailbox.close()


def _readable(mailbox: Mailbox[int]) -> bool:
    return bool(select.select([mailbox], [], [], 0)[0])


def test_items_come_out_once_and_in_order(mailbox: Mailbox[int]) -> None:
    """And the mailbox is readable exactly while something waits."""
    assert not _readable(mailbox)
    assert mailbox.put(1)
    assert mailbox.put(2)
    assert _readable(mailbox)
    assert mailbox.take_all() == [1, 2]
    assert not _readable(mailbox)
    assert mailbox.take_all() == []


def test_a_full_mailbox_takes_only_what_is_urgent(mailbox: Mailbox[int]) -> None:
    """The bound is a bound."""
    assert [mailbox.put(number) for number in range(5)] == [True, True, True, False, False]
    assert mailbox.put(9, urgent=True)
    assert mailbox.take_all() == [0, 1, 2, 9]


def test_what_is_put_wakes_a_sleeper(mailbox: Mailbox[int]) -> None:
    """From another thread."""
    thread = threading.Thread(target=mailbox.put, args=(1,))
    thread.start()
    assert select.select([mailbox], [], [], 10)[0]
    thread.join()
    assert mailbox.take_all() == [1]


def test_more_wake_ups_than_a_socket_holds_do_no_harm() -> None:
    """The socket is full long before; nothing blocks and nothing is lost."""
    mailbox: Mailbox[int] = Mailbox(1_000_000)
    assert all(mailbox.put(number) for number in range(300_000))
    assert len(mailbox.take_all()) == 300_000
    mailbox.close()


def test_putting_into_a_closed_mailbox_is_harmless() -> None:
    """A late look-up does that."""
    mailbox: Mailbox[int] = Mailbox(3)
    mailbox.close()
    assert mailbox.put(1)
