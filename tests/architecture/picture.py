"""Draws the wings and what each stands on from the imports: `python -m tests.architecture.picture`.

A line that others already say is left out: where one wing stands on another by way of a third, only
the two steps are drawn.
"""

import ast
from collections import defaultdict
from collections.abc import Mapping
from html import escape

import grimp

from tests.architecture.layout import ROOT
from tests.support.sentences import tree_of

PICTURE = ROOT / "docs" / "architecture.svg"
ROOTS = ("web", "workflow", "config")
GROUND = "ground"
WIDE, HIGH, ACROSS, DOWN, MARGIN, LANE = 132, 38, 28, 46, 16, 12
STYLE = (
    "rect{fill:#fff;stroke:#345;rx:4}text{font:14px sans-serif;fill:#123;text-anchor:middle}"
    "path{fill:none;stroke:#89a;stroke-width:1.5}"
)
Edges = Mapping[str, frozenset[str]]


def wing_of(module: str) -> str:
    """The wing that a module lies in; single modules are the ground, or stand for themselves."""
    top, _, below = module.partition(".")
    name = below.partition(".")[0]
    if top != "workflow" or not name:
        return "" if top == "workflow" else top
    alone = (ROOT / "workflow" / f"{name}.py").is_file()
    return GROUND if alone and name not in {"background", "schema"} else name


def stands_on() -> Edges:
    """What each wing imports of the others, as far as no third wing says it already."""
    graph = grimp.build_graph(*ROOTS, cache_dir=None)
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        wing = wing_of(module)
        for other in map(wing_of, graph.find_modules_directly_imported_by(module)):
            if wing and other and wing != other:
                direct[wing].add(other)
                direct[other] |= set()
    below = {wing: _below(wing, direct) for wing in direct}
    return {
        wing: frozenset(one for one in ones if not any(one in below[other] for other in ones))
        for wing, ones in direct.items()
    }


def _below(wing: str, direct: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set[str](), [*direct[wing]]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += direct[one]
    return found


def heights(edges: Edges) -> dict[str, int]:
    """How far above the ground each wing stands: one step above the highest it stands on."""
    found: dict[str, int] = {}
    while len(found) < len(edges):
        for wing in sorted(set(edges) - set(found)):
            if edges[wing] <= set(found):
                found[wing] = 1 + max((found[one] for one in edges[wing]), default=-1)
    return found


def places(edges: Edges) -> dict[str, tuple[float, int]]:
    """The middle of each box from the middle of the picture, and its top."""
    height = heights(edges)
    top, found = max(height.values()), dict[str, tuple[float, int]]()
    for level in range(top + 1):
        row = [wing for wing in sorted(edges) if height[wing] == level]
        # A wing stands as near as can be above what it stands on.
        row.sort(key=lambda wing: sum(found[o][0] for o in edges[wing]) / (len(edges[wing]) or 1))
        first = -(len(row) - 1) * (WIDE + ACROSS) / 2
        for place, wing in enumerate(row):
            found[wing] = (first + place * (WIDE + ACROSS), (top - level) * (HIGH + DOWN))
    return found


def drawn() -> str:
    """The picture, the same for the same imports."""
    edges = stands_on()
    found = places(edges)
    far = [
        (wing, one)
        for wing in sorted(edges)
        for one in sorted(edges[wing])
        if found[one][1] - found[wing][1] > HIGH + DOWN
    ]
    half = max(x for x, _ in found.values()) + WIDE / 2 + MARGIN + LANE * len(far)
    tall = max(y for _, y in found.values()) + HIGH + 2 * MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * half:g} {tall}" role="img">',
        "<title>The wings of Prime Mover and what each stands on</title>",
        f'<style>{STYLE}</style><rect width="100%" height="100%" style="stroke:none"/>',
    ]
    at = {wing: (half + x, MARGIN + y) for wing, (x, y) in found.items()}
    lines += [
        _line(at[wing], at[one])
        for wing in sorted(edges)
        for one in sorted(edges[wing])
        if (wing, one) not in far
    ]
    lines += [
        _around(at[wing], at[one], half, number) for number, (wing, one) in enumerate(far, start=1)
    ]
    lines += [_box(wing, *at[wing]) for wing in sorted(at)]
    return "\n".join([*lines, "</svg>", ""])


def _line(start: tuple[float, int], end: tuple[float, int]) -> str:
    (x, y), (to_x, to_y) = (start[0], start[1] + HIGH), end
    bend = DOWN * 3 // 4
    return f'<path d="M{x:g} {y}C{x:g} {y + bend} {to_x:g} {to_y - bend} {to_x:g} {to_y}"/>'


def _around(start: tuple[float, int], end: tuple[float, int], half: float, number: int) -> str:
    """A line past several rows, beside all boxes, in a lane of its own on the side where it ends."""
    (x, y), (to_x, to_y) = (start[0], start[1] + HIGH), end
    aside = half - MARGIN + LANE - LANE * number
    lane = half - aside if to_x < half else half + aside
    step = 4 + 4 * number
    return f'<path d="M{x:g} {y}v{step}H{lane:g}V{to_y - step}H{to_x:g}v{step}"/>'


def _box(wing: str, x: float, y: int) -> str:
    return (
        f'<g><title>{escape(_promise(wing))}</title><rect x="{x - WIDE / 2:g}" y="{y}" '
        f'width="{WIDE}" height="{HIGH}"/><text x="{x:g}" y="{y + 24}">{wing}</text></g>'
    )


def _promise(wing: str) -> str:
    """The sentence that the wing begins with."""
    folders = (ROOT / wing, ROOT / "workflow" / wing)
    files = [folder / "__init__.py" for folder in folders] + [ROOT / "workflow" / f"{wing}.py"]
    said = next((ast.get_docstring(tree_of(file)) for file in files if file.is_file()), None)
    return (said or "What every room may use").split("\n")[0]


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
