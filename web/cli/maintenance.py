"""Looking after a running installation: settling what is due, checking every trail."""

from datetime import datetime, timedelta

import click
from sqlalchemy.exc import DBAPIError

from web.cli.health import tell_what_waits
from web.cli.output import Said, opened, read_settings
from web.cli.terminal import console
from workflow.audit.verification.verify import VerificationResult, verify
from workflow.engine.commands.settle_due import sweep as settle_due
from workflow.engine.engine import Engine
from workflow.oversight.checks.deadlines import unminded
from workflow.oversight.checks.lists import astray
from workflow.oversight.checks.run import COMMAND, keep, with_log
from workflow.oversight.checks.schedules import miscounted
from workflow.people.sweep import sweep as sweep_sign_ins
from workflow.tlog.verify import LogVerification, verify_log
from workflow.working_copies.retention import sweep as sweep_unsent


@click.command()
def sweep() -> None:
    """Settle every round whose time is up and remind of others; safe to run often and twice at once.

    Sessions that have ended and failures to sign in that no longer count are removed as well, and so are unsent texts that nobody came back for.
    """
    engine = opened()
    done = settle_due(engine)
    with engine.transaction() as session:
        removed = sweep_sign_ins(session, engine.now())
        unsent = sweep_unsent(session, engine.now(), timedelta(days=read_settings().unsent_days))
    click.echo(f"{done.settled} {'round' if done.settled == 1 else 'rounds'} settled by time.")
    if done.told:
        click.echo(f"{done.told} {'deadline' if done.told == 1 else 'deadlines'} told.")
    if done.opened:
        periods = "period" if done.opened == 1 else "periods"
        click.echo(f"{done.opened} {periods} of schedules dealt with.")
    if removed:
        click.echo(f"Ended sessions and old failures to sign in: {removed} removed.")
    if unsent:
        click.echo(f"Unsent texts that nobody came back for: {unsent} removed.")


@click.command("verify")
def verify_trail() -> None:
    """Check that every history is complete and as it was written; exit status 1 if not."""
    engine = opened()
    database, begun = engine.database, engine.now()
    with console.status("Reading every history …"):
        result = verify(database)
    with console.status("Reading the log …"):
        log = verify_log(database)
    result.differences += [each.difference for each in unminded(engine)]
    result.differences += [each.difference for each in miscounted(engine)]
    result.differences += astray(engine).differences
    for difference in result.differences:
        place = difference.ref if difference.seq is None else f"{difference.ref}, {difference.seq}"
        click.echo(f"{place}: {difference.sentence}", err=True)
    histories = "history" if result.cases == 1 else "histories"
    lifecycles = "lifecycle" if result.definitions == 1 else "lifecycles"
    click.echo(
        f"{result.cases} {histories} with {result.events} events, {result.definitions} {lifecycles}, "
        f"{result.rows} rows compared, {result.erased} texts erased."
    )
    if result.unexplained:
        click.echo(
            f"{result.unexplained} of the erased texts went without a recorded erasure.", err=True
        )
    _tell_log(log)
    tell_what_waits(engine, read_settings())
    differing = len(result.differences)
    _keep(engine, with_log(result, log), begun)
    database.dispose()
    if differing:
        raise Said(f"{differing} of them differ from what was recorded.")
    if not log.sound:
        raise Said("The log is not what was recorded makes of it.")
    click.echo("Everything is as it was recorded.")


def _keep(engine: Engine, found: VerificationResult, begun: datetime) -> None:
    """Keep the result for the auditors' page; a database that may only be read is verified too."""
    try:
        keep(engine, found, way=COMMAND, begun=begun)
    except DBAPIError as fault:
        click.echo(f"The result could not be kept: {fault.orig}", err=True)


def _tell_log(log: LogVerification) -> None:
    for sentence in log.differences:
        click.echo(f"The log: {sentence}", err=True)
    click.echo(
        f"{log.entries} events in the log and {log.waiting} waiting, "
        f"{log.checkpoints} checkpoints opened."
    )
