"""A statement to be taken away: the numbers of its page, and each source in each programme; ordered where it is long."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from web.access import now, person
from web.money.iati import XML, written
from web.money.sheets import SOURCES, exactly, sums_of
from web.money.words import day_asked
from web.orders.kind import Kind, Task, Wanted
from web.tables.comma_separated import write_table
from web.tables.workbook import XLSX, Cell, Sheet, in_text, write_workbook
from workflow.engine.engine import Engine
from workflow.ledger.statements.by_now import size_of
from workflow.ledger.statements.statement import MoneyStatement, statement
from workflow.ledger.statements.sums import StatementScope
from workflow.ledger.statements.totals import MoneyShare
from workflow.orders.kinds import OrderKind, Said
from workflow.oversight.as_of.known import rights_then
from workflow.oversight.events.basis import refuse_unknown

SHARES = ("programme", "title", *SOURCES)
HELD = ("programme", "title", "source", "currency", "disbursed", "spent", "left")
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "xml": XML}
# An activity is as much as so many rows of a table.
ACTIVITY = 50


def wanted_statement(args: Mapping[str, str]) -> Wanted:
    """The statement that an address asks for, and as which file."""
    form = args.get("form", "")
    return {
        "form": form if form in TYPES else "csv",
        "framework": args.get("framework", ""),
        "source": args.get("source", ""),
        "on": (day_asked(args.get("on", "")) or now().date()).isoformat(),
    }


def rows_in(session: Session, wanted: Wanted, most: int) -> int:
    """How many rows it has, or activities as so many rows; no more than `most` are counted."""
    found = size_of(session, _scope(wanted), person().id, now().date(), most)
    return found * ACTIVITY if wanted["form"] == "xml" else found


def _make(task: Task) -> Said:
    """Write the statement as its person may know of it; returns on which rights."""
    wanted, asked = task.wanted, task.engine.now()
    with task.engine.reading() as session:
        made = rights_then(session, task.person, asked)
        on = date.fromisoformat(wanted["on"])
        of = statement(session, _scope(wanted), task.person, asked, on)
    whole = len(of.programmes)

    def told(shares: Iterator[MoneyShare]) -> Iterator[tuple[Cell, ...]]:
        refs: set[str] = set()
        for each in shares:
            refs.add(each.ref)
            task.shown(len(refs), whole)
            yield _share(of, each)

    if wanted["form"] == "xml":
        refs = [each.ref for each in of.programmes]
        task.to.write(written(task.engine, task.person, refs, wanted["source"], task.shown))
    elif wanted["form"] == "csv":
        rows = told(iter(of.shares))
        write_table(task.to, SHARES, ([in_text(cell) for cell in row] for row in rows))
    else:
        write_workbook(task.to, of.on, _sheets(of, [*told(iter(of.shares))]))
    return made


def _sheets(of: MoneyStatement, shares: list[tuple[Cell, ...]]) -> list[Sheet]:
    """The sums by source, by programme and by both, and what a party holds."""
    sheets = [
        Sheet("Sources in USD", SOURCES, [sums_of(e, of.names) for e in (*of.sources, of.total)]),
        Sheet("Sources by currency", SOURCES, [sums_of(e, of.names) for e in of.currencies]),
        Sheet("Programmes in USD", SHARES, [_share(of, each) for each in of.programmes]),
        Sheet("Sources in programmes", SHARES, shares),
    ]
    if of.held:
        sheets.append(Sheet("Held", HELD, [*_held(of)]))
    return sheets


def _share(of: MoneyStatement, each: MoneyShare) -> tuple[Cell, ...]:
    return (each.ref, each.title, *sums_of(each.line, of.names))


def _held(of: MoneyStatement) -> Iterator[tuple[Cell, ...]]:
    for each in of.held:
        amounts = (exactly(e, each.currency) for e in (each.disbursed, each.spent, each.left))
        yield each.ref, each.title, of.names[each.source], each.currency, *amounts


def _scope(wanted: Wanted) -> StatementScope:
    return StatementScope(wanted["framework"], wanted["source"])


def _name(wanted: Wanted) -> str:
    parts = ("money", wanted["framework"], wanted["source"], wanted["on"])
    return f"{'-'.join(filter(None, parts))}.{wanted['form']}"


def _tell(engine: Engine, person: int, _wanted: Wanted, made: Said) -> None:
    """Refuse who may not know of one of them any more; that a statement is taken is not told."""
    refuse_unknown(engine, person, made)


STATEMENT = Kind(
    key=OrderKind.MONEY,
    roles=frozenset(),
    name=_name,
    media_type=lambda wanted: TYPES[wanted["form"]],
    make=_make,
    told=_tell,
)
