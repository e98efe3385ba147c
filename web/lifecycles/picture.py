"""The course of a lifecycle as a picture: a band for each stage, boxes in rows, and lines between them.

A line to the next box of a row is straight; any other runs in a lane of its own between two rows, and
where it passes further rows, in a lane between two columns.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from web.lifecycles.box import Box, BoxSize
from workflow.lifecycles.course import Course, Passage
from workflow.lifecycles.definition import State
from workflow.vocabulary import Stage

SIZE = BoxSize(132, 46, letters=18, line_height=14)
WIDE, HIGH, ACROSS = SIZE.width, SIZE.height, 96
PER_ROW = 4
MARGIN, STAGE_WIDE = 16, 116
LANE, AROUND = 9, 18
NEAR = 10
CORNER = 16


@dataclass(frozen=True, slots=True)
class StateBox(Box):
    """A state in its place, whether it is an end, and what the child cases are called that open in it."""

    key: str
    final: bool
    children: tuple[str, ...] = ()

    @property
    def opens(self) -> str:
        """How many kinds of child case open in it, as its corner shows."""
        return f"+{len(self.children)}" if self.children else ""

    @property
    def corner(self) -> tuple[int, int]:
        """The middle of the mark at its lower corner that says so."""
        return self.x + self.width - CORNER, self.y + self.height


@dataclass(frozen=True, slots=True)
class Band:
    """A stage, from where to where its rows stand."""

    stage: Stage
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """A passage from point to point, with its number in the list beside the picture and where that stands."""

    number: int
    points: tuple[tuple[int, int], ...]
    x: int
    y: int
    said: str

    @property
    def path(self) -> str:
        """The points as a path."""
        return "M" + "L".join(f"{x} {y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class CoursePicture:
    """The picture whole."""

    bands: tuple[Band, ...]
    boxes: tuple[StateBox, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a state: its row and its column."""

    row: int
    column: int


def picture(course: Course, say: Callable[[str], str], *, mirrored: bool = False) -> CoursePicture:
    """The picture of a course, its words said by `say`; read from the right where it is `mirrored`."""
    return _Plan(course, say, mirrored=mirrored).drawn()


