"""The ledger beside the papers: each figure with what the ledger says of the same, in dollars: pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from workflow.ledger.accounts import Account, MoneyAct, Movement
from workflow.ledger.balances import NOTHING
from workflow.ledger.reconciliation import figures
from workflow.ledger.reconciliation.figures import (
    BALANCE,
    OUTPUT,
    RECEIVED,
    SPENT,
    YEAR,
    PaperShape,
)
from workflow.ledger.reconciliation.paper import MoneyPaper
from workflow.ledger.reconciliation.sums import Sums, budgeted, left, promised_in, sum_of
from workflow.phrase import Phrase, counted, phrase

ONE_DAY = timedelta(days=1)
TOTAL_COST = "total_cost"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure of a paper beside that of the ledger, or why they cannot be compared.

    `waiting` is what was recorded of the same and waits to be certified; `figure` is the key of the field.
    """

    what: Phrase
    paper: MoneyPaper | None
    said: Decimal | None = None
    kept: Decimal | None = None
    waiting: Decimal = NOTHING
    why_not: Phrase | None = None
    figure: str = ""

    @property
    def difference(self) -> Decimal:
        """By how much the ledger says more than the paper; nothing where they cannot be compared."""
        if self.why_not or self.said is None or self.kept is None:
            return NOTHING
        return self.kept - self.said


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything that was compared, and what of the budget nobody has promised yet.

    `budget` is what the text in force costs; `unfunded` is below zero where more was promised.
    """

    comparisons: tuple[Comparison, ...]
    budget: Decimal | None = None
    unfunded: Decimal | None = None

    @property
    def differing(self) -> tuple[Comparison, ...]:
        """What differs."""
        return tuple(each for each in self.comparisons if each.difference)

    @property
    def uncompared(self) -> tuple[Comparison, ...]:
        """What could not be compared."""
        return tuple(each for each in self.comparisons if each.why_not)

    @property
    def verdict(self) -> Phrase:
        """Whether they agree: said only where everything was compared."""
        if len(self.uncompared) == len(self.comparisons):
            return phrase("Nothing can be compared yet.")
        if self.differing:
            return counted(
                "%(num)s figure differs from the ledger.",
                "%(num)s figures differ from the ledger.",
                len(self.differing),
            )
        if self.uncompared:
            return phrase("What could be compared agrees with the ledger; not everything could be.")
        return phrase("The ledger agrees with its papers.")


@dataclass(frozen=True, slots=True)
class Kept:
    """The movements of a case up to a day: those that count, and those that wait to be certified."""

    counting: Sequence[Movement]
    waiting: Sequence[Movement]
    on: date

    def compared(
        self, what: Phrase, paper: MoneyPaper, said: Decimal | None, sums: Sums
    ) -> Comparison:
        """A figure of a paper beside what these movements come to."""
        if said is None:
            return Comparison(what, paper, why_not=phrase("the paper does not say it"))
        return Comparison(what, paper, said, sums(self.counting), sums(self.waiting))


def reconciled(
    kept: Kept, budgets: Sequence[MoneyPaper], papers: Sequence[MoneyPaper], *, approved: bool
) -> Reconciliation:
    """The ledger beside the budget in force and each plan, and beside reports and statements up to its day."""
    if not approved:
        what = phrase("Budget in all")
        unknown = Comparison(what, None, why_not=phrase("no text has been approved yet"))
        return Reconciliation((unknown,))
    budget = list(_budget(kept, budgets))
    cost = next((each.said for each in budget), None)
    promised = promised_in(kept.counting)
    return Reconciliation(
        (*budget, *_of_papers(kept, papers)), cost, None if cost is None else cost - promised
    )


def _budget(kept: Kept, texts: Sequence[MoneyPaper]) -> Iterator[Comparison]:
    """The budget in all by the text in force, and by year and output where that text has lines."""
    telling = next((each for each in reversed(texts) if each.content.get(TOTAL_COST)), None)
    hidden = next((each for each in reversed(texts) if not each.readable), None)
    if hidden is not None or telling is None:
        why = (
            phrase("the text is not open to you")
            if hidden
            else phrase("no text says what it costs")
        )
        yield Comparison(phrase("Budget in all"), hidden, why_not=why)
        return
    said = figures.figure(telling.content, TOTAL_COST)
    if not any(each.act is MoneyAct.BUDGET for each in kept.counting):
        why = phrase("no budget line counts in the ledger")
        yield Comparison(phrase("Budget in all"), telling, said, why_not=why)
        return
    yield kept.compared(phrase("Budget in all"), telling, said, budgeted())
    yield from _budget_lines(kept, texts, telling)


def _budget_lines(
    kept: Kept, texts: Sequence[MoneyPaper], telling: MoneyPaper
) -> Iterator[Comparison]:
    lined = next((e for e in reversed(texts) if figures.lines_by(e.kind, e.content, YEAR)), None)
    column = YEAR if lined else OUTPUT
    lined = lined or next(
        (e for e in reversed(texts) if figures.lines_by(e.kind, e.content, OUTPUT)), None
    )
    if lined is None:
        return
    lines = figures.lines_by(lined.kind, lined.content, column)
    if sum(lines.values(), NOTHING) != figures.figure(telling.content, TOTAL_COST):
        why = phrase("“%(title)s” changed the total, not the lines", title=telling.title)
        yield Comparison(phrase("Budget line by line"), lined, why_not=why)
        return
    named = {_column(each, column) for of in kept.counting for each, _ in of.budgeted()}
    if named == {""}:
        why = phrase("the budget lines of the ledger do not say for which year or output they are")
        yield Comparison(phrase("Budget line by line"), lined, why_not=why)
        return
    for name in sorted({*lines, *named} - {""}):
        at: dict[str, int | str] = {
            column: int(name) if column == YEAR and name.isdecimal() else name
        }
        what = phrase("Budget of %(line)s", line=name)
        yield kept.compared(what, lined, lines.get(name, NOTHING), budgeted(**at))


def _column(of: Account, column: str) -> str:
    return of.output if column == OUTPUT else str(of.year or "")


def _of_papers(kept: Kept, papers: Sequence[MoneyPaper]) -> Iterator[Comparison]:
    before: dict[str, date] = {}
    for paper in papers:
        if paper.shape is not PaperShape.PLAN and (paper.ends or kept.on) > kept.on:
            continue
        if not paper.readable or not paper.given:
            yield Comparison(phrase("What it says of money"), paper, why_not=_why_not(paper))
        elif paper.shape is PaperShape.PLAN:
            yield from _plan(kept, paper)
        elif paper.shape is PaperShape.STATEMENT:
            yield from _moved(kept, paper, None)
        else:
            series = f"{paper.kind.key} {paper.party}"
            yield from _moved(kept, paper, paper.begins or before.get(series))
            if paper.ends:
                before[series] = paper.ends + ONE_DAY


def _why_not(paper: MoneyPaper) -> Phrase:
    if paper.given:
        return phrase("the text is not open to you")
    return phrase("it was not given, or not accepted")


def _plan(kept: Kept, paper: MoneyPaper) -> Iterator[Comparison]:
    """A work plan beside the budget of its year, and beside what was spent once that is over."""
    year = figures.year(paper.content)
    if year is None:
        yield Comparison(phrase("Planned"), paper, why_not=phrase("the plan does not say its year"))
        return
    said = figures.planned(paper.kind, paper.content)
    if any(line.year for each in kept.counting for line, _ in each.budgeted()):
        what = phrase("Planned for %(year)s, beside the budget of that year", year=str(year))
        yield kept.compared(what, paper, said, budgeted(year=year))
    if kept.on > date(year, 12, 31):
        spent = sum_of(MoneyAct.EXPENDITURE, since=date(year, 1, 1), until=date(year, 12, 31))
        what = phrase("Planned for %(year)s, beside what was spent in it", year=str(year))
        yield kept.compared(what, paper, said, spent)


def _moved(kept: Kept, paper: MoneyPaper, since: date | None) -> Iterator[Comparison]:
    """What a report or a statement says came and was spent, beside what moved in its days."""
    if paper.party and not any(each.account.holder == paper.party for each in kept.counting):
        why = phrase("the ledger knows of no money that this party holds")
        yield Comparison(phrase("What it says of money"), paper, why_not=why)
        return
    days = {"since": since, "until": paper.ends}
    at = {**days, "holder": paper.party} if paper.party else days
    came = MoneyAct.DISBURSEMENT if paper.party else MoneyAct.RECEIPT
    asked: dict[str, tuple[Phrase, Sums]] = {
        RECEIVED: (phrase("Received"), sum_of(came, **at)),
        SPENT: (phrase("Spent"), sum_of(MoneyAct.EXPENDITURE, **at)),
        BALANCE: (phrase("Balance"), left(came, **at)),
    }
    fields = {field.key for field in paper.kind.fields()}
    for key, (act, sums) in asked.items():
        if key in fields:
            what = _when(act, paper.ends, since)
            said = figures.figure(paper.content, key)
            yield replace(kept.compared(what, paper, said, sums), figure=key)


def _when(act: Phrase, until: date | None, since: date | None) -> Phrase:
    if until is None:
        return act
    if since is None:
        return phrase("%(act)s until %(until)s", act=act, until=until)
    return phrase("%(act)s from %(since)s to %(until)s", act=act, since=since, until=until)
