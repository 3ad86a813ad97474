"""Short words for tests of the storage: who there is, what is said, what is changed."""

from reactor.records import Kind, Membership, NewMessage, NewUser, Refused, Stored
from reactor.storage import Storage

LOBBY = 1
# Milliseconds; the time of whatever has no time of its own.
NOW = 1_700_000_000_000


def add_users(storage: Storage, count: int = 5) -> None:
    """Add user1, user2 ... with the ids 1, 2 ..."""
    numbers = range(1, count + 1)
    storage.accounts.add_users([NewUser(f"user{i}", f"nick{i}", "hash") for i in numbers])


def entry(
    storage: Storage, room_id: int, sender_id: int, text: str, **fields: object
) -> Stored | Refused:
    """Append one entry; return its answer."""
    message = NewMessage(room_id, sender_id, "", text, NOW)._replace(**fields)  # type: ignore[arg-type]
    (answer,) = storage.messages.append([message])
    return answer


def say(storage: Storage, room_id: int, sender_id: int, text: str, **fields: object) -> int:
    """Append a message; return its number."""
    answer = entry(storage, room_id, sender_id, text, **fields)
    assert isinstance(answer, Stored)
    return answer.seq


def change(
    storage: Storage, kind: Kind, sender_id: int, target: int, text: str = "", **fields: object
) -> int | str:
    """Append a change in the lobby; return its number, or the reason of its refusal."""
    fields = {"room_id": LOBBY, **fields}
    room_id = int(str(fields.pop("room_id")))
    answer = entry(storage, room_id, sender_id, text, kind=kind, target=target, **fields)
    return answer.seq if isinstance(answer, Stored) else answer.reason


def make_room(storage: Storage, owner: int, name: str, kind: str = "public") -> int:
    """Make a room; return its number."""
    made = storage.rooms.create(owner, name, kind, "", NOW)
    assert isinstance(made, Membership)
    return made.room.room_id


def texts(storage: Storage, room_id: int = LOBBY) -> list[tuple[int, str]]:
    """Number and text of each entry of a room."""
    return [(each.seq, each.text) for each in storage.history.after(room_id, 0, 200)]


def refusal(answer: object) -> str:
    """The reason of a refusal; fails if it is none."""
    assert isinstance(answer, Refused), answer
    return answer.reason
