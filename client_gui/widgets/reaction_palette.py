"""A small window to react from: eight signs, those that are there already, and a field."""

from PyQt5.QtCore import QCoreApplication, QPoint, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QGridLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from client_gui.display import safe_sign
from client_gui.items import Entry
from wire.limits import MAX_SIGN

SIGNS = ("👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👀")
"""What most people want to say most of the time."""

_WORDS_A_LINE = 4

translate = QCoreApplication.translate


class ReactionPalette(QFrame):
    """For *entry*; it is gone when something was chosen, or with Escape.

    Signals:
        react_wanted(entry: Entry, sign: str, on: bool): put this sign, or take it away.
    """

    react_wanted = pyqtSignal(object, str, bool)

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent, Qt.Popup)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self.setFrameShape(QFrame.StyledPanel)
        self.setAccessibleName(translate("ReactionPalette", "React"))
        self._entry = entry
        self._mine = {reaction.sign for reaction in entry.reactions if reaction.mine}
        self.buttons = [self._button(sign) for sign in self._offered()]
        self.field = QLineEdit()
        self.field.setMaxLength(MAX_SIGN)
        self.field.setPlaceholderText(translate("ReactionPalette", "Another sign, or a short word"))
        self.field.setAccessibleName(translate("ReactionPalette", "Another sign"))
        self.field.returnPressed.connect(self._on_typed)
        column = QVBoxLayout(self)
        column.addLayout(_in_rows(self.buttons[: len(SIGNS)], len(SIGNS)))
        column.addLayout(_in_rows(self.buttons[len(SIGNS) :], _WORDS_A_LINE))
        column.addWidget(self.field)

    def open_at(self, corner: QPoint) -> None:
        """Show it at *corner* of the screen, as far as it fits there."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self.width())))
        corner.setY(max(screen.top(), min(corner.y(), screen.bottom() - self.height())))
        self.move(corner)
        self.show()
        self.buttons[0].setFocus()

    def _offered(self) -> list[str]:
        there = [reaction.sign for reaction in self._entry.reactions]
        return [*SIGNS, *(sign for sign in there if sign not in SIGNS)]

    def _button(self, sign: str) -> QToolButton:
        button = QToolButton()
        # A single & would be taken for the mark of an access key.
        button.setText(safe_sign(sign).replace("&", "&&"))
        button.setAccessibleName(safe_sign(sign))
        button.setCheckable(True)
        button.setChecked(sign in self._mine)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.StrongFocus)
        font = button.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        button.setFont(font)
        button.clicked.connect(lambda on: self._choose(sign, on))
        return button

    @pyqtSlot()
    def _on_typed(self) -> None:
        if sign := self.field.text().strip():
            self._choose(sign, True)

    def _choose(self, sign: str, on: bool) -> None:
        self.react_wanted.emit(self._entry, sign, on)
        self.close()


def _in_rows(buttons: list[QToolButton], length: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(2)
    for place, button in enumerate(buttons):
        grid.addWidget(button, place // length, place % length)
    return grid
