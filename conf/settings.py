"""What settings there are: their types, their bounds, and what is allowed, in words.

There are no default values here: `conf/default.toml` is the only place that has them, and a test
keeps the two in step. Times are in seconds, sizes in bytes. The description of a field completes
the sentence "it must be ...": errors say it, and so do the comments of the default file.
"""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, LiteralString
from urllib.parse import SplitResult, quote, unquote, urlsplit

import platformdirs
from pydantic import Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

APPLICATION = "minichat"

# Settings whose value may hold a password: never shown in an error, a log or a repr.
SECRET_KEYS = frozenset({"database_url"})

# The types of the errors that are ours and not the library's.
REFUSED = "refused"
OUT_OF_ORDER = "out_of_order"

WRITTEN_AS = "write ? as %3F, # as %23, / as %2F, @ as %40 and % as %25"

# Characters of a user name, as on the wire.
NAME_LENGTH = 32

# Of two settings, the second must be the greater.
ORDERED = {
    "drop_after": "ping_after",
    "send_queue_hard": "send_queue_soft",
    "send_queues_total": "send_queue_hard",
}


def _whole(low: int, high: int, unit: str = "") -> Any:
    """A field for a whole number from `low` to `high`, both allowed."""
    of_unit = f" of {unit}" if unit else ""
    return Field(ge=low, le=high, description=f"a whole number{of_unit} from {low} to {high}")


def _seconds(low: float, high: float) -> Any:
    """A field for a time in seconds from `low` to `high`, both allowed."""
    return Field(ge=low, le=high, description=f"a number of seconds from {low:g} to {high:g}")


def _port_or_off() -> Any:
    """A field for the port of a listener that need not be."""
    return Field(ge=0, le=65535, description='"off" or a whole number from 0 to 65535')


class Settings(BaseSettings):
    """All settings, checked; made by `conf.load`, never changed afterwards.

    What each one means is written in `conf/default.toml`.
    """

    model_config = SettingsConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    host: str = Field(
        pattern=r"^[^\s\[\]/|]{1,253}$",
        description="an IP address or a host name, such as 127.0.0.1, ::1 or chat.example.org",
    )
    port: int = _whole(0, 65535)
    legacy_port: int | None = _port_or_off()
    health_port: int | None = _port_or_off()

    data_dir: Path = Field(description='the path of a directory, or "" for the usual place')
    database_url: str = Field(
        repr=False,
        description="sqlite:///PATH, mysql://USER:PASSWORD@HOST/DATABASE, "
        'mariadb://USER:PASSWORD@HOST/DATABASE, or "" for a file in data_dir',
    )

    lobby_moderators: tuple[Annotated[str, StringConstraints(max_length=NAME_LENGTH)], ...] = Field(
        max_length=1000,
        description='a list of user names, such as ["ann", "bo"]; outside a file, the names with '
        "spaces between them",
    )
    rooms_per_user: int = _whole(0, 1000000)
    directs_per_user: int = _whole(1, 1000000)
    memberships_per_user: int = _whole(1, 1000000)

    max_connections: int = _whole(1, 1000000)
    accepts_per_turn: int = _whole(1, 4096)
    login_deadline: float = _seconds(0.1, 3600)
    ping_after: float = _seconds(0.1, 86400)
    drop_after: float = _seconds(0.1, 86400)
    legacy_pause: float = _seconds(0.01, 10)
    drain_seconds: float = _seconds(0, 300)

    unacknowledged: int = _whole(1, 10000)
    send_queue_soft: int = _whole(1024, 1073741824, "bytes")
    send_queue_hard: int = _whole(1024, 1073741824, "bytes")
    send_queues_total: int = _whole(1024, 1099511627776, "bytes")
    journal_waiting: int = _whole(1, 1000000)
    database_queue: int = _whole(1, 1000000)
    reading_threads: int = _whole(1, 8)
    hashing_threads: int = _whole(1, 8)
    hashing_queue: int = _whole(1, 100000)

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        description='"debug", "info", "warning" or "error"'
    )

    @field_validator("*", mode="before")
    @classmethod
    def _true_is_not_a_number(cls, value: object) -> object:
        """No setting is a truth value, and Python would take `true` for 1."""
        if isinstance(value, bool):
            raise _refused("true and false are not numbers")
        return value

    @field_validator("lobby_moderators", mode="before")
    @classmethod
    def _names_with_spaces_between(cls, value: object) -> object:
        """No user name has a space in it."""
        return tuple(value.split()) if isinstance(value, str) else value

    @field_validator("legacy_port", "health_port", mode="before")
    @classmethod
    def _off_is_none(cls, value: object) -> object:
        return None if value == "off" else value

    @field_validator("data_dir", mode="before")
    @classmethod
    def _absolute_directory(cls, value: object) -> object:
        """The directory with `~` expanded; a relative one starts at the working directory."""
        if value == "":
            return platformdirs.user_data_path(APPLICATION, appauthor=False)
        if not isinstance(value, str | Path):
            return value
        if "\0" in str(value):
            raise _refused("no path holds a NUL character")
        try:
            return Path(value).expanduser().absolute()
        except RuntimeError:
            raise _refused("there is no such home directory") from None

    @field_validator("database_url")
    @classmethod
    def _whole_database_url(cls, value: str, info: ValidationInfo) -> str:
        """The address itself, or that of `minichat.db` in the data directory."""
        if value:
            _check_database_url(value)
            return value
        data_dir = info.data.get("data_dir")
        return sqlite_url(data_dir / "minichat.db") if data_dir else ""

    @field_validator(*ORDERED)
    @classmethod
    def _greater_than_its_lower(cls, value: float, info: ValidationInfo) -> float:
        lower = ORDERED[info.field_name or ""]
        if lower in info.data and value <= info.data[lower]:
            raise PydanticCustomError(OUT_OF_ORDER, "it must be greater", {"than": lower})
        return value

    @field_validator("legacy_port", "health_port")
    @classmethod
    def _not_the_port_of_the_others(cls, value: int | None, info: ValidationInfo) -> int | None:
        # Those that stand before it are known by now.
        if value and value in (info.data.get("port"), info.data.get("legacy_port")):
            raise _refused("another listener has the same; each needs its own")
        return value


