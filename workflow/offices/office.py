"""The office as its set-up page shows it: every office with its holder, and what a proposal would meet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from workflow.bodies.members import untied
from workflow.bodies.models import Body, BodySeat
from workflow.bodies.page import BodyPage, body_list
from workflow.bodies.seats import BOARD, CHAIR, DEPUTY, taken
from workflow.engine.engine import Engine
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.seat import SeatSpec
from workflow.offices.days_of_rest import asked_without_calendar, running_out
from workflow.offices.facts import ReadyBody, SetupFacts, UnheldOffice, UntiedOffice
from workflow.offices.roles import AGENCY, BENEFICIARY, INTERESTED, role_book
from workflow.offices.vacancies import Held, HeldOn, held_on_bodies, vacancies
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party, Person, PivotalStatus
from workflow.people.parties import COUNTRY
from workflow.people.pivotal.statuses import in_force as pivotal_on
from workflow.phrase import Term, phrase
from workflow.vocabulary import ADMINISTRATOR, BOARD_CHAIR, BOARD_MEMBER, PROPOSER

MOST = 200
# What the offices of boards are called where no lifecycle says it.
NAMES: Mapping[str, str] = {BOARD_MEMBER: Term("Board member"), BOARD_CHAIR: Term("Board chair")}
Countries = tuple[Mapping[str, str], Mapping[str, str]]
Asking = Sequence[SeatSpec]


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that somebody holds today; `body` names the one on which alone it counts, if it does on one."""

    appointment: int
    role: str
    party: str
    person_id: int
    person: str
    starts_on: date
    ends_on: date | None
    body: str

    def ends_soon(self, today: date) -> bool:
        """Whether it ends within sixty days."""
        return self.ends_on is not None and (self.ends_on - today).days <= 60


def setup_facts(
    session: Session, engine: Engine, viewer: int, chosen: SetupFacts, today: date
) -> SetupFacts:
    """What a proposal would meet today; `chosen` is what the installation's settings say."""
    lifecycles, others = _lifecycles(session, engine)
    roles = {**NAMES, **role_book(session, engine).labels}
    seated = held_on_bodies(session, today)
    held = frozenset((role, key) for role, key, _ in seated)
    asking = tuple(seat for each in lifecycles for seat in each.seats())
    countries = _countries(session, asking, held, today)
    parties = _parties(session)
    agencies = {key: name for key, (name, executes) in parties.items() if executes}
    ready = tuple(_ready(body, (asking, roles), seated, today) for body in body_list(session))
    boards = tuple(body for body in ready if body.kind == BOARD)
    return replace(
        chosen,
        lifecycles=lifecycles,
        others=others,
        roles=roles,
        unframed=tuple(_unframed(lifecycles)),
        held=held,
        boards=boards,
        committees=tuple(body for body in ready if body.kind != BOARD),
        vacant=vacancies(session, roles, viewer, today),
        untied=_untied(session, today) if len(boards) > 1 else (),
        administrators=_administrators(session, today),
        empty=(*_empty(asking, held, countries), *_idle(asking, held, agencies)),
        pivotal=len(countries[0]),
        agencies=len(agencies),
        parties=frozenset(parties),
        running_out=running_out(session, today),
        uncounted=asked_without_calendar(session, _read_by(session, engine), today),
    )


def calendar_facts(session: Session, engine: Engine, today: date) -> SetupFacts:
    """What is known of the days on which parties rest, and nothing else."""
    return SetupFacts(
        running_out=running_out(session, today),
        uncounted=asked_without_calendar(session, _read_by(session, engine), today),
    )


def _lifecycles(
    session: Session, engine: Engine
) -> tuple[tuple[Definition, ...], tuple[Definition, ...]]:
    """The lifecycles that a proposal can follow, the one for everything first; and the others in force."""
    every = [read for _, read in engine.in_force(session)]
    about = engine.domain.subject
    return (
        tuple(each for each in every if each.subject == about),
        tuple(each for each in every if each.subject != about),
    )


def _read_by(session: Session, engine: Engine) -> Callable[[int], Definition]:
    """What reads a lifecycle by its number."""
    return lambda number: engine.definition(number, session)


def _countries(session: Session, asking: Asking, held: Held, today: date) -> Countries:
    """The pivotal countries of today, and those for which somebody may propose, by name."""
    proposers = {seat.role for seat in asking if seat.of == PROPOSER}
    proposing = sorted(key for role, key in held if role in proposers)
    pivotal = exists().where(PivotalStatus.party_id == Party.id, pivotal_on(today))
    rows = session.execute(
        select(Party.key, Party.name, pivotal.label("pivotal"))
        .where(Party.kind == COUNTRY, or_(pivotal, Party.key.in_(proposing)))
        .order_by(Party.name)
    )
    found = [(row.key, row.name, row.pivotal) for row in rows]
    return (
        {key: name for key, name, is_pivotal in found if is_pivotal},
        {key: name for key, name, _ in found if key in proposing},
    )


def _unframed(offered: Sequence[Definition]) -> Iterator[str]:
    """The lifecycles that ask a board, and in whose proposals no framework has to be named."""
    for each in offered:
        written = each.documents.get(each.facts)
        asked = {field.key for field in written.fields() if field.required} if written else set()
        if "framework" not in asked and any(seat.of == BOARD for seat in each.seats()):
            yield each.title


