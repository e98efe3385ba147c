"""How a case begins: its row, what stands in its first state, and the cases that open under another."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from workflow.audit.events.cases import CaseOpened, ChildOpened, TakingPart
from workflow.audit.trail import Head
from workflow.engine.cases import schedules
from workflow.engine.cases.carried import RowsAbove, file_carried, rows_above
from workflow.engine.cases.inherited import (
    PartiesOf,
    TakingParty,
    house,
    inherit,
    parties_of,
    party_called,
    take_part,
)
from workflow.engine.cases.titles import child_title, row_title
from workflow.engine.children.models import ChildCase
from workflow.engine.documents.conditions import all_hold
from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase
from workflow.engine.rounds import new_rounds
from workflow.engine.unit_of_work import LockedCase, UnitOfWork
from workflow.errors import RoundClosed
from workflow.lifecycles.children.kinds import ONE_WHO_ANSWERS, ChildKind, ChildOpens
from workflow.lifecycles.children.rows import RowOfCase
from workflow.lifecycles.children.schedule import Occurrence
from workflow.lifecycles.definition import Definition, Opens
from workflow.phrase import phrase
from workflow.vocabulary import BELOW, HOUSE, PROPOSER, Stage

# As many letters as a reference has room for.
LONGEST_REF = 40


def opened(work: UnitOfWork, proposer: str, **below: Any) -> CaseOpened:
    """A case as the first event on its trail tells it; `below` says which case opened it."""
    case = work.case
    return CaseOpened(
        ref=case.ref,
        subject=case.subject,
        definition=work.definition.digest,
        state=case.state,
        stage=case.stage,
        proposer=proposer,
        version=1,
        title=case.title,
        **below,
    )


def stored(session: Session, definition: Definition, now: datetime, **known: Any) -> LockedCase:
    """The row of a new case, which nobody else can see yet."""
    state = definition.states[definition.initial]
    told: dict[str, Any] = {
        **known,
        "subject": definition.subject,
        "state": state.key,
        "stage": state.stage.value,
        "version": 1,
        "entered_at": now,
    }
    stored = insert(LifecycleCase).values(**told, opened_at=now, head_seq=0)
    case_id = session.execute(stored.returning(LifecycleCase.id)).scalar_one()
    head = Head(case_id=case_id, ref=told["ref"], seq=0, hash=None)
    return LockedCase(id=case_id, head=head, **told)


def open_initial(work: UnitOfWork) -> None:
    """Open the rounds and the cases under it that stand in the case's initial state."""
    for spec in work.definition.rounds_in(work.case.state, work.case.footing):
        if spec.opens is Opens.ON_ENTRY:
            new_rounds.open_round(work, spec)
    open_on_entry(work)
    schedules.plan(work)


def open_on_entry(work: UnitOfWork, only: Collection[str] | None = None) -> tuple[str, ...]:
    """Open the cases that a case has under it in the state that it entered; returns of which kinds.

    One of the same kind and party that is open still goes on instead. Of all kinds `only` these open,
    where they are named.
    """
    found = []
    for kind in work.definition.children.values():
        stands = kind.opens is ChildOpens.ON_ENTRY and work.case.state in kind.states
        if stands and (only is None or kind.key in only) and open_children(work, kind):
            found.append(kind.key)
    return tuple(found)


def open_children(
    work: UnitOfWork,
    kind: ChildKind,
    occurrence: Occurrence | None = None,
    among: Collection[int] | None = None,
    *,
    answering: int | None = None,
) -> tuple[str, ...]:
    """Open the cases of one kind under the case that is locked; returns their references.

    That is one case, or one for each party that `kind` names, or for each row of its table; none where
    its conditions do not hold. Of what an outcome opens `answering` is the party whose answer brought
    it about. A schedule names the `occurrence` for which it opens them: its period
    and its due day. What was opened for the same period stays as it is, and so does what was opened
    for the same row, so whoever comes second opens nothing; of other kinds that open on entry the same
    holds while one is open. Each case follows the version that is offered now,
    has the parties of the case it stands under, and its rounds are open. Of all parties those `among`
    these get one, where they are named. Call it under the lock of
    that case, in the transaction of what opens them, and close the unit of work afterwards.
    """
    session = work.session
    if not all_hold(session, work.case.id, kind.when):
        return ()
    named = parties_of(session, work.case.id)
    above = rows_above(work, kind)
    there = _there(session, work.case.id, kind, occurrence)
    wanted = [each for each in _for_what(kind, named, above) if each.known_by not in there]
    if among is not None:
        wanted = [each for each in wanted if each.party is not None and each.party.id in among]
    if not wanted:
        return ()
    number, definition = engine_of(session).followed_by(kind.lifecycle, session)
    opening = _Opening(work, kind, occurrence, number, definition, named, above, answering)
    return tuple([_open(opening, each) for each in wanted])


class _ForWhat(NamedTuple):
    """The party or the row of a table that a case is opened for; neither where there is one for all."""

    party: TakingParty | None = None
    row: RowOfCase | None = None

    @property
    def known_by(self) -> int | str | None:
        """What tells it from others of its kind."""
        if self.row is not None:
            return self.row.key
        return self.party.id if self.party is not None else None


class _Opening(NamedTuple):
    """What is the same for all cases that are opened together."""

    work: UnitOfWork
    kind: ChildKind
    occurrence: Occurrence | None
    definition_id: int
    definition: Definition
    parties: PartiesOf
    above: RowsAbove | None
    answering: int | None


