"""What a notification says."""

import pytest

from client_gui.items import News, RoomItem
from client_gui.notice_words import LONGEST, MAX_ROOMS, notice_words
from client_gui.noticing import Told

ROOMS = {
    "#1": RoomItem("#1", "private", "Physics"),
    "#2": RoomItem("#2", "direct", "user2", "Grace"),
}


def _news(text: str = "hello", names_us: bool = False, room: str = "#1") -> News:
    return News(room, 1, "user2", "Grace", text, names_us)


def _words(*told: Told, preview: bool = True) -> tuple[str, str]:
    said = notice_words(told, ROOMS.get, preview)
    title, body = (words.replace("\u2068", "").replace("\u2069", "") for words in said)
    return title, body


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Told("#1", 1, 0, _news()), ("Grace in Physics", "hello")),
        (Told("#2", 1, 0, _news()), ("Grace", "hello")),
        (Told("#1", 5, 0, _news()), ("5 new messages in Physics", "Grace: hello")),
        (Told("#2", 5, 0, _news()), ("5 new messages from Grace", "hello")),
        (Told("#1", 5, 0), ("5 new messages in Physics", "")),
        (Told("#1", 1, 0), ("A new message in Physics", "")),
        (Told("#2", 1, 0), ("A new message from Grace", "")),
        (Told("#9", 1, 0, _news()), ("Grace in ?", "hello")),
    ],
)  # fmt: skip
def test_it_says_who_where_and_what(told: Told, words: tuple[str, str]) -> None:
    """As much of it as is known."""
    assert _words(told) == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Told("#1", 1, 0, _news("secret")), ("Grace in Physics", "New message")),
        (Told("#1", 1, 1, _news("no", True)), ("Grace in Physics", "You are mentioned.")),
        (Told("#1", 2, 0, _news("secret")), ("2 new messages in Physics", "")),
    ],
)  # fmt: skip
def test_without_a_preview_it_does_not_say_what(told: Told, words: tuple[str, str]) -> None:
    """Somebody may look over one's shoulder."""
    assert _words(told, preview=False) == words


def test_several_rooms_are_named_the_latest_first() -> None:
    """As many as there is room for."""
    assert _words(Told("#1", 3, 0), Told("#2", 9, 0)) == (
        "12 new messages in 2 rooms",
        "Grace, Physics",
    )
    many = [Told("#1", 1, 0)] * (MAX_ROOMS + 1)
    assert _words(*many)[1] == ", ".join(["Physics"] * MAX_ROOMS) + ", …"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines", "two lines"),
        ("<b>bold</b> &amp;", "<b>bold</b> &amp;"),
        ("\u202eright to left", "right to left"),
        ("\x1b[31mred\x00", "[31mred"),
        ("x" * 1_000_000, "x" * LONGEST + "…"),
    ],
)
def test_what_people_wrote_is_one_visible_line(text: str, shown: str) -> None:
    """Of a length that fits; what looks like markup is left for whoever knows who reads it."""
    assert _words(Told("#2", 1, 0, _news(text)))[1] == shown


def test_names_turn_nothing_around_them() -> None:
    """Nor do they look like a place for something else."""
    news = News("#1", 1, "user2", "\u202e%2<b>", "x", False)
    title, _ = notice_words([Told("#1", 1, 0, news)], ROOMS.get, True)
    assert title == "\u2068%2<b>\u2069 in \u2068Physics\u2069"
