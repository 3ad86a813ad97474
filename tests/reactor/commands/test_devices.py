"""Devices that log in with a token, and putting an end to that."""

import logging

import pytest

from reactor.dialects import BASIC
from reactor.throttle import MAX_FOR_USER
from tests.helpers.chat import EPOCH, NOW, Client, Stage
from wire.limits import MAX_NAME, MAX_PASSWORD
from wire.reasons import REASONS

REVOKED = f"2000|revoked|{REASONS['revoked']}"


def by_token(stage: Stage, token: str, name: str = "user1", program: str = "test/1") -> Client:
    """A client that has tried to log in with *token*."""
    client = stage.connect(BASIC)
    client.says(f"0001|{name}||{program}|{token}")
    stage.settle()
    return client


def refused(reason: str) -> list[str]:
    return [f"1001|0|||{reason}|{REASONS[reason]}"]


IN = [f"1001|1|itcast1|user1|||{EPOCH}"]
"""What one is told who has logged in with a token."""


@pytest.fixture
def ann(stage: Stage) -> Client:
    """With ``token1``, as device 1."""
    ann = stage.full("user1")
    stage.advance(1)
    ann.told()
    return ann


# --- logging in


def test_a_token(stage: Stage, ann: Client) -> None:
    """Logs the same user in, with no hash and no new token."""
    stage.hashing.called.clear()
    client = by_token(stage, "token1")
    assert client.told() == IN
    assert stage.hashing.called == []
    assert client.session.device_id == ann.session.device_id == 1
    assert client.session in stage.services.rooms.lobby


def test_only_digests_are_kept(stage: Stage, ann: Client) -> None:
    """Whoever reads the database cannot log in with what is there."""
    (kept,) = stage.store.devices.hashes
    assert len(kept) == 64
    assert by_token(stage, kept).told() == refused("wrong-token")


def test_a_full_hashing_lane_delays_nobody(stage: Stage, ann: Client) -> None:
    """Who has a token need not wait for those who have not."""
    stage.hashing.capacity = 0
    for _ in range(5):
        stage.connect(BASIC).says("0001|user1|x|test/1")
    assert by_token(stage, "token1").told() == IN


@pytest.mark.parametrize(
    ("name", "token"),
    [
        ("user1", "token2"),
        ("user2", "token1"),
        ("nobody", "token1"),
        ("", "token1"),
        ("x" * (MAX_NAME + 1), "token1"),
        ("user1", "x" * 10_000),
    ],
)
def test_a_wrong_token(stage: Stage, ann: Client, name: str, token: str) -> None:
    """One word, whatever is wrong; the name must be the token's."""
    assert by_token(stage, token, name).told() == refused("wrong-token")
    assert stage.services.counts["wrong-token"] == 1


def test_a_name_that_looks_the_same(stage: Stage, ann: Client) -> None:
    """Is the same, as with a password."""
    assert by_token(stage, "token1", "USER1").told() == IN


def test_the_same_work_for_names_that_do_not_exist(stage: Stage, ann: Client) -> None:
    """So that the time does not tell which there are."""
    calls = []
    for name in ("user1", "nobody"):
        stage.database.called.clear()
        by_token(stage, "wrong", name)
        calls.append(list(stage.database.called))
    assert calls[0] == calls[1] == ["_look_up"]


def test_wrong_tokens_are_counted_with_wrong_passwords(stage: Stage, ann: Client) -> None:
    """Half and half are too many; the right one does not help then."""
    for number in range(MAX_FOR_USER):
        if number % 2:
            by_token(stage, "wrong")
        else:
            stage.connect(BASIC).says("0001|user1|wrong|test/1")
            stage.settle()
    assert by_token(stage, "token1").told() == refused("too-many-tries")


def test_a_right_token_ends_the_count(stage: Stage, ann: Client) -> None:
    """As a right password does."""
    for _ in range(2):
        for _ in range(MAX_FOR_USER - 1):
            by_token(stage, "wrong")
        assert by_token(stage, "token1").told() == IN


def test_a_password_is_enough(stage: Stage, ann: Client) -> None:
    """With both, the password is what counts."""
    client = stage.connect(BASIC)
    client.says("0001|user1|111111|test/1|wrong")
    stage.settle()
    assert client.told() == [f"1001|1|itcast1|user1|token2||{EPOCH}"]


def test_a_basic_client_has_no_device(stage: Stage) -> None:
    """It is not told a token; but may have one from elsewhere."""
    stage.basic("user1")
    assert stage.store.devices.hashes == {}
    stage.full("user1")
    client = by_token(stage, "token1", program="")
    assert client.told() == ["1001|1|itcast1|user1"]


