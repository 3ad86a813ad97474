"""Starts everything, kills what chance says, starts it again, and counts at the end."""

import contextlib
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from reactor.records import StoredMessage
from reactor.storage import Storage
from tests.helpers.mariadb import MariaDbServer
from tests.helpers.server_process import ServerProcess, add_users
from tests.torture import notes
from tests.torture.notes import LineCount, Notes
from tests.torture.tally import Tally, count
from wire.limits import MAX_PAGE

USERS = 3
CLIENTS = 5
# Seconds without anything new, or until all is said and shown, that mean that it never will be.
STUCK_SECONDS = 90.0
LOOK_SECONDS = 0.02
# Messages acknowledged between two kills at the most: from the middle of a start to full speed.
CALM = 600
# Seconds that something stays dead, at the most.
DEAD_SECONDS = 0.5


class Storm:
    """One server, one database, CLIENTS clients."""

    def __init__(self, directory: Path, seed: int, mariadb: MariaDbServer | None, url: str) -> None:
        self.tally = Tally()
        self._directory = directory
        self._chance = random.Random(seed)
        self._mariadb = mariadb
        self._url = url
        self._server = ServerProcess(directory)
        self._ports = Notes(notes.ports(directory))
        self._names = [f"client{number}" for number in range(CLIENTS)]
        self._sent_lines = [LineCount(notes.sent(directory, name)) for name in self._names]
        self._acknowledged_lines = [
            LineCount(notes.acknowledged(directory, name)) for name in self._names
        ]
        self._clients: dict[str, subprocess.Popen[bytes]] = {}
        self._crashed = 0
        self._pause = threading.Event()

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Everything runs, and at the end nothing does."""
        try:
            add_users(self._url, USERS)
            self._start_server()
            for name in self._names:
                self._start_client(name)
            yield
        finally:
            for client in self._clients.values():
                client.kill()
                client.wait()
            self._server.kill()
            self._ports.close()

    def kill_something(self) -> str:
        """Wait for some messages to be acknowledged, kill, and start again; return what it was."""
        self._wait_for_messages(self._chance.choice((0, 1, self._chance.randrange(CALM))))
        victims = ["server", "client"] + (["database", "all"] if self._mariadb else ["all"])
        victim = self._chance.choice(victims)
        self.tally.in_flight += self._sent() - self._acknowledged()
        if victim in ("client", "all"):
            self._kill_clients(1 if victim == "client" else CLIENTS)
        if victim in ("database", "all") and self._mariadb is not None:
            self._mariadb.kill()
            self.tally.kills["database"] += 1
        if victim in ("server", "all"):
            self._server.kill()
            self.tally.kills["server"] += 1
        self._pause.wait(self._chance.uniform(0, DEAD_SECONDS))
        self._start_what_is_dead(victim)
        return victim

    def _kill_clients(self, number: int) -> None:
        for name in self._chance.sample(self._names, number):
            self._clients[name].kill()
            self._clients[name].wait()
            self.tally.kills["client"] += 1

    def _start_what_is_dead(self, victim: str) -> None:
        if victim in ("database", "all") and self._mariadb is not None:
            self._mariadb.start()
        if victim in ("server", "all"):
            self._start_server()
        for name, client in self._clients.items():
            if client.poll() is not None:
                self._crashed += client.returncode > 0
                self._start_client(name)

    def end(self) -> Tally:
        """Let everybody finish, and count."""
        notes.stop(self._directory).touch()
        self._wait_until(lambda: self._sent() == self._acknowledged())
        stored = self._stored()
        unfinished = notes.end(self._directory).with_suffix(".new")
        unfinished.write_text(str(len(stored)), encoding="ascii")
        unfinished.rename(notes.end(self._directory))
        self._wait_until(lambda: all(each.poll() is not None for each in self._clients.values()))
        self._server.stop()
        count(self._directory, self._names, self._stored(), self.tally)
        self._crashed += sum(client.returncode != 0 for client in self._clients.values())
        self.tally.wrong["faults"] += self._crashed + self._server.log.count("Traceback")
        return self.tally

    # --- starting

    def _start_server(self) -> None:
        # Another port each time: somebody else, even a client, may have the old one by now.
        self._server.start("--database", self._url)
        self._ports.add(self._server.address.port)

    def _start_client(self, name: str) -> None:
        user = f"user{self._names.index(name) % USERS + 1}"
        self._clients[name] = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.client", str(self._directory), name, user]
        )

    # --- looking

    def _sent(self) -> int:
        return sum(each.now() for each in self._sent_lines)

    def _acknowledged(self) -> int:
        return sum(each.now() for each in self._acknowledged_lines)

    def _wait_for_messages(self, number: int) -> None:
        wanted = self._acknowledged() + number
        self._wait_until(lambda: self._acknowledged() >= wanted)

    def _wait_until(self, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + STUCK_SECONDS
        while not happened():
            assert time.monotonic() < deadline, f"stuck; the log says:\n{self._server.log[-3000:]}"
            self._pause.wait(LOOK_SECONDS)

    def _stored(self) -> list[StoredMessage]:
        storage = Storage(self._url)
        try:
            room = storage.rooms.lobby().room_id
            messages: list[StoredMessage] = []
            while page := storage.history.after(room, len(messages), MAX_PAGE):
                messages += page
        finally:
            storage.close()
        return messages
