"""Windows that become as high as their words need; they never shrink under somebody's hands."""

from PyQt5.QtWidgets import QWidget


def grow(window: QWidget) -> None:
    """Make *window* high enough for what is in it now, at its present width."""
    layout = window.layout()
    layout.activate()
    needed = max(layout.heightForWidth(window.width()), layout.minimumSize().height())
    if needed > window.height():
        window.resize(window.width(), needed)
