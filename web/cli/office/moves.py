"""Whose move it is on a programme, on the command line."""

import click

from web.cli.output import opened
from workflow.engine.pages.pending import PendingRound, whose_move

NOBODY = "nobody is appointed"


@click.command()
@click.argument("ref")
@click.pass_context
def moves(context: click.Context, *, ref: str) -> None:
    """Say whose move it is on the programme REF: who is asked what, since when and until when.

    Exit status 1 where it waits for an office that nobody holds.
    """
    engine = opened()
    with engine.reading() as session:
        found = whose_move(session, engine, ref)
    for move in found:
        _say(move)
    if not found:
        click.echo("Nobody is asked anything.")
    if any(not seat.people for move in found for seat in move.owing):
        context.exit(1)


def _say(move: PendingRound) -> None:
    due = f", due {move.due:%Y-%m-%d}" if move.due else ""
    click.echo(f"{move.label}: {move.asks} (since {move.since:%Y-%m-%d}{due})")
    if move.waits is not None:
        click.echo(f"    {move.waits}")
    for seat in move.owing:
        click.echo(f"    {seat.role_label}, {seat.party}: {', '.join(seat.people) or NOBODY}")
    for step in move.follows:
        who = ", ".join(step.people) or NOBODY
        click.echo(f"    all have answered; {step.role_label}, {step.party}: {who} may {step.asks}")
