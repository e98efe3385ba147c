"""What is read of money on the command line: a programme, what waits, what is open, statements, IATI."""

from datetime import datetime
from pathlib import Path

import click

from config.settings import Settings
from web.cli.money.page import money_of
from web.cli.office.acts import DAY, begun_by, day_or_today
from workflow.drafts import drafted
from workflow.errors import NotAuthorised
from workflow.exports.iati.activity import dated, document, reporter
from workflow.exports.iati.facts import activity_facts, house_name
from workflow.ledger.accounts import ACTS, Account, MoneyAct
from workflow.ledger.balances import SourceLine
from workflow.ledger.books import BookedMovement
from workflow.ledger.certification.queue import waiting_money
from workflow.ledger.closure import money_to_close
from workflow.ledger.currency import USD
from workflow.ledger.currency import money as written
from workflow.ledger.duties import money_duties
from workflow.ledger.page import MoneyPage
from workflow.ledger.rates import plain
from workflow.ledger.reconciliation.compare import Comparison
from workflow.ledger.reconciliation.paper import named
from workflow.ledger.statements.statement import statement
from workflow.ledger.statements.sums import StatementScope
from workflow.people.queries import current_offices
from workflow.phrase import phrase
from workflow.programmes.visible_case import visible_case

TOLD = (
    (MoneyAct.PLEDGE, "pledged"), (MoneyAct.COMMITMENT, "committed"), (MoneyAct.RECEIPT, "received"),
    (MoneyAct.EXPENDITURE, "spent"),
)  # fmt: skip


@click.command("show")
@click.argument("ref")
@click.option("--on", "day", type=DAY, help="As it stood at the end of this day.")
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def show_money(*, ref: str, day: datetime | None, by: str) -> None:
    """Show the money of REF by source, each movement, and what waits to be certified."""
    engine, person = begun_by(by)
    page = money_of(engine, person, ref, day_or_today(engine, day))
    click.echo(f"{ref}  money to {page.on}")
    for line in (*page.currencies, *((page.total,) if page.mixed else ())):
        whose = page.names.get(line.source, "all sources, in dollars")
        click.echo(f"  {whose}: {_sums(line)}")
    for each in page.lines:
        click.echo(f"    {_told(page, each.recorded)}, certified by {each.recorded.certifier}")
    for waiting in page.waiting:
        click.echo(f"    {_told(page, waiting)}, waits to be certified")
    if not page.lines and not page.waiting:
        click.echo("  No money is recorded.")


@click.command("lines")
@click.argument("ref")
@click.option("--on", "day", type=DAY, help="As it stood at the end of this day.")
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def show_lines(*, ref: str, day: datetime | None, by: str) -> None:
    """List the budget lines of REF by their numbers: for what, of whose money, and what is left of each."""
    engine, person = begun_by(by)
    page = money_of(engine, person, ref, day_or_today(engine, day))
    for each in page.of_sources:
        budget, left = (written(sum_, each.currency) for sum_ in (each.budget, each.left))
        whose = page.names[each.account.source]
        click.echo(f"{each.number}  {_line(each.account)}: {budget} of {whose}, {left} left")
    if not page.of_sources:
        click.echo(f"{ref} has no budget lines.")


@click.command("waiting")
@click.option("--by", metavar="EMAIL", required=True, help="Who certifies.")
def show_waiting(*, by: str) -> None:
    """List the programmes with money that waits to be certified by whoever looks."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        held = current_offices(session, person, engine.now().date())
        found = waiting_money(session, person, held, engine.now())
    for each in found:
        click.echo(f"{each.ref}  {each.title}: {each.movements} since {each.since:%Y-%m-%d}")
    if not found:
        click.echo("No money waits to be certified by you.")


@click.command("reconcile")
@click.argument("ref")
@click.option("--on", "day", type=DAY, help="As it stood at the end of this day.")
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def reconcile_money(*, ref: str, day: datetime | None, by: str) -> None:
    """Hold the ledger of REF against its budget, work plans, reports and final statement."""
    engine, person = begun_by(by)
    page = money_of(engine, person, ref, day_or_today(engine, day))
    click.echo(f"{ref}  {page.reconciliation.verdict}  To {page.on}, in dollars.")
    for each in page.reconciliation.comparisons:
        where = f"{each.what} ({named(each.paper)})" if each.paper else str(each.what)
        click.echo(f"  {where}: {_beside(each)}")


@click.command("closure")
@click.argument("ref")
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def show_closure(*, ref: str, by: str) -> None:
    """Say whether the money of REF is settled, so that its accounts can be closed, and else what is open."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        case = visible_case(session, engine, person, ref)
        if not money_duties(session, case, person, case.today).any and not case.sight.whole:
            raise NotAuthorised(phrase("What is open is told to those who take part."))
        found = money_to_close(session, engine, case.id, engine.now())
    for each in found.open:
        click.echo(f"  open: {each}")
    if found.settled:
        click.echo("Settled." if found.recorded else "No money was ever recorded.")


