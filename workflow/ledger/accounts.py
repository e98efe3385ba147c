"""Accounts and movements: money leaves one account and reaches another, so that nothing is lost: pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workflow.phrase import Phrase, phrase


class AccountKind(StrEnum):
    """What money on an account is: promised, here, passed on or gone.

    `source` and `unallocated` stand for what is outside of the ledger: they alone may be below zero.
    """

    SOURCE = "source"
    PLEDGED = "pledged"
    COMMITTED = "committed"
    RECEIVED = "received"
    IN_KIND = "in_kind"
    RETURNED = "returned"
    DISBURSED = "disbursed"
    SPENT = "spent"
    UNALLOCATED = "unallocated"
    BUDGET = "budget"


class MoneyAct(StrEnum):
    """What somebody records of money."""

    BUDGET = "budget"
    PLEDGE = "pledge"
    COMMITMENT = "commitment"
    RECEIPT = "receipt"
    IN_KIND = "in_kind"
    RETURN = "return"
    DISBURSEMENT = "disbursement"
    EXPENDITURE = "expenditure"
    TRANSFER = "transfer"


OUTSIDE = frozenset({AccountKind.SOURCE, AccountKind.UNALLOCATED})
# From which kind of account each act takes, and to which it brings. An expenditure of what was
# disbursed to a party takes from there. A transfer goes from one budget line to another.
WAYS: Mapping[MoneyAct, tuple[AccountKind, AccountKind]] = {
    MoneyAct.BUDGET: (AccountKind.UNALLOCATED, AccountKind.BUDGET),
    MoneyAct.PLEDGE: (AccountKind.SOURCE, AccountKind.PLEDGED),
    MoneyAct.COMMITMENT: (AccountKind.SOURCE, AccountKind.COMMITTED),
    MoneyAct.RECEIPT: (AccountKind.COMMITTED, AccountKind.RECEIVED),
    MoneyAct.IN_KIND: (AccountKind.SOURCE, AccountKind.IN_KIND),
    MoneyAct.RETURN: (AccountKind.RECEIVED, AccountKind.RETURNED),
    MoneyAct.DISBURSEMENT: (AccountKind.RECEIVED, AccountKind.DISBURSED),
    MoneyAct.EXPENDITURE: (AccountKind.RECEIVED, AccountKind.SPENT),
}
ACTS: Mapping[MoneyAct, Phrase] = {
    MoneyAct.BUDGET: phrase("Budget line"),
    MoneyAct.PLEDGE: phrase("Pledge"),
    MoneyAct.COMMITMENT: phrase("Commitment"),
    MoneyAct.RECEIPT: phrase("Receipt"),
    MoneyAct.IN_KIND: phrase("Contribution in kind"),
    MoneyAct.RETURN: phrase("Return"),
    MoneyAct.DISBURSEMENT: phrase("Disbursement"),
    MoneyAct.EXPENDITURE: phrase("Expenditure"),
    MoneyAct.TRANSFER: phrase("Transfer between budget lines"),
}
# Of the two sides of a movement the second is the one that its act brings money to.
REACHED = 1


@dataclass(frozen=True, slots=True)
class Account:
    """Where money stands: whose it is, who holds it, and for what, as far as that applies.

    `source` and `holder` are keys of parties; without a holder it is the office that keeps the
    money. `year` is 0 where none is said, and `earmark` where it may be spent for anything.
    """

    kind: AccountKind
    source: str
    holder: str = ""
    year: int = 0
    output: str = ""
    category: str = ""
    country: str = ""
    earmark: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a movement: what comes to an account is above zero, what leaves it below."""

    account: Account
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Movement:
    """One act of money on a day; a correction names by its number the movement that it takes back.

    `usd` is what its amount came to in United States dollars at the rate of its day, below zero for
    a correction. `paper` names the report from which it was taken over.
    """

    number: int
    act: MoneyAct
    on: date
    entries: tuple[Entry, ...]
    usd: Decimal
    corrects: int | None = None
    paper: str = ""

    @property
    def amount(self) -> Decimal:
        """What reached the account that its act brings money to; below zero for a correction."""
        return self._reached.amount

    @property
    def currency(self) -> str:
        """The currency of its amount."""
        return self._reached.currency

    @property
    def account(self) -> Account:
        """The account that its act brings money to."""
        return self._reached.account

    @property
    def _reached(self) -> Entry:
        return self.entries[REACHED]

    @property
    def left(self) -> Account:
        """The account that its act takes money from."""
        return self.entries[0].account

    def budgeted(self) -> Iterator[tuple[Account, Decimal]]:
        """The budget lines that it changes, each with what comes to it in dollars."""
        for place, each in enumerate(self.entries):
            if each.account.kind is AccountKind.BUDGET:
                yield each.account, self.usd if place == REACHED else -self.usd


def entries_of(act: MoneyAct, at: Account, currency: str, amount: Decimal) -> tuple[Entry, Entry]:
    """The two sides of an act; `at` says whose money it is, who holds it and for what."""
    leaves, reaches = WAYS[act]
    if act is MoneyAct.EXPENDITURE and at.holder:
        leaves = AccountKind.DISBURSED
    lines = {AccountKind.BUDGET, AccountKind.SPENT, AccountKind.IN_KIND}
    to = replace(at, kind=reaches)
    if reaches not in lines:
        to = Account(reaches, at.source, at.holder, earmark=at.earmark)
    holder = at.holder if leaves is AccountKind.DISBURSED else ""
    earmark = 0 if leaves in OUTSIDE else at.earmark
    of = Account(leaves, at.source, holder, earmark=earmark)
    return Entry(of, currency, -amount), Entry(to, currency, amount)


def line_of(account: Account) -> Account | None:
    """The budget line under which money on an account was used; none of money that is not used yet."""
    if account.kind not in {AccountKind.SPENT, AccountKind.IN_KIND}:
        return None
    return replace(account, kind=AccountKind.BUDGET, holder="", earmark=0)


def transfer_entries(
    of: Account, to: Account, currency: str, amount: Decimal
) -> tuple[Entry, Entry]:
    """The two sides of a transfer from one budget line to another."""
    return Entry(of, currency, -amount), Entry(to, currency, amount)


def counter_entries(of: Movement) -> tuple[Entry, ...]:
    """The sides of what takes a movement back."""
    return tuple(replace(each, amount=-each.amount) for each in of.entries)


def unbalanced(entries: Iterable[Entry]) -> dict[str, Decimal]:
    """What the entries come to in each currency in which they do not sum to zero."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for each in entries:
        sums[each.currency] += each.amount
    return {currency: total for currency, total in sums.items() if total}
