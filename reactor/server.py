"""The composition root: builds every part from the settings, runs the loop, and stops in good
order.

The order of a stop: accept nothing more and read nothing more; commit and acknowledge what was
taken; tell the clients; close. Each step is bounded, so that a stop takes ``drain_seconds`` and a
few more at the most. A second request to stop changes nothing.
"""

import contextlib
import logging
import socket
import time
from functools import partial
from typing import Final

from conf import Settings, sqlite_path
from reactor.acceptor import Acceptor, listening_sockets
from reactor.accounts import Accounts
from reactor.archive import Archive
from reactor.commands import COMMANDS
from reactor.device_logins import DeviceLogins
from reactor.devices import Devices
from reactor.dialects import BASIC, LINELESS, Dialect
from reactor.doubts import Doubts
from reactor.health import MAX_CONNECTIONS as HEALTH_CONNECTIONS
from reactor.health import HealthPort
from reactor.indexing import Indexing
from reactor.journal import Journal
from reactor.loop import Loop
from reactor.memberships import Memberships
from reactor.one_server import ServerLock
from reactor.presence import OnlineUsers
from reactor.read_marks import ReadMarks
from reactor.records import Quotas
from reactor.recovery import Recovery
from reactor.resume import Resumes
from reactor.rooms import Rooms
from reactor.rota import Rota
from reactor.rows import Row
from reactor.send_queues import Marks, SendQueues
from reactor.services import Patience, Services
from reactor.session import Session
from reactor.sessions import Sessions
from reactor.silence import SilenceWatch
from reactor.socket_options import set_options
from reactor.storage import Storage
from reactor.throttle import FailedLogins
from reactor.transport import Transport
from reactor.typing_notices import TypingNotices
from reactor.workers import ThreadLane, step_back
from wire.messages import LoginResult
from wire.reasons import REASONS

log = logging.getLogger(__name__)

# Seconds after which clients of a server that goes down are asked to come back.
RETRY_AFTER: Final = 2

# Passwords in the hashing lane for each of its threads: one that it hashes, and one so that it need
# not wait for the loop. All others wait where they can still be refused.
HASHES_PER_THREAD: Final = 2

# Pieces of each kind of work in a lane of the database beside one for each of its threads: few,
# and enough that the threads need not wait for the loop. All others wait in a row, where they keep
# nobody else waiting.
IN_RESERVE: Final = 3


