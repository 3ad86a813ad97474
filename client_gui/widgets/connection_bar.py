"""The slim bar that says what is wrong with the connection. When nothing is, it is not there."""

import math
import time
from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated, Words, said
from client_gui.widgets.tinted_frame import TintedFrame

_TICK_MS = 250
_MARGIN = 10

translate = QCoreApplication.translate


class ConnectionBar(Retranslated, TintedFrame):
    """Offline, with the seconds until the next attempt; or connecting.

    Signals:
        try_wanted(): **Try now** was pressed.
    """

    try_wanted = pyqtSignal()

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._why: Words = ""
        self._next_attempt_at = 0.0
        self._timer = QTimer(self, interval=_TICK_MS, timeout=self._tick)
        self.label = PlainLabel()
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.try_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN // 2, _MARGIN, _MARGIN // 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Fixed)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say the words, those about the connection included."""
        self.button.setText(translate("ConnectionBar", "&Try now"))
        self.setAccessibleName(translate("ConnectionBar", "Connection"))
        self._tick()

    @pyqtSlot()
    def show_connected(self) -> None:
        """All is well."""
        self._timer.stop()
        self.hide()

    @pyqtSlot()
    def show_connecting(self) -> None:
        """An attempt has begun."""
        self._timer.stop()
        self.button.setEnabled(False)
        self._tick()
        self.show()

    def show_offline(self, why: Words, wait: float) -> None:
        """We are offline because of *why*; the next attempt is in *wait* seconds."""
        self._why = why
        self._next_attempt_at = self._clock() + wait
        self.button.setEnabled(True)
        self._tick()
        self._timer.start()
        self.show()

    @pyqtSlot()
    def _tick(self) -> None:
        if not self.button.isEnabled():
            self.label.setText(translate("ConnectionBar", "Connecting…"))
            return
        seconds = max(0, math.ceil(self._next_attempt_at - self._clock()))
        words = translate("ConnectionBar", "%1. Reconnecting in %2 s.")
        self.label.setText(words.replace("%1", said(self._why)).replace("%2", str(seconds)))
