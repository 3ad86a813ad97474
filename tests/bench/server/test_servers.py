"""Which servers there are: those that are here, and those that are not."""

import shutil
from pathlib import Path

import pytest

from bench.server.servers import KINDS, NAMES, People, Running, server


def test_the_yardstick_and_minichat_are_always_here() -> None:
    """They need nothing but Python."""
    assert {"minichat", "bare-loop"} <= set(NAMES)
    assert server("minichat").language == "minichat"
    assert server("bare-loop").language == "lines"


def test_one_that_is_not_installed_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as missing; it is no error."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert all(server(name) is None for name in KINDS)


def test_one_that_does_not_exist_is_an_error() -> None:
    """Most likely it is misspelt."""
    with pytest.raises(ValueError, match="no server 'reddis'"):
        server("reddis")


def test_another_checkout_has_a_name_of_its_own(tmp_path: Path) -> None:
    """So that two can be compared."""
    assert server(f"minichat@{tmp_path}").name == f"minichat@{tmp_path}"


@pytest.mark.parametrize("name", NAMES)
def test_each_that_is_installed_starts_and_leaves_nothing(name: str) -> None:
    """With the configuration that it is measured with."""
    found = server(name)
    if found is None:
        assert shutil.which(KINDS[name].program) is None
        return
    with Running(found, People(2, 2)) as running:
        directory = Path(running.process.directory)
        assert directory.exists()
    assert not directory.exists()
