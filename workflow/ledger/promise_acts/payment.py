"""Recording that a payment is expected on a day, and that it is expected no more."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, insert, select, update

from workflow.audit.events.money.promises import PaymentExpected, PaymentWithdrawn
from workflow.engine.commands.command import CaseCommand, execute, receipt_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotFound, Stale
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.currency import amount_of, exact, is_code
from workflow.ledger.models import MoneyPayment
from workflow.ledger.promise_acts.frame import promising
from workflow.ledger.promises.earmarks import earmarks
from workflow.ledger.promises.payments import follow
from workflow.ledger.wishes import refused_at
from workflow.people.directory.arrivals import bring_countries
from workflow.people.models import Party
from workflow.phrase import Phrase, phrase, together

# What is due later was mistyped.
LATEST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class ExpectPayment(CaseCommand):
    """The command to expect a payment: of a source to the office, or of its money to the `holder`."""

    what = "expect a payment"

    ref: str
    source: str
    currency: str
    amount: str
    due: date
    seen_version: int
    key: str
    holder: str = ""
    earmark: int = 0
    reason: str = ""

    @property
    def act(self) -> MoneyAct:
        """What pays it: a receipt, or where it is due to somebody else than the office a disbursement."""
        return MoneyAct.DISBURSEMENT if self.holder else MoneyAct.RECEIPT


@dataclass(frozen=True, slots=True)
class WithdrawPayment(CaseCommand):
    """The command to expect a payment no more, by its number; the reason is why."""

    what = "withdraw a payment"

    ref: str
    payment: int
    seen_version: int
    key: str
    reason: str


def expect_payment(engine: Engine, person: int, command: ExpectPayment) -> Receipt:
    """Record that a payment is expected; what counts of the same money from now on pays it, earliest first.

    Refuses whoever records no money of this case, a day that has passed, and at its field what is no
    amount, or of no source or earmark.
    """
    return execute(engine, person, command, _expected)


def withdraw_payment(engine: Engine, person: int, command: WithdrawPayment) -> Receipt:
    """Record that a payment is expected no more; refuses one that is paid or withdrawn, and no reason."""
    return execute(engine, person, command, _withdrawn)


def _expected(work: UnitOfWork, person: int, command: ExpectPayment) -> Receipt:
    acting = promising(work, person)
    wish, amount, ids = _checked(work, person, command)
    last = select(func.max(MoneyPayment.number)).where(MoneyPayment.case_id == work.case.id)
    number = (work.session.scalar(last) or 0) + 1
    told = PaymentExpected(
        payment=number, act=wish.act, source=wish.source, holder=wish.holder, earmark=wish.earmark,
        currency=wish.currency, amount=exact(amount, wish.currency), due=wish.due, reason=wish.reason,
    )  # fmt: skip
    written = work.note(told, role=acting.role, party=acting.party, appointment=acting.appointment)
    work.session.execute(
        insert(MoneyPayment).values(
            case_id=work.case.id, number=number, act=told.act, source_id=ids[wish.source],
            holder_id=ids.get(wish.holder), earmark=wish.earmark, currency=wish.currency,
            amount=Decimal(told.amount), due_on=wish.due, person_id=person, recorded_at=written.at,
            event_seq=written.seq, withdrawn_at=None, open=True,
        )
    )  # fmt: skip
    follow(work.session, work.case.id)
    return receipt_of(work, written, "expected", str(number))


def _checked(
    work: UnitOfWork, person: int, command: ExpectPayment
) -> tuple[ExpectPayment, Decimal, dict[str, int]]:
    """The payment as it is kept, its amount, and the numbers of its parties; refuses it at each field."""
    wish = replace(
        command,
        source=command.source.strip().lower(),
        holder=command.holder.strip().lower(),
        currency=command.currency.strip().upper(),
    )
    keys = {wish.source, wish.holder}
    bring_countries(work.session, keys, came="money", by=person, now=work.now)
    asked = select(Party.key, Party.id).where(Party.key.in_(keys))
    ids = dict(work.session.execute(asked).all())
    faults = _faults(work, wish, ids)
    amount = Decimal(0)
    if "currency" not in faults:
        try:
            amount = amount_of(wish.amount, wish.currency)
        except Invalid as refused:
            faults |= refused.faults
    if faults:
        raise Invalid(together(faults.values()), faults)
    return wish, amount, ids


def _faults(work: UnitOfWork, wish: ExpectPayment, ids: dict[str, int]) -> dict[str, Phrase]:
    found: dict[str, Phrase] = {}
    for name, key in (("source", wish.source), ("holder", wish.holder)):
        if key not in ids and (key or name == "source"):
            found[name] = phrase(
                "There is no party called %(key)s: choose one that is entered.", key=f"{key!r:.60}"
            )
    if not is_code(wish.currency):
        found["currency"] = phrase("A currency is three letters, like EUR.")
    if wish.due < work.now.date():
        found["due"] = phrase("A payment is expected today or later; what has come is recorded.")
    elif wish.due.year > LATEST_YEAR:
        found["due"] = phrase("A payment is due by %(year)s.", year=LATEST_YEAR)
    if wish.earmark:
        of = earmarks(work.session, work.case.id).get(wish.earmark)
        if of is None or of.source != wish.source:
            found["earmark"] = phrase(
                "There is no earmark %(number)s of the money of this source.", number=wish.earmark
            )
    return found


def _withdrawn(work: UnitOfWork, person: int, command: WithdrawPayment) -> Receipt:
    acting = promising(work, person)
    kept = work.session.scalar(
        select(MoneyPayment).where(
            MoneyPayment.case_id == work.case.id, MoneyPayment.number == command.payment
        )
    )
    if kept is None:
        raise NotFound(phrase("There is no payment %(number)s here.", number=command.payment))
    if not kept.open:
        raise Stale(phrase("This payment is paid, or expected no more already."))
    if not command.reason.strip():
        raise refused_at("reason", phrase("Say why it is expected no more."))
    written = work.note(
        PaymentWithdrawn(payment=kept.number, reason=command.reason),
        role=acting.role,
        party=acting.party,
        appointment=acting.appointment,
    )
    work.session.execute(
        update(MoneyPayment).where(MoneyPayment.id == kept.id).values(withdrawn_at=written.at)
    )
    follow(work.session, work.case.id)
    return receipt_of(work, written, "withdrawn", str(kept.number))
