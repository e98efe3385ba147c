"""Soundness: whether every case of a definition can begin, go on and come to an end."""

from workflow.engine.definition import Definition
from workflow.errors import Fault


def faults(definition: Definition) -> tuple[Fault, ...]:
    """What keeps `definition` from being sound."""
    return () if definition.states else ()
