"""Why a database cannot be used just now: read from whatever its driver, the pool or the disk said.

A fault that is none of these is a bug, or a table that is not there, and is never called an outage.
"""

import errno
import re
from enum import StrEnum

from sqlalchemy import exc
from sqlalchemy.exc import DBAPIError


class Outage(StrEnum):
    """One way in which a database does not answer, each with another mend."""

    AWAY = "away"
    CROWDED = "crowded"
    DAMAGED = "damaged"
    FORBIDDEN = "forbidden"
    FULL = "full"
    LOCKED = "locked"
    MISSING = "missing"
    READ_ONLY = "read only"
    SLOW = "slow"
    UNOPENABLE = "unopenable"


# https://www.sqlite.org/rescode.html; what follows the lowest byte says more than is asked here.
_OF_SQLITE = {
    5: Outage.LOCKED,
    6: Outage.LOCKED,
    8: Outage.READ_ONLY,
    10: Outage.DAMAGED,
    11: Outage.DAMAGED,
    13: Outage.FULL,
    14: Outage.UNOPENABLE,
    26: Outage.DAMAGED,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html, the longest that fits counts.
_OF_POSTGRESQL = {
    "08": Outage.AWAY,
    "25006": Outage.READ_ONLY,
    "25P03": Outage.SLOW,
    "28": Outage.FORBIDDEN,
    "3D": Outage.MISSING,
    "40001": Outage.LOCKED,
    "40P01": Outage.LOCKED,
    "53": Outage.CROWDED,
    "53100": Outage.FULL,
    "55P03": Outage.LOCKED,
    "57014": Outage.SLOW,
    "57P": Outage.AWAY,
    "58030": Outage.DAMAGED,
    "XX001": Outage.DAMAGED,
    "XX002": Outage.DAMAGED,
}
# Before there is a connection the driver hands on the server's words without their code.
_SAID = (
    (re.compile(r"password authentication failed|no password supplied"), Outage.FORBIDDEN),
    (re.compile(r"no pg_hba\.conf entry|role \".*\" does not exist"), Outage.FORBIDDEN),
    (re.compile(r"authentication failed|is not permitted to log in"), Outage.FORBIDDEN),
    (re.compile(r"database \".*\" does not exist"), Outage.MISSING),
    (re.compile(r"too many clients|too many connections|connection slots"), Outage.CROWDED),
)
SAID_NOTHING = "no answer"
_OF_THE_DISK = {
    errno.ENOSPC: Outage.FULL,
    errno.EDQUOT: Outage.FULL,
    errno.EROFS: Outage.READ_ONLY,
    errno.EIO: Outage.DAMAGED,
}


def outage(fault: BaseException) -> Outage | None:
    """The outage that a fault tells of, or nothing where it tells of something else."""
    match fault:
        case exc.TimeoutError():
            return Outage.CROWDED
        case DBAPIError():
            of_driver = outage(fault.orig) if fault.orig is not None else None
            return of_driver or (Outage.AWAY if fault.connection_invalidated else None)
        case OSError():
            return _OF_THE_DISK.get(fault.errno or 0)
    code = getattr(fault, "sqlite_errorcode", None)
    if code is not None:
        return _OF_SQLITE.get(code & 0xFF)
    return _of_postgresql(fault) if hasattr(fault, "sqlstate") else None


def said(fault: BaseException) -> str:
    """The first line of what was said, without the statement and its values, nor the name of a class."""
    told = getattr(fault, "orig", None) or fault
    return next(iter(_words(told).strip().splitlines()), SAID_NOTHING)


def _words(told: BaseException) -> str:
    """What the system says of a fault of its own comes without its number."""
    if not isinstance(told, OSError) or not told.strerror:
        return str(told)
    return f"{told.strerror}: {told.filename}" if told.filename else str(told.strerror)


def _of_postgresql(fault: BaseException) -> Outage | None:
    state = getattr(fault, "sqlstate", None)
    if state:
        fitting = (key for key in _OF_POSTGRESQL if state.startswith(key))
        found = max(fitting, key=len, default=None)
        return _OF_POSTGRESQL[found] if found else None
    if type(fault).__name__ not in {"OperationalError", "InterfaceError", "ConnectionTimeout"}:
        return None
    return next((kind for said, kind in _SAID if said.search(str(fault))), Outage.AWAY)
