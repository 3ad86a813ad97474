"""Chinese or English, by the system's language: the translators, ours and Qt's own.

``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` are looked at first, in this order, as every
program in a Unix shell does; where none is set (Windows, macOS), Qt asks the system.
"""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

CHINESE = "zh_CN"
ENGLISH = "en"

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_TRANSLATIONS = Path(__file__).parents[1] / "i18n"

_log = logging.getLogger(__name__)


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


def install_language(application: QCoreApplication, language: str) -> None:
    """Make *application* speak *language*, dates and Qt's own words included."""
    if language == ENGLISH:
        if QLocale().language() != QLocale.English:
            QLocale.setDefault(QLocale(QLocale.English, QLocale.UnitedKingdom))
        return
    QLocale.setDefault(QLocale(language))
    for name, directory in (
        (f"qtbase_{language}", QLibraryInfo.location(QLibraryInfo.TranslationsPath)),
        (f"minichat_{language}", str(_TRANSLATIONS)),
    ):
        translator = QTranslator(application)
        if translator.load(name, directory):
            application.installTranslator(translator)
        else:
            _log.warning("there is no translation %s in %s", name, directory)
