"""How far the server's clock is from ours, as far as that is certain. Times are milliseconds."""


class ClockWatch:
    """Compares with what the server says of when it took something.

    It took it after we had sent it, and before we heard so; an answer that came late says little,
    and is not held against any clock.
    """

    def __init__(self) -> None:
        self._between: tuple[int, int] | None = None

    def took(self, time: int, sent: int, heard: int) -> None:
        """The server took at *time* what was sent at *sent*, and of which we *heard* then."""
        self._between = (time - heard, time - sent)

    def ahead(self) -> int | None:
        """By how much the server is ahead of us, at the least; negative: behind us. None if nothing
        is known.
        """
        if self._between is None:
            return None
        least, most = self._between
        return least if least > 0 else min(most, 0)
