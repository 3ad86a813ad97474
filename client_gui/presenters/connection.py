"""Between the session and the bar: how the connection stands, and what waits for it."""

from functools import partial

from PyQt5.QtCore import QObject, pyqtSlot

from client_gui.desktop.wakefulness import Wakefulness
from client_gui.session import Session
from client_gui.widgets.connection_bar import ConnectionBar
from client_gui.words import lost_words


class Connection(QObject):
    """Keeps the bar up to date, and passes on that one wants to try now."""

    def __init__(
        self,
        session: Session,
        bar: ConnectionBar,
        wakefulness: Wakefulness,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._bar = session, bar
        session.signed_in.connect(bar.show_connected)
        session.signed_out.connect(bar.show_connected)
        session.returning.connect(bar.show_connecting)
        session.went_offline.connect(self._on_went_offline)
        session.timeline_changed.connect(self._on_timeline_changed)
        bar.try_wanted.connect(session.try_now)
        wakefulness.woke.connect(session.look_again)

    @pyqtSlot(object, float)
    def _on_went_offline(self, reason: object, wait: float) -> None:
        self._bar.show_offline(partial(lost_words, reason), wait)

    @pyqtSlot()
    def _on_timeline_changed(self) -> None:
        unsent = self._session.unsent()
        refused = sum(item.refused for item in unsent)
        self._bar.show_unsent(len(unsent) - refused, refused)
