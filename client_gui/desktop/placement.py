"""Where the windows of one program are put, so that those of several do not hide each other.

Nobody else may do it: without a window manager, and on some desktops with one, every new window is
put in the middle of the screen. So each program that runs takes a seat, a locked file that the
system frees even after a crash, and its windows go to the place of that seat: left, right, and from
the third on a little lower each.
"""

from pathlib import Path

from PyQt5.QtCore import QDir, QLockFile, QPoint, QRect, QSize

SEATS = 8
"""Programs of one person that are told apart; more of them share the first one's place."""

_SIZE = QSize(820, 600)
_NARROWEST = 560
# What a window manager puts around a window, with some room to spare: nobody knows before.
_FRAME = QSize(16, 48)
_STEP = 36


class Seat:
    """One of ``SEATS``, as long as this object lives. Its files are in *directory*."""

    def __init__(self, directory: str) -> None:
        QDir().mkpath(directory)
        self.number = 0
        self.own = False
        """Whether nobody else sits there."""
        for number in range(SEATS):
            self._lock = QLockFile(str(Path(directory) / f"seat-{number}.lock"))
            # However long the program runs, the seat is taken.
            self._lock.setStaleLockTime(0)
            if self._lock.tryLock(0):
                self.number, self.own = number, True
                return

    def leave(self) -> None:
        """Give it up for the next program."""
        self._lock.unlock()


def place(screen: QRect, seat: int) -> QRect:
    """Return where the chat window of *seat* goes on *screen*: beside the others, if two fit."""
    room = screen.size() - _FRAME
    half = screen.width() // 2 - _FRAME.width()
    size = QSize(max(_NARROWEST, half), room.height()).boundedTo(_SIZE).boundedTo(room)
    whole = size + _FRAME
    both = max(whole.width(), min(2 * whole.width(), screen.width()))
    left = screen.left() + (screen.width() - both) // 2
    top = screen.top() + (screen.height() - whole.height()) // 2
    lower = min(seat // 2 * _STEP, screen.bottom() + 1 - whole.height() - top)
    return QRect(QPoint(left + (seat % 2) * (both - whole.width()), top + lower), size)


def centred(size: QSize, around: QRect) -> QPoint:
    """Return where a window of *size* goes to be in the middle of the place *around*."""
    return around.center() - QRect(QPoint(0, 0), size).center()
