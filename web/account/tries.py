"""A try of a password: counted before it is looked at, and refused where it has to wait."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import ngettext

from web.access import engine, now
from workflow.errors import Overloaded
from workflow.people.passwords import whose
from workflow.people.throttle import Bucket, Try, clear, give_back, reserve

# Seconds after which whoever found no turn may ask again.
SOON = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whose the password is, if anybody's, or the seconds to wait before the next try."""

    person_id: int | None = None
    wait: int = 0


def tried(buckets: Sequence[Bucket], email: str, password: str) -> Outcome:
    """Try a password; where it is right, what was counted against its owner is forgotten.

    The slow comparison holds no lock, so that nobody else has to wait for it.
    """
    at = now()
    with engine().transaction() as session:
        reserved = reserve(session, buckets, at)
    if reserved.wait:
        return Outcome(wait=reserved.wait)
    try:
        with engine().reading() as session:
            person_id = whose(session, email, password, now=at)
    except Overloaded:
        _forget(reserved, ())
        raise
    if person_id is not None:
        _forget(reserved, buckets)
    return Outcome(person_id)


def too_many(wait: int) -> str:
    """The sentence for whoever has to wait."""
    return ngettext(
        "Too many attempts. Try again in %(num)d second.",
        "Too many attempts. Try again in %(num)d seconds.",
        wait,
    )


def _forget(reserved: Try, buckets: Sequence[Bucket]) -> None:
    with engine().transaction() as session:
        give_back(session, reserved)
        clear(session, buckets)