def allowed(key: str) -> str:
    """What a value of `key` must be, in words."""
    return Settings.model_fields[key].description or ""


def sqlite_url(path: Path) -> str:
    """The address of an SQLite file, with what an address cannot hold percent-encoded."""
    return "sqlite:///" + quote(path.as_posix(), safe="/:")


def sqlite_path(url: str) -> Path | None:
    """The file that an SQLite address names; None for other databases and for one in memory."""
    if not url.startswith("sqlite:///") or url.endswith(":memory:"):
        return None
    return Path(unquote(url.removeprefix("sqlite:///")))


def without_password(url: str) -> str:
    """A database address fit to be shown: user and password are hidden."""
    if url.startswith("sqlite:"):
        return url
    return re.sub(r"(?s)^([a-z]*://)?.*@", r"\1***@", url)


def _check_database_url(url: str) -> None:
    """Refuse an address that no database can be opened with; the reason never quotes it."""
    parts = _split(url)
    if parts.scheme == "sqlite":
        if not re.match("sqlite:///.", url):
            raise _refused("sqlite: takes three slashes and a path, four slashes if it is absolute")
    elif parts.scheme in ("mysql", "mariadb"):
        if not parts.hostname:
            raise _refused("the host is missing")
        if not re.fullmatch(r"/[^/]+", parts.path):
            raise _refused("the name of the database is missing")
    else:
        raise _refused("it begins otherwise")
    if parts.query or parts.fragment:
        raise _refused(WRITTEN_AS)


def _split(url: str) -> SplitResult:
    """The parts of an address, its port known to be a number."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # Raises ValueError when it is no port number.
    except ValueError:
        raise _refused(f"the port is not a number; in a password, {WRITTEN_AS}") from None
    return parts


def _refused(reason: LiteralString) -> PydanticCustomError:
    """A refusal whose reason tells more than what is allowed."""
    return PydanticCustomError(REFUSED, reason)
