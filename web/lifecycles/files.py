"""The files that show the course of a lifecycle, by the endings of their names."""

from collections.abc import Callable, Mapping

from web.lifecycles.bpmn.process import bpmn
from web.lifecycles.svg import svg
from workflow.lifecycles.definition import Definition

WRITERS: Mapping[str, Callable[[Definition, Callable[[str], str]], bytes]] = {
    "bpmn": bpmn,
    "svg": svg,
}
TYPES = {"bpmn": "application/xml", "svg": "image/svg+xml"}
