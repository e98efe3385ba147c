"""The elements of a BPMN file, and how those of a lifecycle are called in it."""

from xml.etree import ElementTree as ET

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
EDGES = "http://www.omg.org/spec/DD/20100524/DI"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
PREFIXES = {"bpmn": BPMN, "bpmndi": DIAGRAM, "dc": BOUNDS, "di": EDGES, "xsi": INSTANCE}
PROCESS, BEGIN, FIRST = "process", "begin", "flow_0"


def within(parent: ET.Element, kind: str, space: str = BPMN, **said: str) -> ET.Element:
    """A new element of this kind at the end of `parent`."""
    return ET.SubElement(parent, f"{{{space}}}{kind}", said)


def document(node: ET.Element, *sentences: str) -> None:
    """Say what an element is about."""
    within(node, "documentation").text = "\n".join(sentences)


def state_id(key: str) -> str:
    """How a state is called."""
    return f"state_{key}"


def end_id(key: str, after: str) -> str:
    """How the end is called that a case comes to from a state; each has ends of its own."""
    return f"end_{key}_after_{after}"


def round_id(state: str, key: str) -> str:
    """How a round is called that is held in a state."""
    return f"state_{state}_round_{key}"


def child_id(state: str, key: str) -> str:
    """How a kind of child case is called that opens in a state."""
    return f"state_{state}_child_{key}"


for prefix, space in PREFIXES.items():
    ET.register_namespace(prefix, space)
