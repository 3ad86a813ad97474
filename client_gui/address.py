"""Where a server is, as people write it: ``HOST``, ``HOST:PORT`` or ``[IPV6]:PORT``."""

import re
from dataclasses import dataclass

MAX_HOST = 253
"""Characters of a host name; the bound of the domain name system."""

_WRITTEN = re.compile(
    r"(?:\[(?P<bracketed>[^\[\]]+)\]|(?P<plain>[^\s\[\]/@:]+))(?::(?P<port>[0-9]{1,5}))?"
)
_BARE_IPV6 = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[0-9A-Za-z]+)?")


@dataclass(frozen=True, slots=True)
class Address:
    """A host name or an IP address without brackets, and a TCP port."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def parse_address(text: str, default_port: int) -> Address:
    """Return the address in *text*; without a port in it, *default_port*.

    Raises:
        ValueError: there is none; the sentence is for people.
    """
    text = text.strip()
    if _BARE_IPV6.fullmatch(text):
        return Address(text, default_port)
    match = _WRITTEN.fullmatch(text)
    if match is None or len(text) > MAX_HOST:
        raise ValueError("a server is written HOST:PORT, such as chat.example.org:8090")
    port = int(match["port"]) if match["port"] else default_port
    if not 1 <= port <= 65535:
        raise ValueError("a port is a number from 1 to 65535")
    return Address(match["bracketed"] or match["plain"], port)
