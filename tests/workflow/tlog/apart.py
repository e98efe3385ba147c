"""The sequencer, the signer or a rotation of keys, killed with SIGKILL at each thing it does in turn.

    python -m tests.workflow.tlog.apart sequencer URL FOLDER TIMES STRIDE

A process is begun for each kill, and its next statement, its next commit or its next change of a
file counts. Only here is there a way to be killed. What was found is printed as JSON.
"""

import json
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from tests.workflow.tlog.writing import ORIGIN, faults, open_cases, place_all, write
from workflow.clock import utc_now
from workflow.database import connect
from workflow.people.register import registered
from workflow.tlog.signer.key_store import Intent, KeyStore
from workflow.tlog.signer.keyring import Keyring
from workflow.tlog.signer.signer import Signer
from workflow.tlog.store.models import LogEntry, SignedCheckpoint
from workflow.tlog.store.sequencer import Sequencer


class Countdown:
    """Kills this process at the n-th step, without a word to anybody."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def __call__(self, *_said: Any, **_named: Any) -> None:
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)


def count_statements(database: Engine, step: Countdown) -> None:
    event.listen(database, "before_cursor_execute", step)
    event.listen(database, "commit", step)


def count_files(step: Countdown) -> None:
    for owner, name in ((os, "write"), (os, "fsync"), (Path, "rename"), (Path, "unlink")):
        setattr(owner, name, after(step, getattr(owner, name)))


def after(step: Countdown, act: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*given: Any, **named: Any) -> Any:
        step()
        return act(*given, **named)

    return counted


def sequence(url: str, _folder: Path, step: Countdown, clock: Callable[[], datetime]) -> None:
    database = connect(url)
    count_statements(database, step)
    sequencer = Sequencer(database, "apart", clock, batch=5)
    sequencer.take()
    while sequencer.work():
        pass
    sequencer.release()


def sign(url: str, folder: Path, step: Countdown, clock: Callable[[], datetime]) -> None:
    database = connect(url)
    count_statements(database, step)
    count_files(step)
    Keyring(database, KeyStore(folder), registered, clock).begin(ORIGIN)
    Signer(database, KeyStore(folder), clock).step()


def rotate(url: str, folder: Path, step: Countdown, clock: Callable[[], datetime]) -> None:
    database = connect(url)
    count_statements(database, step)
    count_files(step)
    keyring = Keyring(database, KeyStore(folder), registered, clock)
    keyring.begin(ORIGIN)
    keyring.rotate(overlap=4)
    Signer(database, KeyStore(folder), clock).step()


def tear(url: str, folder: Path, step: Countdown, clock: Callable[[], datetime]) -> None:
    """The naive sequencer: each statement is kept at once."""
    database = connect(url)
    event.listen(database, "after_cursor_execute", lambda *said: said[1].connection.commit())
    count_statements(database, step)
    sequencer = Sequencer(database, "apart", clock, batch=5)
    sequencer.take()
    while sequencer.work():
        pass


class Hasty(Signer):
    """The naive signer: it remembers what it signed once everybody has it."""

    def _publish(self, intent: Intent, note: str) -> None:
        super()._publish(intent, note)
        KeyStore.intend(self._home, intent)


class Forgetful(KeyStore):
    def intend(self, intent: Intent) -> None:
        pass


def hurry(url: str, folder: Path, step: Countdown, clock: Callable[[], datetime]) -> None:
    database = connect(url)
    count_statements(database, step)
    count_files(step)
    Keyring(database, KeyStore(folder), registered, clock).begin(ORIGIN)
    Hasty(database, Forgetful(folder), clock).step()


PARTS = {
    "sequencer": sequence,
    "signer": sign,
    "rotation": rotate,
    "torn sequencer": tear,
    "hasty signer": hurry,
}


def die(part: str, url: str, folder: Path, steps: int, hours: int) -> bool:
    """Whether the process was killed before it was done."""
    child = os.fork()
    if not child:
        PARTS[part](url, folder, Countdown(steps), lambda: utc_now() + timedelta(hours=hours))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"The {part} failed at step {steps}.")
    return os.WIFSIGNALED(status)


def main(part: str, url: str, folder: Path, times: int, stride: int) -> dict[str, Any]:
    """Kill at the first step, `stride` steps later, and so on until it gets through; so many times."""
    database = connect(url)
    refs = open_cases(database, 2)
    kills, hours, found = 0, 0, defaultdict[str, int](int)
    for _ in range(times):
        steps, killed = 1, True
        while killed:
            write(database, refs, each=3)
            if "sequencer" not in part:
                place_all(database, "apart")
            database.dispose()
            hours += 1
            killed = die(part, url, folder, steps, hours)
            kills, steps = kills + killed, steps + stride
            for sentence in [*faults(database), *contradictions(database, folder)]:
                found[sentence] += 1
    if "sequencer" in part:
        place_all(database, "apart")
    with Session(database) as session:
        indices = session.scalars(select(LogEntry.log_index).order_by(LogEntry.log_index)).all()
        checkpoints = session.scalars(select(func.count()).select_from(SignedCheckpoint)).one()
    return {
        "kills": kills,
        "faults": dict(found) | dict.fromkeys(faults(database), 1),
        "entries": len(indices),
        "gapless": list(indices) == list(range(len(indices))),
        "checkpoints": checkpoints,
    }


def contradictions(database: Engine, folder: Path) -> list[str]:
    """Checkpoints of one size with two roots, and those that were published before they were meant."""
    path = folder / "signed"
    lines = path.read_text().splitlines() if path.exists() else []
    meant = {
        (int(line.split(" ")[1]), line.split(" ")[2]) for line in lines if line.count(" ") == 3
    }
    with Session(database) as session:
        notes = session.scalars(select(SignedCheckpoint.note)).all()
    published = {(int(note.split("\n")[1]), note.split("\n")[2]) for note in notes}
    two = len({size for size, _ in meant}) != len(meant)
    return ["Two roots were meant."] * two + ["Published, not meant."] * bool(published - meant)


if __name__ == "__main__":
    chosen_part, address, home, *numbers = sys.argv[1:]
    print(json.dumps(main(chosen_part, address, Path(home), *map(int, numbers))))
