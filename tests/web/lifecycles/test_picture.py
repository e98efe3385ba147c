"""The picture of a course: nothing overlaps, lines end at boxes, and it can be read from either side."""

from itertools import combinations, pairwise
from pathlib import Path

import pytest

from tests.workflow.lifecycles.with_children import with_children
from web.lifecycles.picture import CoursePicture, StateBox, picture
from workflow.lifecycles.course import Course, course
from workflow.lifecycles.loader.files import from_tables, load_file

FILES = sorted(Path("config/lifecycles").glob("*.toml"))
every = pytest.mark.parametrize("file", FILES, ids=[each.stem for each in FILES])


def drawn(file: Path, *, mirrored: bool = False) -> tuple[Course, CoursePicture]:
    laid = course(load_file(file))
    return laid, picture(laid, str, mirrored=mirrored)


def ends(path: str) -> tuple[tuple[int, int], tuple[int, int]]:
    points = [tuple(map(int, point.split())) for point in path[1:].split("L")]
    return points[0], points[-1]  # type: ignore[return-value]


def at(box: StateBox, point: tuple[int, int]) -> bool:
    """Whether a point is on the edge of a box."""
    x, y = point
    inside = box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
    return inside and (x in {box.x, box.x + box.width} or y in {box.y, box.y + box.height})


@every
def test_every_state_has_its_box_and_none_overlap(file: Path) -> None:
    laid, found = drawn(file)

    boxes = found.boxes
    assert {box.key for box in boxes} == {s.key for _, states in laid.stages for s in states}
    assert all(box.x >= 0 and box.x + box.width <= found.width for box in boxes)
    assert all(box.y >= 0 and box.y + box.height <= found.height for box in boxes)
    assert not any(
        one.x < other.x + other.width and other.x < one.x + one.width
        and one.y < other.y + other.height and other.y < one.y + one.height
        for one, other in combinations(boxes, 2)
    )  # fmt: skip


@every
@pytest.mark.parametrize("mirrored", [False, True])
def test_every_passage_is_a_line_from_its_box_to_the_next(file: Path, mirrored: bool) -> None:
    laid, found = drawn(file, mirrored=mirrored)

    boxes = {box.key: box for box in found.boxes}
    assert [line.number for line in found.lines] == list(range(1, len(laid.onward) + 1))
    for line, passage in zip(found.lines, laid.onward, strict=True):
        first, last = ends(line.path)
        assert at(boxes[passage.start.key], first), line
        assert at(boxes[passage.end.key], last), line


@every
def test_no_line_runs_through_a_box(file: Path) -> None:
    _, found = drawn(file)

    for line in found.lines:
        points = [tuple(map(int, point.split())) for point in line.path[1:].split("L")]
        for (x1, y1), (x2, y2) in pairwise(points):
            for box in found.boxes:
                across = max(min(x1, x2), box.x + 1) <= min(max(x1, x2), box.x + box.width - 1)
                down = max(min(y1, y2), box.y + 1) <= min(max(y1, y2), box.y + box.height - 1)
                assert not (across and down), (line, box)


@every
def test_mirrored_it_is_the_same_seen_from_the_other_side(file: Path) -> None:
    _, left = drawn(file)
    _, right = drawn(file, mirrored=True)

    assert [left.width - box.x - box.width for box in left.boxes] == [box.x for box in right.boxes]
    assert [box.lines for box in left.boxes] == [box.lines for box in right.boxes]


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_state_in_which_child_cases_open_is_marked_at_its_corner(mirrored: bool) -> None:
    laid = course(from_tables(with_children(), "parent.toml"))

    boxes = {box.key: box for box in picture(laid, str.upper, mirrored=mirrored).boxes}

    marked = {key: box.opens for key, box in boxes.items() if box.opens}
    assert marked == {
        "consultation": "+1", "inception": "+1", "active": "+5", "suspended": "+1", "operational_closure": "+1"
    }  # fmt: skip
    of_delivery = ("PROGRESS REPORT", "COUNTRY'S PART", "AMENDMENT", "HALF-WAY EVALUATION", "AUDIT")
    assert boxes["active"].children == of_delivery
    for box in boxes.values():
        x, y = box.corner
        assert box.middle < x < box.x + box.width
        assert y == box.y + box.height
