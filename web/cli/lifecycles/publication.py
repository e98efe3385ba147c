"""Files of lifecycles published at the terminal: all that are given together, or none."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from web.cli.lifecycles.beside import enter_beside
from web.cli.lifecycles.files import FILE, sound_together
from web.cli.lifecycles.register import BY, FROM, WHY, since, tell_outcome
from web.cli.output import Said, opened, read_settings, told
from workflow.errors import Invalid
from workflow.lifecycles.parentage.across import opened_first
from workflow.people.queries import person_of
from workflow.publication import requests, wishes
from workflow.publication.requests import LifecycleOutcome
from workflow.publication.wishes import LifecycleWish


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@BY
@WHY
@FROM
def publish(files: tuple[Path, ...], by: str, why: str, starts_on: datetime | None) -> None:
    """Publish each FILE: programmes begun from now on follow it, those under way do not change.

    Several are published all or none, in whatever order they are given: those first of which the
    others open cases.

    Texts in other languages that stand beside a file, in the folder texts, are entered with it.
    """
    files_of = {each.key: (each, file) for file, each in sound_together(files)}
    given = [files_of[each.key] for each in opened_first(each for each, _ in files_of.values())]
    wished = [
        (wishes.publication(each, starts_on=starts_on and starts_on.date(), why=why), file)
        for each, file in given
    ]
    done = _published(wished, by)
    for definition, file in given:
        outcome = done.get(definition.key)
        name = f"{definition.title}, version {definition.version},"
        if outcome is None:
            click.echo(f"{name} was published already.")
        else:
            offered = f" It is offered{since(starts_on)}." if starts_on else ""
            tell_outcome(outcome, f"{name} is published.{offered}")
        if outcome is None or outcome.waits is None:
            enter_beside(file, definition, by, why)


def _published(
    wished: Sequence[tuple[LifecycleWish, Path]], by: str
) -> dict[str, LifecycleOutcome]:
    """What came of each that was not published before, by the keys of lifecycles; of all or of none."""
    engine = opened()
    beside = {each.key: each.definition for each, _ in wished if each.definition}
    done: dict[str, LifecycleOutcome] = {}
    with engine.transaction() as session:
        person = person_of(session, by) if by else None
        for wish, file in wished:
            if wish.definition and wishes.is_published(session, wish.definition):
                continue
            try:
                done[wish.key] = requests.carry_out(
                    session,
                    wish,
                    by=person,
                    now=engine.now(),
                    two_for=read_settings().four_eyes,
                    beside=beside,
                )
            except Invalid as refusal:
                if len(wished) == 1:
                    raise
                raise Said(
                    f"{file.name}: {told(refusal)}\nNone of them was published."
                ) from refusal
    return done
