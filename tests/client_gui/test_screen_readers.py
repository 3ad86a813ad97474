"""Who hears the windows, or has no mouse, gets at everything in them.

PyQt has no QAccessible, so what a screen reader is told is told apart as Qt does it: by a widget's
class, its accessible name, its own words, or those of the label that leads to it.
"""

import re
from collections.abc import Callable

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from client_gui.app import Client
from client_gui.desktop.language import CHINESE, ENGLISH, install_language
from tests.client_gui.whole_client import dialogs, widgets, windows

Furnish = Callable[[], Client]

_ROLES = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
"""Classes that Qt gives a role of its own; any other is only "a part of the window"."""


def _parts(window: QWidget) -> list[QWidget]:
    """What is in *window*, but for what Qt has put into its own widgets."""
    inner = (QAbstractSpinBox, QComboBox, QLineEdit, QMenuBar, QTabBar, QAbstractItemView)
    return [
        widget
        for widget in widgets(window)
        if widget.window() is window
        and not isinstance(widget, QScrollBar)
        and (not isinstance(widget.parent(), inner) or type(widget).__module__ != "PyQt5.QtWidgets")
    ]


def _takes_keys(widget: QWidget) -> bool:
    # A window that nothing in it wants the keys of takes them itself.
    return bool(widget.focusPolicy() & Qt.TabFocus) and not widget.isWindow()


def _spoken(widget: QWidget, window: QWidget) -> str:
    if widget.accessibleName():
        return str(widget.accessibleName())
    if isinstance(widget, QAbstractButton | QLabel):
        return str(widget.text())
    if isinstance(widget, QTabBar):
        return str(widget.tabText(0))
    labels = window.findChildren(QLabel)
    return next((label.text() for label in labels if label.buddy() is widget), "")


def _nameless(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in _parts(window)
        if (_takes_keys(widget) or isinstance(widget, QAbstractButton))
        and widget.focusProxy() is None
        and not _spoken(widget, window).strip()
    ]


def _without_role(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in _parts(window)
        if _takes_keys(widget) and widget.focusProxy() is None and not isinstance(widget, _ROLES)
    ]


def _by_mouse_only(window: QWidget) -> list[QWidget]:
    """Buttons that neither Tab nor a key of their own leads to."""
    return [
        widget
        for widget in _parts(window)
        if isinstance(widget, QAbstractButton)
        and not _takes_keys(widget)
        and widget.shortcut().isEmpty()
    ]


def _leads(words: str) -> bool:
    """Whether a label says so: by an access key, or a colon that is not of an emoji's name."""
    return "&" in words or re.sub(r":\w+:$", "", words).endswith((":", "："))


def _labels_for_nothing(window: QWidget) -> list[str]:
    """Labels with an access key, or a colon, that lead nowhere."""
    return [
        label.text()
        for label in window.findChildren(QLabel)
        if label.buddy() is None and _leads(label.text())
    ]


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_everything_has_a_name_and_a_role_and_a_way_by_keys(
    application: QApplication, furnish: Furnish, language: str
) -> None:
    """In every window and dialog, in both languages."""
    install_language(application, language)
    client = furnish()
    for window in (*windows(client), *dialogs(client)):
        assert [part for part in _parts(window) if _takes_keys(part)]
        assert [(type(w).__name__, w.parent()) for w in _nameless(window)] == []
        assert _without_role(window) == []
        assert [(type(w).__name__, _spoken(w, window)) for w in _by_mouse_only(window)] == []
        assert _labels_for_nothing(window) == []


def test_tab_leads_around_in_a_circle(furnish: Furnish) -> None:
    """Past everything that takes keys."""
    client = furnish()
    for window in (*windows(client), *dialogs(client)):
        taking = {widget for widget in _parts(window) if _takes_keys(widget)}
        seen, widget = set(), window.nextInFocusChain()
        while widget is not window:
            assert widget not in seen, "a circle that leaves the window out"
            seen.add(widget)
            widget = widget.nextInFocusChain()
        assert taking <= seen


def test_rows_say_themselves(furnish: Furnish) -> None:
    """Each row of each list, to whoever hears it."""
    client = furnish()
    for view in client.chat_window.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(model.rowCount() if model is not None else 0):
            index = model.index(row, 0)
            assert index.data(Qt.AccessibleTextRole) or index.data(Qt.DisplayRole)


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda window: QToolButton(window), _nameless),
        (lambda window: QLineEdit(window), _nameless),
        (lambda window: QWidget(window).setFocusPolicy(Qt.StrongFocus), _without_role),
        (lambda window: QToolButton(window).setFocusPolicy(Qt.NoFocus), _by_mouse_only),
        (lambda window: QLabel("&Name:", window), _labels_for_nothing),
    ],
)
def test_what_cannot_be_heard_is_noticed(
    furnish: Furnish, make: Callable[[QWidget], object], complaint: Callable[[QWidget], list]
) -> None:
    """So that silence means something."""
    window = furnish().chat_window
    assert complaint(window) == []
    make(window)
    assert len(complaint(window)) == 1
