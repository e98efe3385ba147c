"""Open cases rehearsed on another version of their lifecycle, and moved to it."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from web.cli.administration.frame import BY, NUMBER
from web.cli.lifecycles.named import definition_named
from web.cli.output import Said, opened, read_settings
from web.cli.people import somebody
from web.wording import plainly
from workflow.clock import written
from workflow.engine.engine import Engine
from workflow.engine.migration.cases import cases_of, open_cases
from workflow.engine.migration.migrate import rehearse
from workflow.engine.migration.wish import CaseSeen, MigratedCase, Migration
from workflow.engine.published.named import named_version
from workflow.lifecycles.difference.obstacles import KeyMapping
from workflow.publication.migration.page import plan_page
from workflow.publication.migration.requests import (
    MigrationOutcome,
    MigrationWish,
    carry_out,
    tried_again,
)
from workflow.publication.migration.target import not_offered

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
    tell_outlook(found)
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
@click.option(
    "--although-not-offered",
    is_flag=True,
    help="Also onto a version that is retired, or not offered yet or any more.",
)
def migrate(version: str, goal: str, **chosen: Any) -> None:
    """Move open cases that follow a version to another one, each with an event on its history.

    Answers given stay where they are; ends count from the same opening, as the new version says. A
    case that cannot be moved says why, and exit status is 1. Without --case a dry run takes every
    open case that follows the version. Where the house has two administrators, those that can be
    moved wait for the second: primemover lifecycle plan NUMBER says what becomes of each, and
    primemover lifecycle confirm NUMBER moves them.
    """
    mapping = _mapping(chosen["states"], chosen["rounds"], chosen["file"])
    engine, dry_run = opened(), chosen["dry_run"]
    person = somebody(engine, chosen["by"]) if chosen["by"] else None
    with engine.reading() as session:
        number, definition = named_version(session, engine, goal)
        _, before = named_version(session, engine, version)
        wanted = _wanted(session, engine, version, chosen["refs"], dry_run=dry_run)
        stands = not_offered(session, number, engine.now())
    migration = Migration(definition, number, person, mapping, chosen["reason"])
    if dry_run:
        if stands is not None:
            click.echo(
                f"Version {definition.version} is not what is offered now: {plainly(stands)}. "
                "To move to it, say --although-not-offered."
            )
        found = rehearse(engine, wanted, migration)
        tell_outlook(found)
        _end(found, "could not be moved")
        return
    wish = MigrationWish(
        before=before.digest, wanted=wanted, migration=migration, together=chosen["together"],
        although_not_offered=chosen["although_not_offered"],
    )  # fmt: skip
    _moved(carry_out(engine, wish, two_for=read_settings().four_eyes), together=wish.together)


@click.command("plan")
@NUMBER
@BY
def show_plan(number: int, by: str) -> None:
    """Say what the move NUMBER that waits would do by now; nothing of it is kept.

    Exit status 1 where one of the cases cannot be moved.
    """
    engine = opened()
    person = somebody(engine, by)
    with engine.reading() as session:
        page = plan_page(session, engine, number, person, engine.now())
    if page is None:
        raise Said(f"The act {number} moves nothing: primemover lifecycle show KEY tells of it.")
    found = tried_again(engine, number, by=person)
    click.echo(
        f"From {page.before.key}@{page.before.version} to {page.to.key}@{page.to.version}, "
        + ("all or none." if page.plan.together else "each for itself.")
    )
    for said in page.taken:
        click.echo(f"    {plainly(said)}")
    tell_outlook(found.cases)
    click.echo(f"As it is now: --seen {found.mark}")
    _end(found.cases, "could not be moved")


def _moved(done: MigrationOutcome, *, together: bool) -> None:
    """Tell what became of the cases, and end with status 1 where one could not be moved."""
    tell_outlook(done.cases)
    if done.waits is not None:
        click.echo(
            f"It waits for a second administrator, as number {done.waits}: "
            f"primemover lifecycle confirm {done.waits} --by ADDRESS"
        )
    elif together and done.stuck:
        raise Said("None was moved.")
    _end(done.cases, "could not be moved")


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


def tell_outlook(found: Iterable[MigratedCase]) -> None:
    """Say of each case what becomes of it, or why it cannot be moved."""
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
            moved = " (moved)" if each.moved else ""
            click.echo(
                f"    “{each.label}” goes on{due}{moved}; answers kept: {each.kept}, "
                f"seats gone: {len(each.gone)}, seats new: {each.came}."
            )
        for label in case.opens:
            click.echo(f"    “{label}” opens.")
        for ref in case.leaves:
            click.echo(f"    {ref} under it goes on by itself: the version knows no such kind.")
        for label, outcome in case.settles:
            click.echo(f"    “{label}” is settled by the answers given: {outcome}.")


def _end(found: tuple[MigratedCase, ...], what: str) -> None:
    stuck = sum(not each.moves for each in found)
    if stuck:
        raise Said(f"{stuck} of {len(found)} {what}.")
    if not found:
        click.echo("There is no such open case.")
