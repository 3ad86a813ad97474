"""Tokens in the keyring, in one that is none of the system's."""

import logging
import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from client_gui.desktop.keyring_tokens import SERVICE, Backend, KeyringTokens, _system_backend
from tests.client_gui.fake_keyring import FailingKeyring, HangingKeyring, MemoryKeyring
from wire.limits import MAX_TOKEN

_WAIT_MS = 10_000
ANN = "ann@chat.example.org:8090"

Make = Callable[..., KeyringTokens]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    """Make tokens on a backend; ended with the test."""
    made: list[KeyringTokens] = []

    def tokens(backend: Backend, within: float = 60.0) -> KeyringTokens:
        made.append(KeyringTokens(lambda: backend, within))
        return made[-1]

    yield tokens
    assert all(tokens.close() for tokens in made)


class Answers(list):
    """What was answered; waits for the next."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self._qtbot = qtbot

    def __call__(self, *values: str) -> None:
        self.append(values)

    def next(self) -> tuple:
        self._qtbot.waitUntil(lambda: bool(self), timeout=_WAIT_MS)
        return self.pop(0)


def test_a_token_is_kept_found_and_forgotten(qtbot: QtBot, make: Make) -> None:
    """Under our name and the account's."""
    backend, answers = MemoryKeyring(), Answers(qtbot)
    tokens = make(backend)
    tokens.keep(ANN, "s3cret", answers)
    assert answers.next() == ("",)
    assert backend.kept == {(SERVICE, ANN): "s3cret"}
    tokens.find(ANN, answers)
    assert answers.next() == ("s3cret", "")
    tokens.find("bob@chat.example.org:8090", answers)
    assert answers.next() == ("", "")
    tokens.forget(ANN)
    tokens.forget(ANN)
    tokens.check(answers)
    assert answers.next() == ("",)
    assert backend.kept == {}


@pytest.mark.parametrize(
    ("priority", "word"), [(0.5, "unsafe"), (0, "none"), (-1, "none"), (1, ""), (5, "")]
)
def test_only_what_is_recommended_is_used(
    qtbot: QtBot, make: Make, priority: float, word: str
) -> None:
    """A plain file has 0.5; nothing is ever given to it."""
    backend, answers = MemoryKeyring(), Answers(qtbot)
    backend.priority = priority
    tokens = make(backend)
    tokens.check(answers)
    assert answers.next() == (word,)
    tokens.keep(ANN, "s3cret", answers)
    assert answers.next() == (word,)
    assert bool(backend.kept) == (not word)


def test_files_are_refused_whatever_they_say_of_themselves(qtbot: QtBot, make: Make) -> None:
    """They are known by their package."""
    plain = type("PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})
    answers = Answers(qtbot)
    make(plain()).check(answers)
    assert answers.next() == ("unsafe",)


def test_where_there_is_none_it_is_said(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the library's own stand-ins for none, by its own choice."""
    for name in ("fail", "null"):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring.backends.{name}.Keyring")
        import keyring.core

        monkeypatch.setattr(keyring.core, "_keyring_backend", None)
        tokens, answers = KeyringTokens(), Answers(qtbot)
        tokens.check(answers)
        assert answers.next() == ("none",)
        assert tokens.close()


def test_a_chain_is_its_best_link(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands behind it may be a plain file."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    best, other = MemoryKeyring(), MemoryKeyring()
    chain = type("Chain", (ChainerBackend,), {"backends": [best, other], "priority": 10})
    monkeypatch.setattr(keyring, "get_keyring", lambda: chain())
    assert _system_backend() is best


def test_a_keyring_that_fails_is_said(
    qtbot: QtBot, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever it raises; the log has no token."""
    tokens, answers = make(FailingKeyring()), Answers(qtbot)
    with caplog.at_level(logging.WARNING):
        tokens.keep(ANN, "s3cret", answers)
        assert answers.next() == ("failed",)
        tokens.find(ANN, answers)
        assert answers.next() == ("", "failed")
    assert "RuntimeError" in caplog.text
    assert "s3cret" not in caplog.text


def test_a_keyring_that_hangs_is_given_up(qtbot: QtBot, make: Make) -> None:
    """The window's thread goes on; what comes later is nobody's."""
    backend, answers = HangingKeyring(), Answers(qtbot)
    tokens = make(backend, within=0.01)
    tokens.find(ANN, answers)
    assert answers.next() == ("", "silent")
    backend.gate.set()


def test_it_is_asked_beside_the_thread_of_the_window(qtbot: QtBot) -> None:
    """Also for its beginning, which imports the library."""
    threads: list[threading.Thread] = []

    def system() -> Backend:
        threads.append(threading.current_thread())
        return MemoryKeyring()

    tokens, answers = KeyringTokens(system), Answers(qtbot)
    assert threads == []
    tokens.check(answers)
    answers.next()
    assert tokens.close()
    assert threads[0] is not threading.main_thread()


def test_a_token_too_long_is_none(qtbot: QtBot, make: Make) -> None:
    """Somebody else has put it there."""
    backend, answers = MemoryKeyring(), Answers(qtbot)
    backend.kept[SERVICE, ANN] = "x" * (MAX_TOKEN + 1)
    make(backend).find(ANN, answers)
    assert answers.next() == ("", "")
