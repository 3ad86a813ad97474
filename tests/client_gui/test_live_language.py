"""The language is switched while everything is in sight: afterwards nothing is as before."""

import re
from collections.abc import Callable

import pytest
from PyQt5.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from client_gui.app import Client
from client_gui.desktop.language import CHINESE, ENGLISH, install_language
from tests.client_gui.whole_client import widgets, windows, words

Furnish = Callable[[], Client]

_LATIN = frozenset(
    """
    MiniChat HOST PORT Ctrl Alt Shift Enter Del Esc Escape End Home PgUp PgDn Up Down Tab lobby user
    chat example org
    """.split()  # noqa: SIM905 - a list of words is read as words
)
"""What is Latin in Chinese too: names, keys, addresses."""


def _switch(application: QApplication, language: str) -> None:
    install_language(application, language)
    QApplication.processEvents()


def _all_words(client: Client) -> list[tuple[str, str]]:
    # The seconds until the next attempt go by.
    return [
        (place, re.sub(r"\d{3,}", "#", text))
        for window in windows(client)
        for place, text in words(window)
    ]


@pytest.mark.parametrize(("first", "second"), [(ENGLISH, CHINESE), (CHINESE, ENGLISH)])
def test_everything_is_said_in_the_language_of_now(
    application: QApplication, furnish: Furnish, first: str, second: str
) -> None:
    """Word for word what a client says that was born into it; and back again."""
    _switch(application, second)
    native = _all_words(furnish())
    _switch(application, first)
    client = furnish()
    before = _all_words(client)
    assert [place for place, _ in before] == [place for place, _ in native]
    assert sum(one != other for one, other in zip(before, native, strict=True)) > 80
    _switch(application, second)
    assert _all_words(client) == native
    _switch(application, first)
    assert _all_words(client) == before


@pytest.mark.parametrize(("first", "second"), [(ENGLISH, CHINESE), (CHINESE, ENGLISH)])
def test_rows_are_painted_in_the_language_of_now(
    application: QApplication, furnish: Furnish, first: str, second: str
) -> None:
    """No layout that was kept speaks the other one: the pictures of the lists are the same."""
    _switch(application, second)
    native = _pictures(furnish())
    _switch(application, first)
    client = furnish()
    assert _differing(native, _pictures(client)) >= {"MessageView", "SideList"}
    _switch(application, second)
    assert _differing(native, _pictures(client)) == set()


def _pictures(client: Client) -> list:
    # Without the cursor that blinks, and wherever the mouse of the machine is.
    QApplication.processEvents()
    views = [w for w in widgets(client.chat_window) if isinstance(w, QAbstractItemView)]
    return [(type(view).__name__, view.viewport().grab().toImage()) for view in views]


def _differing(first: list, second: list) -> set[str]:
    pairs = zip(first, second, strict=True)
    return {name for (name, one), (_, other) in pairs if one != other}


def test_nothing_is_english_in_chinese(application: QApplication, furnish: Furnish) -> None:
    """Every word is said through the translation: a fixed one would be the same in both."""
    _switch(application, CHINESE)
    assert _english(furnish()) == []


def _english(client: Client) -> list[tuple[str, str]]:
    return [
        (place, text)
        for window in windows(client)
        for place, text in words(window)
        if set(re.findall(r"[A-Za-z]{2,}", re.sub(r":\w+:", "", text))) - _LATIN
    ]


def test_a_fixed_word_is_noticed(application: QApplication, furnish: Furnish) -> None:
    """Wherever it stands."""
    _switch(application, CHINESE)
    client = furnish()
    QLabel("forgotten", QWidget(client.chat_window))
    assert [text for _, text in _english(client)] == ["forgotten"]
