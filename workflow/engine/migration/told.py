"""Who is told that a case was moved: those whose move it is, each once, of the first round that asks them."""

from functools import lru_cache

from sqlalchemy import Date, Integer, bindparam, case, select
from sqlalchemy.orm import aliased

from workflow.audit.trail import Written
from workflow.engine import notifications
from workflow.engine.benches import at_bench
from workflow.engine.migration.continuation import RoundGoingOn
from workflow.engine.models import OPEN, Seat
from workflow.engine.permissions.personal.asked import is_asked
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles import next_steps
from workflow.notices.models import Notice
from workflow.notices.outbox import Recipients, holders, recipient, told_by
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.people.models import Appointment
from workflow.transactions.statements import PreparedStatement

_KNOWN = 64
_KIND = NoticeKind.SEAT_OPENED


def tell(work: UnitOfWork, found: tuple[RoundGoingOn, ...], written: Written) -> None:
    """Tell whoever may answer an open seat of the case that their answer is asked for, under the new version."""
    labels = tuple((key, role.label) for key, role in work.definition.roles.items())
    for each in found:
        if each.is_open and not next_steps.is_timer(each.spec):
            values = {
                "in_round": each.round_.id, "of_case": work.case.id, "by_event": written.seq,
                "today": work.now.date(),
            }  # fmt: skip
            told = Recipients(_asked(labels), values)
            notifications.tell(work, each.spec, _KIND, each.round_.id, written, told)


@lru_cache(_KNOWN)
def _asked(labels: tuple[tuple[str, str], ...]) -> PreparedStatement:
    """Those who may answer in a round, but for whom the move was told of another one."""
    role = case(dict(labels), value=Seat.role, else_=Seat.role)
    today, earlier = bindparam("today", type_=Date), aliased(Notice)
    told = select(earlier.person_id).where(
        earlier.case_id == bindparam("of_case", type_=Integer),
        earlier.event_seq == bindparam("by_event", type_=Integer),
        earlier.kind == _KIND.value,
    )
    return told_by(
        select(
            *recipient(
                Appointment.person_id, Because.HOLDER, role=role, party=Seat.party_id, seat=Seat.id
            )
        )
        .join_from(Seat, Appointment, holders(Seat.role, Seat.party_id, today) & at_bench())
        .where(
            Seat.round_id == bindparam("in_round", type_=Integer),
            Seat.status == OPEN,
            Appointment.person_id.not_in(told),
            is_asked(Appointment.person_id),
        )
    )
