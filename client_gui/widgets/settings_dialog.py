"""The settings: a few pages, and everything set in them is so at once."""

from collections.abc import Mapping

from PyQt5.QtCore import QCoreApplication, pyqtSignal
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.settings_controls import (
    ChoiceControl,
    FlagControl,
    NumberControl,
    TimeControl,
)
from client_gui.widgets.settings_page import SettingsPage

SMALLEST_SHOWN, LARGEST_SHOWN = 8, 32
"""Points: below, nobody can read, above, no window has room."""

MOST_UNDO = 10

translate = QCoreApplication.translate


class SettingsDialog(Retranslated, QDialog):
    """Escape closes it; there is nothing to confirm, and nothing to lose.

    Signals:
        changed(name: str, value: object): the person has set this preference.
        defaults_wanted(names: tuple): these are to be as at first.
    """

    changed = pyqtSignal(str, object)
    defaults_wanted = pyqtSignal(tuple)

    def __init__(self, parent: QWidget | None = None, with_tray: bool = True) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.pages: list[SettingsPage] = []
        self.buttons = QDialogButtonBox(QDialogButtonBox.Close)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.buttons)
        for page in (_look_page(), _writing_page(), _noticing_page()):
            self.add_page(page)
        if not with_tray:
            self._control("close_to_tray").hide()
        self.retranslate()

    def add_page(self, page: SettingsPage) -> None:
        """Put *page* behind the others."""
        self.pages.append(page)
        self.tabs.addTab(page, page.title())
        page.changed.connect(self.changed)
        page.defaults_wanted.connect(self.defaults_wanted)

    def show_values(self, values: Mapping[str, object]) -> None:
        """These are set now."""
        for name, value in values.items():
            for page in self.pages:
                page.show_value(name, value)
            if name == "quiet":
                for part in ("quiet_from", "quiet_until"):
                    self._control(part).setEnabled(bool(value))

    def retranslate(self) -> None:
        """Say the words; the pages say theirs."""
        self.setWindowTitle(translate("SettingsDialog", "MiniChat – Settings"))
        self.tabs.setAccessibleName(translate("SettingsDialog", "Settings"))
        self.buttons.button(QDialogButtonBox.Close).setText(translate("SettingsDialog", "&Close"))
        for number, page in enumerate(self.pages):
            self.tabs.setTabText(number, page.title())

    def _control(self, name: str) -> QWidget:
        return next(page.controls[name] for page in self.pages if name in page.controls)


def _look_page() -> SettingsPage:
    language = ChoiceControl(
        "language",
        lambda: translate("SettingsDialog", "&Language:"),
        {
            "": lambda: translate("SettingsDialog", "As the system"),
            # Each in its own words: whoever is lost in the other one finds back.
            "zh_CN": lambda: "中文",
            "en": lambda: "English",
        },
    )
    theme = ChoiceControl(
        "theme",
        lambda: translate("SettingsDialog", "&Colours:"),
        {
            "system": lambda: translate("SettingsDialog", "As the system"),
            "light": lambda: translate("SettingsDialog", "Light"),
            "dark": lambda: translate("SettingsDialog", "Dark"),
        },
    )
    size = NumberControl(
        "font_size",
        lambda: translate("SettingsDialog", "Size of &text:"),
        SMALLEST_SHOWN,
        LARGEST_SHOWN,
        lambda: translate("SettingsDialog", "As the system"),
        lambda: translate("SettingsDialog", " points"),
    )
    layout = ChoiceControl(
        "layout",
        lambda: translate("SettingsDialog", "&Messages:"),
        {
            "bubbles": lambda: translate("SettingsDialog", "In bubbles"),
            "compact": lambda: translate("SettingsDialog", "One below the other, close together"),
        },
    )
    return SettingsPage(
        lambda: translate("SettingsDialog", "Look"), (language, theme, size, layout)
    )


def _writing_page() -> SettingsPage:
    key = ChoiceControl(
        "send_key",
        lambda: translate("SettingsDialog", "A message is &sent by:"),
        {
            "enter": lambda: translate("SettingsDialog", "Enter (Shift+Enter begins a line)"),
            "ctrl-enter": lambda: translate("SettingsDialog", "Ctrl+Enter (Enter begins a line)"),
        },
    )
    undo = NumberControl(
        "undo_seconds",
        lambda: translate("SettingsDialog", "Time to take it &back:"),
        1,
        MOST_UNDO,
        lambda: translate("SettingsDialog", "None: it goes out at once"),
        lambda: translate("SettingsDialog", " seconds"),
    )
    edits = FlagControl(
        "up_edits",
        lambda: translate("SettingsDialog", "&Up in the empty box edits the last one"),
    )
    return SettingsPage(lambda: translate("SettingsDialog", "Writing"), (key, undo, edits))


def _noticing_page() -> SettingsPage:
    about = ChoiceControl(
        "notify",
        lambda: translate("SettingsDialog", "&Notify me of:"),
        {
            "all": lambda: translate("SettingsDialog", "Every message"),
            "mentions": lambda: translate("SettingsDialog", "My name, and direct messages"),
            "none": lambda: translate("SettingsDialog", "Nothing"),
        },
    )
    controls = (
        about,
        FlagControl(
            "notify_preview",
            lambda: translate("SettingsDialog", "&Show what was written, not only by whom"),
        ),
        FlagControl("quiet", lambda: translate("SettingsDialog", "&Quiet hours: no notifications")),
        TimeControl("quiet_from", lambda: translate("SettingsDialog", "&From:")),
        TimeControl("quiet_until", lambda: translate("SettingsDialog", "Un&til:")),
        FlagControl(
            "close_to_tray",
            lambda: translate("SettingsDialog", "Closing the window &leaves MiniChat in the tray"),
        ),
    )
    return SettingsPage(lambda: translate("SettingsDialog", "Noticing"), controls)
