"""The architecture as a test: who may import whom, and the other rules that a program can check.

`ROOMS` is the table that ARCHITECTURE.md explains. The last tests show that each rule would
notice: they feed it small programs that break it.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.imports import (
    Import,
    Sources,
    callers_of_method,
    catch_alls,
    cycle,
    functions,
    imports,
    is_within,
    read_sources,
)

ROOT = Path(__file__).parents[1]

# What touches the world outside a program, or waits for it.
SOCKETS = (
    "socket",
    "ssl",
    "selectors",
    "select",
    "socketserver",
    "asyncio",
    "http",
    "urllib.request",
)
THREADS = ("threading", "_thread", "concurrent", "multiprocessing", "subprocess", "queue")
CLOCK = ("time", "sched")
DISK = ("sqlite3", "shelve", "dbm")


@dataclass(frozen=True)
class Room:
    """What a module may import: of the project, of other people's, and not of Python's own."""

    project: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


# The server's logic: it decides, and neither waits nor touches the world. What it needs from
# there comes in by constructor, so `loop` and `workers` give it their types and errors only.
LOGIC = (
    "reactor.accounts",
    "reactor.archive",
    "reactor.coalescing",
    "reactor.command",
    "reactor.commands",
    "reactor.device_logins",
    "reactor.devices",
    "reactor.dialects",
    "reactor.doubts",
    "reactor.entries",
    "reactor.indexing",
    "reactor.journal",
    "reactor.lines",
    "reactor.memberships",
    "reactor.presence",
    "reactor.read_marks",
    "reactor.recovery",
    "reactor.resume",
    "reactor.rooms",
    "reactor.rota",
    "reactor.rows",
    "reactor.seam",
    "reactor.services",
    "reactor.session",
    "reactor.sessions",
    "reactor.silence",
    "reactor.stores",
    "reactor.throttle",
    "reactor.typing_notices",
)
LOGIC_ROOM = Room(
    project=(
        *LOGIC,
        "wire",
        "reactor.records",
        "reactor.passwords",
        "reactor.loop",
        "reactor.workers",
    ),
    without=SOCKETS + THREADS + CLOCK + DISK,
)

# What the client knows, without a window, a socket or a clock.
PLAIN = ("client_gui.address", "client_gui.changes", "client_gui.events", "client_gui.items")
KNOWLEDGE = Room(project=(*PLAIN, "wire"), without=SOCKETS + THREADS + CLOCK)
LOG = Room(project=(*PLAIN, "client_gui.log", "wire"), without=KNOWLEDGE.without)
STATE = Room(
    project=(*PLAIN, "client_gui.log", "client_gui.state", "wire"), without=KNOWLEDGE.without
)

# When somebody is told of something: neither a window nor a clock of its own.
NOTICING = Room(project=(*PLAIN, "client_gui.rights"), without=KNOWLEDGE.without)

# The client's end of the connection: sockets, but no Qt.
AROUND_IT = ("client_gui.link.fitting", "client_gui.link.heartbeat")
LINE = ("client_gui.link.connection", "client_gui.link.lookup", "client_gui.link.mailbox")
LINE_ROOM = Room(project=(*LINE, *AROUND_IT, *PLAIN, "wire"))

# The longest name that a module is within counts.
ROOMS: dict[str, Room] = {
    "wire": Room(project=("wire",), without=SOCKETS + THREADS + CLOCK + DISK),
    "models": Room(libraries=("peewee",)),
    "conf": Room(
        project=("conf",),
        libraries=("pydantic", "pydantic_core", "pydantic_settings", "platformdirs"),
        without=SOCKETS + THREADS,
    ),
    # reactor: the loop, and what sits on sockets and threads
    "reactor": Room(),
    "reactor.loop": Room(),
    "reactor.acceptor": Room(project=("reactor.loop",)),
    "reactor.send_queues": Room(),
    "reactor.socket_options": Room(),
    "reactor.transport": Room(project=("reactor.loop", "reactor.send_queues")),
    "reactor.health": Room(
        project=("reactor.acceptor", "reactor.loop", "reactor.send_queues", "reactor.transport")
    ),
    "reactor.workers": Room(project=("reactor.loop",)),
    # reactor: the logic
    **dict.fromkeys(LOGIC, LOGIC_ROOM),
    # reactor: the database, and passwords
    "reactor.records": Room(without=SOCKETS + THREADS),
    "reactor.passwords": Room(project=("wire",), libraries=("argon2",)),
    "reactor.durable_files": Room(without=SOCKETS + THREADS),
    "reactor.database_failures": Room(libraries=("peewee",), without=SOCKETS + THREADS),
    "reactor.database": Room(
        project=("reactor.database_failures", "reactor.durable_files"),
        libraries=("peewee", "playhouse", "pymysql"),
    ),
    "reactor.connection": Room(
        project=("reactor.database", "reactor.database_failures"), libraries=("peewee",)
    ),
    "reactor.migrations": Room(
        project=(
            "reactor.migrations",
            "reactor.database",
            "reactor.database_failures",
            "reactor.passwords",
            "wire",
        ),
        libraries=("peewee", "playhouse"),
    ),
    "reactor.lost_commits": Room(project=("reactor.records",), without=SOCKETS),
    "reactor.storage": Room(
        project=(
            "models",
            "reactor.connection",
            "reactor.database",
            "reactor.database_failures",
            "reactor.lost_commits",
            "reactor.migrations",
            "reactor.records",
            "reactor.storage",
            "wire",
        ),
        libraries=("peewee", "playhouse"),
    ),
    # reactor: where it is put together, and started
    "reactor.logs": Room(),
    "reactor.one_server": Room(),
    "reactor.server": Room(project=("reactor", "conf", "wire")),
    "reactor.__main__": Room(
        project=("conf", "reactor.acceptor", "reactor.logs", "reactor.server", "reactor.storage"),
    ),
    # the client
    "client_gui": Room(
        project=("client_gui", "wire", "conf"), libraries=("PyQt5",), without=SOCKETS
    ),
    "client_gui.__main__": Room(
        project=("client_gui", "wire", "conf"), libraries=("PyQt5", "platformdirs"), without=SOCKETS
    ),
    "client_gui.desktop.system_theme": Room(libraries=("PyQt5", "darkdetect"), without=SOCKETS),
    "client_gui.widgets.icons": Room(libraries=("PyQt5", "qtawesome"), without=SOCKETS),
    **dict.fromkeys(
        (*PLAIN, "client_gui.backoff", "client_gui.clock_watch", "client_gui.doctor", *AROUND_IT),
        KNOWLEDGE,
    ),
    "client_gui.matching": Room(
        project=("wire",), libraries=("pypinyin",), without=KNOWLEDGE.without
    ),
    "client_gui.log": LOG,
    "client_gui.state": STATE,
    "client_gui.noticing": NOTICING,
    **dict.fromkeys(LINE, LINE_ROOM),
    "client_gui.link.probe": LINE_ROOM,
    # what is known of emoji, and what is being completed: no Qt
    "client_gui.completion": KNOWLEDGE,
    "client_gui.emoji_groups": Room(without=KNOWLEDGE.without),
    "client_gui.emoji_names": Room(
        project=("client_gui.emoji_groups", "wire"),
        libraries=("emoji",),
        without=KNOWLEDGE.without,
    ),
    # a signal wakes Qt through a pair of sockets
    "client_gui.desktop.interrupt": Room(libraries=("PyQt5.QtCore",)),
    "client_gui.desktop.keyring_tokens": Room(
        project=("client_gui.desktop.side_thread", "wire"), libraries=("PyQt5.QtCore", "keyring")
    ),
    "client_gui.link.link": Room(project=("client_gui", "wire"), libraries=("PyQt5.QtCore",)),
    "client_gui.link.arrivals": Room(project=("client_gui.link",), libraries=("PyQt5.QtCore",)),
    # what is run by hand
    "scripts": Room(
        project=(
            "scripts",
            "models",
            "conf",
            "wire",
            "reactor.storage",
            "reactor.records",
            "reactor.passwords",
        )
    ),
    "scripts.run": Room(project=("conf",)),
    "bench": Room(),
    "bench.client": Room(
        project=("bench.client", "client_gui", "wire"), libraries=("PyQt5", "tests")
    ),
    "bench.server": Room(project=("bench.server",)),
    # runs with the code of the server that is measured
    "bench.server.seeding": Room(
        project=("models", "wire", "reactor.connection", "reactor.database", "reactor.storage")
    ),
    "bench.server.large_database": Room(
        project=(
            *("models", "reactor.connection", "reactor.database", "reactor.storage"),
            *("reactor.records", "bench.server"),
        )
    ),
    "bench.server.place": Room(
        project=("bench.server", "reactor.storage", "reactor.records", "reactor.passwords")
    ),
    "bench.server.large_room": Room(
        project=("reactor.storage", "reactor.records", "bench.server"),
    ),
}

HOUSES = ("wire", "models", "conf", "reactor", "client_gui", "scripts", "bench")

FILE_LINES = 400
FUNCTION_LINES = 60
# Those that may be longer, each with the reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}

# Modules without a test file of their own, each with the reason. What a package's __init__ or a
# __main__ does is tested with the modules they put together.
WITHOUT_TEST_FILE: dict[str, str] = {
    "wire.limits": "numbers, tested where they bound something",
    "wire.messages.requests": "fields, tested in test_codec.py, each message of them",
    "wire.messages.answers": "likewise",
    "wire.messages.events": "likewise",
    "wire.messages.registry": "likewise",
    "wire.reasons": "words; test_codec.py sees that each is given, and none that is not here",
    "wire.errors": "says who is to blame; tested where that is raised",
    "reactor.database_failures": "names; test_connection.py and test_database.py meet each of them",
    "reactor.records": "plain values without behaviour",
    "reactor.storage.part": "how queries are run; tested by every part of the storage",
    "reactor.services": "plain values without behaviour",
    "reactor.stores": "types; what they stand for is tested with the storage",
    "reactor.migrations.0001_users": "test_migrations.py has them all, one after the other",
    "reactor.migrations.0002_rooms_and_messages": "likewise",
    "reactor.migrations.0003_members_and_changes": "likewise",
    "reactor.migrations.0004_search": "likewise",
    **dict.fromkeys(
        (
            "bench.client.figures",
            "bench.client.scenes",
            "bench.client.started",
            "bench.client.talker",
            "bench.client.whole_client",
        ),
        "client/test_main.py runs all of it, with little of everything",
    ),
    **dict.fromkeys(
        (
            "bench.server.calibration",
            "bench.server.connections",
            "bench.server.fanout",
            "bench.server.load",
            "bench.server.messages",
            "bench.server.minichat",
            "bench.server.scene",
            "bench.server.seeding",
            "bench.server.side_by_side",
            "bench.server.staying",
        ),
        "server/test_main.py runs all of it, with little of everything",
    ),
    "bench.server.bare_loop": "test_talking.py talks with it",
    "bench.server.passing": "test_fire.py has all of them",
    "bench.server.people": "test_fire.py has all of them",
    "bench.server.place": "test_fire.py happens there",
    "bench.server.one_room": "test_talking.py has all who talk",
    "bench.server.pairs": "test_talking.py has all who talk",
    "bench.server.peers": "test_servers.py starts each that is installed",
    "client_gui.changes": "plain values without behaviour",
    "client_gui.events": "plain values without behaviour",
    "client_gui.items": "plain values without behaviour",
    "client_gui.session_signals": "signals; test_session.py sees each of them",
    "client_gui.widgets.muted_line": "one look; test_restyled.py has them all",
    "client_gui.widgets.note_label": "one look; test_restyled.py has them all",
    "client_gui.widgets.side_list": "one look; test_restyled.py has them all",
    "client_gui.widgets.tinted_frame": "one look; test_restyled.py has them all",
    "client_gui.widgets.title_label": "one look; test_restyled.py has them all",
    "client_gui.widgets.settings_dialog": "presenters/test_settings.py presses each kind",
    "client_gui.widgets.settings_page": "presenters/test_settings.py presses each kind",
    "client_gui.widgets.settings_controls": "presenters/test_settings.py presses each kind",
    "client_gui.widgets.keys_dialog": "presenters/test_settings.py finds what is in it",
    "client_gui.widgets.touched": "plain values without behaviour",
    "client_gui.widgets.conversation": "puts parts together; test_chat_window.py has them all",
    "client_gui.log.records": "plain values without behaviour",
}


@pytest.fixture(scope="module")
def sources() -> Sources:
    """The project's source; the tests are not part of it."""
    return read_sources(ROOT, HOUSES)


