"""A label for a line of any length."""

from pytestqt.qtbot import QtBot

from client_gui.widgets.elided_label import ElidedLabel
from tests.client_gui.widgets.painting import touched


def test_it_never_stretches_a_window(qtbot: QtBot) -> None:
    """And paints what there is room for, as it is."""
    label = ElidedLabel("<b>words</b> " * 50)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() == 0
    label.resize(80, 30)
    image = label.grab().toImage()
    assert touched(image).width() > 40
    assert label.text().startswith("<b>")
