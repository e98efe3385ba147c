"""Looking after a running installation: settling what is due, checking every trail."""

import click

from web.cli.speaking import Said, console, opened
from workflow.audit.verify import verify
from workflow.engine.deadlines import sweep as settle_due
from workflow.engine.reminders import sweep as remind
from workflow.log.verifying import LogVerification, verify_log


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
    database = opened().database
    with console.status("Reading every history …"):
        result = verify(database)
    with console.status("Reading the log …"):
        log = verify_log(database)
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
    _tell_log(log)
    if not result.sound:
        raise Said(f"{len(result.differences)} of them differ from what was recorded.")
    if not log.sound:
        raise Said("The log is not what was recorded makes of it.")
    click.echo("Everything is as it was recorded.")


def _tell_log(log: LogVerification) -> None:
    for sentence in log.differences:
        click.echo(f"The log: {sentence}", err=True)
    click.echo(
        f"{log.entries} events in the log and {log.waiting} waiting, "
        f"{log.checkpoints} checkpoints opened."
    )
