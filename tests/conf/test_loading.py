"""Loading: which layer counts, and errors that name every mistake, its place and the remedy."""

import subprocess
import sys
from pathlib import Path

import pytest

import conf


def test_each_layer_counts_over_the_one_before(tmp_path: Path) -> None:
    """Default file, user's file, environment, command line."""
    file = tmp_path / "minichat.toml"
    file.write_text("port = 1\nunacknowledged = 1\nhashing_queue = 1\n", encoding="utf-8")
    environ = {"MINICHAT_UNACKNOWLEDGED": "2", "MINICHAT_HASHING_QUEUE": "2"}
    settings = conf.load(file, {"hashing_queue": 3, "port": None}, environ)
    assert (settings.host, settings.port) == ("127.0.0.1", 1)
    assert (settings.unacknowledged, settings.hashing_queue) == (2, 3)


def test_the_process_has_an_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts where none is passed."""
    monkeypatch.setenv("MINICHAT_PORT", "1234")
    assert conf.load().port == 1234


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    """One line each: nobody wants to start a server five times to find five slips."""
    file = tmp_path / "minichat.toml"
    file.write_text('hots = "::"\nhashing_threads = 9\n[log]\nlevel = "info"\n', encoding="utf-8")
    with pytest.raises(conf.SettingsError) as caught:
        conf.load(file, {"port": "ninety"}, {"MINICHAT_LOG_LEVEL": "loud"})
    assert str(caught.value).split("\n") == [
        f"{file}: there is no setting 'hots'; did you mean 'host'?",
        f"{file}: there is no setting 'log'; conf/default.toml lists all there are",
        "command line option --port: port = 'ninety': it must be a whole number from 0 to 65535",
        f"{file}: hashing_threads = 9: it must be a whole number from 1 to 8",
        "environment variable MINICHAT_LOG_LEVEL: log_level = 'loud': it must be "
        '"debug", "info", "warning" or "error"',
    ]


def test_a_missing_file_is_an_error_of_the_settings(tmp_path: Path) -> None:
    """A file that was asked for by name must be there."""
    with pytest.raises(conf.SettingsError, match=r"none\.toml: cannot be read"):
        conf.load(tmp_path / "none.toml")


def test_a_value_is_shown_in_one_short_line() -> None:
    """However long it is, and whatever control characters it has."""
    with pytest.raises(conf.SettingsError) as caught:
        conf.load(environ={"MINICHAT_LOG_LEVEL": "a\n\x1b[2J" + "b" * 10_000})
    assert len(str(caught.value)) < 250
    assert str(caught.value).isprintable()


def test_settings_bring_nothing_of_the_program_with_them() -> None:
    """Client, server and scripts load them first, so they must stay light."""
    code = "import sys, conf; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert not {"peewee", "PyQt5", "reactor", "wire", "models"} & set(loaded)
