"""Light and dark: the colours of the whole program, on Qt's own style, the same on every desktop.

Calm greys and one accent. Text can be read: with a contrast of 4.5 at least, of 3 where it is
disabled (a test computes it). Only what a palette cannot say is in the style sheet: round corners,
and where the keyboard is.
"""

from pathlib import Path

from PyQt5.QtGui import QColor, QPalette
from PyQt5.QtWidgets import QApplication

_LIGHT = {
    QPalette.Window: "#f3f4f7",
    QPalette.WindowText: "#1c1f24",
    QPalette.Base: "#ffffff",
    QPalette.AlternateBase: "#f3f4f7",
    QPalette.Text: "#1c1f24",
    QPalette.Button: "#e7eaef",
    QPalette.ButtonText: "#1c1f24",
    QPalette.BrightText: "#ffffff",
    QPalette.Highlight: "#2a66c8",
    QPalette.HighlightedText: "#ffffff",
    QPalette.Link: "#1f5bbd",
    QPalette.LinkVisited: "#6a47ad",
    QPalette.PlaceholderText: "#626a76",
    QPalette.ToolTipBase: "#24282e",
    QPalette.ToolTipText: "#f2f4f7",
    QPalette.Light: "#ffffff",
    QPalette.Midlight: "#eceef2",
    QPalette.Mid: "#d3d7de",
    QPalette.Dark: "#aab0ba",
    QPalette.Shadow: "#70767f",
}
_DARK = {
    QPalette.Window: "#20242a",
    QPalette.WindowText: "#e3e6ea",
    QPalette.Base: "#181b20",
    QPalette.AlternateBase: "#20242a",
    QPalette.Text: "#e3e6ea",
    QPalette.Button: "#323840",
    QPalette.ButtonText: "#e3e6ea",
    QPalette.BrightText: "#ffffff",
    QPalette.Highlight: "#6ba4f8",
    QPalette.HighlightedText: "#0c1118",
    QPalette.Link: "#86b6ff",
    QPalette.LinkVisited: "#bba3ee",
    QPalette.PlaceholderText: "#98a0ab",
    QPalette.ToolTipBase: "#e6e9ed",
    QPalette.ToolTipText: "#1c1f24",
    QPalette.Light: "#454c56",
    QPalette.Midlight: "#3a4149",
    QPalette.Mid: "#3a4149",
    QPalette.Dark: "#121418",
    QPalette.Shadow: "#0a0b0d",
}
_DISABLED = {True: "#7f8792", False: "#7a818b"}
"""Of all text, in the dark and in the light."""

_RESOURCES = Path(__file__).parents[1] / "resources"

_TEXTS = (QPalette.WindowText, QPalette.Text, QPalette.ButtonText, QPalette.PlaceholderText)

_ROLES = {
    "base": QPalette.Base,
    "button": QPalette.Button,
    "highlight": QPalette.Highlight,
    "highlighted_text": QPalette.HighlightedText,
    "mid": QPalette.Mid,
    "midlight": QPalette.Midlight,
    "placeholder_text": QPalette.PlaceholderText,
    "tool_tip_base": QPalette.ToolTipBase,
    "tool_tip_text": QPalette.ToolTipText,
    "window": QPalette.Window,
    "window_text": QPalette.WindowText,
}

_SHEET = """
QLineEdit, QPlainTextEdit {{
    border: 1px solid {mid}; border-radius: 6px; background: {base};
    padding: 4px; selection-background-color: {highlight};
    selection-color: {highlighted_text};
}}
QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {highlight}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ background: {window}; }}
QPushButton {{
    border: 1px solid {mid}; border-radius: 6px; background: {button};
    padding: 4px 12px; min-height: 1.3em;
}}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {mid}; }}
QPushButton:default {{
    background: {highlight}; color: {highlighted_text}; border-color: {highlight};
}}
QPushButton:default:hover {{ background: {default_hover}; }}
QPushButton:disabled {{ background: {window}; color: {disabled}; border-color: {mid}; }}
QPushButton:focus {{ border: 2px solid {window_text}; padding: 3px 11px; }}
QToolButton {{
    border: 2px solid transparent; border-radius: 6px; padding: 3px; background: transparent;
}}
QToolButton:hover, QToolButton:checked {{ background: {hover}; }}
QToolButton:pressed {{ background: {mid}; }}
QToolButton:focus {{ border-color: {highlight}; }}
QAbstractItemView {{ border: 2px solid transparent; border-radius: 4px; outline: none; }}
QAbstractItemView:focus {{ border-color: {highlight}; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator {{
    width: 14px; height: 14px; border: 1px solid {placeholder_text}; border-radius: 4px;
    background: {base};
}}
QCheckBox::indicator:checked {{
    background: {highlight}; border-color: {highlight}; image: url("{tick}");
}}
QCheckBox::indicator:disabled {{ border-color: {mid}; background: {window}; }}
QCheckBox::indicator:focus {{ border: 2px solid {window_text}; width: 12px; height: 12px; }}
QToolTip {{
    border: 1px solid {mid}; padding: 3px; color: {tool_tip_text};
    background: {tool_tip_base};
}}
QSplitter::handle:horizontal {{ border-left: 1px solid {mid}; background: {window}; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 11px; }}
QScrollBar:horizontal {{ height: 11px; }}
QScrollBar::handle {{ background: {disabled}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {placeholder_text}; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


_STYLE = "fusion"


def palette(dark: bool) -> QPalette:
    """Return the colours of all widgets, dark or light."""
    result = QPalette()
    for role, colour in (_DARK if dark else _LIGHT).items():
        result.setColor(role, QColor(colour))
    for role in _TEXTS:
        result.setColor(QPalette.Disabled, role, QColor(_DISABLED[dark]))
    result.setColor(QPalette.Disabled, QPalette.Highlight, result.color(QPalette.Mid))
    result.setColor(QPalette.Disabled, QPalette.HighlightedText, result.color(QPalette.Text))
    return result


def apply_theme(application: QApplication, dark: bool) -> None:
    """Give every window of *application*, present and future, the dark or the light look."""
    colours = palette(dark)
    # With the old sheet, widgets would be given back the palettes that they had before it.
    application.setStyleSheet("")
    if application.style().objectName() != _STYLE:
        application.setStyle(_STYLE)
    application.setPalette(colours)
    application.setStyleSheet(_sheet(colours, dark))


def _sheet(colours: QPalette, dark: bool) -> str:
    highlight = colours.color(QPalette.Highlight)
    roles = {name: colours.color(role).name() for name, role in _ROLES.items()}
    return _SHEET.format(
        **roles,
        hover=roles["midlight" if dark else "mid"],
        default_hover=highlight.lighter(108).name(),
        disabled=_DISABLED[dark],
        tick=(_RESOURCES / f"check-{'dark' if dark else 'light'}.png").as_posix(),
    )
