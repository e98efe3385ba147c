"""What a search of programmes looks through, folded as it is looked for."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.models import CaseParty
from workflow.people.models import Party
from workflow.programmes.models import Programme
from workflow.search.key import fold


def searched(session: Session, case_id: int, ref: str, title: str) -> str:
    """What a search looks through: reference, title, facts, and those that take part here."""
    taking_part = (
        select(Party.name)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(CaseParty.case_id == case_id)
    )
    names = dict.fromkeys(session.scalars(taking_part.order_by(CaseParty.id)))
    facts = session.execute(
        select(Programme.summary, Programme.sector, Programme.fund).where(
            Programme.case_id == case_id
        )
    ).one()
    return fold(" ".join((ref, title, *facts, *names)))
