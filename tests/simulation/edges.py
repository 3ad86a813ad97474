"""Which names of the product are replaced while a world runs: its edges, and some of its bounds.

The edges are the socket, the thread, the clock, the hash of a password and the file. Everything
between them is the product as it is shipped.
"""

import contextlib
import socket
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from random import Random
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import client_gui.link.connection
import reactor.database
import reactor.devices
import reactor.passwords
import reactor.server
import reactor.storage
from tests.helpers.clock import FakeClock
from tests.simulation.disk import Disk, SimulatedFile
from tests.simulation.network import Network
from tests.simulation.server import ServerProcess, SimulatedLane

HOUSES = ("wire", "reactor", "client_gui")

EPOCH_MS = 1_700_000_000_000
"""Milliseconds since 1970 when a world's clock shows 0."""


def milliseconds(clock: FakeClock) -> int:
    """The time of day in a world."""
    return EPOCH_MS + int(clock() * 1000)


@contextlib.contextmanager
def replaced(
    clock: FakeClock, network: Network, disk: Disk, server: ServerProcess, random: Random
) -> Iterator[None]:
    """Let the product use these."""
    with contextlib.ExitStack() as stack:

        def replace(owner: object, **names: Any) -> None:
            stack.enter_context(patch.multiple(owner, **names))

        replace(
            reactor.server,
            ThreadLane=partial(SimulatedLane, server),
            listening_sockets=lambda _host, _port: [network.listen()],
            time=SimpleNamespace(time_ns=lambda: milliseconds(clock) * 1_000_000),
        )
        replace(reactor.database, SqliteFile=partial(SimulatedFile, disk))
        replace(
            reactor.passwords,
            verify=lambda password_hash, password: password_hash == hashed(password),
            needs_rehash=lambda _hash: False,
            hash_password=hashed,
        )
        secrets = SimpleNamespace(
            token_hex=lambda size: random.randbytes(size).hex(),
            token_urlsafe=lambda size: random.randbytes(size).hex(),
        )
        replace(reactor.devices, secrets=secrets)
        replace(reactor.storage, secrets=secrets)
        replace(client_gui.link.connection, socket=_ClientSockets(network))
        yield


def hashed(password: str) -> str:
    """What stands in for a hash."""
    return f"hash:{password}"


class _ClientSockets:
    """In place of the module ``socket``: the same numbers, other sockets."""

    def __init__(self, network: Network) -> None:
        self.socket = network.socket

    def __getattr__(self, name: str) -> Any:
        return getattr(socket, name)


@contextlib.contextmanager
def scaled(constants: Mapping[str, int]) -> Iterator[None]:
    """Give bounds of the product other values, in every module that has their names.

    Raises:
        LookupError: nothing has such a name any more.
    """
    with contextlib.ExitStack() as stack:
        for name, value in constants.items():
            owners = _owners(name)
            if not owners:
                raise LookupError(f"nothing in the product is called {name}")
            for owner in owners:
                stack.enter_context(patch.object(owner, name, value))
        yield


def _owners(name: str) -> list[Any]:
    return [
        module
        for key, module in list(sys.modules.items())
        if key.partition(".")[0] in HOUSES and hasattr(module, name)
    ]
