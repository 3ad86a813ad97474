"""What was found, as rows."""

import pytest
from PyQt5.QtCore import Qt
from pytestqt.modeltest import ModelTester

from client_gui.items import SearchHit
from client_gui.models import search_results
from client_gui.models.search_results import (
    EXCERPT_ROLE,
    HEADING_ROLE,
    HIT_ROLE,
    SearchResultsModel,
)
from tests.client_gui.conftest import NOON

HIT = SearchHit("#1", 7, "user2", "Grace", "the plan of <b>all</b> plans", NOON)


def test_a_hit_says_who_where_when_and_what(qapp: object, qtmodeltester: ModelTester) -> None:
    """With the words' places."""
    results = SearchResultsModel()
    results.begin("plan", {"#1": "Reading"}.get)
    results.add((HIT,))
    qtmodeltester.check(results)
    index = results.index(0)
    who, where, when = index.data(HEADING_ROLE)
    assert "Grace" in who
    assert "Reading" in where
    assert "2023" in when or "23" in when
    text, places = index.data(EXCERPT_ROLE)
    assert [text[start : start + length] for start, length in places] == ["plan", "plan"]
    assert index.data(HIT_ROLE) == HIT
    assert "the plan" in index.data(Qt.AccessibleTextRole)


def test_pages_follow_each_other_up_to_a_bound(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new search begins with nothing."""
    monkeypatch.setattr(search_results, "MAX_HITS", 3)
    results = SearchResultsModel()
    results.begin("plan", str)
    results.add((HIT, HIT))
    assert not results.is_full
    results.add((HIT, HIT))
    assert results.is_full
    assert results.rowCount() == 3
    results.begin("other", str)
    assert results.rowCount() == 0
