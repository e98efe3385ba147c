"""A try of a password: counted before it is looked at, and refused where it has to wait."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import ngettext
from sqlalchemy.orm import Session

from web.access import engine, now
from workflow.errors import Overloaded
from workflow.people.passwords import whose
from workflow.people.throttle import Bucket, Try, clear, give_back, reserve

# Seconds after which whoever found no turn may ask again.
SOON = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whose the password is, if anybody's, or the seconds to wait before the next try."""

    reserved: Try
    person_id: int | None = None

    @property
    def wait(self) -> int:
        """The seconds to wait, if the password was not looked at."""
        return self.reserved.wait


def tried(buckets: Sequence[Bucket], email: str, password: str) -> Outcome:
    """Try a password; a right one counts as a failure until it is `forgiven`.

    The slow comparison holds no lock, so that nobody else has to wait for it.
    """
    at = now()
    with engine().transaction() as session:
        reserved = reserve(session, buckets, at)
    if reserved.wait:
        return Outcome(reserved)
    try:
        with engine().reading() as session:
            return Outcome(reserved, whose(session, email, password, now=at))
    except Overloaded:
        with engine().transaction() as session:
            give_back(session, reserved)
        raise


def forgive(session: Session, outcome: Outcome, buckets: Sequence[Bucket]) -> None:
    """Forget what was counted against whoever gave the right password, with this try."""
    give_back(session, outcome.reserved)
    clear(session, buckets)


def too_many(wait: int) -> str:
    """The sentence for whoever has to wait."""
    return ngettext(
        "Too many attempts. Try again in %(num)d second.",
        "Too many attempts. Try again in %(num)d seconds.",
        wait,
    )
