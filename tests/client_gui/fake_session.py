"""A session without a server: remembers what it is asked for, and says what a test wants said."""

import inspect

from client_gui.session import Session
from client_gui.session_signals import SessionSignals

ASKED = frozenset(
    """
    say edit delete react retry discard edit_unsent open_room open_direct create_room join leave
    invite remove set_role set_topic rename list_public list_members read_older mark_read typing
    set_draft say_in take_back set_aside search search_more find_message ask_readers pin mute
    """.split()  # noqa: SIM905 - a list of words is read as words
)


class FakeSession(SessionSignals):
    """The signals of a :class:`Session`, and its slots for rooms; calls it has not are refused."""

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