# --- The rules -----------------------------------------------------------------------------


def forbidden(sources: Sources) -> list[str]:
    """Every import that the table does not allow."""
    return [
        f"{found.importer}:{found.line} may not import {found.target}"
        for found in imports(sources)
        if not _allowed(found)
    ]


def _allowed(found: Import) -> bool:
    room = ROOMS[_room_of(found.importer)]
    top = found.target.partition(".")[0]
    if top in HOUSES:
        return any(is_within(found.target, name) for name in room.project)
    if top in sys.stdlib_module_names:
        return not any(is_within(found.target, name) for name in room.without)
    return any(is_within(found.target, name) for name in room.libraries)


def _room_of(module: str) -> str:
    return max((name for name in ROOMS if is_within(module, name)), key=len)


def too_long(sources: Sources) -> list[str]:
    """Files and functions beyond the measure, but for those that are named."""
    files = [
        f"{module}: {lines} lines"
        for module, source in sources.items()
        if (lines := source.count("\n")) >= FILE_LINES and module not in LONG_FILES
    ]
    return files + [
        f"{module}.{name}: {lines} lines"
        for module, source in sources.items()
        for name, lines in functions(module, source)
        if lines >= FUNCTION_LINES and f"{module}.{name}" not in LONG_FUNCTIONS
    ]


