"""Pages of history: bounded by number and by bytes, and one answer to each question."""

from collections.abc import Callable

import pytest

from reactor import archive
from reactor.archive import Archive, Page
from reactor.records import StoredMessage
from tests.helpers.workers import HandLane


def message(seq: int, text: str = "x" * 10) -> StoredMessage:
    return StoredMessage(1, seq, 0, "", text, "user1", "itcast1")


class Store:
    """Five messages, of ten bytes each."""

    def after(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        return [message(number) for number in range(seq + 1, 6)][:limit]

    def before(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        return [message(number) for number in range(1, seq or 6)][-limit:]


@pytest.fixture
def lane() -> HandLane:
    return HandLane()


@pytest.fixture
def ask(lane: HandLane) -> Callable[..., tuple[list[int], bool]]:
    """Ask, let the lane work; the numbers of the page, and whether there are more."""
    pages = Archive(Store(), lane)

    def ask(direction: str, seq: int, limit: int) -> tuple[list[int], bool]:
        answers: list[Page | str] = []
        getattr(pages, direction)(1, seq, limit, answers.append)
        lane.run_all()
        (answer,) = answers
        assert isinstance(answer, Page)
        return [each.seq for each in answer.messages], answer.more

    return ask


@pytest.mark.parametrize(
    ("direction", "seq", "limit", "seqs", "more"),
    [
        ("after", 0, 2, [1, 2], True),
        ("after", 3, 3, [4, 5], False),
        ("after", 5, 3, [], False),
        ("before", 0, 2, [4, 5], True),
        ("before", 4, 2, [2, 3], True),
        ("before", 3, 3, [1, 2], False),
        ("before", 1, 3, [], False),
    ],
)
def test_pages(
    ask: Callable[..., object], direction: str, seq: int, limit: int, seqs: list[int], more: bool
) -> None:
    """A full page may be the last one; a shorter one is."""
    assert ask(direction, seq, limit) == (seqs, more)


@pytest.mark.parametrize(("room", "kept"), [(20, 2), (29, 2), (30, 3), (1, 1)])
def test_bytes_are_bounded(
    ask: Callable[..., object], monkeypatch: pytest.MonkeyPatch, room: int, kept: int
) -> None:
    """From the side where the page begins; and there is always one message, so that it goes on."""
    monkeypatch.setattr(archive, "PAGE_BYTES", room)
    assert ask("after", 0, 100) == ([1, 2, 3, 4, 5][:kept], True)
    assert ask("before", 0, 100) == ([1, 2, 3, 4, 5][-kept:], True)


def test_a_full_lane_is_said() -> None:
    """At once."""
    answers: list[Page | str] = []
    Archive(Store(), HandLane(capacity=0)).after(1, 0, 10, answers.append)
    assert answers == ["busy"]


def test_a_failing_storage_is_said(lane: HandLane, caplog: pytest.LogCaptureFixture) -> None:
    """To the client with a word, to the log with the reason."""

    class Broken(Store):
        def after(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
            raise OSError("the disk has gone")

    answers: list[Page | str] = []
    Archive(Broken(), lane).after(1, 0, 10, answers.append)
    lane.run_all()
    assert answers == ["unavailable"]
    assert "the disk has gone" in caplog.text
