"""Where windows are put."""

from pathlib import Path

import pytest
from PyQt5.QtCore import QPoint, QRect, QSize

from client_gui.desktop.placement import SEATS, Seat, centred, place

SCREENS = [
    QRect(0, 0, 1920, 1050),
    QRect(0, 27, 1280, 773),
    QRect(1920, 0, 1366, 728),
    QRect(0, 0, 640, 400),
]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("seat", range(SEATS))
def test_every_place_is_on_the_screen(screen: QRect, seat: int) -> None:
    """With the frame that a window manager puts around it."""
    framed = place(screen, seat).adjusted(0, 0, 16, 48)
    assert screen.contains(framed)


@pytest.mark.parametrize("screen", SCREENS[:3])
def test_two_stand_side_by_side(screen: QRect) -> None:
    """As the windows of `make run` do."""
    first, second = place(screen, 0), place(screen, 1)
    assert not first.intersects(second)
    assert first.size() == second.size()
    assert second.left() - first.right() < 40, "they belong together"


@pytest.mark.parametrize("screen", SCREENS[:3])
def test_none_covers_another(screen: QRect) -> None:
    """Its title is always to be seen."""
    corners = {(place(screen, seat).topLeft().x(), place(screen, seat).top()) for seat in range(4)}
    assert len(corners) == 4


def test_a_smaller_window_goes_to_the_middle() -> None:
    """Of the place."""
    assert centred(QSize(100, 50), QRect(1000, 100, 300, 250)) == QPoint(1100, 200)


def test_each_has_a_seat_of_its_own(tmp_path: Path) -> None:
    """And one that is left is taken by the next."""
    seats = [Seat(str(tmp_path / "new")) for _ in range(SEATS)]
    assert [seat.number for seat in seats] == [*range(SEATS)]
    assert Seat(str(tmp_path / "new")).number == 0
    seats[2].leave()
    assert Seat(str(tmp_path / "new")).number == 2
    for seat in seats:
        seat.leave()


def test_without_a_place_for_the_files_it_is_the_first(tmp_path: Path) -> None:
    """No window has to do without a place."""
    (tmp_path / "file").touch()
    assert Seat(str(tmp_path / "file" / "below")).number == 0
