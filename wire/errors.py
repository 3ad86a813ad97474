"""Who is to blame when a frame is wrong: the peer who sent it, or our own code that built it."""


class WireError(Exception):
    """The base of both; never raised itself."""


class PeerError(WireError):
    """The peer sent a frame that the protocol does not allow. Answer it, count it, carry on.

    Attributes:
        request: the four-digit code of the frame, or ``""`` where it could not be read.
        reason: a stable word of :data:`wire.reasons.REASONS`, for programs.
        detail: a sentence for people; never more than a few words of the peer's own text.
    """

    def __init__(self, request: str, reason: str, detail: str) -> None:
        super().__init__(f"{request or '----'} {reason}: {detail}")
        self.request = request
        self.reason = reason
        self.detail = detail


class CallerError(WireError):
    """Our own code asked for a frame that cannot exist (a bug, whoever supplied the text)."""
