"""Accounts, rooms and history: plain values in and out, the same on both kinds of database."""

import threading

import pytest

from reactor import passwords
from reactor import storage as storage_module
from reactor.records import Account, NewMessage, NewUser, StoredMessage
from reactor.storage import Storage, StorageUnavailable
from tests.helpers.mariadb import MariaDbServer
from wire.limits import MAX_PAGE

ANNA = NewUser("Anna", "Anna 😀", "hash of anna")
XIAOMING = NewUser("小明", "小明同学", "hash of xiaoming")


def test_an_account_is_found_by_its_name_and_its_look_alikes(storage: Storage) -> None:
    """Case and width of letters make no other person."""
    assert storage.add_users([ANNA, XIAOMING]) == [True, True]
    anna = storage.find_account("Anna")
    assert anna == Account(1, *ANNA)
    assert storage.find_account("ＡＮＮＡ") == anna
    assert storage.find_account("小明") == Account(2, *XIAOMING)


@pytest.mark.parametrize("name", ["Ann", "Anna ", " Anna", "", "An%", "Ann_", "Änna", "a'--", "\0"])
def test_nobody_else_is_found(storage: Storage, name: str) -> None:
    """No space, wildcard or accent is overlooked."""
    storage.add_users([ANNA])
    assert storage.find_account(name) is None


def test_composed_and_decomposed_letters_are_one_name(storage: Storage) -> None:
    """é is é, however it is typed."""
    storage.add_users([NewUser("Ren\u00e9", "René", "hash")])
    assert storage.find_account("Rene\u0301") is not None
    assert storage.find_account("Rene") is None


def test_an_existing_user_is_left_unchanged(storage: Storage) -> None:
    """Also when the same name comes twice in one call."""
    assert storage.add_users([ANNA]) == [True]
    again = [NewUser("anna", "Impostor", "x"), XIAOMING, NewUser("小明", "Impostor", "x")]
    assert storage.add_users(again) == [False, True, False]
    assert storage.find_account("anna") == Account(1, *ANNA)
    assert storage.add_users([]) == []


@pytest.mark.parametrize("bad", [("", "n"), ("a b", "n"), ("a|b", "n"), ("x" * 33, "n"), ("a", "")])
def test_with_a_name_that_is_not_allowed_nobody_is_added(
    storage: Storage, bad: tuple[str, str]
) -> None:
    """One transaction, or none."""
    with pytest.raises(ValueError, match="name"):
        storage.add_users([ANNA, NewUser(*bad, "hash")])
    assert storage.find_account("Anna") is None


def test_many_users_are_added_at_once(storage: Storage) -> None:
    """More than fit into one statement."""
    users = [NewUser(f"load{i:05}", f"Load {i}", "hash") for i in range(1_050)]
    assert storage.add_users(users) == [True] * 1_050
    assert storage.add_users(users) == [False] * 1_050


