"""What is known of partners where a check of a form asks: the newest sanctions list, matches, and who may not give yet."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, SQLColumnExpression, case, exists, select
from sqlalchemy.orm import Session

from workflow.engine.models import CaseParty, LifecycleCase, Round
from workflow.partners.derive import AGREEMENT, PASSED, newest_text
from workflow.partners.models import PartnerAgreement, PartnerVetting
from workflow.partners.sanction_lists import entries_of, newest
from workflow.partners.sanctions import Sanctioned, matches
from workflow.people.models import Party
from workflow.reading import asked_once
from workflow.vocabulary import PROPOSER, Stage

DONOR = "donor"
EXAMINATION = "examination"
# The round of a programme from which on its donors are asked for agreements.
AGREEING = "agreeing"
# What stands for the day of a list where there is none.
NO_LIST = ("none",)
# The states of a vetting in which the house does not agree with the partner.
REFUSED = ("refusal", "refused", "ended")


def sanctions_list(session: Session, _case_id: int, _today: date) -> tuple[str, ...]:
    """The day of the newest sanctions list."""
    found = newest(session)
    return (found[1].isoformat(),) if found else NO_LIST


def sanctions_matches(session: Session, case_id: int, _today: date) -> tuple[str, ...]:
    """The entries of the newest list that the names in a vetting come near, as an examination calls them."""
    return tuple(each.called for each in matched(session, case_id))


@asked_once
def matched(session: Session, case_id: int) -> tuple[Sanctioned, ...]:
    """The same as entries, with what else they are called."""
    found = newest(session)
    names = tuple(_names(session, case_id)) if found else ()
    return matches(names, entries_of(session, found[0])) if found and names else ()


def _names(session: Session, case_id: int) -> Iterator[str]:
    """The partner and whoever owns or leads it, as its examination says by now."""
    said = newest_text(session, case_id, EXAMINATION)
    partner = session.scalar(select(Party.name).where(Party.key == str(said.get("partner") or "")))
    if partner:
        yield partner
    yield from (str(row.get("name") or "") for row in said.get("names") or ())


def refused_donors(session: Session, case_id: int, _today: date) -> tuple[str, ...]:
    """The donors of a case that were refused, or whose vetting was ended, and that passed none since."""
    return _donors(session, case_id, refused(CaseParty.party_id))


def unvetted_donors(session: Session, case_id: int, today: date) -> tuple[str, ...]:
    """The donors of a case that have no vetting which holds today."""
    return _donors(session, case_id, ~holds(CaseParty.party_id, today))


def donors_without_agreement(session: Session, case_id: int, _today: date) -> tuple[str, ...]:
    """The donors of a case that have not signed an agreement on it; nobody before any was asked for.

    What was signed once stays signed, also where the case goes back to be changed.
    """
    asked = exists().where(Round.case_id == case_id, Round.key == AGREEING)
    signed = exists().where(
        PartnerAgreement.above_id == case_id,
        PartnerAgreement.party_id == CaseParty.party_id,
        PartnerAgreement.signed_on.is_not(None),
    )
    return _donors(session, case_id, asked & ~signed)


def holds(party: SQLColumnExpression[int], today: date) -> ColumnElement[bool]:
    """The condition that a vetting of a party holds on a day."""
    return exists().where(
        PartnerVetting.party_id == party,
        PartnerVetting.result.in_(PASSED),
        PartnerVetting.valid_until >= today,
        LifecycleCase.id == PartnerVetting.case_id,
        LifecycleCase.stage != Stage.END.value,
    )


def refused(party: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """The condition that a party was decided on, and that nothing of it is left that holds."""
    over = exists().where(
        PartnerVetting.party_id == party,
        LifecycleCase.id == PartnerVetting.case_id,
        LifecycleCase.state.in_(REFUSED),
    )
    passing = exists().where(
        PartnerVetting.party_id == party,
        PartnerVetting.result.in_(PASSED),
        LifecycleCase.id == PartnerVetting.case_id,
        LifecycleCase.stage != Stage.END.value,
    )
    return over & ~passing


def _donors(session: Session, case_id: int, such: ColumnElement[bool]) -> tuple[str, ...]:
    """Those donors by their keys, and by their names for whoever reads; of an agreement its own partner alone."""
    own = exists().where(LifecycleCase.id == case_id, LifecycleCase.subject == AGREEMENT)
    of = case((own, PROPOSER), else_=DONOR)
    asked = (
        select(Party.key, Party.name)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(CaseParty.case_id == case_id, CaseParty.capacity == of, such)
        .order_by(Party.name)
    )
    return tuple(word for row in session.execute(asked) for word in row)
