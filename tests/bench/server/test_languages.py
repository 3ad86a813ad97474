"""How servers are spoken to: what is counted must be countable."""

import pytest

from bench.server import seeding
from bench.server.languages import (
    LANGUAGES,
    MARK,
    TEXT,
    Language,
    room_number,
    text_of,
    token,
    user_name,
)


def test_a_text_is_of_one_size_and_has_one_mark() -> None:
    """Whatever its number."""
    for number in (*range(20), 9_999_999_999):
        text = text_of(number)
        assert len(text) == TEXT
        assert text.count(MARK) == 1
        assert text.startswith(b"%b%010d " % (MARK, number))


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_nothing_else_is_taken_for_a_mark_or_an_answer(language: Language) -> None:
    """Neither in what surrounds a text nor in any of the texts."""
    for number in range(20):
        message = language.message(123, 1, number)
        text = text_of(number)
        assert text in message
        assert message.count(MARK) == 1
        assert not language.answer or language.answer not in text


def test_the_seeds_have_the_names_by_which_people_log_in() -> None:
    """The program that fills the database stands by itself."""
    assert seeding.USER_NAME.format(7) == user_name(7)
    assert seeding.TOKEN.format(7) == token(7)
    assert room_number(1) == seeding.FIRST_ROOM + 1
