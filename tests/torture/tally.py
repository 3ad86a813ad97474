"""What came of a storm: acknowledged, stored, shown, and whatever does not agree."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reactor.records import StoredMessage
from tests.torture import notes
from tests.torture.notes import read_notes


@dataclass
class Tally:
    """Figures of one storm; everything under ``wrong`` must be zero."""

    kills: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    sent: int = 0
    acknowledged: int = 0
    stored: int = 0
    shown: int = 0
    readers: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        kills = ", ".join(f"{count} of {what}" for what, count in sorted(self.kills.items()))
        wrong = ", ".join(f"{what} {count}" for what, count in self.wrong.items())
        return (
            f"kill -9: {kills}; {self.in_flight} messages under way at those moments\n"
            f"sent {self.sent}, acknowledged {self.acknowledged}, stored {self.stored}, "
            f"shown {self.shown} by {self.readers} clients\n{wrong}"
        )


def count(directory: Path, names: Sequence[str], stored: list[StoredMessage], tally: Tally) -> None:
    """Compare the *stored* messages of the room with what each client has noted."""
    by_cid = {message.cid: message.seq for message in stored}
    in_order = [[str(message.seq), message.cid] for message in stored]
    sent = [words[0] for name in names for words in read_notes(notes.sent(directory, name))]
    acknowledged = [
        (words[0], int(words[1]))
        for name in names
        for words in read_notes(notes.acknowledged(directory, name))
    ]
    tally.sent, tally.acknowledged, tally.stored = len(sent), len(acknowledged), len(stored)
    tally.readers = len(names)
    tally.wrong = Counter(
        {
            "lost": sum(by_cid.get(cid) != seq for cid, seq in acknowledged),
            "never acknowledged": len(set(sent) - {cid for cid, _ in acknowledged}),
            "stored twice": len(stored) - len(by_cid),
            "stored but not sent": len(set(by_cid) - set(sent)),
            "holes": sum(each.seq != n for n, each in enumerate(stored, 1)),
            "shown twice": 0,
            "shown out of order": 0,
            "not shown as stored": 0,
            "faults": 0,
        }
    )
    for name in names:
        shown = read_notes(notes.shown(directory, name))
        tally.shown += len(shown)
        numbers = [int(seq) for seq, _ in shown]
        tally.wrong["shown twice"] += len(shown) - len({cid for _, cid in shown})
        tally.wrong["shown out of order"] += numbers != sorted(set(numbers))
        tally.wrong["not shown as stored"] += shown != in_order
        tally.wrong["faults"] += len(read_notes(notes.faults(directory, name)))