def test_a_name_taken_by_another_program_meanwhile_is_found_taken(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the insertion; the second look sees it."""
    look = Storage._taken
    looks = []

    def look_too_early(self: Storage, keys: list[str]) -> set[str]:
        looks.append(keys)
        return set() if len(looks) == 1 else look(self, keys)

    storage.add_users([ANNA])
    monkeypatch.setattr(Storage, "_taken", look_too_early)
    assert storage.add_users([ANNA, XIAOMING]) == [False, True]
    assert len(looks) == 2


def test_adding_users_is_not_tried_for_ever(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nobody was added, and the connection is good."""
    storage.add_users([ANNA])
    monkeypatch.setattr(Storage, "_taken", lambda self, keys: set())
    with pytest.raises(StorageUnavailable, match="try again"):
        storage.add_users([XIAOMING, ANNA])
    assert storage.find_account("小明") is None


def test_a_hash_is_replaced_only_if_it_is_still_the_same(storage: Storage) -> None:
    """Compare and set: of two logins at once, one replaces it."""
    storage.add_users([ANNA, XIAOMING])
    assert storage.replace_password_hash(1, ANNA.password_hash, "new")
    assert not storage.replace_password_hash(1, ANNA.password_hash, "newer")
    assert not storage.replace_password_hash(9, "new", "newer")
    assert storage.find_account("Anna") == Account(1, "Anna", "Anna 😀", "new")
    assert storage.find_account("小明") == Account(2, *XIAOMING)


def test_a_real_hash_fits(storage: Storage) -> None:
    """Whole, and unchanged."""
    password_hash = passwords.hash_password("密码")
    storage.add_users([ANNA._replace(password_hash=password_hash)])
    anna = storage.find_account("Anna")
    assert anna is not None
    assert passwords.verify(anna.password_hash, "密码")


def test_the_lobby_exists_and_other_rooms_do_not(storage: Storage) -> None:
    """A room is found by its key, like a user."""
    assert storage.room_id("lobby") == storage.room_id("Lobby")
    with pytest.raises(KeyError):
        storage.room_id("cellar")


def test_history_comes_in_order_and_in_pages(storage: Storage) -> None:
    """After a number, up to a limit, with today's names."""
    storage.add_users([ANNA, XIAOMING])
    lobby = storage.room_id("lobby")
    storage.append([NewMessage(lobby, 1 + i % 2, f"c{i}" * (i % 3), f"t{i}", i) for i in range(10)])
    page = storage.messages_after(lobby, 3, 2)
    assert page == [
        StoredMessage(lobby, 4, 3, "", "t3", "小明", "小明同学"),
        StoredMessage(lobby, 5, 4, "c4", "t4", "Anna", "Anna 😀"),
    ]
    assert [message.seq for message in storage.messages_after(lobby, 0, 100)] == [*range(1, 11)]
    assert storage.messages_after(lobby, 10, 100) == []
    assert storage.messages_after(lobby + 1, 0, 100) == []
    assert storage.messages_after(lobby, 0, 0) == []
    assert storage.messages_after(lobby, 0, -1) == []


def test_history_comes_backwards_too(storage: Storage) -> None:
    """The last ones before a number, in order; 0 is the end of the room."""
    storage.add_users([ANNA])
    lobby = storage.room_id("lobby")
    storage.append([NewMessage(lobby, 1, "", f"m{n}", n) for n in range(1, 11)])

    def seqs(before: int, limit: int) -> list[int]:
        return [each.seq for each in storage.messages_before(lobby, before, limit)]

    assert seqs(0, 3) == [8, 9, 10]
    assert seqs(8, 3) == [5, 6, 7]
    assert seqs(3, 10) == [1, 2]
    assert seqs(1, 10) == []
    assert seqs(0, 0) == []
    assert len(seqs(0, 10**9)) == 10
    assert storage.messages_before(lobby + 1, 0, 10) == []


def test_a_page_costs_no_more_than_a_page(mariadb_server: MariaDbServer, mariadb_url: str) -> None:
    """Few users and many messages: MariaDB must not read and sort all of them."""
    storage = Storage(mariadb_url)
    storage.open()
    try:
        storage.add_users([ANNA, XIAOMING])
        lobby = storage.room_id("lobby")
        for _ in range(4):
            storage.append([NewMessage(lobby, 1 + n % 2, "", "text", n) for n in range(500)])
        read = "SHOW SESSION STATUS LIKE 'Handler_read_%%'"

        def rows_read() -> int:
            rows = storage._database.execute_sql(read).fetchall()
            return sum(int(value) for _, value in rows)

        before = rows_read()
        assert len(storage.messages_after(lobby, 1000, 10)) == 10
        assert len(storage.messages_before(lobby, 0, 10)) == 10
        assert rows_read() - before < 200
    finally:
        storage.close()


def test_a_page_is_never_longer_than_the_bound(storage: Storage) -> None:
    """Whatever is asked for."""
    storage.add_users([ANNA])
    lobby = storage.room_id("lobby")
    storage.append([NewMessage(lobby, 1, "", "x", 0)] * (MAX_PAGE + 1))
    assert len(storage.messages_after(lobby, 0, 10**9)) == MAX_PAGE


def test_two_storages_in_one_process_do_not_mix(tmp_path: object) -> None:
    """The models belong to neither."""
    first, second = (Storage(f"sqlite:///{tmp_path}/{name}.db") for name in ("one", "two"))
    first.open()
    second.open()
    first.add_users([ANNA])
    assert second.find_account("Anna") is None
    assert first.find_account("Anna") is not None
    first.close()
    second.close()


def test_every_thread_has_a_connection_and_closes_it(
    mariadb_url: str, mariadb_server: MariaDbServer
) -> None:
    """Open leaves none, and close ends that of its own thread only."""
    storage = Storage(mariadb_url)
    storage.open()
    name = mariadb_url.rpartition("/")[2]
    count = f"SELECT COUNT(*) FROM information_schema.processlist WHERE db = '{name}'"
    assert mariadb_server.execute(count) == [(0,)]
    seen = []

    def work() -> None:
        storage.room_id("lobby")
        seen.extend(mariadb_server.execute(count))
        storage.close()
        storage.close()

    storage.room_id("lobby")
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(2,)]
    storage.room_id("lobby")
    storage.close()


def test_a_closed_storage_connects_again_when_it_is_used(storage: Storage) -> None:
    """Closing is for the end of a thread, and does no harm before."""
    storage.add_users([ANNA])
    storage.close()
    assert storage.find_account("Anna") is not None


def test_the_storage_says_what_it_exports() -> None:
    """Everything named exists."""
    assert all(hasattr(storage_module, name) for name in storage_module.__all__)
