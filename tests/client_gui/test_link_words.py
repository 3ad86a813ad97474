"""What is said about a link."""

from client_gui.link_words import host_words, open_question, short_address
from client_gui.links import find_links

PLAIN, CHINESE, DECEIVING = find_links(
    f"https://example.com/{'a' * 200} https://例子.中国/x http://bank.com@evil.com/"
)


def test_the_host_is_said_as_the_network_has_it() -> None:
    """And in the letters of its language, if those are others."""
    assert host_words(PLAIN) == "example.com"
    assert "例子.中国" in host_words(CHINESE)
    assert "xn--fsqu00a.xn--fiqs8s" in host_words(CHINESE)


def test_a_menu_shows_the_beginning_of_an_address() -> None:
    """Where the host is."""
    assert short_address(PLAIN).startswith("example.com/a")
    assert len(short_address(PLAIN)) < 70
    assert "例子.中国" in short_address(CHINESE)


def test_the_question_names_the_real_host() -> None:
    """Not the one that the link pretends."""
    assert "evil.com" in open_question(DECEIVING)
    assert "bank.com" not in open_question(DECEIVING)
