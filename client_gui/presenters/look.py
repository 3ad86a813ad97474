"""How the whole program looks and speaks, as the preferences have it, also while it runs."""

from PyQt5.QtCore import QObject, pyqtSlot
from PyQt5.QtWidgets import QApplication

from client_gui.desktop.app_font import apply_font
from client_gui.desktop.language import install_language, wanted_language
from client_gui.desktop.preferences import Preferences
from client_gui.desktop.system_theme import SystemTheme
from client_gui.desktop.theme import apply_theme


class Look(QObject):
    """Between the preferences and the *application*. Make it before the first window; give it back
    with :meth:`stop`.
    """

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__(application)
        self._application, self._preferences = application, preferences
        self._system: SystemTheme | None = None
        self._follow = {
            "language": self._speak,
            "theme": self._colour,
            "font_size": self._set_font,
        }
        for follow in self._follow.values():
            follow()
        preferences.changed.connect(self._on_changed)

    def stop(self) -> None:
        """Follow nothing any more."""
        self._preferences.changed.disconnect(self._on_changed)
        if self._system is not None:
            self._system.stop()

    @pyqtSlot(str)
    def _on_changed(self, name: str) -> None:
        if name in self._follow:
            self._follow[name]()

    def _speak(self) -> None:
        install_language(self._application, wanted_language(self._preferences.language))

    def _set_font(self) -> None:
        apply_font(self._application, self._preferences.font_size)

    @pyqtSlot()
    def _colour(self) -> None:
        theme = self._preferences.theme
        apply_theme(
            self._application, self._system_is_dark() if theme == "system" else theme == "dark"
        )

    def _system_is_dark(self) -> bool:
        if self._system is None:
            self._system = SystemTheme(self)
            self._system.changed.connect(self._colour)
        return self._system.dark
