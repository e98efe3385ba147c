"""The lifecycles that forecasts are tried on, and how their cases begin."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from workflow.forecast.simulation.assumptions import Assumptions, assumptions
from workflow.forecast.simulation.course import Start
from workflow.forecast.simulation.panels import invented
from workflow.forecast.simulation.plan import AS_IT_IS, Changes, Plan
from workflow.forecast.simulation.working_time import instant
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file

SHIPPED = ("programme-standard", "emergency", "three-consents", "small-grant")
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


@cache
def shipped(name: str) -> Definition:
    """A lifecycle that is shipped."""
    return load_file(Path(f"config/lifecycles/{name}.toml"))


def plan_of(
    definition: Definition, assumed: Assumptions | None = None, changes: Changes = AS_IT_IS
) -> Plan:
    """A lifecycle as its runs need it, with invented parties."""
    known = assumed or assumptions(definition)
    return Plan(definition, known, invented(definition, known), changes)


def beginning(definition: Definition) -> Start:
    """The first state, entered on a Monday morning."""
    return Start(definition.initial, instant(MONDAY))
