"""The texts that stand beside the file of a lifecycle, entered as it is published."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from web.cli.output import opened, read_settings, told
from workflow.engine.engine import Engine
from workflow.errors import FaultyFile, Refusal
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.texts.files import files_beside, load_translation
from workflow.lifecycles.texts.translation import LANGUAGES, Translation, english_of
from workflow.people.queries import person_of
from workflow.publication.requests import LifecycleOutcome
from workflow.publication.text_acts import enter_texts
from workflow.publication.texts import count_already


def enter_beside(file: Path, definition: Definition, by: str, why: str) -> None:
    """Enter the texts beside the file of a definition that is published, unless they count already.

    Those that do not fit what was published are left out, which is said.
    """
    engine = opened()
    for each in files_beside(file, definition):
        try:
            found = load_translation(each, definition)
            with engine.transaction() as session:
                if count_already(session, found):
                    continue
                done = enter(session, engine, found, by, why)
        except Refusal as refusal:
            said = told(refusal) if isinstance(refusal, FaultyFile) else str(refusal)
            click.echo(f"{each.name}: its texts were not entered. {said}", err=True)
        else:
            entered = "Its texts are entered in" if done.waits is None else "Its texts in"
            tell_entered(done, f"{entered} {told_of(found, definition)}")


def enter(
    session: Session, engine: Engine, translation: Translation, by: str, why: str
) -> LifecycleOutcome:
    """Enter texts as somebody, or as nobody where no address is said."""
    person = person_of(session, by) if by else None
    two = read_settings().four_eyes
    return enter_texts(session, translation, why, by=person, now=engine.now(), two_for=two)


def tell_entered(done: LifecycleOutcome, said: str) -> None:
    """Say that texts are entered, or how a second administrator confirms them."""
    if done.waits is None:
        click.echo(said)
    else:
        click.echo(
            f"{said} They wait for a second administrator, as number {done.waits}: "
            f"primemover lifecycle confirm {done.waits} --by ADDRESS"
        )


def told_of(translation: Translation, definition: Definition) -> str:
    """In which language, how many of all texts there are, and their digest."""
    every = len(english_of(definition))
    return (
        f"{LANGUAGES[translation.language]}: {len(translation.texts)} of {every} texts, "
        f"digest {translation.digest[:12]}."
    )
