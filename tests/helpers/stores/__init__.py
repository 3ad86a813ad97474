"""The storage, in memory: small parts that do what the real ones promise, one after the other."""

from tests.helpers.stores.accounts import FakeAccounts
from tests.helpers.stores.devices import FakeDevices
from tests.helpers.stores.history import FakeHistory
from tests.helpers.stores.marks import FakeMarks
from tests.helpers.stores.messages import FakeMessages
from tests.helpers.stores.rooms import FakeRooms
from tests.helpers.stores.search import FakeSearch
from tests.helpers.stores.tables import LOBBY_ID, Tables

__all__ = ["LOBBY_ID", "FakeStore", "Tables"]


class FakeStore:
    """All parts, on the same tables."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.accounts = FakeAccounts(self.tables)
        self.rooms = FakeRooms(self.tables)
        self.messages = FakeMessages(self.tables)
        self.history = FakeHistory(self.tables)
        self.devices = FakeDevices(self.tables)
        self.marks = FakeMarks(self.tables)
        self.search = FakeSearch(self.tables, self.messages)
