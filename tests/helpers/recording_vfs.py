"""A file layer under SQLite that writes down what SQLite asks of the disk, and can refuse it.

SQLite reaches files through a "VFS". While :func:`recording` is entered, the default VFS is a copy
of the real one in which every opened file has a copy of its method table, with writing, truncating
and syncing replaced by functions of ours; they record and then call the real ones. Everything else
is SQLite's own. It is registered in the very library that Python's ``sqlite3`` is linked to.

What goes past it: the ``-shm`` file (shared memory, made anew from the log after a crash) and
temporary files without a name.

Where that library cannot be reached, because it is built into Python and hidden, the tests fail,
unless the variable MINICHAT_TESTS_WITHOUT says ``recording``.
"""

import contextlib
import ctypes
import importlib.util
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest

OK = 0
# What SQLite answers when the disk fails it.
FULL = 13
IOERR_WRITE = 778
IOERR_FSYNC = 1034
IOERR_TRUNCATE = 1546

ENCODING = "utf-8"


class Write(NamedTuple):
    file: str
    offset: int
    data: bytes


class Truncate(NamedTuple):
    file: str
    size: int


class Sync(NamedTuple):
    file: str


class FailedSync(NamedTuple):
    """A sync that was refused: what it was to save may be saved, or lost for good."""

    file: str


class Delete(NamedTuple):
    """``synced``: the directory was synced at once."""

    file: str
    synced: bool


class Mark(NamedTuple):
    """Put between the others by a test."""

    what: Any


Event: TypeAlias = Write | Truncate | Sync | FailedSync | Delete | Mark
Refuse: TypeAlias = Callable[[Event], int]
"""Called before an operation; what it returns, if not OK, is the answer instead of doing it."""


def refuse_nothing(event: Event) -> int:
    return OK


# --- SQLite's structures, from sqlite3.h

_Open = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
)
_Delete = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_Write = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs``; a copy of the real one is as long as its version says."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 9),  # xAccess to xCurrentTime and xGetLastError
        ("since_2", ctypes.c_void_p),
        ("since_3", ctypes.c_void_p * 3),
    ]


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods``"""

    _fields_ = [
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("sync", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 7),  # xFileSize to xDeviceCharacteristics
        ("since_2", ctypes.c_void_p * 4),
        ("since_3", ctypes.c_void_p * 2),
    ]


def _copy(structure: type[Any], address: int) -> Any:
    """A copy of the structure at *address*; what its version does not have yet stays zero."""
    version = ctypes.c_int.from_address(address).value
    size = {1: structure.since_2.offset, 2: structure.since_3.offset}.get(
        version, ctypes.sizeof(structure)
    )
    copy = structure()
    ctypes.memmove(ctypes.addressof(copy), address, size)
    copy.version = min(version, 3)
    return copy


# --- the layer

# What a connection that a failing test leaves open would still call: kept to the process's end.
_in_use: list[object] = []


class RecordingVfs:
    """What was asked of the disk, in order.

    Attributes:
        events: to be read, and cleared, by the test.
        refuse: asked before every operation. A refused write has written its first half, as on a
            disk that fills up, and that half is recorded.
    """

    def __init__(self, library: ctypes.CDLL) -> None:
        self.events: list[Event] = []
        self.refuse: Refuse = refuse_nothing
        self._library = library
        self._names: dict[int, str] = {}
        self._tables: dict[int, tuple[_Methods, _Methods]] = {}
        self._real_address = library.sqlite3_vfs_find(None)
        self._real = _copy(_Vfs, self._real_address)
        self._vfs = _copy(_Vfs, self._real_address)
        self._vfs.name = b"recording"
        self._callbacks = {
            "open": _Open(self._open),
            "delete": _Delete(self._delete),
            "write": _Write(self._write),
            "truncate": _Truncate(self._truncate),
            "sync": _Sync(self._sync),
        }
        for name in ("open", "delete"):
            setattr(self._vfs, name, self._address(name))

    def mark(self, what: object) -> None:
        """Record that *what* happened now."""
        self.events.append(Mark(what))

    def register(self) -> None:
        self._library.sqlite3_vfs_register(ctypes.addressof(self._vfs), 1)
        _in_use.append(self)

    def unregister(self) -> None:
        self._library.sqlite3_vfs_register(self._real_address, 1)
        self._library.sqlite3_vfs_unregister(ctypes.addressof(self._vfs))

    def _address(self, name: str) -> int | None:
        return ctypes.cast(self._callbacks[name], ctypes.c_void_p).value

    # --- called by SQLite

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        code = int(_Open(self._real.open)(vfs, name, file, flags, out))
        methods = ctypes.c_void_p.from_address(file)
        if code == OK and name is not None and methods.value:
            self._names[file] = _text_at(name)
            methods.value = ctypes.addressof(self._table(methods.value)[1])
        return code

    def _table(self, address: int) -> tuple[_Methods, _Methods]:
        """The method table at *address*, and the copy of it that records."""
        for real, copy in self._tables.values():
            if ctypes.addressof(copy) == address:
                return real, copy
        if address not in self._tables:
            real, copy = _copy(_Methods, address), _copy(_Methods, address)
            for name in ("write", "truncate", "sync"):
                setattr(copy, name, self._address(name))
            self._tables[address] = real, copy
        return self._tables[address]

    def _real_methods(self, file: int) -> _Methods:
        address = ctypes.c_void_p.from_address(file).value
        assert address is not None
        return self._table(address)[0]

    def _write(self, file: int, data: int, size: int, offset: int) -> int:
        event = Write(self._names[file], offset, ctypes.string_at(data, size))
        refused = self.refuse(event)
        if refused:
            size //= 2
        self.events.append(event._replace(data=event.data[:size]))
        code = int(_Write(self._real_methods(file).write)(file, data, size, offset))
        return refused or code

    def _truncate(self, file: int, size: int) -> int:
        event = Truncate(self._names[file], size)
        if refused := self.refuse(event):
            return refused
        self.events.append(event)
        return int(_Truncate(self._real_methods(file).truncate)(file, size))

    def _sync(self, file: int, flags: int) -> int:
        event = Sync(self._names[file])
        if refused := self.refuse(event):
            self.events.append(FailedSync(event.file))
            return refused
        code = int(_Sync(self._real_methods(file).sync)(file, flags))
        self.events.append(event)
        return code

    def _delete(self, vfs: int, name: int, sync_directory: int) -> int:
        event = Delete(_text_at(name), bool(sync_directory))
        if refused := self.refuse(event):
            return refused
        code = int(_Delete(self._real.delete)(vfs, name, sync_directory))
        self.events.append(event)
        return code


def _text_at(address: int) -> str:
    return ctypes.string_at(address).decode(ENCODING)


# --- finding the library


def library() -> ctypes.CDLL | None:
    """SQLite, as Python's ``sqlite3`` has it loaded; None where it cannot be reached."""
    for path in _candidates():
        with contextlib.suppress(OSError, AttributeError):
            found = ctypes.CDLL(path)
            if _is_pythons_own(found):
                return found
    return None


