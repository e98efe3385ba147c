"""What a proposal would meet in an installation today, as it is read for the set-up page."""

from dataclasses import dataclass
from datetime import date

from workflow.lifecycles.definition import Definition
from workflow.offices.vacancies import Held, Vacancy
from workflow.phrase import Phrase


@dataclass(frozen=True, slots=True)
class RunsOut:
    """A party whose holidays are known up to a day that is near."""

    party: str
    last: date


@dataclass(frozen=True, slots=True)
class ReadyBody:
    """A board or committee that programmes go to, with why it cannot decide today; nothing where it can.

    `chairless` says why nobody can call it or put a text to it under silence.
    """

    name: str
    lacks: tuple[Phrase, ...] = ()
    chairless: Phrase | None = None
    by_default: bool = True
    kind: str = "board"


@dataclass(frozen=True, slots=True)
class UnheldOffice:
    """An office of a party that nobody holds: of a country, pivotal or not, or of one that executes."""

    role: str
    party_key: str
    party_name: str
    pivotal: bool
    executes: bool = False


@dataclass(frozen=True, slots=True)
class UntiedOffice:
    """Somebody appointed to a board for a party that sits on one, who is tied to none of several boards."""

    appointment: int
    role: str
    person: str
    party: str


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """What a proposal would meet today, read at one moment.

    `lifecycle` is nothing before one is published; `unframed` are lifecycles that ask a board, and whose
    proposals need name no framework that would say which; `pivotal`, `frameworks` and `agencies` count;
    `uncounted` are parties asked in working days without a calendar; `mail` and `witness` say whether letters leave the house and whether somebody outside watches, `two` whether the installation has acts take two
    administrators; a password given longer than `password_minutes` ago is asked for before a signature.
    """

    lifecycle: Definition | None = None
    unframed: tuple[str, ...] = ()
    held: Held = frozenset()
    vacant: tuple[Vacancy, ...] = ()
    empty: tuple[UnheldOffice, ...] = ()
    boards: tuple[ReadyBody, ...] = ()
    committees: tuple[ReadyBody, ...] = ()
    untied: tuple[UntiedOffice, ...] = ()
    administrators: int = 0
    pivotal: int = 0
    frameworks: int = 0
    agencies: int = 0
    running_out: tuple[RunsOut, ...] = ()
    uncounted: tuple[str, ...] = ()
    mail: bool = False
    witness: bool = False
    two: bool = False
    password_minutes: int = 0
