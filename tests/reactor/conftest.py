"""A loop whose sockets are made ready by hand and whose time stands still, and what runs on it."""

import logging
from collections.abc import Callable, Iterator

import pytest

from reactor.loop import Loop
from reactor.send_queues import SendQueues
from tests.helpers.chat import Stage, stand_in_passwords
from tests.helpers.clock import FakeClock
from tests.helpers.selector import FakeSelector
from tests.helpers.transports import MARKS, Line


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def selector(clock: FakeClock) -> FakeSelector:
    return FakeSelector(clock)


class Faults(logging.Handler):
    """The exceptions that loops caught and logged."""

    def __init__(self) -> None:
        super().__init__()
        self.caught: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self.caught.append(record.exc_info[1])

    def expect(self, kind: type[BaseException], times: int = 1) -> None:
        """Forget the faults so far, which must be so many of that kind."""
        assert [type(error) for error in self.caught] == [kind] * times
        self.caught.clear()


@pytest.fixture
def faults() -> Iterator[Faults]:
    """The loop catches faults, those of tests and their stand-ins too: they must be expected."""
    faults = Faults()
    log = logging.getLogger("reactor.loop")
    log.addHandler(faults)
    yield faults
    log.removeHandler(faults)
    if faults.caught:
        raise faults.caught[0]


@pytest.fixture
def loop(selector: FakeSelector, clock: FakeClock, faults: Faults) -> Iterator[Loop]:
    loop = Loop(selector, clock)
    yield loop
    loop.close()


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, loop: Loop) -> Stage:
    """Sessions with all that is behind them, on fake lanes and a fake store."""
    stand_in_passwords(monkeypatch)
    return Stage(loop)


@pytest.fixture
def queues(loop: Loop) -> SendQueues:
    queues = SendQueues(MARKS, lambda: loop.call_soon(lambda: None))
    loop.at_turn_end(queues.flush)
    return queues


@pytest.fixture
def make_line(loop: Loop, selector: FakeSelector, queues: SendQueues) -> Callable[[], Line]:
    def make() -> Line:
        line = Line(loop, selector, queues)
        line.transport.start(line.receiver)
        return line

    return make


@pytest.fixture
def line(make_line: Callable[[], Line]) -> Line:
    return make_line()
