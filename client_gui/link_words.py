"""What is said about a link: where it really leads."""

from PyQt5.QtCore import QCoreApplication

from client_gui.display import isolated
from client_gui.links import Link

_LONGEST = 60
"""Characters of an address in a menu."""

translate = QCoreApplication.translate


def host_words(link: Link) -> str:
    """The host that it leads to; with letters of a language, also as the network has it."""
    if link.spelled == link.host:
        return link.host
    return f"{isolated(link.spelled)} ({link.host})"


def short_address(link: Link) -> str:
    """As much of the address as a menu has room for; the host is at its beginning."""
    _, _, address = link.target.partition("://")
    cut = address if len(address) <= _LONGEST else address[: _LONGEST - 1] + "…"
    return cut if link.spelled == link.host else f"{isolated(link.spelled)} – {cut}"


def open_question(link: Link) -> str:
    """Whether a link that may deceive is to be opened."""
    words = translate("link_words", "This link may deceive: it really leads to %1. Open it?")
    return words.replace("%1", host_words(link))