@pytest.mark.parametrize("reason", ["busy", "unavailable"])
def test_a_storage_that_is_away(stage: Stage, ann: Client, reason: str) -> None:
    """Is said, and does not count as a try."""
    client = stage.connect(BASIC)
    if reason == "busy":
        stage.database.capacity = 0
    client.says("0001|user1||test/1|token1")
    stage.turn()
    if reason == "unavailable":
        stage.database.fail_one(OSError("away"))
    stage.settle()
    assert client.told() == refused(reason)
    stage.database.capacity = 100
    assert stage.failures.too_many("192.0.2.1", "user1") is False


def test_a_device_that_cannot_be_made(stage: Stage) -> None:
    """On a full disk one can still log in, without a token."""
    client = stage.connect(BASIC)
    client.says("0001|user1|111111|test/1")
    stage.reading.run_one()
    stage.turn()
    stage.hashing.run_all()
    stage.turn()
    stage.database.fail_one(OSError("no space left on device"))
    stage.settle()
    assert client.told() == IN
    assert client.session.device_id == 0


def test_a_client_that_goes_before_it_is_told(stage: Stage) -> None:
    """Leaves no device that nobody has the token of."""
    client = stage.connect(BASIC)
    client.says("0001|user1|111111|test/1")
    stage.reading.run_one()
    stage.turn()
    stage.hashing.run_all()
    stage.turn()
    client.loses_connection()
    stage.settle()
    assert stage.store.devices.hashes == {}


# --- listing and revoking


def test_listing(stage: Stage, ann: Client) -> None:
    """One's own, with the one that asks."""
    stage.full("user2")
    other = stage.connect(BASIC).logs_in("user1", "phone/2")
    stage.advance(1)
    ann.told()
    other.says("0025")
    stage.settle()
    assert [line for line in other.told() if line[:2] == "10"] == [
        f"1015|1|test/1|{NOW}|{NOW}",
        f"1015|3|phone/2|{NOW}|{NOW}|1",
        "1000|0025|ok",
    ]


def test_revoking(stage: Stage, ann: Client) -> None:
    """The device's sessions end, all of them, and its token is wrong from then on."""
    other = stage.full("user1")
    same = by_token(stage, "token1")
    stage.advance(1)
    for client in (ann, other, same):
        client.told()
    other.says("0026|1")
    stage.settle()
    assert other.told() == ["1000|0026|ok"]
    for client in (ann, same):
        assert client.told() == [REVOKED]
        assert client.connection.closed
    assert by_token(stage, "token1").told() == refused("wrong-token")
    assert by_token(stage, "token2").told() == IN


def test_revoking_oneself(stage: Stage, ann: Client) -> None:
    """Is answered first."""
    ann.says("0026|1")
    stage.settle()
    assert ann.told() == ["1000|0026|ok", REVOKED]


@pytest.mark.parametrize("device", ["2", "99", "0"])
def test_devices_of_others(stage: Stage, ann: Client, device: str) -> None:
    """Do not exist."""
    other = stage.full("user2")
    ann.told()
    ann.says(f"0026|{device}")
    stage.settle()
    assert ann.told_of("1000") == [f"1000|0026|no-such-device||{REASONS['no-such-device']}"]
    assert not other.connection.closed


def test_revoked_while_it_logs_in(stage: Stage, ann: Client) -> None:
    """What the lane has found it has found before: it comes in, and is put out with the others."""
    other = stage.full("user1")
    client = stage.connect(BASIC)
    client.says("0001|user1||test/1|token1")
    stage.turn()
    other.says("0026|1")
    stage.settle()
    assert [line for line in client.told() if line[:4] != "2002"] == [*IN, REVOKED]
    assert client.connection.closed


def test_a_device_that_is_revoked_while_its_rooms_are_found(stage: Stage, ann: Client) -> None:
    """It was made for a password that was right; as this device nobody comes in any more."""
    client = stage.connect(BASIC)
    client.says("0001|user1|111111|test/1")
    for lane in (stage.reading, stage.hashing, stage.database):
        lane.run_one()
        stage.turn()
    stage.services.devices.revoked(2)
    stage.settle()
    assert client.told() == refused("revoked")
    assert client.session.account is None


def test_a_number_that_comes_again(stage: Stage, ann: Client) -> None:
    """On SQLite the next device has the number of the one that was revoked; it is another one."""
    ann.asks("0026|1")
    client = stage.connect(BASIC)
    client.says("0001|user2|222222|test/1")
    stage.settle()
    assert client.told() == [f"1001|1|itcast2|user2|token2||{EPOCH}"]
    assert client.session.device_id == 1
    assert by_token(stage, "token2", "user2").told_of("1001|1") != []


# --- another password


