"""What can be done with a message."""

import pytest
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.items import Delivery, Entry, Quote
from client_gui.rights import Rights
from client_gui.widgets.message_menu import MAX_OFFERED, MessageMenu, links_of
from tests.client_gui.conftest import MakeEntry

SAYS = Rights(says=True)
MODERATES = Rights(says=True, moderates=True, tells_readers=True)
QUOTE = Quote(1, "Ann", "hello")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """Something that the menu is over."""
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def _choices(entry: Entry, may: Rights, parent: QWidget) -> list[str]:
    actions = MessageMenu(entry, may, parent).actions()
    return [a.text().replace("&", "") for a in actions if not a.isSeparator()]


@pytest.mark.parametrize(
    ("different", "may", "choices"),
    [
        ({}, SAYS, ["Reply", "React…", "Copy"]),
        ({}, Rights(), ["React…", "Copy"]),
        ({}, MODERATES, ["Reply", "React…", "Copy", "Who has read it", "Delete"]),
        ({"own": True}, SAYS, ["Reply", "React…", "Edit", "Copy", "Delete"]),
        ({"reply": QUOTE}, SAYS, ["Reply", "React…", "Copy", "Go to the quoted message"]),
        ({"own": True, "deleted": True, "text": ""}, MODERATES, ["Copy", "Who has read it"]),
        ({"notice": "topic"}, MODERATES, ["Copy", "Who has read it"]),
    ],
)
def test_it_offers_what_can_be_done(
    parent: QWidget, make_entry: MakeEntry, different: dict, may: Rights, choices: list[str]
) -> None:
    """By whose it is, what became of it, and what our role is."""
    assert _choices(make_entry(7, **different), may, parent) == choices


@pytest.mark.parametrize(
    ("delivery", "reason", "choices"),
    [
        (Delivery.PENDING, "", ["Edit", "Copy", "Do not send"]),
        (Delivery.REFUSED, "error", ["Edit", "Copy", "Try again", "Remove"]),
        (Delivery.REFUSED, "too-long", ["Edit", "Copy", "Remove"]),
    ],
)
def test_what_was_not_sent_can_be_mended(
    parent: QWidget, make_entry: MakeEntry, delivery: Delivery, reason: str, choices: list[str]
) -> None:
    """And nothing is offered that needs its number."""
    entry = make_entry(0, own=True, delivery=delivery, reason=reason)
    assert _choices(entry, SAYS, parent) == choices


def test_each_choice_is_wanted_for_this_message(parent: QWidget, make_entry: MakeEntry) -> None:
    """And by its own signal."""
    entry = make_entry(7, own=True, reply=QUOTE)
    menu = MessageMenu(entry, MODERATES, parent)
    wanted: list[object] = []
    for name in ("reply", "react", "edit", "quote", "readers", "delete"):
        signal = getattr(menu, f"{name}_wanted")
        signal.connect(lambda entry, name=name: wanted.append((name, entry)))
    menu.copy_wanted.connect(lambda: wanted.append(("copy", entry)))
    for action in menu.actions():
        action.trigger()
    names = ["reply", "react", "edit", "copy", "quote", "readers", "delete"]
    assert wanted == [(name, entry) for name in names]


def test_what_was_not_sent_is_wanted_by_its_key(parent: QWidget, make_entry: MakeEntry) -> None:
    """It has no number."""
    entry = make_entry(0, own=True, delivery=Delivery.REFUSED, reason="busy")
    menu = MessageMenu(entry, SAYS, parent)
    wanted: list[str] = []
    menu.retry_wanted.connect(lambda key: wanted.append(f"retry {key}"))
    menu.discard_wanted.connect(lambda key: wanted.append(f"discard {key}"))
    for action in menu.actions():
        action.trigger()
    assert wanted == ["retry lobby#0", "discard lobby#0"]


LINKS = " ".join(f"https://h{n}.org/a&b" for n in range(MAX_OFFERED + 2))


def test_links_can_be_opened_and_copied(
    qtbot: QtBot, parent: QWidget, make_entry: MakeEntry
) -> None:
    """All of them by the keyboard, to a number; under the pointer, the one that is there."""
    entry = make_entry(7, LINKS)
    one = links_of(entry)[1]
    for link, count in ((None, MAX_OFFERED), (one, 1)):
        menu = MessageMenu(entry, SAYS, parent, link)
        opens = [a for a in menu.actions() if a.text().startswith("Open ")]
        assert len(opens) == count
    with qtbot.waitSignal(menu.link_wanted) as wanted:
        opens[0].trigger()
    assert wanted.args == [one]
    assert opens[0].text() == "Open h1.org/a&&b"
    next(a for a in menu.actions() if a.text() == "Copy h1.org/a&&b").trigger()
    assert QGuiApplication.clipboard().text() == "https://h1.org/a&b"


def test_what_is_no_message_has_no_links(make_entry: MakeEntry) -> None:
    """A topic, or what was taken back."""
    assert links_of(make_entry(text=LINKS, notice="topic")) == ()
    assert links_of(make_entry(text=LINKS, deleted=True)) == ()
