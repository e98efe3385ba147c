"""Readiness: what a proxy and a watch ask of a house, as four named checks with a status each.

Database and migrations decide whether pages can be served. Log and mail tell what waits behind them,
and keep nobody from being served.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from web.access import lasting_engine, settings
from web.health.readings import findings_lately
from workflow.errors import OtherSchema
from workflow.health.heartbeats import Work

UNREACHABLE = "The database cannot be reached."
NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether pages can be served and else why not, what each check found, and which work is behind.

    `later` is after how many seconds to ask again where they cannot.
    """

    checks: Mapping[str, str]
    behind: tuple[str, ...] = ()
    because: str = ""
    later: int = 0

    @property
    def told(self) -> dict[str, object]:
        """What whoever asks is told; work by its kind alone, since anybody may ask."""
        if self.because:
            return {"ready": False, "because": self.because, "checks": dict(self.checks)}
        return {"ready": True, "behind": list(self.behind), "checks": dict(self.checks)}


def readiness() -> Readiness:
    """How ready the house is now."""
    try:
        tables = lasting_engine().tables
        if tables is not None:
            tables.ask_anew()
        behind = {each.work for each in findings_lately() if each.work}
    except OtherSchema as other:
        checks = _checks("answers", "of another release", NOT_ASKED, NOT_ASKED)
        return Readiness(checks, because=other.sentence, later=30)
    except (SQLAlchemyError, OSError):
        checks = _checks("does not answer", NOT_ASKED, NOT_ASKED, NOT_ASKED)
        return Readiness(checks, because=UNREACHABLE, later=10)
    log = _status(behind, Work.SEQUENCER, Work.SIGNER)
    mail = _status(behind, Work.MAIL) if settings().mail_server else "not set up"
    return Readiness(_checks("answers", "at head", log, mail), tuple(sorted(behind)))


def _checks(database: str, migrations: str, log: str, mail: str) -> dict[str, str]:
    return {"database": database, "migrations": migrations, "log": log, "mail": mail}


def _status(behind: set[Work], *kinds: Work) -> str:
    return "in time" if behind.isdisjoint(kinds) else "behind"
