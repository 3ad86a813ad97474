"""What a notification says: a title and a body, each one visible line."""

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QCoreApplication, QLocale

from client_gui.display import safe_line, safe_name
from client_gui.items import News, RoomItem
from client_gui.models.room_list import room_title
from client_gui.noticing import Told
from client_gui.rights import DIRECT
from client_gui.row_words import filled

LONGEST = 200
"""Characters of a text: what a notification has room for."""

MAX_ROOMS = 5
"""Rooms that are named in the notification of several."""

translate = QCoreApplication.translate

Find = Callable[[str], RoomItem | None]


def notice_words(rooms: Sequence[Told], find: Find, preview: bool) -> tuple[str, str]:
    """Title and body about *rooms*, which *find* knows. *preview*: the text is shown too."""
    if len(rooms) != 1:
        return _about_several(rooms, find)
    (told,) = rooms
    item = find(told.room)
    direct = item is not None and item.kind == DIRECT
    if told.messages == 1 and told.last is not None:
        return _about_one(told.last, item, direct, preview)
    return _about_many(told, item, direct, preview)


def _about_one(news: News, item: RoomItem | None, direct: bool, preview: bool) -> tuple[str, str]:
    title = _name(news)
    if not direct:
        title = filled(translate("notice_words", "%1 in %2"), title, _title(item))
    if preview:
        return title, safe_line(news.text, LONGEST)
    if news.names_us:
        return title, translate("notice_words", "You are mentioned.")
    return title, translate("notice_words", "New message")


def _about_many(told: Told, item: RoomItem | None, direct: bool, preview: bool) -> tuple[str, str]:
    if told.messages == 1:
        words = translate("notice_words", "A new message in %2")
        if direct:
            words = translate("notice_words", "A new message from %2")
    elif direct:
        words = translate("notice_words", "%1 new messages from %2")
    else:
        words = translate("notice_words", "%1 new messages in %2")
    title = filled(words, _number(told.messages), _title(item))
    if told.last is None or not preview:
        return title, ""
    text = safe_line(told.last.text, LONGEST)
    if direct:
        return title, text
    return title, filled(translate("notice_words", "%1: %2"), _name(told.last), text)


def _about_several(rooms: Sequence[Told], find: Find) -> tuple[str, str]:
    words = translate("notice_words", "%1 new messages in %2 rooms")
    messages = sum(told.messages for told in rooms)
    # The last ones are the latest.
    names = [_title(find(told.room)) for told in reversed(rooms)]
    more = ("…",) if len(names) > MAX_ROOMS else ()
    listed = translate("notice_words", ", ").join((*names[:MAX_ROOMS], *more))
    return filled(words, _number(messages), _number(len(rooms))), listed


def _name(news: News) -> str:
    return safe_name(news.nickname, safe_name(news.username))


def _title(item: RoomItem | None) -> str:
    return room_title(item) if item is not None else "?"


def _number(number: int) -> str:
    return QLocale().toString(number)
