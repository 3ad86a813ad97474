"""Which rooms there are and who is in one: pages, where to continue, and who may ask."""

import pytest

from tests.helpers.chat import Client, Stage
from wire.limits import MAX_NAME, MAX_PAGE


@pytest.fixture
def ann(stage: Stage) -> Client:
    """One who is in some rooms."""
    client = stage.full("user1")
    client.asks("0011|Cellar|private", "0011|attic||Old things", "0011|News|announcement")
    client.asks("0002|user1|psst|@user2", "0002|user1|hello|attic")
    return client


def outcome(frames: list[str]) -> list[str]:
    return [frame.split("|")[2] for frame in frames if frame.startswith("1000")]


MINE = [
    "1011|lobby|lobby|lobby|member",
    "1011|#2|private|Cellar|owner||1",
    "1011|#3|public|attic|owner|Old things|1|1",
    "1011|#4|announcement|News|owner||1",
    "1011|#5|direct|user2|member|itcast2|2|1",
]


def test_my_rooms(ann: Client) -> None:
    """The lobby first; of a direct room, the other."""
    assert ann.asks("0019|mine") == [*MINE, "1000|0019|ok"]


def test_a_mark_that_is_yet_to_be_saved_is_told_with_its_room(stage: Stage, ann: Client) -> None:
    """Another device that logs in meanwhile hears of it too."""
    ann.asks("0021|#3|1")
    other = stage.full("user1")
    assert other.asks("0019|mine") == [*MINE[:3], "2007|#3|1", *MINE[3:], "1000|0019|ok"]


def test_public_rooms(stage: Stage, ann: Client) -> None:
    """By name, whatever their letters; those that anybody may join, and what one is in them."""
    cy = stage.full("user3")
    cy.asks("0012|News")
    assert cy.asks("0019|public") == [
        "1011|#3|public|attic||Old things|1|1",
        "1011|#4|announcement|News|member||2",
        "1000|0019|ok",
    ]


@pytest.mark.parametrize(("scope", "rooms"), [("mine", 5), ("public", 2)])
@pytest.mark.parametrize("limit", [1, 2])
def test_going_on_reaches_everything(ann: Client, scope: str, rooms: int, limit: int) -> None:
    """Page after page, each once."""
    found: list[str] = []
    at = ""
    for _ in range(rooms + 1):
        *entries, result = ann.asks(f"0019|{scope}|{at}|{limit}")
        found += entries
        at = [*result.split("|"), ""][3]
        if not at:
            break
    (whole,) = [[frame for frame in ann.asks(f"0019|{scope}") if frame.startswith("1011")]]
    assert found == whole
    assert len(found) == rooms


@pytest.mark.parametrize(
    "fields",
    [
        "",
        "all",
        "MINE",
        "mine|#",
        "mine|#x",
        "mine|#-1",
        "mine|Cellar",
        "mine|#" + "9" * 19,
        "public|" + "x" * (MAX_NAME + 1),
    ],
)
def test_what_cannot_be_listed(ann: Client, fields: str) -> None:
    assert outcome(ann.asks(f"0019|{fields}")) == ["bad-field"]


@pytest.mark.parametrize("limit", ["0", "", str(MAX_PAGE + 1), "999999999999999999"])
def test_a_page_of_rooms_is_bounded(
    stage: Stage, ann: Client, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is asked for."""
    asked: list[int] = []
    monkeypatch.setattr(
        stage.store.rooms, "entries_of", lambda user, after, limit: asked.append(limit) or []
    )
    monkeypatch.setattr(
        stage.store.rooms, "members", lambda room, after, limit: asked.append(limit) or []
    )
    ann.asks(f"0019|mine||{limit}", f"0020|Cellar||{limit}")
    assert asked == [MAX_PAGE, MAX_PAGE]


# --- members


def test_members(stage: Stage, ann: Client) -> None:
    """By name, with what they are, and whether they are here."""
    stage.store.tables.add_user("Zoe", "Zoe Z.", "hash:x")
    cy = stage.full("user3")
    ann.asks("0014|Cellar|user3", "0014|Cellar|zoe")
    assert cy.asks("0020|Cellar") == [
        "1012|user1|itcast1|owner|1",
        "1012|user3|itcast3|member|1",
        "1012|Zoe|Zoe Z.|member|0",
        "1000|0020|ok||#2",
    ]
    assert cy.asks("0020|Cellar|user1|1") == [
        "1012|user3|itcast3|member|1",
        "1000|0020|ok|user3|#2",
    ]


def test_the_lobby_has_no_list(ann: Client) -> None:
    """Everybody is in it."""
    assert outcome(ann.asks("0020|lobby", "0020|")) == ["too-large"] * 2


def test_members_of_a_direct_room(ann: Client) -> None:
    assert [frame.split("|")[1] for frame in ann.asks("0020|@user2")] == ["user1", "user2", "0020"]


@pytest.mark.parametrize("code", ["0019|mine", "0020|Cellar"])
def test_a_lane_that_is_full_or_fails(stage: Stage, ann: Client, code: str) -> None:
    """Is said, and the session goes on."""
    stage.reading.capacity = 0
    assert outcome(ann.asks(code, "0003|t")) == ["busy", "ok"]
    stage.reading.capacity = 10
    ann.says(code, "0003|t")
    stage.reading.fail_one(OSError("away"))
    stage.settle()
    assert outcome(ann.told()) == ["unavailable", "ok"]


def test_a_name_that_is_too_long(ann: Client) -> None:
    assert outcome(ann.asks("0020|Cellar|" + "x" * (MAX_NAME + 1))) == ["bad-field"]


def test_basic_clients_are_told_nothing_of_it(stage: Stage, ann: Client) -> None:
    basic = stage.basic("user1")
    assert basic.asks("0019|mine", "0020|Cellar") == []
