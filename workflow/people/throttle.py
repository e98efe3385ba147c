"""Slowing down guesses at sign-in: failures counted in the database, a growing wait, no lock."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workflow.people.models import SignInFailure
from workflow.people.passwords import address as stored_email

WINDOW = timedelta(minutes=15)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Failures counted together, and how many are free before a wait begins."""

    key: str
    free: int


def wait_seconds(session: Session, account: str, address: str, now: datetime) -> int:
    """For how many seconds this account and this network address have to wait before a try."""
    return max(_wait(session, bucket, now) for bucket in _buckets(account, address))


def note_failure(session: Session, account: str, address: str, now: datetime) -> None:
    """Count one failed sign-in against the account and the network address."""
    session.add_all(SignInFailure(bucket=each.key, at=now) for each in _buckets(account, address))
    session.flush()


def clear(session: Session, account: str) -> None:
    """Forget the failures of an account whose owner has signed in.

    Those of the network address stay: a guesser with an account of their own could clear them.
    """
    mine = SignInFailure.bucket == _account(account).key
    session.execute(delete(SignInFailure).where(mine))


def sweep_failures(session: Session, now: datetime) -> int:
    """Remove failures that no longer count; returns how many there were."""
    old = SignInFailure.at <= now - WINDOW
    return session.connection().execute(delete(SignInFailure).where(old)).rowcount


def _wait(session: Session, bucket: Bucket, now: datetime) -> int:
    counted = select(func.count(), func.max(SignInFailure.at)).where(
        SignInFailure.bucket == bucket.key, SignInFailure.at > now - WINDOW
    )
    failures, last = session.execute(counted).one()
    if failures < bucket.free:
        return 0
    left = last + _delay(failures - bucket.free) - now
    return max(0, ceil(left.total_seconds()))


def _delay(beyond: int) -> timedelta:
    """Half a minute at first, doubled with every further failure, a quarter of an hour at most."""
    doublings: int = 1 << min(beyond, 10)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


def _buckets(account: str, address: str) -> tuple[Bucket, Bucket]:
    return _account(account), Bucket(f"address:{_network(address)}", 20)


def _account(account: str) -> Bucket:
    digest = hashlib.sha256(stored_email(account).encode("utf-8", "replace")).hexdigest()
    return Bucket(f"account:{digest}", 5)


def _network(address: str) -> str:
    """A network address; of version 6 the half that one household shares."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(parsed, IPv6Address):
        return str(ip_network((int(parsed), 64), strict=False))
    return str(parsed)