def within(sources: Sources, *houses: str) -> Sources:
    """The modules of some houses."""
    return {
        module: source
        for module, source in sources.items()
        if any(is_within(module, house) for house in houses)
    }


def without_test_file(sources: Sources, root: Path) -> list[str]:
    """Modules whose mirror in tests/ is missing, but for those that are named."""
    packages = {module.rpartition(".")[0] for module in sources} - {""}
    expected = set(sources) - packages - set(WITHOUT_TEST_FILE)
    return [
        module
        for module in sorted(expected)
        if not module.endswith("__main__") and not _test_file(module, root).exists()
    ]


def _test_file(module: str, root: Path) -> Path:
    *packages, name = module.split(".")
    return root.joinpath("tests", *packages, f"test_{name}.py")


# --- The project keeps them ----------------------------------------------------------------


def test_nobody_imports_what_the_table_does_not_allow(sources: Sources) -> None:
    """A new edge is a decision: it is made in the table above, and explained."""
    assert forbidden(sources) == []


def test_every_name_in_the_table_stands_for_something(sources: Sources) -> None:
    """A room that is gone leaves the table too."""
    known = {name for name in ROOMS if any(is_within(module, name) for module in sources)}
    assert set(ROOMS) - known == set()


def test_every_module_of_the_reactor_has_a_room_of_its_own(sources: Sources) -> None:
    """There, nothing is allowed that was not decided."""
    assert [module for module in within(sources, "reactor") if _room_of(module) == "reactor"] == [
        "reactor"
    ]


