"""Theme and font change while everything is in sight: afterwards nothing looks as before."""

from collections.abc import Callable

import pytest
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
)

from client_gui.app import Client
from client_gui.desktop.app_font import apply_font
from client_gui.desktop.theme import apply_theme
from tests.client_gui.whole_client import widgets, windows

Furnish = Callable[[], Client]

_SPEAKING = (QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QLineEdit, QFrame)

_ROLES = (
    QPalette.Window,
    QPalette.WindowText,
    QPalette.Base,
    QPalette.Text,
    QPalette.Button,
    QPalette.ButtonText,
    QPalette.Highlight,
    QPalette.PlaceholderText,
)


def _looks(client: Client) -> list[tuple]:
    """Of every widget: what it is, its colours, and the size of its words."""
    QApplication.processEvents()
    found = []
    for window in windows(client):
        for widget in widgets(window):
            # Qt makes some of its own parts, and the menus, when they are first needed.
            if widget.window() is not window or not isinstance(widget, _SPEAKING):
                continue
            widget.ensurePolished()
            colours = [widget.palette().color(role).name() for role in _ROLES]
            found.append((type(widget).__name__, colours, round(widget.font().pointSizeF(), 1)))
    return found


@pytest.mark.parametrize("dark", [False, True])
def test_every_colour_follows_the_theme(
    application: QApplication, furnish: Furnish, dark: bool
) -> None:
    """Widget by widget, what a client has that was built in it."""
    apply_theme(application, dark)
    native = _looks(furnish())
    apply_theme(application, not dark)
    client = furnish()
    before = _looks(client)
    assert all(one != other for one, other in zip(native, before, strict=True))
    apply_theme(application, dark)
    assert _looks(client) == native


@pytest.mark.parametrize(("first", "second"), [(9, 24), (24, 9)])
def test_every_size_follows_the_font(
    application: QApplication, furnish: Furnish, first: int, second: int
) -> None:
    """In proportion, where it is another than that of most words."""
    apply_font(application, second)
    native = _looks(furnish())
    apply_font(application, first)
    client = furnish()
    assert all(one != other for one, other in zip(native, _looks(client), strict=True))
    apply_font(application, second)
    assert _looks(client) == native


def test_a_colour_that_stays_is_noticed(application: QApplication, furnish: Furnish) -> None:
    """So that what is said above is not said of nothing."""
    apply_theme(application, dark=False)
    client = furnish()
    label = QLabel("x", client.chat_window)
    label.setPalette(QPalette(application.palette()))
    palette = QPalette()
    palette.setColor(QPalette.WindowText, palette.color(QPalette.Link))
    label.setPalette(palette)
    before = _looks(client)
    apply_theme(application, dark=True)
    assert any(one[1][1] == other[1][1] for one, other in zip(before, _looks(client), strict=True))
