"""The menu of the icon in the tray."""

from PyQt5.QtCore import QCoreApplication
from PyQt5.QtWidgets import QAction, QMenu, QWidget

from client_gui.widgets.retranslated import Retranslated, Words, said

translate = QCoreApplication.translate


class TrayMenu(Retranslated, QMenu):
    """What can be done without the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet: Words = ""
        self.show_action = self.addAction("")
        self.hide_action = self.addAction("")
        self.addSeparator()
        self.quiet_action = self.addAction("")
        self.quiet_action.setCheckable(True)
        self.addSeparator()
        self.sign_out_action = self.addAction("")
        self.quit_action = self.addAction("")
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words."""
        for action, words in self._words():
            action.setText(words)

    def set_quiet(self, on: bool, words: Words) -> None:
        """Whether nothing is told, and *words* for until when that is so."""
        self._quiet = words
        self.quiet_action.setChecked(on)
        self.retranslate()

    def set_window(self, is_shown: bool) -> None:
        """Whether there is a window to be hidden."""
        self.hide_action.setEnabled(is_shown)

    def set_signed_in(self, on: bool) -> None:
        """Whether there is anybody to log out."""
        self.sign_out_action.setEnabled(on)

    def _words(self) -> list[tuple[QAction, str]]:
        return [
            (self.show_action, translate("TrayMenu", "&Show MiniChat")),
            (self.hide_action, translate("TrayMenu", "&Hide")),
            (self.quiet_action, said(self._quiet)),
            (self.sign_out_action, translate("TrayMenu", "Log &out")),
            (self.quit_action, translate("TrayMenu", "&Quit")),
        ]
