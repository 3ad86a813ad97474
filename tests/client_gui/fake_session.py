"""A session without a server: remembers what it is asked for, and says what a test wants said."""

import inspect

from PyQt5.QtCore import QObject, pyqtSignal

from client_gui.session import Session

ASKED = frozenset(
    """
    say edit delete react retry discard edit_unsent open_room open_direct create_room join leave
    invite remove set_role set_topic rename list_public list_members read_older mark_read typing
    set_draft say_in take_back set_aside search search_more find_message ask_readers pin mute
    """.split()  # noqa: SIM905 - a list of words is read as words
)


class FakeSession(QObject):
    """The signals of a :class:`Session`, and its slots for rooms; calls it has not are refused."""

    held = pyqtSignal(str, int)
    signed_in = pyqtSignal(str, str)
    went_offline = pyqtSignal(object, float)
    online_changed = pyqtSignal(tuple, int)
    timeline_changed = pyqtSignal(list)
    rooms_changed = pyqtSignal(tuple)
    room_opened = pyqtSignal(str)
    room_closed = pyqtSignal(str, str)
    room_refused = pyqtSignal(str, str, str)
    rooms_listed = pyqtSignal(tuple, bool)
    members_listed = pyqtSignal(str, tuple, bool)
    typing_changed = pyqtSignal(str, tuple)
    readers_listed = pyqtSignal(str, int, tuple)
    search_found = pyqtSignal(tuple, bool, bool, bool)
    search_failed = pyqtSignal(str)
    jump_to = pyqtSignal(str, int)
    said = pyqtSignal(tuple)
    signed_out = pyqtSignal()
    sign_in_failed = pyqtSignal(object, str)
    missed = pyqtSignal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple] = []
        self.drafts: dict[str, str] = {}
        self.takes_more = True
        self.alters = True

    def __getattr__(self, name: str) -> object:
        if name not in ASKED:
            raise AttributeError(name)
        signature = inspect.signature(getattr(Session, name))

        def remember(*arguments: object) -> str | bool | None:
            signature.bind(self, *arguments)
            self.asked.append((name, *arguments))
            if name == "edit_unsent":
                return self.alters
            if name == "say_in":
                return f"held {len(self.of(name))}"
            if name == "set_draft":
                self.drafts[arguments[0]] = arguments[1]
            return None

        return remember

    def can_say(self) -> bool:
        """As the test has it."""
        return self.takes_more

    def draft(self, room: str) -> str:
        """What was kept last."""
        return self.drafts.get(room, "")

    def of(self, name: str) -> list[tuple]:
        """The arguments of each call of *name*, in order."""
        return [tuple(arguments) for asked, *arguments in self.asked if asked == name]
