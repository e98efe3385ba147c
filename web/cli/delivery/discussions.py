"""The discussion of a case on the command line: read, said and taken back."""

from uuid import uuid4

import click

from web.cli.office.acts import begun_by
from web.cli.output import ROW_NUMBER
from web.cli.people import somebody
from workflow.discussions.page import MessageLine, discussion_page
from workflow.discussions.say import Saying, retract, say
from workflow.errors import NotAuthorised
from workflow.phrase import phrase

BY = click.option("--by", metavar="EMAIL", required=True, help="Whose act it is; recorded.")
LOOKS = click.option("--by", metavar="EMAIL", required=True, help="Who looks.")


@click.group()
def discussion() -> None:
    """Read and speak in the discussion of a case: talk, which signs nothing off."""


@discussion.command()
@click.argument("ref")
@click.option("--about", help="One section, as document:section; without it everything.")
@click.option("--before", type=ROW_NUMBER, help="From below the message of this number on.")
@LOOKS
def show(*, ref: str, about: str | None, before: int | None, by: str) -> None:
    """Show what was said about the case REF, the newest first, each with its answers."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        page = discussion_page(
            session, engine, ref, person, engine.now(), about=about, before=before
        )
    if not page.reads:
        raise NotAuthorised(phrase("The discussion is open to those who take part."))
    for message in page.messages:
        click.echo(_told(message))
        for answer in message.answers:
            click.echo(f"    {_told(answer)}")
    if not page.messages:
        click.echo("Nothing was said yet.")
    if page.next is not None:
        click.echo(f"More: --before {page.next}")
    if page.topics:
        click.echo(f"You may speak about: {', '.join(each.about or 'all' for each in page.topics)}")


@discussion.command("say")
@click.argument("ref")
@click.option("--text", required=True, help="What you want to say.")
@click.option("--about", default="", help="About which section, as document:section.")
@click.option("--answers", type=ROW_NUMBER, help="In answer to the message of this number.")
@click.option("--tell", multiple=True, metavar="EMAIL", help="Somebody whom it names.")
@BY
def say_something(
    *, ref: str, text: str, about: str, answers: int | None, tell: tuple[str, ...], by: str
) -> None:
    """Say something about the case REF, about one section of a text or about all of it."""
    engine, person = begun_by(by)
    named = tuple(somebody(engine, each) for each in tell)
    saying = Saying(ref=ref, text=text, key=uuid4().hex, about=about, answers=answers, names=named)
    number = say(engine, person, saying)
    click.echo(f"It is said, as message {number}.")


@discussion.command("retract")
@click.argument("ref")
@click.argument("number", type=ROW_NUMBER)
@BY
def take_back(*, ref: str, number: int, by: str) -> None:
    """Take back the message NUMBER, which you said about the case REF; a line stays."""
    engine, person = begun_by(by)
    retract(engine, person, ref, number)
    click.echo(f"Message {number} is taken back.")


def _told(message: MessageLine) -> str:
    about = f" [{message.topic.about}]" if message.topic.about else ""
    head = f"{message.number}{about} {message.name}, {message.said_at:%Y-%m-%d %H:%M} UTC"
    if message.retracted_at:
        return f"{head}: taken back on {message.retracted_at:%Y-%m-%d %H:%M} UTC"
    return f"{head}: {message.text or 'erased'}"
