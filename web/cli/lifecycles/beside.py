"""The texts that stand beside the file of a lifecycle, entered as it is published."""

from pathlib import Path

import click

from web.cli.output import opened, told
from workflow.errors import FaultyFile, Refusal
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.texts.files import files_beside, load_translation
from workflow.lifecycles.texts.translation import LANGUAGES, Translation, english_of
from workflow.people.queries import person_of
from workflow.publication.texts import count_already, enter_texts


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
                person = person_of(session, by) if by else None
                enter_texts(session, found, why, by=person, now=engine.now())
        except Refusal as refusal:
            said = told(refusal) if isinstance(refusal, FaultyFile) else str(refusal)
            click.echo(f"{each.name}: its texts were not entered. {said}", err=True)
        else:
            click.echo(f"Its texts are entered in {told_of(found, definition)}")


def told_of(translation: Translation, definition: Definition) -> str:
    """In which language, how many of all texts there are, and their digest."""
    every = len(english_of(definition))
    return (
        f"{LANGUAGES[translation.language]}: {len(translation.texts)} of {every} texts, "
        f"digest {translation.digest[:12]}."
    )
