"""A box of a picture: its label stays inside, in the middle, whatever it says."""

import pytest

from web.lifecycles.box import Box, BoxSize

SIZE = BoxSize(130, 48, letters=18, line_height=14)


@pytest.mark.parametrize(
    ("label", "count"),
    [
        ("", 0),
        ("Draft", 1),
        ("Formulation of the full document", 2),
        ("Waiting for a country that has not yet said which of its agencies executes", 3),
        ("x" * 400, 3),
    ],
)
def test_a_label_stands_in_the_middle_of_its_box_in_at_most_three_lines(
    label: str, count: int
) -> None:
    lines = SIZE.lines(label, 100)

    heights = [height for _, height in lines]
    assert len(lines) == count
    assert all(len(piece) <= SIZE.letters for piece, _ in lines)
    assert all(100 + 10 < height < 100 + SIZE.height for height in heights)
    if count:
        assert abs(sum(heights) / count - (100 + 24 + 4)) <= 1


def test_the_middle_of_a_box_is_half_its_width_from_its_left() -> None:
    assert Box(20, 0, SIZE.width, SIZE.height, ()).middle == 20 + 65
