"""The real windows, dressed up and photographed: one process for each language, theme and scale.

Nothing in a picture depends on the day, the machine's settings or its time zone.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from PyQt5.QtCore import QPoint, QSettings, QSize
from PyQt5.QtGui import QImage, QPainter, QPixmap
from PyQt5.QtWidgets import QApplication, QWidget

from client_gui.app import Client
from client_gui.changes import Inserted
from client_gui.desktop.preferences import Preferences
from client_gui.events import Failure
from client_gui.presenters.look import Look
from client_gui.words import login_words
from tests.pictures.people import CLASS, OFFICE

_SERVER = "chat.example.org:8090"
_WINDOW = QSize(1180, 780)
_ROOM = "#1"


class Studio:
    """One client, without a server, in one *language* and *theme*."""

    def __init__(
        self, application: QApplication, directory: Path, language: str, theme: str
    ) -> None:
        self._application = application
        application.setCursorFlashTime(0)  # a caret that blinks is there or not
        preferences = Preferences(QSettings(str(directory / "look.ini"), QSettings.IniFormat))
        preferences.language, preferences.theme = language, theme
        self._look = Look(application, preferences)
        self._scene = CLASS if language == "zh_CN" else OFFICE
        self._client = Client(preferences, _SERVER, 8090, self._scene.me[0])
        self._chat, self._login = self._client.chat_window, self._client.login_window
        self._chat.resize(_WINDOW)

    def pictures(self) -> Iterator[tuple[str, QPixmap]]:
        """Each picture with its name. Later ones build on what earlier ones have shown."""
        for name, take in _SHOTS.items():
            yield name, take(self)

    def close(self) -> None:
        """Put everything away."""
        self._chat.leaving.unsettled = 0
        self._look.stop()
        self._client.session.close()
        for window in (self._chat, self._login):
            window.hide()

    # --- the pictures ----------------------------------------------------------------------------

    def _at_the_login(self) -> QPixmap:
        self._login.show()
        return self._photograph(self._login)

    def _wrong_login(self) -> QPixmap:
        words = login_words("wrong-login", _SERVER, "")
        self._login.show_failure(words, with_pop_up=False)
        return self._photograph(self._login)

    def _empty_room(self) -> QPixmap:
        session, scene = self._client.session, self._scene
        session.signed_in.emit(*scene.me)
        session.rooms_changed.emit(scene.rooms[:2])
        session.online_changed.emit(scene.people[:1], 1)
        return self._photograph(self._chat)

    def _busy_room(self) -> QPixmap:
        session, scene = self._client.session, self._scene
        session.rooms_changed.emit(scene.rooms)
        session.online_changed.emit(scene.people, len(scene.people))
        session.timeline_changed.emit([Inserted(_ROOM, 0, scene.said)])
        self._client.talk.show(_ROOM)
        session.typing_changed.emit(_ROOM, scene.typing)
        return self._photograph(self._chat)

    def _answering(self) -> QPixmap:
        self._chat.composer.reply_to(self._scene.said[4])
        picture = self._photograph(self._chat)
        self._chat.composer.cancel()
        return picture

    def _emoji(self) -> QPixmap:
        self._chat.composer.pick_emoji()
        picture = self._photograph(self._chat)
        self._chat.composer.pick_emoji()
        return picture

    def _switcher(self) -> QPixmap:
        self._chat.switcher.open()
        picture = self._photograph(self._chat)
        self._chat.switcher.close_up()
        return picture

    def _search(self) -> QPixmap:
        self._chat.open_search()
        field = self._chat.search.field
        field.blockSignals(True)  # nobody is there to be asked
        field.setText(self._scene.searched)
        field.blockSignals(False)
        self._client.session.search_found.emit(self._scene.hits, False, True, False)
        picture = self._photograph(self._chat)
        self._chat.close_search()
        return picture

    def _settings(self) -> QPixmap:
        self._client.settings.open()
        return self._dialog(self._client.settings.dialog)

    def _keys(self) -> QPixmap:
        self._client.settings.open_keys()
        return self._dialog(self._client.settings.keys)

    def _reconnecting(self) -> QPixmap:
        # A loss that lasts: the bar says nothing in the first seconds.
        self._chat.bar.quiet = 0.0
        self._client.session.went_offline.emit(Failure.REFUSED, 7.0)
        return self._photograph(self._chat)

    # --- inside ----------------------------------------------------------------------------------

    def _dialog(self, dialog: QWidget) -> QPixmap:
        picture = self._photograph(dialog)
        dialog.close()
        return picture

    def _photograph(self, window: QWidget) -> QPixmap:
        """*window* as it is when everything has settled, with what stands open above it."""
        for _ in range(3):
            self._application.processEvents()
        picture = window.grab()
        painter = QPainter(picture)
        for above in QApplication.topLevelWidgets():
            if above is not window and above.isVisible() and above.parent() is window:
                painter.drawPixmap(above.pos() - window.mapToGlobal(QPoint()), above.grab())
        painter.end()
        return picture


_SHOTS: dict[str, Callable[[Studio], QPixmap]] = {
    "login": Studio._at_the_login,
    "login-wrong": Studio._wrong_login,
    "empty-room": Studio._empty_room,
    "busy-room": Studio._busy_room,
    "answering": Studio._answering,
    "emoji": Studio._emoji,
    "switcher": Studio._switcher,
    "search": Studio._search,
    "settings": Studio._settings,
    "keys": Studio._keys,
    "reconnecting": Studio._reconnecting,
}


def save(picture: QPixmap, path: Path) -> None:
    """Write *picture* as a PNG, packed as tightly as it goes."""
    picture.toImage().convertToFormat(QImage.Format_RGB888).save(str(path), "PNG", 0)
