"""For which programmes it is asked whether people are left: their countries, agency and framework."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.frameworks.models import Framework
from workflow.frameworks.queries import in_force as in_force_on
from workflow.lifecycles.checks.results import ConditionStatus
from workflow.lifecycles.definition import Definition
from workflow.offices.roles import AGENCY, BENEFICIARY
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party, Person
from workflow.phrase import Term, phrase
from workflow.programmes.blocker_lines import OWNER
from workflow.programmes.staffing.case_to_be import CaseToBe
from workflow.reading import asked_once
from workflow.vocabulary import PROPOSER


@dataclass(frozen=True, slots=True)
class Choice:
    """A party or a framework that may be chosen, by its id, its key and its name."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody chose, by its keys; what is empty is chosen for them."""

    proposer: str = ""
    beside: tuple[str, ...] = ()
    agency: str = ""
    framework: str = ""


# A programme of the countries and the agency that come first.
ANY = Asked()


@dataclass(frozen=True, slots=True)
class StaffingQuestion:
    """A programme that a country proposes, with others, executed by an agency; and what else could be chosen.

    None where nobody is there who could be chosen.
    """

    proposer: Choice | None
    beside: tuple[Choice, ...]
    agency: Choice | None
    framework: Choice | None
    proposers: tuple[Choice, ...] = ()
    countries: tuple[Choice, ...] = ()
    agencies: tuple[Choice, ...] = ()
    frameworks: tuple[Choice, ...] = ()

    @property
    def case(self) -> CaseToBe:
        """The parties of such a programme; the country that proposes benefits as well, its agency owns what blocks it."""
        own = (self.proposer,) if self.proposer else ()
        benefits = tuple(dict.fromkeys(each.id for each in (*own, *self.beside)))
        taking = {
            PROPOSER: tuple(each.id for each in own),
            BENEFICIARY: benefits,
            **dict.fromkeys((AGENCY, OWNER), (self.agency.id,) if self.agency else ()),
        }
        return CaseToBe(taking, self.framework.id if self.framework else None)


def question(
    session: Session, definition: Definition, asked: Asked, today: date
) -> StaffingQuestion:
    """The programme that is asked about; refuses a party or framework that is not there.

    Where nothing is chosen: the first country for which somebody can propose, with the first other one
    for which somebody answers, the first agency, under the framework in force that the lifecycle is
    for and that began last; under none only where none is in force.
    """
    benefiting = {seat.role for seat in definition.seats() if seat.of == BENEFICIARY}
    proposers = _held_by(session, definition.proposing(), today)
    countries = _held_by(session, tuple(sorted(benefiting)), today)
    agencies = _executing(session)
    frameworks = _frameworks(session)
    under = asked.framework or _usual_framework(definition, _in_force(session, today))
    proposer = _chosen(proposers, asked.proposer)
    others = [each for each in countries if each != proposer]
    beside = tuple(dict.fromkeys(each for key in asked.beside if (each := _chosen(countries, key))))
    return StaffingQuestion(
        proposer=proposer,
        beside=beside or tuple(others[:1]),
        agency=_chosen(agencies, asked.agency),
        framework=_chosen(frameworks, under) if under else None,
        proposers=proposers,
        countries=countries,
        agencies=agencies,
        frameworks=frameworks,
    )


def _usual_framework(definition: Definition, keys: Sequence[str]) -> str:
    fitting = (
        key
        for key in keys
        if definition.applies.standing({"framework": key}) is not ConditionStatus.UNMET
    )
    return next(fitting, "")


def _chosen(among: Sequence[Choice], key: str) -> Choice | None:
    if not key:
        return next(iter(among), None)
    found = next((each for each in among if each.key == key.lower()), None)
    if found is None:
        found = next((each for each in among if each.key.lower() == key.lower()), None)
    if found is None:
        raise NotFound(
            phrase(
                "“%(key)s” cannot be chosen here: expected one of %(keys)s.",
                key=f"{key:.60}",
                keys=tuple(Term(each.key) for each in among) or ("–",),
            )
        )
    return found


@asked_once
def _held_by(session: Session, roles: tuple[str, ...], today: date) -> tuple[Choice, ...]:
    """The parties for which somebody with access holds one of these roles today."""
    held = (
        select(Appointment.party_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.role.in_(roles), in_force(today), Person.disabled_at.is_(None))
    )
    return _parties(session, Party.id.in_(held))


@asked_once
def _executing(session: Session) -> tuple[Choice, ...]:
    return _parties(session, Party.executes.is_(True))


def _parties(session: Session, which: ColumnElement[bool]) -> tuple[Choice, ...]:
    rows = session.execute(
        select(Party.id, Party.key, Party.name).where(which).order_by(Party.name)
    )
    return tuple(Choice(*row) for row in rows)


@asked_once
def _in_force(session: Session, today: date) -> tuple[str, ...]:
    return tuple(key for key, _ in in_force_on(session, today))


@asked_once
def _frameworks(session: Session) -> tuple[Choice, ...]:
    rows = session.execute(
        select(Framework.id, Framework.key, Framework.title).order_by(Framework.title)
    )
    return tuple(Choice(*row) for row in rows)
