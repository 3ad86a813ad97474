"""The menus of the chat window, made from one table: every action by name, words and keys.

Whoever adds an action adds one line to ``_TABLE``, and connects ``menu.action(name).triggered``.
On macOS, Qt makes Command of Ctrl.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt5.QtCore import QCoreApplication
from PyQt5.QtWidgets import QAction, QMenu, QMenuBar, QWidget

from client_gui.widgets.retranslated import Retranslated

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class _Line:
    """An action."""

    name: str
    words: Callable[[], str]
    keys: tuple[str, ...] = ()
    role: int = QAction.NoRole
    """Where macOS puts it, which has one menu for what every program has."""


FIRST_UNREAD, NEWEST = "Shift+PgUp", "Ctrl+End"
"""The keys that the buttons over the messages name as well."""

_SEPARATOR = None

_TABLE: tuple[tuple[Callable[[], str], tuple[_Line | None, ...]], ...] = (
    (
        lambda: translate("MainMenu", "&Chat"),
        (
            _Line("search", lambda: translate("MainMenu", "&Search in this room…"), ("Ctrl+F",)),
            _Line(
                "search_everywhere",
                lambda: translate("MainMenu", "Search &everywhere…"),
                ("Ctrl+Shift+F",),
            ),
            _Line("next_hit", lambda: translate("MainMenu", "&Next hit"), ("F3",)),
            _Line("previous_hit", lambda: translate("MainMenu", "&Previous hit"), ("Shift+F3",)),
            _SEPARATOR,
            _Line(
                "settings",
                lambda: translate("MainMenu", "Se&ttings…"),
                ("Ctrl+,",),
                QAction.PreferencesRole,
            ),
            _SEPARATOR,
            _Line("try_now", lambda: translate("MainMenu", "&Connect now"), ("F5",)),
            _Line("outbox", lambda: translate("MainMenu", "&Unsent messages"), ("Ctrl+Shift+E",)),
            _Line(
                "doctor",
                lambda: translate("MainMenu", "C&heck the connection…"),
                ("Ctrl+Shift+D",),
            ),
            _SEPARATOR,
            _Line("sign_out", lambda: translate("MainMenu", "Log &out"), ("Ctrl+Shift+O",)),
            _SEPARATOR,
            _Line("quit", lambda: translate("MainMenu", "&Quit"), ("Ctrl+Q",), QAction.QuitRole),
        ),
    ),
    (
        lambda: translate("MainMenu", "&Rooms"),
        (
            _Line("new_room", lambda: translate("MainMenu", "&New room…"), ("Ctrl+N",)),
            _Line("join", lambda: translate("MainMenu", "&Join a room…"), ("Ctrl+J",)),
            _SEPARATOR,
            _Line(
                "find_room", lambda: translate("MainMenu", "&Find a room or a person…"), ("Ctrl+K",)
            ),
            _Line("previous_room", lambda: translate("MainMenu", "&Previous room"), ("Alt+Up",)),
            _Line("next_room", lambda: translate("MainMenu", "Ne&xt room"), ("Alt+Down",)),
            _Line(
                "previous_unread",
                lambda: translate("MainMenu", "P&revious unread room"),
                ("Alt+Shift+Up",),
            ),
            _Line(
                "next_unread",
                lambda: translate("MainMenu", "Next &unread room"),
                ("Alt+Shift+Down",),
            ),
            _SEPARATOR,
            _Line("pin", lambda: translate("MainMenu", "P&in or unpin"), ("Ctrl+Shift+P",)),
            _Line("mute", lambda: translate("MainMenu", "&Mute or unmute"), ("Ctrl+Shift+M",)),
            _Line("mark_read", lambda: translate("MainMenu", "Mark as r&ead"), ("Shift+Esc",)),
        ),
    ),
    (
        lambda: translate("MainMenu", "&View"),
        (
            _Line(
                "first_unread",
                lambda: translate("MainMenu", "&First unread message"),
                (FIRST_UNREAD,),
            ),
            _Line("newest", lambda: translate("MainMenu", "Ne&west message"), (NEWEST,)),
            _SEPARATOR,
            _Line("larger", lambda: translate("MainMenu", "&Larger text"), ("Ctrl++", "Ctrl+=")),
            _Line("smaller", lambda: translate("MainMenu", "&Smaller text"), ("Ctrl+-",)),
            _Line("usual_size", lambda: translate("MainMenu", "&Usual size of text"), ("Ctrl+0",)),
            _SEPARATOR,
            _Line("next_part", lambda: translate("MainMenu", "&Next part of the window"), ("F6",)),
            _Line(
                "previous_part",
                lambda: translate("MainMenu", "&Previous part of the window"),
                ("Shift+F6",),
            ),
        ),
    ),
    (
        lambda: translate("MainMenu", "&Help"),
        (_Line("keys", lambda: translate("MainMenu", "&Keys"), ("Ctrl+/",)),),
    ),
)


class MainMenu(Retranslated, QMenuBar):
    """What can be done in the chat window, whatever has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._menus = [(self.addMenu(""), words) for words, _ in _TABLE]
        self._actions: dict[str, tuple[QAction, Callable[[], str]]] = {}
        for (menu, _), (_, lines) in zip(self._menus, _TABLE, strict=True):
            for line in lines:
                self._add(menu, line)
        self.retranslate()

    def action(self, name: str) -> QAction:
        """The action called *name* in the table. Raises KeyError if there is none."""
        return self._actions[name][0]

    def add_menu(self, before: str, menu: QMenu) -> None:
        """Put *menu* before the action called *before*."""
        action = self.action(before)
        action.parent().insertMenu(action, menu)

    def retranslate(self) -> None:
        """Say the words."""
        for menu, words in self._menus:
            menu.setTitle(words())
        for action, words in self._actions.values():
            action.setText(words())

    def _add(self, menu: QMenu, line: _Line | None) -> None:
        if line is None:
            menu.addSeparator()
            return
        action = QAction(menu)
        action.setShortcuts(list(line.keys))
        # Qt would guess it from the words, and guess wrong in some languages.
        action.setMenuRole(line.role)
        menu.addAction(action)
        self._actions[line.name] = action, line.words
