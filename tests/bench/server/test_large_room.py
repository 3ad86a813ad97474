"""Everything that is said to be measured in a large room is measured. Nothing is judged on time."""

import math
from pathlib import Path

from bench.server.large_database import build
from bench.server.large_room import BATCHES, COLUMNS, FEW, SCENE, WORDS, measure
from bench.server.scene import Options


def test_each_case_has_all_its_figures(tmp_path: Path) -> None:
    """In both databases where two are compared."""
    results = list(measure(build(tmp_path, 2_000), rounds=2, amount=FEW))
    assert len(results) == 2 * (2 * 2 * len(BATCHES) + 3 + 2 * len(WORDS))
    for each in results:
        assert set(each.figures) == {column.name for column in COLUMNS}
        assert all(math.isfinite(value) and value > 0 for value in each.figures.values())
    compared = {(each.case, each.server) for each in results if each.case.startswith("post")}
    assert len(compared) == 2 * 2 * len(BATCHES)


def test_it_can_be_played_as_a_scene() -> None:
    """Beside the others, with little of everything."""
    results = SCENE.measure(Options(servers=(), rounds=1, quick=True))
    assert {each.server for each in results} == {"large", "new"}
    frequent = [each for each in results if each.case == "search here, a frequent word"]
    assert [each.note.startswith("0 ") for each in frequent] == [False]
