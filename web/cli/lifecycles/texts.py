"""The texts of a published lifecycle in other languages: checked, entered, listed and written to be filled in."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import click

from web.cli.lifecycles.beside import enter, tell_entered, told_of
from web.cli.lifecycles.files import FILE
from web.cli.lifecycles.named import definition_named, is_file
from web.cli.lifecycles.register import BY, WHY
from web.cli.output import Said, opened, told
from workflow.engine.published.named import named_version
from workflow.errors import FaultyFile
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.texts.files import file_of, load_translation
from workflow.lifecycles.texts.translation import LANGUAGES, Translation
from workflow.publication.texts import coverage, texts_for

OF = click.argument("of", metavar="KEY[@VERSION]")
FILES = click.argument("files", nargs=-1, required=True, type=FILE)


@click.group()
def texts() -> None:
    """Keep what a published lifecycle says in other languages than English."""


@texts.command("add")
@OF
@FILES
@BY
@WHY
def add(of: str, files: tuple[Path, ...], by: str, why: str) -> None:
    """Enter the texts in FILES for KEY@VERSION; pages and letters say them from now on.

    All of FILES are entered, or none.
    """
    definition = _published(of)
    found = _loaded(files, definition)
    engine = opened()
    with engine.transaction() as session:
        done = [enter(session, engine, each, by, why) for each in found]
    for each, came in zip(found, done, strict=True):
        tell_entered(came, f"{definition.key}@{definition.version} in {told_of(each, definition)}")


@texts.command("check")
@click.argument("lifecycle", metavar="LIFECYCLE")
@FILES
def check(lifecycle: str, files: tuple[Path, ...]) -> None:
    """Say everything that is wrong with FILES as texts of LIFECYCLE: a file, KEY or KEY@VERSION."""
    definition = definition_named(lifecycle)
    for each in _loaded(files, definition):
        click.echo(f"sound: {told_of(each, definition)}")


@texts.command("export")
@click.argument("lifecycle", metavar="LIFECYCLE")
@click.argument("language", type=click.Choice(list(LANGUAGES)))
@click.option(
    "--output", type=click.File("wb", lazy=True), default="-", help="Where to, if not the terminal."
)
def export(lifecycle: str, language: str, output: BinaryIO) -> None:
    """Write a file to fill in: each English text of LIFECYCLE, and beside it that in LANGUAGE.

    What was entered for this version stands in it, or else what still fits of an earlier version.
    """
    if is_file(lifecycle):
        output.write(file_of(definition_named(lifecycle), language, {}).encode())
        return
    engine = opened()
    with engine.reading() as session:
        definition = named_version(session, engine, lifecycle)[1]
        known = texts_for(session, definition, language)
    output.write(file_of(definition, language, known).encode())


@texts.command("list")
@OF
def list_texts(of: str) -> None:
    """Say of each language how many texts of KEY@VERSION there are, who entered them and why."""
    engine = opened()
    with engine.reading() as session:
        definition = named_version(session, engine, of)[1]
        found = coverage(session, definition)
    for each in found:
        said = f"{each.language}: {each.there} of {each.every}"
        if each.at is not None:
            why = f": {each.why}" if each.why else ""
            by = each.who or "the command line"
            said += f", {each.digest[:12]}, entered on {each.at:%Y-%m-%d} by {by}{why}"
        click.echo(said)


def _published(name: str) -> Definition:
    engine = opened()
    with engine.reading() as session:
        return named_version(session, engine, name)[1]


def _loaded(files: Sequence[Path], definition: Definition) -> list[Translation]:
    """The texts in each file; refuses them all with everything that is wrong with any."""
    found, faulty = [], 0
    for file in files:
        try:
            found.append(load_translation(file, definition))
        except FaultyFile as refusal:
            faulty += 1
            click.echo(told(refusal), err=True)
    if faulty:
        raise Said(f"{faulty} of {len(files)} files cannot be entered.")
    return found
