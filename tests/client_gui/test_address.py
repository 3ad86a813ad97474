"""How people write where a server is."""

import pytest

from client_gui.address import MAX_HOST, Address, parse_address


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("localhost", "localhost", 8090),
        (" chat.example.org:1 ", "chat.example.org", 1),
        ("127.0.0.1:65535", "127.0.0.1", 65535),
        ("[::1]:8091", "::1", 8091),
        ("[::1]", "::1", 8090),
        ("::1", "::1", 8090),
        ("fe80::1%eth0", "fe80::1%eth0", 8090),
    ],
)
def test_an_address_is_read(text: str, host: str, port: int) -> None:
    """With and without a port, and IPv6 with and without brackets."""
    assert parse_address(text, 8090) == Address(host, port)


@pytest.mark.parametrize(
    "text",
    ["", ":8090", "a b", "a:0", "a:65536", "a:x", "http://a/", "u@a", "[::1", "a" * (MAX_HOST + 1)],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    """With a sentence."""
    with pytest.raises(ValueError, match=r"a (server|port) is"):
        parse_address(text, 8090)


@pytest.mark.parametrize("address", [Address("::1", 1), Address("chat.example.org", 8090)])
def test_what_is_written_is_read_again(address: Address) -> None:
    """So what is remembered is what was used."""
    assert parse_address(str(address), 1234) == address
