"""The messages of one room, as rows for a view."""

import math
from bisect import bisect_left
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

from client_gui.changes import Inserted, Removed, TimelineChange, Updated
from client_gui.display import MAX_SHOWN, isolated, safe_name, safe_sign
from client_gui.items import Entry
from client_gui.row_words import filled, shown_text, speaker, state_words

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
    unread: bool = False
    """What was unread when the room was entered begins here."""


class MessageListModel(QAbstractListModel):
    """Follows the timeline of *room*; :meth:`apply` is its only way to change."""

    def __init__(self, room: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self._entries: list[Entry] = []
        self._unread_after: int | None = None
        self._unread_row: int | None = None

    @property
    def unread_row(self) -> int | None:
        """The first row of what was unread, as :meth:`mark_unread_after` was told."""
        return self._unread_row

    def mark_unread_after(self, seq: int | None) -> None:
        """Messages of others behind number *seq* are unread, and stay marked as that while they are
        read; None: nothing is.
        """
        self._unread_after = seq
        before, self._unread_row = self._unread_row, self._first_unread()
        self._tell_line_moved(before)

    def apply(self, changes: Iterable[TimelineChange]) -> None:
        """Make *changes*, in order; those of other rooms are not ours."""
        for change in changes:
            if change.room != self.room:
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

    def row_of(self, seq: int) -> int | None:
        """The row of message *seq*, if it is here."""
        row = self._row_from(seq)
        found = row < len(self._entries) and self._entries[row].seq == seq
        return row if found else None

    def _row_from(self, seq: int) -> int:
        """The first row with this number or a greater one, or with none, as what waits has."""
        return bisect_left(self._entries, seq, key=lambda entry: entry.seq or math.inf)

    def find(self, key: str) -> Entry | None:
        """The entry with this *key*, if it is here."""
        return next((entry for entry in reversed(self._entries) if entry.key == key), None)

    def row_of_key(self, key: str) -> int | None:
        """The row of the entry with this *key*, if it is here."""
        rows = range(len(self._entries) - 1, -1, -1)
        return next((row for row in rows if self._entries[row].key == key), None)

    def last_seq(self) -> int:
        """The number of the last row that has one; 0 if none has."""
        return next((entry.seq for entry in reversed(self._entries) if entry.seq), 0)

    def last_own(self) -> Entry | None:
        """Our last message that is here, and was not taken back."""
        ours = (e for e in reversed(self._entries) if e.own and not e.deleted and not e.notice)
        return next(ours, None)

    def _insert(self, change: Inserted) -> None:
        end = change.position + len(change.entries)
        self.beginInsertRows(QModelIndex(), change.position, end - 1)
        self._entries[change.position : change.position] = change.entries
        line = self._unread_row
        if line is not None and line >= change.position:
            line += len(change.entries)
        # Whoever hears of the rows asks where the line is.
        self._unread_row = self._first_unread()
        self.endInsertRows()
        self._tell_line_moved(line)
        self._tell_changed(end, end)

    def _remove(self, change: Removed) -> None:
        end = change.position + change.count
        self.beginRemoveRows(QModelIndex(), change.position, end - 1)
        del self._entries[change.position : end]
        line = self._unread_row
        if line is not None and line >= change.position:
            line = line - change.count if line >= end else None
        self._unread_row = self._first_unread()
        self.endRemoveRows()
        self._tell_line_moved(line)
        self._tell_changed(change.position, change.position)

    def _tell_line_moved(self, before: int | None) -> None:
        """The line was above the row that is row *before* now."""
        if before != self._unread_row:
            for row in (before, self._unread_row):
                if row is not None:
                    self._tell_changed(row, row)

    def _first_unread(self) -> int | None:
        if self._unread_after is None:
            return None
        for row in range(self._row_from(self._unread_after + 1), len(self._entries)):
            entry = self._entries[row]
            if not entry.own and not entry.notice:
                return row
        return None

    def _tell_changed(self, first: int, last: int) -> None:
        """Say that the rows from *first* to *last* look different; the latter for its heading."""
        last = min(last, len(self._entries) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))

    def _heading(self, row: int) -> Heading:
        entry, unread = self._entries[row], row == self._unread_row
        day = _day(entry.time)
        if row == 0:
            return Heading(_day_words(day), True, unread)
        before = self._entries[row - 1]
        new_day = day.isValid() and day != _day(before.time)
        apart = (
            before.username != entry.username
            or before.nickname != entry.nickname
            or before.own != entry.own
            or before.notice != entry.notice
            or not 0 <= entry.time - before.time < GROUP_MS
        )
        return Heading(_day_words(day) if new_day else "", unread or new_day or apart, unread)

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
            return shown_text(entry)
        if role == Qt.AccessibleTextRole:
            first_unread = index.row() == self._unread_row
            words = translate("MessageListModel", "unread from here") if first_unread else ""
            return f"{words}: {spoken(entry)}" if words else spoken(entry)
        return None


def spoken(entry: Entry) -> str:
    """The row as one line of speech: name, time, text, and what belongs to it."""
    if entry.notice:
        return shown_text(entry)
    text = isolated(shown_text(entry)[:MAX_SHOWN])
    parts = [isolated(speaker(entry)), clock_time(entry.time), text]
    if entry.reply:
        answered = safe_name(entry.reply.nickname)
        parts.append(filled(translate("MessageListModel", "answers %1"), answered))
    if entry.mentions_me:
        parts.append(translate("MessageListModel", "names you"))
    parts.append(state_words(entry))
    parts += [f"{isolated(safe_sign(r.sign))} {r.count}" for r in entry.reactions]
    return ", ".join(part for part in parts if part)


def copied(entries: list[Entry]) -> str:
    """The text of one message, or several messages with who said them and when."""
    if len(entries) == 1:
        return shown_text(entries[0])
    return "\n".join(copied_line(entry, shown_text(entry)) for entry in entries)


def copied_line(entry: Entry, text: str) -> str:
    """*text* of *entry* as it is copied among others: with who said it and when."""
    return f"[{clock_time(entry.time)}] {speaker(entry)}: {text}"


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


def moment(time: int) -> str:
    """When something was said, as short as it can be told: of today the time, else the date."""
    day = _day(time)
    if not day.isValid() or day == QDate.currentDate():
        return clock_time(time)
    return QLocale().toString(day, QLocale.ShortFormat)


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
