"""The side of the chat window."""

from pytestqt.qtbot import QtBot

from client_gui.models.online_list import OnlineListModel
from client_gui.widgets.online_list import OnlineList


def test_it_shows_the_number_and_the_names(qtbot: QtBot) -> None:
    """The number is the server's."""
    model = OnlineListModel()
    people = OnlineList(model)
    model.setParent(people)
    qtbot.addWidget(people)
    model.set_users((("a", "A"), ("b", "B")))
    people.show_count(1234)
    assert people.title.text() in ("Online: 1,234", "Online: 1234")
    assert people.view.model().rowCount() == 2
    assert people.view.accessibleName()
