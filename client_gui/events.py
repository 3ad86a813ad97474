"""What the link reports beside the server's messages: that it is through, or that it has ended."""

from dataclasses import dataclass
from enum import Enum


class Failure(Enum):
    """Why a connection came to nothing or ended: one each for what a person can do about it."""

    NO_SUCH_HOST = "no-such-host"
    """The name leads nowhere."""
    REFUSED = "refused"
    """The machine is there, and nothing listens on this port."""
    UNREACHABLE = "unreachable"
    """No way leads to the machine, or this one has no network."""
    TIMED_OUT = "timed-out"
    """Nothing answered the attempt to connect."""
    NO_ANSWER = "no-answer"
    """It connected, and then nothing answered the login."""
    NOT_MINICHAT = "not-minichat"
    """What answered does not speak this protocol."""
    LOST = "lost"
    """The connection broke."""
    SILENT = "silent"
    """Nothing has come for so long that nobody can be there."""
    ASKED = "asked"
    """We closed it ourselves."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The connection stands, and the login is on its way."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The connection is gone. The last event of every attempt."""

    failure: Failure
    detail: str = ""
    """What the operating system said, for the log."""
