"""Between the preferences and what sets them: the dialog, and some keys; and the list of keys."""

import re

from PyQt5.QtCore import QCoreApplication, QObject, pyqtSlot
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QSystemTrayIcon

from client_gui.desktop.app_font import system_size
from client_gui.desktop.preferences import Preferences
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.keys_dialog import KeysDialog
from client_gui.widgets.settings_dialog import LARGEST_SHOWN, SMALLEST_SHOWN, SettingsDialog

translate = QCoreApplication.translate


class Settings(QObject):
    """Over the *window*."""

    def __init__(
        self, preferences: Preferences, window: ChatWindow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences, self._window = preferences, window
        self.dialog: SettingsDialog | None = None
        self.keys: KeysDialog | None = None
        for name, do in (
            ("settings", self.open),
            ("keys", self.open_keys),
            ("larger", lambda: self.zoom(1)),
            ("smaller", lambda: self.zoom(-1)),
            ("usual_size", self.zoom_back),
        ):
            window.menu.action(name).triggered.connect(do)
        preferences.changed.connect(self._on_changed)

    @pyqtSlot()
    def open(self) -> None:
        """Show the settings."""
        if self.dialog is None:
            self.dialog = SettingsDialog(self._window, QSystemTrayIcon.isSystemTrayAvailable())
            self.dialog.changed.connect(self._set)
            self.dialog.defaults_wanted.connect(self._set_defaults)
            names = [name for page in self.dialog.pages for name in page.controls]
            self.dialog.show_values({name: getattr(self._preferences, name) for name in names})
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    @pyqtSlot()
    def open_keys(self) -> None:
        """Show all keys."""
        if self.keys is None:
            self.keys = KeysDialog(self._all_keys, self._window)
        self.keys.show()
        self.keys.raise_()
        self.keys.activateWindow()
        self.keys.filter.setFocus()

    def zoom(self, by: int) -> None:
        """Make all text so many points larger; smaller if *by* is negative."""
        size = (self._preferences.font_size or system_size()) + by
        self._preferences.font_size = max(SMALLEST_SHOWN, min(LARGEST_SHOWN, size))

    @pyqtSlot()
    def zoom_back(self) -> None:
        """Make all text as large as the desktop has it."""
        self._preferences.font_size = 0

    @pyqtSlot(str)
    def _on_changed(self, name: str) -> None:
        if self.dialog is not None:
            self.dialog.show_values({name: getattr(self._preferences, name)})

    @pyqtSlot(str, object)
    def _set(self, name: str, value: object) -> None:
        setattr(self._preferences, name, value)

    @pyqtSlot(tuple)
    def _set_defaults(self, names: tuple[str, ...]) -> None:
        for name in names:
            setattr(self._preferences, name, getattr(Preferences, name).default)

    def _all_keys(self) -> list[tuple[str, str]]:
        tops = [top.menu() for top in self._window.menu.actions()]
        actions = [action for menu in tops for action in menu.actions() if action.shortcuts()]
        return [
            (_plain(action.text()), action.shortcut().toString(QKeySequence.NativeText))
            for action in actions
        ] + _keys_of_parts()


def _plain(words: str) -> str:
    """The *words* of an action without the mark of its access key, and without dots."""
    return re.sub(r"\(&\w\)|&", "", words).rstrip("…")


def _keys_of_parts() -> list[tuple[str, str]]:
    """Those that mean something where the keyboard is."""
    return [
        (words, QKeySequence(key).toString(QKeySequence.NativeText) if key else "")
        for words, key in (
            (translate("Settings", "The first room of the list; the others likewise"), "Alt+1"),
            (translate("Settings", "Scroll the messages while writing"), "PgUp"),
            (translate("Settings", "Edit the last message, in the empty box"), "Up"),
            (
                translate("Settings", "Take back what is about to be sent, in the empty box"),
                "Ctrl+Z",
            ),
            (translate("Settings", "Complete a word that begins with @, # or :"), "Tab"),
            (translate("Settings", "Choose an emoji"), "Ctrl+E"),
            (
                translate("Settings", "Give up an answer, an edit, a search; else: all is read"),
                "Esc",
            ),
            (translate("Settings", "Copy the selected text or messages"), "Ctrl+C"),
            (translate("Settings", "The menu of a message, of a room, of a person"), "Menu"),
            (translate("Settings", "Send an unsent message again, on the message"), "Return"),
        )
    ]
