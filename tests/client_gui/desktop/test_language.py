"""Chinese or English."""

import re

import pytest
from PyQt5.QtCore import QCoreApplication, QLocale
from PyQt5.QtWidgets import QApplication

from client_gui.desktop.language import (
    CHINESE,
    ENGLISH,
    chosen_language,
    install_language,
    locale_of,
    wanted_language,
)
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


@pytest.mark.parametrize("locale", ["C", "en_GB", "en_US", "zh_CN"])
@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_no_clock_shows_seconds(application: QApplication, language: str, locale: str) -> None:
    """The one of the C locale would."""
    QLocale.setDefault(locale_of(language, QLocale(locale)))
    assert re.fullmatch(r"\d?\d:\d\d( [AP]M)?", clock_time(1_700_000_000_000))


@pytest.mark.parametrize(
    ("language", "system", "expected"),
    [
        (ENGLISH, "en_US", "en_US"),
        (ENGLISH, "de_DE", "en_GB"),
        (ENGLISH, "C", "en_GB"),
        (CHINESE, "zh_HK", "zh_HK"),
        (CHINESE, "en_US", "zh_CN"),
    ],
)
def test_dates_are_the_systems_where_it_has_the_language(
    language: str, system: str, expected: str
) -> None:
    """And else those that go with the words."""
    assert locale_of(language, QLocale(system)) == QLocale(expected)


def test_in_chinese_our_words_and_qts_are_chinese(application: QApplication) -> None:
    """And so are the dates."""
    install_language(application, CHINESE)
    assert QCoreApplication.translate("LoginWindow", "&Login") == "登录(&L)"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().language() == QLocale.Chinese
    assert re.fullmatch(r"\d\d:\d\d", clock_time(1_700_000_000_000))


def test_in_english_nothing_is_translated(application: QApplication) -> None:
    """Not even after Chinese, of which nothing is left."""
    install_language(application, CHINESE)
    install_language(application, ENGLISH)
    assert QCoreApplication.translate("LoginWindow", "&Login") == "&Login"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    assert QLocale().language() == QLocale.English


@pytest.mark.parametrize("preference", [ENGLISH, CHINESE])
def test_what_one_prefers_comes_before_the_system(
    monkeypatch: pytest.MonkeyPatch, preference: str
) -> None:
    """Where one prefers nothing, the system speaks."""
    monkeypatch.setenv("LANGUAGE", CHINESE)
    assert wanted_language(preference) == preference
    assert wanted_language("") == CHINESE
