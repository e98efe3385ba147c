"""The page of anchors put together: what is outside, and what may be said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.tlog.signer import keys
from workflow.tlog.store.models import LogPending, LogSigner
from workflow.tlog.store.queries import Published
from workflow.tlog.witnesses import anchors
from workflow.tlog.witnesses.anchors import AnchorKind, Left, Watch
from workflow.tlog.witnesses.client import Outcome


@dataclass(frozen=True, slots=True)
class AnchorsPage:
    """The current checkpoint, the witnesses, and everything that left.

    `evident` says that tampering would show: a witness signed within the days that an
    installation allows. `contradicted` are witnesses that know otherwise than the log.
    """

    published: Published | None
    note: str
    keys: tuple[str, ...]
    waiting: int
    refusal: str
    watches: tuple[Watch, ...]
    left: tuple[Left, ...]
    days: int
    evident: bool

    @property
    def contradicted(self) -> tuple[Watch, ...]:
        """Witnesses that signed for another history than the log tells, or for more of it."""
        known_otherwise = (Outcome.CONTRADICTS, Outcome.AHEAD)
        return tuple(each for each in self.watches if each.outcome in known_otherwise)

    @property
    def last(self) -> Left | None:
        """What left last."""
        return self.left[0] if self.left else None

    @property
    def witnessed(self) -> Watch | None:
        """The witness that signed last."""
        signed = {each.cosigned_at: each for each in self.watches if each.cosigned_at}
        return signed[max(signed)] if signed else None

    @property
    def copies(self) -> tuple[Left, ...]:
        """What left other than to witnesses."""
        return tuple(each for each in self.left if each.kind is not AnchorKind.WITNESS)


def anchors_page(
    session: Session, witnesses: Sequence[str], days: int, now: datetime
) -> AnchorsPage:
    """The page on what is outside; `witnesses` are their key strings."""
    found = anchors.current(session)
    of = found[0].checkpoint if found else None
    signed = anchors.last_signed_outside(session, witnesses)
    fresh = signed is not None and signed.received_at + timedelta(days=days) >= now
    return AnchorsPage(
        published=found[0] if found else None,
        note=found[1] if found else "",
        keys=tuple(map(str, keys.verifiers(session, of.origin, of.size))) if of else (),
        waiting=session.scalar(select(func.count()).select_from(LogPending)) or 0,
        refusal=session.scalar(select(LogSigner.refusal)) or "",
        watches=anchors.watches(session, witnesses),
        left=anchors.departures(session),
        days=days,
        evident=fresh,
    )
