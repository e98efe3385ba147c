"""A witness: signs that a log only ever grew, and never for two histories of it (C2SP tlog-witness)."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path

from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.formats.add_checkpoint import SIZE_TYPE, AddCheckpointRequest
from workflow.tlog.formats.checkpoint import Checkpoint
from workflow.tlog.formats.note import COSIGNATURE, ED25519, SigningKey, Verifier, opened, parsed
from workflow.tlog.formats.tree import EMPTY, consistent
from workflow.tlog.witnesses.witness_store import Seen, Turn, WitnessStore

KEY, LOGS, MEMORY = "witness.key", "logs.txt", "memory.db"
PLAIN = "text/plain; charset=utf-8"
HEADING = "# The logs that this witness signs for: the key string of one on each line.\n"


@dataclass(frozen=True, slots=True)
class WitnessAnswer:
    """What a caller is told, as HTTP has it."""

    status: int
    body: str
    type: str = PLAIN


class Witness:
    """One key, the logs it signs for, and its memory."""

    def __init__(
        self,
        key: SigningKey,
        logs: Iterable[Verifier],
        memory: WitnessStore,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._key, self._memory, self._clock = key, memory, clock
        self._logs = _by_origin(logs)

    @classmethod
    def begin(cls, folder: Path, name: str, logs: Sequence[Verifier] = ()) -> "Witness":
        """A new witness that keeps everything in `folder`; one that is there already stays."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any((folder / file).exists() for file in (KEY, LOGS, MEMORY)):
            raise Invalid(phrase("There is a witness in %(folder)s already.", folder=folder.name))
        SigningKey.generate(name, COSIGNATURE).store(folder / KEY)
        trusted = "".join(f"{log}\n" for log in logs)
        (folder / LOGS).write_text(HEADING + trusted, encoding="utf-8")
        WitnessStore.make(folder / MEMORY)
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> "Witness":
        """The witness that was begun in `folder`."""
        if not (folder / KEY).exists():
            raise Invalid(
                phrase("There is no witness in %(folder)s: begin one first.", folder=folder.name)
            )
        key = SigningKey.load(folder / KEY)
        return cls(key, trusted(folder / LOGS), WitnessStore(folder / MEMORY))

    @property
    def verifier(self) -> Verifier:
        """What this witness's signatures are checked with."""
        return self._key.verifier

    @property
    def origins(self) -> tuple[str, ...]:
        """The logs it signs for."""
        return tuple(self._logs)

    def add(self, body: bytes) -> WitnessAnswer:
        """Take a checkpoint in, and sign it if it continues the last one signed."""
        try:
            asked = AddCheckpointRequest.read(body)
            checkpoint = Checkpoint.read(parsed(asked.note).text)
        except Invalid as fault:
            return _said(400, fault.sentence)
        known = self._logs.get(checkpoint.origin)
        if known is None:
            return _said(404, "This witness does not sign for that log.")
        try:
            note = opened(asked.note, known)
        except Invalid as fault:
            return _said(403, fault.sentence)
        if asked.old > checkpoint.size:
            return _said(400, "The old size is larger than the checkpoint.")
        with self._memory.turn() as turn:
            return self._settled(turn, asked, checkpoint, bytes(note).decode())

    def latest(self, origin: str) -> str | None:
        """The last checkpoint that was signed for this log, with the signature."""
        with self._memory.looking() as turn:
            seen = turn.latest(origin)
        return None if seen is None else seen.note

    def contradictions(self) -> list[tuple[str, int]]:
        """The logs that contradicted themselves, and at what size."""
        return self._memory.contradictions()

    def _settled(
        self, turn: Turn, asked: AddCheckpointRequest, checkpoint: Checkpoint, note: str
    ) -> WitnessAnswer:
        """Compare with the last checkpoint and replace it, with nobody in between."""
        last = turn.latest(checkpoint.origin) or Seen(0, EMPTY, "", 0)
        # A clock set back must not let an older size look like the later one.
        at = max(int(self._clock()), last.at)
        seen = Seen(checkpoint.size, checkpoint.root, note, at)
        if asked.old != last.size:
            return WitnessAnswer(409, f"{last.size}\n", SIZE_TYPE)
        if checkpoint.size == last.size and not compare_digest(checkpoint.root, last.root):
            turn.contradicted(checkpoint.origin, seen)
            return _said(409, "Another root was signed for a checkpoint of this size.")
        ends = (last.root, checkpoint.root)
        if not consistent(last.size, checkpoint.size, *ends, asked.proof):
            turn.contradicted(checkpoint.origin, seen)
            return _said(422, "The proof does not show that the log only grew.")
        line = self._key.sign(checkpoint.text, at).line
        turn.keep(checkpoint.origin, Seen(seen.size, seen.root, note + line, at))
        return WitnessAnswer(200, line)


def trusted(path: Path) -> list[Verifier]:
    """The key strings in a file, one on each line; lines that begin with # are left out."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [log_key(line) for line in lines if line and not line.startswith("#")]


def log_key(text: str) -> Verifier:
    """The key of a log; refuses one of a witness."""
    verifier = Verifier.read(text)
    if verifier.kind != ED25519:
        raise Invalid(
            phrase("%(verifier)s is the key of a witness, not of a log.", verifier=verifier.name)
        )
    return verifier


def _by_origin(logs: Iterable[Verifier]) -> Mapping[str, list[Verifier]]:
    """A log may have two keys while one follows the other."""
    found: dict[str, list[Verifier]] = {}
    for log in logs:
        found.setdefault(log.name, []).append(log)
    return found


def _said(status: int, sentence: str) -> WitnessAnswer:
    return WitnessAnswer(status, f"{sentence}\n")
