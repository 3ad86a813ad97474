"""Emoji, as cells."""

from PyQt5.QtCore import QModelIndex, Qt
from PyQt5.QtTest import QAbstractItemModelTester

from client_gui.emoji_names import known
from client_gui.models.emoji_list import EMOJI_ROLE, EmojiListModel


def test_it_is_a_model_as_qt_wants_it(qapp: object) -> None:
    """Before and after it has emoji."""
    model = EmojiListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_emoji(known("😄👍"))
    model.set_emoji([])
    assert tester.model() is model


def test_a_cell_is_an_emoji_and_its_name(qapp: object) -> None:
    """For whoever cannot see it."""
    model = EmojiListModel()
    model.set_emoji(known("😄👍"))
    assert model.rowCount() == 2
    assert model.rowCount(model.index(0)) == 0
    assert model.index(1).data() == "👍"
    assert model.index(1).data(EMOJI_ROLE).short == "thumbsup"
    assert model.index(0).data(Qt.AccessibleTextRole) == "smile"
    assert model.data(QModelIndex()) is None
