"""What is remembered from one start to the next: where and who, never a password."""

from PyQt5.QtCore import QSettings

from client_gui.address import MAX_HOST
from wire.limits import MAX_NAME

_SERVER = "login/server"
_USERNAME = "login/username"


class Preferences:
    """A typed view of the settings store of the desktop."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def server(self) -> str:
        """The server of the last login, as it was typed; empty before the first."""
        return self._text(_SERVER, MAX_HOST)

    @server.setter
    def server(self, address: str) -> None:
        self._settings.setValue(_SERVER, address)

    @property
    def username(self) -> str:
        """The user of the last login; empty before the first."""
        return self._text(_USERNAME, MAX_NAME)

    @username.setter
    def username(self, name: str) -> None:
        self._settings.setValue(_USERNAME, name)

    def _text(self, key: str, longest: int) -> str:
        # The file is the user's, and may hold anything.
        value = self._settings.value(key, "")
        return value[:longest] if isinstance(value, str) else ""
