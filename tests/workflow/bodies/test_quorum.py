"""The quorum of a body, and what is said where fewer are left than it asks for."""

import pytest

from workflow.bodies.quorum import fewer_than_quorum


@pytest.mark.parametrize(
    ("able", "quorum", "said"),
    [
        (3, 3, ""),
        (0, 1, "Board cannot decide: 0 of its seats may, and 1 must. Ask an administrator."),
        (1, 2, "Board cannot decide: one of its seats may, and 2 must. Ask an administrator."),
        (2, 3, "Board cannot decide: 2 of its seats may, and 3 must. Ask an administrator."),
    ],
)
def test_a_body_decides_with_its_quorum_and_says_what_lacks(
    able: int, quorum: int, said: str
) -> None:
    assert str(fewer_than_quorum("Board", able, quorum) or "") == said
