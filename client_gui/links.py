"""Links in a text: ``http`` and ``https`` only, each with the host that it really leads to. No Qt.

1. Time grows with the length of the text only, whatever is in it; ``MAX_LINKS`` are found.
2. What is opened is :attr:`Link.target`, in ASCII: nobody reads another host into it than we do.
3. What could make people believe in another host is found out, and asked about before it is opened:
   see :attr:`Link.deceives`.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

MAX_LINKS = 50
"""Links of one message that can be clicked; nobody reads more."""

MAX_LENGTH = 2_048
"""Characters of a link; what browsers and servers agree on. A longer one is not offered."""

MAX_HOST = 253
"""Characters of a host name (RFC 1035)."""

# A link ends before white space, what quotes it, a backslash (which browsers take for a slash), and
# the punctuation of Chinese, which stands in no address.
_ENDS = r"\s<>\"\\`^{|}，。；：！？、（）【】《》〈〉「」『』“”‘’…"
_LINK = re.compile(rf"(?<![A-Za-z0-9])https?://[^{_ENDS}]+", re.IGNORECASE)
_TRAILING = ".,;:!?'*_~"
_PAIRS = {")": "(", "]": "["}
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?", re.ASCII)
_IP6 = re.compile(r"[0-9a-f:.]+", re.ASCII)
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"

# Scripts whose letters look like no letter of ASCII.
_DISTINCT = ("CJK UNIFIED", "HIRAGANA", "KATAKANA", "HANGUL")


@dataclass(frozen=True, slots=True)
class Link:
    """From *start* to before *end* of the text."""

    start: int
    end: int
    target: str
    """What is to be opened: the whole address, in ASCII."""
    host: str
    """Where it leads, in ASCII, as the network has it."""
    spelled: str
    """The same host in the letters of its language; equal to *host* if those are ASCII."""
    deceives: bool
    """It may lead elsewhere than it seems to: there is something before the host (``bank.com@``),
    the host has letters that look like others, or something turns the direction of the text."""


def find_links(text: str) -> tuple[Link, ...]:
    """Return the links in *text*, in order."""
    if "://" not in text:
        return ()
    links: list[Link] = []
    for found in _LINK.finditer(text):
        link = _link(found.start(), _without_punctuation(found[0]))
        if link is not None:
            links.append(link)
        if len(links) == MAX_LINKS:
            break
    return tuple(links)


def _without_punctuation(address: str) -> str:
    """*address* without what belongs to the sentence around it."""
    address = address[: MAX_LENGTH + 1]
    end = len(address)
    unpaired = {
        closing: address.count(closing) - address.count(opening)
        for closing, opening in _PAIRS.items()
    }
    while end:
        last = address[end - 1]
        if unpaired.get(last, 0) > 0:
            unpaired[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]


def _link(start: int, address: str) -> Link | None:
    """The link that *address* is, if it is one."""
    if len(address) > MAX_LENGTH:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    spelled = (parts.hostname or "").lower()
    host = _in_ascii(spelled)
    if not host:
        return None
    before, at, _ = parts.netloc.rpartition("@")
    shown = f"[{host}]" if ":" in host else host
    authority = f"{quote(before, _SAFE)}{at}{shown}{'' if port is None else f':{port}'}"
    rest = address[address.index("://") + 3 + len(parts.netloc) :]
    target = f"{parts.scheme.lower()}://{authority}{quote(_without_marks(rest), _SAFE)}"
    spelled = _in_letters(host)
    deceives = bool(at) or _may_look_like_another(spelled) or _turns(address)
    return Link(start, start + len(address), target, host, spelled, deceives)


def _in_ascii(host: str) -> str:
    """*host* as the network has it; empty if it is none."""
    if not host or len(host) > MAX_HOST:
        return ""
    if ":" in host:
        return host if _IP6.fullmatch(host) else ""
    try:
        found = host if host.isascii() else host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return found if _HOST.fullmatch(found) else ""


def _in_letters(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


def _may_look_like_another(host: str) -> bool:
    """Whether it has letters that people take for other ones."""
    return "xn--" in host or any(
        not unicodedata.name(letter, "").startswith(_DISTINCT)
        for letter in host
        if not letter.isascii()
    )


def _turns(address: str) -> bool:
    """Whether it has characters that are not seen, such as those that turn its direction."""
    return any(unicodedata.category(c) in ("Cf", "Cc", "Cs", "Co", "Cn") for c in address)


def _without_marks(address: str) -> str:
    """*address* without halves of characters, which cannot be encoded."""
    return address.encode("utf-8", "ignore").decode("utf-8")
