"""How letters are worded on the command line: listed, shown, and kept in versions."""

from pathlib import Path

import click

from web.cli.office.acts import BY, begun
from web.cli.output import opened
from workflow.blockers.digest import due_digest
from workflow.notices.account_letters import places
from workflow.notices.placeholders import shown
from workflow.notices.templates import LetterWords, in_force, versions, word_letter
from workflow.notices.vocabulary import WORDABLE, AccountLetter
from workflow.people.accounts.details import LANGUAGES

KIND = click.argument("kind", type=click.Choice([kind.value for kind in WORDABLE]))
LANGUAGE = click.argument("language", type=click.Choice(LANGUAGES))


@click.group()
def letter() -> None:
    """Keep how letters are worded, each kind in each language, in versions."""


@letter.command("list")
def list_letters() -> None:
    """List the letters that the house words itself, and the placeholders there are."""
    with opened().reading() as session:
        for each in in_force(session):
            click.echo(f"{each.kind} {each.language} version {each.version}: {each.subject}")
    click.echo(f"placeholders: {shown()}")
    for kind in AccountLetter:
        click.echo(f"placeholders of {kind}: {shown(places(kind))}")


@letter.command("show")
@KIND
@LANGUAGE
def show_letter(*, kind: str, language: str) -> None:
    """Show every version of the words of KIND in LANGUAGE, the latest first."""
    with opened().reading() as session:
        for each in versions(session, kind, language):
            said = f"{each.subject}\n{each.body}" if each.body else "the standard words"
            click.echo(f"version {each.version}, {each.kept_at:%Y-%m-%d}\n{said}\n")


@letter.command("blockers")
def preview_blockers() -> None:
    """Show what the letter of the month will tell of blockers, and to whom; nothing is sent or written."""
    engine = opened()
    with engine.reading() as session:
        found = list(due_digest(session, engine, engine.now()))
    for each in found:
        click.echo(f"{each.ref}  {each.title}: since {each.since}, {each.state}")
        for reader in each.readers:
            click.echo(f"    to {reader.email} ({reader.language}), {reader.role}")
        if not each.readers:
            click.echo("    to nobody: no office of its lead group or owner is held")
    if not found:
        click.echo("Nothing more is to be told this month.")


@letter.command("word")
@KIND
@LANGUAGE
@click.option("--subject", default="", help="The subject, with placeholders in braces.")
@click.option("--body", type=click.Path(path_type=Path, exists=True), help="A file with the words.")
@BY
def word(*, kind: str, language: str, subject: str, body: Path | None, by: str | None) -> None:
    """Word letters of KIND in LANGUAGE; without words the standard ones are back."""
    engine, person = begun(by)
    text = body.read_text(encoding="utf-8") if body else ""
    words = LetterWords(kind, language, subject, text.strip())
    with engine.transaction() as session:
        version = word_letter(session, words, by=person, now=engine.now())
    click.echo(f"Letters {kind} in {language} are worded by version {version}.")
