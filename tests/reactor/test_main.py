"""``minichat-server``: arguments become settings, mistakes an exit status, signals a stop."""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

import conf
from reactor import __main__ as program
from reactor.acceptor import ListenError
from reactor.loop import Loop
from reactor.storage import DatabaseRefused, StorageUnavailable


class FakeServer:
    """Keeps its settings, and runs until it is told to stop; ``error`` is raised at the start."""

    made: ClassVar[list["FakeServer"]] = []
    error: ClassVar[BaseException | None] = None
    ends: ClassVar[bool] = True

    def __init__(self, settings: conf.Settings, *, new_epoch: bool) -> None:
        if self.error is not None:
            raise self.error
        self.settings = settings
        self.new_epoch = new_epoch
        self.addresses = ["127.0.0.1:8090", "[::1]:8091"]
        self.health_addresses: list[str] = []
        if settings.health_port is not None:
            self.health_addresses.append("127.0.0.1:8092")
        self.loop = Loop()
        self.stops = 0
        self.made.append(self)

    def stop(self) -> None:
        self.stops += 1
        self.loop.stop()

    def run(self) -> bool:
        self.loop.call_soon(signal.raise_signal, signal.SIGTERM)
        self.loop.call_soon(signal.raise_signal, signal.SIGINT)
        self.loop.run()
        self.loop.close()
        return self.ends


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing of this process is changed in the end, and no directory but the test's own."""
    monkeypatch.setattr(program, "Server", FakeServer)
    monkeypatch.setattr(program, "log_to_stderr", lambda level: None)
    monkeypatch.setattr(FakeServer, "made", [])
    monkeypatch.setenv("MINICHAT_DATA_DIR", str(tmp_path))
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    signal.set_wakeup_fd(-1)
    for number, handler in before:
        signal.signal(number, handler)


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The limit of open files, as the system would have it."""
    resource = pytest.importorskip("resource")
    limits: dict[str, Any] = {"now": (1024, 5000), "set": []}
    monkeypatch.setattr(resource, "getrlimit", lambda which: limits["now"])
    monkeypatch.setattr(resource, "setrlimit", lambda which, to: limits["set"].append(to))
    return limits


@pytest.mark.usefixtures("limits")
def test_it_says_where_it_listens_and_stops_on_signals(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each listener, nothing else on standard output; a second signal does no harm."""
    assert program.main([]) == 0
    (server,) = FakeServer.made
    assert server.stops == 1
    assert capsys.readouterr().out == "listening on 127.0.0.1:8090\nlistening on [::1]:8091\n"


@pytest.mark.usefixtures("limits")
def test_it_says_where_it_can_be_asked_for_its_health(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Behind the listeners, and in other words: scripts count the lines for clients."""
    monkeypatch.setenv("MINICHAT_HEALTH_PORT", "0")
    assert program.main([]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[1:] == ["listening on [::1]:8091", "health on 127.0.0.1:8092", ""]


@pytest.mark.usefixtures("limits")
@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows blocks no signals")
def test_two_signals_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C reaches whoever started us too, who may send SIGTERM at the same moment."""

    def raise_both() -> None:
        both = {signal.SIGINT, signal.SIGTERM}
        signal.pthread_sigmask(signal.SIG_BLOCK, both)
        for number in both:
            os.kill(os.getpid(), number)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, both)

    def run(self: FakeServer) -> bool:
        self.loop.call_soon(raise_both)
        self.loop.run()
        self.loop.close()
        return True

    unraisable: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", unraisable.append)
    monkeypatch.setattr(FakeServer, "run", run)
    assert program.main([]) == 0
    (server,) = FakeServer.made
    assert server.stops == 1
    assert unraisable == []


