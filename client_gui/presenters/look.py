"""How the whole program looks and speaks, as the preferences have it, also while it runs."""

from PyQt5.QtCore import QObject, pyqtSlot
from PyQt5.QtWidgets import QApplication

from client_gui.desktop.language import install_language, wanted_language
from client_gui.desktop.preferences import Preferences


class Look(QObject):
    """Between the preferences and the *application*. Make it before the first window."""

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__(application)
        self._application, self._preferences = application, preferences
        self._speak()
        preferences.changed.connect(self._on_changed)

    @pyqtSlot(str)
    def _on_changed(self, name: str) -> None:
        if name == "language":
            self._speak()

    def _speak(self) -> None:
        install_language(self._application, wanted_language(self._preferences.language))
