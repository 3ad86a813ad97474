"""What can break at any step, whatever else happens, and how all of it ceases."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from client_gui.state.rooms import LOBBY
from tests.helpers.clock import FakeClock
from tests.simulation.client import Client
from tests.simulation.disk import Disk
from tests.simulation.network import Link, Network
from tests.simulation.oracle import Oracle
from tests.simulation.server import ServerProcess

LONGEST_STALL = 200.0
"""Seconds: longer than either side waits for the other."""


class Faults:
    """Breaks things when it is told to. Methods say what was done."""

    def __init__(
        self,
        random: Random,
        clock: FakeClock,
        counts: Counter[str],
        network: Network,
        disk: Disk,
        server: ServerProcess,
        clients: Sequence[Client],
        oracle: Oracle,
        database: Path,
    ) -> None:
        self._random = random
        self._clock = clock
        self._counts = counts
        self._network = network
        self._disk = disk
        self._server = server
        self._clients = clients
        self._oracle = oracle
        self._database = database
        self._copy = database.with_suffix(".copy")
        self._has_copy = False
        self._happenings = {
            "reset": self._reset,
            "reset that one end notices late": self._half_open,
            "line stalls": self._stall,
            "server killed": self._kill_server,
            "server stopped": self._stop_server,
            "disk full for a while": self._fill_disk,
            "lanes full for a while": self._fill_lanes,
            "client killed": self._kill_client,
            "client signs out": self._sign_out,
            "client does not read for a while": self._stop_reading,
            "database put back from a copy": self._put_back,
        }

    def happen(self, happening: str) -> str:
        """Let it happen, or end, if there is something that it can happen to."""
        said = self._happenings[happening]()
        if said:
            self._counts[happening] += 1
        return said or f"no {happening}: nothing is there"

    def cease(self) -> str:
        """No fault from here on; what is down comes up."""
        self._disk.rates = {}
        self._disk.full = self._server.lanes_full = False
        self._network.calm()
        self._server.up_again_at = self._clock()
        for client in self._clients:
            client.calm()
        return "faults cease"

    # --- the network

    def _reset(self) -> str:
        link = self._some_link()
        if link is None:
            return ""
        link.breaks()
        return f"link {link.number} breaks"

    def _half_open(self) -> str:
        link = self._some_link()
        if link is None:
            return ""
        slow = self._random.choice((link.client, link.server))
        link.breaks(slow, self._long())
        return f"link {link.number} breaks, and one end does not know"

    def _stall(self) -> str:
        link = self._some_link()
        if link is None:
            return ""
        link.stalled_until = self._clock() + self._long()
        return f"link {link.number} stalls until {link.stalled_until:.3f}"

    # --- the server

    def _kill_server(self) -> str:
        return self._server.crash(self._long()) if self._server.is_up else ""

    def _stop_server(self) -> str:
        return self._server.begin_to_stop() if self._server.is_up else ""

    def _fill_disk(self) -> str:
        self._disk.full = not self._disk.full
        return "disk is full" if self._disk.full else "disk has room again"

    def _fill_lanes(self) -> str:
        self._server.lanes_full = not self._server.lanes_full
        return "lanes are full" if self._server.lanes_full else "lanes have room again"

    def _put_back(self) -> str:
        """At first, make a copy; the next time, put it back, as after the loss of a disk."""
        self._has_copy = not self._has_copy
        if self._has_copy:
            self._oracle.back_up(self._copy)
            return "the database is copied"
        if self._server.is_up:
            self._server.crash(0)
        for old in self._database.parent.glob(f"{self._database.name}*"):
            old.unlink()
        self._copy.rename(self._database)
        self._server.new_epoch = True
        self._oracle.put_back()
        for client in self._clients:
            client.outdated = True
            waits = client.waiting
            # Elsewhere, they may not be members any more, and what waits is then dropped.
            client.promised = {
                cid: room for cid, room in client.promised.items() if cid in waits and room == LOBBY
            }
        return "the copy of the database is put back"

    # --- the clients

    def _kill_client(self) -> str:
        client = self._some_client()
        return client.kill(self._long()) if client is not None else ""

    def _sign_out(self) -> str:
        client = self._some_client()
        return client.sign_out(self._long()) if client is not None else ""

    def _stop_reading(self) -> str:
        client = self._some_client()
        if client is None:
            return ""
        client.reads_again_at = self._clock() + self._long()
        return f"{client.name} reads nothing until {client.reads_again_at:.3f}"

    # --- drawing

    def _some_link(self) -> Link | None:
        links = [link for link in self._network.links if link.established and not link.is_cut]
        return self._random.choice(links) if links else None

    def _some_client(self) -> Client | None:
        running = [client for client in self._clients if client.state is not None]
        return self._random.choice(running) if running else None

    def _long(self) -> float:
        """Seconds: mostly few, sometimes more than anybody waits."""
        return self._random.choice((0.01, 1.0, 10.0, LONGEST_STALL)) * self._random.random()
