"""A country that gives notice leads no longer: those who keep the programmes that it leads in the area are told."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflow.audit.models import Event
from workflow.engine.models import CaseArea, CaseParty, LifecycleCase, Round
from workflow.engine.permissions.visibility import known_to_all
from workflow.notices.outbox import Cause, Recipients, holders, owe, recipient, told_by
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.people.models import Appointment, Party
from workflow.phrase import to_say
from workflow.transactions.transaction import Transaction
from workflow.vocabulary import HEAD, HOUSE, OFFICER, PROPOSER, Stage

LEADING = ("lead", "convenor")
# Of a programme's parties those that carry it on without the country; of each of them these offices.
KEEPING = (*LEADING, "executing_agency", PROPOSER)
OFFICES = {
    "pivotal_focal": to_say("Focal point"),
    "submitter": to_say("Submitter"),
    "executing_agency": to_say("Executing agency"),
    "programme_manager": to_say("Programme manager"),
}
OF_HOUSE = {
    OFFICER: to_say("Officer of the Special Unit"),
    HEAD: to_say("Director of the Special Unit"),
}
# So many programmes are named; how many there are besides is said.
NAMED, LONGEST = 3, 200


def tell_programmes(
    session: Session,
    case_id: int,
    party_id: int,
    area: str,
    ends: date,
    *,
    by: int | None,
    now: datetime,
) -> int:
    """Owe a notice to each who keeps a programme that the country leads in the area; returns how many programmes it leads.

    It is a part of the transaction in which the country gives notice, and names programmes that everybody
    may know of alone.
    """
    led = _led(party_id, area)
    rows = session.execute(led).all()
    if not rows:
        return 0
    given = select(func.max(Round.id)).where(Round.case_id == case_id, Round.key == "withdrawing")
    told = select(func.max(Event.seq)).where(Event.case_id == case_id)
    cause = Cause(
        kind=NoticeKind.LEAD_ENDS,
        case_id=case_id,
        round_id=session.scalar(given) or 0,
        label=_named([row.title for row in rows]),
        at=now,
        event_seq=session.scalar(told),
        outcome=ends.isoformat(),
    )
    keep = _keepers(led, party_id, now.date())
    owe(Transaction.of(session), cause, Recipients(told_by(keep)).but(by))
    return len(rows)


def _led(party_id: int, area: str) -> Select[int, str]:
    """The programmes under way that the country leads in the area, the newest first."""
    leads = exists().where(
        CaseParty.case_id == LifecycleCase.id,
        CaseParty.party_id == party_id,
        _one_of(CaseParty.capacity, LEADING),
    )
    return (
        select(LifecycleCase.id, LifecycleCase.title)
        .join(CaseArea, CaseArea.case_id == LifecycleCase.id)
        .where(CaseArea.area == area, leads, known_to_all())
        .where(LifecycleCase.subject == "programme", LifecycleCase.stage != Stage.END.value)
        .order_by(LifecycleCase.id.desc())
    )


def _named(titles: Sequence[str]) -> str:
    rest = f" (+{len(titles) - NAMED})" if len(titles) > NAMED else ""
    said = "; ".join(titles[:NAMED])
    return said[: LONGEST - len(rest)].rstrip() + rest


def _keepers(led: Select[int, str], party_id: int, today: date) -> Select[Any]:
    """Who holds an office of a party that keeps one of these programmes, or of the house; not of the country itself."""
    cases = led.order_by(None).with_only_columns(LifecycleCase.id)
    keeps = select(CaseParty.party_id).where(
        CaseParty.case_id.in_(cases),
        CaseParty.party_id != party_id,
        _one_of(CaseParty.capacity, KEEPING),
    )
    house = select(Party.id).where(Party.key == HOUSE)
    of_party = Appointment.party_id.in_(keeps) & _one_of(Appointment.role, OFFICES)
    of_house = Appointment.party_id.in_(house) & _one_of(Appointment.role, OF_HOUSE)
    who: ColumnElement[bool] = holders(Appointment.role, Appointment.party_id, today)
    labels = (OFFICES | OF_HOUSE).items()
    label = case(*((Appointment.role == role, words) for role, words in labels))
    columns = recipient(
        Appointment.person_id, Because.HOLDER, role=label, party=Appointment.party_id
    )
    return select(*columns).where(who, or_(of_party, of_house))


def _one_of(column: InstrumentedAttribute[str], words: Iterable[str]) -> ColumnElement[bool]:
    """That a column says one of some words; what is prepared takes no list."""
    return or_(*(column == word for word in words))
