"""What a process takes, and that one that does not start is noticed."""

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.server.processes import (
    ServerProcess,
    StartError,
    cpu_seconds,
    descriptors,
    free_port,
    pss_kib,
)

LINUX = sys.platform == "linux"


def test_what_this_process_takes_is_told() -> None:
    """On Linux; elsewhere it is not known, and no number stands for that."""
    for figure in (cpu_seconds(os.getpid()), pss_kib(os.getpid()), descriptors(os.getpid())):
        assert figure > 0 if LINUX else math.isnan(figure)


def test_children_count() -> None:
    """A server may have processes of its own."""
    before = pss_kib(os.getpid())
    child = subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        child.stdout.readline()
        assert not LINUX or pss_kib(os.getpid()) > before + 1000
        child.communicate(b"\n")


def test_a_server_that_ends_at_once_is_no_server(tmp_path: Path) -> None:
    """What it said is told."""
    program = [sys.executable, "-c", "raise SystemExit('no configuration')"]
    with pytest.raises(StartError, match="no configuration"):
        ServerProcess(program, tmp_path, free_port())