class Server:
    """MiniChat's server.

    Making one opens the storage and the listening sockets; :meth:`run` serves until :meth:`stop`.

    Raises:
        reactor.acceptor.ListenError: it cannot listen there.
        reactor.storage.StorageUnavailable: the database cannot be opened.
        reactor.storage.DatabaseRefused: it is not one that this program may use.
        ValueError: the database's address is wrong.
    """

    def __init__(
        self, settings: Settings, loop: Loop | None = None, *, new_epoch: bool = False
    ) -> None:
        """*new_epoch*: the database was put back from a backup; clients are to forget what they
        have of it."""
        self.loop = loop if loop is not None else Loop()
        self._settings = settings
        self._is_new_epoch = new_epoch
        self._transports: dict[Session, Transport] = {}
        self._forget = self._lost  # one bound method for all sessions, not one for each
        self._stopping = False
        self._said_goodbye = False
        self._acceptors: list[Acceptor] = []
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(self.loop.close)
            listeners, asked = self._listen(on_failure)
            self._open_storage()
            on_failure.pop_all()
        self._build_services()
        self._max_connections = self._connections_to_watch(len(listeners), len(asked))
        self._accept(listeners)
        self._health = HealthPort(self.loop, asked, self._queues, self._why_not_ready)

    @property
    def addresses(self) -> list[str]:
        """``HOST:PORT`` of each listener: the main ones, then those for line-less clients."""
        return [acceptor.address for acceptor in self._acceptors]

    @property
    def health_addresses(self) -> list[str]:
        """``HOST:PORT`` of each listener that tells how the server is."""
        return self._health.addresses

    def run(self) -> bool:
        """Serve until :meth:`stop`; then finish what was begun, and give everything back.

        Return whether all of it has ended. If not, a worker thread is still waiting for a database
        that does not answer, and only the end of the process ends it.
        """
        try:
            self.loop.run()
        finally:
            ended = self._close()
        return ended

    def stop(self) -> None:
        """Begin to stop. To be called on the loop; once more changes nothing."""
        if self._stopping:
            return
        self._stopping = True
        log.info("stopping connections=%d", len(self._transports))
        for acceptor in self._acceptors:
            acceptor.close()
        for session in self._transports:
            session.stop_taking()
        self._services.read_marks.finish()
        self.loop.call_later(self._settings.drain_seconds, self._say_goodbye)

    # --- building

    def _listen(
        self, on_failure: contextlib.ExitStack
    ) -> tuple[list[tuple[socket.socket, Dialect]], list[socket.socket]]:
        """Return the listeners for clients, and those for health; *on_failure* closes them."""
        settings = self._settings
        ports: list[tuple[int | None, Dialect]] = [
            (settings.port, BASIC),
            (settings.legacy_port, LINELESS),
        ]
        listeners = [
            (on_failure.enter_context(sock), dialect)
            for port, dialect in ports
            if port is not None
            for sock in listening_sockets(settings.host, port)
        ]
        if settings.health_port is None:
            return listeners, []
        asked = listening_sockets(settings.host, settings.health_port)
        return listeners, [on_failure.enter_context(sock) for sock in asked]

    def _open_storage(self) -> None:
        settings = self._settings
        quotas = Quotas(
            settings.rooms_per_user, settings.directs_per_user, settings.memberships_per_user
        )
        self._storage = Storage(settings.database_url, quotas)
        with contextlib.ExitStack() as on_failure:
            self._database = self._lane("database", 1, settings.database_queue)
            on_failure.callback(self._database.close, self._storage.close)
            for done in self._database.call(self._storage.open):
                log.info("storage: %s", done)
            self._lock = self._lock_file()
            if self._lock is not None:
                on_failure.callback(self._lock.close)
            self._lobby = self._database.call(self._storage.rooms.lobby)
            epoch = self._storage.new_epoch if self._is_new_epoch else self._storage.epoch
            self._epoch = self._database.call(epoch)
            on_failure.pop_all()
        self._reading = self._lane("reading", settings.reading_threads, settings.database_queue)
        hashing = settings.hashing_threads
        self._hashing = self._lane("hashing", hashing, HASHES_PER_THREAD * hashing)
        self._hashing.on_each_thread(step_back)

    def _lock_file(self) -> ServerLock | None:
        """Lock the database if it is a file; warn if another server has."""
        path = sqlite_path(self._settings.database_url)
        if path is None:
            return None
        lock = ServerLock(path)
        if lock.held_elsewhere:
            log.warning("another server uses %s; its clients and ours do not hear each other", path)
        return lock

    def _lane(self, name: str, threads: int, capacity: int) -> ThreadLane:
        return ThreadLane(self.loop, name, threads=threads, capacity=capacity)

    def _row(self, lane: ThreadLane) -> Row:
        """For one kind of work of a lane that does others too."""
        capacity = self._settings.database_queue
        return Row(lane, at_once=lane.threads + IN_RESERVE, capacity=capacity)

    def _row_of_searches(self) -> Row:
        """They take the longest of all that reads: a thread is left for the others, if there are
        several; if not, its time between two of them."""
        at_once = max(1, self._reading.threads - 1)
        return Row(self._reading, at_once=at_once, capacity=self._settings.database_queue)

    def _build_services(self) -> None:
        settings = self._settings
        rooms = Rooms(self._lobby, settings.lobby_moderators)
        sessions = Sessions()
        memberships = Memberships(self.loop, rooms, sessions)
        failures = FailedLogins(self.loop.time)
        rota = Rota(self.loop)
        asking = self._row(self._database)
        devices = Devices(self._storage.devices, asking, _now)
        journal = Journal(
            self.loop, self._database, self._storage.messages.append, settings.journal_waiting
        )
        index_some = self._storage.search.index_some
        indexing = Indexing(self.loop, index_some, self._database, lambda: journal.idle)
        self._services = Services(
            loop=self.loop,
            stores=self._storage,
            database=asking,
            reading=self._row(self._reading),
            searching=self._row_of_searches(),
            accounts=self._accounts(failures, rota),
            devices=devices,
            device_logins=DeviceLogins(
                self.loop, self._storage, self._database, devices, failures, _now
            ),
            rooms=rooms,
            sessions=sessions,
            silence=SilenceWatch(
                self.loop, sessions.that_can_be_asked, settings.ping_after, settings.drop_after
            ),
            memberships=memberships,
            doubts=Doubts(self.loop, asking, self._storage.rooms, rooms, sessions, memberships),
            online=OnlineUsers(self.loop, rooms.lobby),
            journal=journal,
            archive=Archive(self._storage.history, self._row(self._reading)),
            resumes=Resumes(self.loop, self._storage.history, self._reading),
            read_marks=ReadMarks(self.loop, self._storage.marks, self._database),
            typing=TypingNotices(self.loop),
            rota=rota,
            patience=_patience(settings),
            epoch=self._epoch,
            now=_now,
            stored=indexing.wake,
        )
        Recovery(
            self.loop,
            self._database,
            self._storage.messages,
            self._lobby.room_id,
            is_idle=lambda: self._services.journal.idle and not self._stopping,
        )
        self._do_at_turn_ends()

    def _accounts(self, failures: FailedLogins, rota: Rota) -> Accounts:
        return Accounts(
            self._storage.accounts,
            self._row(self._reading),
            self._row(self._database),
            self._hashing,
            failures,
            rota,
            capacity=self._settings.hashing_queue,
        )

    def _do_at_turn_ends(self) -> None:
        """First what makes lines for the send queues, last the queues themselves."""
        settings = self._settings
        marks = Marks(
            settings.send_queue_soft, settings.send_queue_hard, settings.send_queues_total
        )
        self._queues = SendQueues(marks, partial(self.loop.call_soon, _nothing))
        self.loop.at_turn_end(self._services.journal.end_turn)
        self.loop.at_turn_end(self._services.device_logins.end_turn)
        self.loop.at_turn_end(self._services.rooms.end_turn)
        self.loop.at_turn_end(self._services.resumes.end_turn)
        self.loop.at_turn_end(self._go_on_when_drained)
        self.loop.at_turn_end(self._queues.flush)

    # --- connections

    def _connections_to_watch(self, listeners: int, for_health: int) -> int:
        """How many connections there may be: what is set, or what the selector can watch."""
        wanted, bound = self._settings.max_connections, self.loop.sockets_max
        others = listeners + (for_health + HEALTH_CONNECTIONS if for_health else 0)
        if bound is None or wanted <= bound - others:
            return wanted
        log.warning("max_connections=%d is more than this system can watch", wanted)
        return bound - others

    def _accept(self, listeners: list[tuple[socket.socket, Dialect]]) -> None:
        per_turn = self._settings.accepts_per_turn
        for sock, dialect in listeners:
            connected = partial(self._connected, dialect)
            self._acceptors.append(Acceptor(self.loop, sock, per_turn, connected))

    def _connected(self, dialect: Dialect, connection: socket.socket, peer: str) -> None:
        if len(self._transports) >= self._max_connections:
            self._services.counts["turned away"] += 1
            _turn_away(connection, dialect)
            return
        set_options(connection)
        transport = Transport(self.loop, connection, peer, self._queues)
        session = Session(self._services, COMMANDS, transport, dialect, self._forget)
        self._transports[session] = transport

    def _lost(self, session: Session) -> None:
        del self._transports[session]
        if self._said_goodbye and not self._transports:
            self.loop.stop()

    def _why_not_ready(self) -> str:
        if self._stopping:
            return "stopping"
        return "storage" if self._storage.messages.failing else ""

    # --- stopping

    def _go_on_when_drained(self) -> None:
        """At the end of a turn: once stopping, when all that was taken is saved, say goodbye."""
        services = self._services
        saved = services.journal.idle and services.read_marks.idle
        if self._stopping and not self._said_goodbye and saved:
            self._say_goodbye()

    def _say_goodbye(self) -> None:
        if self._said_goodbye:
            return
        self._said_goodbye = True
        if not self._services.journal.idle:
            log.error("the storage did not finish in %g s", self._settings.drain_seconds)
        for session in list(self._transports):
            session.end("stopping", REASONS["stopping"], RETRY_AFTER)
        if not self._transports:
            self.loop.stop()

    def _close(self) -> bool:
        for acceptor in self._acceptors:
            acceptor.close()
        for transport in list(self._transports.values()):
            transport.abort("server closed")
        self._health.close()
        lanes = (
            self._database.close(self._storage.close),
            self._reading.close(self._storage.close),
            self._hashing.close(),
        )
        ended = all(lanes)
        if self._lock is not None:
            self._lock.close()
        self.loop.close()
        counts = dict(self._services.counts)
        log.info("stopped longest_turn=%.3f counts=%s", self.loop.longest_turn, counts)
        return ended


def _now() -> int:
    """The time of day in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def _patience(settings: Settings) -> Patience:
    return Patience(
        login=settings.login_deadline,
        line_quiet=settings.legacy_pause,
        unacknowledged=settings.unacknowledged,
    )


def _nothing() -> None:
    """Something to do, so that there is another turn."""


def _turn_away(connection: socket.socket, dialect: Dialect) -> None:
    with contextlib.suppress(OSError):
        connection.send(dialect.encode(LoginResult("0", "", "", "busy", REASONS["busy"])))
    connection.close()
