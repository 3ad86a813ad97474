"""What of a message the pointer is at."""

from dataclasses import dataclass
from enum import Enum

from client_gui.items import Reaction
from client_gui.links import Link


class Part(Enum):
    """Something that can be clicked."""

    NONE = 0
    BUBBLE = 1
    QUOTE = 2
    REACTION = 3
    LINK = 4


@dataclass(frozen=True, slots=True)
class Touched:
    """The part at a point, and if that is a reaction or a link, which."""

    part: Part
    reaction: Reaction | None = None
    link: Link | None = None


NOTHING = Touched(Part.NONE)
