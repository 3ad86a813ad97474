"""Which device of this person's the server takes us for: its token, and its number.

The token lets this device in again without the password, so it is kept like one: it is in no
``repr``. The number is what the server calls the device, and is needed to take the token back.
"""

from collections.abc import Iterable
from dataclasses import replace

from wire.messages import Device, Devices, LogIn, LogOut, Message, RevokeDevice


class OwnDevice:
    """What is known of it, from one login on, over all connections."""

    def __init__(self) -> None:
        self.token = ""
        """Empty if the server has given none."""
        self._number = 0

    def begin(self, token: str) -> None:
        """Another login begins, with *token* or without."""
        self.token, self._number = token, 0

    def with_token(self, login: LogIn) -> LogIn:
        """*login*, with the token in place of the password if there is one."""
        return replace(login, password="", token=self.token) if self.token else login

    def let_in(self, token: str) -> list[Message]:
        """The login succeeded, and brought a new *token*, or none: return what is to be asked."""
        if token:
            self.begin(token)
        return [Devices()] if self.token and not self._number else []

    def heard(self, events: Iterable[object]) -> None:
        """Take our number from what the server says."""
        for event in events:
            if isinstance(event, Device) and event.current:
                self._number = event.device

    def farewell(self) -> list[Message]:
        """What is to be said when this device is not to be let in again."""
        revoking = [RevokeDevice(self._number)] if self._number else []
        return [*revoking, LogOut()]
