"""Transferring money from one budget line of a case to another: recorded by one, certified by another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow import free_text
from workflow.engine.commands.command import CaseCommand, execute
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine, engine_of
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid
from workflow.ledger import books
from workflow.ledger.accounts import Account, MoneyAct, Movement, transfer_entries
from workflow.ledger.books import BookedMovement
from workflow.ledger.budget_lines import SourceBudget, source_budgets
from workflow.ledger.currency import USD, amount_of, step
from workflow.ledger.duties import money_duties
from workflow.ledger.promise_acts.frame import managed
from workflow.ledger.rates import Rate
from workflow.ledger.record import next_number, refuse_overdrawn, write_movement
from workflow.ledger.transfers.limits import beyond
from workflow.ledger.wishes import day_faults, line_faults, refused_at
from workflow.people.models import Party
from workflow.phrase import Phrase, phrase, together

# A rate that is the average of several has so many digits after the point.
AVERAGE = Decimal("0.0000000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferWish:
    """What somebody wants moved: from a line by its number, and to another one, the amount as it was written.

    Where `to` is no number it goes to a line of the same source and currency that may not be there yet, by its
    year, output, category and country.
    """

    of: int
    to: int = 0
    amount: str
    on: date
    year: int = 0
    output: str = ""
    category: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class TransferMoney(CaseCommand):
    """The command to move money from one budget line of a case to another; the reason is why."""

    what = "transfer money between budget lines"

    ref: str
    wish: TransferWish
    seen_version: int
    key: str
    reason: str


def transfer(engine: Engine, person: int, command: TransferMoney) -> Receipt:
    """Record a transfer, which counts once somebody else has certified it.

    Refuses at its field a line that is not here or is of another source or currency, more than is left of
    the line, and what the lifecycle lets be moved by an amendment only.
    """
    return execute(engine, person, command, _transferred)


def _transferred(work: UnitOfWork, person: int, command: TransferMoney) -> Receipt:
    managed(work, person)
    duties = money_duties(work.session, work.case, person, work.now.date(), locked=True)
    acting = duties.recording(MoneyAct.TRANSFER, "")
    kept = books.recorded(work.session, work.case.id)
    known = books.not_declined(kept)
    wish = _spelled(command.wish)
    lines = {each.number: each for each in source_budgets(known, wish.on)}
    of, to, amount = _checked(work, wish, lines, command.reason)
    rate, usd = _in_dollars(of, kept, amount)
    movement = Movement(
        number=next_number(kept),
        act=MoneyAct.TRANSFER,
        on=wish.on,
        entries=transfer_entries(of.account, to, of.currency, amount),
        usd=usd,
    )
    refuse_overdrawn(work.session, kept, movement)
    definition = engine_of(work.session).definition(work.case.definition_id, work.session)
    said = beyond(work.session, work.case.id, definition, known, movement)
    if said is not None:
        raise refused_at("amount", said)
    return write_movement(work, movement, rate, acting, command.reason)


def _spelled(wish: TransferWish) -> TransferWish:
    return replace(
        wish,
        output=free_text.kept_line(wish.output, "output"),
        category=free_text.kept_line(wish.category, "category"),
        country=wish.country.strip().lower(),
    )


def _checked(
    work: UnitOfWork, wish: TransferWish, lines: dict[int, SourceBudget], reason: str
) -> tuple[SourceBudget, Account, Decimal]:
    """The line from which and the account to which how much is moved; refuses it at each field that is wrong."""
    faults = day_faults(wish.on, work.now.date())
    of, to = lines.get(wish.of), lines.get(wish.to)
    if of is None:
        faults["of"] = _not_here(wish.of, lines, work.case.ref)
    if wish.to and to is None:
        faults["to"] = _not_here(wish.to, lines, work.case.ref)
    elif wish.to and (wish.year or wish.output or wish.category or wish.country):
        faults["to"] = phrase("Choose a line, or say what a new one is for: not both.")
    elif of is not None and to is not None:
        faults |= _unlike(work.session, of, to)
    if not wish.to:
        faults |= line_faults(wish.year, wish.output, wish.category, wish.country)
    if not reason:
        faults["reason"] = phrase("Say why it is moved.")
    amount = Decimal(0)
    try:
        amount = amount_of(wish.amount, of.currency if of else USD)
    except Invalid as refused:
        faults |= refused.faults
    if of is not None and _reached(wish, of, to) == of.account:
        faults.setdefault("to", phrase("This is the line from which it is moved: choose another."))
    if faults or of is None:
        raise Invalid(together(faults.values()), faults)
    return of, _reached(wish, of, to), amount


def _reached(wish: TransferWish, of: SourceBudget, to: SourceBudget | None) -> Account:
    """The line to which it goes: the one that is there, or one of the same source by what it is for."""
    if to is not None:
        return to.account
    what = wish.year, wish.output, wish.category, wish.country
    return Account(of.account.kind, of.account.source, "", *what)


def _not_here(number: int, lines: Iterable[int], ref: str) -> Phrase:
    there = ", ".join(map(str, sorted(lines)))
    if not there:
        return phrase("%(ref)s has no budget lines on this day: record one first.", ref=ref)
    return phrase(
        "%(ref)s has no budget line %(number)s on this day, and money is moved within one programme: its lines are %(lines)s.",
        ref=ref,
        number=number,
        lines=there,
    )


def _unlike(session: Session, of: SourceBudget, to: SourceBudget) -> dict[str, Phrase]:
    """What keeps money from being moved between two lines."""
    if of.currency != to.currency:
        return {
            "to": phrase(
                "Line %(of)s is in %(currency)s and line %(to)s in %(other)s: choose lines of one currency.",
                of=of.number,
                to=to.number,
                currency=of.currency,
                other=to.currency,
            )
        }
    if of.account.source == to.account.source:
        return {}
    keys = of.account.source, to.account.source
    names = dict(session.execute(select(Party.key, Party.name).where(Party.key.in_(keys))).all())
    return {
        "to": phrase(
            "Line %(of)s is of the money of %(source)s and line %(to)s of that of %(other)s: choose lines of one source.",
            of=of.number,
            to=to.number,
            source=names[of.account.source],
            other=names[to.account.source],
        )
    }


def _in_dollars(
    of: SourceBudget, kept: Sequence[BookedMovement], amount: Decimal
) -> tuple[Rate, Decimal]:
    """At which rate an amount of a line is moved, and what it is in dollars: as the line was budgeted.

    So nothing is left in dollars of a line of which nothing is left.
    """
    came = [
        each for each in kept
        if each.outcome != books.DECLINED and each.movement.account == of.account
        and each.movement.currency == of.currency
    ]  # fmt: skip
    newest = max(came, key=lambda each: each.rate_on)
    rate = Rate(of.currency, newest.rate_on, newest.rate)
    if amount == of.budget:
        usd = of.usd
    else:
        usd = (amount * of.usd / of.budget).quantize(step(USD)) if of.budget else rate.in_dollars(amount)  # fmt: skip
    if len({each.rate for each in came}) > 1 and of.usd:
        rate = replace(rate, units=(of.budget / of.usd).quantize(AVERAGE).normalize())
    return rate, usd
