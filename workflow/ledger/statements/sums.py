"""What counts of many cases by a day, summed exactly by the database: no movement is read one by one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, String, cast, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import known_among_many
from workflow.frameworks.models import Framework
from workflow.ledger.accounts import REACHED, MoneyAct
from workflow.ledger.balances import ActSums
from workflow.ledger.books import CERTIFIED
from workflow.ledger.currency import USD, digits
from workflow.ledger.models import MoneyEarmark, MoneyEntry, MoneyMovement, MoneyVerdict
from workflow.people.models import Party
from workflow.programmes.models import Programme

_SOURCE, _HOLDER = aliased(Party), aliased(Party)


@dataclass(frozen=True, slots=True)
class StatementScope:
    """Of which money a statement is: of a framework, of a source, or of all where neither is named."""

    framework: str = ""
    source: str = ""

    def of(self) -> Iterable[ColumnElement[bool]]:
        """The conditions that a movement is of it."""
        if self.framework:
            within = (
                select(Programme.case_id)
                .join(Framework, Framework.id == Programme.framework_id)
                .where(Framework.key == self.framework)
            )
            yield MoneyMovement.case_id.in_(within)
        if self.source:
            yield MoneyEntry.source_id.in_(select(Party.id).where(Party.key == self.source))


@dataclass(frozen=True, slots=True)
class CaseSums:
    """What each act came to in one case, of one source in one currency."""

    ref: str
    title: str
    sums: ActSums


@dataclass(frozen=True, slots=True)
class HeldSum:
    """What a party was given of one source in one case, what it spent of that, and so what it holds."""

    ref: str
    title: str
    source: str
    currency: str
    disbursed: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """What it holds."""
        return self.disbursed - self.spent


def case_sums(
    session: Session, scope: StatementScope, person: int, today: date, on: date
) -> tuple[CaseSums, ...]:
    """The sums of every case that the person may know of, by the end of a day, in order."""
    found: dict[tuple[str, str, str], CaseSums] = {}
    asked = _counting(person, today, on).where(*scope.of())
    for row in session.execute(asked):
        place = row.ref, row.source, row.currency
        if place not in found:
            found[place] = CaseSums(row.ref, row.title, ActSums(row.source, row.currency))
        sums, act = found[place].sums, MoneyAct(row.act)
        if act is MoneyAct.TRANSFER:
            continue
        sums.kept[act] += _amount(row.amount, row.currency)
        sums.usd[act] += _amount(row.usd, USD)
    return tuple(found[place] for place in sorted(found))


def held_sums(
    session: Session, holder: str, person: int, today: date, on: date
) -> tuple[HeldSum, ...]:
    """What a party holds of the money of others in each such case, in order."""
    acts = {MoneyAct.DISBURSEMENT: Decimal(0), MoneyAct.EXPENDITURE: Decimal(0)}
    found: dict[tuple[str, str, str, str], dict[MoneyAct, Decimal]] = {}
    asked = _counting(person, today, on).where(
        MoneyEntry.holder_id.in_(select(Party.id).where(Party.key == holder)),
        MoneyMovement.act.in_([each.value for each in acts]),
    )
    for row in session.execute(asked):
        place = row.ref, row.title, row.source, row.currency
        sums = found.setdefault(place, dict(acts))
        sums[MoneyAct(row.act)] += _amount(row.amount, row.currency)
    return tuple(HeldSum(*place, *found[place].values()) for place in sorted(found))


def received(
    session: Session, sources: Sequence[int], person: int | None, today: date
) -> Mapping[int, tuple[tuple[str, Decimal], ...]]:
    """What came of each of these sources by a day, by currency, in the cases that the person may know of."""
    asked = (
        select(MoneyEntry.source_id, MoneyEntry.currency, _units(MoneyEntry.amount))
        .join(MoneyMovement, MoneyMovement.id == MoneyEntry.movement_id)
        .join(MoneyVerdict, MoneyVerdict.movement_id == MoneyMovement.id)
        .join(LifecycleCase, LifecycleCase.id == MoneyMovement.case_id)
        .where(
            MoneyVerdict.outcome == CERTIFIED,
            MoneyEntry.place == REACHED,
            MoneyEntry.source_id.in_(sources),
            MoneyMovement.act == MoneyAct.RECEIPT.value,
            MoneyMovement.moved_on <= today,
            *(() if person is None else (known_among_many(person, today),)),
        )
        .group_by(MoneyEntry.source_id, MoneyEntry.currency)
        .order_by(MoneyEntry.source_id, MoneyEntry.currency)
    )
    found: dict[int, tuple[tuple[str, Decimal], ...]] = {}
    for source, currency, units in session.execute(asked):
        found[source] = (*found.get(source, ()), (currency, _amount(units, currency)))
    return found


def unmet_conditions(
    session: Session, sources: Sequence[int], person: int | None, today: date
) -> Mapping[int, int]:
    """How many conditions of the money of each of these sources were not met, in cases that the person may know of."""
    asked = (
        select(MoneyEarmark.source_id, func.count())
        .join(LifecycleCase, LifecycleCase.id == MoneyEarmark.case_id)
        .where(
            MoneyEarmark.source_id.in_(sources),
            MoneyEarmark.condition != "",
            MoneyEarmark.met_on.is_(None),
            *(() if person is None else (known_among_many(person, today),)),
        )
        .group_by(MoneyEarmark.source_id)
    )
    return dict(session.execute(asked).all())


def _counting(person: int, today: date, on: date) -> Select[Any]:
    """The sum of each act that counts by a day, of each source in each currency, case by case."""
    place = (
        LifecycleCase.ref,
        LifecycleCase.title,
        MoneyMovement.act,
        _SOURCE.key,
        MoneyEntry.currency,
    )
    return (
        select(
            *place[:3], _SOURCE.key.label("source"), MoneyEntry.currency,
            _units(MoneyEntry.amount).label("amount"), _units(MoneyMovement.usd).label("usd"),
        )
        .join(MoneyMovement, MoneyMovement.case_id == LifecycleCase.id)
        .join(MoneyVerdict, MoneyVerdict.movement_id == MoneyMovement.id)
        .join(MoneyEntry, MoneyEntry.movement_id == MoneyMovement.id)
        .join(_SOURCE, _SOURCE.id == MoneyEntry.source_id)
        .where(
            MoneyVerdict.outcome == CERTIFIED,
            MoneyEntry.place == REACHED,
            MoneyMovement.moved_on <= on,
            known_among_many(person, today),
        )
        .group_by(*place)
    )  # fmt: skip


def _units(amount: Any) -> ColumnElement[int]:
    """The sum of amounts in the smallest units of their currency, of which each is kept with all digits."""
    written = func.replace(type_coerce(amount, String), ".", "")
    return func.sum(cast(written, BigInteger))


def _amount(units: int | Decimal, currency: str) -> Decimal:
    return Decimal(units).scaleb(-digits(currency))