class _Plan:
    """Lays states into cells, then gives each line its lanes, then says where everything is."""

    def __init__(self, course: Course, say: Callable[[str], str], *, mirrored: bool) -> None:
        self.course, self.say, self.mirrored = course, say, mirrored
        self.rows = [
            (stage, states[first : first + PER_ROW])
            for stage, states in course.stages
            for first in range(0, len(states), PER_ROW)
        ]
        self.cells = {
            state.key: Cell(row, column)
            for row, (_, states) in enumerate(self.rows)
            for column, state in enumerate(states)
        }
        columns = max(len(states) for _, states in self.rows)
        self.width = STAGE_WIDE + columns * WIDE + (columns - 1) * ACROSS + 3 * MARGIN + LANE * 4
        # How many lanes are taken: above each row, and left of each column.
        self.above: Counter[int] = Counter()
        self.beside: Counter[int] = Counter()
        self.touched: Counter[tuple[str, str]] = Counter()
        self.routes = [self._route(each) for each in course.onward]
        self.tops = self._tops()

    def drawn(self) -> CoursePicture:
        boxes = tuple(self._box(state) for _, states in self.rows for state in states)
        lines = tuple(
            self._line(number, passage, route)
            for number, (passage, route) in enumerate(
                zip(self.course.onward, self.routes, strict=True), 1
            )
        )
        last = len(self.rows) - 1
        height = self.tops[last] + HIGH + self._gutter(last + 1) + MARGIN
        return CoursePicture(tuple(self._bands()), boxes, lines, self.width, height)

    def _route(self, passage: Passage) -> tuple[int, ...]:
        """The lanes of a passage: none where it is straight; above which rows, and between which columns."""
        start, end = self.cells[passage.start.key], self.cells[passage.end.key]
        if start.row == end.row and abs(start.column - end.column) == 1:
            return ()
        leaving = start.row + 1 if end.row > start.row else start.row
        entering = end.row if end.row > start.row else end.row + (end.row < start.row)
        self.above[leaving] += 1
        if leaving == entering:
            return (leaving, self.above[leaving])
        self.above[entering] += 1
        self.beside[end.column] += 1
        return (
            leaving, self.above[leaving], entering, self.above[entering], self.beside[end.column],
        )  # fmt: skip

    def _gutter(self, row: int) -> int:
        return 2 * AROUND + LANE * self.above[row]

    def _tops(self) -> list[int]:
        tops, y = [], 0
        for row in range(len(self.rows)):
            y += self._gutter(row)
            tops.append(y)
            y += HIGH
        return tops

    def _bands(self) -> list[Band]:
        bands = []
        for stage in dict.fromkeys(stage for stage, _ in self.rows):
            inside = [row for row, (each, _) in enumerate(self.rows) if each is stage]
            top = self.tops[inside[0]] - AROUND // 2
            bottom = self.tops[inside[-1]] + HIGH + AROUND // 2
            bands.append(Band(stage, top, bottom - top))
        return bands

    def _box(self, state: State) -> StateBox:
        cell = self.cells[state.key]
        x, y = self._left(cell.column), self.tops[cell.row]
        lines = SIZE.lines(self.say(state.label), y)
        left = self._seen(x + WIDE) if self.mirrored else x
        children = tuple(map(self.say, self.course.children.get(state.key, ())))
        return StateBox(left, y, WIDE, HIGH, lines, state.key, state.final, children)

    def _left(self, column: int) -> int:
        return STAGE_WIDE + MARGIN + LANE * 4 + column * (WIDE + ACROSS)

    def _seen(self, x: int) -> int:
        return self.width - x if self.mirrored else x

    def _line(self, number: int, passage: Passage, route: Sequence[int]) -> Line:
        points = self._straight(passage) if not route else self._bent(passage, route)
        seen = tuple((self._seen(x), y) for x, y in points)
        (x, y), (further, beyond) = points[0], points[1]
        near = (x + (further > x) * NEAR - (further < x) * NEAR, y + _sign(beyond - y) * NEAR)
        return Line(
            number, seen, self._seen(near[0]), near[1], " / ".join(map(self.say, passage.labels))
        )

    def _straight(self, passage: Passage) -> list[tuple[int, int]]:
        start, end = self.cells[passage.start.key], self.cells[passage.end.key]
        onward = end.column > start.column
        y = self.tops[start.row] + HIGH // 2 + (-NEAR if onward else NEAR)
        first, last = self._left(start.column), self._left(end.column)
        return [(first + WIDE, y), (last, y)] if onward else [(first, y), (last + WIDE, y)]

    def _bent(self, passage: Passage, route: Sequence[int]) -> list[tuple[int, int]]:
        start, end = self.cells[passage.start.key], self.cells[passage.end.key]
        out = self._touch(passage.start.key, self._left(start.column), below=end.row > start.row)
        into = self._touch(passage.end.key, self._left(end.column), below=end.row < start.row)
        top = self.tops[start.row] + (HIGH if end.row > start.row else 0)
        bottom = self.tops[end.row] + (HIGH if end.row < start.row else 0)
        first = self._lane(route[0], route[1])
        if len(route) == 2:
            return [(out, top), (out, first), (into, first), (into, bottom)]
        second = self._lane(route[2], route[3])
        between = self._left(end.column) - NEAR - LANE * route[4]
        return [
            (out, top), (out, first), (between, first), (between, second), (into, second),
            (into, bottom),
        ]  # fmt: skip

    def _lane(self, row: int, taken: int) -> int:
        """How high a lane above a row is."""
        bottom = (
            self.tops[row] if row < len(self.rows) else self.tops[-1] + HIGH + self._gutter(row)
        )
        return bottom - AROUND - LANE * (taken - 1)

    def _touch(self, key: str, left: int, *, below: bool) -> int:
        """Where the next line meets the upper or lower edge of a box."""
        side = (key, "below" if below else "above")
        self.touched[side] += 1
        at = self.touched[side]
        return left + WIDE // 2 + (at // 2) * (12 if at % 2 else -12)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
