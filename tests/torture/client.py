"""One client of the storm: says numbered things, shows what is said, and may be killed at any time.

It follows the rules of docs/protocol.md for a client that loses nothing: each message has a cid and
is sent until it is acknowledged; of what comes, only the number after the last one is shown; what
is missing is asked for.

usage: python -m tests.torture.client DIRECTORY NAME USER
"""

import os
import random
import sys
import threading
from pathlib import Path

from tests.helpers.line_client import ANSWER_SECONDS, ClosedError, LineClient
from tests.helpers.server_process import PASSWORD
from tests.torture import notes
from tests.torture.notes import Notes, read_notes

# Seconds between two looks at what there is to do when nothing comes.
TICK = 0.05
# Messages at once: fewer than the server takes of one session, more than one batch of a moment.
BURST = 20
# Refusals after which the same message is to be sent again.
AGAIN = frozenset({"busy", "unavailable", "stopping"})


class Client:
    """One life of it."""

    def __init__(self, directory: Path, name: str, user: str) -> None:
        self._directory = directory
        self._user = user
        # A life of its own: no cid of another life may come again with another text.
        self._prefix = f"{name}-{os.getpid()}-{random.randrange(10**9)}"
        self._said = 0
        done = {words[0] for words in read_notes(notes.acknowledged(directory, name))}
        said = [words[0] for words in read_notes(notes.sent(directory, name))]
        self._unacknowledged = [cid for cid in said if cid not in done]
        before = read_notes(notes.shown(directory, name))
        self._mark = int(before[-1][0]) if before else 0
        self._sent = Notes(notes.sent(directory, name))
        self._acknowledged = Notes(notes.acknowledged(directory, name))
        self._shown = Notes(notes.shown(directory, name))
        self._faults = Notes(notes.faults(directory, name))
        self._forget_connection()

    def _forget_connection(self) -> None:
        self._received = b""
        self._asking = False
        self._behind = True
        self._refused: list[str] = []

    def run(self) -> None:
        """Until everything is said and shown; a lost connection is made again."""
        pause = threading.Event()
        while not self._is_done():
            try:
                self._live(self._connect())
            except (OSError, ClosedError):
                pause.wait(random.uniform(TICK, 5 * TICK))

    def _connect(self) -> LineClient:
        (port,) = read_notes(notes.ports(self._directory))[-1]
        return LineClient(("127.0.0.1", int(port)))

    def _live(self, client: LineClient) -> None:
        with client:
            self._forget_connection()
            client.send_line("0001", self._user, PASSWORD, "storm/1.0")
            if client.receive_frame()[:2] != ["1001", "1"]:
                raise ClosedError
            for cid in self._unacknowledged:
                self._say(client, cid)
            while not self._is_done():
                self._take_what_comes(client)
                client.set_timeout(ANSWER_SECONDS)
                self._do_what_is_due(client)

    def _take_what_comes(self, client: LineClient) -> None:
        client.set_timeout(TICK)
        try:
            self._received += client.receive()
        except TimeoutError:
            # Only now, so that a refusal is not answered by a storm of repetitions.
            refused, self._refused = self._refused, []
            client.set_timeout(ANSWER_SECONDS)
            for cid in refused:
                self._say(client, cid)
            return
        *lines, self._received = self._received.split(b"\n")
        for line in lines:
            self._take(line.decode().split("|"))

    def _take(self, frame: list[str]) -> None:
        match frame:
            case ["1000", "0002", "ok", cid, _, seq, *_]:
                if cid in self._unacknowledged:
                    self._acknowledged.add(cid, seq)
                    self._unacknowledged.remove(cid)
                self._show(int(seq), cid)
            case ["1000", "0002", reason, cid, *_] if reason in AGAIN:
                self._refused.append(cid)
            case ["1002", _, text, _, _, seq, *_]:
                self._show(int(seq), text.partition(" ")[0])
            case ["1000", "0006", outcome, more, *_]:
                self._asking = False
                self._behind = self._behind or outcome != "ok" or bool(more)
            case ["1000", *_]:
                self._faults.add(*frame)

    def _show(self, seq: int, cid: str) -> None:
        if seq == self._mark + 1:
            self._shown.add(seq, cid)
            self._mark = seq
        elif seq > self._mark:
            self._behind = True

    def _do_what_is_due(self, client: LineClient) -> None:
        if self._behind and not self._asking:
            self._behind, self._asking = False, True
            client.send_line("0006", "", str(self._mark + 1))
        if not self._unacknowledged and not notes.stop(self._directory).exists():
            for _ in range(random.randint(1, BURST)):
                self._said += 1
                cid = f"{self._prefix}-{self._said}"
                self._sent.add(cid)
                self._unacknowledged.append(cid)
                self._say(client, cid)

    def _say(self, client: LineClient, cid: str) -> None:
        # The same text for the same cid, of many lengths.
        length = int(cid.rpartition("-")[2]) * 37 % 200
        client.say(self._user, f"{cid} {'x' * length}", cid)

    def _is_done(self) -> bool:
        end = notes.end(self._directory)
        return end.exists() and self._mark >= int(end.read_text(encoding="ascii") or "0")

    def close(self) -> None:
        for each in (self._sent, self._acknowledged, self._shown, self._faults):
            each.close()


def main() -> None:
    directory, name, user = sys.argv[1:]
    client = Client(Path(directory), name, user)
    try:
        client.run()
    finally:
        client.close()


if __name__ == "__main__":
    main()
