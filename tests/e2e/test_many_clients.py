"""A great many clients at once: the threads stay as many as with none, and nobody waits long."""

import contextlib
import signal
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.conftest import FULL, Connect, LogIn
from tests.helpers.line_client import LineClient, in_parallel
from tests.helpers.server_process import LINUX, ServerProcess

CLIENTS = 2_000
# As many as hash within some seconds on two processors; the others are there, and ping.
LOGINS = 200

Report = Callable[[str, object], None]


@pytest.fixture
def many_sockets() -> Iterator[None]:
    """Let this process have a socket for each client, and some."""
    if sys.platform == "win32":  # no limit to be raised
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CLIENTS + 500
    assert hard == resource.RLIM_INFINITY or hard >= wanted, f"`ulimit -Hn` must be {wanted}"
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.slow
def test_two_thousand_clients_at_once(
    server: ServerProcess, full: LogIn, many_sockets: None, record_property: Report
) -> None:
    """All are taken in and answered, all hear what is said, and nothing of them stays behind."""
    server.start(settings={"login_deadline": 600})
    threads, _ = _counts(server)
    first = full("user1")
    _, descriptors = _counts(server)
    with contextlib.ExitStack() as stack:
        clients = _connected_in_one_moment(server, stack)
        for client in clients[:LOGINS]:
            client.send_line("0001", "user2", "111111", FULL)
        for client in clients[LOGINS:]:
            # A login that is refused unseen names the client, so that its pings are answered.
            client.send_line("0001", "", "", FULL)
            client.send_line("0003", "before the login")
        for client in clients[LOGINS:]:
            client.expect("1001", "0", "", "", "wrong-login")
            client.expect("1000", "0003", "ok", "before the login")
        for client in clients[:LOGINS]:
            client.expect("1001", "1", "itcast2", "user2")
        assert _counts(server)[0] == threads
        if LINUX:
            assert _counts(server)[1] >= descriptors + CLIENTS
        first.say("user1", "hello all")
        for client in clients[:LOGINS]:
            client.expect("1002", "itcast1", "hello all", "user1", "lobby", "1")
        first.ping()
    while first.receive_raw_frame() != "2002|user2|itcast2|0":
        pass
    while _counts(server)[1] != descriptors:  # the goodbyes of the rest are still on their way
        first.ping()
    assert _counts(server)[0] == threads
    assert "Traceback" not in server.log
    assert "cannot accept" not in server.log
    record_property("clients", CLIENTS)
    record_property("server threads", threads)


def _connected_in_one_moment(
    server: ServerProcess, stack: contextlib.ExitStack
) -> list[LineClient]:
    """Clients that are all there when the server next looks, as far as the backlog holds them."""
    with frozen(server) as backlog:
        clients = [
            stack.enter_context(LineClient(server.address)) for _ in range(min(CLIENTS, backlog))
        ]
    for _ in range(CLIENTS - len(clients)):
        clients.append(stack.enter_context(LineClient(server.address)))
    return clients


@contextlib.contextmanager
def frozen(server: ServerProcess) -> Iterator[int]:
    """The server does nothing, and so many connections wait for it; 0 where this cannot be had."""
    if not LINUX:
        yield 0
        return
    server.send_signal(signal.SIGSTOP)
    try:
        yield int(Path("/proc/sys/net/core/somaxconn").read_text(encoding="ascii")) // 2
    finally:
        server.send_signal(signal.SIGCONT)


def test_clients_that_give_up_before_they_are_accepted(server: ServerProcess, full: LogIn) -> None:
    """A crowd that comes and is gone before the server looks; those who stay are served."""
    server.start()
    other = full("user1")
    with frozen(server) as backlog, contextlib.ExitStack() as stack:
        for number in range(min(backlog, 100)):
            client = stack.enter_context(LineClient(server.address))
            client.send(b"0001|user2|111111\n" * (number % 3))
            client.reset()
        last = stack.enter_context(LineClient(server.address))
        stack.pop_all()
    with last:
        last.log_in("user3", FULL)
    other.ping()
    assert "Traceback" not in server.log


def _counts(server: ServerProcess) -> tuple[int, int]:
    """Threads and descriptors, where the system tells."""
    return (server.threads, server.descriptors) if LINUX else (0, 0)


@pytest.mark.slow
def test_how_long_a_ping_takes_while_many_log_in(
    server: ServerProcess, full: LogIn, record_property: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every ping is answered; how long it took is reported, and no test depends on it."""
    server.start()
    pinging = full("user1")
    done = threading.Event()
    taken: list[float] = []

    def ping() -> None:
        while not done.is_set():
            began = time.perf_counter()
            assert all(frame[0] == "2001" for frame in pinging.ping())
            taken.append(time.perf_counter() - began)

    def log_in_all() -> None:
        try:
            with contextlib.ExitStack() as stack:
                clients = [stack.enter_context(LineClient(server.address)) for _ in range(LOGINS)]
                in_parallel([partial(client.log_in, "user2", FULL) for client in clients])
        finally:
            done.set()

    in_parallel([ping, log_in_all])
    figures = {
        "min": min(taken),
        "median": statistics.median(taken),
        "99%": statistics.quantiles(taken, n=100)[98],
        "max": max(taken),
    }
    text = ", ".join(f"{name} {seconds * 1000:.2f} ms" for name, seconds in figures.items())
    text = f"{len(taken)} pings during {LOGINS} logins: {text}"
    record_property("round trips", text)
    server.stop()
    longest = [line for line in server.log.splitlines() if "longest" in line or "slow" in line]
    with capsys.disabled():
        print(f"\n{text}", *longest, sep="\n  ")


def test_more_logins_than_may_wait(server: ServerProcess, connect: Connect) -> None:
    """The others are told to try again, at once; and can, on the same connection."""
    server.start(settings={"hashing_queue": 1, "hashing_threads": 1})
    clients = [connect() for _ in range(20)]
    for client in clients:
        client.send_line("0001", "user1", "111111", FULL)
    answers = [client.receive_frame() for client in clients]
    assert {answer[1] for answer in answers} == {"0", "1"}
    assert {answer[4] for answer in answers if answer[1] == "0"} == {"busy"}
    for client, answer in zip(clients, answers, strict=True):
        while answer[1] == "0":
            client.send_line("0001", "user1", "111111", FULL)
            answer = client.receive_frame()
