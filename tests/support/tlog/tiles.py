"""Every tile of a tree at once, for comparison with what the product stored bit by bit."""

from collections.abc import Callable

from workflow.tlog.formats.tree import Range
from workflow.tlog.store.tiles import HEIGHT, Place


def tiles_of(leaves: list[bytes]) -> dict[Place, bytes]:
    """Every tile of the tree over these leaf hashes."""
    found: dict[Place, bytearray] = {}
    grown = Range()
    for leaf in leaves:
        grown.append(leaf, _collecting(found))
    return {place: bytes(tile) for place, tile in found.items()}


def _collecting(found: dict[Place, bytearray]) -> Callable[[int, int, bytes], None]:
    def heard(level: int, index: int, subtree: bytes) -> None:
        row, inside = divmod(level, HEIGHT)
        if not inside:
            found.setdefault((row, index >> HEIGHT), bytearray()).extend(subtree)

    return heard
