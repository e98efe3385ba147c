"""A statement of money: by source, by programme and both, in dollars and in the currencies that came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.permissions.visibility import audits
from workflow.errors import NotFound
from workflow.frameworks.queries import framework_page
from workflow.ledger.balances import SourceLine, summed, widest
from workflow.ledger.statements.by_now import totals_now
from workflow.ledger.statements.sums import HeldSum, StatementScope, case_sums, held_sums
from workflow.ledger.statements.totals import MoneyShare, StatementTotals, totals_of
from workflow.people.models import Party
from workflow.phrase import Phrase, phrase

# So many programmes a page lists; the table and the workbook have all of them.
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class MoneyStatement:
    """What of the money in its scope counts by a day, of the cases that one person may know of.

    `whole` says that the person may know of every case, so that nothing is left out. `held` is what
    a party holds of the money of others. As many programmes stand in it as were asked for; `more` says that there are others.
    """

    scope: StatementScope
    title: str
    on: date
    today: date
    sources: tuple[SourceLine, ...]
    currencies: tuple[SourceLine, ...]
    programmes: tuple[MoneyShare, ...]
    more: bool
    shares: tuple[MoneyShare, ...]
    total: SourceLine
    held: tuple[HeldSum, ...]
    names: Mapping[str, str]
    whole: bool

    @property
    def widest(self) -> Decimal:
        """The greatest amount of a source, beside which the others are drawn."""
        return widest(self.sources)

    @property
    def mixed(self) -> bool:
        """Whether there is money in another currency than dollars."""
        return any(each.currency != self.total.currency for each in self.currencies)

    @property
    def scope_said(self) -> Phrase:
        """Which programmes it is about, without a word on those that the reader may not know of."""
        if self.whole:
            return phrase("Every programme is in it.")
        return phrase("Programmes that are not open to you yet are not in it.")


def statement(  # of whom, for whom, when and how much of it
    session: Session,
    scope: StatementScope,
    person: int,
    now: datetime,
    on: date | None = None,
    most: int | None = None,
) -> MoneyStatement:
    """The statement of a scope by a day, with all programmes or the first `most`; refuses a framework or a party that is not there."""
    title = _title(session, scope)
    today = now.date()
    day = min(on or today, today)
    found = _totals(session, scope, person, (today, day), most)
    held = held_sums(session, scope.source, person, today, day) if scope.source else ()
    return MoneyStatement(
        scope=scope,
        title=title,
        on=day,
        today=today,
        sources=found.sources,
        currencies=found.currencies,
        programmes=found.programmes,
        more=found.more,
        shares=found.shares,
        total=summed(found.sources),
        held=held,
        names=_names(
            session, {*(e.source for e in found.sources), *(e.source for e in held), scope.source}
        ),
        whole=audits(session, person, today),
    )


def _totals(
    session: Session,
    scope: StatementScope,
    person: int,
    days: tuple[date, date],
    most: int | None,
) -> StatementTotals:
    """The totals: of today from what is kept, by a day before movement by movement."""
    today, day = days
    if day == today:
        return totals_now(session, scope, person, today, most)
    return totals_of(case_sums(session, scope, person, today, day), most)


def _title(session: Session, scope: StatementScope) -> str:
    if scope.framework:
        return framework_page(session, scope.framework).line.title
    if not scope.source:
        return ""
    name = session.scalar(select(Party.name).where(Party.key == scope.source))
    if name is None:
        raise NotFound(phrase("There is no party called %(key)s.", key=scope.source))
    return name


def _names(session: Session, keys: set[str]) -> Mapping[str, str]:
    asked = select(Party.key, Party.name).where(Party.key.in_(keys))
    return dict(session.execute(asked).all())
