"""The process around the client: its arguments, and its end."""

import json
import os
import signal
import subprocess
import sys

import pytest

_SECONDS = 60

WINDOWS = os.name == "nt"


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "client_gui", *arguments],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
    )


@pytest.mark.parametrize("server", ["a:b", "a:0", "http://a/"])
def test_a_wrong_server_is_named(server: str) -> None:
    """And nothing is opened."""
    ended = _run("--server", server)
    assert ended.returncode == 2
    assert "--server" in ended.stderr


def test_help_names_the_arguments() -> None:
    """All, and no more."""
    usage = "usage: minichat [-h] [--server HOST:PORT] [--user NAME] [--new-window]"
    assert usage in _run("--help").stdout


def test_wrong_settings_are_said_and_not_used() -> None:
    """They are the server's; a person may still type an address."""
    ended = _run("--help", MINICHAT_PORT="many")
    assert ended.returncode == 0
    assert "MINICHAT_PORT" in ended.stderr


@pytest.mark.skipif(WINDOWS, reason="a process cannot be sent Ctrl-C there without its console")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_good_order(number: signal.Signals) -> None:
    """With the exit status of success, and without a word."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.client_gui.driven_client", "--user", "user1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        process.stdin.write(json.dumps(["see"]) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["titles"]
        process.send_signal(number)
        _, errors = process.communicate(timeout=_SECONDS)
    assert process.returncode == 0
    assert errors.replace("This plugin does not support propagateSizeHints()\n", "") == ""


def test_a_second_start_brings_the_first_to_the_front_and_ends() -> None:
    """Saying so; one that asks for a window of its own has one."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.client_gui.driven_client", "--user", "ann", "--new-window"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        process.stdin.write(json.dumps(["see"]) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["titles"]
        for arguments in ((), ("--user", "Ann")):
            ended = _run(*arguments)
            assert ended.returncode == 0
            assert "--new-window" in ended.stderr
        process.stdin.close()
        process.wait(_SECONDS)
