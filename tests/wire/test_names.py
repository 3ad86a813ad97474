"""Names: what may be one, and which are the same."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wire import names
from wire.limits import MAX_NAME, MAX_TOPIC


@pytest.mark.parametrize(
    "name",
    [
        "user1",
        "张三",
        "Ünïcödé",
        "a",
        "x" * MAX_NAME,
        "o'brien",
        "-",
        "😀",
        "a.b-c_d",
        "anna@school.cn",
        "c#",
    ],
)
def test_names_that_may_be(name: str) -> None:
    """People's names are not only ASCII."""
    names.check_name(name)
    names.check_nickname(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty"),
        ("x" * (MAX_NAME + 1), "at most 32"),
        ("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * MAX_NAME, "at most 32"),
        ("a b", "spaces"),
        ("a\N{NO-BREAK SPACE}b", "spaces"),
        ("a\N{IDEOGRAPHIC SPACE}b", "spaces"),
        ("a|b", r"\|"),
        ("a\\b", r"\\"),
        ("@a", "@"),
        ("#a", "#"),
        ("a\nb", "U\\+000A"),
        ("a\0b", "U\\+0000"),
        ("a\x1b[2J", "U\\+001B"),
        ("a\x85b", "U\\+0085"),
        ("a\u2028b", "U\\+2028"),
        ("a\u2029b", "U\\+2029"),
        ("a\N{ZERO WIDTH SPACE}b", "U\\+200B"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "U\\+202E"),
        ("a\N{SOFT HYPHEN}b", "U\\+00AD"),
        ("a\ud800b", "U\\+D800"),
        ("a\ue000b", "U\\+E000"),
        ("a\U000e0041b", "U\\+E0041"),
        ("a\u0378b", "U\\+0378"),
    ],
)
def test_names_that_may_not_be(name: str, why: str) -> None:
    """With a sentence that says why."""
    with pytest.raises(ValueError, match=why):
        names.check_name(name)


@pytest.mark.parametrize(
    "name", ["general", "二年级 三班", "Mr. Smith's room", "c#", "a@b", "x" * MAX_NAME, "😀"]
)
def test_room_names_that_may_be(name: str) -> None:
    """Like those of users, and with spaces."""
    names.check_room_name(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty"),
        ("x" * (MAX_NAME + 1), "at most 32"),
        (" a", "space"),
        ("a ", "space"),
        ("a\N{IDEOGRAPHIC SPACE}", "space"),
        ("a\N{OGHAM SPACE MARK}b", "plain spaces"),
        ("@a", "@"),
        ("#1", "#"),
        ("\N{FULLWIDTH NUMBER SIGN}1", "#"),
        ("\N{SMALL COMMERCIAL AT}a", "@"),
        ("a|b", r"\|"),
        ("a\\b", r"\\"),
        ("a\nb", "U\\+000A"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "U\\+202E"),
        ("a\ud800", "U\\+D800"),
    ],
)
def test_room_names_that_may_not_be(name: str, why: str) -> None:
    """Nor may any look-alike of a reference or of a direct room."""
    with pytest.raises(ValueError, match=f"room's name.*{why}"):
        names.check_room_name(name)


def test_a_topic_is_one_visible_line_or_none() -> None:
    """Longer than a name, and with any signs."""
    for topic in ("", "x" * MAX_TOPIC, "Mr. Smith | @home #1"):
        names.check_topic(topic)
    for topic in ("x" * (MAX_TOPIC + 1), "a\nb", " a", "a\u202eb"):
        with pytest.raises(ValueError, match="a topic"):
            names.check_topic(topic)


@pytest.mark.parametrize("nickname", ["", " a", "a ", "a\nb", "x" * (MAX_NAME + 1), "a\u202eb"])
def test_nicknames_that_may_not_be(nickname: str) -> None:
    """What cannot be seen, and what begins or ends with what cannot."""
    with pytest.raises(ValueError, match="nickname"):
        names.check_nickname(nickname)


def test_a_nickname_may_have_spaces_and_signs() -> None:
    """It is for people alone."""
    names.check_nickname("Mr. Smith | @home #1")


@pytest.mark.parametrize(
    ("name", "look_alike"),
    [
        ("admin", "ADMIN"),
        ("admin", "\uff21dmin"),
        ("admin", "\U0001d41a\U0001d41d\U0001d426\U0001d422\U0001d427"),
        ("strasse", "stra\N{LATIN SMALL LETTER SHARP S}e"),
        ("caf\N{LATIN SMALL LETTER E WITH ACUTE}", "cafe\N{COMBINING ACUTE ACCENT}"),
        ("K", "\N{KELVIN SIGN}"),
        ("user1", "user\N{SUPERSCRIPT ONE}"),
        ("fi", "\N{LATIN SMALL LIGATURE FI}"),
    ],
)
def test_look_alikes_are_one_name(name: str, look_alike: str) -> None:
    """Nobody can pose as somebody else by another spelling."""
    assert names.key(name) == names.key(look_alike)


@pytest.mark.parametrize(("one", "other"), [("user1", "user2"), ("张三", "张四"), ("a", "á")])
def test_other_names_stay_others(one: str, other: str) -> None:
    """What people tell apart, the key does too."""
    assert names.key(one) != names.key(other)


# Nearly all of these may be names; the few that may not be are left to `assume`.
NAMES = st.text(
    st.characters(
        exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"),
        exclude_characters="|\\@#",
    ),
    min_size=1,
    max_size=MAX_NAME,
)


@given(NAMES)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    """Else a name could be taken whose own key is another's."""
    assume(_allowed(name))
    assert names.key(names.key(name)) == names.key(name)


@given(NAMES)
def test_spelling_does_not_change_the_key(name: str) -> None:
    """In capitals or not, whatever the characters."""
    assume(_allowed(name))
    assert names.key(name.casefold()) == names.key(name)


def _allowed(name: str) -> bool:
    try:
        names.check_name(name)
    except ValueError:
        return False
    return True
