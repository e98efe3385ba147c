"""The signer: states the size and root of the log under a key that nothing else can reach.

It trusts its own record and not the database: what it once signed it does not contradict. It
keeps what it is about to sign, then signs, then publishes, so that a crash at any point leaves
at most a checkpoint that it will publish again, word for word.
"""

from datetime import datetime, timedelta

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.orm import Session

from workflow.clock import Clock, utc_now
from workflow.database import Base, reading, transaction
from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.formats import tree
from workflow.tlog.formats.checkpoint import Checkpoint
from workflow.tlog.formats.note import SigningKey, signed
from workflow.tlog.signer.key_store import Intent, KeyStore
from workflow.tlog.store.models import LogSigner, LogState, SignedCheckpoint
from workflow.tlog.store.tiles import MissingTile, Tiles

MANY, SOON, HEARTBEAT = 256, timedelta(seconds=1), timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=10)
CHECKPOINTS = Base.metadata.tables[SignedCheckpoint.__tablename__]
SIGNER = Base.metadata.tables[LogSigner.__tablename__]


class Contradiction(Invalid):
    """What the database holds is not the continuation of what was signed."""


class Signer:
    """Signs one log from one home."""

    def __init__(self, database: Engine, home: KeyStore, clock: Clock = utc_now) -> None:
        self._database = database
        self._home = home
        self._now = clock
        self._seen: datetime | None = None
        self._refusal: str | None = None

    def step(self) -> Checkpoint | None:
        """Sign if it is time to; a contradiction is kept where operators see it, and raised."""
        try:
            signed_now = self._sign()
        except (Contradiction, MissingTile) as refusal:
            self._show(str(refusal))
            raise
        if signed_now is None:
            self._show("")
        return signed_now

    def _sign(self) -> Checkpoint | None:
        now, key = self._now(), self._key()
        last = self._home.last(key.verifier.name)
        with reading(self._database) as session:
            size, root = session.execute(select(LogState.size, LogState.root)).one()
            here = Checkpoint(key.verifier.name, size, bytes(root))
            published = _published(session, here.origin)
            _refuse_old_record(last, published)
            due = _due(here, last, now, published)
            if last is None or last.checkpoint != here or due:
                self._examine(session, here, last)
        if not here.size or not due:
            return None
        with self._home.alone():
            using = self._home.keys(here.size)
            if using[0].verifier.name != here.origin:
                return None
            intent = Intent(here, now)
            self._home.intend(intent)
            note = signed(here.text, *using)
        self._publish(intent, note.decode())
        return here

    def _examine(self, session: Session, here: Checkpoint, last: Intent | None) -> None:
        """Raise `Contradiction` unless the log, as it stands, continues what was signed."""
        tiles = Tiles(session)
        if tree.root_at(tiles.read, here.size) != here.root:
            raise Contradiction(
                phrase(
                    "The tree does not have the root that is stated for %(size)s.", size=here.size
                )
            )
        if last is None or last.checkpoint == here:
            return
        before = last.checkpoint
        if here.size < before.size:
            raise Contradiction(
                phrase(
                    "The log has %(size)s entries, but %(size2)s were signed: an old state was brought "
                    "back. Restore the newest one, or begin anew: primemover signer new-origin",
                    size=here.size,
                    size2=before.size,
                )
            )
        if here.size == before.size:
            raise Contradiction(
                phrase(
                    "Another root was signed for the %(size)s entries of the log.", size=here.size
                )
            )
        proof = tree.consistency(tiles.read, before.size, here.size)
        if not tree.consistent(before.size, here.size, before.root, here.root, proof):
            raise Contradiction(
                phrase(
                    "The first %(size)s entries of the log are not those that were signed.",
                    size=before.size,
                )
            )

    def _publish(self, intent: Intent, note: str) -> None:
        of = intent.checkpoint
        row = {"origin": of.origin, "size": of.size, "root": of.root, "note": note}
        seen = update(SIGNER).values(origin=of.origin, seen_at=intent.at, refusal="")
        with transaction(self._database) as session:
            session.execute(insert(CHECKPOINTS), [row | {"at": intent.at}])
            session.execute(seen)
        self._seen, self._refusal = intent.at, ""

    def _show(self, refusal: str) -> None:
        """Let operators see that the signer lives, and what it refuses; now and then, or if it is news."""
        now = self._now()
        if refusal == self._refusal and self._seen and abs(now - self._seen) < SEEN_EVERY:
            return
        with transaction(self._database) as session:
            session.execute(update(SIGNER).values(seen_at=now, refusal=refusal))
        self._seen, self._refusal = now, refusal

    def _key(self) -> SigningKey:
        key = self._home.key()
        if key is None:
            raise Invalid(
                phrase("There is no key to sign with; primemover signer makes the first.")
            )
        return key


def _published(session: Session, origin: str) -> int:
    """How many entries the largest checkpoint of this origin states that the database holds."""
    newest = select(func.max(CHECKPOINTS.c.size)).where(CHECKPOINTS.c.origin == origin)
    return session.scalar(newest) or 0


def _refuse_old_record(last: Intent | None, published: int) -> None:
    """Raise `Contradiction` where the record is not the newest: nobody knows then what else was signed.

    What is published was kept in the record before, so a record behind it is an old copy, or lost.
    """
    if last is None and published:
        raise Contradiction(
            phrase(
                "The signer's record is missing, although %(size)s entries were signed under its key. "
                "Put the newest one back, or begin anew: primemover signer new-origin",
                size=published,
            )
        )
    if last is not None and last.checkpoint.size < published:
        raise Contradiction(
            phrase(
                "The signer's record ends at %(size)s entries, but %(size2)s were signed: it is an old "
                "copy. Put the newest one back, or begin anew: primemover signer new-origin",
                size=last.checkpoint.size,
                size2=published,
            )
        )


def _due(here: Checkpoint, last: Intent | None, now: datetime, published: int) -> bool:
    if last is None or published < last.checkpoint.size:
        return True
    # A clock that was set back must not keep the signer silent.
    new, since = here.size - last.checkpoint.size, abs(now - last.at)
    return new >= MANY or (new > 0 and since >= SOON) or since >= HEARTBEAT
