"""Letters of appointment at a terminal: put on record as files, and listed."""

from pathlib import Path

import click

from web.cli.administration.frame import BY, acting
from web.cli.administration.terms import EMAIL, PARTY, ROLE, held_term
from web.cli.output import opened, read_settings
from workflow.engine.documents.file_store import FileStore
from workflow.errors import Invalid, NotFound
from workflow.offices.letters import file_letter, letters_of, withdraw_letter
from workflow.phrase import phrase

# So many digits tell one letter from another; an empty one would name whichever there is.
LEAST = 8


@click.command("letter")
@EMAIL
@ROLE
@PARTY
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@BY
def letter(email: str, role: str, party: str, file: Path, by: str) -> None:
    """Put FILE on record as the letter of the appointment of EMAIL to the ROLE of PARTY."""
    with acting(by) as act:
        held = held_term(act.session, email, role, party)
        with file.open("rb") as content:
            kept = _store().keep(file.name, content)
        file_letter(act.session, held, kept, by=act.person, now=act.now)
    click.echo(f"{kept.filename} is filed, {kept.size} bytes, SHA-256 {kept.digest}.")


@click.command("letters")
@EMAIL
@ROLE
@PARTY
def letters(email: str, role: str, party: str) -> None:
    """List the letters filed of the appointment of EMAIL to the ROLE of PARTY, and where their bytes lie."""
    with opened().reading() as session:
        found = letters_of(session, held_term(session, email, role, party))
    for each in found:
        gone = f", withdrawn {each.withdrawn_at.date()}" if each.withdrawn_at else ""
        click.echo(f"{each.filename}  {each.size} bytes, filed {each.filed_at.date()}{gone}")
        click.echo(f"    {_store().path(each.digest)}")
    if not found:
        click.echo("No letter is filed.")


@click.command("withdraw-letter")
@EMAIL
@ROLE
@PARTY
@click.argument("digest")
@click.option("--reason", required=True, help="Why it is taken back; auditors read it.")
@BY
def withdraw(email: str, role: str, party: str, digest: str, reason: str, by: str) -> None:
    """Take back the letter with DIGEST, or with its first eight digits, that was filed by mistake.

    Its bytes stay, for auditors alone.
    """
    if len(digest) < LEAST:
        raise Invalid(
            phrase("Name the letter by the first %(num)s digits of its digest or more.", num=LEAST)
        )
    with acting(by) as act:
        filed = letters_of(act.session, held_term(act.session, email, role, party))
        found = [each for each in filed if not each.withdrawn_at and each.digest.startswith(digest)]
        if len(found) != 1:
            raise NotFound(phrase("%(num)s letters that stand have this digest.", num=len(found)))
        withdraw_letter(act.session, found[0].id, reason, by=act.person, now=act.now)
    click.echo(f"{found[0].filename} is withdrawn.")


def _store() -> FileStore:
    chosen = read_settings()
    return FileStore(chosen.files, chosen.largest_upload)
