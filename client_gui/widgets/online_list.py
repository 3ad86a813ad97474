"""Who is online: the number, and the names under it."""

from PyQt5.QtCore import QCoreApplication, QLocale, Qt
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from client_gui.models.online_list import OnlineListModel
from client_gui.widgets.colours import colours
from client_gui.widgets.plain_label import PlainLabel

_SPACING = 6
_NARROWEST = 90

translate = QCoreApplication.translate


class OnlineList(QWidget):
    """The side of the chat window."""

    def __init__(self, model: OnlineListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._known = True
        self.title = PlainLabel()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.view = QListView()
        self.view.setModel(model)
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.NoFrame)
        self.view.setSpacing(2)
        self.view.setMinimumWidth(_NARROWEST)
        self.view.viewport().setAutoFillBackground(False)
        self.view.setTextElideMode(Qt.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.view.setSelectionMode(QAbstractItemView.SingleSelection)
        self.view.setAccessibleName(translate("OnlineList", "Who is online"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self.title)
        column.addWidget(self.view, 1)
        self._show_title()

    def show_count(self, count: int) -> None:
        """So many are online, however many names are known."""
        self._count = count
        self._show_title()

    def set_known(self, known: bool) -> None:
        """Whether it is known who is online; while it is not, those who were are shown faintly."""
        self._known = known
        palette = QPalette(self.palette())
        if not known:
            for role in (QPalette.Text, QPalette.WindowText):
                palette.setColor(role, colours(palette).muted)
        self.title.setPalette(palette)
        self.view.setPalette(palette)
        self._show_title()

    def _show_title(self) -> None:
        count = QLocale().toString(self._count) if self._known else "?"
        self.title.setText(translate("OnlineList", "Online: %1").replace("%1", count))
