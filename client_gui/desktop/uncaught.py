"""An exception that nobody caught is logged and shown, once, and the program goes on.

Without this, PyQt ends the process with ``abort()`` for one mistake in one slot. Install it before
anything else. It may be raised in any thread; the window is made in the GUI's.

The same mistake is shown once, and counted from then on: one in a timer's slot would fill the
screen. The report that can be copied says where it happened and in which versions, and nothing of
anybody: an exception's own words may be what somebody wrote, so they are in the log and on the
screen only, and paths begin where the program does.
"""

import importlib.metadata
import logging
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PyQt5.QtCore import (
    PYQT_VERSION_STR,
    QT_VERSION_STR,
    QCoreApplication,
    QLocale,
    QObject,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QApplication, QMessageBox

MAX_PLACES = 100
"""Places in the program whose mistakes are told apart; those beyond are counted as one."""

MAX_TEXT = 20_000
"""Characters of a traceback that are shown."""

_ROOT = Path(__file__).parents[2]

translate = QCoreApplication.translate

_log = logging.getLogger(__name__)


class UncaughtExceptions(QObject):
    """The hook, and the box: one at a time."""

    _raised = pyqtSignal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._box: QMessageBox | None = None
        self._report = ""
        self._times: dict[str, int] = {}
        """How often something happened, by its place."""
        self._shown: set[str] = set()
        self._raised.connect(self._show, Qt.QueuedConnection)

    def install(self) -> None:
        """Take the interpreter's place for what nobody caught."""
        sys.excepthook = self._caught_nowhere
        # Python's own threads do not ask that hook, but this one.
        threading.excepthook = self._ended_a_thread

    def _ended_a_thread(self, uncaught: threading.ExceptHookArgs) -> None:
        if uncaught.exc_value is not None:
            self._caught_nowhere(uncaught.exc_type, uncaught.exc_value, uncaught.exc_traceback)

    def _caught_nowhere(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        place = _place(kind, trace)
        if place not in self._times and len(self._times) >= MAX_PLACES:
            place = ""
        self._times[place] = times = self._times.get(place, 0) + 1
        text = "".join(traceback.format_exception(kind, error, trace))
        if times == 1:
            _log.critical("an exception that nobody caught:\n%s", text)
        elif times & (times - 1) == 0:  # less and less often
            _log.critical("once more, %d times by now: %s", times, place)
        self._raised.emit(place, text[:MAX_TEXT], report(kind, error, trace))

    @pyqtSlot(str, str, str)
    def _show(self, place: str, text: str, copied: str) -> None:
        if self._box is not None:
            self._count()
        elif place not in self._shown and isinstance(QApplication.instance(), QApplication):
            self._shown.add(place)
            self._report = copied
            self._open(text)

    def _open(self, text: str) -> None:
        self._box = QMessageBox(
            QMessageBox.Critical,
            translate("UncaughtExceptions", "MiniChat"),
            translate(
                "UncaughtExceptions", "Something went wrong in MiniChat. It goes on if it can."
            ),
            QMessageBox.Close,
        )
        self._box.setTextFormat(Qt.PlainText)
        self._box.setDetailedText(text)
        copy = self._box.addButton(
            translate("UncaughtExceptions", "&Copy report"), QMessageBox.ActionRole
        )
        copy.clicked.disconnect()  # or it would close the box
        copy.clicked.connect(self._copy)
        copy.setToolTip(
            translate("UncaughtExceptions", "Where it happened, in which versions; no messages.")
        )
        self._box.finished.connect(self._forget)
        self._count()
        self._box.open()

    def _count(self) -> None:
        times = sum(self._times.values())
        if self._box is not None and times > 1:
            words = translate("UncaughtExceptions", "Mistakes since the start: %1")
            self._box.setInformativeText(words.replace("%1", QLocale().toString(times)))

    @pyqtSlot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)

    @pyqtSlot()
    def _forget(self) -> None:
        if self._box is not None:
            self._box.deleteLater()
            self._box = None


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """What may be given to others about *error*: versions and places."""
    lines = [
        f"MiniChat {_version()}",
        f"Python {platform.python_version()}, Qt {QT_VERSION_STR}, PyQt {PYQT_VERSION_STR}",
        f"{platform.system()} {platform.release()}, {QGuiApplication.platformName()}",
        "",
    ]
    before = error.__cause__ or error.__context__
    if before is not None:
        lines += [*_frames(before.__traceback__), f"{type(before).__name__}; then:"]
    return "\n".join([*lines, *_frames(trace), kind.__name__, ""])


def _frames(trace: TracebackType | None) -> list[str]:
    return [
        f"{_short(frame.filename)}:{frame.lineno}, in {frame.name}: {frame.line}"
        for frame in traceback.extract_tb(trace)
    ]


def _short(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name


def _place(kind: type[BaseException], trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-1:]
    return ", ".join([kind.__name__, *(f"{_short(f.filename)}:{f.lineno}" for f in frames)])


def _version() -> str:
    try:
        return importlib.metadata.version("minichat")
    except importlib.metadata.PackageNotFoundError:
        return "from source"