@pytest.mark.usefixtures("limits")
def test_windows_own_signal_stops_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what a closed console sends, and all that one program can send to another there."""
    stand_in = signal.SIGABRT
    monkeypatch.setattr(signal, "SIGBREAK", stand_in, raising=False)
    handled: list[int] = []
    set_handler = signal.signal
    monkeypatch.setattr(
        signal, "signal", lambda number, to: (handled.append(number), set_handler(number, to))
    )
    before = signal.getsignal(stand_in)
    try:
        assert program.main([]) == 0
    finally:
        set_handler(stand_in, before)
    assert stand_in in handled


@pytest.mark.usefixtures("limits")
@pytest.mark.parametrize(
    ("arguments", "key", "value"),
    [
        (["--host", "::1"], "host", "::1"),
        (["--port", "0"], "port", 0),
        (["--legacy-port", "8091"], "legacy_port", 8091),
        (["--legacy-port", "off"], "legacy_port", None),
        (["--data-dir", "/var/lib/x"], "data_dir", Path("/var/lib/x").absolute()),
        (["--database", "mysql://u:p@h/d"], "database_url", "mysql://u:p@h/d"),
        ([], "port", 8090),
    ],
)
def test_arguments_are_settings(arguments: list[str], key: str, value: object) -> None:
    """Those that are not given are as in the files."""
    assert program.main(arguments) == 0
    assert getattr(FakeServer.made[0].settings, key) == value


@pytest.mark.usefixtures("limits")
def test_a_new_epoch(tmp_path: Path) -> None:
    """Only when it is asked for: it makes all clients forget what they have."""
    for arguments, expected in (([], False), (["--new-epoch"], True)):
        assert program.main([*arguments, "--data-dir", str(tmp_path)]) == 0
        assert FakeServer.made[-1].new_epoch is expected


@pytest.mark.usefixtures("limits")
def test_a_file_of_settings(tmp_path: Path) -> None:
    """The command line counts over it."""
    file = tmp_path / "x.toml"
    file.write_text('port = 1\nhost = "::1"\n', encoding="utf-8")
    assert program.main(["--config", str(file), "--port", "2"]) == 0
    settings = FakeServer.made[0].settings
    assert (settings.host, settings.port) == ("::1", 2)


def test_checking_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    """Says so without starting."""
    assert program.main(["--check-config"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "right" in said.err
    assert not FakeServer.made


@pytest.mark.parametrize("check", [["--check-config"], []])
def test_wrong_settings(check: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Are named, with what is allowed; the server does not start."""
    assert program.main(["--port", "99999", *check]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--port" in said.err
    assert "from 0 to 65535" in said.err
    assert not FakeServer.made


@pytest.mark.parametrize("arguments", [["--prot", "1"], ["extra"], ["--port"]])
def test_wrong_arguments(arguments: list[str]) -> None:
    """The same status."""
    with pytest.raises(SystemExit) as caught:
        program.main(arguments)
    assert caught.value.code == 2


@pytest.mark.usefixtures("limits")
@pytest.mark.parametrize(
    "error",
    [
        ListenError("cannot listen on 127.0.0.1:80: Permission denied"),
        StorageUnavailable("the database is away"),
        DatabaseRefused("it is of a newer version"),
        ValueError("no such database"),
    ],
)
def test_what_keeps_it_from_starting(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Is said in a line, without a traceback, by its name."""
    monkeypatch.setattr(FakeServer, "error", error)
    assert program.main([]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"minichat-server: {error}\n"


@pytest.mark.usefixtures("limits")
def test_interrupted_before_it_is_ready(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As when a database takes long to answer: no traceback."""
    monkeypatch.setattr(FakeServer, "error", KeyboardInterrupt())
    assert program.main([]) == 1
    assert "interrupted" in capsys.readouterr().err


@pytest.mark.usefixtures("limits")
def test_a_thread_that_hangs_does_not_keep_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interpreter would wait for it: the process ends without, and says that by its status."""
    statuses: list[int] = []
    monkeypatch.setattr(FakeServer, "ends", False)
    monkeypatch.setattr(program.logging, "shutdown", lambda: None)
    monkeypatch.setattr(program.os, "_exit", statuses.append)
    program.main([])
    assert statuses == [1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize(
    ("now", "wanted", "set_to"),
    [
        ((1024, 5000), 3000, [(3000, 5000)]),
        ((1024, 5000), 9000, [(5000, 5000)]),
        ((1024, -1), 9000, [(9000, -1)]),
        ((4000, 5000), 3000, []),
        ((-1, -1), 3000, []),
    ],
)
def test_descriptors_are_allowed(
    limits: dict[str, Any], now: tuple[int, int], wanted: int, set_to: list[tuple[int, int]]
) -> None:
    """As many as it may have, and never fewer than it had."""
    import resource

    limits["now"] = tuple(resource.RLIM_INFINITY if n < 0 else n for n in now)
    program._allow_descriptors(wanted)
    expected = [tuple(resource.RLIM_INFINITY if n < 0 else n for n in pair) for pair in set_to]
    assert limits["set"] == expected


def test_garbage_is_looked_for_among_what_comes_and_stays() -> None:
    """Not among the messages of a moment, nor what was there before."""
    assert program.main([]) == 0
    assert gc.get_threshold()[:2] == (program.GARBAGE_AFTER, program.GARBAGE_AGAIN_AFTER)
    assert gc.get_freeze_count() > 0
