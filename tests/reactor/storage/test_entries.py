"""What can never be stored, and how an entry is known again."""

import pytest

from reactor.records import Kind, NewMessage, Stored
from reactor.storage.entries import FEW, TEXT_AT, as_row, is_row_of, refusals, why_invalid

SAID = NewMessage(1, 2, "cid", "text", 3, target=1)
PLACE = Stored(1, 4, 3, fresh=True)
CHANGED = 8


def test_a_row_is_known_by_what_was_inserted() -> None:
    """Every field tells."""
    row = as_row(SAID, PLACE)
    assert is_row_of(row, SAID, PLACE)
    assert not is_row_of(None, SAID, PLACE)
    for index in range(len(row) - 1):
        other = list(row)
        other[index] = "other"
        assert not is_row_of(tuple(other), SAID, PLACE), index


def test_a_row_that_was_changed_since_is_known_by_the_rest() -> None:
    """Its text is another one by now; that is no reason to store the message again."""
    row = list(as_row(SAID, PLACE))
    row[TEXT_AT], row[CHANGED] = "edited", 5
    assert is_row_of(tuple(row), SAID, PLACE)
    row[2] = 99
    assert not is_row_of(tuple(row), SAID, PLACE)


@pytest.mark.parametrize("kind", Kind)
def test_a_change_keeps_its_text_only_where_it_stands_nowhere_else(kind: Kind) -> None:
    """The text of an edit is the target's."""
    kept = as_row(SAID._replace(kind=kind), PLACE)[TEXT_AT]
    assert kept == ("" if kind in (Kind.EDITED, Kind.DELETED) else "text")


BAD = [
    SAID._replace(room_id=-1),
    SAID._replace(sender_id=2**63),
    SAID._replace(sent_at=2**63),
    SAID._replace(target=-1),
    SAID._replace(target=2**63),
    SAID._replace(cid="x" * 65),
    SAID._replace(cid="x "),
    SAID._replace(cid="\ud83d"),
    SAID._replace(text="\udc00"),
    SAID._replace(text="x" * 5_001),
    SAID._replace(mentions=("\ud800",)),
    SAID._replace(mentions=("a",) * 11),
    SAID._replace(kind=Kind.EDITED, text=""),
    SAID._replace(kind=Kind.EDITED, text="x" * 5_001),
    SAID._replace(kind=Kind.REACTED, text="x" * 17),
]


@pytest.mark.parametrize("bad", BAD)
def test_what_no_database_could_store(bad: NewMessage) -> None:
    """Is refused without asking one."""
    refused = why_invalid(bad)
    assert refused is not None
    assert refused.reason == "invalid"


@pytest.mark.parametrize("bad", BAD)
def test_in_a_batch_each_is_judged_by_itself(bad: NewMessage) -> None:
    """Wherever it stands, and whatever stands beside it."""
    good = [SAID, SAID._replace(cid="a"), SAID._replace(mentions=("ann",), text="你好")] * FEW
    for at in (0, 1, len(good)):
        batch = [*good[:at], bad, *good[at:]]
        assert refusals(batch) == [why_invalid(each) for each in batch]
    assert refusals([bad]) == [why_invalid(bad)]


def test_the_halves_of_a_pair_in_two_messages_are_no_pair() -> None:
    """Though they would stand side by side when the texts are looked at together."""
    halves = [SAID._replace(cid="", text=half) for half in ("\ud83d", "\ude00")]
    assert all(refusals(halves * FEW))


def test_of_good_ones_nothing_is_said() -> None:
    """Of many, of one, of none."""
    for batch in ([SAID] * (FEW + 1), [SAID], []):
        assert refusals(batch) == [None] * len(batch)


def test_what_could_be_stored_is_left_to_the_database() -> None:
    """The rest depends on what there is."""
    for kind in Kind:
        assert why_invalid(SAID._replace(kind=kind)) is None
