"""The picture of the ways forward: nothing overlaps, and lines end where boxes stand."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from web.programmes.diagram import Box, Drawing, drawing
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.next_steps import prospect

STANDARD = load_file(Path("config/lifecycles/programme-standard.toml"))
WAY = re.compile(r"M(\d+) (\d+)(?:h\d+|v-?\d+H(\d+)V(\d+))")


def drawn(state: str) -> Drawing:
    return drawing(prospect(STANDARD, state, ("draft",)), str)


def overlap(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


@pytest.mark.parametrize("state", STANDARD.states)
def test_no_two_boxes_overlap_and_all_are_inside(state: str) -> None:
    picture = drawn(state)

    assert not any(overlap(*pair) for pair in combinations(picture.boxes, 2))
    assert all(box.x + box.width <= picture.width for box in picture.boxes)
    assert all(box.y + box.height <= picture.height for box in picture.boxes)
    assert [box.kind for box in picture.boxes].count("here") == 1


@pytest.mark.parametrize("state", STANDARD.states)
def test_every_line_begins_and_ends_at_a_box(state: str) -> None:
    picture = drawn(state)
    edges = {(box.middle, y) for box in picture.boxes for y in (box.y, box.y + box.height)}

    found = [WAY.fullmatch(path) for path in picture.paths]

    assert None not in found
    aside = [match.groups() for match in found if match and match[3]]
    ends = {(int(x), int(y)) for _, _, x, y in aside}
    assert ends <= edges


@pytest.mark.parametrize("state", STANDARD.states)
def test_a_label_stays_inside_its_box(state: str) -> None:
    for box in drawn(state).boxes:
        assert all(len(piece) <= 19 for piece, _ in box.lines)
        assert all(box.y < height < box.y + box.height for _, height in box.lines)
