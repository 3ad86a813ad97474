"""Accounts: one answer to each question, which does not tell which names exist."""

from typing import Any, NamedTuple

import pytest

from reactor import passwords
from reactor.accounts import Accounts
from reactor.database_failures import StorageUnavailable
from reactor.loop import Loop
from reactor.rota import Rota
from reactor.throttle import MAX_FOR_USER, FailedLogins
from tests.helpers.chat import FakeStore, StandInPasswords, stand_in_passwords
from tests.helpers.clock import FakeClock
from tests.helpers.workers import HandLane
from wire.limits import MAX_NAME, MAX_PASSWORD
from wire.reasons import REASONS

HERE = "192.0.2.1"

# Logins that may wait for the hashing lane.
WAITING_MAX = 1000


class Asked(NamedTuple):
    """Accounts on lanes that are turned by hand, and the answers."""

    accounts: Accounts
    store: FakeStore
    reading: HandLane
    database: HandLane
    hashing: HandLane
    answers: list[Any]
    loop: Loop

    def ask(self, username: str = "user1", password: str = "111111") -> None:
        self.accounts.authenticate(username, password, HERE, self.answers.append)

    def answer(self, username: str = "user1", password: str = "111111") -> Any:
        """Ask, let the lanes work, and return the one answer."""
        self.ask(username, password)
        self.reading.run_all()
        self.hashing.run_all()
        (answer,) = self.answers
        self.answers.clear()
        assert not isinstance(answer, str) or answer in REASONS
        return answer


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandInPasswords:
    return stand_in_passwords(monkeypatch)


@pytest.fixture
def asked(loop: Loop, clock: FakeClock, stand_in: StandInPasswords) -> Asked:
    store, lanes = FakeStore(), (HandLane(), HandLane(), HandLane())
    failures, rota = FailedLogins(clock), Rota(loop)
    accounts = Accounts(store.accounts, *lanes, failures, rota, capacity=WAITING_MAX)
    return Asked(accounts, store, *lanes, [], loop)


def test_the_right_password(asked: Asked) -> None:
    """Is answered with the account, as its owner is really called."""
    assert asked.answer("USER1") == asked.store.accounts.find_account("user1")


def test_the_wrong_password(asked: Asked) -> None:
    """Is answered with a word."""
    assert asked.answer(password="222222") == "wrong-login"


def test_an_unknown_user_costs_the_same_and_is_told_the_same(
    asked: Asked, stand_in: StandInPasswords
) -> None:
    """One look-up and one hash, in the same lanes: neither word nor time tell."""
    known, unknown = ("user1", "wrong"), ("nobody", "wrong")
    traces = []
    for who in (known, unknown):
        stand_in.checked.clear()
        asked.reading.called.clear()
        asked.hashing.called.clear()
        answer = asked.answer(*who)
        traces.append((answer, asked.reading.called[:], asked.hashing.called[:]))
        assert len(stand_in.checked) == 1
    assert traces[0] == traces[1]
    assert stand_in.checked == [stand_in.DUMMY_HASH]


def test_the_dummy_hash_matches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """And costs what a real one costs: nobody comes in with it, whatever they type."""
    assert not passwords.verify(passwords.DUMMY_HASH, "")
    assert not passwords.needs_rehash(passwords.DUMMY_HASH)


def test_nothing_is_answered_before_it_is_known(asked: Asked) -> None:
    """First the database, then the hash."""
    asked.ask()
    assert (len(asked.reading), len(asked.hashing)) == (1, 0)
    asked.reading.run_one()
    assert (len(asked.reading), len(asked.hashing)) == (0, 1)
    assert asked.answers == []
    asked.hashing.run_one()
    assert len(asked.answers) == 1


@pytest.mark.parametrize(
    ("username", "password"),
    [("", "x"), ("x" * (MAX_NAME + 1), "x"), ("user1", "x" * (MAX_PASSWORD + 1))],
)
def test_what_can_be_no_login_costs_nothing(asked: Asked, username: str, password: str) -> None:
    """Neither a look-up nor a hash of a megabyte."""
    asked.ask(username, password)
    assert asked.answers == ["wrong-login"]
    assert not asked.reading.called
    assert len(asked.reading) == len(asked.hashing) == 0


def test_a_full_reading_lane_is_answered(asked: Asked) -> None:
    """Try again, and next time it may work."""
    asked.reading.capacity = 0
    assert asked.answer() == "busy"
    asked.reading.capacity = 1
    assert asked.answer() == asked.store.accounts.find_account("user1")


def test_who_finds_the_hashing_lane_full_waits(asked: Asked) -> None:
    """In the order in which they came; each that has been hashed makes room for the next."""
    asked.hashing.capacity = 2
    names = ["user1", "user2", "user3", "nobody"]
    for name in names:
        asked.ask(name, name[-1] * 6)
    asked.reading.run_all()
    assert len(asked.hashing) == 2
    for _ in names:
        asked.hashing.run_one()
    assert [getattr(answer, "name", answer) for answer in asked.answers] == [
        "user1",
        "user2",
        "user3",
        "wrong-login",
    ]