def test_no_modules_import_each_other_in_a_circle(sources: Sources) -> None:
    """Each can be read, and tried, with what it stands on alone."""
    assert cycle(sources) == []


def test_lines_are_never_split_by_str(sources: Sources) -> None:
    """`splitlines` also splits on U+2028, U+0085 and others, which people may type."""
    assert callers_of_method(within(sources, "wire", "reactor", "client_gui"), "splitlines") == []


def test_one_place_of_the_server_catches_everything(sources: Sources) -> None:
    """The loop: one client's failure is one client's, and nothing is swallowed elsewhere. A lane
    catches what its work raises only to hand it to the loop."""
    assert catch_alls(within(sources, "reactor")) == ["reactor.loop", "reactor.workers"]


def test_files_and_functions_are_short(sources: Sources) -> None:
    """Short enough to be read at a sitting; an exception is named with its reason."""
    assert too_long(sources) == []


def test_every_module_has_its_test_file(sources: Sources) -> None:
    """tests/ mirrors the source, so everybody knows where to look."""
    assert without_test_file(sources, ROOT) == []


# --- The rules notice ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("wire.framing", "import socket"),
        ("wire.framing", "def f():\n    from time import monotonic"),
        ("wire.framing", "import reactor.loop"),
        ("wire.framing", "from concurrent import futures"),
        ("models", "import playhouse.migrate"),
        ("conf.settings", "import yaml"),
        ("reactor.loop", "from reactor import session"),
        ("reactor.rooms", "import models"),
        ("reactor.rooms", "from selectors import DefaultSelector"),
        ("reactor.commands.chat", "from reactor.storage import Storage"),
        (
            "reactor.commands.chat",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import peewee",
        ),
        ("reactor.storage", "from reactor.session import Session"),
        ("reactor.something_new", "import wire"),
        ("client_gui.state.client_state", "from PyQt5.QtCore import QObject"),
        ("client_gui.state.client_state", "from client_gui.link.link import Link"),
        ("client_gui.link.link", "from PyQt5 import QtWidgets"),
        ("client_gui.widgets.chat", "import reactor.loop"),
        ("client_gui.widgets.chat", "import socket"),
        ("scripts.run", "import reactor.storage"),
        ("scripts.seed_users", "from reactor.server import Server"),
    ],
)
def test_a_forbidden_import_is_noticed(module: str, source: str) -> None:
    """Wherever it stands and however it is written."""
    assert len(forbidden({module: source})) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("wire.framing", "from wire import errors\nimport re"),
        ("reactor.rooms", "from reactor.loop import Loop"),
        ("reactor.commands.chat", "from reactor import rooms"),
        ("reactor.transport", "import socket"),
        ("client_gui.link.link", "from PyQt5.QtCore import QThread\nfrom PyQt5 import QtCore"),
    ],
)
def test_an_allowed_import_is_allowed(module: str, source: str) -> None:
    """So what is noticed is not everything."""
    assert forbidden({module: source}) == []


