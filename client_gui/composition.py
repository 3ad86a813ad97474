"""What is being written in one room. No Qt."""

from dataclasses import dataclass

from client_gui.items import Entry


@dataclass(frozen=True, slots=True)
class Composition:
    """The text in the box, and what it is for: a new message, an answer, or an edit."""

    text: str = ""
    reply: Entry | None = None
    """The message that it answers."""
    editing: Entry | None = None
    """Our message that it is to take the place of."""
    draft: str = ""
    """What was in the box before the editing began, and comes back after it."""

    @property
    def unsent(self) -> str:
        """What of it is a message that has not been sent."""
        return self.draft if self.editing else self.text

    @property
    def is_blank(self) -> bool:
        """Whether nothing is lost when something else takes its place."""
        return not (self.text.strip() or self.reply or self.editing)
