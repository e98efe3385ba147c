"""What a statement says: by source, by currency, by case and by both, and how that came about by a past day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflow.ledger.balances import SourceLine, sources_in_dollars, summed
from workflow.ledger.statements.sums import CaseSums


@dataclass(frozen=True, slots=True)
class MoneyShare:
    """The money of one case, in dollars: of one source, or of all of them."""

    ref: str
    title: str
    line: SourceLine


@dataclass(frozen=True, slots=True)
class StatementTotals:
    """Money by source in dollars, by source in its currency, by case, and of each source in each case.

    Among `programmes` are as many as were asked for, and `more` says that there are others.
    """

    sources: tuple[SourceLine, ...]
    currencies: tuple[SourceLine, ...]
    programmes: tuple[MoneyShare, ...]
    more: bool
    shares: tuple[MoneyShare, ...]


def totals_of(found: Sequence[CaseSums], most: int | None) -> StatementTotals:
    """The totals of sums case by case; of `most` cases at most, and no shares, where so many are asked for."""
    programmes = _by_programme(found)
    return StatementTotals(
        sources=sources_in_dollars(each.sums for each in found),
        currencies=_by_currency(found),
        programmes=programmes[:most],
        more=most is not None and len(programmes) > most,
        shares=_shares(found) if most is None else (),
    )


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
