"""From nothing to chatting, on one machine: what `make run` runs.

It creates the demo users if there is no database yet, starts the server, says how to join, and
opens two client windows where there is a display. It goes on until Ctrl-C, SIGTERM, or the end of
the server, and then ends everything it started, within a bounded time: on no way out does a
process of its own stay behind.

Everything that happens comes as an event through one queue: threads that read or wait for the
children put them there, and so do the signals. So there is one place that decides.
"""

import contextlib
import os
import queue
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import IO, Any

import conf

# Hashing the passwords of three users takes a moment; a slow disk takes its own.
SEED_SECONDS = 120
# Migrating a large database may take this long; an ordinary start takes a second.
START_SECONDS = 120
# What the server needs to stop beyond its own `drain_seconds`.
STOP_MARGIN_SECONDS = 5
# How long a wait for an event goes on before looking again: on Windows a wait without an end
# would not notice Ctrl-C.
LOOK_SECONDS = 1
# To find out who holds a port on this machine.
PROBE_SECONDS = 2

DEMO_WINDOWS = ("user1", "user2")
ANNOUNCEMENT = "listening on "


@dataclass(frozen=True)
class Programs:
    """The commands that are run; the tests put stand-ins here."""

    seed: Sequence[str] = (sys.executable, "-m", "scripts.seed_users")
    server: Sequence[str] = (sys.executable, "-m", "reactor")
    client: Sequence[str] = (sys.executable, "-m", "client_gui")


@dataclass(frozen=True)
class Listening:
    """The server has said where it listens."""

    address: str


@dataclass(frozen=True)
class Ended:
    """A child has ended, on its own or because it was told to."""

    name: str
    status: int


@dataclass(frozen=True)
class StopWanted:
    """Somebody has pressed Ctrl-C, or has sent SIGTERM."""


Event = Listening | Ended | StopWanted


class StopWantedError(Exception):
    """Raised in whoever waits for an event when what comes is the wish to stop."""


class CannotRunError(Exception):
    """Why there is no chat to join, and what to do about it."""


