"""The message that another one answers."""

import pytest
from PyQt5.QtCore import QPointF, QRectF
from PyQt5.QtGui import QFont, QPalette

from client_gui.items import Quote
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.quote_block import QuoteBlock, quoted_words
from tests.client_gui.widgets.painting import painted, touched


@pytest.mark.parametrize("text", ["hello", "<b>x</b>\n" * 30, "", "\u202eabc", "长" * 300])
def test_it_is_two_lines_that_fit(qapp: object, text: str) -> None:
    """Whatever is quoted."""
    fonts = Fonts.of(QFont())
    block = QuoteBlock(Quote(1, "Grace", text), 200, fonts)
    assert block.size.width() <= 200
    assert block.size.height() == QuoteBlock(Quote(1, "", ""), 200, fonts).size.height()
    rect = QRectF(QPointF(20, 20), block.size)
    seen = touched(painted(lambda painter: block.paint(painter, rect, QPalette())))
    assert rect.adjusted(-1, -1, 2, 2).contains(QRectF(seen))


def test_what_is_not_known_is_said() -> None:
    """And what is, is one line."""
    assert quoted_words(Quote(1)) == "a message that is not here"
    assert "a b" in quoted_words(Quote(1, "Grace", "a\nb"))
