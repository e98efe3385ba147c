"""A state as a box of a picture: how large it is, and how its label stands in it."""

from dataclasses import dataclass
from textwrap import wrap

MOST_LINES = 3
# From the middle of a line of letters down to where they stand.
BASELINE = 4


@dataclass(frozen=True, slots=True)
class BoxSize:
    """How large the boxes of a picture are: in pixels, and how many letters a line of a label takes."""

    width: int
    height: int
    letters: int
    line_height: int

    def lines(self, label: str, y: int) -> tuple[tuple[str, int], ...]:
        """The pieces of a label in a box that begins at `y`, each with the height it stands at."""
        pieces = wrap(label, self.letters)[:MOST_LINES]
        first = y + self.height // 2 - (len(pieces) - 1) * self.line_height // 2 + BASELINE
        return tuple((piece, first + at * self.line_height) for at, piece in enumerate(pieces))


@dataclass(frozen=True, slots=True)
class Box:
    """A box in its place; `lines` are the pieces of its label, each with the height it stands at."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[str, int], ...]

    @property
    def middle(self) -> int:
        """Where its middle is, from the left."""
        return self.x + self.width // 2
