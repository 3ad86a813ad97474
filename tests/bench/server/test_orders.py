"""Orders to a load in a process of its own: what it cannot do, it says."""

import pytest

from bench.server.orders import LoadError, LoadProcess
from bench.server.servers import People, Running, server


def test_a_load_says_what_went_wrong_and_that_it_has_ended() -> None:
    """Both are errors of the order, and closing works after either."""
    with Running(server("bare-loop"), People(2)) as running, LoadProcess(running) as load:
        load.order("come_in", first=0, count=2)
        running.process.stop()
        with pytest.raises(LoadError, match=r"user [01]"):
            load.order("settle")
        with pytest.raises(LoadError, match="the load has ended"):
            load.order("no such order")
        with pytest.raises(LoadError, match="the load has ended"):
            load.order("settle")
