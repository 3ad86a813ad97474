"""The stable words by which a program knows an outcome, and what each means.

Programs look at the words only; the sentences are for people, and may change.
"""

from typing import Final

REASONS: Final = {
    "ok": "done",
    "too-long": "the frame, or one of its fields, is over its limit",
    "bad-encoding": "the frame is not UTF-8",
    "unknown-code": "no request has this code",
    "missing-field": "a field that must be there is not",
    "bad-number": "a field that must be a number is not a plain decimal one",
    "bad-field": "a field is empty, or has characters in it, where that may not be",
    "login-first": "this needs a login",
    "already-logged-in": "this connection is logged in; open another one",
    "wrong-login": "the user name or the password is wrong",
    "wrong-user": "the user name in the request is not the one that is logged in here",
    "wrong-token": "this device's token is not valid any more; log in with the password",
    "revoked": "this device was logged out from another one, or the password was changed",
    "no-such-room": "there is no such room, or it is not open to you",
    "no-such-user": "there is no such user, or they are not in this room",
    "no-such-message": "there is no such message in this room, or it was taken back",
    "no-such-device": "you have no such device",
    "not-allowed": "this is for the author, or for the owner and moderators of the room",
    "name-taken": "there is a room of this name, or one that looks the same",
    "too-many": "you have as many of these as anybody may have",
    "too-large": "the room is too large for this",
    "too-far": "more is missing than was asked for; begin again with the last page",
    "reset": "what you have is not of this database; forget what you have of this room",
    "too-many-tries": "too many failed logins; wait a minute",
    "busy": "the server has too much to do; try again in a moment",
    "unavailable": "the storage cannot take it now; nothing was kept; try again",
    "invalid": "the storage can never take this; do not try again",
    "error": "a fault of the server, which is in its log",
    "stopping": "the server is going down; reconnect in a while",
    "slow-reader": "you read more slowly than messages come; reconnect",
    "silent": "nothing was heard from you for too long",
    "login-timeout": "no login in time",
    "logged-out": "you asked for it",
}