def test_so_many_may_wait_for_the_hashing_lane(asked: Asked) -> None:
    """One more is told to try again, and then it may work."""
    asked.hashing.capacity = 1
    for _ in range(1 + WAITING_MAX + 1):
        asked.ask()
        asked.reading.run_all()
    assert asked.answers == ["busy"]
    asked.hashing.run_one()
    asked.ask()
    asked.reading.run_all()
    assert len(asked.answers) == 2


def test_a_hash_that_fails_makes_room(asked: Asked) -> None:
    """Whoever waits behind it is not forgotten."""
    asked.hashing.capacity = 1
    asked.ask()
    asked.ask()
    asked.reading.run_all()
    asked.hashing.fail_one(StorageUnavailable("no memory"))
    asked.hashing.run_one()
    assert asked.answers == ["unavailable", asked.store.accounts.find_account("user1")]


def test_guessing_on_many_connections_at_once_is_stopped(
    asked: Asked, stand_in: StandInPasswords
) -> None:
    """Those that wait are refused unseen, one in a turn; another user who waits is not."""
    lane, guesses = 2, 500
    asked.hashing.capacity = lane
    for _ in range(guesses):
        asked.ask(password="guess")
    asked.ask("user2", "222222")
    asked.reading.run_all()
    while len(asked.answers) < guesses + 1:
        if asked.hashing:
            asked.hashing.run_one()
        before = len(asked.answers)
        asked.loop.call_soon(lambda: None)
        asked.loop.turn()
        assert len(asked.answers) <= before + 1
    assert asked.answers.count("wrong-login") <= MAX_FOR_USER + lane - 1
    assert asked.answers.count("too-many-tries") >= guesses - (MAX_FOR_USER + lane - 1)
    assert asked.store.accounts.find_account("user2") in asked.answers
    assert len(stand_in.checked) <= MAX_FOR_USER + lane


@pytest.mark.parametrize("lane", ["reading", "hashing"])
def test_a_lane_that_fails_is_answered(
    asked: Asked, lane: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody waits for ever; why is in the log, and whom it was about is not."""
    asked.ask(password="a secret")
    if lane == "hashing":
        asked.reading.run_one()
    getattr(asked, lane).fail_one(StorageUnavailable("the disk is gone"))
    assert asked.answers == ["unavailable"]
    assert "the disk is gone" in caplog.text
    assert "a secret" not in caplog.text


def test_what_is_not_the_users_failure_is_not_counted(asked: Asked) -> None:
    """A database that is away locks nobody out."""
    for _ in range(2 * MAX_FOR_USER):
        asked.ask()
        asked.reading.fail_one(StorageUnavailable("away"))
    asked.answers.clear()
    assert asked.answer() == asked.store.accounts.find_account("user1")


def test_guessing_is_stopped(asked: Asked) -> None:
    """Without a look-up and without a hash; the right password does not help either."""
    for _ in range(MAX_FOR_USER):
        assert asked.answer(password="guess") == "wrong-login"
    called = len(asked.reading.called)
    assert asked.answer() == "too-many-tries"
    assert len(asked.reading.called) == called


def test_success_is_not_counted(asked: Asked) -> None:
    """However often somebody logs in."""
    for _ in range(2 * MAX_FOR_USER):
        assert not isinstance(asked.answer(), str)


def test_an_old_hash_is_replaced(asked: Asked) -> None:
    """After the answer, for nobody has to wait for it; and only once."""
    asked.store.tables.add_user("old", "Old", "old:secret")
    account = asked.answer("old", "secret")
    assert account.password_hash == "old:secret"
    asked.database.run_all()
    assert asked.answer("old", "secret").password_hash == "hash:secret"
    asked.database.run_all()
    assert asked.database.called == ["replace_password_hash"]
    assert set(asked.reading.called) == {"find_account"}


def test_a_hash_of_today_stays(asked: Asked) -> None:
    """And so does one whose password was not given."""
    asked.store.tables.add_user("old", "Old", "old:secret")
    asked.answer()
    asked.answer("old", "wrong")
    assert len(asked.database) == 0


@pytest.mark.parametrize("full", [True, False])
def test_replacing_may_fail(asked: Asked, full: bool) -> None:
    """The login counts all the same, and the next one tries again."""
    asked.store.tables.add_user("old", "Old", "old:secret")
    asked.ask("old", "secret")
    asked.reading.run_all()
    if full:
        asked.database.capacity = 0
    asked.hashing.run_one()
    if not full:
        asked.database.fail_one(StorageUnavailable("away"))
    (account,) = asked.answers
    assert account.name == "old"
    assert asked.store.tables.accounts["old"].password_hash == "old:secret"
