"""The movements of a case as IATI transactions, and its budget lines by year: pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from workflow.exports.iati.elements import element, on, told, value
from workflow.ledger.accounts import ACTS, AccountKind, MoneyAct, Movement
from workflow.ledger.books import BookedMovement

# Code list TransactionType: what each act is. What comes in kind is no flow of money and has none.
TYPES: Mapping[MoneyAct, str] = {
    MoneyAct.PLEDGE: "13",
    MoneyAct.COMMITMENT: "11",
    MoneyAct.RECEIPT: "1",
    MoneyAct.RETURN: "1",
    MoneyAct.DISBURSEMENT: "3",
    MoneyAct.EXPENDITURE: "4",
}
INCOMING = frozenset({MoneyAct.PLEDGE, MoneyAct.COMMITMENT, MoneyAct.RECEIPT, MoneyAct.RETURN})
ORIGINAL, REVISED = "1", "2"
COMMITTED = "2"


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A party as a transaction names it: what it is called, and its type by the code list."""

    name: str
    type: str


def transactions_of(
    counting: Iterable[BookedMovement], parties: Mapping[str, NamedParty], source: str = ""
) -> Iterator[Any]:
    """A transaction for each movement that counts, by its day; of one source alone where it is named.

    What was returned is incoming money below zero, and so is whatever takes another movement back.
    """
    for each in counting:
        movement = each.movement
        if movement.act in TYPES and source in {"", movement.account.source}:
            yield _transaction(each, movement, parties)


def budgets_of(counting: Iterable[BookedMovement], source: str = "") -> Iterator[Any]:
    """A budget for each year and currency in which budget lines come to something.

    One to or from which money was transferred is a revised one.
    """
    revised: set[tuple[int, str]] = set()
    sums: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for each in counting:
        for side in each.movement.entries:
            at = side.account
            if at.kind is AccountKind.BUDGET and at.year and source in {"", at.source}:
                sums[at.year, side.currency] += side.amount
                if each.movement.act is MoneyAct.TRANSFER:
                    revised.add((at.year, side.currency))
    for (year, currency), amount in sorted(sums.items()):
        if amount:
            first = date(year, 1, 1)
            days = on("period-start", first), on("period-end", date(year, 12, 31))
            type_ = REVISED if (year, currency) in revised else ORIGINAL
            yield element(
                "budget", *days, value(amount, currency, first), type=type_, status=COMMITTED
            )


def _transaction(each: BookedMovement, of: Movement, parties: Mapping[str, NamedParty]) -> Any:
    amount = -of.amount if of.act is MoneyAct.RETURN else of.amount
    at = of.account
    made = element(
        "transaction",
        element("transaction-type", code=TYPES[of.act]),
        on("transaction-date", of.on),
        value(amount, of.currency, each.rate_on),
        told("description", str(ACTS[of.act])),
        ref=str(of.number),
    )
    if of.act in INCOMING:
        made.append(_named("provider-org", parties[at.source]))
    elif of.act is MoneyAct.DISBURSEMENT:
        made.append(_named("receiver-org", parties[at.holder]))
    elif at.holder:
        made.append(_named("provider-org", parties[at.holder]))
    return made


def _named(name: str, party: NamedParty) -> Any:
    return told(name, party.name, type=party.type)
