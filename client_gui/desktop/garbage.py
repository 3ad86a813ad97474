"""When Python looks for garbage in circles: never everywhere, while somebody is looking.

A collection looks at every object there is. With a hundred thousand messages in memory that is a
tenth of a second or two in which the window stands still, and it comes whenever some pages more
have been read. So only young objects are looked at by themselves, which is quick; all of them when
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

_NEVER = 1_000_000


class Garbage(QObject):
    """Sees to it, from now until :meth:`stop`."""

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        self._usual = gc.get_threshold()
        gc.set_threshold(*self._usual[:2], _NEVER)
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
    def collect(self) -> None:
        """Look at everything."""
        gc.collect()
        self._hourly.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._away.stop()
        self._hourly.stop()
        gc.set_threshold(*self._usual)
