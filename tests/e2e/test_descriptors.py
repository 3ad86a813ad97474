"""More connections than there are descriptors, or than the settings allow."""

from contextlib import ExitStack, suppress

import pytest

from tests.e2e.conftest import FULL, Connect, LogIn
from tests.helpers.line_client import ClosedError, LineClient
from tests.helpers.server_process import LINUX, POSIX, ServerProcess

# The server itself has some fifteen; what is left is for connections.
OPEN_FILES = 64


@pytest.mark.skipif(not POSIX, reason="only POSIX limits the descriptors of a process")
def test_out_of_descriptors(server: ServerProcess, full: LogIn) -> None:
    """Those who are in are served, nothing spins, and it takes more in when some have left."""
    server.start(limits={"n": OPEN_FILES})
    client, other = full("user1"), full("user2")
    with ExitStack() as crowd:
        for _ in range(2 * OPEN_FILES):
            crowd.enter_context(LineClient(server.address))
        while "cannot accept" not in server.log:
            client.ping()
        used = server.processor_seconds if LINUX else 0.0
        client.say("user1", "hello", "cid1")
        client.expect("1000", "0002", "ok", "cid1")
        other.expect("1002", "itcast1", "hello")
        while server.log.count("cannot accept") < 3:  # a second apart
            _wait_a_moment(client)
        if LINUX:
            assert server.processor_seconds - used < 1.5, "it spins"
        assert server.log.count("cannot accept") < 10
    last = LineClient(server.address)
    with last:
        last.log_in("user3", FULL)
        last.say("user3", "I am in")
        other.expect("1002", "itcast3", "I am in")
    assert "Traceback" not in server.log


def _wait_a_moment(client: LineClient) -> None:
    """Wait for what does not come, so that the processor is left to the server."""
    client.set_timeout(0.2)
    with suppress(TimeoutError):
        client.receive_frame()
    client.set_timeout(30)


@pytest.mark.parametrize("listener", [0, 1], ids=["lines", "line-less"])
def test_more_connections_than_allowed(
    server: ServerProcess, connect: Connect, full: LogIn, listener: int
) -> None:
    """The next one is told to come back, and closed; there is room again when one has left."""
    server.start("--legacy-port", "0", listeners=2, settings={"max_connections": 3})
    stays, leaves, _waits = full("user1"), full("user2"), connect()
    refused = connect(server.addresses[listener])
    assert refused.receive().rstrip(b"\n") == b"1001|0||"
    with pytest.raises(ClosedError):
        refused.receive()
    leaves.send_line("0004")
    leaves.receive_until_closed()
    leaves.close()
    while stays.receive_raw_frame() != "2002|user2|itcast2|0":
        pass
    connect().log_in("user3", FULL)
    stays.ping()


def test_a_refused_client_that_speaks_first_is_told_too(
    server: ServerProcess, connect: Connect
) -> None:
    """What it had sent is not held against it: the refusal is not lost in a reset."""
    server.start(settings={"max_connections": 1})
    connect().log_in("user1")
    for _ in range(50):
        with LineClient(server.address) as refused:
            with suppress(ConnectionError):
                refused.send(b"0001|user2|111111\n" * 3)
            assert refused.receive_until_closed() == [["1001", "0", "", ""]]
