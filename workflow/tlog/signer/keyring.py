"""The keyring: makes keys and tells the log of them, in that order or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.trail import Written
from workflow.clock import Clock, utc_now
from workflow.database import transaction
from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.formats import tree
from workflow.tlog.formats.checkpoint import Checkpoint
from workflow.tlog.signer import keys
from workflow.tlog.signer.key_store import KeyStore
from workflow.tlog.store.models import LogSigner, LogState, SignedCheckpoint

Tell = Callable[[Session, Fact], Written]


class Keyring:
    """The keys of one home; each is introduced by an event before it signs anything."""

    def __init__(
        self, database: Engine, home: KeyStore, tell: Tell, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._home = home
        self._tell = tell
        self._now = clock

    def begin(self, origin: str) -> None:
        """Make the first key where there never was one; finish what a crash left half done.

        A log that knows a key that is not here is refused: it has its signer elsewhere.
        """
        with self._home.alone():
            with self._claimed() as session:
                known = keys.introduced(session)
                self._home.settle(_endings(known))
                if self._home.key() is not None:
                    return
                if known:
                    raise Invalid(
                        phrase(
                            "The key of %(origin)s is not in this home. Only its signer can go on; if it is "
                            "lost, begin anew: primemover signer new-origin",
                            origin=known[-1].origin,
                        )
                    )
                first = self._home.begin(origin)
                self._tell(session, keys.introduction(first, self._now(), 0))
            self._home.succeed(None)

    def rotate(self, overlap: int) -> str:
        """Introduce a new key under the old one; both sign for so many entries more."""
        with self._home.alone():
            with self._claimed() as session:
                self._home.settle(_endings(keys.introduced(session)))
                old = self._home.key()
                if old is None:
                    raise Invalid(phrase("There is no key yet; primemover signer makes the first."))
                new = self._home.begin(old.verifier.name)
                size = session.scalars(select(LogState.size)).one()
                sizes = (size, size + overlap)
                self._tell(session, keys.succession(old, new, self._now(), sizes))
            self._home.succeed(size + overlap)
        return str(new.verifier)

    def new_origin(self, origin: str = "") -> str:
        """Begin anew under another name, naming where the old origin was left.

        For a database that was set back to an earlier state, and for a key that was lost or
        stolen: what was signed stays true of the old origin, of which nothing more is signed.
        """
        with self._home.alone():
            with self._claimed() as session:
                left = self._left(session)
                new = self._home.begin(origin or _following(left.origin))
                size = session.scalars(select(LogState.size)).one()
                self._tell(session, keys.introduction(new, self._now(), size, left))
            self._home.succeed(None)
        return str(new.verifier)

    def _left(self, session: Session) -> Checkpoint:
        """The last checkpoint of the origin so far: by our own record or as published, whichever is ahead."""
        key, known = self._home.key(), keys.introduced(session)
        if key is None and not known:
            raise Invalid(phrase("There is no origin to leave; primemover signer makes the first."))
        origin = key.verifier.name if key else known[-1].origin
        recorded = self._home.last(origin) if key else None
        published = select(SignedCheckpoint).where(SignedCheckpoint.origin == origin)
        newest = session.scalars(published.order_by(SignedCheckpoint.size.desc()).limit(1)).first()
        stated = [recorded.checkpoint] if recorded else []
        if newest is not None:
            stated.append(Checkpoint(origin, newest.size, newest.root))
        return max(stated, key=attrgetter("size"), default=Checkpoint(origin, 0, tree.EMPTY))

    @contextmanager
    def _claimed(self) -> Iterator[Session]:
        """A transaction during which nobody else introduces a key."""
        with transaction(self._database) as session:
            session.execute(select(LogSigner.id).with_for_update())
            yield session


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
