"""What is remembered from one start to the next, and what the settings dialog sets: typed, checked.

Never a password, and never a token: those are for the system's keyring. Each preference is an
attribute; what the file holds and may not be so is as good as not set. Whoever shows what a
preference is about listens to :attr:`Preferences.changed`.
"""

from datetime import time
from typing import Generic, TypeVar, overload

from PyQt5.QtCore import QByteArray, QObject, QSettings, pyqtSignal

from client_gui import accounts
from client_gui.accounts import Accounts
from client_gui.address import MAX_HOST
from wire.limits import MAX_NAME, MAX_SIGN

T = TypeVar("T")

SMALLEST_FONT, LARGEST_FONT = 6, 40
LONGEST_UNDO = 10
MAX_RECENT_EMOJI = 27
"""Three rows of them."""
_CLOCK = "%H:%M"


class _Preference(Generic[T]):
    """One preference: under *key* in the file, *default* where there is none that may be."""

    def __init__(self, key: str, default: T) -> None:
        self.key, self.default = key, default
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, owner: None, kind: type) -> "_Preference[T]": ...
    @overload
    def __get__(self, owner: "Preferences", kind: type) -> T: ...

    def __get__(self, owner: "Preferences | None", kind: type) -> "T | _Preference[T]":
        if owner is None:
            return self
        kept = owner.settings.value(self.key)
        found = None if kept is None else self.read(kept)
        return self.default if found is None else found

    def __set__(self, owner: "Preferences", value: T) -> None:
        if value != self.__get__(owner, type(owner)):
            owner.settings.setValue(self.key, self.written(value))
            owner.changed.emit(self.name)

    def read(self, kept: object) -> T | None:
        """What *kept* means; None if nothing that may be."""
        raise NotImplementedError

    def written(self, value: T) -> object:
        """*value* as the file has it."""
        return value


class _Text(_Preference[str]):
    def __init__(self, key: str, longest: int) -> None:
        super().__init__(key, "")
        self.longest = longest

    def read(self, kept: object) -> str | None:
        return kept[: self.longest] if isinstance(kept, str) else None


class _Choice(_Preference[str]):
    """The first of *choices* is the default."""

    def __init__(self, key: str, *choices: str) -> None:
        super().__init__(key, choices[0])
        self.choices = choices

    def read(self, kept: object) -> str | None:
        return kept if kept in self.choices else None


class _Flag(_Preference[bool]):
    # An INI file has words, the registry of Windows has what was given.
    def read(self, kept: object) -> bool | None:
        return {"true": True, "false": False}.get(str(kept).lower())


class _Number(_Preference[int]):
    """From *least* to *most*, or *default*."""

    def __init__(self, key: str, default: int, least: int, most: int) -> None:
        super().__init__(key, default)
        self.range = range(least, most + 1)

    def read(self, kept: object) -> int | None:
        word = str(kept)
        found = int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None
        return found if found == self.default or found in self.range else None


class _Time(_Preference[time]):
    """Of the day, to the minute."""

    def read(self, kept: object) -> time | None:
        try:
            return time.fromisoformat(kept) if isinstance(kept, str) else None
        except ValueError:
            return None

    def written(self, value: time) -> object:
        return value.strftime(_CLOCK)


class _Accounts(_Preference[Accounts]):
    def read(self, kept: object) -> Accounts | None:
        return accounts.read(kept) if isinstance(kept, str) else None

    def written(self, value: Accounts) -> object:
        return accounts.written(value)


class _Bytes(_Preference[bytes]):
    """What Qt made of a window, for Qt."""

    def read(self, kept: object) -> bytes | None:
        return bytes(kept) if isinstance(kept, QByteArray) else None

    def written(self, value: bytes) -> object:
        return QByteArray(value)


class Preferences(QObject):
    """A typed view of the settings store of the desktop.

    Signals:
        changed(name: str): the attribute of this name has another value.
    """

    changed = pyqtSignal(str)

    server = _Text("login/server", MAX_HOST)
    """The server of the last login, as it was typed; empty before the first."""
    username = _Text("login/username", MAX_NAME)
    """The user of the last login; empty before the first."""
    accounts = _Accounts("login/accounts", ())
    """Who has logged in here, the last one first."""
    language = _Choice("look/language", "", "en", "zh_CN")
    """Empty: as the system."""
    theme = _Choice("look/theme", "system", "light", "dark")
    font_size = _Number("look/font-size", 0, SMALLEST_FONT, LARGEST_FONT)
    """Points; 0 is the system's. Apart from the screen's scale."""
    layout = _Choice("look/layout", "bubbles", "compact")
    """How messages stand."""
    window = _Bytes("look/window", b"")
    """Size and place of the chat window."""
    columns = _Bytes("look/columns", b"")
    """The widths of its columns."""
    send_key = _Choice("writing/send-key", "enter", "ctrl-enter")
    undo_seconds = _Number("writing/undo-seconds", 0, 0, LONGEST_UNDO)
    """Seconds in which a message may be taken back before it goes out; 0: it goes out at once."""
    up_edits = _Flag("writing/up-edits", True)
    """Up in the empty box edits the last message of ours."""
    recent_emoji = _Text("writing/recent-emoji", MAX_RECENT_EMOJI * (MAX_SIGN + 1))
    """Those that were used last, the latest first, between spaces."""
    notify = _Choice("noticing/notify", "all", "mentions", "none")
    """``mentions``: only what names us, and direct messages."""
    notify_preview = _Flag("noticing/preview", True)
    """A notification shows the text, not only who wrote."""
    quiet = _Flag("noticing/quiet-hours", False)
    quiet_from = _Time("noticing/quiet-from", time(22))
    quiet_until = _Time("noticing/quiet-until", time(7))
    close_to_tray = _Flag("noticing/close-to-tray", False)
    """Closing the window leaves the program in the tray, where there is one."""

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
