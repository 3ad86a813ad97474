"""The delegate remembers layouts, and not too many."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import QRect
from PyQt5.QtWidgets import QStyleOptionViewItem

from client_gui.changes import Updated
from client_gui.items import Delivery
from client_gui.models.message_list import MessageListModel
from client_gui.state.rooms import LOBBY
from client_gui.widgets import message_delegate
from client_gui.widgets.message_delegate import MessageDelegate
from client_gui.widgets.text_selection import TextSelection
from tests.client_gui.conftest import MakeEntry

Fill = Callable[..., None]


def _option(width: int = 500) -> QStyleOptionViewItem:
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, 10)
    return option


def test_a_layout_is_made_once(messages: MessageListModel, fill: Fill) -> None:
    """For each width, font and state of delivery."""
    fill(1)
    delegate = MessageDelegate(TextSelection())
    first = delegate.bubble(_option(), messages.index(0))
    assert delegate.bubble(_option(), messages.index(0)) is first
    assert delegate.bubble(_option(400), messages.index(0)) is not first
    larger = _option()
    font = larger.font
    font.setPointSize(30)
    larger.font = font
    assert delegate.bubble(larger, messages.index(0)) is not first


def test_a_message_that_changed_is_laid_out_anew(
    messages: MessageListModel,
    fill: Fill,
    make_entry: MakeEntry,
) -> None:
    """Its footer is another."""
    fill(1)
    delegate = MessageDelegate(TextSelection())
    before = delegate.bubble(_option(), messages.index(0))
    messages.apply([Updated(LOBBY, 0, make_entry(1, delivery=Delivery.REFUSED, reason="busy"))])
    assert delegate.bubble(_option(), messages.index(0)) is not before


def test_no_more_than_so_many_are_kept(
    messages: MessageListModel,
    fill: Fill,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The one not used for longest goes."""
    monkeypatch.setattr(message_delegate, "MAX_LAID_OUT", 3)
    fill(4)
    delegate = MessageDelegate(TextSelection())
    kept = [delegate.bubble(_option(), messages.index(row)) for row in range(3)]
    assert delegate.bubble(_option(), messages.index(0)) is kept[0]
    delegate.bubble(_option(), messages.index(3))
    assert delegate.bubble(_option(), messages.index(0)) is kept[0]
    assert delegate.bubble(_option(), messages.index(1)) is not kept[1]


def test_the_size_is_the_width_given_and_the_height_needed(
    messages: MessageListModel, fill: Fill
) -> None:
    """In whole pixels."""
    fill(1)
    delegate = MessageDelegate(TextSelection())
    size = delegate.sizeHint(_option(), messages.index(0))
    assert size.width() == 500
    assert size.height() >= delegate.bubble(_option(), messages.index(0)).height
