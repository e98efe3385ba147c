"""What accepted reports say was spent and the ledger lacks, with the money of which it may have been: pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.ledger.accounts import AccountKind, Movement
from workflow.ledger.balances import balances
from workflow.ledger.currency import USD
from workflow.ledger.reconciliation.compare import Comparison
from workflow.ledger.reconciliation.figures import SPENT
from workflow.ledger.reconciliation.paper import MoneyPaper

HOLDING = frozenset({AccountKind.RECEIVED, AccountKind.DISBURSED})


@dataclass(frozen=True, slots=True)
class HeldPot:
    """Money in dollars that somebody holds of a source: the office where there is no holder."""

    source: str
    holder: str
    earmark: int
    left: Decimal

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.source} {self.holder} {self.earmark}"


@dataclass(frozen=True, slots=True)
class ReportOffer:
    """What of a report may be recorded: so much that it says was spent, by its last day, of one of the pots.

    The pot with the most money comes first.
    """

    paper: MoneyPaper
    missing: Decimal
    on: date
    pots: tuple[HeldPot, ...]

    @property
    def key(self) -> str:
        """What names the report: its case, the document and the version that was accepted."""
        return paper_key(self.paper)


def paper_key(of: MoneyPaper) -> str:
    """What names a paper: its case, the document and the version."""
    return f"{of.ref}/{of.kind.key}/{of.version}"


def offers(
    compared: Sequence[Comparison], counting: Sequence[Movement], today: date
) -> tuple[ReportOffer, ...]:
    """An offer for each report of which more was said than is recorded, what waits included."""
    return tuple(_offers(compared, counting, today))


def _offers(
    compared: Sequence[Comparison], counting: Sequence[Movement], today: date
) -> Iterator[ReportOffer]:
    for each in compared:
        paper = each.paper
        if each.figure != SPENT or paper is None:
            continue
        missing = -each.difference - each.waiting
        if missing > 0:
            on = min(paper.ends or today, today)
            yield ReportOffer(paper, missing, on, _pots(counting, paper.party, on))


def _pots(counting: Sequence[Movement], party: str, on: date) -> tuple[HeldPot, ...]:
    """The money in dollars on a day of which a report may tell: what its party holds, or anybody."""
    found = (
        HeldPot(account.source, account.holder, account.earmark, amount)
        for (account, currency), amount in balances(counting, on).items()
        if currency == USD and amount > 0 and account.kind in HOLDING
        if party in {"", account.holder}
    )
    return tuple(sorted(found, key=lambda each: (-each.left, each.source, each.holder)))
