"""Slowing down guesses: each try is counted before the password is looked at; nobody is locked out.

Strangers are counted by account and network, and with a far bound by account and by network alone.
A browser in which the person signed in before, and a session that asks again, are counted alone.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from sqlalchemy import bindparam, delete, func, insert, select, text
from sqlalchemy.orm import Session

from workflow.database import Base
from workflow.people.models import SignInFailure
from workflow.people.passwords import address as stored_email

WINDOW = timedelta(minutes=15)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
# Where others may stand behind the same count, nobody waits longer for what they did.
SHARED_WAIT = timedelta(minutes=1)
SHARED = ("anywhere:", "address:")
IN_A_SESSION = 5
LOCK = text("select pg_advisory_xact_lock(hashtextextended(:bucket, 0))")
_TRIES = Base.metadata.tables[SignInFailure.__tablename__]
_COUNTED = (
    select(_TRIES.c.bucket, func.count().label("failures"), func.max(_TRIES.c.at).label("last"))
    .where(
        _TRIES.c.bucket.in_(bindparam("buckets", expanding=True)),
        _TRIES.c.at > bindparam("since", type_=_TRIES.c.at.type),
    )
    .group_by(_TRIES.c.bucket)
)
_COUNT = insert(_TRIES).returning(_TRIES.c.id)
_GIVE_BACK = delete(_TRIES).where(_TRIES.c.id.in_(bindparam("rows", expanding=True)))
_CLEAR = delete(_TRIES).where(_TRIES.c.bucket.in_(bindparam("buckets", expanding=True)))
# How many failures there are, and when the last of them was.
Failures = tuple[int, datetime | None]
NONE: Failures = (0, None)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Tries counted together, how many are free before a wait begins, and how long it may grow."""

    key: str
    free: int
    longest: timedelta = LONGEST_WAIT


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted, or the seconds to wait before there can be one."""

    rows: tuple[int, ...] = ()
    wait: int = 0


def of_stranger(account: str, address: str) -> tuple[Bucket, ...]:
    """Where a try counts from a browser that this account has not signed in from."""
    return _here(account, address), _anywhere(account), _from(address)


def of_browser(account: str, browser: str) -> tuple[Bucket, ...]:
    """Where a try counts from a browser that this account has signed in from."""
    return (Bucket(f"browser:{_digest(browser, stored_email(account))}", 5),)


def of_session(token: str) -> tuple[Bucket, ...]:
    """Where a try counts that somebody makes inside a session, to prove again who they are."""
    return (Bucket(f"session:{_digest(token)}", IN_A_SESSION),)


def reserve(session: Session, buckets: Sequence[Bucket], now: datetime) -> Try:
    """Count a try as failed before it is made, unless it has to wait; one after the other."""
    _alone(session, buckets)
    counted = _counted(session, buckets, now)
    wait = max(_wait(bucket, counted.get(bucket.key, NONE), now) for bucket in buckets)
    if wait:
        return Try(wait=wait)
    rows = [{"bucket": bucket.key, "at": now} for bucket in buckets]
    return Try(tuple(session.connection().scalars(_COUNT, rows)))


def give_back(session: Session, reserved: Try) -> None:
    """Count a try no longer: it was right, or never made."""
    session.connection().execute(_GIVE_BACK, {"rows": [*reserved.rows]})


def clear(session: Session, buckets: Sequence[Bucket]) -> None:
    """Forget the failures of an account, a browser or a session whose owner gave the password.

    Those of the network stay: a guesser with an account of their own could clear them. So do those
    that strangers made elsewhere.
    """
    mine = [bucket.key for bucket in buckets if not bucket.key.startswith(SHARED)]
    session.connection().execute(_CLEAR, {"buckets": mine})


def tries_left(session: Session, token: str, now: datetime) -> int:
    """How many more tries a session has before it is to be ended."""
    (bucket,) = of_session(token)
    failures, _ = _counted(session, [bucket], now).get(bucket.key, NONE)
    return max(0, bucket.free - failures)


def old_failures(session: Session, now: datetime) -> tuple[int, datetime | None]:
    """How many failures no longer count, and since when the first of them does not."""
    asked = select(func.count(), func.min(SignInFailure.at))
    count, first = session.execute(asked.where(SignInFailure.at <= now - WINDOW)).one()
    return count, first + WINDOW if count else None


def sweep_failures(session: Session, now: datetime) -> int:
    """Remove failures that no longer count; returns how many there were."""
    old = SignInFailure.at <= now - WINDOW
    return session.connection().execute(delete(SignInFailure).where(old)).rowcount


def _alone(session: Session, buckets: Sequence[Bucket]) -> None:
    """Have whoever counts in one of these buckets wait; SQLite lets one write at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        for key in sorted(bucket.key for bucket in buckets):
            session.execute(LOCK, {"bucket": key})


def _wait(bucket: Bucket, counted: Failures, now: datetime) -> int:
    failures, last = counted
    if last is None or failures < bucket.free:
        return 0
    left = last + _delay(failures - bucket.free, bucket.longest) - now
    return max(0, ceil(left.total_seconds()))


def _counted(session: Session, buckets: Sequence[Bucket], now: datetime) -> Mapping[str, Failures]:
    """The failures of these buckets that still count, by the key of each that has some."""
    asked = {"buckets": [bucket.key for bucket in buckets], "since": now - WINDOW}
    rows = session.connection().execute(_COUNTED, asked)
    return {row.bucket: (row.failures, row.last) for row in rows}


def _delay(beyond: int, longest: timedelta) -> timedelta:
    """Half a minute at first, doubled with every further failure, up to the longest."""
    doublings: int = 1 << min(beyond, 10)
    return min(FIRST_WAIT * doublings, longest)


def _here(account: str, address: str) -> Bucket:
    return Bucket(f"account:{_digest(stored_email(account), _network(address))}", 5)


def _anywhere(account: str) -> Bucket:
    return Bucket(f"anywhere:{_digest(stored_email(account))}", 50, SHARED_WAIT)


def _from(address: str) -> Bucket:
    return Bucket(f"address:{_network(address)}", 100, SHARED_WAIT)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _network(address: str) -> str:
    """A network address; of version 6 the half that one household shares."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(parsed, IPv6Address):
        return str(ip_network((int(parsed), 64), strict=False))
    return str(parsed)
