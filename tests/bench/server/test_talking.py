"""People who talk: the numbers are read right, and what is lost is noticed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.server import crowd as crowd_module
from bench.server import talking
from bench.server.crowd import Crowd, Lost
from bench.server.languages import LANGUAGES, text_of
from bench.server.one_room import OneRoom
from bench.server.pairs import Pairs
from bench.server.peers import HERE
from bench.server.processes import ServerProcess, free_port
from bench.server.talking import Observer

MEMBERS = 8
ROOM = 1


@pytest.fixture(autouse=True)
def _quiet_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else talks here."""
    monkeypatch.setattr(crowd_module, "QUIET", 0.1)
    monkeypatch.setattr(talking, "LOOK_EVERY", 0.1)


def _server(directory: Path, fault: str = "") -> ServerProcess:
    port = free_port()
    if not fault:
        command = [sys.executable, "-P", str(HERE / "bare_loop.py"), str(port)]
    else:
        program = Path(__file__).with_name("lossy_loop.py")
        command = [sys.executable, str(program), str(HERE), fault, str(port)]
    return ServerProcess(command, directory, port)


@pytest.fixture
def crowd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Crowd]:
    """Eight in a room of the bare loop, or of one that is at fault as the parameter says."""
    server = _server(tmp_path, getattr(request, "param", ""))
    people = Crowd(LANGUAGES["lines"], server.address, 4)
    try:
        people.log_in(range(MEMBERS), ROOM)
        people.settle()
        yield people
    finally:
        people.close()
        server.stop()


def test_numbers_are_read_wherever_the_stream_is_cut() -> None:
    """Each once."""
    stream = b"".join(b"1002|x|" + text_of(number) + b"|y\n" for number in range(5))
    for size in (1, 2, 7, 64, len(stream)):
        observer = Observer()
        pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
        assert [each for piece in pieces for each in observer.numbers(piece)] == [0, 1, 2, 3, 4]
        assert (observer.count, observer.length) == (5, len(stream))


def test_every_delivery_is_counted(crowd: Crowd) -> None:
    """In a room in which all are told, and stretch after stretch."""
    room = OneRoom(crowd, ROOM)
    for _ in range(2):
        stretch = room.stretch(senders=3, in_flight=2, seconds=0.05, server=0)
        assert stretch.messages >= 6
        assert stretch.deliveries == stretch.messages * MEMBERS
        assert 0 < stretch.p50 <= stretch.p99


@pytest.mark.parametrize("crowd", ["loses", "repeats"], indirect=True)
def test_a_delivery_too_few_or_too_many_is_noticed(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figures would be worth nothing."""
    monkeypatch.setattr(talking, "PATIENCE", 0.5)
    room = OneRoom(crowd, ROOM)

    def talk_until_it_happens() -> None:
        for _ in range(50):
            room.stretch(senders=2, in_flight=2, seconds=0.05, server=0)

    with pytest.raises(Lost, match="have not heard what was said: user"):
        talk_until_it_happens()


def test_pairs_talk(tmp_path: Path) -> None:
    """One delivery for each message."""
    server = _server(tmp_path)
    people = Crowd(LANGUAGES["lines"], server.address, 4)
    try:
        people.log_in(range(MEMBERS), None)
        people.settle()
        stretch = Pairs(people).stretch(senders=4, in_flight=3, seconds=0.05, server=0)
        assert stretch.messages >= 12
        assert stretch.deliveries == stretch.messages
    finally:
        people.close()
        server.stop()