def changes(stage: Stage, client: Client, old: str = "111111", new: str = "new") -> list[str]:
    """Ask for another password; return the answer."""
    client.says(f"0027|{old}|{new}")
    stage.settle()
    return client.told_of("1000|0027")


def logs_in(stage: Stage, password: str) -> bool:
    client = stage.connect(BASIC)
    client.says(f"0001|user1|{password}")
    stage.settle()
    return client.told() == ["1001|1|itcast1|user1"]


def test_changing_the_password(stage: Stage, ann: Client) -> None:
    """The old one and all tokens are wrong from then on; this device has a new one."""
    other, basic, stranger = stage.full("user1"), stage.basic("user1"), stage.full("user2")
    stage.advance(1)
    for client in (ann, other, basic, stranger):
        client.told()
    assert changes(stage, ann) == ["1000|0027|ok||token4"]
    assert not ann.connection.closed
    assert other.told_of("2000") == [REVOKED]
    assert other.connection.closed
    assert basic.connection.closed
    assert not stranger.connection.closed
    assert not logs_in(stage, "111111")
    assert logs_in(stage, "new")
    assert by_token(stage, "token1").told() == refused("wrong-token")
    assert by_token(stage, "token2").told() == refused("wrong-token")
    assert by_token(stage, "token4").told() == IN
    assert len(stage.store.devices.hashes) == 2  # and that of user2


def test_a_wrong_old_password(stage: Stage, ann: Client) -> None:
    """Changes nothing, and is counted as any other."""
    for _ in range(MAX_FOR_USER):
        (answer,) = changes(stage, ann, old="wrong")
        assert answer.startswith("1000|0027|wrong-login|")
    (answer,) = changes(stage, ann)
    assert answer.startswith("1000|0027|too-many-tries|")
    assert by_token(stage, "token1", "user2").told() == refused("wrong-token")


@pytest.mark.parametrize(
    ("new", "reason"), [("", "bad-field"), ("x" * (MAX_PASSWORD + 1), "too-long")]
)
def test_a_bad_new_password(stage: Stage, ann: Client, new: str, reason: str) -> None:
    """Is refused before anything is looked up."""
    ann.says(f"0027|111111|{new}")
    (answer,) = ann.told()
    assert answer.startswith(f"1000|0027|{reason}|")


def test_changed_elsewhere_in_the_same_moment(
    stage: Stage, ann: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The later one tries again."""
    monkeypatch.setattr(stage.store.devices, "change_password", lambda *_: False)
    (answer,) = changes(stage, ann)
    assert answer.startswith("1000|0027|busy|")
    assert by_token(stage, "token1").told() == IN


def test_a_login_that_was_checked_before(stage: Stage, ann: Client) -> None:
    """With the old password, and comes in after the change: it is too late."""
    late = stage.connect(BASIC)
    late.says("0001|user1|111111|test/1")
    stage.reading.run_one()
    stage.turn()
    stage.hashing.run_all()  # the old password was right
    account = stage.store.accounts.find_account("user1")
    assert account is not None
    stage.store.devices.change_password(1, account.password_hash, "hash:new")
    stage.services.devices.password_changed(account.password_hash)
    stage.settle()
    assert late.told() == refused("revoked")
    assert stage.store.devices.hashes == {}


def test_no_token_can_be_made(stage: Stage, ann: Client) -> None:
    """The password is another one all the same."""
    ann.says("0027|111111|new")
    stage.reading.run_all()
    stage.turn()
    stage.hashing.run_all()
    stage.turn()
    stage.database.run_all()
    stage.turn()
    stage.database.fail_one(OSError("no space left on device"))
    stage.settle()
    assert ann.told() == ["1000|0027|ok"]
    assert logs_in(stage, "new")


def test_what_comes_behind_it_waits(stage: Stage, ann: Client) -> None:
    """So that nothing is said by one who is not who they say."""
    ann.says("0027|wrong|new", "0003|t")
    assert ann.told() == []
    stage.settle()
    assert [line[:9] for line in ann.told()] == ["1000|0027", "1000|0003"]


# --- secrets


def test_the_log_has_no_secrets(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """Neither passwords nor tokens, whatever goes wrong."""
    caplog.set_level(logging.DEBUG)
    ann = stage.full("user1")
    by_token(stage, "token1")
    by_token(stage, "hunter2")
    changes(stage, ann, "hunter3", "hunter4")
    changes(stage, ann, "111111", "hunter5")
    ann.says("0027|hunter5|hunter6")
    stage.reading.fail_one(OSError("away"))
    stage.settle()
    for secret in ("token", "hunter", "111111"):
        assert secret not in caplog.text.replace("wrong-token", "").replace("token refused", "")
