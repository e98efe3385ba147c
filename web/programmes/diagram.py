"""The ways forward as a small picture: boxes for states and lines between them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from web.lifecycles.box import Box, BoxSize
from workflow.lifecycles.definition import State
from workflow.lifecycles.next_steps import Prospect

SIZE = BoxSize(136, 50, letters=19, line_height=15)
WIDE, HIGH = SIZE.width, SIZE.height
ACROSS, DOWN = 30, 28


@dataclass(frozen=True, slots=True)
class WayBox(Box):
    """A state in its place, and of which kind it is on the ways: where the case stands, next, an end."""

    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture: boxes, and lines as paths."""

    boxes: tuple[WayBox, ...]
    paths: tuple[str, ...]
    width: int
    height: int


def drawing(prospect: Prospect, say: Callable[[str], str]) -> Drawing:
    """The usual way in the middle, other states above it and ends below it."""
    here = len(prospect.before)
    columns = here + 1 + max(len(prospect.onward), len(prospect.aside) - 1, len(prospect.ends) - 1)
    row = HIGH + DOWN if prospect.aside else 0
    usual = (*prospect.before, prospect.here, *prospect.onward)
    kinds = ["before"] * here + ["here"] + ["next"] * len(prospect.onward)
    line = tuple(
        _box(state, say, kind, column, row)
        for column, (kind, state) in enumerate(zip(kinds, usual, strict=True))
    )
    above = tuple(_beside(prospect.aside, say, "aside", here, 0))
    below = tuple(_beside(prospect.ends, say, "end", here, row + HIGH + DOWN))
    return Drawing(
        boxes=(*line, *above, *below),
        paths=(*_along(line), *_up(line[here], above), *_down(line[here], below)),
        width=columns * (WIDE + ACROSS) - ACROSS,
        height=row + HIGH + (HIGH + DOWN if prospect.ends else 0),
    )


def _beside(
    states: Sequence[State], say: Callable[[str], str], kind: str, first: int, y: int
) -> Iterator[WayBox]:
    return (_box(state, say, kind, first + place, y) for place, state in enumerate(states))


def _box(state: State, say: Callable[[str], str], kind: str, column: int, y: int) -> WayBox:
    lines = SIZE.lines(say(state.label), y)
    return WayBox(column * (WIDE + ACROSS), y, WIDE, HIGH, lines, kind)


def _along(boxes: Sequence[Box]) -> Iterator[str]:
    """From each box to the next one on the right."""
    for one in boxes[:-1]:
        yield f"M{one.x + WIDE} {one.y + HIGH // 2}h{ACROSS}"


def _up(here: Box, boxes: Sequence[Box]) -> Iterator[str]:
    for box in boxes:
        yield f"M{here.middle} {here.y}v{-DOWN // 2}H{box.middle}V{box.y + HIGH}"


def _down(here: Box, boxes: Sequence[Box]) -> Iterator[str]:
    for box in boxes:
        yield f"M{here.middle} {here.y + HIGH}v{DOWN // 2}H{box.middle}V{box.y}"
