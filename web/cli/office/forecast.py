"""The forecast of one programme on the command line, played from where it stands now."""

import json
from typing import Any

import click

from web.cli.output import opened
from workflow.forecast.asked import outlook_now
from workflow.forecast.case import Between, Outlook, kept
from workflow.forecast.definition import MOST_RUNS
from workflow.forecast.known_days import KnownDay, known_days
from workflow.forecast.unplayed import unplayed
from workflow.lifecycles.definition import Definition


@click.command("forecast")
@click.argument("ref")
@click.option("--runs", type=click.IntRange(1, MOST_RUNS), default=1000, show_default=True,
              help="How many times it is played.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print everything, for programs.")
def forecast_programme(*, ref: str, runs: int, as_json: bool) -> None:
    """Say when the programme REF is probably decided on and ends, its next states, and on whom it waits."""
    engine = opened()
    with engine.reading() as session:
        definition, found = outlook_now(session, engine, ref, runs)
        known = known_days(session, definition, ref)
    if as_json:
        click.echo(json.dumps(_told(ref, found, known), indent=2))
        return
    click.echo(f"{ref}: {runs} runs of {definition.title}, version {definition.version}.")
    if found.to_decision:
        click.echo(f"Decision: {_between(found.comes)}.")
    click.echo(f"End: {_between(found.ended)}.")
    for each in found.next:
        label = definition.states[each.state].label
        click.echo(f"    {each.share:4.0%} {label}: {_between(each.when)}")
    for left_out in unplayed(definition):
        click.echo(str(left_out))
    for day in known:
        click.echo(f"Known from a text: “{day.label}” is due by {day.due:%Y-%m-%d %H:%M} UTC.")
    _awaited(definition, found)


def _awaited(definition: Definition, found: Outlook) -> None:
    for seat in found.awaited:
        role = definition.roles[seat.role].label
        half = (
            "nobody answers" if seat.days is None else f"half answer within {seat.days} {seat.pace}"
        )
        source = f"from {seat.cases} closed cases" if seat.cases else "assumed"
        click.echo(f"It waits for {role}, {seat.party}: {half}, {source}.")


def _between(when: Between) -> str:
    """When something comes in half of the runs and in nine of ten."""
    if when.half is None:
        return "not within 20 years"
    high = "not within 20 years" if when.high is None else f"by {when.high:%Y-%m-%d}"
    return f"in half of the runs by {when.half:%Y-%m-%d}, in nine of ten {high}"


def _told(ref: str, found: Outlook, known: tuple[KnownDay, ...]) -> dict[str, Any]:
    days = [{"round": day.round, "due": day.due.isoformat()} for day in known]
    told = {"ref": ref, "computed_at": found.computed_at.isoformat(), **kept(found)}
    return {**told, "known": days}
