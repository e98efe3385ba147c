"""Programmes that a lead group takes on and lets go: by an officer, told on the histories of both."""

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workflow.audit.events.lead_groups.groups import ProgrammeLetGo, ProgrammeTakenOn
from workflow.engine.engine import Engine
from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.unit_of_work import UnitOfWork, lock_case, lock_case_by_id
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.people.models import Party
from workflow.phrase import phrase
from workflow.programmes.lead_groups.changes import follow_group
from workflow.programmes.lead_groups.followers import STANDING
from workflow.programmes.lead_groups.models import LedProgramme
from workflow.programmes.lead_groups.turns import CONVENOR, LEAD, SUBJECT
from workflow.reference import reference
from workflow.vocabulary import OFFICERS, Stage

PROGRAMME = "programme"


def take_on(engine: Engine, person: int, group: str, programme: str) -> None:
    """Let a lead group lead a programme from now on: its members lead it and its convenor convenes there.

    Refuses whoever is no officer of the house, a group that does not lead, a programme of another area, one that another
    group leads, and one that is led by somebody who is no member.
    """
    engine.refuse_doubt()
    with engine.transaction() as session:
        _refuse_stranger(session, engine, person)
        at = _locked(session, engine, person, group, SUBJECT)
        below = _locked(session, engine, person, programme, PROGRAMME)
        _decide(session, at, below)
        told = ProgrammeTakenOn(group=group, programme=programme)
        at.note(told)
        since = below.note(told).at
        led = session.execute(
            insert(LedProgramme)
            .values(
                group_id=at.case.id,
                programme_id=below.case.id,
                taken_on_at=since,
                followed_at=since,
            )
            .returning(LedProgramme.id)
        ).scalar_one()
        at.close()
        follow_group(below.of_nobody(), led, at.case.id)
        below.close()


def let_go(engine: Engine, person: int, programme: str) -> None:
    """Let the group of a programme lead it no longer; the same countries go on leading it, each for itself."""
    engine.refuse_doubt()
    with engine.transaction() as session:
        _refuse_stranger(session, engine, person)
        led = _leading(session, visible_case(session, programme, person, engine.now()).id)
        if led is None:
            raise Invalid(phrase("No lead group leads %(ref)s.", ref=programme))
        at = _work(session, engine, person, lock_case_by_id(session, led.group_id).ref)
        below = _work(session, engine, person, programme)
        if led.let_go_at is not None:
            raise Invalid(phrase("No lead group leads %(ref)s.", ref=programme))
        told = ProgrammeLetGo(group=at.case.ref, programme=programme)
        at.note(told)
        session.execute(
            update(LedProgramme)
            .where(LedProgramme.id == led.id)
            .values(let_go_at=below.note(told).at)
        )
        for work in (at, below):
            work.close()


def _refuse_stranger(session: Session, engine: Engine, person: int) -> None:
    held = offices(session, person, engine.now().date())
    if not any(each.role in OFFICERS for each in held):
        raise NotAuthorised(
            phrase("Only an officer of the Special Unit says which programmes a group leads.")
        )


def _locked(session: Session, engine: Engine, person: int, ref: str, subject: str) -> UnitOfWork:
    visible_case(session, ref, person, engine.now())
    work = _work(session, engine, person, ref)
    if work.case.subject != subject:
        none = (
            phrase("There is no lead group called %(ref)s.", ref=ref)
            if subject == SUBJECT
            else phrase("There is no programme called %(ref)s.", ref=ref)
        )
        raise NotFound(none)
    return work


def _work(session: Session, engine: Engine, person: int, ref: str) -> UnitOfWork:
    case = lock_case(session, ref)
    definition = engine.definition(case.definition_id, session)
    return UnitOfWork(session, case, definition, person, engine.now())


def _decide(session: Session, group: UnitOfWork, below: UnitOfWork) -> None:
    """Refuse what the group cannot lead, with what would be right."""
    case = below.case
    if group.case.state != STANDING:
        raise Invalid(
            phrase("%(group)s does not lead: its members have to sign first.", group=group.case.ref)
        )
    if case.stage == Stage.END.value or case.parent_id is not None:
        raise Invalid(phrase("%(ref)s is no programme that can be led any more.", ref=case.ref))
    if (other := _leading(session, case.id)) is not None:
        called = session.get_one(LifecycleCase, other.group_id).ref
        raise Invalid(
            phrase(
                "%(ref)s is led by %(group)s already; let it go first.", ref=case.ref, group=called
            )
        )
    _refuse_other_area(session, group, below)
    members, leading = (_parties(session, each.case.id, LEAD) for each in (group, below))
    if strangers := tuple(leading[each] for each in leading if each not in members):
        raise Invalid(
            phrase(
                "%(ref)s is led by %(countries)s as well, no member of the group; have it join first.",
                ref=case.ref, countries=strangers,
            )
        )  # fmt: skip
    appoints = {
        each.capacity for spec in below.definition.rounds.values() for each in spec.appoints
    }
    if {LEAD, CONVENOR} <= appoints and not leading:
        raise Invalid(
            phrase(
                "Its own consultation settles who leads %(ref)s; take it on once its lead group is confirmed.",
                ref=case.ref,
            )
        )  # fmt: skip


def _refuse_other_area(session: Session, group: UnitOfWork, below: UnitOfWork) -> None:
    mine, its = (
        frozenset(session.scalars(select(CaseArea.area).where(CaseArea.case_id == each.case.id)))
        for each in (group, below)
    )
    if not mine & its:
        known = reference().areas
        names = tuple(known[each].label if each in known else each for each in sorted(mine))
        raise Invalid(
            phrase(
                "%(ref)s is of no area of this group, which leads in %(areas)s.",
                ref=below.case.ref, areas=names,
            )
        )  # fmt: skip


def _leading(session: Session, programme: int) -> LedProgramme | None:
    now = LedProgramme.programme_id == programme, LedProgramme.let_go_at.is_(None)
    return session.scalars(select(LedProgramme).where(*now)).one_or_none()


def _parties(session: Session, case_id: int, capacity: str) -> dict[int, str]:
    rows = session.execute(
        select(Party.id, Party.name)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(CaseParty.case_id == case_id, CaseParty.capacity == capacity)
        .order_by(Party.name)
    )
    return {row.id: row.name for row in rows}
