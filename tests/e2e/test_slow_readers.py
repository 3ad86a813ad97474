"""Clients that stop reading while others talk: they are closed, and nobody else notices."""

from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.conftest import LogIn
from tests.helpers.line_client import LineClient, in_parallel
from tests.helpers.server_process import LINUX, ServerProcess

MB = 1024 * 1024

# Two hundred of these are a megabyte. The system's own buffers hold some megabytes on the way, so
# a flood must be larger than that and the marks together.
TEXT = "x" * 4_990
PER_MB = 200

# Messages in one send: fewer than a session may have under way.
AT_ONCE = 50

SMALL_BUFFER = 2_048


def flood(sender: LineClient, megabytes: int) -> None:
    """Say so much, and see each message acknowledged."""
    for _ in range(megabytes * PER_MB // AT_ONCE):
        sender.send(f"0002|user1|{TEXT}\n".encode() * AT_ONCE)
        for _ in range(AT_ONCE):
            sender.expect("1000", "0002", "ok")


def hear(client: LineClient, first: int, last: int) -> None:
    """Read from a message to another, and see that none is missing between them."""
    for seq in range(first, last + 1):
        client.expect("1002", "itcast1", TEXT, "user1", "lobby", str(seq))


def most_memory(server: ServerProcess) -> int:
    """Bytes of memory that the server has had at the most; Linux only."""
    status = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii").splitlines()
    (line,) = [line for line in status if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


@pytest.mark.slow
def test_slow_readers_are_closed_and_the_others_lose_nothing(
    server: ServerProcess, full: LogIn, basic: LogIn
) -> None:
    """Full and basic ones; the log says so; what they got was whole frames."""
    marks = {"send_queue_soft": 65_536, "send_queue_hard": MB, "send_queues_total": 64 * MB}
    server.start(settings=marks)
    full_ones = [full("user2", receive_buffer=SMALL_BUFFER) for _ in range(3)]
    basic_ones = [basic("user2", receive_buffer=SMALL_BUFFER) for _ in range(3)]
    sender, hearer = full("user1"), full("user3")
    memory = most_memory(server) if LINUX else 0
    megabytes = 8
    in_parallel([partial(flood, sender, megabytes), partial(hear, hearer, 1, megabytes * PER_MB)])
    assert server.log.count("slow reader closed") == 6
    if LINUX:
        assert most_memory(server) - memory < 6 * MB * 3
    for client in full_ones + basic_ones:
        frames = client.receive_until_closed()
        heard = [frame for frame in frames if frame[0] == "1002" and len(frame[2]) == len(TEXT)]
        assert len(heard) >= len(frames) - 2  # the goodbye, and what the reset cut off
    sender.expect_nothing()
    hearer.expect_nothing()


@pytest.mark.slow
def test_when_all_queues_together_are_too_much_the_greediest_go_first(
    server: ServerProcess, full: LogIn
) -> None:
    """One that has less in its queue stays, and has everything when it reads again."""
    marks = {"send_queue_soft": 65_536, "send_queue_hard": 8 * MB, "send_queues_total": 8 * MB + 1}
    server.start(settings=marks)
    greedy = [full("user2", receive_buffer=SMALL_BUFFER) for _ in range(2)]
    sender, hearer = full("user1"), full("user3")
    in_parallel([partial(flood, sender, 3), partial(hear, hearer, 1, 3 * PER_MB)])
    late = full("user2", receive_buffer=SMALL_BUFFER)
    in_parallel([partial(flood, sender, 7), partial(hear, hearer, 3 * PER_MB + 1, 10 * PER_MB)])
    assert server.log.count("slow reader closed") == server.log.count("mark=total") == len(greedy)
    hear(late, 3 * PER_MB + 1, 10 * PER_MB)
    late.expect_nothing()


def test_one_that_is_behind_is_not_closed_and_goes_on(server: ServerProcess, full: LogIn) -> None:
    """Over the soft mark its requests wait; when it has read, they are answered, in order."""
    settings = {"send_queue_soft": 1024, "send_queue_hard": 8 * MB}
    server.start(settings=settings)
    reader, sender = full("user2", receive_buffer=SMALL_BUFFER), full("user1")
    flood(sender, 4)
    reader.send(b"0003|one\n0003|two\n")
    hear(reader, 1, 4 * PER_MB)
    reader.expect("1000", "0003", "ok", "one")
    reader.expect("1000", "0003", "ok", "two")
    assert "slow reader" not in server.log


def test_one_that_asks_without_reading_the_answers(server: ServerProcess, full: LogIn) -> None:
    """Its requests stay in the system's buffers, so its answers take no memory."""
    server.start()
    greedy, other = full("user2", receive_buffer=SMALL_BUFFER), full("user1")
    greedy.set_timeout(1.0)
    with suppress(TimeoutError):
        while True:  # until nothing goes out any more
            greedy.send(b"0003|" + b"t" * 64 + b"\n0005\n" * 100)
    other.ping()
    assert "slow reader" not in server.log
    greedy.set_timeout(30.0)
    greedy.expect("1000", "0003", "ok", "t" * 64)
