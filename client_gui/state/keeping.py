"""What is kept on disk of what the client knows: read once, then written with every step.

When the store fails, it is closed and done without for the rest of this run: something was not
written, so nothing that is behind it may be.
"""

from client_gui.changes import Change, StoreTrouble
from client_gui.items import SearchHit
from client_gui.log.conversation import Me
from client_gui.log.records import Batch
from client_gui.log.store import Store
from client_gui.log.store_file import StoreFault
from client_gui.state.rooms import Rooms
from client_gui.state.timelines import Timelines
from client_gui.state.writing import Writing


class Keeping:
    """Between a store, which may be none, and what is to be kept.

    Attributes:
        epoch: the database that the numbers on disk are of; empty if that is unknown.
    """

    def __init__(
        self, store: Store | None, rooms: Rooms, timelines: Timelines, writing: Writing
    ) -> None:
        self.epoch = ""
        self._store = store
        self._rooms = rooms
        self._timelines = timelines
        self._writing = writing
        self._loaded = False
        self._facts: dict[str, str] = {}

    @property
    def has_store(self) -> bool:
        """Whether anything is kept."""
        return self._store is not None

    def owner(self) -> Me | None:
        """Who logged in last, if what is on disk may be shown without another login."""
        try:
            facts = self._store.facts() if self._store is not None else {}
        except StoreFault:
            return None
        if not facts.get("username") or facts.get("locked"):
            return None
        return Me(facts["username"], facts.get("nickname", ""))

    def load(self, me: Me) -> list[Change]:
        """Show *me* what is on disk."""
        self._loaded = True
        store = self._store
        if store is None:
            return []
        try:
            self.epoch = store.facts().get("epoch", "")
            self._rooms.load(store.rooms(), store.drafts())
            changes = [*self._timelines.load(store, me), *self._writing.load(store)]
        except StoreFault as fault:
            return self._do_without(fault.reason)
        return [*([StoreTrouble(store.trouble)] if store.trouble else ()), *changes]

    def messages_before(self, room: str, seq: int, limit: int) -> list[SearchHit] | None:
        """The last *limit* messages on disk of *room* before *seq*, the latest first; None if
        nothing can be read, or may be shown."""
        if self._store is None or not self._loaded:
            return None
        try:
            return self._store.messages_before(room, seq, limit)
        except StoreFault:
            return None

    def logged_in(self, me: Me, epoch: str) -> None:
        """The server has accepted a login; its numbers are those of *epoch*."""
        self.epoch = epoch
        self._facts |= {"username": me.username, "nickname": me.nickname, "epoch": epoch}
        self._facts["locked"] = ""

    def lock(self) -> None:
        """What is on disk is shown to nobody before a login succeeds."""
        self._facts["locked"] = "1"

    def write(self) -> list[Change]:
        """Write what is new."""
        if not self._loaded and not self._facts:
            return []
        batch = Batch(self._timelines.take_unsaved(), facts=self._facts)
        batch.items, batch.answered = self._writing.take_unsaved()
        batch.rooms, batch.gone, batch.drafts = self._rooms.take_unsaved()
        self._facts = {}
        if self._timelines.fault:
            return self._do_without(self._timelines.fault)
        if self._store is None or not batch:
            return []
        try:
            self._timelines.cut(self._store.write(batch))
        except StoreFault as fault:
            return self._do_without(fault.reason)
        return []

    def close(self) -> None:
        """Nothing more is read or written."""
        store, self._store = self._store, None
        self._timelines.do_without_store()
        if store is not None:
            store.close()

    def _do_without(self, reason: str) -> list[Change]:
        had_one = self._store is not None
        self.close()
        return [StoreTrouble(reason)] if had_one else []
