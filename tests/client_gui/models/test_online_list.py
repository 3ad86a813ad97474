"""Who is online, as rows."""

from PyQt5.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from client_gui.models.online_list import OnlineListModel


def _plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def test_the_model_keeps_to_qts_rules(qtmodeltester: ModelTester) -> None:
    """While it is changed."""
    model = OnlineListModel()
    qtmodeltester.check(model)
    model.set_users((("a", "A"), ("b", "B")))
    model.set_me("a")
    model.set_users(())


def test_people_are_shown_by_nickname_and_oneself_is_marked(qapp: object) -> None:
    """In the order given."""
    model = OnlineListModel()
    model.set_me("user1")
    model.set_users((("user2", "小明"), ("user1", "itcast1"), ("user3", "\u202e")))
    shown = [_plain(model.index(row).data()) for row in range(model.rowCount())]
    assert shown == ["小明", "itcast1 (you)", "user3"]


def test_a_tooltip_is_no_html(qapp: object) -> None:
    """Whatever the user name is."""
    model = OnlineListModel()
    model.set_users((("<img src=x>", "x"),))
    assert _plain(model.index(0).data(Qt.ToolTipRole)) == "&lt;img src=x&gt;"


def test_other_questions_have_no_answer(qapp: object) -> None:
    """Nor has a row that is not there."""
    model = OnlineListModel()
    model.set_users((("a", "A"),))
    assert model.data(model.index(0), Qt.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert model.rowCount(model.index(0)) == 0
