"""A lifecycle as BPMN 2.0, for those who have to show it in other programs; it cannot be run from there.

A state is an ad-hoc sub-process with a task for each of its rounds, a passage a conditional flow; an
end stands beside each state from which it is come to. What BPMN has no words for is said in the
documentation of the process, so that nobody takes the diagram for the whole.
"""

from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from web.lifecycles.bpmn.diagram import draw, followings
from web.lifecycles.bpmn.elements import (
    BEGIN,
    BPMN,
    FIRST,
    INSTANCE,
    PROCESS,
    child_id,
    document,
    end_id,
    round_id,
    state_id,
    within,
)
from workflow.lifecycles.course import Course, Passage, course
from workflow.lifecycles.definition import Definition, RoundSpec, State
from workflow.lifecycles.parentage.waits import opening_states
from workflow.lifecycles.parentage.words import ChildInWords, in_words
from workflow.lifecycles.rule import RuleKind

Say = Callable[[str], str]

# What a definition can say and BPMN cannot, with whether this one says it.
UNSAID: tuple[tuple[str, Callable[[Definition], bool]], ...] = (
    (
        "how the answers of several seats settle a round: consensus, majority, quorum, veto",
        lambda definition: any(
            spec.rule.kind is not RuleKind.SINGLE for spec in definition.rounds.values()
        ),
    ),
    (
        "silence that decides, what breaks it and what counts as delivered",
        lambda definition: any(spec.rule.silence for spec in definition.rounds.values()),
    ),
    (
        "whom an earlier act keeps from a later one",
        lambda definition: any(spec.rule.never for spec in definition.rounds.values()),
    ),
    (
        "due times by the calendar of whom is asked, reminders and escalation",
        lambda definition: any(spec.within for spec in definition.rounds.values()),
    ),
    (
        "clocks that stand still while a state pauses",
        lambda definition: any(state.pauses for state in definition.states.values()),
    ),
    (
        "who knows of a case, and who reads what",
        lambda definition: any(state.private for state in definition.states.values()),
    ),
    (
        "by which schedule or on which condition a child case opens, and what waits until it is over",
        lambda definition: bool(definition.children),
    ),
    ("that an answer is bound to the very text that was read", lambda _: True),
)


def bpmn(definition: Definition, say: Say = str) -> bytes:
    """The file, its words said by `say`; a diagram that other programs can draw is in it."""
    laid = course(definition)
    root = ET.Element(
        f"{{{BPMN}}}definitions",
        {
            "id": "definitions",
            "name": say(definition.title),
            "targetNamespace": f"urn:sha256:{definition.digest}",
            "exporter": "Prime Mover",
        },
    )
    process = within(root, "process", id=PROCESS, name=say(definition.title), isExecutable="false")
    document(process, *_about(definition))
    _write_states(process, definition, say)
    _write_flows(process, definition, laid, say)
    draw(root, definition, laid, say)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _about(definition: Definition) -> Iterator[str]:
    yield f"Version {definition.version}, sha256 {definition.digest}."
    unsaid = [what for what, so in UNSAID if so(definition)]
    yield "BPMN does not say: " + "; ".join(unsaid) + "."


def _write_states(process: ET.Element, definition: Definition, say: Say) -> None:
    within(process, "startEvent", id=BEGIN)
    for state in definition.states.values():
        if not state.final:
            node = within(
                process, "adHocSubProcess", id=state_id(state.key), name=say(state.label),
                ordering="Parallel",
            )  # fmt: skip
            document(node, say(state.meaning))
            _write_rounds(node, definition, state, say)


def _write_rounds(node: ET.Element, definition: Definition, state: State, say: Say) -> None:
    """A task for each round of a state, and a flow where one opens or waits for another."""
    for spec in definition.rounds_in(state.key):
        task = within(node, "userTask", id=round_id(state.key, spec.key), name=say(spec.label))
        document(task, *_asked(definition, spec, say))
    for child in in_words(definition):
        if state.key in opening_states(definition, child.kind):
            _write_child(node, state, child, say)
    for at, (before, after) in enumerate(followings(definition, state), 1):
        within(
            node, "sequenceFlow", id=f"{state_id(state.key)}_flow_{at}",
            sourceRef=before, targetRef=after,
        )  # fmt: skip


def _write_child(node: ET.Element, state: State, child: ChildInWords, say: Say) -> None:
    """A call of the lifecycle that a child case follows; BPMN knows it by the key of that lifecycle."""
    kind = child.kind
    call = within(
        node, "callActivity", id=child_id(state.key, kind.key), name=say(kind.label),
        calledElement=kind.lifecycle,
    )  # fmt: skip
    each = [str(child.each)] if child.each else []
    words = [condition.words for condition in kind.when]
    document(call, say(kind.meaning), str(child.opens), *each, *map(say, words), str(child.ends))


def _asked(definition: Definition, spec: RoundSpec, say: Say) -> Iterator[str]:
    roles = dict.fromkeys(seat.role for seat in spec.rule.seats)
    yield ", ".join(say(definition.roles[role].label) for role in roles)
    yield say(spec.rule.words)
    if spec.if_silent:
        yield f"If nobody answers: {say(spec.if_silent)}"


def _write_flows(process: ET.Element, definition: Definition, laid: Course, say: Say) -> None:
    within(
        process, "sequenceFlow", id=FIRST, sourceRef=BEGIN, targetRef=state_id(definition.initial)
    )
    for at, passage in enumerate(laid.passages, 1):
        after = state_id(passage.end.key)
        if passage.end.final:
            after = end_id(passage.end.key, passage.start.key)
            end = within(process, "endEvent", id=after, name=say(passage.end.label))
            document(end, say(passage.end.meaning))
        flow = within(
            process, "sequenceFlow", id=f"flow_{at}",
            sourceRef=state_id(passage.start.key), targetRef=after,
        )  # fmt: skip
        if not passage.end.final:
            flow.set("name", " / ".join(map(say, passage.labels)))
        condition = within(flow, "conditionExpression")
        condition.set(f"{{{INSTANCE}}}type", "bpmn:tFormalExpression")
        condition.text = _condition(passage, say)


def _condition(passage: Passage, say: Say) -> str:
    return " / ".join(f"{say(way.label)}: {say(way.said)}" for way in passage.ways)
