"""The slim bar that says what is wrong with the connection. When nothing is, it is not there.

1. It is quiet for the first ``QUIET`` seconds: most losses heal before anybody has read of them.
   Once it is there, it stays until all is well, so that nothing flickers.
2. It takes no focus by itself, and a click on it takes none from where one writes.
"""

import math
import time
from collections.abc import Callable
from enum import Enum

from PyQt5.QtCore import QCoreApplication, QLocale, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from client_gui.widgets.elided_label import ElidedLabel
from client_gui.widgets.retranslated import Retranslated, Words, said
from client_gui.widgets.tinted_frame import TintedFrame

QUIET = 3.0
"""Seconds of a loss, or of a connection that comes about, in which nothing is said."""

_TICK_MS = 250
_MARGIN = 10

translate = QCoreApplication.translate


class _Stand(Enum):
    CONNECTED = 0
    CONNECTING = 1
    OFFLINE = 2


class ConnectionBar(Retranslated, TintedFrame):
    """Offline, with the seconds until the next attempt; or connecting. And what was not sent.

    Signals:
        try_wanted(): **Try now** was pressed.
        outbox_wanted(): one wants to see what was not sent.
        doctor_wanted(): one wants to know what is wrong.
    """

    try_wanted = pyqtSignal()
    outbox_wanted = pyqtSignal()
    doctor_wanted = pyqtSignal()

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self.quiet = QUIET
        self._stand = _Stand.CONNECTED
        self._why: Words = ""
        self._next_attempt_at = self._since = 0.0
        self._waiting = self._refused = 0
        self._timer = QTimer(self, interval=_TICK_MS, timeout=self._tick)
        self.label = ElidedLabel()
        self.outbox_button, self.doctor_button = QPushButton(), QPushButton()
        self.button = QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN // 2, _MARGIN, _MARGIN // 2)
        row.addWidget(self.label, 1)
        for button, wanted in (
            (self.outbox_button, self.outbox_wanted),
            (self.doctor_button, self.doctor_wanted),
            (self.button, self.try_wanted),
        ):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.TabFocus)
            button.clicked.connect(wanted)
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Fixed)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say the words, those about the connection included."""
        self.button.setText(translate("ConnectionBar", "&Try now"))
        self.button.setToolTip(translate("ConnectionBar", "Connect at once (F5)"))
        self.doctor_button.setText(translate("ConnectionBar", "&Details…"))
        self.doctor_button.setToolTip(
            translate("ConnectionBar", "Find out what is wrong with the connection")
        )
        self.outbox_button.setToolTip(translate("ConnectionBar", "Show what was not sent"))
        self.setAccessibleName(translate("ConnectionBar", "Connection"))
        self._say()

    # --- what the program says -------------------------------------------------------------------

    @pyqtSlot()
    def show_connected(self) -> None:
        """All is well."""
        self._timer.stop()
        self._stand = _Stand.CONNECTED
        self._say()

    @pyqtSlot()
    def show_connecting(self) -> None:
        """An attempt has begun."""
        self._show(_Stand.CONNECTING)

    def show_offline(self, why: Words, wait: float) -> None:
        """We are offline because of *why*; the next attempt is in *wait* seconds."""
        self._why = why
        self._next_attempt_at = self._clock() + wait
        self._show(_Stand.OFFLINE)

    def show_unsent(self, waiting: int, refused: int) -> None:
        """So many messages wait to be sent; and so many were refused, and wait for a person."""
        if (waiting, refused) != (self._waiting, self._refused):
            self._waiting, self._refused = waiting, refused
            self._say()

    # --- inside ----------------------------------------------------------------------------------

    def _show(self, stand: _Stand) -> None:
        if self._stand is _Stand.CONNECTED:
            self._since = self._clock()
            self._timer.start()
        self._stand = stand
        self._say()

    @pyqtSlot()
    def _tick(self) -> None:
        self._say()

    def _say(self) -> None:
        away = self._stand is not _Stand.CONNECTED
        self.label.setText(self._words())
        self.outbox_button.setText(self._unsent_words())
        self.outbox_button.setVisible(bool(self._refused or (away and self._waiting)))
        self.doctor_button.setVisible(away)
        self.button.setVisible(away)
        self.button.setEnabled(self._stand is _Stand.OFFLINE)
        due = away and self._clock() - self._since >= self.quiet
        self.setVisible(bool(due or self._refused))

    def _words(self) -> str:
        match self._stand:
            case _Stand.CONNECTING:
                return translate("ConnectionBar", "Connecting…")
            case _Stand.OFFLINE:
                seconds = max(0, math.ceil(self._next_attempt_at - self._clock()))
                words = translate("ConnectionBar", "%1. Reconnecting in %2 s.")
                return words.replace("%1", said(self._why)).replace("%2", str(seconds))
        return translate("ConnectionBar", "Not everything could be sent.")

    def _unsent_words(self) -> str:
        if self._refused:
            words = translate("ConnectionBar", "&Unsent: %1")
        else:
            words = translate("ConnectionBar", "&Waiting: %1")
        return words.replace("%1", QLocale().toString(self._waiting + self._refused))
