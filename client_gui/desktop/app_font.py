"""The font of the whole program: the desktop's own, of the size one likes, apart from the screen's
scale; behind it, fonts that have Chinese characters.
"""

from PyQt5.QtGui import QFont, QFontDatabase
from PyQt5.QtWidgets import QApplication

_CHINESE = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")
"""Without them, some systems show Chinese characters as Japanese ones are drawn."""


def system_size() -> int:
    """The size that the desktop's programs have, in points."""
    return max(1, round(QFontDatabase.systemFont(QFontDatabase.GeneralFont).pointSizeF()))


def apply_font(application: QApplication, size: int) -> None:
    """Give every widget of *application* the font, in *size* points; 0 is the desktop's."""
    font = QFont(QFontDatabase.systemFont(QFontDatabase.GeneralFont))
    font.setFamilies([font.family(), *_CHINESE])
    font.setPointSize(size or system_size())
    application.setFont(font)