@dataclass
class Household:
    """The processes that belong together, and the queue of what happens to them."""

    events: "queue.SimpleQueue[Event]" = field(default_factory=queue.SimpleQueue)
    processes: dict[str, "subprocess.Popen[str]"] = field(default_factory=dict)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self, name: str, command: Sequence[str], *, listens: bool = False) -> None:
        """Start a child; its end, and what it announces if it `listens`, will be events."""
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if listens else None,
            text=True,
        )
        self.processes[name] = process
        # Daemons: what a child has started may hold its output open for longer than we live.
        thread = threading.Thread(target=self._watch, args=(name, process), daemon=True)
        self.threads.append(thread)
        thread.start()

    def _watch(self, name: str, process: "subprocess.Popen[str]") -> None:
        if process.stdout is not None:
            self._read(process.stdout)
        self.events.put(Ended(name, process.wait()))

    def _read(self, output: IO[str]) -> None:
        """Take announcements from the server's output, until it closes it."""
        with output:
            for line in output:
                if line.startswith(ANNOUNCEMENT):
                    self.events.put(Listening(line.removeprefix(ANNOUNCEMENT).strip()))

    def next_event(self, seconds: float | None = None) -> Event | None:
        """What happens next; None when nothing did for `seconds`.

        Raises StopWantedError when that is the wish to stop.
        """
        waited = 0
        while seconds is None or waited < seconds:
            with contextlib.suppress(queue.Empty):
                event = self.events.get(timeout=LOOK_SECONDS)
                if isinstance(event, StopWanted):
                    raise StopWantedError
                return event
            waited += LOOK_SECONDS
        return None

    def stop(self, seconds: float) -> None:
        """End every child, by force if it takes longer than `seconds`."""
        for process in self.processes.values():
            # On Windows this would be force; there, Ctrl-C has told the children already.
            if os.name != "nt":
                process.terminate()
        deadline = time.monotonic() + seconds
        for process in self.processes.values():
            try:
                process.wait(timeout=max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for thread in self.threads:
            thread.join(STOP_MARGIN_SECONDS)


def main(argv: Sequence[str] | None = None, programs: Programs | None = None) -> int:
    """Run it all; the result is the exit status. There are no arguments: settings say it all."""
    if arguments := sys.argv[1:] if argv is None else list(argv):
        return _fail(
            f"There is nothing to tell it on the command line, so not {arguments[0]!r}.", 2
        )
    try:
        settings = conf.load()
    except conf.SettingsError as error:
        return _fail(f"The settings are not right:\n{error}", 2)
    household = Household()
    with _signals_become_events(household):
        try:
            _chat(settings, programs or Programs(), household)
        except CannotRunError as error:
            return _fail(str(error), 1)
        except StopWantedError:
            _say("Stopping.")
        finally:
            household.stop(settings.drain_seconds + STOP_MARGIN_SECONDS)
    _say("Stopped.")
    return 0


def _chat(settings: conf.Settings, programs: Programs, household: Household) -> None:
    """Everything from the first user to the end of the server; StopWantedError may come before."""
    _seed_if_new(settings, programs, household)
    household.start("server", programs.server, listens=True)
    address = _address_when_listening(settings, household)
    _say(_how_to_join(settings, address))
    _open_windows(programs, household, address)
    _say("Ctrl-C stops everything.")
    _wait_for_the_end(household)


def _seed_if_new(settings: conf.Settings, programs: Programs, household: Household) -> None:
    """Create the demo users where there is no database yet; a database server is left alone."""
    path = conf.sqlite_path(settings.database_url)
    if path is None or path.exists():
        _say(f"Database: {conf.without_password(settings.database_url)}, as it is.")
        return
    household.start("seed", programs.seed)
    if household.next_event(SEED_SECONDS) != Ended("seed", 0):
        raise CannotRunError(
            "The demo users were not created; what went wrong is said above.\n"
            f"Once it is mended, create them with:\n  {shlex.join(programs.seed)}"
        )
    _say(f"Database: {path}, new, with the demo users user1, user2 and user3.")


def _address_when_listening(settings: conf.Settings, household: Household) -> str:
    """The address that the server announces."""
    match household.next_event(START_SECONDS):
        case Listening(address):
            return _reachable(address)
        case Ended(_, status):
            raise CannotRunError(_why_no_server(settings, status))
    raise CannotRunError(f"The server did not listen within {START_SECONDS} seconds.")


def _why_no_server(settings: conf.Settings, status: int) -> str:
    """What to tell when the server has ended at once."""
    if settings.port and _is_answered(settings.host, settings.port):
        return (
            f"Port {settings.port} is taken: something listens on {settings.host} already.\n"
            "If it is a MiniChat server, it can be joined; another one needs another port:\n"
            "  PORT=8091 make run"
        )
    return f"The server ended at once, with status {status}; what went wrong is said above."


def _is_answered(host: str, port: int) -> bool:
    """Whether somebody takes connections there."""
    try:
        socket.create_connection((host, port), timeout=PROBE_SECONDS).close()
    except OSError:
        return False
    return True


def _reachable(address: str) -> str:
    """An address to connect to: where the server listens on all, this machine's own."""
    host, _, port = address.rpartition(":")
    return {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host) + ":" + port  # noqa: S104


def _how_to_join(settings: conf.Settings, address: str) -> str:
    host, _, port = address.rpartition(":")
    return (
        f"Server: listening on {address}; its data is in {settings.data_dir}.\n"
        "To join from a terminal:\n"
        f"  nc {host.strip('[]')} {port}\n"
        "and there type, each with Enter:\n"
        "  0001|user3|111111\n"
        "  0002|user3|hello"
    )


def _open_windows(programs: Programs, household: Household, address: str) -> None:
    if not _has_display():
        _say("There is no display here, so no windows are opened.")
        return
    for user in DEMO_WINDOWS:
        name = f"window of {user}"
        whose = ("--server", address, "--user", user)
        # Also where one of somebody else's server is open already, as the same user.
        household.start(name, [*programs.client, *whose, "--new-window"])
    _say(f"Two windows are opening, for {' and '.join(DEMO_WINDOWS)}; the password is 111111.")


def _has_display() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _wait_for_the_end(household: Household) -> None:
    """Say what happens until somebody wants to stop, or there is no server any more."""
    while True:
        match household.next_event():
            case Ended("server", 0):
                _say("The server has stopped.")
                return
            case Ended("server", status):
                raise CannotRunError(
                    f"The server has ended with status {status}; what went wrong is said above.\n"
                    "Messages it acknowledged are stored. To go on:  make run"
                )
            case Ended(name, 0):
                _say(f"The {name} is closed. The server goes on; Ctrl-C stops it.")
            case Ended(name, status):
                _say(f"The {name} ended with status {status}, as said above. The server goes on.")


@contextlib.contextmanager
def _signals_become_events(household: Household) -> Iterator[None]:
    """While it lasts, a signal to stop is an event like any other, however often it comes."""

    def wanted(_number: int, _frame: FrameType | None) -> None:
        household.events.put(StopWanted())

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # The last is Windows's, SIGHUP is not.
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before: dict[Any, Any] = {number: signal.signal(number, wanted) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say(text: str) -> None:
    print(text, flush=True)


def _fail(text: str, status: int) -> int:
    print(text, file=sys.stderr, flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
