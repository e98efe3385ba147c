"""The state of the work behind the pages, and the word that a clock in doubt is right."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from config.settings import Settings
from web.cli.output import Said, opened, read_settings
from web.cli.people import somebody
from web.demonstration import refuse_demonstration
from web.health.installation import MINDERS, facts_of
from workflow.assembly.engine import open_engine
from workflow.deferred import deferred
from workflow.engine.engine import Engine
from workflow.errors import NotAuthorised
from workflow.health.findings import Finding, findings
from workflow.health.page import WorkLine, health_page
from workflow.offices.days_of_rest import calendars
from workflow.offices.lacks import Lack
from workflow.offices.office import calendar_facts
from workflow.people.queries import current_offices
from workflow.phrase import phrase
from workflow.timekeeping import records

if TYPE_CHECKING:
    from web.wording import begun, plainly
else:
    begun = deferred("web.wording", "begun")
    plainly = deferred("web.wording", "plainly")


@click.command()
def status() -> None:
    """Say what works behind the pages, what waits and what to do; exit status 1 if anything is wrong."""
    engine, settings = opened(), read_settings()
    page = health_page(facts_of(engine, settings))
    for line in page.lines:
        click.echo(_told(line))
    for sentence in _about_calendars(engine):
        click.echo(sentence)
    engine.database.dispose()
    if page.findings:
        raise Said("\n".join(_sentences(page.findings)))
    click.echo("Everything behind the pages is done in time.")


def _about_calendars(engine: Engine) -> Iterator[str]:
    """What somebody has to know of working calendars before an end is counted by them."""
    with engine.reading() as session:
        facts = calendar_facts(session, engine, engine.now().date())
    for lack in calendars(facts):
        if isinstance(lack, Lack):
            yield f"{plainly(lack.what)}. {plainly(lack.why)}"


@click.group()
def clock() -> None:
    """The clock of this machine, by which deadlines are settled."""


@clock.command("confirm")
@click.option("--by", required=True, metavar="EMAIL", help="Who says so; recorded.")
def confirm_clock(*, by: str) -> None:
    """Say that a clock in doubt is right as it is; deadlines are settled by it from then on."""
    engine = opened()
    person = somebody(engine, by)
    _refuse_others(engine, person)
    with engine.transaction() as session:
        count = records.confirm(session, person, engine.now())
    engine.database.dispose()
    if count:
        click.echo(
            f"Confirmed: it is {engine.now():%Y-%m-%d %H:%M} UTC. Deadlines are settled again."
        )
    else:
        click.echo("The clock is in no doubt; there was nothing to confirm.")


def _refuse_others(engine: Engine, person: int) -> None:
    """Refuse whoever could not confirm the clock on the page."""
    with engine.reading() as session:
        offices = current_offices(session, person, engine.now().date())
    if not any(office.role in MINDERS for office in offices):
        raise NotAuthorised(
            phrase(
                "Only an officer may confirm the clock: somebody who holds the role %(roles)s.",
                roles=" or ".join(MINDERS),
            )
        )


def tell_what_waits(engine: Engine, settings: Settings) -> None:
    """Say on standard error what people wait for already, with what to do."""
    found = findings(facts_of(engine, settings))
    for sentence in _sentences(each for each in found if each.waits):
        click.echo(sentence, err=True)


def tell_at_start(settings: Settings) -> None:
    """The same, for whoever begins to serve and has no engine yet; refuses the demonstration's database."""
    engine = open_engine(settings.database_url)
    refuse_demonstration(settings, engine)
    tell_what_waits(engine, settings)
    engine.database.dispose()


def _told(line: WorkLine) -> str:
    name = f"{plainly(line.name)}:"
    if not line.asked_for:
        return f"{name:26} not set up"
    never = plainly(line.due) if line.due else "never yet"
    last = f"{line.worked_at:%Y-%m-%d %H:%M} UTC" if line.worked_at else never
    who = f" by {line.process}" if line.process else ""
    waits = f"; {plainly(line.waits)}" if line.waits else ""
    return f"{name:26} {last}{who}{waits}"


def _sentences(found: Iterable[Finding]) -> Iterator[str]:
    """Each finding, and what to do behind the first of those for which it is the same."""
    given = set[str]()
    for each in found:
        said, advice = begun(plainly(each.said)), plainly(each.advice)
        yield said if advice in given else f"{said} {advice}"
        given.add(advice)
