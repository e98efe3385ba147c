"""A receipt as the person who signed reads it: what was recorded, and whose move it is now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine import sittings
from workflow.engine.definition import State
from workflow.engine.engine import Engine
from workflow.engine.receipts import Receipt
from workflow.engine.records import CommandKey
from workflow.errors import NotFound
from workflow.programmes.visible import VisibleCase, visible_case


@dataclass(frozen=True, slots=True)
class Next:
    """A round that is open now: what it asks, of whom, by when."""

    asks: str
    parties: tuple[str, ...]
    due: datetime | None
    if_silent: str


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What one request recorded, and what the programme waits for since."""

    case: VisibleCase
    receipt: Receipt
    at: datetime
    state: State
    next: tuple[Next, ...]


def receipt_page(
    session: Session, engine: Engine, person: int, ref: str, *, key: str
) -> ReceiptPage:
    """The receipt that this person was given under `key` for this programme."""
    case = visible_case(session, engine, person, ref)
    row = session.execute(
        select(CommandKey.receipt, CommandKey.at).where(
            CommandKey.person_id == person, CommandKey.key == key
        )
    ).first()
    if row is None or row.receipt.get("ref") != ref:
        raise NotFound("There is no such receipt of yours.")
    return ReceiptPage(
        case=case,
        receipt=Receipt(**row.receipt),
        at=row.at,
        state=case.definition.states[case.state],
        next=_open(session, case),
    )


def _open(session: Session, case: VisibleCase) -> tuple[Next, ...]:
    """The rounds that people are asked in; the timers run by themselves."""
    found = []
    for sitting in sittings.open_rounds(session, case.id):
        spec = case.definition.rounds[sitting.key]
        asked = tuple(chair.party_name for chair in sitting.chairs if chair.role != "system")
        if asked:
            found.append(
                Next(spec.asks, tuple(dict.fromkeys(asked)), sitting.due_at, spec.if_silent)
            )
    return tuple(found)
