"""Open cases rehearsed on another version of their lifecycle, and moved to it."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from web.cli.lifecycles.named import definition_named
from web.cli.output import Said, opened
from web.cli.people import somebody
from workflow.clock import written
from workflow.engine.engine import Engine
from workflow.engine.migration.cases import cases_of, open_cases
from workflow.engine.migration.migrate import migrate_all, migrate_each, rehearse
from workflow.engine.migration.wish import CaseSeen, MigratedCase, Migration
from workflow.engine.published.named import named_version
from workflow.lifecycles.difference.obstacles import KeyMapping

PAIR = "OLD=NEW"
STATES = click.option("--state", "states", multiple=True, metavar=PAIR, help="A state's new key.")
ROUNDS = click.option("--round", "rounds", multiple=True, metavar=PAIR, help="A round's new key.")
MAP = click.option(
    "--map",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A TOML file with the tables [states] and [rounds], each old key with its new one.",
)
CASES = click.option("--case", "refs", multiple=True, metavar="REF", help="An open case.")


@click.command("rehearse")
@click.argument("version", metavar="FILE|KEY@VERSION")
@CASES
@STATES
@ROUNDS
@MAP
def rehearse_version(
    version: str,
    refs: tuple[str, ...],
    states: tuple[str, ...],
    rounds: tuple[str, ...],
    file: Path | None,
) -> None:
    """Say how open cases would stand under a version, published or in a file; nothing is kept of it.

    Without --case every open case of the lifecycle that follows another version of it. Exit status 1
    where one of them could not go on.
    """
    mapping, engine = _mapping(states, rounds, file), opened()
    definition = definition_named(version)
    with engine.reading() as session:
        wanted = cases_of(session, refs) if refs else open_cases(session, definition)
    found = rehearse(engine, wanted, Migration(definition, None, None, mapping))
    _tell(found)
    _end(found, "of the open cases could not go on under it")


@click.command()
@click.argument("version", metavar="KEY@VERSION")
@click.option("--to", "goal", required=True, metavar="KEY@VERSION", help="Where they go.")
@CASES
@STATES
@ROUNDS
@MAP
@click.option("--all/--each", "together", default=False, help="All or none; or each for itself.")
@click.option("--dry-run", is_flag=True, help="Say what would become of each, and move none.")
@click.option("--by", metavar="EMAIL", help="The administrator whose act it is; recorded.")
@click.option("--reason", default="", help="Why; recorded.")
def migrate(version: str, goal: str, **chosen: Any) -> None:
    """Move open cases that follow a version to another one, each with an event on its history.

    Answers given stay where they are; ends count from the same opening, as the new version says. A
    case that cannot be moved says why, and exit status is 1. Without --case a dry run takes every
    open case that follows the version.
    """
    mapping = _mapping(chosen["states"], chosen["rounds"], chosen["file"])
    engine, dry_run, together = opened(), chosen["dry_run"], chosen["together"]
    person = somebody(engine, chosen["by"]) if chosen["by"] else None
    with engine.reading() as session:
        number, definition = named_version(session, engine, goal)
        wanted = _wanted(session, engine, version, chosen["refs"], dry_run=dry_run)
    migration = Migration(definition, number, person, mapping, chosen["reason"])
    act = rehearse if dry_run else migrate_all if together else migrate_each
    found = act(engine, wanted, migration)
    _tell(found)
    if together and not dry_run and not all(each.moves for each in found):
        raise Said("None was moved.")
    _end(found, "could not be moved")


def _wanted(
    session: Session, engine: Engine, version: str, refs: tuple[str, ...], *, dry_run: bool
) -> tuple[CaseSeen, ...]:
    """The cases named; refuses one that follows another version, and none at all where they are to be moved."""
    number, _ = named_version(session, engine, version)
    if refs:
        return cases_of(session, refs, number)
    if not dry_run:
        raise Said("Name the cases to be moved: --case REF, as often as there are.")
    return cases_of(session, (), number)


def _mapping(states: Iterable[str], rounds: Iterable[str], file: Path | None) -> KeyMapping:
    tables = _tables(file) if file else {}
    return KeyMapping(
        {**tables.get("states", {}), **_pairs(states)},
        {**tables.get("rounds", {}), **_pairs(rounds)},
    )


def _pairs(given: Iterable[str]) -> dict[str, str]:
    found = {}
    for each in given:
        before, sign, now = each.partition("=")
        if not (sign and before and now):
            raise Said(f"{each!r:.80} names no old key with its new one: {PAIR}.")
        found[before.strip()] = now.strip()
    return found


def _tables(file: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        found: Mapping[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Said(f"{file.name} is not TOML: {fault}") from fault
    fit = found.keys() <= {"states", "rounds"} and all(
        isinstance(table, dict) and all(isinstance(now, str) for now in table.values())
        for table in found.values()
    )
    if not fit:
        raise Said(
            f"{file.name}: expected are the tables [states] and [rounds], old key = new key."
        )
    return found


def _tell(found: Iterable[MigratedCase]) -> None:
    for case in found:
        if not case.moves:
            click.echo(f"{case.ref}: no.")
            for why in case.reasons:
                click.echo(f"    {why}")
            continue
        stands = case.was if case.was == case.state else f"{case.was} → {case.state}"
        click.echo(f"{case.ref}: yes. {stands}")
        for each in case.rounds:
            due = f", due {written(each.due_at)}" if each.due_at else ""
            moved = " (moved)" if each.due_at != each.round_.due_at else ""
            click.echo(
                f"    “{each.spec.label}” goes on{due}{moved}; answers kept: {len(each.kept)}, "
                f"seats gone: {len(each.gone)}, seats new: {len(each.came)}."
            )
        for label in case.opens:
            click.echo(f"    “{label}” opens.")
        for label, outcome in case.settles:
            click.echo(f"    “{label}” is settled by the answers given: {outcome}.")


def _end(found: tuple[MigratedCase, ...], what: str) -> None:
    stuck = sum(not each.moves for each in found)
    if stuck:
        raise Said(f"{stuck} of {len(found)} {what}.")
    if not found:
        click.echo("There is no such open case.")
