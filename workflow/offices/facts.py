"""What a proposal would meet in an installation today, as it is read for the set-up page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workflow.lifecycles.definition import Definition
from workflow.offices.vacancies import Held, Vacancy
from workflow.phrase import Phrase, Term


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

    `lifecycles` are those that a proposal can follow, the one for everything first, and none before one is
    published; `others` are those in force that are about something else. `roles` says what each role is called; `unframed` are those that ask a board, and whose
    proposals need name no framework that would say which. `frameworks` are the keys of those that have
    not ended, `parties` those of all parties; `pivotal` and `agencies` count; `uncounted` are parties asked in working days without a calendar; `mail` and `witness` say whether
    letters leave the house and whether somebody outside watches, `two` whether the installation has acts
    take two administrators; a password given longer than `password_minutes` ago is asked for before a signature.
    """

    lifecycles: tuple[Definition, ...] = ()
    others: tuple[Definition, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    unframed: tuple[str, ...] = ()
    held: Held = frozenset()
    vacant: tuple[Vacancy, ...] = ()
    empty: tuple[UnheldOffice, ...] = ()
    boards: tuple[ReadyBody, ...] = ()
    committees: tuple[ReadyBody, ...] = ()
    untied: tuple[UntiedOffice, ...] = ()
    administrators: int = 0
    pivotal: int = 0
    frameworks: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    agencies: int = 0
    running_out: tuple[RunsOut, ...] = ()
    uncounted: tuple[str, ...] = ()
    mail: bool = False
    witness: bool = False
    two: bool = False
    password_minutes: int = 0

    def called(self, role: str) -> Term:
        """What a role is called; its key where no lifecycle knows it."""
        return Term(self.roles.get(role, role))

    def asks(self, of: str) -> bool:
        """Whether a lifecycle asks parties of this kind; before one is published each may."""
        asked = (seat.of for each in self.lifecycles for seat in each.seats())
        return not self.lifecycles or of in asked

    def names(self, key: str) -> bool:
        """Whether the facts of a lifecycle ask for `key`; before one is published each may."""
        kinds = (each.documents.get(each.facts) for each in self.lifecycles)
        fields = (known for kind in kinds if kind for known in kind.fields())
        return not self.lifecycles or any(known.key == key for known in fields)
