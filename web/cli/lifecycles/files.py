"""Checking files of lifecycles, and writing what is published as one."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import click

from web.cli.lifecycles.named import definition_named
from web.cli.lifecycles.staffing import about, end_by, told_of_people
from web.cli.output import Said, answered, opened, told
from workflow.engine.engine import Engine
from workflow.errors import Fault, FaultyFile
from workflow.frameworks.queries import lasting_keys
from workflow.lifecycles import soundness
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file, refusal_of
from workflow.lifecycles.parentage import across
from workflow.offices.checks.keys import unknown_frameworks, unknown_parties
from workflow.offices.office import known_parties
from workflow.programmes.contract import refuse_unfit
from workflow.publication import kin
from workflow.publication.exports import toml_of
from workflow.vocabulary import OFFICES

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--people",
    is_flag=True,
    help="Also whether those in office today can bring a case to every end.",
)
@about
def check(files: tuple[Path, ...], *, people: bool, **chosen: Any) -> None:
    """Say everything that is wrong with each of FILES.

    One that opens child cases is held against the others, and against those published here. One that is for a fund, or asks a party by its key, is held against this installation as well.
    With --people, exit status 1 also where an end cannot be reached by the people in office today,
    and 3 where that was not found out.
    """
    read = {file: _read(file) for file in files}
    given = {each.key: each for each in read.values() if isinstance(each, Definition)}
    faulty, pages = 0, []
    for file, found in read.items():
        sound_one = found if isinstance(found, FaultyFile) else _beside(file, found, given)
        if isinstance(sound_one, FaultyFile):
            faulty += 1
            click.echo(told(sound_one), err=True)
            continue
        _warn(file, soundness.warnings(sound_one))
        _warn_of_house(file, sound_one)
        click.echo(_summary(file, sound_one))
        pages += [told_of_people(opened(), sound_one, chosen)] if people else []
    if faulty:
        raise Said(f"{faulty} of {len(files)} files cannot be published.")
    end_by(pages)


def _read(file: Path) -> Definition | FaultyFile:
    """The lifecycle in a file, fit for programmes, or its refusal."""
    try:
        definition = load_file(file)
        refuse_unfit(definition, file.name)
    except FaultyFile as refusal:
        return refusal
    return definition


def _beside(
    file: Path, definition: Definition, given: Mapping[str, Definition]
) -> Definition | FaultyFile:
    """The same lifecycle, or its refusal beside those given with it and those published."""
    if not definition.children:
        return definition
    if not kin.unknown(definition, given):
        found = across.faults(definition, given)
        return _refused(file, found) if found else definition
    asked = answered(lambda: _beside_published(definition, given))
    if isinstance(asked, Said):
        click.echo(f"{file.name}: not held against this installation. {asked}", err=True)
        return definition
    return _refused(file, asked) if asked else definition


def _beside_published(definition: Definition, given: Mapping[str, Definition]) -> tuple[Fault, ...]:
    engine = opened()
    with engine.reading() as session:
        return kin.unfit(session, definition, engine.now(), given)


def _refused(file: Path, faults: Iterable[Fault]) -> FaultyFile:
    placed = (Fault(f"{file.name}: {each.place}", each.problem) for each in faults)
    return refusal_of(file.name, *placed)


def _summary(file: Path, definition: Definition) -> str:
    kinds = len(definition.children)
    children = f"{kinds} {'kind' if kinds == 1 else 'kinds'} of child case, " if kinds else ""
    return (
        f"{file.name}: sound. {definition.title}, version {definition.version}, "
        f"{len(definition.states)} states, {len(definition.rounds)} rounds, {children}"
        f"{definition.checks()} checks of forms, digest {definition.digest[:12]}."
    )


@click.command()
@click.argument("of", metavar="LIFECYCLE")
@click.option(
    "--output", type=click.File("wb", lazy=True), default="-", help="Where to, if not the terminal."
)
def export(of: str, output: BinaryIO) -> None:
    """Write LIFECYCLE, which is published as KEY or KEY@VERSION, as a file that can be published."""
    output.write(toml_of(definition_named(of)).encode())


def sound_together(files: Sequence[Path]) -> tuple[tuple[Path, Definition], ...]:
    """The lifecycles in files, fit for programmes and for each other's child cases.

    Refuses all where one has faults, with those of each, and where two are of one lifecycle.
    """
    read = [(file, _read(file)) for file in files]
    sound_ones = [(file, each) for file, each in read if isinstance(each, Definition)]
    _refuse_same(sound_ones)
    given = {each.key: each for _, each in sound_ones}
    refusals = [each for _, each in read if isinstance(each, FaultyFile)]
    engine = opened()
    with engine.reading() as session:
        for file, each in sound_ones:
            try:
                kin.refuse_unfit(session, each, file.name, engine.now(), given)
            except FaultyFile as refusal:
                refusals.append(refusal)
    if refusals and len(files) == 1:
        raise refusals[0]
    for one in refusals:
        click.echo(told(one), err=True)
    if refusals:
        raise Said(f"{len(refusals)} of {len(files)} files cannot be published, so none was.")
    for file, each in sound_ones:
        _warn(file, (*soundness.warnings(each), *_unknown_here(engine, each)))
    return tuple(sound_ones)


def _refuse_same(read: Iterable[tuple[Path, Definition]]) -> None:
    first: dict[str, Path] = {}
    for file, each in read:
        if each.key in first:
            raise Said(
                f"{first[each.key].name} and {file.name} are both of the lifecycle “{each.key}”: "
                "publish one after the other."
            )
        first[each.key] = file


def _warn(file: Path, warnings: Iterable[Fault]) -> None:
    """Say what a sound lifecycle asks of the house that may be more than it has."""
    for warning in warnings:
        click.echo(f"{file.name}: warning: {warning}", err=True)


def _warn_of_house(file: Path, definition: Definition) -> None:
    """Say what this installation does not know of what a lifecycle names, or that it could not be asked."""
    if not unknown_frameworks(definition, ()) and not unknown_parties(definition, OFFICES):
        return
    found = answered(lambda: _unknown_here(opened(), definition))
    if isinstance(found, Said):
        click.echo(f"{file.name}: not held against this installation. {found}", err=True)
    else:
        _warn(file, found)


def _unknown_here(engine: Engine, definition: Definition) -> tuple[Fault, ...]:
    with engine.reading() as session:
        frameworks, parties = lasting_keys(session, engine.now().date()), known_parties(session)
    return (*unknown_frameworks(definition, frameworks), *unknown_parties(definition, parties))
