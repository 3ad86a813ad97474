"""What can be done with a message, as a menu."""

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal
from PyQt5.QtGui import QGuiApplication, QKeySequence
from PyQt5.QtWidgets import QMenu, QWidget

from client_gui.items import Delivery, Entry
from client_gui.link_words import short_address
from client_gui.links import Link, find_links
from client_gui.rights import Rights
from client_gui.widgets.text_block import shown

MAX_OFFERED = 5
"""Links of one message in its menu: more would push the rest out of sight."""

translate = QCoreApplication.translate


class MessageMenu(QMenu):
    """Of one message; it is gone when it closes.

    Signals:
        copy_wanted(): copy what is selected.
        retry_wanted(key: str): send this refused message again.
        discard_wanted(key: str): take it away.
        reply_wanted(entry: Entry), edit_wanted(entry: Entry), delete_wanted(entry: Entry),
        react_wanted(entry: Entry), readers_wanted(entry: Entry), quote_wanted(entry: Entry): what
            is chosen for this message; the last leads to the one that it answers.
        link_wanted(link: Link): open this link in it.
    """

    copy_wanted = pyqtSignal()
    retry_wanted = pyqtSignal(str)
    discard_wanted = pyqtSignal(str)
    reply_wanted = pyqtSignal(object)
    edit_wanted = pyqtSignal(object)
    delete_wanted = pyqtSignal(object)
    react_wanted = pyqtSignal(object)
    readers_wanted = pyqtSignal(object)
    quote_wanted = pyqtSignal(object)
    link_wanted = pyqtSignal(object)

    def __init__(
        self, entry: Entry, may: Rights, parent: QWidget, link: Link | None = None
    ) -> None:
        """*link* is the one that the menu was opened on; without one, all links are offered."""
        super().__init__(parent)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self._entry = entry
        alive = can_be_answered(entry)
        if alive and may.says:
            self._offer(translate("MessageMenu", "&Reply"), self.reply_wanted)
        if alive:
            self._offer(translate("MessageMenu", "Re&act…"), self.react_wanted)
        if can_be_edited(entry):
            self._offer(translate("MessageMenu", "&Edit"), self.edit_wanted)
        copy = self.addAction(translate("MessageMenu", "&Copy"), self.copy_wanted)
        copy.setShortcut(QKeySequence(QKeySequence.Copy))
        self._offer_links((link,) if link else links_of(entry))
        if entry.reply:
            self._offer(translate("MessageMenu", "Go to the &quoted message"), self.quote_wanted)
        if entry.seq and may.tells_readers:
            self._offer(translate("MessageMenu", "&Who has read it"), self.readers_wanted)
        if alive and (entry.own or may.moderates):
            self.addSeparator()
            self._offer(translate("MessageMenu", "&Delete"), self.delete_wanted)
        self._offer_what_unsent_ones_need()

    def _offer_what_unsent_ones_need(self) -> None:
        entry = self._entry
        retry, discard = (
            lambda: self.retry_wanted.emit(entry.key),
            lambda: self.discard_wanted.emit(entry.key),
        )
        if entry.retryable:
            self._add(translate("MessageMenu", "&Try again"), retry)
        if entry.delivery is Delivery.REFUSED:
            self._add(translate("MessageMenu", "Re&move"), discard)
        if entry.delivery is Delivery.PENDING:
            self._add(translate("MessageMenu", "Do &not send"), discard)

    def _offer_links(self, links: tuple[Link, ...]) -> None:
        for link in links[:MAX_OFFERED]:
            address = short_address(link).replace("&", "&&")
            for words, do in (
                (translate("MessageMenu", "Open %1"), partial(self.link_wanted.emit, link)),
                (translate("MessageMenu", "Copy %1"), partial(_copy, link.target)),
            ):
                self._add(words.replace("%1", address), do)

    def _offer(self, words: str, wanted: pyqtSignal) -> None:
        self._add(words, lambda: wanted.emit(self._entry))

    def _add(self, words: str, do: Callable[[], object]) -> None:
        self.addAction(words).triggered.connect(lambda: do())


def links_of(entry: Entry) -> tuple[Link, ...]:
    """The links that are shown in *entry*."""
    return () if entry.notice or entry.deleted else find_links(shown(entry.text))


def _copy(address: str) -> None:
    QGuiApplication.clipboard().setText(address)


def can_be_answered(entry: Entry) -> bool:
    """Whether it is a message that the server has, and has not been taken back."""
    stored = entry.delivery is Delivery.STORED and entry.seq > 0
    return stored and not entry.deleted and not entry.notice


def can_be_edited(entry: Entry) -> bool:
    """Whether another text can be put in its place: of ours, stored or not sent."""
    return entry.own and (can_be_answered(entry) or entry.delivery is not Delivery.STORED)
