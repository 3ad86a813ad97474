"""Chinese or English."""

import re
from collections.abc import Iterator

import pytest
from PyQt5.QtCore import QCoreApplication, QLocale, QTranslator

from client_gui.desktop.language import CHINESE, ENGLISH, chosen_language, install_language
from client_gui.models.message_list import clock_time


@pytest.mark.parametrize(
    ("environ", "system", "language"),
    [
        ({}, ["zh-Hans-CN", "en"], CHINESE),
        ({}, ["de", "zh_TW"], CHINESE),
        ({}, ["de"], ENGLISH),
        ({}, [], ENGLISH),
        ({"LANG": "zh_CN.UTF-8"}, ["en"], CHINESE),
        ({"LANG": "C"}, ["zh"], ENGLISH),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, [], ENGLISH),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:zh_CN:en"}, [], CHINESE),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": ""}, [], CHINESE),
    ],
)
def test_the_language_is_the_systems(environ: dict, system: list, language: str) -> None:
    """The variables first, in their order."""
    assert chosen_language(environ, system) == language


@pytest.mark.parametrize("locale", ["C", "en_GB", "en_US"])
def test_no_clock_shows_seconds(english_afterwards: QCoreApplication, locale: str) -> None:
    """The one of the C locale would."""
    QLocale.setDefault(QLocale(locale))
    install_language(english_afterwards, ENGLISH)
    assert re.fullmatch(r"\d?\d:\d\d( [AP]M)?", clock_time(1_700_000_000_000))


@pytest.fixture
def english_afterwards(qapp: QCoreApplication) -> Iterator[QCoreApplication]:
    """The application, whose language is put back."""
    before = QLocale()
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(before)


def test_in_chinese_our_words_and_qts_are_chinese(english_afterwards: QCoreApplication) -> None:
    """And so are the dates."""
    install_language(english_afterwards, CHINESE)
    assert QCoreApplication.translate("LoginWindow", "&Login") == "登录(&L)"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().language() == QLocale.Chinese
    assert re.fullmatch(r"\d\d:\d\d", clock_time(1_700_000_000_000))


def test_in_english_nothing_is_translated(english_afterwards: QCoreApplication) -> None:
    """Even where the system writes dates in another language."""
    QLocale.setDefault(QLocale("de_DE"))
    install_language(english_afterwards, ENGLISH)
    assert QCoreApplication.translate("LoginWindow", "&Login") == "&Login"
    assert QLocale().language() == QLocale.English
