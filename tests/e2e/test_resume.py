"""Coming back: what was missed, then what is said, from a real server on each database."""

import shutil
import sqlite3
import threading
from pathlib import Path

from tests.e2e.conftest import FULL, LogIn, OnAnyDatabase
from tests.helpers.line_client import LineClient
from tests.helpers.server_process import ServerProcess

# Missed before the client comes back, and said while it catches up.
MISSED = 3_000
SAID_MEANWHILE = 2_000

IN_FLIGHT = 50


class Speaker(threading.Thread):
    """Says one thing after the other; ``times`` are those of the acknowledgements, by number."""

    def __init__(self, client: LineClient, count: int) -> None:
        super().__init__()
        self.client = client
        self.count = count
        self.times: dict[int, str] = {}
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            for first in range(0, self.count, IN_FLIGHT):
                numbers = range(first, min(first + IN_FLIGHT, self.count))
                self.client.send(
                    b"".join(b"0002|user2|text %d||%s%d\n" % (n, id_of(self), n) for n in numbers)
                )
                for _ in numbers:
                    frame = self.client.expect("1000", "0002", "ok")
                    self.times[int(frame[5])] = frame[6]
        except BaseException as error:  # noqa: BLE001 -- shown by the test's own thread
            self.error = error


def id_of(speaker: Speaker) -> bytes:
    """What no other speaker puts into its cids."""
    return str(speaker.ident).encode()


def speak(client: LineClient, count: int) -> Speaker:
    speaker = Speaker(client, count)
    speaker.start()
    return speaker


def finished(speaker: Speaker) -> Speaker:
    speaker.join()
    assert speaker.error is None, speaker.error
    return speaker


def numbers_until(client: LineClient, last: int) -> tuple[list[int], int]:
    """The numbers that come, in the order in which they do, and how many before the result."""
    numbers: list[int] = []
    at_result = -1
    while not numbers or numbers[-1] < last or at_result < 0:
        frame = client.receive_frame()
        if frame[:4] == ["1000", "0007", "ok", "lobby"]:
            at_result = len(numbers)
            assert int(frame[5]) == (numbers[-1] if numbers else int(frame[5]))
        else:
            assert frame[0] == "1002", frame
            numbers.append(int(frame[5]))
    return numbers, at_result


def test_under_load(on_any_database: OnAnyDatabase) -> None:
    """Thousands are missed, and somebody goes on speaking: each number once, in order."""
    on_any_database.start()
    sender = on_any_database.full("user2")
    before = finished(speak(sender, MISSED))
    has = MISSED // 3
    client = on_any_database.connect()
    going_on = speak(sender, SAID_MEANWHILE)
    client.send_line("0001", "user1", "111111", FULL)
    client.send_line("0007", f"lobby:{has}:{before.times[has]}")
    client.expect("1001", "1")
    last = MISSED + SAID_MEANWHILE
    numbers, at_result = numbers_until(client, last)
    finished(going_on)
    assert numbers == list(range(has + 1, last + 1))
    assert at_result >= MISSED - has
    client.expect_nothing()


def test_one_who_reads_slowly(on_any_database: OnAnyDatabase) -> None:
    """Gets everything at its own pace, and is not taken for one that reads too slowly."""
    on_any_database.start()
    sender = on_any_database.full("user2")
    finished(speak(sender, MISSED))
    client = on_any_database.connect(receive_buffer=2048)
    client.send_line("0001", "user1", "111111", FULL)
    client.send_line("0007", "lobby:0:0")
    client.expect("1001", "1")
    sender.say("user2", "live", "live")
    sender.expect("1000", "0002", "ok")
    numbers, _ = numbers_until(client, MISSED + 1)
    assert numbers == list(range(1, MISSED + 2))


def test_several_rooms(on_any_database: OnAnyDatabase) -> None:
    """One after the other, each with its result; one that is not open to the client is refused."""
    on_any_database.start()
    ann, bob = on_any_database.full("user1"), on_any_database.full("user2")
    ann.send_line("0011", "Attic")
    reference = ann.expect("1011")[1]
    ann.expect("1000", "0011", "ok")
    ann.send_line("0002", "user1", "in the attic", "Attic", "c1")
    ann.expect("1000", "0002", "ok", "c1", reference, "1")
    ann.say("user1", "in the lobby", "c2")
    ann.expect("1000", "0002", "ok", "c2", "lobby", "1")
    back = on_any_database.connect()
    back.send_line("0001", "user1", "111111", FULL)
    back.send_line("0007", f"{reference}:0:0 lobby:0:0")
    back.expect("1001", "1")
    back.expect("1002", "itcast1", "in the attic", "user1", reference, "1")
    back.expect("1000", "0007", "ok", reference, "", "1")
    back.expect("1002", "itcast1", "in the lobby", "user1", "lobby", "1")
    back.expect("1000", "0007", "ok", "lobby", "", "1")
    bob.expect("1002", "itcast1", "in the lobby")
    bob.send_line("0007", f"{reference}:0:0")
    bob.expect("1000", "0007", "no-such-room", reference)


def test_a_backup_that_was_put_back(server: ServerProcess, full: LogIn, tmp_path: Path) -> None:
    """What the client has is of another future: it is told so, with and without the new epoch."""
    server.start()
    client = full("user1")
    client.say("user1", "before", "c1")
    first = client.expect("1000", "0002", "ok", "c1", "lobby", "1")
    server.stop()
    backup = tmp_path / "backup.db"
    with sqlite3.connect(server.database) as database, sqlite3.connect(backup) as copy:
        database.backup(copy)
    database.close()
    copy.close()
    server.start()
    client = full("user1")
    client.say("user1", "lost", "c2")
    lost = client.expect("1000", "0002", "ok", "c2", "lobby", "2")
    server.stop()
    for file in tmp_path.glob("minichat.db*"):
        file.unlink()
    shutil.copy(backup, server.database)
    epochs = []
    for option in ([], ["--new-epoch"], []):
        server.start(*option)
        with LineClient(server.address) as back:
            back.send_line("0001", "user1", "111111", FULL)
            epochs.append(back.expect("1001", "1")[6])
            back.send_line("0007", f"lobby:2:{lost[6]}")
            back.expect("1000", "0007", "reset", "lobby")
            back.send_line("0007", f"lobby:1:{first[6]}")
            back.expect("1000", "0007", "ok", "lobby", "", "1")
        server.stop()
    assert epochs[0] != epochs[1] == epochs[2] != ""
    server.start()
    client = full("user1")
    client.say("user1", "another future", "c3")
    client.expect("1000", "0002", "ok", "c3", "lobby", "2")
    client.send_line("0007", f"lobby:2:{lost[6]}")
    client.expect("1000", "0007", "reset", "lobby")
