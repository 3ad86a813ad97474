"""Which names a person means who types part of one."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.matching import MAX_READINGS, MAX_TYPED, Match, Name, Rank, Typed, best, match
from wire.limits import MAX_NAME


def _rank(typed: str, name: str) -> Rank | None:
    found = match(typed, name)
    return found.rank if found else None


@pytest.mark.parametrize(
    ("typed", "name", "rank", "positions"),
    [
        ("tea", "Tea", Rank.EXACT, (0, 1, 2)),
        ("ＴＥＡ", "tea", Rank.EXACT, (0, 1, 2)),
        ("tea", "Ｔｅａ room", Rank.PREFIX, (0, 1, 2)),
        ("jose", "José", Rank.EXACT, (0, 1, 2, 3)),
        ("straß", "STRASSE", Rank.PREFIX, (0, 1, 2, 3, 4, 5)),
        ("des te", "Design Team", Rank.START, (0, 1, 2, 7, 8)),
        ("dt", "Design Team", Rank.START, (0, 7)),
        ("dt", "design-team", Rank.START, (0, 7)),
        ("rt1", "roomTwo12", Rank.START, (0, 4, 7)),
        ("team", "Design Team", Rank.WORD, (7, 8, 9, 10)),
        ("tea", "steam tea", Rank.WORD, (6, 7, 8)),
        ("sig", "Design", Rank.INSIDE, (2, 3, 4)),
        ("#", "C# talk", Rank.INSIDE, (1,)),
        ("", "any", Rank.PREFIX, ()),
    ],
)
def test_words(typed: str, name: str, rank: Rank, positions: tuple[int, ...]) -> None:
    """Neither case nor width nor accents matter; each word is begun, in order."""
    assert match(typed, name) == Match(rank, positions)


@pytest.mark.parametrize(
    ("typed", "name", "rank", "positions"),
    [
        ("小", "小明", Rank.PREFIX, (0,)),
        ("明", "小明", Rank.WORD, (1,)),
        ("xm", "小明", Rank.START, (0, 1)),
        ("XM", "小明", Rank.START, (0, 1)),
        ("xiaom", "小明", Rank.START, (0, 1)),
        ("xiao ming", "小明", Rank.START, (0, 1)),
        ("小m", "小明", Rank.START, (0, 1)),
        ("m", "小明", Rank.WORD, (1,)),
        ("zs", "张三", Rank.START, (0, 1)),
        ("zhs", "张三", Rank.START, (0, 1)),
        ("cqyh", "重庆银行", Rank.START, (0, 1, 2, 3)),
        ("zhongqing", "重庆", Rank.START, (0, 1)),
        ("hz", "行长", Rank.START, (0, 1)),
        ("xc", "行长", Rank.START, (0, 1)),
        ("lvbu", "吕布", Rank.START, (0, 1)),
        ("lubu", "吕布", Rank.START, (0, 1)),
        ("gs3b", "高三3班", Rank.START, (0, 1, 2, 3)),
        ("xian", "西安", Rank.START, (0, 1)),
    ],
)
def test_chinese(typed: str, name: str, rank: Rank, positions: tuple[int, ...]) -> None:
    """By characters, sounds, initials, and all of them mixed; every reading of a character."""
    assert match(typed, name) == Match(rank, positions)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("mx", "小明"), ("xmx", "小明"), ("tt", "Design Team"), ("teab", "tea"), ("y", "小明")],
)
def test_what_does_not_fit(typed: str, name: str) -> None:
    """In another order, or more than there is."""
    assert match(typed, name) is None


def test_a_long_way_back_is_found() -> None:
    """The first that takes up the most is not always the way."""
    assert _rank("xian", "西安") is Rank.START
    assert _rank("abac", "ab a c") is Rank.START
    assert _rank("aab", "aa ab") is Rank.START


def test_the_best_come_first_and_else_as_they_came() -> None:
    """By the best of a thing's names."""
    things = [("steam", "x"), ("room", "tea"), ("Design", "Tea"), ("teapot", "y"), ("none", "z")]
    found = best(Typed("tea"), things, lambda thing: map(Name, thing))
    assert found == [things[1], things[2], things[3], things[0]]


# --- anything at all ---------------------------------------------------------------------------

LETTERS = st.sampled_from("abAB12 -_.小明重长行áßﬁＡ한é́\u202e\u0301")
TEXTS = st.text(LETTERS, max_size=12) | st.text(max_size=12)
SOUNDS = {"小": ("xiao",), "明": ("ming",), "重": ("zhong", "chong"), "长": ("zhang", "chang")}


@given(TEXTS, TEXTS)
def test_whoever_types_on_finds_nothing_new(typed: str, name: str) -> None:
    """So a list may be narrowed down with each key."""
    if match(typed, name):
        for end in range(len(typed)):
            assert match(typed[:end], name)


@given(TEXTS, TEXTS)
def test_positions_are_those_of_characters(typed: str, name: str) -> None:
    """Each once, in order; none for what did not have to be typed."""
    found = match(typed, name)
    if found:
        assert list(found.positions) == sorted(set(found.positions))
        assert all(0 <= at < len(name) for at in found.positions)


@given(TEXTS)
def test_a_name_is_found_by_itself(name: str) -> None:
    """However it is composed, and in capitals."""
    typed = name.strip()
    assert _rank(typed, typed) is Rank.EXACT or not typed
    assert match(unicodedata.normalize("NFKC", typed), name)
    assert match(typed.upper(), name) or "ı" in typed.lower()


@given(st.data(), st.lists(st.sampled_from(sorted(SOUNDS)), min_size=1, max_size=8))
def test_any_beginnings_of_sounds_name_a_name(data: st.DataObject, characters: list[str]) -> None:
    """One letter of each at the least; and whatever was typed marks all of them."""
    typed = ""
    for character in characters:
        sound = data.draw(st.sampled_from(SOUNDS[character]))
        typed += sound[: data.draw(st.integers(1, len(sound)))]
    found = match(typed, "".join(characters))
    if len(typed) <= MAX_TYPED:
        assert found
        assert found.rank is Rank.START
        # What the first one left may also be the beginning of another one's sound.
        assert found.positions[0] == 0


def test_the_work_is_bounded() -> None:
    """Though every unit could take up every letter; what is beyond the measure is not looked at."""
    hostile = Name("aa " * MAX_NAME)
    tried = 0

    class Counting(str):
        __slots__ = ()

        def __getitem__(self, key: object) -> str:
            nonlocal tried
            tried += 1
            return super().__getitem__(key)

    typed = Typed("a" * (MAX_TYPED - 1) + "b")
    typed.letters = Counting(typed.letters)
    assert hostile.match(typed) is None
    assert 0 < tried <= MAX_NAME * MAX_TYPED
    assert match("a" * 10_000, "a" * MAX_TYPED)
    assert match("b", "a" * 10_000 + "b") is None


def test_a_character_has_not_too_many_readings() -> None:
    """The one with the most has more."""
    every = [match(letter, "㘄") for letter in "abcdefghijklmnopqrstuvwxyz"]
    assert 0 < sum(map(bool, every)) <= MAX_READINGS


def test_the_readings_are_loaded_only_when_they_are_needed() -> None:
    """A name in letters needs none, nor does a character that is typed."""
    code = (
        "import sys\n"
        "from client_gui.matching import match\n"
        "match('x', 'axb'), match('明', '小明')\n"
        "assert 'pypinyin' not in sys.modules\n"
        "assert match('xm', '小明')\n"
        "assert 'pypinyin' in sys.modules\n"
        "assert 'pypinyin.phrases_dict' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
