"""Where everything of a BPMN file stands: the states as in our own picture, with room for ends beside them."""

from collections.abc import Callable, Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from web.lifecycles.bpmn.elements import (
    BEGIN,
    BOUNDS,
    DIAGRAM,
    EDGES,
    FIRST,
    PROCESS,
    child_id,
    end_id,
    round_id,
    state_id,
    within,
)
from web.lifecycles.picture import StateBox, picture
from workflow.lifecycles.course import Course
from workflow.lifecycles.definition import Definition, State
from workflow.lifecycles.parentage.waits import opening_states

# Other programs write larger than our picture does, and the name of every flow beside it.
LARGER = 2
CIRCLE, BEFORE, END, BELOW, APART = 36, 80, 24, 16, 72
TASK_WIDE, TASK_HIGH, GAP, PER_ROW = 160, 80, 60, 4

Place = tuple[int, int, int, int]
Point = tuple[int, int]


def draw(root: ET.Element, definition: Definition, laid: Course, say: Callable[[str], str]) -> None:
    """Add the diagram of the process, and one of each state with its rounds."""
    drawn = picture(laid, say)
    plane = _plane(root, PROCESS)
    places = {box.key: _larger(box) for box in drawn.boxes if not box.final}
    for key, place in places.items():
        _shape(plane, state_id(key), place)
    _draw_begin(plane, places[definition.initial])
    numbers = {passage: f"flow_{at}" for at, passage in enumerate(laid.passages, 1)}
    for passage, line in zip(laid.onward, drawn.lines, strict=True):
        _edge(plane, numbers[passage], [(x * LARGER, y * LARGER) for x, y in line.points])
    ending = (each for each in laid.passages if each.end.final)
    for start, passages in groupby(ending, lambda each: each.start.key):
        for at, passage in enumerate(passages):
            _draw_end(plane, numbers[passage], end_id(passage.end.key, start), places[start], at)
    for state in definition.states.values():
        if not state.final:
            _draw_rounds(root, definition, state)


def _draw_begin(plane: ET.Element, first: Place) -> None:
    x, y, _, high = first
    middle = y + high // 2
    _shape(plane, BEGIN, (x - BEFORE, middle - CIRCLE // 2, CIRCLE, CIRCLE))
    _edge(plane, FIRST, [(x - BEFORE + CIRCLE, middle), (x, middle)])


def _draw_end(plane: ET.Element, flow: str, end: str, start: Place, at: int) -> None:
    """An end below the state from which it is come to, the first at its right edge."""
    x, y, wide, high = start
    middle, lower = x + wide - END - at * APART, y + high
    _shape(plane, end, (middle - END // 2, lower + BELOW, END, END))
    _edge(plane, flow, [(middle, lower), (middle, lower + BELOW)])


def _draw_rounds(root: ET.Element, definition: Definition, state: State) -> None:
    plane = _plane(root, state_id(state.key))
    places: dict[str, Place] = {}
    for at, key in enumerate(_inside(definition, state)):
        row, column = divmod(at, PER_ROW)
        places[key] = (
            GAP + column * (TASK_WIDE + GAP), GAP + row * (TASK_HIGH + GAP), TASK_WIDE, TASK_HIGH,
        )  # fmt: skip
        _shape(plane, key, places[key])
    for at, (before, after) in enumerate(followings(definition, state), 1):
        points = [_middle(places[before]), _middle(places[after])]
        _edge(plane, f"{state_id(state.key)}_flow_{at}", points)


def _inside(definition: Definition, state: State) -> list[str]:
    """What stands inside a state, by its name in the file: its rounds, then the child cases that open in it."""
    rounds = [round_id(state.key, spec.key) for spec in definition.rounds_in(state.key)]
    kinds = definition.children.values()
    opening = [each.key for each in kinds if state.key in opening_states(definition, each)]
    return [*rounds, *(child_id(state.key, key) for key in opening)]


def followings(definition: Definition, state: State) -> list[tuple[str, str]]:
    """What of a state opens or lets in what else of it, by their names in the file."""
    inside = definition.rounds_in(state.key)
    waits = {(spec.key, round_id(state.key, spec.after_round)) for spec in inside}
    opens = {
        (round_id(state.key, spec.key), opened)
        for spec in inside
        for target in spec.outcomes.values()
        for to in target.every()
        for opened in (
            *(round_id(state.key, key) for key in to.opens),
            *(child_id(state.key, key) for key in to.children),
        )
    }
    let_in = {(before, round_id(state.key, key)) for key, before in waits}
    known = set(_inside(definition, state))
    return sorted(
        (before, after)
        for before, after in let_in | opens
        if before in known and after in known and before != after
    )


def _larger(box: StateBox) -> Place:
    return box.x * LARGER, box.y * LARGER, box.width * LARGER, box.height * LARGER


def _middle(place: Place) -> Point:
    x, y, wide, high = place
    return x + wide // 2, y + high // 2


def _plane(root: ET.Element, of: str) -> ET.Element:
    diagram = within(root, "BPMNDiagram", DIAGRAM, id=f"diagram_of_{of}")
    return within(diagram, "BPMNPlane", DIAGRAM, id=f"plane_of_{of}", bpmnElement=of)


def _shape(plane: ET.Element, of: str, place: Place) -> None:
    shape = within(plane, "BPMNShape", DIAGRAM, id=f"{of}_shape", bpmnElement=of)
    named = zip(("x", "y", "width", "height"), map(str, place), strict=True)
    within(shape, "Bounds", BOUNDS, **dict(named))


def _edge(plane: ET.Element, of: str, points: Iterable[Point]) -> None:
    edge = within(plane, "BPMNEdge", DIAGRAM, id=f"{of}_edge", bpmnElement=of)
    for x, y in points:
        within(edge, "waypoint", EDGES, x=str(x), y=str(y))
