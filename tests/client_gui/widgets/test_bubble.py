"""One message laid out, whatever is in it."""

import pytest
from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtGui import QFont, QImage, QPainter, QPalette

from client_gui.display import MAX_SHOWN_LINES as MAX_LINES
from client_gui.items import Delivery, Quote, Reaction
from client_gui.models.message_list import Heading, clock_time
from client_gui.widgets.bubble import Bubble, footer
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.touched import NOTHING, Part
from tests.client_gui.conftest import NOON, MakeEntry

PLAIN = Heading("", False)
WIDTH = 600
HOSTILE = {
    "html": "<h1>big</h1><img src='file:///etc/passwd'><script>alert(1)</script>",
    "combining": "Z" + "\u0301" * 500,
    "emoji": "👨\u200d👩\u200d👧\u200d👦" * 700,
    "one word": "x" * 30_000,
    "line ends": "\n" * 5_000,
    "right to left": "مرحبا بالعالم " * 20,
    "overrides": "\u202e" * 50 + "abc" + "\u2066" * 50,
    "controls": "".join(map(chr, range(32))),
    "half a character": "\ud83d",
}


@pytest.fixture
def fonts(qapp: object) -> Fonts:
    """Of the application."""
    return Fonts.of(QFont())


def _painted(bubble: Bubble, width: int = WIDTH) -> QImage:
    image = QImage(width, 600, QImage.Format_RGB32)
    image.fill(Qt.white)
    painter = QPainter(image)
    bubble.paint(painter, QPointF(0, 200), QPalette())
    painter.end()
    return image


def _touched_rows(image: QImage) -> tuple[int, int]:
    white = Qt.white
    rows = [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y) != white for x in range(0, image.width(), 3))
    ]
    return rows[0], rows[-1]


def test_own_messages_stand_on_the_right_and_others_on_the_left(
    fonts: Fonts, make_entry: MakeEntry
) -> None:
    """With a margin."""
    own = Bubble(make_entry(own=True), PLAIN, WIDTH, fonts).bubble_rect(QPointF(0, 0))
    other = Bubble(make_entry(), PLAIN, WIDTH, fonts).bubble_rect(QPointF(0, 0))
    assert 0 < WIDTH - own.right() < 20
    assert 0 < other.left() < 20
    assert own.left() > other.right()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("width", [30, 300, 2000])
def test_nothing_that_is_typed_leaves_its_bubble(
    fonts: Fonts, make_entry: MakeEntry, text: str, width: int
) -> None:
    """Neither sideways nor up or down, and it is bounded."""
    bubble = Bubble(make_entry(text=text), PLAIN, width, fonts)
    assert bubble.height <= (MAX_LINES + 2) * 60
    first, last = _touched_rows(_painted(bubble, max(width, 120)))
    assert first >= 200
    assert last <= 200 + bubble.height + 1


@pytest.mark.parametrize("name", ["<b>x</b>", "Z" + "\u0301" * 500, "\u202eabc", ""])
def test_no_name_leaves_its_line(fonts: Fonts, make_entry: MakeEntry, name: str) -> None:
    """The bubble begins at the same height below every name."""
    usual = Bubble(make_entry(), Heading("", True), WIDTH, fonts)
    bubble = Bubble(make_entry(nickname=name), Heading("", True), WIDTH, fonts)
    assert bubble.height == usual.height
    assert _touched_rows(_painted(bubble))[0] >= 200


def test_text_is_never_html(fonts: Fonts, make_entry: MakeEntry) -> None:
    """It takes the room of its characters."""
    plain = Bubble(make_entry(text="<b>x</b>"), PLAIN, WIDTH, fonts)
    letters = Bubble(make_entry(text="x"), PLAIN, WIDTH, fonts)
    origin = QPointF(0, 0)
    assert plain.bubble_rect(origin).width() > letters.bubble_rect(origin).width() + 20


