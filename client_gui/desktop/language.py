"""Chinese or English, by the system's language or as one likes: the translators, ours and Qt's own.

``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` are looked at first, in this order, as every
program in a Unix shell does; where none is set (Windows, macOS), Qt asks the system.
"""

import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from PyQt5.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PyQt5.QtGui import QGuiApplication

CHINESE = "zh_CN"
ENGLISH = "en"

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_TRANSLATIONS = Path(__file__).parents[1] / "i18n"

_log = logging.getLogger(__name__)


def wanted_language(preference: str) -> str:
    """Return the *preference*, or where there is none, the language of the system."""
    return preference or chosen_language(os.environ, QLocale.system().uiLanguages())


def chosen_language(environ: Mapping[str, str], system: Sequence[str]) -> str:
    """Return ``CHINESE`` or ``ENGLISH``; *system* are the desktop's languages, the best first."""
    wanted = next((environ[name] for name in _VARIABLES if environ.get(name)), None)
    languages = wanted.split(":") if wanted else system
    for language in languages:
        name = language.lower().replace("-", "_")
        if name.startswith("zh"):
            return CHINESE
        if name.startswith("en"):
            return ENGLISH
    return ENGLISH


def locale_of(language: str, system: QLocale) -> QLocale:
    """Return how *language* writes dates and numbers: as the *system* does if that is its own."""
    if system.language() == QLocale(language).language():
        return system
    return QLocale("en_GB" if language == ENGLISH else language)


def install_language(application: QGuiApplication, language: str) -> None:
    """Make *application* speak *language* from now on, dates and Qt's own words included."""
    # Before the translators: they tell every window that the language has changed.
    QLocale.setDefault(locale_of(language, QLocale.system()))
    # Neither of the languages is written from right to left; what people write may be.
    application.setLayoutDirection(Qt.LeftToRight)
    before = application.findChildren(QTranslator)
    if language != ENGLISH:
        _install(application, f"qtbase_{language}", _qt_translations())
        _install(application, f"minichat_{language}", str(_TRANSLATIONS))
    for translator in before:
        application.removeTranslator(translator)
        translator.deleteLater()


def _qt_translations() -> str:
    return str(QLibraryInfo.location(QLibraryInfo.TranslationsPath))


def _install(application: QGuiApplication, name: str, directory: str) -> None:
    translator = QTranslator(application)
    if translator.load(name, directory):
        application.installTranslator(translator)
    else:
        _log.warning("there is no translation %s in %s", name, directory)
