"""What was not sent, as rows."""

import pytest
from PyQt5.QtCore import Qt
from pytestqt.modeltest import ModelTester

from client_gui.items import Unsent
from client_gui.models.outbox_list import ROOM, TEXT, UNSENT_ROLE, WHEN, WHY, OutboxModel

NOON = 1_700_000_000_000
WAITS = Unsent("a", "lobby", "first\nline \u202e", NOON, False)
SENT = Unsent("b", "#1", "x", NOON, True)
REFUSED = Unsent("c", "#1", "<b>y</b>", NOON, False, "too-long", "a sentence")


@pytest.fixture
def model(qapp: object) -> OutboxModel:
    """Of three."""
    model = OutboxModel()
    model.set_unsent((WAITS, SENT, REFUSED), lambda room: f"title of {room}")
    return model


def test_it_is_a_model(model: OutboxModel, qtmodeltester: ModelTester) -> None:
    """Also after it has changed."""
    qtmodeltester.check(model)
    model.set_unsent((SENT,), str)
    qtmodeltester.check(model)
    assert model.rowCount() == 1
    assert model.unsent() == (SENT,)


def test_each_row_says_where_what_when_and_why(model: OutboxModel) -> None:
    """On one line, and with its own direction."""
    first, second, third = (
        [model.index(row, column).data() for column in (ROOM, TEXT, WHEN, WHY)] for row in range(3)
    )
    assert first[ROOM] == "\u2068title of lobby\u2069"
    assert first[TEXT] == "\u2068first line\u2069"
    assert first[WHEN]
    assert first[WHY] == "waits for the connection"
    assert second[WHY] == "sent, and not answered yet"
    assert third[WHY] == "not sent: it is too long"
    assert "<b>y</b>" in third[TEXT]


def test_a_screen_reader_has_the_row_in_one(model: OutboxModel) -> None:
    """And the view has the value."""
    words = model.index(2, ROOM).data(Qt.AccessibleTextRole)
    assert "title of #1" in words
    assert "too long" in words
    assert model.index(2, WHY).data(UNSENT_ROLE) is REFUSED


def test_columns_have_names(model: OutboxModel) -> None:
    """All of them."""
    names = [model.headerData(column, Qt.Horizontal) for column in range(model.columnCount())]
    assert names == ["Room", "Message", "Written", "Why it is here"]