def _candidates() -> Iterator[str | None]:
    """Where the functions may be: the extension (and, but for Windows, what it is linked to)."""
    spec = importlib.util.find_spec("_sqlite3")
    if spec is not None and spec.has_location and spec.origin:
        if sys.platform == "win32":
            yield str(Path(spec.origin).with_name("sqlite3.dll"))
        yield spec.origin
    if sys.platform != "win32":
        yield None  # built into the program itself


def _is_pythons_own(found: ctypes.CDLL) -> bool:
    found.sqlite3_sourceid.restype = ctypes.c_char_p
    found.sqlite3_vfs_find.restype = ctypes.c_void_p
    found.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
    found.sqlite3_vfs_register.argtypes = [ctypes.c_void_p, ctypes.c_int]
    found.sqlite3_vfs_unregister.argtypes = [ctypes.c_void_p]
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        (source,) = connection.execute("SELECT sqlite_source_id()").fetchone()
    return bool(found.sqlite3_sourceid().decode(ENCODING) == source)


@contextlib.contextmanager
def recording() -> Iterator[RecordingVfs]:
    """Record all connections that are opened meanwhile; they must be closed at the end."""
    found = library()
    assert found is not None, "Python's SQLite is hidden inside Python"
    vfs = RecordingVfs(found)
    vfs.register()
    try:
        yield vfs
    finally:
        vfs.refuse = refuse_nothing
        vfs.unregister()


@pytest.fixture
def recorder() -> Iterator[RecordingVfs]:
    """What SQLite asks of the disk during this test."""
    if "recording" in os.environ.get("MINICHAT_TESTS_WITHOUT", "").split(","):
        pytest.skip("MINICHAT_TESTS_WITHOUT=recording")
    if library() is None:
        pytest.fail(
            "This Python has SQLite built in and hidden, so that no file layer can be put under "
            "it: use a Python that is linked to the system's SQLite, or leave these tests out "
            "with MINICHAT_TESTS_WITHOUT=recording"
        )
    with recording() as vfs:
        yield vfs
