"""The oldest blockers in which a person has a part: owned by one of their parties, or under a programme of theirs."""

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from workflow.blockers.filters import LOOKED_AT, BlockerFilters, looked
from workflow.blockers.lines import BlockerLine, lines_of
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import knows_of
from workflow.people.models import Party
from workflow.programmes.models import ListedBlocker
from workflow.programmes.page.page import ProgrammePage
from workflow.vocabulary import HOUSE

MOST = 5


def own_blockers(
    session: Session, engine: Engine, person: int, now: datetime, most: int = MOST
) -> tuple[BlockerLine, ...]:
    """The oldest of those that are open and concern the person, as far as they may know of them.

    Of very many the oldest are looked at. Whoever works for the house has a part in each.
    """
    parties = sorted({each.party_id for each in offices(session, person, now.date())})
    if not parties:
        return ()
    line = ListedBlocker
    oldest = (
        select(line.case_id, line.programme_id, line.since, line.owner_id)
        .where(line.ended.is_(False))
        .order_by(line.since, line.case_id)
        .limit(LOOKED_AT)
        .subquery("oldest")
    )
    house = exists().where(Party.key == HOUSE, Party.id.in_(parties))
    taking = exists().where(CaseParty.case_id == oldest.c.case_id, CaseParty.party_id.in_(parties))
    today = now.date()
    concerned = (
        select(oldest.c.case_id)
        .where(or_(taking, house))
        .where(knows_of(oldest.c.case_id, person, today))
        .where(knows_of(oldest.c.programme_id, person, today))
        .order_by(oldest.c.since, oldest.c.case_id)
        .limit(most)
    )
    return lines_of(session, engine, session.scalars(concerned).all(), now)


def blockers_of(
    session: Session, engine: Engine, person: int, page: ProgrammePage, now: datetime
) -> tuple[BlockerLine, ...]:
    """The oldest of those that are open under a programme, for its page; nothing is asked where nothing is."""
    if not page.children or not any(kind.lines for kind in page.children):
        return ()
    found = looked(session, BlockerFilters(programme=page.ref), person, now, MOST)
    return lines_of(session, engine, found.cases, now)
