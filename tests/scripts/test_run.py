"""`make run`: what it starts, what it says, and that nothing of it stays behind.

The seed script, the server and the client are played by `stand_in.py`.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import run
from scripts.run import Ended, Household, Listening, Programs, StopWanted, StopWantedError

STAND_IN = Path(__file__).with_name("stand_in.py")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins speak in POSIX signals")


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data directory that the settings name, on a machine without a display.

    Once all is said and started, SIGTERM comes.
    """
    wait_for_the_end = run._wait_for_the_end

    def stop_first(household: Household) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        wait_for_the_end(household)

    monkeypatch.setattr(run, "_wait_for_the_end", stop_first)
    monkeypatch.setenv("MINICHAT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MINICHAT_PORT", "0")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return tmp_path


@pytest.fixture
def playing(data_dir: Path) -> Callable[..., Programs]:
    """Makes programs of stand-ins, each from the parts that it plays."""

    def programs(seed: str = "", server: str = "announce wait") -> Programs:
        def command(words: str) -> list[str]:
            return [sys.executable, str(STAND_IN), str(data_dir), *words.split()]

        return Programs(command(seed), command(server), command("wait"))

    return programs


def ran(data_dir: Path) -> list[str]:
    """The arguments of all stand-ins that ran, after a check that none of them lives."""
    notes = sorted(data_dir.glob("*.ran"), key=lambda note: note.read_text(encoding="utf-8"))
    for note in notes:
        with pytest.raises(ProcessLookupError):
            os.kill(int(note.stem), 0)
    return [note.read_text(encoding="utf-8") for note in notes]


