"""A statement of money: by source, by programme and both, in dollars and in the currencies that came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.permissions.visibility import audits
from workflow.errors import NotFound
from workflow.frameworks.queries import framework_page
from workflow.ledger.balances import SourceLine, sources_in_dollars, summed, widest
from workflow.ledger.statements.sums import (
    CaseSums,
    HeldSum,
    StatementScope,
    case_sums,
    held_sums,
)
from workflow.people.models import Party
from workflow.phrase import Phrase, phrase

# So many programmes a page lists; the table and the workbook have all of them.
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class MoneyShare:
    """The money of one case, in dollars: of one source, or of all of them."""

    ref: str
    title: str
    line: SourceLine


@dataclass(frozen=True, slots=True)
class MoneyStatement:
    """What of the money in its scope counts by a day, of the cases that one person may know of.

    `whole` says that the person may know of every case, so that nothing is left out. `held` is what
    a party holds of the money of others.
    """

    scope: StatementScope
    title: str
    on: date
    today: date
    sources: tuple[SourceLine, ...]
    currencies: tuple[SourceLine, ...]
    programmes: tuple[MoneyShare, ...]
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


def statement(
    session: Session, scope: StatementScope, person: int, now: datetime, on: date | None = None
) -> MoneyStatement:
    """The statement of a scope by a day; refuses a framework or a party that is not there."""
    title = _title(session, scope)
    today = now.date()
    day = min(on or today, today)
    found = case_sums(session, scope, person, today, day)
    held = held_sums(session, scope.source, person, today, day) if scope.source else ()
    sources = sources_in_dollars(each.sums for each in found)
    return MoneyStatement(
        scope=scope,
        title=title,
        on=day,
        today=today,
        sources=sources,
        currencies=_by_currency(found),
        programmes=_by_programme(found),
        shares=_shares(found),
        total=summed(sources),
        held=held,
        names=_names(
            session, {*(e.source for e in sources), *(e.source for e in held), scope.source}
        ),
        whole=audits(session, person, today),
    )


def _title(session: Session, scope: StatementScope) -> str:
    if scope.framework:
        return framework_page(session, scope.framework).line.title
    if not scope.source:
        return ""
    name = session.scalar(select(Party.name).where(Party.key == scope.source))
    if name is None:
        raise NotFound(phrase("There is no party called %(key)s.", key=scope.source))
    return name


def _by_programme(found: Sequence[CaseSums]) -> tuple[MoneyShare, ...]:
    cases: dict[tuple[str, str], list[CaseSums]] = defaultdict(list)
    for each in found:
        cases[each.ref, each.title].append(each)
    return tuple(
        MoneyShare(ref, title, summed([each.sums.in_dollars for each in of_one]))
        for (ref, title), of_one in cases.items()
    )


def _shares(found: Sequence[CaseSums]) -> tuple[MoneyShare, ...]:
    """The money of each source in each programme."""
    cases: dict[tuple[str, str, str], list[CaseSums]] = defaultdict(list)
    for each in found:
        cases[each.ref, each.title, each.sums.source].append(each)
    return tuple(
        MoneyShare(ref, title, summed([each.sums.in_dollars for each in of_one], source))
        for (ref, title, source), of_one in cases.items()
    )


def _by_currency(found: Iterable[CaseSums]) -> tuple[SourceLine, ...]:
    lines: dict[tuple[str, str], list[SourceLine]] = defaultdict(list)
    for each in found:
        lines[each.sums.source, each.sums.currency].append(each.sums.line)
    summed_up = (summed(lines[place], *place) for place in sorted(lines))
    return tuple(line for line in summed_up if line.moved)


def _names(session: Session, keys: set[str]) -> Mapping[str, str]:
    asked = select(Party.key, Party.name).where(Party.key.in_(keys))
    return dict(session.execute(asked).all())
