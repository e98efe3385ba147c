"""The consultation of a programme on the command line: whom it asks, what was said clause by clause, and what stands."""

import click

from web.cli.office.acts import begun_by
from workflow.engine.clauses.readings import ReadComment
from workflow.engine.clauses.reservations import Reservation
from workflow.engine.permissions.personal.invited import InvitedChange
from workflow.programmes.page.consultation import ConsultedRound, consultation


@click.command("consultation")
@click.argument("ref")
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def show_consultation(*, ref: str, by: str) -> None:
    """Show whom the consultation of REF asks, how they were reached, what was said, answered, and what stands."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        page = consultation(session, engine, person, ref)
    for round_ in page.rounds:
        _show_round(ref, round_)
    for change in page.changes:
        click.echo(f"  {_changed(change)}")
    for comment in page.comments:
        _show_comment(comment)
    for reservation in page.reservations:
        _show_reservation(reservation)
    if not page.rounds:
        click.echo(f"{ref}  has no consultation that you may read.")


def _show_round(ref: str, round_: ConsultedRound) -> None:
    click.echo(f"{ref}  {round_.label}: {round_.outcome or 'still open'}")
    for seat in round_.seats:
        unopened = "" if seat.position else ", not opened"
        people = (
            f"{each.person} told {each.at:%Y-%m-%d}"
            + (f", opened {each.read_at:%Y-%m-%d}" if each.read_at else unopened)
            + (f", reminded {each.reminded:%Y-%m-%d}" if each.reminded else "")
            for each in seat.told
        )
        click.echo(
            f"  {seat.party}: {seat.position or 'no answer'} ({'; '.join(people) or 'nobody was told'})"
        )


def _changed(change: InvitedChange) -> str:
    done = "added to the invitation" if change.added else "left out of the invitation"
    return f"{change.party} {done} by {change.person}: {change.reason}"


def _show_comment(comment: ReadComment) -> None:
    place = f"{comment.clause} {comment.title}" if comment.clause else "the whole"
    click.echo(f"  {comment.number}. {comment.party} on {place}: {comment.words}")
    answer = f"{comment.reply.words} ({comment.reply.person})" if comment.reply else "no answer yet"
    click.echo(f"     {answer}")


def _show_reservation(reservation: Reservation) -> None:
    numbers = ", ".join(str(each.number) for each in reservation.comments)
    click.echo(f"  {reservation.party} stands by {numbers}: {reservation.words}")
