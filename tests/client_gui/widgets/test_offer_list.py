"""The list of offers beside a word."""

import pytest
from PyQt5.QtCore import QRect
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.completion import MAX_OFFERS, Offer
from client_gui.widgets.offer_list import OfferList

OFFERS = [Offer(f"@u{n} ", f"User {n}", f"u{n}", "😄") for n in range(MAX_OFFERS)]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """One that is shown."""
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize(
    "word", [QRect(50, 350, 1, 20), QRect(590, 390, 1, 20), QRect(0, 0, 1, 20)]
)
def test_it_stands_beside_the_word_within_the_window(window: QWidget, word: QRect) -> None:
    """Wherever that is; it covers it not."""
    offers = OfferList(window)
    offers.show_offers(OFFERS, word)
    assert offers.isVisible()
    assert window.rect().contains(offers.geometry())
    assert not offers.geometry().intersects(word)


def test_all_offers_are_in_sight(window: QWidget) -> None:
    """As many as there can be."""
    offers = OfferList(window)
    offers.show_offers(OFFERS, QRect(50, 380, 1, 20))
    last = offers.visualRect(offers.offers.index(MAX_OFFERS - 1))
    assert offers.viewport().rect().contains(last)
    assert offers.current() is None
    offers.go_to(2)
    assert offers.current() is OFFERS[2]
    assert not offers.grab().isNull()
    offers.go_to(-1)
    assert offers.current() is None


def test_a_low_window_is_no_trouble(window: QWidget) -> None:
    """It is as high as there is room."""
    window.resize(200, 60)
    offers = OfferList(window)
    offers.show_offers(OFFERS, QRect(5, 30, 1, 20))
    assert window.rect().contains(offers.geometry())
