"""Host names → addresses, in a thread that nobody waits for."""

import queue
import socket
import threading

import pytest

from client_gui.link import lookup
from client_gui.link.lookup import MAX_ADDRESSES, MAX_LOOKUPS, Found, look_up

_WAIT = 10.0


def _joined_lookups() -> None:
    for thread in threading.enumerate():
        if thread.name == "minichat-lookup":
            thread.join(_WAIT)


def test_an_address_in_digits_is_answered_at_once() -> None:
    """Without a thread."""
    answers: list[Found | OSError] = []
    look_up("127.0.0.1", 80, answers.append)
    look_up("::1", 80, answers.append)
    families = [found[0][0] for found in answers if not isinstance(found, OSError)]
    assert families == [socket.AF_INET, socket.AF_INET6]


def test_a_name_is_answered_from_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no more addresses than are tried."""
    many = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"10.0.0.{n}", 80)) for n in range(20)]
    monkeypatch.setattr(lookup.socket, "getaddrinfo", _only_names(lambda: many))
    answers: queue.Queue[Found | OSError] = queue.Queue()
    look_up("chat.example.org", 80, answers.put)
    answer = answers.get(timeout=_WAIT)
    _joined_lookups()
    assert answer == [(socket.AF_INET, (f"10.0.0.{n}", 80)) for n in range(MAX_ADDRESSES)]


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), UnicodeError("label too long")])
def test_a_failure_is_an_answer(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Whatever the resolver raises."""

    def fail() -> object:
        raise error

    monkeypatch.setattr(lookup.socket, "getaddrinfo", _only_names(fail))
    answers: queue.Queue[Found | OSError] = queue.Queue()
    look_up("chat.example.org", 80, answers.put)
    assert isinstance(answers.get(timeout=_WAIT), socket.gaierror)
    _joined_lookups()


def test_localhost_is_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """AI_ADDRCONFIG would leave out 127.0.0.1 where the network has only IPv6, or is away."""
    asked = []

    def getaddrinfo(host: str, port: int, type: int = 0, flags: int = 0) -> list:  # noqa: A002
        asked.append(flags)
        if flags & socket.AI_NUMERICHOST:
            raise socket.gaierror(-2, "not in digits")
        return []

    monkeypatch.setattr(lookup.socket, "getaddrinfo", getaddrinfo)
    answers: queue.Queue[Found | OSError] = queue.Queue()
    look_up("localhost", 80, answers.put)
    assert answers.get(timeout=_WAIT) == []
    _joined_lookups()
    assert not asked[-1] & socket.AI_ADDRCONFIG


def test_lookups_that_do_not_end_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more is refused at once, and when they end, there is room again."""
    go = threading.Event()
    monkeypatch.setattr(lookup.socket, "getaddrinfo", _only_names(lambda: go.wait(_WAIT) and []))
    answers: queue.Queue[Found | OSError] = queue.Queue()
    for _ in range(MAX_LOOKUPS):
        look_up("slow.example.org", 80, answers.put)
    assert answers.empty()
    look_up("slow.example.org", 80, answers.put)
    assert isinstance(answers.get_nowait(), TimeoutError)
    go.set()
    assert [answers.get(timeout=_WAIT) for _ in range(MAX_LOOKUPS)] == [[]] * MAX_LOOKUPS
    _joined_lookups()
    look_up("slow.example.org", 80, answers.put)
    assert answers.get(timeout=_WAIT) == []
    _joined_lookups()


def _only_names(answer):  # noqa: ANN001, ANN202 - the signature is getaddrinfo's
    def getaddrinfo(host: str, port: int, type: int = 0, flags: int = 0) -> object:  # noqa: A002
        if flags & socket.AI_NUMERICHOST:
            raise socket.gaierror(-2, "not in digits")
        return answer()

    return getaddrinfo
