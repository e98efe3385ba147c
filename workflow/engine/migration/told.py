"""Who is told that a case was moved: those whose move it is, each once."""

from functools import lru_cache

from sqlalchemy import Date, Integer, bindparam, case, select

from workflow.audit.trail import Written
from workflow.engine import notifications
from workflow.engine.benches import at_bench
from workflow.engine.migration.continuation import RoundGoingOn
from workflow.engine.models import OPEN, Seat
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles import next_steps
from workflow.notices.outbox import Recipients, holders, recipient, told_by
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.people.models import Appointment
from workflow.transactions.statements import PreparedStatement

_KNOWN = 64


def tell(work: UnitOfWork, found: tuple[RoundGoingOn, ...], written: Written) -> None:
    """Tell whoever may answer an open seat of the case that their answer is asked for, under the new version."""
    asking = [each for each in found if each.is_open and not next_steps.is_timer(each.spec)]
    if not asking:
        return
    labels = tuple((key, role.label) for key, role in work.definition.roles.items())
    values = {"of_case": work.case.id, "today": work.now.date()}
    told = Recipients(_asked(labels), values)
    first = asking[0]
    kind = NoticeKind.SEAT_OPENED
    notifications.tell(work, first.spec, kind, first.round_.id, written, told)


@lru_cache(_KNOWN)
def _asked(labels: tuple[tuple[str, str], ...]) -> PreparedStatement:
    role = case(dict(labels), value=Seat.role, else_=Seat.role)
    today = bindparam("today", type_=Date)
    return told_by(
        select(
            *recipient(
                Appointment.person_id, Because.HOLDER, role=role, party=Seat.party_id, seat=Seat.id
            )
        )
        .join_from(Seat, Appointment, holders(Seat.role, Seat.party_id, today) & at_bench())
        .where(Seat.case_id == bindparam("of_case", type_=Integer), Seat.status == OPEN)
    )
