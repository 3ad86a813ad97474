"""``minichat-server``: arguments, logging, signals, exit status.

Standard output has one line, ``listening on HOST:PORT``, for each listener, once the server is
ready, and then ``health on HOST:PORT`` if it can be asked how it is; everything else goes to
standard error. Exit status: 0 stopped when asked to; 1 could not start, or could not stop in good
order because the database does not answer; 2 wrong arguments or settings.
"""

import argparse
import contextlib
import gc
import logging
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import conf
from reactor.acceptor import ListenError
from reactor.logs import log_to_stderr
from reactor.server import Server
from reactor.storage import DatabaseRefused, StorageUnavailable

log = logging.getLogger(__name__)

# Descriptors beside those of clients: listeners, the selector, the database and its log, and the
# few connections that ask for health.
OTHER_DESCRIPTORS = 64

# Objects that are made before cycles are looked for among them: those of a thousand messages.
GARBAGE_AFTER = 10_000

# And so many times that, before they are looked through once more: a crowd that logs in is all new,
# and each look is to be a few milliseconds of a turn.
GARBAGE_AGAIN_AFTER = 2

# SIGBREAK is Windows's: a closed console, and all that another program can send there.
_STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")

_OPTIONS = ("host", "port", "legacy_port", "database_url", "data_dir")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the server; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        settings = conf.load(options.config, _overrides(options))
    except conf.SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    if options.check_config:
        print("the settings are right", file=sys.stderr)
        return 0
    log_to_stderr(settings.log_level)
    _allow_descriptors(settings.max_connections + OTHER_DESCRIPTORS)
    return _serve(settings, new_epoch=options.new_epoch)


def _serve(settings: conf.Settings, *, new_epoch: bool) -> int:
    try:
        server = Server(settings, new_epoch=new_epoch)
    except (ListenError, StorageUnavailable, DatabaseRefused, ValueError) as error:
        print(f"minichat-server: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("minichat-server: interrupted before it was ready", file=sys.stderr)
        return 1
    _collect_garbage_rarely()
    with _stopping_on_signals(server):
        for address in server.addresses:
            print(f"listening on {address}", flush=True)
        for address in server.health_addresses:
            print(f"health on {address}", flush=True)
        ended = server.run()
    if ended:
        return 0
    logging.shutdown()
    os._exit(1)  # the interpreter would wait for the thread that hangs


def _collect_garbage_rarely() -> None:
    """Look for cycles among what has come to stay, not among the messages of a moment.

    A message is some ten objects, and none of them is in a cycle; Python's own threshold has them
    all looked through again and again while they wait for their commit. What is there before the
    first client is not looked at any more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER, GARBAGE_AGAIN_AFTER, gc.get_threshold()[2])


def _allow_descriptors(wanted: int) -> None:
    """Raise this process's limit of open files as far as it may: shells give 1,024 or fewer."""
    if sys.platform == "win32":
        return  # it has no such limit
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):  # macOS has a lower limit than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@contextlib.contextmanager
def _stopping_on_signals(server: Server) -> Iterator[None]:
    """While it lasts, the first signal to stop stops the server; no other one does harm."""
    numbers = [getattr(signal, name) for name in _STOP_SIGNALS if hasattr(signal, name)]

    def stop(*_: object) -> None:
        # Ours rather than SIG_IGN: of two that come at once, Python reports the ignored one.
        for number in numbers:
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(-1)
        server.loop.call_soon_threadsafe(server.stop)

    # The number is written to the loop's wake-up too: on Windows nothing else ends its wait.
    signal.set_wakeup_fd(server.loop.wake_up_fileno, warn_on_full_buffer=False)
    for number in numbers:
        signal.signal(number, stop)
    yield
    # Ignored by the system itself: at its very end the interpreter gives up its own handlers.
    for number in numbers:
        signal.signal(number, signal.SIG_IGN)


def _overrides(options: argparse.Namespace) -> dict[str, object]:
    given = {name: getattr(options, name) for name in _OPTIONS}
    return {name: value for name, value in given.items() if value is not None}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="minichat-server",
        description="The server of MiniChat.",
        epilog="Every setting, with its default, is in conf/default.toml.",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML")
    parser.add_argument("--host", metavar="H", help="address to listen on")
    parser.add_argument("--port", metavar="N", help="port to listen on; 0 takes a free one")
    parser.add_argument(
        "--database", dest="database_url", metavar="URL", help="sqlite:///… or mysql://…"
    )
    parser.add_argument("--data-dir", metavar="DIR", help="where the SQLite database is")
    parser.add_argument(
        "--legacy-port", metavar="N", help="port for clients that end no line, or off"
    )
    parser.add_argument(
        "--new-epoch",
        action="store_true",
        help="the database was put back from a backup: have clients forget what they have of it",
    )
    parser.add_argument(
        "--check-config", action="store_true", help="check the settings, and do not start"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
