"""The messages of the lobby, as rows for a view."""

from collections.abc import Iterable
from dataclasses import dataclass

from PyQt5.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    Qt,
)

from client_gui.changes import Entry, Inserted, Removed, TimelineChange, Updated
from client_gui.display import isolated, safe_name
from client_gui.rooms import LOBBY

ENTRY_ROLE = Qt.UserRole
"""The row's ``Entry``."""

HEADING_ROLE = Qt.UserRole + 1
"""The row's :class:`Heading`."""

GROUP_MS = 5 * 60 * 1000
"""Milliseconds within which messages of one person stand under one name."""

_TWENTY_FOUR_HOURS = "HH:mm"

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a row, seen from the row before."""

    day: str
    """A new day begins here: its name; else empty."""
    starts_group: bool
    """Another person speaks than before, or the same after a while."""


class MessageListModel(QAbstractListModel):
    """Follows the timeline of the lobby; :meth:`apply` is its only way to change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def apply(self, changes: Iterable[TimelineChange]) -> None:
        """Make *changes*, in order; those of other rooms are not ours."""
        for change in changes:
            if change.room != LOBBY:
                continue
            match change:
                case Inserted():
                    self._insert(change)
                case Updated():
                    self._entries[change.position] = change.entry
                    self._tell_changed(change.position, change.position + 1)
                case Removed():
                    self._remove(change)

    def entry(self, row: int) -> Entry:
        """The entry in *row*."""
        return self._entries[row]

    def _insert(self, change: Inserted) -> None:
        end = change.position + len(change.entries)
        self.beginInsertRows(QModelIndex(), change.position, end - 1)
        self._entries[change.position : change.position] = change.entries
        self.endInsertRows()
        self._tell_changed(end, end)

    def _remove(self, change: Removed) -> None:
        end = change.position + change.count
        self.beginRemoveRows(QModelIndex(), change.position, end - 1)
        del self._entries[change.position : end]
        self.endRemoveRows()
        self._tell_changed(change.position, change.position)

    def _tell_changed(self, first: int, last: int) -> None:
        """Say that the rows from *first* to *last* look different; the latter for its heading."""
        last = min(last, len(self._entries) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))

    def _heading(self, row: int) -> Heading:
        entry = self._entries[row]
        day = _day(entry.time)
        if row == 0:
            return Heading(_day_words(day), True)
        before = self._entries[row - 1]
        new_day = day.isValid() and day != _day(before.time)
        apart = (
            before.username != entry.username
            or before.nickname != entry.nickname
            or before.own != entry.own
            or not 0 <= entry.time - before.time < GROUP_MS
        )
        return Heading(_day_words(day) if new_day else "", new_day or apart)

    # --- Qt's questions --------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Rows at the top; there are no others."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        """The entry, its heading, its text, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == HEADING_ROLE:
            return self._heading(index.row())
        if role == Qt.DisplayRole:
            return entry.text
        if role == Qt.AccessibleTextRole:
            return spoken(entry)
        return None


def spoken(entry: Entry) -> str:
    """The message as one line of speech: name, time, text."""
    return f"{isolated(speaker(entry))}, {clock_time(entry.time)}, {isolated(entry.text)}"


def copied(entries: list[Entry]) -> str:
    """The text of one message, or several messages with who said them and when."""
    if len(entries) == 1:
        return entries[0].text
    return "\n".join(
        f"[{clock_time(entry.time)}] {speaker(entry)}: {entry.text}" for entry in entries
    )


def speaker(entry: Entry) -> str:
    """Who said it, as one visible line: the nickname, or where that is none, the user name."""
    return safe_name(entry.nickname, safe_name(entry.username))


def clock_time(time: int) -> str:
    """The local time of day, as the language writes it; empty if it is unknown."""
    if not time:
        return ""
    form = QLocale().timeFormat(QLocale.ShortFormat)
    # Chinese chat programs show twenty-four hours, though the language's own short form does not;
    # and the short form of the C locale has seconds.
    if QLocale().language() == QLocale.Chinese or "s" in form:
        form = _TWENTY_FOUR_HOURS
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(time).time(), form)


def _day(time: int) -> QDate:
    return QDateTime.fromMSecsSinceEpoch(time).date() if time else QDate()


def _day_words(day: QDate) -> str:
    if not day.isValid():
        return ""
    today = QDate.currentDate()
    if day == today:
        return translate("MessageListModel", "Today")
    if day == today.addDays(-1):
        return translate("MessageListModel", "Yesterday")
    return QLocale().toString(day, QLocale.LongFormat)
