"""The picture of a lifecycle as a file of its own, with what its numbers mean written below it."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

from web.lifecycles.picture import Band, CoursePicture, Line, StateBox, picture
from workflow.lifecycles.course import Course, course
from workflow.lifecycles.definition import Definition
from workflow.vocabulary import Stage

SVG = "http://www.w3.org/2000/svg"
FONT = {"font-family": "Inter, Helvetica, Arial, sans-serif", "font-size": "12.5"}
INK, BLUE, GREY, PALE, EDGE = "#1d2939", "#1f5b94", "#6b7688", "#f4f6f9", "#97a2b3"
LINE, MARGIN = 18, 16


def svg(definition: Definition, say: Callable[[str], str] = str) -> bytes:
    """The file, its words said by `say`."""
    laid = course(definition)
    drawn = picture(laid, say)
    legend = _legend(laid, say)
    high = drawn.height + LINE * (len(legend) + 2)
    root = ET.Element(
        f"{{{SVG}}}svg",
        {"viewBox": f"0 0 {drawn.width} {high}", "width": str(drawn.width), "height": str(high)},
    )
    _within(root, "title").text = f"{say(definition.title)}, {definition.version}"
    _within(root, "rect", width="100%", height="100%", fill="#fff")
    everything = _within(root, "g", **FONT)
    _draw(everything, drawn)
    for at, said in enumerate(legend, 1):
        _write(everything, said, MARGIN, drawn.height + at * LINE, anchor="start")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _legend(laid: Course, say: Callable[[str], str]) -> list[str]:
    onward = [
        f"{number}  {say(each.start.label)} → {say(each.end.label)}: "
        + ", ".join(map(say, each.labels))
        for number, each in enumerate(laid.onward, 1)
    ]
    ends = [
        f"{say(end.label)} ← " + ", ".join(say(each.start.label) for each in passages)
        for end, passages in laid.ends
        if passages
    ]
    opens = [
        f"{say(state.label)} + " + ", ".join(map(say, laid.children[state.key]))
        for _, states in laid.stages
        for state in states
        if state.key in laid.children
    ]
    return [*onward, *ends, *opens]


def _draw(into: ET.Element, drawn: CoursePicture) -> None:
    marker = _within(
        _within(into, "defs"), "marker", id="head", viewBox="0 0 8 8", refX="7", refY="4",
        markerWidth="7", markerHeight="7", orient="auto",
    )  # fmt: skip
    _within(marker, "path", d="M0 0L8 4L0 8z", fill=GREY)
    for band in drawn.bands:
        _draw_band(into, band, drawn.width)
    for line in drawn.lines:
        path = _within(into, "path", d=line.path, fill="none", stroke=GREY)
        path.set("marker-end", "url(#head)")
        _within(path, "title").text = line.said
    for box in drawn.boxes:
        _draw_box(into, box)
    for line in drawn.lines:
        _draw_number(into, line)


def _draw_band(into: ET.Element, band: Band, width: int) -> None:
    _within(
        into, "rect", x="0", y=str(band.y), width=str(width), height=str(band.height), rx="5",
        fill=PALE,
    )  # fmt: skip
    stage = "Ends" if band.stage is Stage.END else band.stage.value.capitalize()
    _write(into, stage, 12, band.y + 22, anchor="start", fill=BLUE)


def _draw_box(into: ET.Element, box: StateBox) -> None:
    edge = _within(
        into, "rect", x=str(box.x), y=str(box.y), width=str(box.width), height=str(box.height),
        rx="5", fill="#fff", stroke=EDGE,
    )  # fmt: skip
    if box.final:
        edge.set("stroke-dasharray", "4 3")
    for piece, y in box.lines:
        _write(into, piece, box.middle, y)
    if box.children:
        _draw_children(into, box)


def _draw_children(into: ET.Element, box: StateBox) -> None:
    """A mark at the corner of a state in which child cases open, with how many kinds of them."""
    x, y = box.corner
    mark = _within(into, "g")
    _within(mark, "title").text = ", ".join(box.children)
    _within(
        mark, "rect", x=str(x - 12), y=str(y - 8), width="24", height="16", rx="8", fill=BLUE,
        stroke="#fff",
    )  # fmt: skip
    _write(mark, box.opens, x, y + 4, fill="#fff")


def _draw_number(into: ET.Element, line: Line) -> None:
    _within(into, "circle", cx=str(line.x), cy=str(line.y), r="8", fill="#fff", stroke=EDGE)
    _write(into, str(line.number), line.x, line.y + 4)


def _write(
    into: ET.Element, said: str, x: int, y: int, *, anchor: str = "middle", fill: str = INK
) -> None:
    text = _within(into, "text", x=str(x), y=str(y), fill=fill)
    text.set("text-anchor", anchor)
    text.text = said


def _within(parent: ET.Element, kind: str, **said: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{SVG}}}{kind}", said)


ET.register_namespace("", SVG)
