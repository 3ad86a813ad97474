"""Looking for words in what one may read."""

from functools import partial

from reactor.archive import PAGE_BYTES
from reactor.commands.ask import Question
from reactor.commands.places import in_room
from reactor.records import Hit, SearchPage
from reactor.rooms import Room
from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_PAGE, MAX_QUERY
from wire.messages import Found, Result, Search

_ID_DIGITS = 18


def search(services: Services, session: Session, request: Search) -> None:
    """Send a page of hits, then where to continue."""
    wrong = _wrong_field(request)
    if wrong is not None:
        session.refuse(request, *wrong)
    elif request.room:
        ask = partial(_ask, services, session, request)
        in_room(services, session, request, request.room, ask)
    else:
        _ask(services, session, request, None)


def _wrong_field(request: Search) -> tuple[str, str] | None:
    """Return the reason and the sentence for the first field that cannot be taken."""
    if not request.words or request.words.isspace():
        return "bad-field", "there is nothing to look for"
    if len(request.words) > MAX_QUERY:
        return "too-long", f"a search may have {MAX_QUERY} characters"
    before = request.before
    if before and not (before.isascii() and before.isdecimal() and len(before) <= _ID_DIGITS):
        return "bad-field", "continue where the last result said"
    return None


def _ask(services: Services, session: Session, request: Search, room: Room | None) -> None:
    session.end_turn()
    Question(services, session, request).ask(
        services.searching,
        services.stores.search.search,
        session.user.user_id,
        room.room_id if room is not None else None,
        request.words,
        int(request.before or 0),
        min(request.limit or MAX_PAGE, MAX_PAGE),
        then=partial(_tell, services, session, request),
    )


def _tell(services: Services, session: Session, request: Search, page: SearchPage) -> None:
    hits = page.hits[: _fitting(page.hits)]
    for hit in hits:
        room = services.rooms.by_id(hit.room_id)
        if room is not None and session in room:  # else put out while it was looked for
            session.send(_found(hit, room.reference))
    at = page.continue_at if len(hits) == len(page.hits) else hits[-1].message_id
    session.send(Result(request.code, "ok", str(at) if at else ""))


def _found(hit: Hit, reference: str) -> Found:
    return Found(hit.sender_nickname, hit.text, hit.sender_name, reference, hit.seq, hit.sent_at)


def _fitting(hits: list[Hit]) -> int:
    """How many of *hits* make a page, which never fills a send queue; at least one."""
    size = 0
    for count, hit in enumerate(hits):
        size += len(hit.text.encode())
        if count and size > PAGE_BYTES:
            return count
    return len(hits)
