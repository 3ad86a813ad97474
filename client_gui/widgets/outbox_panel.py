"""The panel of what was not sent: each message with what can be done about it."""

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, QLocale, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from client_gui.items import Unsent
from client_gui.models.outbox_list import ROOM, TEXT, WHEN, WHY, OutboxModel
from client_gui.widgets.icons import IconButton
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated

_MARGIN = 10
_SPACING = 6
_ROWS = 5
"""Rows that are seen at once; the messages below want room, too."""

translate = QCoreApplication.translate


class OutboxPanel(Retranslated, QFrame):
    """Over the messages; Escape closes it. Hidden at first.

    Signals:
        edit_wanted(unsent: Unsent), go_wanted(unsent: Unsent): in the room where it belongs.
        retry_wanted(key: str), cancel_wanted(key: str)
        closed(): the panel is not wanted any more.
    """

    edit_wanted = pyqtSignal(object)
    go_wanted = pyqtSignal(object)
    retry_wanted = pyqtSignal(str)
    cancel_wanted = pyqtSignal(str)
    closed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.close_button = PlainLabel(), IconButton("close")
        self.view = QTreeView()
        self.unsent = OutboxModel(self.view)
        self.go_button, self.edit_button = QPushButton(), QPushButton()
        self.retry_button, self.cancel_button = QPushButton(), QPushButton()
        self._set_up_view()
        self._build()
        self._connect()
        self.retranslate()
        self._on_current_changed()
        self.hide()

    def retranslate(self) -> None:
        """Say the words; the model asks for its own when it is painted."""
        words = translate("OutboxPanel", "Not sent: %1")
        count = self.unsent.rowCount()
        nothing = translate("OutboxPanel", "Everything has been sent.")
        self.title.setText(words.replace("%1", QLocale().toString(count)) if count else nothing)
        self.view.setAccessibleName(translate("OutboxPanel", "Messages that were not sent"))
        self.close_button.setAccessibleName(translate("OutboxPanel", "Close"))
        self.close_button.setToolTip(translate("OutboxPanel", "Close (Esc)"))
        for button, text, tip in (
            (
                self.go_button,
                translate("OutboxPanel", "&Go there"),
                translate("OutboxPanel", "Show it in its room (Enter)"),
            ),
            (
                self.edit_button,
                translate("OutboxPanel", "&Edit"),
                translate("OutboxPanel", "Write it anew in its room (F2)"),
            ),
            (
                self.retry_button,
                translate("OutboxPanel", "&Send again"),
                translate("OutboxPanel", "Offer it to the server once more (Ctrl+R)"),
            ),
            (
                self.cancel_button,
                translate("OutboxPanel", "&Do not send"),
                translate("OutboxPanel", "Take it away (Del)"),
            ),
        ):
            button.setText(text)
            button.setToolTip(tip)
        self.view.viewport().update()
        self.view.header().viewport().update()

    def show_unsent(self, unsent: tuple[Unsent, ...], title: Callable[[str], str]) -> None:
        """Show *unsent*; the row that one stands on stays, or the one that comes in its place."""
        current, row = self._current(), self.view.currentIndex().row()
        self.unsent.set_unsent(unsent, title)
        keys = [item.key for item in unsent]
        if current is not None and current.key in keys:
            row = keys.index(current.key)
        if keys:
            row = min(max(row, 0), len(keys) - 1)
            self.view.setCurrentIndex(self.unsent.index(row, ROOM))
        self.retranslate()
        self._on_current_changed()

    def open(self) -> None:
        """Show it, and go there."""
        self.show()
        self.view.setFocus()

    # --- building --------------------------------------------------------------------------------

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.unsent)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setSelectionMode(QAbstractItemView.SingleSelection)
        view.setTabKeyNavigation(False)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(TEXT, QHeaderView.Stretch)
        for column in (ROOM, WHEN, WHY):
            header.setSectionResizeMode(column, QHeaderView.ResizeToContents)
        view.setFixedHeight((_ROWS + 1) * (view.fontMetrics().height() + _SPACING))

    def _build(self) -> None:
        first = QHBoxLayout()
        first.addWidget(self.title, 1)
        first.addWidget(self.close_button)
        last = QHBoxLayout()
        last.setSpacing(_SPACING)
        for button in (self.go_button, self.edit_button, self.retry_button, self.cancel_button):
            button.setAutoDefault(False)
            last.addWidget(button)
        last.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _SPACING, _MARGIN, _SPACING)
        column.setSpacing(_SPACING)
        column.addLayout(first)
        column.addWidget(self.view)
        column.addLayout(last)
        self.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Fixed)

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.activated.connect(self._go)
        self.close_button.clicked.connect(self.closed)
        self.go_button.clicked.connect(self._go)
        self.edit_button.clicked.connect(self._edit)
        self.retry_button.clicked.connect(self._retry)
        self.cancel_button.clicked.connect(self._cancel)

    # --- what a person does ----------------------------------------------------------------------

    def _current(self) -> Unsent | None:
        row = self.view.currentIndex().row()
        unsent = self.unsent.unsent()
        return unsent[row] if 0 <= row < len(unsent) else None

    @pyqtSlot()
    def _on_current_changed(self) -> None:
        current = self._current()
        self.go_button.setEnabled(current is not None)
        self.edit_button.setEnabled(current is not None and current.editable)
        self.retry_button.setEnabled(current is not None and current.retryable)
        self.cancel_button.setEnabled(current is not None and current.removable)

    @pyqtSlot()
    def _go(self) -> None:
        if (current := self._current()) is not None:
            self.go_wanted.emit(current)

    @pyqtSlot()
    def _edit(self) -> None:
        if (current := self._current()) is not None and current.editable:
            self.edit_wanted.emit(current)

    @pyqtSlot()
    def _retry(self) -> None:
        if (current := self._current()) is not None and current.retryable:
            self.retry_wanted.emit(current.key)

    @pyqtSlot()
    def _cancel(self) -> None:
        if (current := self._current()) is not None and current.removable:
            self.cancel_wanted.emit(current.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the buttons name."""
        is_control = event.modifiers() == Qt.ControlModifier
        if event.key() == Qt.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key_F2:
            self._edit()
        elif event.key() == Qt.Key_Delete:
            self._cancel()
        elif event.key() == Qt.Key_R and is_control:
            self._retry()
        else:
            super().keyPressEvent(event)
