"""The panel to search from: what to look for, where, and what was found."""

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QCoreApplication, QModelIndex, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QGuiApplication, QKeyEvent
from PyQt5.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from client_gui.items import SearchHit
from client_gui.models.search_results import HIT_ROLE, SearchResultsModel
from client_gui.widgets.hit_delegate import HitDelegate
from client_gui.widgets.icons import IconButton
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated, Words, said
from client_gui.widgets.side_list import SideList
from wire.limits import MAX_QUERY

TYPING_MS = 400
"""Milliseconds after the last key before it is searched: what a person takes between two keys."""

_SPACING = 6
_NARROWEST = 170
_NEAR_END = 400  # pixels: more is asked for before the last hit is in sight

translate = QCoreApplication.translate


class SearchPanel(Retranslated, QWidget):
    """One Chinese character is enough.

    Signals:
        search_wanted(words: str, everywhere: bool): look for this.
        more_wanted(): the next page of the same search.
        hit_chosen(room: str, seq: int): show this message.
        closed(): the panel is not wanted any more.
    """

    search_wanted = pyqtSignal(str, bool)
    more_wanted = pyqtSignal()
    hit_chosen = pyqtSignal(str, int)
    closed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._more = False
        self._words = ""
        self._noted: Words = ""
        self.field, self.where, self.close_button = QLineEdit(), QComboBox(), IconButton("close")
        self.view = SideList()
        self.results = SearchResultsModel(self.view)
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        self._timer = QTimer(self, singleShot=True, interval=TYPING_MS, timeout=self._search)
        self._set_up_field()
        self._set_up_view()
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words; the list asks its model for those of the rows."""
        self.field.setPlaceholderText(translate("SearchPanel", "Search"))
        self.field.setAccessibleName(translate("SearchPanel", "Words to search for"))
        self.where.setItemText(0, translate("SearchPanel", "In this room"))
        self.where.setItemText(1, translate("SearchPanel", "Everywhere"))
        self.where.setAccessibleName(translate("SearchPanel", "Where to search"))
        words = translate("SearchPanel", "Close the search (Escape)")
        self.close_button.setToolTip(words)
        self.close_button.setAccessibleName(words)
        self.view.setAccessibleName(translate("SearchPanel", "What was found"))
        self.view.viewport().update()
        self.note.setText(said(self._noted))

    # --- what the program says -------------------------------------------------------------------

    def open(self, everywhere: bool = False) -> None:
        """Let the person type what to look for in the room in sight, or *everywhere*."""
        self.where.setCurrentIndex(int(everywhere))
        self.show()
        self.field.setFocus(Qt.ShortcutFocusReason)
        self.field.selectAll()

    def begin(self, title: Callable[[str], str]) -> None:
        """The search has begun; *title* gives the name of a room for its reference."""
        self.results.begin(self._words, title)
        self._more = False
        self._note(_searching_words)

    def show_hits(self, hits: tuple[SearchHit, ...], more: bool, kept: bool = False) -> None:
        """A page has come, and there are *more*; *kept*: only of what is on this machine."""
        self.results.add(hits)
        self._more = more and not self.results.is_full
        nothing = not self._more and not self.results.rowCount()
        self._note(partial(_page_words, kept, nothing))
        self.note.setVisible(kept or nothing)
        # A page may be short, or empty, and yet not the last one.
        QTimer.singleShot(0, self._ask_for_more)

    def show_failure(self, words: Words) -> None:
        """The search came to nothing because of *words*."""
        self._more = False
        self._note(words)

    def _note(self, words: Words) -> None:
        self._noted = words
        self.note.setText(said(words))
        self.note.show()

    @pyqtSlot()
    def search_another_room(self) -> None:
        """Another room is in sight: what was found in the one before is not in this one."""
        if self.isVisible() and not self.where.currentData():
            self._search_anew()

    def step(self, by: int) -> None:
        """Show the hit *by* 1 below the one that was chosen last, or by -1 above it; behind the
        end, it goes on from the other one. The keyboard stays where it is."""
        rows = self.results.rowCount()
        if not rows:
            return
        before = self.view.currentIndex()
        row = before.row() + by if before.isValid() else min(by, 0)
        index = self.results.index(row % rows)
        self.view.setCurrentIndex(index)
        self._choose(index)

    # --- building --------------------------------------------------------------------------------

    def _set_up_field(self) -> None:
        self.field.setMaxLength(MAX_QUERY)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda: self._timer.start())
        self.field.returnPressed.connect(self._on_enter)
        for everywhere in (False, True):
            self.where.addItem("", everywhere)
        self.where.currentIndexChanged.connect(self._search_anew)
        self.close_button.clicked.connect(self.closed)

    def _set_up_view(self) -> None:
        self.view.setModel(self.results)
        self.view.setItemDelegate(HitDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QListView.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.view.setMinimumWidth(_NARROWEST)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        self.view.verticalScrollBar().valueChanged.connect(self._ask_for_more)

    def _build(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(_SPACING)
        upper.addWidget(self.field, 1)
        upper.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addLayout(upper)
        column.addWidget(self.where)
        column.addWidget(self.note)
        column.addWidget(self.view, 1)
        self.note.hide()
        self.setFocusProxy(self.field)

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot()
    def _on_enter(self) -> None:
        """Search, or go on in what was found, with Shift backwards."""
        if " ".join(self.field.text().split()) != self._words:
            self._search()
        else:
            shifted = QGuiApplication.keyboardModifiers() & Qt.ShiftModifier
            self.step(-1 if shifted else 1)

    @pyqtSlot()
    def _search_anew(self) -> None:
        self._words = ""
        self._search()

    @pyqtSlot()
    def _search(self) -> None:
        self._timer.stop()
        words = " ".join(self.field.text().split())
        if words == self._words:
            return
        self._words = words
        self._more = False
        if words:
            self.search_wanted.emit(words, self.where.currentData())
        else:
            self.results.begin("", str)
            self.note.hide()

    @pyqtSlot()
    def _ask_for_more(self) -> None:
        bar = self.view.verticalScrollBar()
        if self._more and bar.value() >= bar.maximum() - _NEAR_END:
            self._more = False
            self.more_wanted.emit()

    @pyqtSlot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        hit: SearchHit | None = index.data(HIT_ROLE)
        if hit is not None:
            self.hit_chosen.emit(hit.room, hit.seq)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the field to what was found, Escape out of the panel."""
        if event.key() == Qt.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key_Down and self.field.hasFocus() and self.results.rowCount():
            self.view.setFocus(Qt.OtherFocusReason)
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.results.index(0))
        else:
            super().keyPressEvent(event)


def _searching_words() -> str:
    return translate("SearchPanel", "Searching…")


def _page_words(kept: bool, nothing: bool) -> str:
    where = translate("SearchPanel", "No connection: only what is on this computer is searched.")
    found = translate("SearchPanel", "Nothing was found.")
    return " ".join(words for words, said in ((where, kept), (found, nothing)) if said)
