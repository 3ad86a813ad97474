"""Each kind of list shows what it is given."""

import pytest
from PyQt5.QtWidgets import QApplication

from bench.client.views import KINDS, measure


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_measured(qapp: QApplication, kind: str) -> None:
    """Rows, single ones, and scrolling; nothing is judged."""
    figures = measure(kind, count=60, singles=2, steps=3)
    assert all(value > 0 for name, value in figures.items() if name.endswith("_ms"))
