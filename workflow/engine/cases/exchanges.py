"""Parties that join a case, leave it or take over a part in it, because that was signed under it.

The open cases under it follow, and the open rounds of all of them; what was answered stays answered.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.audit.events.cases import PartyJoined, PartyLeft
from workflow.engine.cases.departures import open_left
from workflow.engine.cases.new_seats import ask_anew
from workflow.engine.children.models import ChildCase
from workflow.engine.engine import engine_of
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.unit_of_work import UnitOfWork, lock_case_by_id
from workflow.people.models import Party
from workflow.vocabulary import PROPOSER, Stage


class Exchange(NamedTuple):
    """A part in a case, and the parties that take it from now on and those that do no longer, by their numbers.

    `now` are the keys of all who have it by then.
    """

    capacity: str
    joined: Mapping[int, str]
    left: Mapping[int, str]
    now: tuple[str, ...] = ()


def exchanged(work: UnitOfWork, named: Mapping[str, Mapping[str, int]]) -> tuple[Exchange, ...]:
    """Give these parties their parts in a locked case in place of all others, and tell who joined and who left."""
    found = []
    for capacity, parties in named.items():
        before = _taking(work.session, work.case.id, capacity)
        now = {number: key for key, number in parties.items()}
        joined = {number: key for number, key in now.items() if number not in before}
        left = {number: key for number, key in before.items() if number not in now}
        if joined or left:
            found.append(Exchange(capacity, joined, left, tuple(sorted(now.values()))))
    for each in found:
        _write(work, each)
    return tuple(found)


def follow(work: UnitOfWork, exchanges: Sequence[Exchange]) -> None:
    """Have the open rounds of a locked case, and the open cases under it with theirs, follow who takes part now."""
    if not exchanges:
        return
    ask_anew(work, {each.capacity for each in exchanges})
    below = (
        select(ChildCase.case_id, ChildCase.kind)
        .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
        .where(ChildCase.parent_id == work.case.id)
        .where(LifecycleCase.stage != Stage.END.value)
        .order_by(ChildCase.case_id)
    )
    for row in work.session.execute(below).all():
        case = lock_case_by_id(work.transaction, row.case_id)
        if case.stage == Stage.END.value:
            continue
        definition = engine_of(work.transaction).definition_of(work.transaction, case.definition_id)
        child = UnitOfWork(work.transaction, case, definition, None, work.now)
        kind = work.definition.children.get(row.kind)
        own = _of_child(child, exchanges, kind.speaks if kind else "")
        follow(child, own)
        child.close()
    open_left(work, _still(work, exchanges))


def _still(work: UnitOfWork, exchanges: Sequence[Exchange]) -> Mapping[str, int]:
    """Of each part that somebody gave up how many have it still."""
    gone = (each.capacity for each in exchanges if each.left)
    return {part: len(_taking(work.session, work.case.id, part)) for part in gone}


def _of_child(
    child: UnitOfWork, exchanges: Sequence[Exchange], speaks: str
) -> tuple[Exchange, ...]:
    """The same exchanges in a case under the one where they were signed, and who speaks for it from now on."""
    found = []
    speaking = _taking(child.session, child.case.id, PROPOSER)
    for each in exchanges:
        here = _taking(child.session, child.case.id, each.capacity)
        joined = {number: key for number, key in each.joined.items() if number not in here}
        left = {number: key for number, key in each.left.items() if number in here}
        if joined or left:
            found.append(Exchange(each.capacity, joined, left))
        gone = {number: key for number, key in speaking.items() if number in each.left}
        if gone and each.joined and each.capacity == speaks:
            found.append(Exchange(PROPOSER, dict([min(each.joined.items())]), gone))
    for each in found:
        _write(child, each)
    return tuple(found)


def _taking(session: Session, case_id: int, capacity: str) -> dict[int, str]:
    rows = session.execute(
        select(Party.id, Party.key)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(CaseParty.case_id == case_id, CaseParty.capacity == capacity)
        .order_by(Party.key)
    )
    return {row.id: row.key for row in rows}


def _write(work: UnitOfWork, each: Exchange) -> None:
    _leave(work, each.capacity, each.left)
    for number, key in each.joined.items():
        values = {"case_id": work.case.id, "capacity": each.capacity, "party_id": number}
        work.session.execute(insert(CaseParty).values(values))
        work.note(PartyJoined(party=key, capacity=each.capacity))


def _leave(work: UnitOfWork, capacity: str, left: Mapping[int, str]) -> None:
    leaving: Collection[int] = list(left)
    mine = CaseParty.case_id == work.case.id, CaseParty.capacity == capacity
    work.session.execute(delete(CaseParty).where(*mine, CaseParty.party_id.in_(leaving)))
    for key in left.values():
        work.note(PartyLeft(party=key, capacity=capacity))