def _for_what(kind: ChildKind, named: PartiesOf, above: RowsAbove | None) -> Sequence[_ForWhat]:
    """The parties or rows that get a case each, or nothing in particular."""
    if kind.each_row is not None:
        return [_ForWhat(row=row) for row in (above.rows if above else ())]
    return (
        [_ForWhat(each) for each in named.get(kind.for_each, ())] if kind.for_each else [_ForWhat()]
    )


def _there(
    session: Session, case_id: int, kind: ChildKind, occurrence: Occurrence | None
) -> Collection[int | str | None]:
    """For which parties or rows a case of this kind need not be opened any more."""
    mine = ChildCase.parent_id == case_id, ChildCase.kind == kind.key
    if kind.each_row is not None:
        return set(session.scalars(select(ChildCase.row_key).where(*mine)))
    known = select(ChildCase.party_id).where(*mine)
    if occurrence is not None:
        return set(session.scalars(known.where(ChildCase.period_from == occurrence.period_from)))
    if kind.opens is not ChildOpens.ON_ENTRY:
        return ()
    running = known.join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
    return set(session.scalars(running.where(LifecycleCase.stage != Stage.END.value)))


def _open(opening: _Opening, what: _ForWhat) -> str:
    """Open one case with its rounds; returns its reference."""
    work, definition, session = opening.work, opening.definition, opening.work.session
    number, ref = _called(session, work.case)
    case = stored(
        session, definition, work.now,
        definition_id=opening.definition_id, ref=ref, parent_id=work.case.id,
        title=_title(opening, what),
    )  # fmt: skip
    below = UnitOfWork(work.transaction, case, definition, None, work.now)
    proposer = _speaking(opening, what)
    taking = {**opening.parties, PROPOSER: [proposer]}
    session.execute(
        insert(ChildCase).values(case_id=case.id, number=number, **_about(opening, what))
    )
    take_part(session, case.id, taking)
    inherit(session, work.case.id, case.id)
    work.note(_told(opening, what, ref))
    parts = tuple(
        TakingPart(capacity=capacity, party=each.key)
        for capacity, listed in sorted(taking.items())
        for each in listed
    )
    below.note(opened(below, proposer.key, parent=work.case.ref, parties=parts))
    if opening.above is not None and what.row is not None:
        file_carried(below, opening.above, what.row)
    open_initial(below)
    below.close()
    return ref


def _called(session: Session, parent: LockedCase) -> tuple[int, str]:
    """The number and the reference of the next case under this one; refuses one too far below."""
    counted = select(func.coalesce(func.max(ChildCase.number), 0)).where(
        ChildCase.parent_id == parent.id
    )
    following = count(session.scalars(counted).one() + 1)
    named = ((number, f"{parent.ref}{BELOW}{number}") for number in following)
    number, ref = next(each for each in named if not _is_taken(session, each[1]))
    if len(ref) > LONGEST_REF:
        raise RoundClosed(
            phrase(
                "%(ref)s stands too far below other cases to have one under it. Nothing was "
                "recorded; its lifecycle has to be mended.",
                ref=parent.ref,
            )
        )
    return number, ref


def _is_taken(session: Session, ref: str) -> bool:
    return session.scalar(select(LifecycleCase.id).where(LifecycleCase.ref == ref)) is not None


def _title(opening: _Opening, what: _ForWhat) -> str:
    """What the case is called for good."""
    kind, parent = opening.kind, opening.work.case.title
    if what.row is not None:
        return row_title(kind, what.row, parent)
    return child_title(kind, opening.occurrence, what.party.name if what.party else "", parent)


def _speaking(opening: _Opening, what: _ForWhat) -> TakingParty:
    """The party that speaks for the case: the one that its row or its kind names, or else the one it is about.

    Where nobody has that part, or the party of a row takes no part in the case above and is not the house,
    whoever proposed that speaks for this one too.
    """
    if what.party is not None and opening.kind.speaks == opening.kind.for_each:
        return what.party
    if opening.kind.speaks == ONE_WHO_ANSWERS and opening.answering is not None:
        return party_called(opening.work.session, opening.answering)
    if what.row is not None and opening.kind.spoken_for_in is not None:
        if what.row.party == HOUSE:
            return house(opening.work.session)
        every = (each for listed in opening.parties.values() for each in listed)
        named = (each for each in every if each.key == what.row.party)
        return next(named, opening.parties[PROPOSER][0])
    return next(iter(opening.parties.get(opening.kind.speaks, ())), opening.parties[PROPOSER][0])


def _about(opening: _Opening, what: _ForWhat) -> dict[str, Any]:
    """What a case is opened for, as its row keeps it."""
    found = opening.occurrence
    return {
        "parent_id": opening.work.case.id,
        "kind": opening.kind.key,
        "party_id": what.party.id if what.party else None,
        "period_from": found.period_from if found else None,
        "period_to": found.period_to if found else None,
        "due_on": found.due_on if found else None,
        "calendar_id": found.calendar if found else None,
        "row_key": what.row.key if what.row else None,
    }


def _told(opening: _Opening, what: _ForWhat, ref: str) -> ChildOpened:
    """The same, as the trail of the case above tells it."""
    found = opening.occurrence
    return ChildOpened(
        ref=ref,
        kind=opening.kind.key,
        lifecycle=opening.definition.digest,
        party=what.party.key if what.party else None,
        since=found.period_from if found else None,
        until=found.period_to if found else None,
        due_on=found.due_on if found else None,
        calendar=found.calendar if found else None,
        row=what.row.key if what.row else None,
    )
