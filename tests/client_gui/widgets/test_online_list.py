"""The side of the chat window."""

from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from client_gui.models.online_list import OnlineListModel
from client_gui.widgets.colours import READABLE, contrast
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


def test_what_is_not_known_is_shown_faintly(qtbot: QtBot) -> None:
    """And readably; a number that comes late does not look like news."""
    people = OnlineList(OnlineListModel())
    people.view.model().setParent(people)
    qtbot.addWidget(people)
    known = people.view.palette().color(QPalette.Text)
    people.set_known(False)
    people.show_count(3)
    assert people.title.text() == "Online: ?"
    faint = people.view.palette().color(QPalette.Text)
    assert faint != known
    assert contrast(faint, people.palette().color(QPalette.Window)) >= READABLE
    people.set_known(True)
    assert people.title.text() == "Online: 3"
    assert people.view.palette().color(QPalette.Text) == known


def test_one_can_talk_to_somebody(qtbot: QtBot) -> None:
    """By Enter, or from the menu."""
    model = OnlineListModel()
    people = OnlineList(model)
    model.setParent(people)
    qtbot.addWidget(people)
    model.set_users((("user1", "A"), ("user2", "B")))
    with qtbot.waitExposed(people):
        people.show()
    people.view.setCurrentIndex(model.index(1))
    with qtbot.waitSignal(people.message_wanted) as wanted:
        qtbot.keyClick(people.view, Qt.Key_Return)
    assert wanted.args == ["user2"]
    people.view.customContextMenuRequested.emit(people.view.visualRect(model.index(0)).center())
    menu = people.findChild(QMenu)
    with qtbot.waitSignal(people.message_wanted) as wanted:
        menu.actions()[0].trigger()
    assert wanted.args == ["user1"]
    menu.close()
    people.view.customContextMenuRequested.emit(QPoint(5, 5_000))