def test_a_new_database_gets_its_users_and_a_terminal_may_join(
    playing: Callable[..., Programs], data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a display too; SIGTERM is a good end."""
    assert run.main([], playing(seed="seed")) == 0
    assert ran(data_dir) == ["announce wait", "seed"]
    assert len(list(data_dir.glob("*.asked"))) == 1, "the server was not asked to stop"
    said = capsys.readouterr().out
    assert f"{data_dir / 'minichat.db'}, new, with the demo users user1, user2 and user3" in said
    assert "nc 127.0.0.1 4321\n" in said
    assert "0001|user3|111111\n" in said
    assert "no display" in said
    assert said.endswith("Stopping.\nStopped.\n")


def test_a_database_that_is_there_is_left_as_it_is(
    playing: Callable[..., Programs], data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A user who was removed does not come back."""
    (data_dir / "minichat.db").touch()
    assert run.main([], playing(seed="seed")) == 0
    assert "seed" not in ran(data_dir)
    assert "as it is" in capsys.readouterr().out


def test_a_database_server_is_left_as_it_is_and_its_password_is_not_told(
    playing: Callable[..., Programs],
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Demo users with a known password do not belong on somebody's server."""
    monkeypatch.setenv("MINICHAT_DATABASE_URL", "mysql://u:geheim@h/mini_chat")
    assert run.main([], playing(seed="seed")) == 0
    assert "seed" not in ran(data_dir)
    assert "geheim" not in capsys.readouterr().out


def test_a_seed_that_fails_is_told_with_the_way_to_repeat_it(
    playing: Callable[..., Programs], data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And no server is started without users."""
    assert run.main([], playing(seed="fail")) == 1
    assert ran(data_dir) == ["fail"]
    assert "stand_in.py" in capsys.readouterr().err


def test_with_a_display_two_windows_open_for_two_users(
    playing: Callable[..., Programs], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is told where the server really listens."""
    monkeypatch.setenv("DISPLAY", ":99")
    opened: list[list[str]] = []
    start = Household.start

    def noting(self: Household, name: str, command: list[str], *, listens: bool = False) -> None:
        opened.append([*command])
        start(self, name, command, listens=listens)

    monkeypatch.setattr(Household, "start", noting)
    assert run.main([], playing()) == 0
    assert [command[-5:] for command in opened[2:]] == [
        ["--server", "127.0.0.1:4321", "--user", "user1", "--new-window"],
        ["--server", "127.0.0.1:4321", "--user", "user2", "--new-window"],
    ]


def test_a_taken_port_is_told_in_plain_words(
    playing: Callable[..., Programs],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With what can be done about it."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("MINICHAT_PORT", str(port))
        assert run.main([], playing(server="fail")) == 1
    said = capsys.readouterr().err
    assert f"Port {port} is taken" in said
    assert "PORT=8091 make run" in said


def test_a_server_that_ends_at_once_is_told(
    playing: Callable[..., Programs], data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its status, which is what remains of it."""
    assert run.main([], playing(server="fail")) == 1
    assert "ended at once, with status 3" in capsys.readouterr().err
    assert "fail" in ran(data_dir)


def test_a_server_that_never_listens_is_not_waited_for_for_ever(
    playing: Callable[..., Programs],
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And it is ended."""
    (data_dir / "minichat.db").touch()
    monkeypatch.setattr(run, "START_SECONDS", 0)
    assert run.main([], playing(server="wait")) == 1
    assert "did not listen within 0 seconds" in capsys.readouterr().err


def test_windows_may_close_while_the_server_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """What happened to them is said; a second announcement is nothing new."""
    household = household_with(
        Listening("127.0.0.1:1"),
        Ended("window of user1", 0),
        Ended("window of user2", 3),
        StopWanted(),
    )
    with pytest.raises(StopWantedError):
        run._wait_for_the_end(household)
    said = capsys.readouterr().out.split("\n")
    assert said[0] == "The window of user1 is closed. The server goes on; Ctrl-C stops it."
    assert said[1].startswith("The window of user2 ended with status 3")


def test_a_server_that_stops_ends_the_run() -> None:
    """Well, if it was asked to; as a failure, if it was not."""
    run._wait_for_the_end(household_with(Ended("server", 0)))
    with pytest.raises(run.CannotRunError, match="status -9"):
        run._wait_for_the_end(household_with(Ended("server", -9)))


def household_with(*events: run.Event) -> Household:
    """A household without children, to which these things happen."""
    household = Household()
    for event in events:
        household.events.put(event)
    return household


def test_who_does_not_want_to_stop_is_stopped(
    playing: Callable[..., Programs], data_dir: Path
) -> None:
    """An orphan would keep the port."""
    household = Household()
    household.start("server", playing(server="ignore announce wait").server, listens=True)
    assert isinstance(household.next_event(60), Listening)
    household.stop(0)
    assert household.next_event(60) == Ended("server", -signal.SIGKILL)
    assert ran(data_dir) == ["ignore announce wait"]


def test_ctrl_c_in_a_terminal_ends_everything_with_status_0(
    playing: Callable[..., Programs], data_dir: Path
) -> None:
    """There, the signal goes to the whole group at once, and impatient people send it twice."""
    programs = playing(seed="seed", server="announce wait")
    code = f"import sys; from scripts.run import *; sys.exit(main([], {programs!r}))"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        said = ""
        while "Ctrl-C stops everything." not in said:
            said = process.stdout.readline()
            assert said, "it ended too early"
        os.killpg(process.pid, signal.SIGINT)
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.read().endswith("Stopped.\n")
    assert process.returncode == 0
    assert ran(data_dir) == ["announce wait", "seed"]


def test_wrong_settings_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is started."""
    monkeypatch.setenv("MINICHAT_PORT", "ninety")
    assert run.main([]) == 2
    assert "environment variable MINICHAT_PORT" in capsys.readouterr().err
    assert run.main(["--port", "1"]) == 2


@pytest.mark.parametrize(
    ("listening", "reachable"),
    [
        ("0.0.0.0:8090", "127.0.0.1:8090"),
        ("[::]:8090", "[::1]:8090"),
        ("[fe80::1]:8090", "[fe80::1]:8090"),
        ("chat.example.org:1", "chat.example.org:1"),
    ],
)
def test_clients_are_sent_to_an_address_that_can_be_reached(listening: str, reachable: str) -> None:
    """Every address of the machine is none to connect to."""
    assert run._reachable(listening) == reachable
