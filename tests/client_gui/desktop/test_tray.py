"""The icon in the tray, and trays that come and go."""

from collections.abc import Iterator

import pytest
from PyQt5.QtGui import QColor, QIcon, QPixmap
from PyQt5.QtWidgets import QMenu, QSystemTrayIcon

from client_gui.desktop.tray import Tray


class Panel:
    """Has a tray, or not."""

    def __init__(self) -> None:
        self.has_tray = True

    def __call__(self) -> bool:
        return self.has_tray


@pytest.fixture
def panel() -> Panel:
    """With a tray."""
    return Panel()


@pytest.fixture
def tray(qapp: object, panel: Panel) -> Iterator[Tray]:
    """Not started."""
    picture = QPixmap(64, 64)
    picture.fill(QColor("yellow"))
    menu = QMenu()
    tray = Tray(QIcon(picture), menu, panel)
    yield tray
    tray.stop()


def _seen(tray: Tray) -> list[str]:
    seen: list[str] = []
    tray.came.connect(lambda: seen.append("came"))
    tray.went.connect(lambda: seen.append("went"))
    return seen


def test_an_icon_is_there_as_long_as_a_tray_is(tray: Tray, panel: Panel) -> None:
    """Trays start after programs, and crash before them."""
    seen = _seen(tray)
    panel.has_tray = False
    tray.start()
    assert not tray.there
    for has_tray in (True, True, False, False, True):
        panel.has_tray = has_tray
        tray.look()
        assert tray.there is has_tray
    assert seen == ["came", "went", "came"]
    tray.stop()
    assert not tray.there


def test_the_count_is_on_the_icon_and_in_its_words(tray: Tray, panel: Panel) -> None:
    """Never without anything unread; and a tray that comes late shows it too."""
    panel.has_tray = False
    tray.start()
    tray.show_count(3, urgent=True)
    panel.has_tray = True
    tray.look()
    counted = tray.icon.icon().pixmap(22, 22).toImage()
    assert "3" in tray.icon.toolTip()
    tray.show_count(3, urgent=False)
    other = tray.icon.icon().pixmap(22, 22).toImage()
    tray.show_count(0, urgent=False)
    plain = tray.icon.icon().pixmap(22, 22).toImage()
    assert counted != other != plain
    assert QColor(plain.pixel(16, 16)) == QColor("yellow")
    assert tray.icon.toolTip() == "MiniChat"


def test_a_click_asks_for_the_window(tray: Tray) -> None:
    """The other button is the menu's."""
    tray.start()
    clicks: list[bool] = []
    tray.clicked.connect(lambda: clicks.append(True))
    tray.icon.activated.emit(QSystemTrayIcon.Context)
    assert clicks == []
    tray.icon.activated.emit(QSystemTrayIcon.Trigger)
    assert clicks == [True]


def test_without_an_icon_nothing_is_said(tray: Tray, panel: Panel) -> None:
    """And whoever asked is told so."""
    panel.has_tray = False
    tray.start()
    assert tray.speak("title", "body") is False


def test_with_an_icon_it_speaks_where_the_system_lets_it(
    tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A click on that is told."""
    said: list[tuple] = []
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, *words: said.append(words))
    tray.start()
    assert tray.speak("title", "body") is True
    assert said[0][:2] == ("title", "body")
    clicks: list[bool] = []
    tray.message_clicked.connect(lambda: clicks.append(True))
    tray.icon.messageClicked.emit()
    assert clicks == [True]
