"""Taking an expenditure over from an accepted report: recorded as others are, with the report that says it."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from workflow.engine.commands.command import CaseCommand, execute
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine, engine_of
from workflow.engine.unit_of_work import UnitOfWork
from workflow.ledger import books
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.currency import USD, amount_of, money
from workflow.ledger.promises.earmarks import Earmark, earmarks
from workflow.ledger.reconciliation.question import reconciliation
from workflow.ledger.record import RecordMovement, recorded
from workflow.ledger.reported.offers import ReportOffer, offers
from workflow.ledger.wishes import MovementWish, refused_at
from workflow.phrase import phrase
from workflow.programmes.visible_case import VisibleCase, visible_case


@dataclass(frozen=True, slots=True)
class TakeOver(CaseCommand):
    """The command to record what a report says was spent: of whose money, held by whom, of which earmark."""

    what = "take money over from a report"

    ref: str
    paper: str
    source: str
    amount: str
    seen_version: int
    key: str
    holder: str = ""
    earmark: int = 0
    reason: str = ""


def take_over(engine: Engine, person: int, command: TakeOver) -> Receipt:
    """Record an expenditure that an accepted report says and the ledger lacks; it waits to be certified.

    Refuses a report that says nothing more than is recorded, so that nothing is taken over twice, and at
    its field more than that, or than is there.
    """
    return execute(engine, person, command, _taken)


def offered(session: Session, engine: Engine, case: VisibleCase) -> tuple[ReportOffer, ...]:
    """What reports that the person may read say was spent and the ledger lacks."""
    kept = books.recorded(session, case.id)
    beside = reconciliation(session, engine, case, kept, case.today)
    return offers(beside.comparisons, books.certified(kept), case.today)


def _taken(work: UnitOfWork, person: int, command: TakeOver) -> Receipt:
    engine = engine_of(work.session)
    case = visible_case(work.session, engine, person, work.case.ref)
    found = next(
        (each for each in offered(work.session, engine, case) if each.key == command.paper), None
    )
    if found is None:
        raise refused_at(
            "paper", phrase("All that this report says was spent is recorded, or it says nothing.")
        )
    _refuse_more(found, amount_of(command.amount, USD))
    of = earmarks(work.session, work.case.id).get(command.earmark, Earmark(0, ""))
    wish = MovementWish(
        act=MoneyAct.EXPENDITURE, on=found.on, source=command.source, currency=USD,
        amount=command.amount, holder=command.holder, year=found.on.year, output=of.output,
        category=of.category, country=of.country, earmark=command.earmark,
    )  # fmt: skip
    movement = RecordMovement(
        command.ref, wish, command.seen_version, command.key, command.reason, found.key
    )
    return recorded(work, person, movement)


def _refuse_more(of: ReportOffer, amount: Decimal) -> None:
    if amount > of.missing:
        raise refused_at(
            "amount",
            phrase(
                "Of what this report says was spent, %(missing)s is not recorded yet: take over at most that.",
                missing=money(of.missing, USD),
            ),
        )
