"""Links in a text, and where they really lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.links import MAX_LENGTH, MAX_LINKS, Link, find_links


def _only(text: str) -> Link:
    (link,) = find_links(text)
    return link


@pytest.mark.parametrize(
    ("text", "shown", "target"),
    [
        ("see https://example.com.", "https://example.com", "https://example.com"),
        ("(http://x.org/a_(b))", "http://x.org/a_(b)", "http://x.org/a_(b)"),
        (
            "HTTPS://Example.COM/A?b=1#c!",
            "HTTPS://Example.COM/A?b=1#c",
            "https://example.com/A?b=1#c",
        ),
        ("看https://a.cn/路，好", "https://a.cn/路", "https://a.cn/%E8%B7%AF"),
        ("http://[::1]:80/a", "http://[::1]:80/a", "http://[::1]:80/a"),
        ("<https://a.b>", "https://a.b", "https://a.b"),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(text: str, shown: str, target: str) -> None:
    """And what is opened is in ASCII."""
    link = _only(text)
    assert text[link.start : link.end] == shown
    assert link.target == target
    assert not link.deceives


@pytest.mark.parametrize(
    "text",
    [
        "",
        "javascript:alert(1) file:///etc/passwd ftp://a.b mailto:a@b",
        "\\\\server\\share //server/share www.example.com",
        "http:// https://? http://:80",
        "http://a.b:99999/ http://[::1",
        "http://a／b.com",
        "xhttp://a.b",
        f"http://{'a' * 300}.com",
        f"http://a.b/{'c' * MAX_LENGTH}",
    ],
)
def test_other_things_are_no_links(text: str) -> None:
    """Above all none that opens a file, or runs something."""
    assert find_links(text) == ()


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("http://bank.com@evil.com/", "evil.com"),
        ("http://bank.com%2f@evil.com", "evil.com"),
        ("https://\u0430pple.com", "xn--pple-43d.com"),
        ("https://xn--pple-43d.com", "xn--pple-43d.com"),
        ("https://a.com/\u202emoc", "a.com"),
        ("https://a.com/\u200bx", "a.com"),
    ],
)
def test_what_may_deceive_is_found_out(text: str, host: str) -> None:
    """Something before the host, look-alike letters, and what is not seen."""
    link = _only(text)
    assert (link.deceives, link.host) == (True, host)


def test_a_host_in_chinese_deceives_nobody() -> None:
    """But is told in both ways."""
    link = _only("https://例子.中国/")
    assert not link.deceives
    assert (link.spelled, link.host) == ("例子.中国", "xn--fsqu00a.xn--fiqs8s")


def test_a_backslash_ends_a_link() -> None:
    """Browsers take it for a slash, other programs do not."""
    assert _only("http://good.com\\@evil.com/").target == "http://good.com"


def test_links_are_counted() -> None:
    """Nobody reads a thousand."""
    assert len(find_links("http://a.b " * 1_000)) == MAX_LINKS


@given(st.text(alphabet="htps:/@.a)(é漢\u202e[]%\\ ", max_size=60).map(lambda t: "http://" + t))
def test_whatever_is_typed_is_a_link_of_http_or_none(text: str) -> None:
    """In ASCII, with the host that Qt and browsers see too: behind the last @."""
    for link in find_links(text):
        assert link.target.isascii()
        assert link.target.startswith(("http://", "https://"))
        authority = link.target.split("/")[2].split("?")[0].split("#")[0]
        assert authority.rpartition("@")[2].lstrip("[").startswith(link.host)