@click.command("statement")
@click.option("--framework", default="", help="Of the programmes of this framework.")
@click.option("--party", default="", help="Of what this party gave, and holds of others.")
@click.option("--on", "day", type=DAY, help="As it stood at the end of this day.")
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def show_statement(*, framework: str, party: str, day: datetime | None, by: str) -> None:
    """Show the money of all programmes, or of those of a framework or a party, in dollars."""
    if framework and party:
        raise click.UsageError("Name a framework or a party, not both.")
    engine, person = begun_by(by)
    scope = StatementScope(framework, party.lower())
    with engine.reading() as session:
        found = statement(session, scope, person, engine.now(), day_or_today(engine, day))
    click.echo(f"{found.title or 'All programmes'}  money to {found.on}  {found.scope_said}")
    for line in (*found.sources, *((found.total,) if not party else ())):
        click.echo(f"  {found.names.get(line.source, 'all sources')}: {_sums(line)}")
    for each in found.programmes:
        click.echo(f"    {each.ref}  {each.title}: {_sums(each.line)}")
    for held in found.held:
        left = written(held.left, held.currency)
        click.echo(f"    {held.ref}  holds {left} of {found.names[held.source]}")
    if not found.programmes and not found.held:
        click.echo("  No money counts by this day.")


@click.command("iati")
@click.argument("refs", metavar="[REF]…", nargs=-1)
@click.option("--framework", default="", help="The programmes of this framework that have money.")
@click.option("--party", default="", help="Those of this party's money, and its money alone.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")  # fmt: skip
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def write_iati(*, refs: tuple[str, ...], framework: str, party: str, output: Path, by: str) -> None:
    """Write the programmes REF, or all that have money, with their transactions in IATI 2.03."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        scope = StatementScope(framework, party.lower())
        found = statement(session, scope, person, engine.now()) if not refs else None
        named = refs or tuple(each.ref for each in found.programmes) if found else refs
        publisher = reporter(Settings.read().iati_organisation, house_name(session))
        facts = [activity_facts(session, engine, person, ref) for ref in named]
    with drafted(output) as draft:
        draft.write_bytes(document(facts, publisher, engine.now(), scope.source))
    click.echo(
        f"{len(dated(facts))} of {len(facts)} programmes, those with a planned day: {output}"
    )


def _sums(line: SourceLine) -> str:
    """The sums of a source in a line, with what is left."""
    sums = ", ".join(f"{word} {written(line.of(act), line.currency)}" for act, word in TOLD)
    left = f"balance {written(line.balance, line.currency)}"
    if line.exchange:
        left += f", exchange difference {written(line.exchange, line.currency)}"
    return f"{sums}; {left}"


def _beside(each: Comparison) -> str:
    """A figure of a paper beside that of the ledger in a line."""
    said = None if each.said is None else written(each.said, USD)
    if each.why_not or each.kept is None or said is None:
        return f"cannot be compared, because {each.why_not}"
    if not each.difference:
        return f"agrees, {said}"
    waits = f", of which {written(each.waiting, USD)} waits" if each.waiting else ""
    kept, by = written(each.kept, USD), written(each.difference, USD)
    return f"the paper says {said}, the ledger {kept}: differs by {by}{waits}"


def _told(page: MoneyPage, kept: BookedMovement) -> str:
    of = kept.movement
    whose = page.names[of.account.source]
    rate = f", {plain(kept.rate)} for a dollar of {kept.rate_on}" if of.currency != "USD" else ""
    back = f" (takes back {of.corrects})" if of.corrects else ""
    amount = written(of.amount, of.currency)
    way = f", from {_line(of.left)} to {_line(of.account)}" if of.act is MoneyAct.TRANSFER else ""
    return f"{of.number}  {of.on}  {ACTS[of.act]}{back}: {amount} of {whose}{way}{rate}"


def _line(of: Account) -> str:
    """A budget line by what it is for."""
    what = filter(None, (of.output, str(of.year or ""), of.category, of.country.upper()))
    return ", ".join(what) or "the line for anything"


COMMANDS = (
    show_money,
    show_lines,
    show_waiting,
    reconcile_money,
    show_closure,
    show_statement,
    write_iati,
)
