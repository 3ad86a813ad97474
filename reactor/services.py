"""What commands and sessions work with: built once by the server, handed to each session."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from reactor.accounts import Accounts
from reactor.archive import Archive
from reactor.device_logins import DeviceLogins
from reactor.devices import Devices
from reactor.doubts import Doubts
from reactor.journal import Journal
from reactor.loop import Loop
from reactor.memberships import Memberships
from reactor.presence import OnlineUsers
from reactor.read_marks import ReadMarks
from reactor.resume import Resumes
from reactor.rooms import Rooms
from reactor.rota import Rota
from reactor.sessions import Sessions
from reactor.silence import SilenceWatch
from reactor.stores import Stores
from reactor.typing_notices import TypingNotices
from reactor.workers import Lane


@dataclass(frozen=True)
class Patience:
    """How long a session may take, in seconds, and how much it may have under way.

    Attributes:
        login: from the connection to a login; nothing that the client sends extends it.
        line_quiet: quiet for so long, a frame of a client that ends no lines is complete.
        unacknowledged: messages that wait for their commit before no more is read.
    """

    login: float
    line_quiet: float
    unacknowledged: int


@dataclass(frozen=True)
class Services:
    """The parts of the server that sessions and commands use.

    Attributes:
        database: where the storage is asked for what changes something, one after the other.
        reading: where it is asked for what changes nothing.
        searching: where it is asked for what takes long and changes nothing.
        epoch: which database this is.
        now: the time of day in milliseconds since 1970 UTC.
        stored: to be called when an entry was stored that the search does not know yet.
        counts: how often each thing happened, refusals by their reason words; for the log.
    """

    loop: Loop
    accounts: Accounts
    devices: Devices
    device_logins: DeviceLogins
    stores: Stores
    database: Lane
    reading: Lane
    searching: Lane
    rooms: Rooms
    sessions: Sessions
    silence: SilenceWatch
    memberships: Memberships
    doubts: Doubts
    online: OnlineUsers
    journal: Journal
    archive: Archive
    resumes: Resumes
    read_marks: ReadMarks
    typing: TypingNotices
    rota: Rota
    patience: Patience
    epoch: str
    now: Callable[[], int]
    stored: Callable[[], object] = lambda: None
    counts: Counter[str] = field(default_factory=Counter)
