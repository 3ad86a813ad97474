"""Reason words and failures → a sentence that says what happened and what to do about it."""

from PyQt5.QtCore import QCoreApplication

from client_gui.display import isolated, safe_sentence
from client_gui.events import Failure
from client_gui.items import SET_ASIDE

translate = QCoreApplication.translate


def login_words(reason: str | Failure, server: str, detail: str = "") -> str:
    """Why the login at *server* came to nothing. *detail* is the server's own sentence."""
    words = {
        Failure.NO_SUCH_HOST: translate(
            "words", "There is no server named %1, or this computer has no network."
        ),
        Failure.REFUSED: translate(
            "words", "Nothing answers at %1: the server is not running, or the port is another."
        ),
        Failure.UNREACHABLE: translate(
            "words", "There is no way to %1. Is this computer on the network?"
        ),
        Failure.TIMED_OUT: translate("words", "%1 did not answer in time. Is the address right?"),
        Failure.NO_ANSWER: translate(
            "words", "%1 did not answer the login. It may not be a MiniChat server."
        ),
        Failure.NOT_MINICHAT: translate("words", "What answers at %1 is not a MiniChat server."),
        Failure.LOST: translate("words", "The connection to %1 broke off. Try again."),
        Failure.SILENT: translate("words", "The connection to %1 broke off. Try again."),
        Failure.ASKED: translate("words", "The login was cancelled."),
        "wrong-login": translate("words", "Wrong user name or password."),
        "wrong-token": translate(
            "words", "The server does not remember this computer any more. Enter your password."
        ),
        "revoked": translate(
            "words", "This computer was logged out from elsewhere. Enter your password."
        ),
        "too-many-tries": translate(
            "words", "Too many failed logins. Wait a minute, then try again."
        ),
        "busy": translate("words", "The server has too much to do. Try again in a moment."),
        "unavailable": translate(
            "words", "The server cannot reach its storage. Try again in a moment."
        ),
        "stopping": translate("words", "The server is going down. Try again in a while."),
        "login-timeout": translate("words", "The login took too long. Try again."),
        "error": translate("words", "The server made a mistake, which is in its log. Try again."),
    }
    sentence = words.get(reason) or detail or translate("words", "The server refused the login.")
    return sentence.replace("%1", server)


def keyring_words(trouble: str) -> str:
    """Why nobody can be remembered on this computer."""
    words = {
        "none": translate(
            "words", "Nobody can be remembered here: this system has no keyring to keep it safe."
        ),
        "unsafe": translate(
            "words", "Nobody can be remembered here: the keyring would write it into a plain file."
        ),
        "silent": translate("words", "Nobody can be remembered now: the keyring does not answer."),
    }
    return words.get(trouble) or translate(
        "words", "Nobody can be remembered now: the keyring reports an error."
    )


def asking_keyring_words() -> str:
    """What is done before a login without a password."""
    return translate("words", "Asking this system’s keyring…")


def no_token_words() -> str:
    """Somebody was to be remembered, and is not."""
    return translate("words", "You are not remembered here any more. Enter your password.")


def lost_words(reason: str | Failure) -> str:
    """Why the connection is gone, in a few words."""
    words = {
        Failure.NO_SUCH_HOST: translate("words", "No network"),
        Failure.UNREACHABLE: translate("words", "No network"),
        Failure.REFUSED: translate("words", "The server is not running"),
        Failure.TIMED_OUT: translate("words", "The server does not answer"),
        Failure.NO_ANSWER: translate("words", "The server does not answer"),
        Failure.SILENT: translate("words", "The server does not answer"),
        Failure.NOT_MINICHAT: translate("words", "What answers is not a MiniChat server"),
        "stopping": translate("words", "The server is going down"),
        "busy": translate("words", "The server has too much to do"),
        "unavailable": translate("words", "The server cannot reach its storage"),
        "too-many-tries": translate("words", "Too many logins"),
        "slow-reader": translate("words", "This computer was too slow for the server"),
        "silent": translate("words", "The server heard nothing from here"),
    }
    return words.get(reason) or translate("words", "Connection lost")


def refusal_words(reason: str, detail: str) -> str:
    """Why the server would not take a message, in a few words. *detail* is its own sentence."""
    words = {
        SET_ASIDE: translate("words", "you took it back"),
        "busy": translate("words", "the server has too much to do"),
        "unavailable": translate("words", "the server cannot reach its storage"),
        "error": translate("words", "the server made a mistake"),
        "too-long": translate("words", "it is too long"),
        "no-such-room": translate("words", "there is no such room"),
        "reset": translate("words", "the server has an older database again"),
        "invalid": translate("words", "the server cannot store it"),
        "bad-field": translate("words", "the server cannot store it"),
    }
    return words.get(reason) or detail or reason


def set_aside_words() -> str:
    """Where a message is that was taken back while another one was being written."""
    return translate(
        "words", "It stays above, unsent: there you can edit it, send it or take it away."
    )


def on_its_way_words() -> str:
    """Why the text of a message cannot be replaced now."""
    return translate("words", "It is on its way. Once it has been taken, it can be edited.")


def too_many_waiting_words() -> str:
    """Why nothing more can be written for now."""
    return translate(
        "words", "Too many messages wait to be sent. Wait until the connection is back."
    )


def room_words(outcome: str, detail: str) -> str:
    """Why something wished for a room came to nothing, as a sentence."""
    words = {
        "offline": translate("words", "There is no connection to the server just now."),
        "full": translate("words", "Too much waits to be sent already."),
        "no-such-room": translate("words", "There is no such room, or it is not open to you."),
        "reset": translate("words", "The server has an older database again: nothing was changed."),
        "no-such-user": translate("words", "There is no such user."),
        "no-such-message": translate("words", "There is no such message any more."),
        "not-allowed": translate("words", "You may not do that in this room."),
        "name-taken": translate("words", "There is a room of this name already."),
        "too-many": translate("words", "You have as many of these as anybody may have."),
        "too-large": translate("words", "The room is too large for this."),
        "too-long": translate("words", "That is too long."),
        "bad-field": translate("words", "This name cannot be used."),
        "busy": translate("words", "The server has too much to do. Try again in a moment."),
        "unavailable": translate("words", "The server cannot reach its storage just now."),
        "error": translate("words", "The server made a mistake. Try again."),
    }
    if outcome in words:
        return words[outcome]
    return safe_sentence(detail) or translate("words", "The server refused: %1").replace(
        "%1", isolated(safe_sentence(outcome))
    )


def closed_words(reason: str, room: str) -> str:
    """What is said about *room* when we are not in it any more; nothing if we left it."""
    if reason != "removed":
        return ""
    return translate("words", "You are not in %1 any more.").replace("%1", isolated(room))


def store_words(reason: str) -> str:
    """What is wrong with what is kept on this computer."""
    words = {
        "in-use": translate(
            "words", "Another window of yours is open: what happens here is not kept on disk."
        ),
        "corrupt": translate(
            "words", "What was kept on disk could not be read. It was set aside, and begun anew."
        ),
    }
    return words.get(reason) or translate("words", "The disk takes nothing: nothing new is kept.")
