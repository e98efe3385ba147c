"""Simulating a lifecycle on the command line: how long it takes, on whom it waits, and what if."""

import json
from datetime import UTC, datetime
from math import ceil, inf
from typing import Any

import click

from web.cli.lifecycles.named import definition_named, is_file
from web.cli.output import Said, opened
from workflow.clock import utc_now
from workflow.forecast.definition import MOST_RUNS, DefinitionForecast, Scenario, forecast
from workflow.forecast.history import observed
from workflow.forecast.simulation.assumptions import Answering, sources, taken_from
from workflow.forecast.simulation.delays import quantile
from workflow.forecast.simulation.observations import SINCE
from workflow.forecast.simulation.simulate import HORIZON, Arrival, Spread
from workflow.forecast.simulation.working_time import YEARS as WORKED_AHEAD
from workflow.forecast.unplayed import unplayed
from workflow.forecast.what_if import what_if
from workflow.lifecycles.definition import Definition

SEATS_SHOWN = 10
DAY = click.DateTime(["%Y-%m-%d"])
# Of these years every day to come is added up that a simulation looks at.
YEARS = range(SINCE, SINCE + WORKED_AHEAD - ceil(HORIZON / 366))


@click.command()
@click.argument("of", metavar="LIFECYCLE")
@click.option(
    "--runs", type=click.IntRange(1, MOST_RUNS), default=1000, show_default=True,
    help="How many times it is played.",
)  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed says the same.")
@click.option("--begins", type=DAY, help="The day on which cases begin; today if not given.")
@click.option(
    "--later", metavar="ROLE=DAYS", multiple=True, help="A role answers so much later, as 1d."
)
@click.option("--quorum", metavar="ROUND=SHARE", multiple=True, help="Another quorum, as 2/3 or 3.")
@click.option(
    "--away", metavar="WHO=FIRST..LAST", multiple=True,
    help="A person (by address) or a role is on leave, both days included.",
)  # fmt: skip
@click.option("--history", is_flag=True, help="Learn for FILE from closed cases of its key.")
@click.option("--json", "as_json", is_flag=True, help="Print everything, for programs.")
def simulate(  # noqa: PLR0913  # each is an option
    *,
    of: str,
    runs: int,
    seed: int,
    begins: datetime | None,
    later: tuple[str, ...],
    quorum: tuple[str, ...],
    away: tuple[str, ...],
    history: bool,
    as_json: bool,
) -> None:
    """Play LIFECYCLE, a FILE, KEY or KEY@VERSION, and say how long it takes and on whom it waits.

    What closed cases show is learnt from them; what none shows is assumed, and said to be.
    """
    if begins and begins.year not in YEARS:
        raise Said(f"Have cases begin between {YEARS[0]} and {YEARS[-1]}.")
    definition = definition_named(of)
    engine = None if is_file(of) and not history else opened()
    at = begins.replace(tzinfo=UTC) if begins else (engine.now() if engine else utc_now())
    asked = Scenario(at, seed, runs, what_if(definition, later, quorum, away))
    if engine is None:
        found = forecast(definition, asked)
    else:
        with engine.reading() as session:
            found = forecast(definition, asked, observed(session, definition), session)
    if as_json:
        click.echo(json.dumps(told(found), indent=2))
    else:
        _say(found)


def _say(found: DefinitionForecast) -> None:
    definition, simulation = found.definition, found.simulation
    click.echo(
        f"{definition.title}, version {definition.version}: {simulation.runs} runs, "
        f"seed {simulation.seed}."
    )
    for left_out in unplayed(definition):
        click.echo(str(left_out))
    click.echo(f"Decision: {_spread(simulation.decided)}.")
    click.echo(f"End: {_spread(simulation.ended)}.")
    click.echo("Ends:")
    for each in simulation.ends:
        click.echo(f"    {_share(each.share)} {_state(definition, each)}: {_spread(each.days)}")
    if simulation.unfinished:
        click.echo(f"    {_share(simulation.unfinished)} come to no end within 20 years")
    click.echo("Busiest seats, by the working days for which cases wait on them:")
    for load in simulation.loads[:SEATS_SHOWN]:
        role = definition.roles[load.role].label
        label = definition.rounds[load.round].label
        click.echo(
            f"    {load.waits:6.1f}  {role}, {label}: {load.answers:.1f} answers a case, "
            f"half of them within {_days(load.days)}"
        )
    click.echo("Taken from:")
    for taken in taken_from(found.assumed):
        role = definition.roles[taken.role].label
        labels = ", ".join(definition.rounds[key].label for key in taken.rounds)
        click.echo(f"    {role}, {labels}: {_pace(taken.how)}, {_source(taken.how)}")


def _pace(how: Answering) -> str:
    half = _days(how.waiting.at(how.waiting.comes / 2))
    who = (
        "half answer" if how.waiting.comes == 1 else f"{how.waiting.comes:.0%} answer, half of them"
    )
    return f"{who} within {half} {how.pace}"


def _source(how: Answering) -> str:
    if how.cases:
        return f"from {how.cases} closed cases"
    return "assumed: half of the time allowed" if how.half_allowed else "assumed: no time is stated"


def _state(definition: Definition, arrival: Arrival) -> str:
    return definition.states[arrival.state].label


def _share(share: float) -> str:
    return f"{share:4.0%}"


def _days(days: float) -> str:
    return "never" if days == inf else f"{days:.1f}"


def _spread(days: Spread) -> str:
    if days.half == inf:
        return "not within 20 years"
    high = "not within 20 years" if days.high == inf else f"{days.high:.0f} days"
    return (
        f"half within {days.half:.0f} days, nine of ten within {high}, "
        f"one of ten within {days.low:.0f}"
    )


def told(found: DefinitionForecast) -> dict[str, Any]:
    """A forecast for programs: days as numbers, null where something never comes."""
    simulation = found.simulation
    return {
        "lifecycle": found.definition.key,
        "version": found.definition.version,
        "digest": found.definition.digest,
        "seed": simulation.seed,
        "runs": simulation.runs,
        "days_to_decision": _numbers(simulation.decided),
        "deciles_of_decision": [
            _number(quantile(simulation.days_to_decision, tenth / 10)) for tenth in range(1, 10)
        ],
        "days_to_end": _numbers(simulation.ended),
        "unfinished": round(simulation.unfinished, 6),
        "ends": [
            {"state": each.state, "share": each.share, "days": _numbers(each.days)}
            for each in simulation.ends
        ],
        "seats": [
            {
                "round": load.round,
                "role": load.role,
                "answers": round(load.answers, 3),
                "half_within": _number(load.days),
                "waits": round(load.waits, 3),
            }
            for load in simulation.loads
        ],
        "assumptions": _assumptions(found),
    }


def _assumptions(found: DefinitionForecast) -> list[dict[str, Any]]:
    return [
        {
            "round": asked.round,
            "role": asked.role,
            "part": asked.part.value,
            "cases": how.cases,
            "days": how.pace.value,
            "half_within": _number(how.waiting.at(how.waiting.comes / 2)),
            "verdicts": dict(zip(how.verdicts, how.shares, strict=True)),
        }
        for asked, how in sources(found.assumed)
    ]


def _numbers(days: Spread) -> dict[str, float | None]:
    return {"p10": _number(days.low), "p50": _number(days.half), "p90": _number(days.high)}


def _number(days: float) -> float | None:
    return None if days == inf else round(days, 3)
