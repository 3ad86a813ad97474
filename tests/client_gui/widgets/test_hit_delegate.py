"""Hits as they are painted."""

import pytest
from PyQt5.QtCore import QRect
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QStyle, QStyleOptionViewItem

from client_gui.items import SearchHit
from client_gui.models.search_results import SearchResultsModel
from client_gui.widgets.hit_delegate import HitDelegate
from tests.client_gui.conftest import NOON
from tests.client_gui.widgets.painting import painted, touched


def _image(text: str, words: str, state: int = 0) -> tuple[QImage, int]:
    results, delegate = SearchResultsModel(), HitDelegate()
    results.begin(words, {"#1": "Chess"}.get)
    results.add((SearchHit("#1", 7, "user2", text[:32], text, NOON),))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 220, 0)
    option.rect.setHeight(delegate.sizeHint(option, results.index(0)).height())
    option.state |= state
    paint = lambda painter: delegate.paint(painter, option, results.index(0))  # noqa: E731
    return painted(paint, 260, 160), option.rect.height()


@pytest.mark.parametrize("text", ["plan", "长" * 500, "Z" + "\u0301" * 300, "😀 plan " * 40, ""])
def test_it_stays_in_its_row(qapp: object, text: str) -> None:
    """Whatever was found."""
    image, height = _image(text, "plan")
    seen = touched(image)
    assert seen.right() < 220
    assert seen.bottom() < height


def test_the_words_are_marked(qapp: object) -> None:
    """And the one that is chosen."""
    assert _image("😀 the plan", "plan")[0] != _image("😀 the plan", "else")[0]
    chosen = _image("the plan", "plan", int(QStyle.State_Selected))
    assert chosen[0] != _image("the plan", "plan")[0]
