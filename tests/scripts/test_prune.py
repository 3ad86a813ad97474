"""minichat-prune: says what would go, takes that away, and tells mistakes from failures."""

import time
from pathlib import Path

import pytest

from reactor.records import NewMessage
from reactor.storage import Storage
from scripts import prune
from tests.helpers.stored import LOBBY, add_users, make_room, texts

DAY = 24 * 60 * 60 * 1000


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database with four messages in the lobby and in a room: three days old to new."""
    url = f"sqlite:///{tmp_path}/chat.db"
    storage = Storage(url)
    storage.open()
    add_users(storage, 2)
    now = time.time_ns() // 1_000_000
    for room_id in (LOBBY, make_room(storage, 1, "Cellar")):
        storage.messages.append(
            [NewMessage(room_id, 1, "", f"{age} days", now - age * DAY) for age in (3, 2, 1, 0)]
        )
    storage.rooms.open_direct(1, "user2", now)
    storage.messages.append([NewMessage(3, 1, "", text, 0) for text in ("a", "b")])
    storage.close()
    return url


def left(url: str) -> list[int]:
    """How many entries the lobby, the room and the direct room have."""
    storage = Storage(url)
    try:
        return [len(texts(storage, room_id)) for room_id in (1, 2, 3)]
    finally:
        storage.close()


def test_a_dry_run_says_what_would_go_and_takes_nothing(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Room by room: how many, which numbers, of which days."""
    assert prune.main(["--database", url, "--keep", "1", "--dry-run"]) == prune.DONE
    first, second, third = capsys.readouterr().out.strip().split("\n")
    assert first.startswith("would go from lobby: 3 entries, numbers 1 to 3, of 20")
    assert second.startswith("would go from Cellar: 3 entries, numbers 1 to 3, of 20")
    assert third == (
        "would go from direct room #3: 1 entries, numbers 1 to 1, of 1970-01-01 to 1970-01-01"
    )
    assert left(url) == [4, 4, 2]


def test_it_takes_away_what_the_rules_say(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In the rooms that are named; the second time there is nothing to do."""
    named = ["--database", url, "--room", "cellar", "--room", "LOBBY"]
    assert prune.main([*named, "--older-than", "2"]) == prune.DONE
    assert "went from Cellar: 2 entries, numbers 1 to 2" in capsys.readouterr().out
    assert left(url) == [2, 2, 2]
    assert prune.main([*named, "--older-than", "2"]) == prune.DONE
    assert capsys.readouterr().out == "nothing to do\n"
    assert prune.main(["--database", url, "--older-than", "9", "--keep", "1"]) == prune.DONE
    assert left(url) == [1, 1, 1]


def test_without_a_rule_nothing_goes(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And it says what is missing."""
    assert prune.main(["--database", url]) == prune.WRONG_USAGE
    assert "--older-than DAYS, --keep N" in capsys.readouterr().err
    assert left(url) == [4, 4, 2]


def test_a_room_that_does_not_exist_stops_everything(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything goes, whatever the order of the names."""
    options = ["--database", url, "--keep", "0", "--room", "lobby", "--room", "attic"]
    assert prune.main(options) == prune.NO_SUCH_ROOM
    assert "there is no room 'attic'" in capsys.readouterr().err
    assert left(url) == [4, 4, 2]


@pytest.mark.parametrize("number", ["-1", "x", "", "1.5", "²", "9" * 30, "1000000001"])
def test_numbers_that_are_none(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Are refused by name."""
    with pytest.raises(SystemExit) as ended:
        prune.main(["--database", "sqlite:///x.db", f"--keep={number}"])
    assert ended.value.code == prune.WRONG_USAGE
    assert "a number from 0 to" in capsys.readouterr().err


def test_an_age_longer_than_the_calendar(url: str) -> None:
    """Is older than everything there is."""
    assert prune.main(["--database", url, "--older-than", "100000"]) == prune.DONE
    assert left(url) == [4, 4, 2]


def test_a_time_beyond_all_calendars_is_said_so(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row may hold any number."""
    storage = Storage(url)
    storage.messages.append([NewMessage(3, 1, "", text, 2**62) for text in ("c", "d")])
    storage.close()
    assert prune.main(["--database", url, "--keep", "1", "--dry-run"]) == prune.DONE
    assert "to a day beyond all calendars" in capsys.readouterr().out


def test_the_settings_name_the_database(url: str, tmp_path: Path) -> None:
    """Where the command line does not."""
    config = tmp_path / "minichat.toml"
    config.write_text(f'database_url = "{url}"\n', encoding="utf-8")
    assert prune.main(["--config", str(config), "--keep", "2"]) == prune.DONE
    assert left(url) == [2, 2, 2]


def test_mistakes_and_failures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each has its status and a sentence."""
    (tmp_path / "bad.toml").write_text("port = 'x'\n", encoding="utf-8")
    config = ["--config", str(tmp_path / "bad.toml"), "--keep", "1"]
    assert prune.main(config) == prune.WRONG_USAGE
    assert "port" in capsys.readouterr().err
    assert prune.main(["--database", "nonsense", "--keep", "1"]) == prune.WRONG_USAGE
    assert "the database address is wrong" in capsys.readouterr().err
    (tmp_path / "file").touch()
    database = f"sqlite:///{tmp_path}/file/chat.db"
    assert prune.main(["--database", database, "--keep", "1"]) == prune.NO_DATABASE
    assert "minichat-prune: the database file" in capsys.readouterr().err
