"""What a command is: what to call for a request, and what must be true of the session before."""

import enum
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from reactor.services import Services
from wire.messages import Message


class Needs(enum.Enum):
    """What must be true of a session before a command is called."""

    NOTHING = enum.auto()
    NO_LOGIN = enum.auto()
    LOGIN = enum.auto()


# Looked up once: with an enumeration that takes longer than the rest of a test.
_LOGIN: Final = Needs.LOGIN
_NO_LOGIN: Final = Needs.NO_LOGIN


class Command(NamedTuple):
    """What to call for a request, and what must be true before. *run* is given the services, the
    session and the request."""

    run: Callable[[Services, Any, Any], None]
    needs: Needs

    def refusal(self, is_logged_in: bool) -> tuple[str, str] | None:
        """Return the reason, and a sentence, for which a session may not use it now."""
        if self.needs is _LOGIN and not is_logged_in:
            return "login-first", "log in first"
        if self.needs is _NO_LOGIN and is_logged_in:
            return "already-logged-in", "this connection is logged in already"
        return ("unknown-code", "this is not for a server") if self is NO_COMMAND else None


NO_COMMAND: Final = Command(lambda *_: None, Needs.NOTHING)
"""What belongs to a message that nobody sends to a server."""

Commands = Mapping[type[Message], Command]
