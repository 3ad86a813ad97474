"""When and where Python looks for garbage in circles: in the window's thread, and never everywhere
while somebody is looking.

Left to itself, Python collects in whichever thread makes some: a widget that is in a circle would
be destroyed by the reader's thread, which Qt does not survive. And a full collection looks at every
object there is. With a hundred thousand messages in memory that is a tenth of a second or two in
which the window stands still, and it comes whenever some pages more have been read. So Python is
told not to, and a timer here looks at the young objects, which is quick; at all of them when
another program comes to the front, and once an hour for those who never look away. What is not in a
circle, which is all that messages are made of, goes at once without any of this.
"""

import gc

from PyQt5.QtCore import QObject, Qt, QTimer, pyqtSlot
from PyQt5.QtGui import QGuiApplication

AWAY_MS = 2_000
"""Milliseconds that another program is in front before all is looked at: not while one goes by."""

EVERY_MS = 60 * 60 * 1000
"""Milliseconds after which all is looked at, whoever is looking."""

YOUNG_MS = 1_000
"""Milliseconds from one look at the young objects to the next."""


class Garbage(QObject):
    """Sees to it, from now until :meth:`stop`."""

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        gc.disable()
        self._often = QTimer(self, interval=YOUNG_MS, timeout=self._collect_young)
        self._often.start()
        self._away = QTimer(self, singleShot=True, interval=AWAY_MS, timeout=self.collect)
        self._hourly = QTimer(self, interval=EVERY_MS, timeout=self.collect)
        self._hourly.start()
        application.applicationStateChanged.connect(self._on_state_changed)

    @pyqtSlot(Qt.ApplicationState)
    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationActive:
            self._away.stop()
        else:
            self._away.start()

    @pyqtSlot()
    def _collect_young(self) -> None:
        """As Python would, if there is enough of them."""
        most_young, most_middle, _ = gc.get_threshold()
        young, middle, _ = gc.get_count()
        if middle > most_middle:
            gc.collect(1)
        elif young > most_young:
            gc.collect(0)

    @pyqtSlot()
    def collect(self) -> None:
        """Look at everything."""
        gc.collect()
        self._hourly.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        for timer in (self._often, self._away, self._hourly):
            timer.stop()
        gc.enable()
