"""Who is online: the number, and the names under it."""

from PyQt5.QtCore import (
    QCoreApplication,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtWidgets import QAbstractItemView, QMenu, QVBoxLayout, QWidget

from client_gui.models.online_list import USERNAME_ROLE, OnlineListModel
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.side_list import SideList
from client_gui.widgets.title_label import TitleLabel

_SPACING = 6
_NARROWEST = 90

translate = QCoreApplication.translate


class OnlineList(Retranslated, QWidget):
    """The right side of the chat window.

    Signals:
        message_wanted(username: str): talk to this one alone.
    """

    message_wanted = pyqtSignal(str)

    def __init__(self, model: OnlineListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._known = True
        self.title = TitleLabel()
        self.view = SideList()
        self.view.setModel(model)
        self.view.setUniformItemSizes(True)
        self.view.setSpacing(2)
        self.view.setMinimumWidth(_NARROWEST)
        self.view.setTextElideMode(Qt.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.view.setSelectionMode(QAbstractItemView.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.view.setContextMenuPolicy(Qt.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.activated.connect(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self.title)
        column.addWidget(self.view, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words; the list asks its model for those of the rows."""
        self.view.setAccessibleName(translate("OnlineList", "Who is online"))
        self.view.viewport().update()
        self._show_title()

    def show_count(self, count: int) -> None:
        """So many are online, however many names are known."""
        self._count = count
        self._show_title()

    def set_known(self, known: bool) -> None:
        """Whether it is known who is online; while it is not, those who were are shown faintly."""
        self._known = known
        self.view.set_faint(not known)
        self._show_title()

    @pyqtSlot(QModelIndex)
    def _message(self, index: QModelIndex) -> None:
        if username := index.data(USERNAME_ROLE):
            self.message_wanted.emit(username)

    @pyqtSlot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        index = QPersistentModelIndex(self.view.indexAt(point))
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WA_DeleteOnClose)
        message = menu.addAction(translate("OnlineList", "Send a &message"))
        message.triggered.connect(lambda: self._message(QModelIndex(index)))
        menu.popup(self.view.viewport().mapToGlobal(point))

    def _show_title(self) -> None:
        count = QLocale().toString(self._count) if self._known else "?"
        self.title.setText(translate("OnlineList", "Online: %1").replace("%1", count))