def _empty(asking: Asking, held: Held, countries: Countries) -> tuple[UnheldOffice, ...]:
    """The offices of countries that a lifecycle would ask and nobody holds: pivotal, and proposing."""
    return tuple(
        UnheldOffice(role, key, name, pivotal=of == INTERESTED)
        for of, asked in zip((INTERESTED, BENEFICIARY), countries, strict=True)
        for role in sorted({seat.role for seat in asking if seat.of == of})
        for key, name in asked.items()
        if (role, key) not in held
    )


def _parties(session: Session) -> Mapping[str, tuple[str, bool]]:
    """Every party by its key: what it is called, and whether it may execute programmes."""
    rows = session.execute(select(Party.key, Party.name, Party.executes).order_by(Party.name))
    return {key: (name, executes) for key, name, executes in rows}


def known_parties(session: Session) -> frozenset[str]:
    """The keys of all parties."""
    return frozenset(session.scalars(select(Party.key)))


def _idle(asking: Asking, held: Held, agencies: Mapping[str, str]) -> Iterator[UnheldOffice]:
    """The offices of agencies that a lifecycle would ask and nobody holds."""
    for role in sorted({seat.role for seat in asking if seat.of == AGENCY}):
        for key, name in agencies.items():
            if (role, key) not in held:
                yield UnheldOffice(role, key, name, pivotal=False, executes=True)


def _ready(
    body: BodyPage, spoken: tuple[Asking, Mapping[str, str]], held: HeldOn, today: date
) -> ReadyBody:
    """A body with what it lacks, a seat for which nobody is in office included."""
    asking, roles = spoken
    member, chair = _offices_of(body.kind, asking)
    beside = bool(chair) and body.kind != BOARD
    silent = [
        phrase(
            "Nobody is in office as %(role)s for %(party)s.",
            role=Term(roles.get(member, member)), party=seat.party,
        )
        for seat in body.sitting(today)
        if member and not (beside and seat.place == CHAIR)
        if not _counts(held, member, seat.party_key, body.id)
    ]  # fmt: skip
    able = [seat for seat in body.sitting(today) if seat.place in {CHAIR, DEPUTY}]
    chaired = not chair or any(_counts(held, chair, seat.party_key, body.id) for seat in able)
    at = next((seat for seat in able if seat.place == CHAIR and not chaired), None)
    chairless = (
        phrase(
            "Nobody is in office as %(role)s for %(party)s.",
            role=Term(roles.get(chair, chair)), party=at.party,
        )
        if at
        else None
    )  # fmt: skip
    return ReadyBody(
        body.name,
        (*body.lacks(today), *silent),
        chairless,
        by_default=body.by_default,
        kind=body.kind,
    )


def _offices_of(kind: str, asking: Asking) -> tuple[str, str]:
    """The roles of members and of the chair of a kind of body, as the first lifecycle that asks it says."""
    if kind == BOARD:
        return BOARD_MEMBER, BOARD_CHAIR
    asked = {seat.of: seat.role for seat in reversed(asking)}
    members = asked.get(f"body:{kind}:members") or asked.get(f"body:{kind}", "")
    return members, asked.get(f"body:{kind}:chair", "")


def _counts(held: HeldOn, role: str, party: str, body: int) -> bool:
    """Whether somebody holds an office for a party who counts on a body."""
    return not held.isdisjoint({(role, party, None), (role, party, body)})


def _untied(session: Session, today: date) -> tuple[UntiedOffice, ...]:
    """Who is appointed to a board for a party that sits on one, and is tied to none of several."""
    seated = select(BodySeat.party_id).join(Body, Body.id == BodySeat.body_id)
    parties = session.scalars(seated.where(Body.kind == BOARD, taken(today)).distinct()).all()
    found = untied(session, parties, today)
    rows = session.execute(
        select(Appointment.id, Appointment.role, Person.name, Party.name)
        .join(Person, Person.id == Appointment.person_id)
        .join(Party, Party.id == Appointment.party_id)
        .where(Appointment.id.in_(found), Person.disabled_at.is_(None))
        .order_by(Party.name, Appointment.id)
    )
    return tuple(UntiedOffice(*row) for row in rows)


def _administrators(session: Session, today: date) -> int:
    able = (
        select(func.count(Appointment.person_id.distinct()))
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.role == ADMINISTRATOR, in_force(today), Person.disabled_at.is_(None))
    )
    return session.scalar(able) or 0


def offices_held(session: Session, today: date) -> tuple[HeldOffice, ...]:
    """The offices held today, those that end first before the others."""
    rows = session.execute(
        select(
            Appointment.id,
            Appointment.role,
            Party.name,
            Person.id,
            Person.name,
            Appointment.starts_on,
            Appointment.ends_on,
            func.coalesce(Body.name, ""),
        )
        .join(Party, Party.id == Appointment.party_id)
        .join(Person, Person.id == Appointment.person_id)
        .outerjoin(Body, Body.id == Appointment.body_id)
        .where(in_force(today), Person.disabled_at.is_(None))
        .order_by(Appointment.ends_on.is_(None), Appointment.ends_on, Appointment.role, Party.name)
        .limit(MOST)
    )
    return tuple(HeldOffice(*row) for row in rows)
