"""Looking after a running installation: settling what is due, checking every trail."""

import click

from web.cli.speaking import Said, console, opened
from workflow.audit.verify import verify
from workflow.engine.deadlines import sweep as settle_due
from workflow.engine.reminders import sweep as remind


@click.command()
def sweep() -> None:
    """Settle every round whose time is up and remind of others; safe to run often and twice at once."""
    engine = opened()
    settled, reminded = settle_due(engine), remind(engine)
    click.echo(f"{settled} {'round' if settled == 1 else 'rounds'} settled by time.")
    if reminded:
        click.echo(f"{reminded} {'deadline' if reminded == 1 else 'deadlines'} told.")


@click.command("verify")
def verify_trail() -> None:
    """Check that every history is complete and as it was written; exit status 1 if not."""
    with console.status("Reading every history …"):
        result = verify(opened().database)
    for difference in result.differences:
        place = difference.ref if difference.seq is None else f"{difference.ref}, {difference.seq}"
        click.echo(f"{place}: {difference.sentence}", err=True)
    click.echo(
        f"{result.cases} histories with {result.events} events, {result.definitions} lifecycles, "
        f"{result.rows} rows compared, {result.erased} texts erased."
    )
    if result.unexplained:
        click.echo(
            f"{result.unexplained} of the erased texts went without a recorded erasure.", err=True
        )
    if not result.sound:
        raise Said(f"{len(result.differences)} of them differ from what was recorded.")
    click.echo("Everything is as it was recorded.")
