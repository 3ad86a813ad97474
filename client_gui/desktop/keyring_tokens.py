"""Tokens in the system's keyring, so that one need not type the password at each start.

1. Nothing is written to a file of ours, and nothing to a keyring that would: where there is no safe
   keyring, nothing is remembered. Only tokens come here, never a password.
2. Calls into a keyring may hang: a locked one asks its owner, and a desktop may have lost its bus.
   They run beside the window's thread, and are given up after ``ANSWER_WITHIN``.
3. ``keyring`` is imported there as well, with the first call: it is slow, and few starts need it.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PyQt5.QtCore import QObject

from client_gui.desktop.side_thread import SideThread
from wire.limits import MAX_TOKEN

SERVICE = "MiniChat"
"""Under which name our tokens stand in the keyring."""

ANSWER_WITHIN = 30.0
"""Seconds for a keyring to answer: its owner may have to type its password first."""

SAFE_PRIORITY = 1
"""``keyring`` gives less to what it does not recommend: plain files, and what keeps nothing."""

_PLAIN_FILES = "keyrings.alt"
"""The package of the backends that write files of their own, whatever their priority is."""

_log = logging.getLogger(__name__)


class Backend(Protocol):
    """What a backend of ``keyring`` has."""

    priority: float

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


class KeyringTokens(QObject):
    """The tokens of this person's accounts; accounts are named by ``user@host:port``.

    What is not to be had is told in a word: ``none``: there is no keyring; ``unsafe``: it would
    write a plain file; ``failed``: it raised an error; ``silent``: it did not answer.
    """

    def __init__(
        self,
        system_backend: Callable[[], Backend] | None = None,
        within: float = ANSWER_WITHIN,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._system_backend = system_backend or _system_backend
        self._within = within
        self._thread = SideThread("minichat-keyring", self)

    def check(self, answer: Callable[[str], object]) -> None:
        """Call *answer* with nothing if a token can be kept, else with the word that says why."""
        self._call(lambda _: ("", ""), lambda outcome: answer(outcome[0]))

    def find(self, account: str, answer: Callable[[str, str], object]) -> None:
        """Call *answer* with the token of *account*, which may be empty, and the word, if any."""
        job = partial(_get, account)
        self._call(job, lambda outcome: answer(outcome[1], outcome[0]))

    def keep(self, account: str, token: str, answer: Callable[[str], object]) -> None:
        """Keep *token* for *account*; *answer* is called with nothing, or with the word."""
        job = partial(_set, account, token)
        self._call(job, lambda outcome: answer(outcome[0]))

    def forget(self, account: str) -> None:
        """Keep no token for *account*."""
        self._call(partial(_delete, account), lambda _: None)

    def close(self) -> bool:
        """The program ends; what is being kept or forgotten has a moment. True if it was enough."""
        return self._thread.close()

    def _call(
        self,
        job: Callable[[Any], tuple[str, str]],
        answer: Callable[[tuple[str, str]], object],
    ) -> None:
        whole = partial(_guarded, self._system_backend, job)
        self._thread.call(whole, answer, self._within, ("silent", ""))


# --- beside the window's thread ------------------------------------------------------------------


def _guarded(
    system_backend: Callable[[], Backend], job: Callable[[Backend], tuple[str, str]]
) -> tuple[str, str]:
    """The word that says what is wrong, and the token."""
    try:
        backend = system_backend()
        wrong = _unusable(backend)
        return (wrong, "") if wrong else job(backend)
    except Exception as error:  # noqa: BLE001 - a backend is anybody's code, and raises anything
        _log.warning("the keyring failed: %s", type(error).__name__)
        return ("failed", "")


def _unusable(backend: Backend) -> str:
    if type(backend).__module__.startswith(_PLAIN_FILES) or 0 < backend.priority < SAFE_PRIORITY:
        return "unsafe"
    return "" if backend.priority >= SAFE_PRIORITY else "none"


def _get(account: str, backend: Backend) -> tuple[str, str]:
    token = backend.get_password(SERVICE, account) or ""
    return ("", token if len(token) <= MAX_TOKEN else "")


def _set(account: str, token: str, backend: Backend) -> tuple[str, str]:
    backend.set_password(SERVICE, account, token)
    return ("", "")


def _delete(account: str, backend: Backend) -> tuple[str, str]:
    if backend.get_password(SERVICE, account) is not None:
        backend.delete_password(SERVICE, account)
    return ("", "")


def _system_backend() -> Backend:
    """The best of this system; not all of them in a chain, in which a plain file may be."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    backend: Any = keyring.get_keyring()
    if isinstance(backend, ChainerBackend):
        backend = backend.backends[0]
    return backend
