"""Windows that become as high as their words need; they never shrink under somebody's hands."""

from PyQt5.QtCore import QCoreApplication, QEvent
from PyQt5.QtWidgets import QWidget


def grow(window: QWidget) -> None:
    """Make *window* high enough for what is in it now, at its present width."""
    layout = window.layout()
    # What has come into sight inside a part is told to the window part by part, and later.
    QCoreApplication.sendPostedEvents(None, QEvent.LayoutRequest)
    layout.activate()
    needed = max(layout.heightForWidth(window.width()), layout.minimumSize().height())
    if needed > window.height():
        window.resize(window.width(), needed)
