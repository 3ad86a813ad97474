"""Every word of the source is translated, and what is loaded is what is translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PyQt5.QtCore import QTranslator

import client_gui

PACKAGE = Path(client_gui.__file__).parent
TS = PACKAGE / "i18n" / "minichat_zh_CN.ts"

Translations = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def translations() -> Translations:
    """What the .ts says, by context and source."""
    found = {}
    for context in ElementTree.parse(TS).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation.get("type") is None, "unfinished or obsolete"
            key = (context.findtext("name"), message.findtext("source"))
            found[key] = translation.text
    return found


def _calls() -> Iterator[ast.Call]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "translate":
                yield node


def _strings() -> set[tuple[str, str]]:
    """Every context and source that the source translates; all are written out."""
    return {tuple(ast.literal_eval(argument) for argument in call.args) for call in _calls()}


def test_the_strings_of_the_source_are_those_of_the_ts(translations: Translations) -> None:
    """None is missing, and none is left over; i18n/README.md says how to bring them up to date."""
    assert _strings() == set(translations)


def test_every_string_is_translated_with_its_places(translations: Translations) -> None:
    """What is put in for %1 is there in both; an access key has the same letter."""
    for (_, source), translation in translations.items():
        assert translation
        assert sorted(re.findall(r"%\d", source)) == sorted(re.findall(r"%\d", translation))
        key, translated_key = (re.findall(r"&(\w)", text.lower()) for text in (source, translation))
        assert key == translated_key, source


def test_what_is_loaded_is_what_is_translated(translations: Translations) -> None:
    """The .qm was made from this .ts."""
    translator = QTranslator()
    assert translator.load(str(TS.with_suffix(".qm")))
    # As bytes: of this one method, PyQt wants its text in ASCII.
    loaded = {
        (context, source): translator.translate(context.encode(), source.encode())
        for context, source in translations
    }
    assert loaded == translations
