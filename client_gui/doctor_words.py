"""The doctor's steps → what they are called, and what to do, in plain words."""

from PyQt5.QtCore import QCoreApplication

from client_gui.doctor import Check, Step, Verdict
from client_gui.events import Failure
from client_gui.words import keyring_words, login_words, store_words

translate = QCoreApplication.translate


def check_title(check: Check) -> str:
    """What is looked at."""
    return {
        Check.NAME: translate("doctor", "The server’s name"),
        Check.PORT: translate("doctor", "Something answers there"),
        Check.PROTOCOL: translate("doctor", "It is a MiniChat server"),
        Check.LOGIN: translate("doctor", "Your login"),
        Check.CLOCK: translate("doctor", "The clocks"),
        Check.KEYRING: translate("doctor", "The keyring"),
        Check.STORE: translate("doctor", "What is kept on disk"),
    }[check]


def verdict_words(verdict: Verdict) -> str:
    """How it stands, for those who do not see the mark."""
    return {
        Verdict.WAITING: translate("doctor", "waiting"),
        Verdict.RUNNING: translate("doctor", "being checked"),
        Verdict.OK: translate("doctor", "all right"),
        Verdict.WRONG: translate("doctor", "wrong"),
        Verdict.UNKNOWN: translate("doctor", "not checked"),
    }[verdict]


def step_words(step: Step, server: str) -> str:
    """What was found at *server*, and what to do about it."""
    match step.verdict:
        case Verdict.WAITING:
            return ""
        case Verdict.RUNNING:
            return translate("doctor", "Checking…")
        case Verdict.OK:
            return _fine_words(step, server)
        case Verdict.UNKNOWN:
            return _unknown_words(step)
    return _wrong_words(step, server)


def _fine_words(step: Step, server: str) -> str:
    words = {
        Check.NAME: translate("doctor", "%1 leads to an address."),
        Check.PORT: translate("doctor", "A program answers at %1."),
        Check.PROTOCOL: translate("doctor", "It speaks MiniChat."),
        Check.LOGIN: translate("doctor", "The server accepts it."),
        Check.CLOCK: translate("doctor", "This computer’s clock and the server’s agree."),
        Check.KEYRING: translate("doctor", "This system can remember your login safely."),
        Check.STORE: translate("doctor", "What is said is kept on this computer."),
    }
    return words[step.check].replace("%1", server)


def _unknown_words(step: Step) -> str:
    if step.reason == "before":
        return translate("doctor", "First, what stands above has to be put right.")
    return {
        Check.LOGIN: translate("doctor", "Type your user name and password, then check again."),
        Check.CLOCK: translate("doctor", "This shows when you have sent a message."),
        Check.STORE: translate("doctor", "This shows when you have logged in."),
    }.get(step.check, translate("doctor", "It could not be checked."))


def _wrong_words(step: Step, server: str) -> str:
    words = {
        (Check.NAME, "timed-out"): translate(
            "doctor", "Nobody tells where %1 is: this computer’s network does not answer. Is it on?"
        ),
        (Check.NAME, "no-such-host"): translate(
            "doctor", "There is no server named %1. Check its spelling, and your network."
        ),
        (Check.PORT, "refused"): translate(
            "doctor", "Nothing listens at %1. Is the server running, and the port right?"
        ),
        (Check.PORT, "timed-out"): translate(
            "doctor", "Nothing answers at %1. Is it on? Is a firewall on the way?"
        ),
        (Check.PROTOCOL, "no-answer"): translate(
            "doctor", "%1 takes connections and says nothing. The port may be another program’s."
        ),
        (Check.PROTOCOL, "not-minichat"): translate(
            "doctor", "Another program answers at %1. Check the port; MiniChat’s own is 8090."
        ),
        (Check.CLOCK, "ahead"): translate(
            "doctor", "This computer’s clock is ahead of the server’s. Set the one that is wrong."
        ),
        (Check.CLOCK, "behind"): translate(
            "doctor", "This computer’s clock is behind the server’s. Set the one that is wrong."
        ),
    }
    found = words.get((step.check, step.reason))
    if found is not None:
        return found.replace("%1", server)
    if step.check is Check.KEYRING:
        return keyring_words(step.reason)
    if step.check is Check.STORE:
        return store_words(step.reason)
    return login_words(_failure(step.reason), server)


def _failure(reason: str) -> str | Failure:
    """The failure called *reason*, or a reason word of the server's as it is."""
    return next((failure for failure in Failure if failure.value == reason), reason)
