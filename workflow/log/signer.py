"""The signer: states the size and root of the log under a key that nothing else can reach.

It trusts its own record and not the database: what it once signed it does not contradict. It
keeps what it is about to sign, then signs, then publishes, so that a crash at any point leaves
at most a checkpoint that it will publish again, word for word.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.trail import Written
from workflow.clock import Clock, utc_now
from workflow.database import Base
from workflow.errors import Invalid
from workflow.log import keys, tree
from workflow.log.checkpoint import Checkpoint
from workflow.log.home import Home, Intent
from workflow.log.note import SigningKey, signed
from workflow.log.records import LogSigner, LogState, SignedCheckpoint
from workflow.log.tiles import MissingTile, Tiles

Tell = Callable[[Session, Fact], Written]

MANY, SOON, HEARTBEAT = 256, timedelta(seconds=1), timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=10)
CHECKPOINTS = Base.metadata.tables[SignedCheckpoint.__tablename__]
SIGNER = Base.metadata.tables[LogSigner.__tablename__]


class Contradiction(Invalid):
    """What the database holds is not the continuation of what was signed."""


class Signer:
    """Signs one log from one home."""

    def __init__(self, database: Engine, home: Home, tell: Tell, clock: Clock = utc_now) -> None:
        self._database = database
        self._home = home
        self._tell = tell
        self._now = clock
        self._seen: datetime | None = None
        self._refusal: str | None = None

    def begin(self, origin: str) -> None:
        """Make the first key where there never was one, and introduce it.

        A log that knows a key that is not here is refused: it has its signer elsewhere.
        """
        with self._home.alone(), self._claimed() as session:
            known = keys.introduced(session)
            self._home.settle(_endings(known))
            key = self._home.key()
            if key is None and not known:
                key = self._home.begin(origin)
                self._tell(session, keys.introduction(key, self._now(), 0))
            elif key is None:
                raise Invalid(
                    f"The key of {known[-1].origin} is not in {self._home.folder.name}: only its"
                    " signer can go on, or `primemover signer new-origin` begins anew."
                )
        with self._home.alone():
            if self._home.key() is None:
                self._home.succeed(None)

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

    def rotate(self, overlap: int) -> str:
        """Introduce a new key under the old one; both sign for so many entries more."""
        with self._home.alone():
            with self._claimed() as session:
                self._home.settle(_endings(keys.introduced(session)))
                old = self._key()
                new = self._home.begin(old.verifier.name)
                size = session.scalars(select(LogState.size)).one()
                sizes = (size, size + overlap)
                self._tell(session, keys.succession(old, new, self._now(), sizes))
            self._home.succeed(size + overlap)
        return str(new.verifier)

    def new_origin(self, origin: str = "") -> str:
        """Begin anew under another name, naming where the old origin was left.

        For a database that was restored to an earlier state: what was signed stays true of the
        old origin, of which nothing more is signed.
        """
        with self._home.alone():
            old = self._key()
            last = self._home.last(old.verifier.name)
            new = self._home.begin(origin or _following(old.verifier.name))
            after = last.checkpoint if last else Checkpoint(old.verifier.name, 0, tree.EMPTY)
            with self._claimed() as session:
                size = session.scalars(select(LogState.size)).one()
                self._tell(session, keys.introduction(new, self._now(), size, after))
            self._home.succeed(None)
        self._show("")
        return str(new.verifier)

    def _sign(self) -> Checkpoint | None:
        now, key = self._now(), self._key()
        last = self._home.last(key.verifier.name)
        with self._reading() as session:
            here = self._examined(session, key.verifier.name, last)
            if not here.size or not self._due(session, here, last, now):
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

    def _examined(self, session: Session, origin: str, last: Intent | None) -> Checkpoint:
        """The log as it stands, once it is known to continue what was signed."""
        size, root = session.execute(select(LogState.size, LogState.root)).one()
        here, tiles = Checkpoint(origin, size, bytes(root)), Tiles(session)
        if tree.root_at(tiles.read, size) != here.root:
            raise Contradiction(f"The tree does not have the root that is stated for {size}.")
        if last is None or last.checkpoint == here:
            return here
        before = last.checkpoint
        if size < before.size:
            raise Contradiction(
                f"The log has {size} entries, but {before.size} were signed: an old state was"
                " brought back. Restore the newest one, or begin anew: primemover signer"
                " new-origin"
            )
        if size == before.size:
            raise Contradiction(f"Another root was signed for the {size} entries of the log.")
        proof = tree.consistency(tiles.read, before.size, size)
        if not tree.consistent(before.size, size, before.root, here.root, proof):
            raise Contradiction(
                f"The first {before.size} entries of the log are not those that were signed."
            )
        return here

    def _due(self, session: Session, here: Checkpoint, last: Intent | None, now: datetime) -> bool:
        newest = select(func.max(CHECKPOINTS.c.size)).where(CHECKPOINTS.c.origin == here.origin)
        published = session.scalar(newest) or 0
        if last is None or published < last.checkpoint.size:
            return True
        # A clock that was set back must not keep the signer silent.
        new, since = here.size - last.checkpoint.size, abs(now - last.at)
        return new >= MANY or (new > 0 and since >= SOON) or since >= HEARTBEAT

    def _publish(self, intent: Intent, note: str) -> None:
        of = intent.checkpoint
        row = {"origin": of.origin, "size": of.size, "root": of.root, "note": note}
        seen = update(SIGNER).values(origin=of.origin, seen_at=intent.at, refusal="")
        with self._writing() as session, session.begin():
            session.execute(insert(CHECKPOINTS), [row | {"at": intent.at}])
            session.execute(seen)
        self._seen, self._refusal = intent.at, ""

    def _show(self, refusal: str) -> None:
        """Let operators see that the signer lives, and what it refuses; now and then, or if it is news."""
        now = self._now()
        if refusal == self._refusal and self._seen and abs(now - self._seen) < SEEN_EVERY:
            return
        with self._writing() as session, session.begin():
            session.execute(update(SIGNER).values(seen_at=now, refusal=refusal))
        self._seen, self._refusal = now, refusal

    def _key(self) -> SigningKey:
        key = self._home.key()
        if key is None:
            raise Invalid("There is no key to sign with; primemover signer makes the first.")
        return key

    @contextmanager
    def _claimed(self) -> Iterator[Session]:
        """A transaction during which nobody else introduces a key."""
        with self._writing() as session, session.begin():
            session.execute(select(SIGNER.c.id).with_for_update())
            yield session

    def _writing(self) -> Session:
        return Session(self._database)

    def _reading(self) -> Session:
        return Session(self._database.execution_options(reading=True, postgresql_readonly=True))


def _endings(known: list[keys.Introduced]) -> dict[str, int | None]:
    """Of each key that was introduced, where the one before it ends."""
    before: dict[str, keys.Introduced] = {}
    found: dict[str, int | None] = {}
    for each in known:
        previous = before.get(each.origin)
        found[str(each.verifier)] = previous.last if previous else None
        before[each.origin] = each
    return found


def _following(origin: str) -> str:
    """The name of the origin after this one: a number is added or raised."""
    name, _, count = origin.rpartition("/")
    if name and count.isdecimal():
        return f"{name}/{int(count) + 1}"
    return f"{origin}/2"
