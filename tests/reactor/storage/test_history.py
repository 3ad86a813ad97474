"""History: entries in order, in bounded pages, with their latest text."""

from reactor.records import NewMessage, NewUser, StoredMessage
from reactor.storage import Storage
from tests.helpers.stored import LOBBY, NOW, say
from wire.limits import MAX_PAGE

ANNA = NewUser("Anna", "Anna 😀", "hash of anna")
XIAOMING = NewUser("小明", "小明同学", "hash of xiaoming")


def test_history_comes_in_order_and_in_pages(storage: Storage) -> None:
    """After a number, up to a limit, with today's names."""
    storage.accounts.add_users([ANNA, XIAOMING])
    lobby = storage.rooms.lobby().room_id
    storage.messages.append(
        [NewMessage(lobby, 1 + i % 2, f"c{i}" * (i % 3), f"t{i}", i) for i in range(10)]
    )
    page = storage.history.after(lobby, 3, 2)
    assert page == [
        StoredMessage(lobby, 4, 3, "", "t3", "小明", "小明同学"),
        StoredMessage(lobby, 5, 4, "c4", "t4", "Anna", "Anna 😀"),
    ]
    assert [message.seq for message in storage.history.after(lobby, 0, 100)] == [*range(1, 11)]
    assert storage.history.after(lobby, 10, 100) == []
    assert storage.history.after(lobby + 1, 0, 100) == []
    assert storage.history.after(lobby, 0, 0) == []
    assert storage.history.after(lobby, 0, -1) == []


def test_history_comes_backwards_too(storage: Storage) -> None:
    """The last ones before a number, in order; 0 is the end of the room."""
    storage.accounts.add_users([ANNA])
    lobby = storage.rooms.lobby().room_id
    storage.messages.append([NewMessage(lobby, 1, "", f"m{n}", n) for n in range(1, 11)])

    def seqs(before: int, limit: int) -> list[int]:
        return [each.seq for each in storage.history.before(lobby, before, limit)]

    assert seqs(0, 3) == [8, 9, 10]
    assert seqs(8, 3) == [5, 6, 7]
    assert seqs(3, 10) == [1, 2]
    assert seqs(1, 10) == []
    assert seqs(0, 0) == []
    assert len(seqs(0, 10**9)) == 10
    assert storage.history.before(lobby + 1, 0, 10) == []


def test_a_page_costs_no_more_than_a_page(mariadb_url: str) -> None:
    """Few users and many messages: MariaDB must not read and sort all of them."""
    storage = Storage(mariadb_url)
    storage.open()
    try:
        storage.accounts.add_users([ANNA, XIAOMING])
        lobby = storage.rooms.lobby().room_id
        for _ in range(4):
            storage.messages.append(
                [NewMessage(lobby, 1 + n % 2, "", "text", n) for n in range(500)]
            )
        read = "SHOW SESSION STATUS LIKE 'Handler_read_%%'"

        def rows_read() -> int:
            rows = storage._database.execute_sql(read).fetchall()
            return sum(int(value) for _, value in rows)

        before = rows_read()
        assert len(storage.history.after(lobby, 1000, 10)) == 10
        assert len(storage.history.before(lobby, 0, 10)) == 10
        assert rows_read() - before < 200
    finally:
        storage.close()


def test_a_page_is_never_longer_than_the_bound(storage: Storage) -> None:
    """Whatever is asked for."""
    storage.accounts.add_users([ANNA])
    lobby = storage.rooms.lobby().room_id
    storage.messages.append([NewMessage(lobby, 1, "", "x", 0)] * (MAX_PAGE + 1))
    assert len(storage.history.after(lobby, 0, 10**9)) == MAX_PAGE


def test_what_a_client_has(people: Storage) -> None:
    """It is of this log if an entry of that number was stored at that time; nothing always is."""
    say(people, LOBBY, 1, "hello")
    cases = [(0, 5, True), (1, NOW, True), (1, NOW + 1, False), (2, NOW, False)]
    assert [people.history.matches(LOBBY, seq, at) for seq, at, _ in cases] == [
        matches for *_, matches in cases
    ]
