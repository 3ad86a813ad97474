"""Colours that follow the desktop's palette, light or dark, and stay readable on it.

Nothing here names a colour of its own but a hue; lightness is chosen against the background until
the contrast suffices.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from PyQt5.QtGui import QColor, QPalette

READABLE = 4.5
"""The contrast that text of normal size needs (WCAG 2.1, 1.4.3)."""

_RED = 0.0
_AMBER = 0.12
_HUES = 24
_STEPS = 20


@dataclass(frozen=True, slots=True)
class Colours:
    """What a message list is painted with."""

    text: QColor
    muted: QColor
    own_bubble: QColor
    other_bubble: QColor
    mention: QColor
    """Behind a message that names us."""
    error: QColor
    selection: QColor
    accent: QColor
    """Of the desktop: bars, badges, outlines."""
    accent_text: QColor
    """Of the same hue, readable on a bubble."""


def colours(palette: QPalette) -> Colours:
    """Return the colours that go with *palette*."""
    base, text = palette.color(QPalette.Base), palette.color(QPalette.Text)
    highlight = palette.color(QPalette.Highlight)
    own = mixed(base, highlight, 0.22)
    other = mixed(base, text, 0.08)
    mention = mixed(base, QColor.fromHslF(_AMBER, 0.9, 0.5), 0.2)
    return Colours(
        text=text,
        muted=_readable_mix(text, base, own, mention),
        own_bubble=own,
        other_bubble=other,
        mention=mention,
        error=readable_hue(_RED, own, mention),
        selection=mixed(base, highlight, 0.35),
        accent=highlight,
        accent_text=readable_hue(max(0.0, highlight.hueF()), own, mention),
    )


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """Return *first* with a *share* of *second* in it."""
    pairs = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast ratio of WCAG, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def name_colour(username: str, background: QColor) -> QColor:
    """Return a colour that is always the same for *username*, readable on *background*."""
    return readable_hue(zlib.crc32(username.encode("utf-8", "replace")) % _HUES / _HUES, background)


def readable_hue(hue: float, *backgrounds: QColor) -> QColor:
    """Return a colour of this *hue*, from 0 to 1, as strong as is readable on all *backgrounds*,
    which are all light or all dark.
    """
    away = -1 if _luminance(backgrounds[0]) > 0.18 else 1
    for step in range(_STEPS):
        lightness = 0.5 + away * step / (2 * _STEPS)
        colour = QColor.fromHslF(hue, 0.65, lightness)
        if _is_readable(colour, backgrounds):
            return colour
    return QColor.fromHslF(hue, 0.65, 0.0 if away < 0 else 1.0)


def _readable_mix(text: QColor, base: QColor, *backgrounds: QColor) -> QColor:
    """Return *text*, as faint as is readable on all *backgrounds*."""
    for step in range(_STEPS // 2, _STEPS):
        colour = mixed(base, text, step / _STEPS)
        if _is_readable(colour, backgrounds):
            return colour
    return text


def _is_readable(colour: QColor, backgrounds: Iterable[QColor]) -> bool:
    return all(contrast(colour, background) >= READABLE for background in backgrounds)


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(channel) for channel in colour.getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
