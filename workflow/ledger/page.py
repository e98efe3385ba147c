"""The page of a case's money: what came of whom by a day, each movement, and what waits to be certified."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty
from workflow.ledger import books
from workflow.ledger.accounts import AccountKind, Movement
from workflow.ledger.balances import (
    KEEPS,
    NOTHING,
    SourceLine,
    balances,
    by_source,
    in_dollars,
    summed,
    widest,
)
from workflow.ledger.books import BookedMovement
from workflow.ledger.budget_lines import BudgetLine, SourceBudget, budget_lines, source_budgets
from workflow.ledger.duties import MoneyDuties, money_duties
from workflow.ledger.promises.earmarks import Earmark, earmarks
from workflow.ledger.promises.payments import ExpectedPayment, payments
from workflow.ledger.reconciliation.compare import Reconciliation
from workflow.ledger.reconciliation.question import reconciliation
from workflow.people.models import Party
from workflow.programmes.visible_case import VisibleCase, visible_case
from workflow.reference import reference
from workflow.vocabulary import HOUSE, Footing

# Accounts on which money stands that was received and is neither spent nor returned.
HOLDING = frozenset({AccountKind.RECEIVED, AccountKind.DISBURSED})


@dataclass(frozen=True, slots=True)
class BookLine:
    """A movement that counts, with what was left of its source in its currency after it.

    `taken_back` names the movement that takes it back.
    """

    recorded: BookedMovement
    balance: Decimal
    taken_back: int | None


@dataclass(frozen=True, slots=True)
class HeldMoney:
    """What is left of what was received of a source, with whom it is: the office where no holder is named."""

    source: str
    holder: str
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class EarmarkLine:
    """An earmark, with what of its money was received and is left, by currency."""

    earmark: Earmark
    left: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """The money of a case as one person may see it, as it stood at the end of a day.

    What waits, what was declined, and what is earmarked and expected, is shown to those who take part, and
    to whoever keeps the books.
    """

    case: VisibleCase
    on: date
    sources: tuple[SourceLine, ...]
    currencies: tuple[SourceLine, ...]
    total: SourceLine
    held: tuple[HeldMoney, ...]
    lines: tuple[BookLine, ...]
    waiting: tuple[BookedMovement, ...]
    declined: tuple[BookedMovement, ...]
    budget: tuple[BudgetLine, ...]
    of_sources: tuple[SourceBudget, ...]
    reconciliation: Reconciliation
    earmarks: tuple[EarmarkLine, ...]
    payments: tuple[ExpectedPayment, ...]
    duties: MoneyDuties
    names: Mapping[str, str]
    choices: tuple[tuple[str, str], ...]
    holders: tuple[tuple[str, str], ...]

    @property
    def open(self) -> bool:
        """Whether money can be recorded of it by anybody."""
        return (
            self.case.footing is Footing.MANAGED
            and not self.case.definition.states[self.case.state].final
        )

    @property
    def widest(self) -> Decimal:
        """The greatest amount of a source, beside which the others are drawn."""
        return widest(self.sources)

    @property
    def mixed(self) -> bool:
        """Whether there is money in another currency than dollars."""
        return any(each.currency != self.total.currency for each in self.currencies)


def money_page(
    session: Session, engine: Engine, person: int, ref: str, on: date | None = None
) -> MoneyPage:
    """The money of the case called `ref`; somebody who may not know of it is told that there is none."""
    case = visible_case(session, engine, person, ref)
    duties = money_duties(session, case, person, case.today)
    kept = books.recorded(session, case.id)
    inside = case.sight.whole or duties.any
    day = min(on or case.today, case.today)
    certain = _with(kept, books.CERTIFIED)
    counting = books.certified(certain)
    dollars = in_dollars(counting, day)
    marks = earmarks(session, case.id) if inside else {}
    expected = payments(session, case.id) if inside else ()
    return MoneyPage(
        case=case,
        on=day,
        sources=dollars,
        currencies=by_source(counting, day),
        total=summed(dollars),
        held=tuple(held_by(counting, day)),
        lines=tuple(_lines(each for each in kept if each.movement.on <= day)),
        waiting=_with(kept, books.WAITING) if inside else (),
        declined=_with(kept, books.DECLINED) if inside else (),
        budget=budget_lines(counting, day),
        of_sources=source_budgets(counting, day),
        reconciliation=reconciliation(session, engine, case, kept if inside else certain, day),
        earmarks=tuple(_earmarks(marks.values(), counting, day)),
        payments=expected,
        duties=duties,
        names=names_of(session, kept, *_promising(marks.values(), expected)),
        choices=_sources(session, case.id) if duties.any else (),
        holders=_holders(session) if duties.any else (),
    )


def _earmarks(
    marks: Iterable[Earmark], counting: Sequence[Movement], day: date
) -> Iterator[EarmarkLine]:
    """The earmarks, with what of their money is left by a day, whoever holds it."""
    left: dict[tuple[int, str], Decimal] = {}
    for (account, currency), amount in balances(counting, day).items():
        if account.kind in HOLDING and account.earmark:
            place = account.earmark, currency
            left[place] = left.get(place, NOTHING) + amount
    for each in marks:
        of_it = sorted(
            (cur, amount) for (number, cur), amount in left.items() if number == each.number
        )
        yield EarmarkLine(each, tuple(of_it))


def _promising(marks: Iterable[Earmark], expected: Iterable[ExpectedPayment]) -> Iterator[str]:
    """The parties that earmarks and payments name."""
    yield from (each.source for each in marks)
    for each in expected:
        yield from (each.source, each.holder)


def _lines(kept: Iterable[BookedMovement]) -> Iterator[BookLine]:
    counting = [each for each in kept if each.outcome == books.CERTIFIED]
    taken = {each.movement.corrects: each.movement.number for each in counting}
    left: dict[tuple[str, str], Decimal] = {}
    for each in counting:
        movement = each.movement
        place = movement.account.source, movement.currency
        moved = KEEPS.get(movement.act, 0) * movement.amount
        left[place] = left.get(place, NOTHING) + moved
        yield BookLine(each, left[place], taken.get(movement.number))


def held_by(counting: Sequence[Movement], day: date) -> Iterator[HeldMoney]:
    """What is left of what was received by a day, with whom it is."""
    standing = balances(counting, day)
    found: dict[tuple[str, str, str], Decimal] = {}
    for (account, currency), amount in standing.items():
        if account.kind in HOLDING:
            place = account.source, account.holder, currency
            found[place] = found.get(place, NOTHING) + amount
    return (HeldMoney(*place, found[place]) for place in sorted(found))


def _with(kept: Iterable[BookedMovement], outcome: str) -> tuple[BookedMovement, ...]:
    return tuple(each for each in kept if each.outcome == outcome)


def names_of(session: Session, kept: Iterable[BookedMovement], *others: str) -> Mapping[str, str]:
    """What the parties are called that these movements name, and these others, by their keys."""
    keys = {*others} | {entry.account.source for each in kept for entry in each.movement.entries}
    keys |= {entry.account.holder for each in kept for entry in each.movement.entries}
    if not keys:
        return {}
    return dict(session.execute(select(Party.key, Party.name).where(Party.key.in_(keys))).all())


def _sources(session: Session, case_id: int) -> tuple[tuple[str, str], ...]:
    """Whose money it may be: those that take part first, then the house, whoever gives, and countries."""
    here = select(CaseParty.party_id).where(CaseParty.case_id == case_id)
    first = select(Party.key, Party.name).where(Party.id.in_(here)).order_by(Party.name)
    others = (
        select(Party.key, Party.name)
        .where((Party.key == HOUSE) | Party.gives, Party.id.not_in(here))
        .order_by(Party.name)
    )
    return _with_countries(
        (row.key, row.name) for asked in (first, others) for row in session.execute(asked)
    )


def _holders(session: Session) -> tuple[tuple[str, str], ...]:
    """Who can hold money beside the house: those that execute, and countries."""
    able = select(Party.key, Party.name).where(Party.executes).order_by(Party.name)
    return _with_countries((row.key, row.name) for row in session.execute(able))


def _with_countries(named: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The parties, and after them every country of the reference list that is not among them."""
    found = dict(named)
    listed = sorted(reference().countries.values(), key=lambda each: each.name)
    countries = {each.iso3.lower(): each.name for each in listed}
    return tuple({**found, **{k: name for k, name in countries.items() if k not in found}}.items())