def test_a_relative_import_is_noticed() -> None:
    """It would hide its target from the table."""
    with pytest.raises(ValueError, match=r"wire\.a:2"):
        forbidden({"wire.a": "\nfrom . import b"})


def test_a_circle_is_noticed() -> None:
    """And told from what hangs on it."""
    circle = {
        "a": "import b.x",
        "b": "",
        "b.x": "def f():\n    from c import name",
        "c": "import a",
        "d": "import a\nimport e",
        "e": "import os",
    }
    assert cycle(circle) == ["a", "b.x", "c"]
    assert cycle(circle | {"c": ""}) == []


def test_splitlines_is_noticed() -> None:
    """On whatever it is called."""
    assert callers_of_method({"a": "x = input().splitlines()\ny = x.split()"}, "splitlines") == [
        "a"
    ]


@pytest.mark.parametrize(
    "caught", ["", " Exception", " BaseException as e", " (OSError, Exception)"]
)
def test_a_catch_all_is_noticed(caught: str) -> None:
    """In every way of writing it."""
    assert catch_alls({"a": f"try:\n    f()\nexcept{caught}:\n    pass"}) == ["a"]
    assert catch_alls({"a": f"try:\n    f()\nexcept{caught}:\n    raise OSError"}) == ["a"]


@pytest.mark.parametrize(
    "handler", ["(OSError, ValueError):\n    pass", "Exception:\n    g()\n    raise"]
)
def test_other_handlers_are_no_catch_alls(handler: str) -> None:
    """Those that name what they catch, and those that tidy up and raise it again."""
    assert catch_alls({"a": f"try:\n    f()\nexcept {handler}"}) == []


def test_length_is_noticed() -> None:
    """The measure itself is too long already."""
    body = "    pass\n"
    assert too_long({"a": "\n" * 400, "b": "\n" * 399}) == ["a: 400 lines"]
    long = "def f():\n" + body * 59
    assert too_long({"a": long, "b": "def g():\n" + body * 58}) == ["a.f: 60 lines"]


def test_a_missing_test_file_is_noticed(tmp_path: Path) -> None:
    """Packages and `__main__` need none."""
    made_up = dict.fromkeys(["wire", "wire.a", "wire.b", "wire.__main__", "wire.limits"], "")
    (tmp_path / "tests" / "wire").mkdir(parents=True)
    (tmp_path / "tests" / "wire" / "test_a.py").touch()
    assert without_test_file(made_up, tmp_path) == ["wire.b"]
