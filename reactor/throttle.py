"""Failed logins are counted, so that guessing passwords, and making us hash for nothing, is slow.

Two counts, over one minute: by peer address and user name together, so that guessing one password
is slow but nobody can lock a user out from elsewhere; and by address alone, which is high enough
for a class behind one router. An IPv6 peer counts by its /64, of which one machine has all
addresses.
"""

import ipaddress
from collections import OrderedDict
from collections.abc import Callable, Hashable

from wire import names

# Seconds after which a count begins anew.
WINDOW = 60.0

# Failures within the window: a person who tries all their passwords stays under the first.
MAX_FOR_USER = 10
MAX_FOR_ADDRESS = 100

# Counts that are kept. Each is some 300 bytes; when there are more, the oldest go.
MAX_COUNTS = 20_000


class FailedLogins:
    """Counts failed logins. *clock* is in seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._counts: OrderedDict[Hashable, tuple[float, int]] = OrderedDict()

    def too_many(self, address: str, username: str) -> bool:
        """Whether another try from *address* as *username* is to be refused unseen."""
        self._forget_old()
        if not self._counts:  # as a rule, and then a crowd that logs in costs nothing here
            return False
        network = _network(address)
        return (
            self._count((network, names.key(username))) >= MAX_FOR_USER
            or self._count(network) >= MAX_FOR_ADDRESS
        )

    def failed(self, address: str, username: str) -> None:
        network = _network(address)
        for counted in ((network, names.key(username)), network):
            began, count = self._counts.pop(counted, (self._clock(), 0))
            if self._clock() - began >= WINDOW:
                began, count = self._clock(), 0
            self._counts[counted] = (began, count + 1)
        while len(self._counts) > MAX_COUNTS:
            self._counts.popitem(last=False)

    def succeeded(self, address: str, username: str) -> None:
        if self._counts:
            self._counts.pop((_network(address), names.key(username)), None)

    def _forget_old(self) -> None:
        """Those that failed last are last: what stands first and is over counts for nothing."""
        while self._counts:
            counted, (began, _) = next(iter(self._counts.items()))
            if self._clock() - began < WINDOW:
                return
            del self._counts[counted]

    def _count(self, counted: Hashable) -> int:
        began, count = self._counts.get(counted, (0.0, 0))
        return count if self._clock() - began < WINDOW else 0


def _network(address: str) -> str:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
