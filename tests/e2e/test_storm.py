"""kill -9 of server, clients and database, over and over, under load: the short storm.

``make torture`` runs it for as long as one likes.
"""

import random
from pathlib import Path

import pytest

from reactor.records import StoredMessage
from tests.helpers.mariadb import MariaDbServer
from tests.torture import notes
from tests.torture.storm import Storm
from tests.torture.tally import Tally, count

KILLS = 20


def check(storm: Storm, kinds: set[str]) -> None:
    """Kill, end, and see that nothing is wrong, and that it was a storm."""
    with storm.running():
        for _ in range(KILLS):
            storm.kill_something()
        tally = storm.end()
    print(tally)
    assert not any(tally.wrong.values()), str(tally)
    assert set(tally.kills) == kinds
    assert tally.in_flight > KILLS
    assert tally.stored > KILLS
    assert tally.shown == tally.stored * tally.readers


@pytest.mark.slow
def test_a_storm_on_sqlite(tmp_path: Path) -> None:
    """Everything sent is stored once, and shown once and in order by everybody."""
    url = f"sqlite:///{(tmp_path / 'minichat.db').as_posix()}"
    check(Storm(tmp_path, seed_for_this_run(), None, url), {"server", "client"})


@pytest.mark.slow
def test_a_storm_on_mariadb(
    tmp_path: Path, mariadb_server: MariaDbServer, mariadb_url: str
) -> None:
    """The database server is killed too."""
    storm = Storm(tmp_path, seed_for_this_run(), mariadb_server, mariadb_url)
    check(storm, {"server", "client", "database"})


def seed_for_this_run() -> int:
    """Printed, for a storm that fails; pytest-randomly makes it another one each time."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    return seed


ACKNOWLEDGED = ["a", "b", "c"]


def stored(*cids: str) -> list[StoredMessage]:
    return [StoredMessage(1, n, 0, cid, "", "", "") for n, cid in enumerate(cids, 1)]


@pytest.mark.parametrize(
    ("in_database", "shown", "wrong"),
    [
        (stored("a", "b", "c"), ["1 a", "2 b", "3 c"], set()),
        (stored("a", "c"), ["1 a", "2 c"], {"lost"}),
        (stored("a", "b", "c", "a"), ["1 a", "2 b", "3 c", "4 a"], {"stored twice", "shown twice"}),
        (stored("a", "b", "c", "d"), ["1 a", "2 b", "3 c", "4 d"], {"stored but not sent"}),
        (stored("a", "b", "c")[:2] + stored("", "", "", "c")[3:], ["1 a", "2 b", "4 c"], {"holes"}),
        (stored("a", "b", "c"), ["1 a", "2 b"], {"not shown as stored"}),
        (stored("a", "b", "c"), ["1 a", "2 b", "3 c", "3 c"], {"shown twice"}),
        (stored("a", "b", "c"), ["1 a", "3 c", "2 b"], {"shown out of order"}),
    ],
)
def test_what_is_wrong_is_counted(
    tmp_path: Path, in_database: list[StoredMessage], shown: list[str], wrong: set[str]
) -> None:
    """Each way of failing has its figure."""
    for path, lines in (
        (notes.sent(tmp_path, "one"), ACKNOWLEDGED),
        (notes.acknowledged(tmp_path, "one"), [f"{c} {n}" for n, c in enumerate("abc", 1)]),
        (notes.shown(tmp_path, "one"), shown),
    ):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    tally = Tally()
    count(tmp_path, ["one"], in_database, tally)
    assert wrong <= {what for what, number in tally.wrong.items() if number}
    assert bool(wrong) == any(tally.wrong.values())
