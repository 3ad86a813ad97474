"""The bare loop with a fault: ``python lossy_loop.py DIRECTORY FAULT PORT``.

FAULT is ``loses``: now and then somebody is not told; or ``repeats``: somebody is told twice.
"""

import sys

sys.path.insert(0, sys.argv[1])

from bare_loop import BareLoop, Member

# Not the first sends, which answer those who come in.
AFTER = 300


class LossyLoop(BareLoop):
    """One send, once, goes wrong."""

    sends = 0

    def _send(self, member: Member, data: bytes) -> None:
        self.sends += 1
        times = {"loses": 0, "repeats": 2}[sys.argv[2]] if self.sends == AFTER else 1
        for _ in range(times):
            super()._send(member, data)


LossyLoop(int(sys.argv[3])).run()