def test_lines_and_headings_make_a_row_higher(fonts: Fonts, make_entry: MakeEntry) -> None:
    """A line break, a name, and a day."""
    one = Bubble(make_entry(), PLAIN, WIDTH, fonts).height
    assert Bubble(make_entry(text="a\nb"), PLAIN, WIDTH, fonts).height > one + 8
    named = Bubble(make_entry(), Heading("", True), WIDTH, fonts).height
    assert named > one + 8
    assert Bubble(make_entry(), Heading("Today", True), WIDTH, fonts).height > named + 8


def test_the_footer_says_what_became_of_it(make_entry: MakeEntry) -> None:
    """The time, that it is on its way, or why it was refused."""
    assert footer(make_entry()) == clock_time(NOON)
    assert footer(make_entry(delivery=Delivery.PENDING)) == "sending…"
    busy = footer(make_entry(delivery=Delivery.REFUSED, reason="busy"))
    assert "too much to do" in busy
    assert "Click" in busy
    unknown = footer(
        make_entry(delivery=Delivery.REFUSED, reason="new-word", detail="it\n<b>said</b>")
    )
    assert "it <b>said</b>" in unknown
    assert "Click" not in unknown


def test_what_is_answered_stands_above_the_text(fonts: Fonts, make_entry: MakeEntry) -> None:
    """And can be clicked; the text below it is the bubble."""
    bare = Bubble(make_entry(), PLAIN, WIDTH, fonts)
    bubble = Bubble(make_entry(reply=Quote(1, "Ann", "before " * 90)), PLAIN, WIDTH, fonts)
    assert bubble.height > bare.height + 20
    rect = bubble.bubble_rect(QPointF(0, 0))
    assert rect.right() < WIDTH
    assert bubble.touched(rect.topLeft() + QPointF(20, 12)).part is Part.QUOTE
    assert bubble.touched(rect.bottomLeft() + QPointF(20, -8)).part is Part.BUBBLE
    assert bubble.touched(rect.bottomRight() + QPointF(20, -8)) == NOTHING


@pytest.mark.parametrize("own", [True, False])
def test_reactions_stand_below_the_bubble(fonts: Fonts, make_entry: MakeEntry, own: bool) -> None:
    """On its side, within the row, and can be clicked."""
    reactions = tuple(Reaction(f"sign {n}", n, n == 1, ()) for n in range(1, 13))
    bubble = Bubble(make_entry(own=own, reactions=reactions), PLAIN, WIDTH, fonts)
    below = bubble.bubble_rect(QPointF(0, 0)).bottom() + 12
    touched = [bubble.touched(QPointF(x, below)) for x in range(WIDTH)]
    found = [x for x, part in enumerate(touched) if part.part is Part.REACTION]
    assert touched[found[0]].reaction == reactions[0]
    assert (found[-1] > WIDTH - 30) if own else (found[0] < 30)
    first, last = _touched_rows(_painted(bubble))
    assert first >= 200
    assert last <= 200 + bubble.height + 1


def test_a_message_taken_back_says_so(fonts: Fonts, make_entry: MakeEntry) -> None:
    """In the place of its text."""
    gone = Bubble(make_entry(text="", deleted=True), PLAIN, WIDTH, fonts)
    empty = Bubble(make_entry(text=""), PLAIN, WIDTH, fonts)
    origin = QPointF(0, 0)
    assert gone.bubble_rect(origin).width() > empty.bubble_rect(origin).width() + 50


def test_a_message_that_names_us_stands_out(fonts: Fonts, make_entry: MakeEntry) -> None:
    """By the pixels."""
    named = Bubble(make_entry(mentions_me=True), PLAIN, WIDTH, fonts)
    assert _painted(named) != _painted(Bubble(make_entry(), PLAIN, WIDTH, fonts))


def test_an_edit_is_said(make_entry: MakeEntry) -> None:
    """And that it is on its way."""
    assert footer(make_entry(edited=True)) == f"edited {clock_time(NOON)}"
    assert footer(make_entry(edited=True, changing=True)) == "sending…"
