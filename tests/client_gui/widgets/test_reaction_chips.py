"""The reactions to a message."""

from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QFont, QPalette

from client_gui.items import Reaction
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.reaction_chips import ReactionChips
from tests.client_gui.widgets.painting import painted, touched

MANY = tuple(
    Reaction(sign * 4, 10**n, n % 2 == 0, ()) for n, sign in enumerate("👍x<&长\u202e" * 3)
)


def test_they_stand_beside_each_other_and_wrap(qapp: object) -> None:
    """Never beyond the width given."""
    fonts = Fonts.of(QFont())
    assert ReactionChips((), 300, fonts).height == 0
    one = ReactionChips(MANY[:1], 300, fonts)
    many = ReactionChips(MANY, 300, fonts)
    assert many.height > 2 * one.height
    assert many.width <= 300
    image = painted(lambda painter: many.paint(painter, QPointF(10, 10), QPalette()), 500, 400)
    seen = touched(image)
    assert seen.left() >= 9
    assert seen.right() <= 312
    assert seen.bottom() <= 10 + many.height + 1


def test_each_can_be_hit(qapp: object) -> None:
    """And beside them is nothing."""
    chips = ReactionChips(MANY[:2], 300, Fonts.of(QFont()))
    middle = chips.height / 2 + 2
    hit = [chips.reaction_at(QPointF(x, middle)) for x in range(0, 300, 2)]
    assert [reaction for reaction in dict.fromkeys(hit) if reaction] == [*MANY[:2]]
    assert chips.reaction_at(QPointF(5, chips.height + 5)) is None
