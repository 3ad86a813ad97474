"""From small to large text, in both languages: nothing is cut off."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from client_gui.app import Client
from client_gui.desktop.app_font import apply_font
from client_gui.desktop.language import CHINESE, ENGLISH, install_language
from client_gui.desktop.theme import apply_theme
from client_gui.widgets.elided_label import ElidedLabel
from tests.client_gui.whole_client import dialogs, widgets

Furnish = Callable[[], Client]


def _cut_off(window: QWidget) -> list[tuple[str, str, int, int]]:
    """Words that have less room than they need, with how wide they are and how wide they may be."""
    found = []
    for widget in widgets(window):
        if not isinstance(widget, QLabel | QAbstractButton) or not widget.isVisibleTo(window):
            continue
        # Those that say so with dots, and have a tooltip or another place for the whole.
        if widget.window() is not window or isinstance(widget, ElidedLabel):
            continue
        words = widget.text().replace("&", "")
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        room = widget.contentsRect().size()
        wide = widget.fontMetrics().horizontalAdvance(words)
        high = widget.fontMetrics().height()
        if words and ((not wraps and wide > room.width()) or high > room.height()):
            found.append((type(widget).__name__, words, wide, room.width()))
    return found


def _laid_out(window: QWidget) -> None:
    """As it is when it comes into sight."""
    window.setAttribute(Qt.WA_DontShowOnScreen)
    window.show()
    window.resize(window.sizeHint())
    QApplication.processEvents()


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
@pytest.mark.parametrize("size", [8, 24, 32])
def test_no_words_are_cut_off(
    application: QApplication, furnish: Furnish, size: int, language: str
) -> None:
    """In the windows, where there is room for all columns, and in the dialogs."""
    apply_theme(application, dark=False)
    apply_font(application, size)
    install_language(application, language)
    client = furnish()
    for window in (client.login_window, *dialogs(client)):
        _laid_out(window)
        assert _cut_off(window) == []
    # Nobody has everything open at once, as it is here.
    client.chat_window.resize(1400, 2000)
    client.chat_window.show()
    QApplication.processEvents()
    assert _cut_off(client.chat_window) == []


@pytest.mark.parametrize("kind", [QPushButton, QToolButton, QCheckBox, QLabel])
def test_words_that_are_cut_off_are_noticed(
    application: QApplication, furnish: Furnish, kind: type
) -> None:
    """Whatever they stand on."""
    window = furnish().login_window
    widget = kind(window)
    widget.setText("far too many words")
    widget.setGeometry(0, 0, 40, 30)
    widget.show()
    assert [words for _, words, _, _ in _cut_off(window)] == ["far too many words"]
