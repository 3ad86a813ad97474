"""The number on the icon: there, readable, and told from the other kind."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor, QIcon, QImage, QPixmap

from client_gui.desktop.badge import MOST, SIZES, badge_colour, badge_text, counted_icon
from client_gui.widgets.colours import READABLE, contrast

WHITE = QColor(Qt.white)


@pytest.fixture
def plain(qapp: object) -> QIcon:
    """An icon all of one colour that no badge has."""
    picture = QPixmap(256, 256)
    picture.fill(QColor("yellow"))
    return QIcon(picture)


def _picture(icon: QIcon, size: int) -> QImage:
    return icon.pixmap(size, size).toImage()


def _share(picture: QImage, colour: QColor) -> float:
    """How much of *picture* is of exactly this colour."""
    side = range(picture.width())
    pixels = [QColor(picture.pixel(x, y)).rgb() == colour.rgb() for x in side for y in side]
    return sum(pixels) / len(pixels)


@pytest.mark.parametrize(
    ("count", "text"), [(0, ""), (1, "1"), (42, "42"), (MOST, "99"), (MOST + 1, "+")]
)
def test_a_number_of_three_digits_is_a_plus(count: int, text: str) -> None:
    """Three cannot be read."""
    assert badge_text(count) == text


@pytest.mark.parametrize("urgent", [False, True])
def test_white_digits_can_be_read_on_it(urgent: bool) -> None:
    """And the two kinds can be told apart."""
    assert contrast(badge_colour(urgent), WHITE) >= READABLE
    assert badge_colour(True) != badge_colour(False)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 27, 500])
def test_every_size_has_plate_and_digits(plain: QIcon, size: int, count: int) -> None:
    """As large as the icon allows, and the icon is still to be seen."""
    picture = _picture(counted_icon(plain, count, urgent=True), size)
    assert (picture.width(), picture.height()) == (size, size)
    assert _share(picture, badge_colour(True)) > 0.08
    whiter = sum(
        QColor(picture.pixel(x, y)).lightness() > 200 for x in range(size) for y in range(size)
    )
    assert whiter > size * size * 0.015
    assert _share(picture, QColor("yellow")) > 0.2
    assert QColor(picture.pixelColor(0, 0)).alpha() == 255


def test_between_icon_and_plate_the_panel_is_seen(plain: QIcon) -> None:
    """So it stands out whatever its colours are."""
    picture = _picture(counted_icon(plain, 3, urgent=False), 48)
    assert any(picture.pixelColor(x, 30).alpha() == 0 for x in range(48))


def test_an_icon_at_two_pixels_a_point_is_not_scaled_up(plain: QIcon) -> None:
    """There is a picture of that size."""
    assert {s * 2 for s in (16, 22, 24, 32)} <= set(SIZES)
