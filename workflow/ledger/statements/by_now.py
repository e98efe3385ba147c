"""What a statement says as of now, from what is kept of each source in each case and in all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, not_, select, text
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import known_among_many
from workflow.frameworks.models import Framework
from workflow.ledger.balances import ActSums, SourceLine, summed
from workflow.ledger.currency import USD
from workflow.ledger.models import SourceMoney, SourceTotal
from workflow.ledger.shares import COLUMNS, SUMS, of_units
from workflow.ledger.statements.sums import StatementScope
from workflow.ledger.statements.totals import MoneyShare, StatementTotals
from workflow.people.models import Party
from workflow.programmes.models import Programme

_KEPT, _TOTAL = SourceMoney.__table__, SourceTotal.__table__
# Written as the index of hidden ones says it, which SQLite else would not know again.
_HIDDEN = select(SourceMoney.case_id).where(text("source_money.hidden")).distinct()
_DOLLARS = (*(usd for _, usd in COLUMNS.values()), "balance_usd", "outstanding_usd")
# A source in a currency, with its sums by their columns.
Sums = dict[tuple[str, str], dict[str, int]]


def totals_now(
    session: Session, scope: StatementScope, person: int, today: date, most: int | None
) -> StatementTotals:
    """The totals of every case that the person may know of; of `most` cases at most, and then no shares.

    Of all programmes, or of a source, they are those of all cases, less the few that were sent to nobody and that
    the person may not know of.
    """
    unknown = unknown_cases(session, person, today)
    mine = (*_of(scope), *_but(unknown))
    found = _sums(session, mine) if scope.framework else _whole(session, scope, unknown)
    programmes = _programmes(session, mine, most)
    return StatementTotals(
        sources=_sources(found),
        currencies=tuple(line for at in sorted(found) if (line := _kept(at, found[at])).moved),
        programmes=programmes[:most],
        more=most is not None and len(programmes) > most,
        shares=_shares(session, mine) if most is None else (),
    )


def size_of(session: Session, scope: StatementScope, person: int, today: date, most: int) -> int:
    """How many cases have money of each source in each currency, `most` at most."""
    mine = (*_of(scope), *_but(unknown_cases(session, person, today)))
    some = select(SourceMoney.case_id).where(*mine).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def unknown_cases(session: Session, person: int, today: date) -> Sequence[int]:
    """The cases with money that were sent to nobody and that the person may not know of.

    Those with money that were sent to nobody are few, and everybody may know of all others.
    """
    hidden = session.scalars(_HIDDEN).all()
    if not hidden:
        return ()
    known = known_among_many(person, today)
    asked = select(LifecycleCase.id).where(LifecycleCase.id.in_(hidden), not_(known))
    return session.scalars(asked).all()


def _but(unknown: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    """The condition that a row is of none of these cases."""
    return (SourceMoney.case_id.not_in(unknown),) if unknown else ()


def _of(scope: StatementScope) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a row is of the scope."""
    asked: list[ColumnElement[bool]] = []
    if scope.framework:
        within = (
            select(Programme.case_id)
            .join(Framework, Framework.id == Programme.framework_id)
            .where(Framework.key == scope.framework)
        )
        asked.append(SourceMoney.case_id.in_(within))
    if scope.source:
        asked.append(SourceMoney.source_id == _party(scope.source))
    return tuple(asked)


def _party(key: str) -> Any:
    return select(Party.id).where(Party.key == key).scalar_subquery()


def _whole(session: Session, scope: StatementScope, unknown: Sequence[int]) -> Sums:
    """The sums of all cases, less those that the person may not know of."""
    asked = select(Party.key, _TOTAL).join(Party, Party.id == _TOTAL.c.source_id)
    if scope.source:
        asked = asked.where(_TOTAL.c.source_id == _party(scope.source))
    found = {(row.key, row.currency): _units(row) for row in session.execute(asked)}
    if unknown:
        theirs = (*_of(scope), SourceMoney.case_id.in_(unknown))
        for at, less in _sums(session, theirs).items():
            found[at] = {key: found[at][key] - less[key] for key in SUMS}
    return {at: sums for at, sums in found.items() if any(sums.values())}


def _sums(session: Session, mine: Iterable[ColumnElement[bool]]) -> Sums:
    """The sums of these rows of cases."""
    asked = (
        select(Party.key, _KEPT.c.currency, *_summed(SUMS))
        .select_from(SourceMoney)
        .join(Party, Party.id == SourceMoney.source_id)
        .where(*mine)
        .group_by(Party.key, _KEPT.c.currency)
    )
    return {(row.key, row.currency): _units(row) for row in session.execute(asked)}


def _units(row: Any, keys: Sequence[str] = SUMS) -> dict[str, int]:
    return {key: int(getattr(row, key)) for key in keys}


def _summed(keys: Sequence[str]) -> Iterable[ColumnElement[Any]]:
    return (func.sum(_KEPT.c[key]).label(key) for key in keys)


def _programmes(
    session: Session, mine: Sequence[ColumnElement[bool]], most: int | None
) -> tuple[MoneyShare, ...]:
    """The cases by their names; those entered first, and one more than `most`, where there are more."""
    asked = _by_case().where(*mine)
    if most is not None:
        first = select(SourceMoney.case_id).where(*mine).group_by(SourceMoney.case_id)
        some = session.scalars(first.order_by(SourceMoney.case_id).limit(most + 1)).all()
        asked = asked.where(SourceMoney.case_id.in_(some), LifecycleCase.id.in_(some))
    return tuple(
        MoneyShare(row.ref, row.title, _in_dollars("", _units(row, _DOLLARS)))
        for row in session.execute(asked)
    )


def _shares(session: Session, mine: Iterable[ColumnElement[bool]]) -> tuple[MoneyShare, ...]:
    asked = (
        _by_case()
        .add_columns(Party.key)
        .join(Party, Party.id == SourceMoney.source_id)
        .where(*mine)
        .group_by(Party.key)
        .order_by(Party.key)
    )
    return tuple(
        MoneyShare(row.ref, row.title, _in_dollars(row.key, _units(row, _DOLLARS)))
        for row in session.execute(asked)
    )


def _by_case() -> Any:
    return (
        select(LifecycleCase.ref, LifecycleCase.title, *_summed(_DOLLARS))
        .join(SourceMoney, SourceMoney.case_id == LifecycleCase.id)
        .group_by(LifecycleCase.ref, LifecycleCase.title)
        .order_by(LifecycleCase.ref)
    )


def _sources(found: Sums) -> tuple[SourceLine, ...]:
    lines: dict[str, list[SourceLine]] = defaultdict(list)
    for (source, _), sums in found.items():
        lines[source].append(_in_dollars(source, sums))
    made = (summed(lines[source], source) for source in sorted(lines))
    return tuple(line for line in made if line.moved)


def _kept(at: tuple[str, str], units: Mapping[str, int]) -> SourceLine:
    """A source in the currency in which it came."""
    sums = ActSums(*at)
    for act, (kept, _) in COLUMNS.items():
        sums.kept[act] = of_units(units[kept], sums.currency)
    return sums.line


def _in_dollars(source: str, units: Mapping[str, int]) -> SourceLine:
    """Sums in dollars, as they were kept."""
    totals = {act: of_units(units[usd], USD) for act, (_, usd) in COLUMNS.items()}
    left, to_come = (of_units(units[key], USD) for key in ("balance_usd", "outstanding_usd"))
    return SourceLine(source, USD, totals, left, to_come)
