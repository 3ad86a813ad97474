"""The storage as a whole: connections, and which database it is."""

import threading

import pytest

from reactor import storage as storage_module
from reactor.records import NewUser
from reactor.storage import Storage
from tests.helpers.mariadb import MariaDbServer

ANNA = NewUser("Anna", "Anna 😀", "hash of anna")


def test_two_storages_in_one_process_do_not_mix(tmp_path: object) -> None:
    """The models belong to neither."""
    first, second = (Storage(f"sqlite:///{tmp_path}/{name}.db") for name in ("one", "two"))
    first.open()
    second.open()
    first.accounts.add_users([ANNA])
    assert second.accounts.find_account("Anna") is None
    assert first.accounts.find_account("Anna") is not None
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
        storage.rooms.lobby()
        seen.extend(mariadb_server.execute(count))
        storage.close()
        storage.close()

    storage.rooms.lobby()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(2,)]
    storage.rooms.lobby()
    storage.close()


def test_a_closed_storage_connects_again_when_it_is_used(storage: Storage) -> None:
    """Closing is for the end of a thread, and does no harm before."""
    storage.accounts.add_users([ANNA])
    storage.close()
    assert storage.accounts.find_account("Anna") is not None


def test_the_storage_says_what_it_exports() -> None:
    """Everything named exists."""
    assert all(hasattr(storage_module, name) for name in storage_module.__all__)


def test_the_epoch_stays_until_a_new_one_is_made(storage: Storage) -> None:
    """Also when the database is opened again."""
    epoch = storage.epoch()
    storage.open()
    assert storage.epoch() == epoch
    new = storage.new_epoch()
    assert new != epoch
    assert storage.epoch() == new


def test_a_database_that_lost_its_epoch_or_its_lobby_says_so(storage: Storage) -> None:
    """Nothing is made up."""
    storage._database.execute_sql("DELETE FROM fact")
    storage._database.execute_sql("DELETE FROM room")
    with pytest.raises(KeyError, match="epoch"):
        storage.epoch()
    with pytest.raises(KeyError, match="lobby"):
        storage.rooms.lobby()
