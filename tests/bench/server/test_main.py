"""What measures the server works: a short run of all of it. No figure is judged here."""

import json
import subprocess
import sys

import pytest

from bench.server import connections, crowd, messages
from bench.server.__main__ import SCENES, main
from bench.server.processes import raise_descriptors
from bench.server.results import Result, told
from bench.server.scene import Options
from bench.server.servers import server
from reactor import coalescing

_WITHIN = 100

pytestmark = pytest.mark.slow


OPTIONS = Options((server("minichat"),), rounds=1, seconds=0.2, quick=True)


def _check(results: list[Result], scene: str) -> None:
    """Everything was measured, and can be told."""
    assert [each.error for each in results if each.error] == []
    for each in results:
        assert not any(value < 0 for value in each.figures.values()), each
        assert each.figures, each
    assert "minichat" in told(results, SCENES[scene].columns)


def test_the_program_prints_every_round() -> None:
    """In JSON, with what is missing and how quick the machine was."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "bench.server", "--json", "--only", "fanout", "--rounds", "2"),
            *("--seconds", "0.2", "--cells", "12/3/4", "--servers", "minichat,bare-loop"),
        ],
        check=True,
        stdout=subprocess.PIPE,
        timeout=_WITHIN,
    )
    printed = json.loads(done.stdout)
    results = [Result(**each) for each in printed["scenes"]["fanout"]]
    assert len(results) == 4
    assert {each.case for each in results} == {"12/3/4"}
    assert {each.server for each in results} == {"minichat", "bare-loop"}
    _check(results, "fanout")
    assert printed["missing"] == []
    assert all(each > 0 for each in printed["calibration"])


def test_pairs_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one message in flight, and with more."""
    monkeypatch.setattr(messages, "QUICK_PAIRS", 3)
    results = messages.measure(OPTIONS)
    assert {each.case for each in results} == {"3/1", "3/16"}
    _check(results, "messages")


def test_connections_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Held, lost and made again; of plain ones only their memory."""
    raise_descriptors()
    monkeypatch.setattr(connections, "QUICK_HELD", 60)
    for name, seconds in {"QUICK_WATCHED": 0.1, "PINGED": 0.5}.items():
        monkeypatch.setattr(connections, name, seconds)
    results = connections.measure(OPTIONS)
    assert {each.server for each in results} == {"minichat", "minichat, plain"}
    for each in results:
        each.figures.pop("memory")  # of so few it may be less than nothing
    _check([each for each in results if "plain" not in each.server], "connections")


def test_quiet_is_longer_than_the_server_gathers() -> None:
    """Or the beginning of a stretch would be counted with the end of the logins."""
    assert crowd.QUIET > 2 * coalescing.DELAY


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--only", "fanuot"), "no scene 'fanuot'"),
        (("--servers", "reddis"), "no server 'reddis'"),
        (("--cells", "100/ten"), "invalid literal"),
    ],
)
def test_what_is_misspelt_is_said(
    wrong: tuple[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """At once, and nothing is measured."""
    assert main(wrong) == 2
    assert said in capsys.readouterr().err
