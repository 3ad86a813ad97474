"""The client's file on disk; the program may end between any two of its transactions."""

import sqlite3
from collections import Counter
from pathlib import Path
from random import Random

from client_gui.log.records import Batch
from client_gui.log.store import Store

CRASH = "client crashes at a transaction"


class ClientCrashed(BaseException):
    """The program ends here. *kept*: what it was writing is on disk."""

    def __init__(self, kept: bool) -> None:
        super().__init__()
        self.kept = kept


class SimulatedStore(Store):
    """The product's store, on a machine that may fail."""

    def __init__(self, path: Path, random: Random, rate: float, counts: Counter[str]) -> None:
        super().__init__(path)
        self.rate = rate
        self._random = random
        self._counts = counts

    def write(self, batch: Batch) -> dict[str, int]:
        """Write *batch*, or end the program before or after that."""
        crashes = self._random.random() < self.rate
        if crashes:
            self._counts[CRASH] += 1
            if self._random.random() < 0.5:
                raise ClientCrashed(kept=False)
        floors = super().write(batch)
        if crashes:
            raise ClientCrashed(kept=True)
        return floors

    def power_off(self) -> None:
        """The process is gone: the system closes the file."""
        self._database.close()


def waiting_in(path: Path) -> set[str]:
    """The cids in the outbox of the file at *path*, which no program has open."""
    if not path.exists():
        return set()
    with sqlite3.connect(path) as database:
        found = {cid for (cid,) in database.execute("SELECT cid FROM outbox")}
    database.close()
    return found
