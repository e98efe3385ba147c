"""The pages' own fonts in the form that typesetting takes, made once and kept."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.deferred import Library, deferred
from workflow.errors import NotFound
from workflow.phrase import phrase

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer
else:
    TTFont = deferred("fontTools.ttLib", "TTFont")
    instancer = Library("fontTools.varLib.instancer")

WEIGHTS = {400: "Regular", 600: "SemiBold"}
INTER = "@fontsource-variable/inter/files/inter-{}-wght-normal.woff2"
ARABIC = "@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-{}-normal.woff2"
SCRIPTS = ("latin", "latin-ext", "cyrillic", "greek")
# In the order in which a letter is looked for.
FAMILIES = (*(f"Inter {script}" for script in SCRIPTS), "Noto Arabic")
# Where a letter is looked for that none of those has, in this order; made when it is wanted.
OTHERS = (
    "@fontsource-variable/inter/files/*-wght-normal.woff2",
    "@fontsource/noto-sans-arabic/files/*-400-normal.woff2",
    "@fontsource-variable/noto-s*/files/*-wght-normal.woff2",
    "@fontsource/noto-sans-[!a]*/files/*-400-normal.woff2",
    "@fontsource-variable/noto-emoji/files/*-wght-normal.woff2",
)
BASE, MADE, LISTED = "base", "others", "others.json"
# A font stays at its usual weight by leaving out how it could vary.
VARIATIONS = ("fvar", "gvar", "avar", "cvar", "HVAR", "VVAR", "MVAR", "STAT")
# Kept fonts are named by this; it changes when what is made of the sources does.
MAKING = "2"


@dataclass(frozen=True, slots=True)
class Cut:
    """One font to make: its source, the family it is to be called by, and its weight."""

    source: Path
    family: str
    weight: int = 400

    def put_into(self, folder: Path) -> None:
        """Make the font, as a file in `folder`."""
        _font(self).save(folder / f"{self.family.replace(' ', '-')}-{self.weight}.ttf")


@cache
def prepared(node_modules: Path, kept: Path) -> Path:
    """The folder of the fonts made from what `npm ci` fetched; `kept` holds it for the next time.

    Those of scripts that few histories need are listed there alone, and made when they are wanted.
    """
    cuts, others = list(_cuts(node_modules)), list(_others(node_modules))
    named = hashlib.sha256(f"{MAKING} {node_modules}".encode())
    try:
        for cut in (*cuts, *others):
            named.update(cut.source.read_bytes())
    except FileNotFoundError as missing:
        raise NotFound(
            phrase(
                "The font %(name)s is missing: run `npm ci` in the project's folder, or point "
                "PRIMEMOVER_NODE_MODULES at the folder that it filled.",
                name=Path(missing.filename).name,
            )
        ) from missing
    place = kept / f"fonts-{named.hexdigest()[:16]}"
    if not place.is_dir():
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        put_whole(place, lambda draft: _make(cuts, others, draft))
    return place


def put_whole(place: Path, make: Callable[[Path], None]) -> None:
    """Have a folder made aside, and give it its name at once and whole."""
    draft = Path(tempfile.mkdtemp(dir=place.parent, prefix="incoming-"))
    try:
        make(draft)
        if not place.is_dir():
            os.rename(draft, place)  # noqa: PTH104  # refused where somebody else was quicker
    except OSError:
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def signs_of(font: Path) -> frozenset[int]:
    """The characters that a font has."""
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap() or ())


def _cuts(node_modules: Path) -> Iterator[Cut]:
    for weight in WEIGHTS:
        for script in SCRIPTS:
            yield Cut(node_modules / INTER.format(script), f"Inter {script}", weight)
        yield Cut(node_modules / ARABIC.format(weight), "Noto Arabic", weight)


def _others(node_modules: Path) -> Iterator[Cut]:
    for pattern in OTHERS:
        for source in sorted(node_modules.glob(pattern)):
            yield Cut(source, source.name.removesuffix("-normal.woff2"))


def _make(cuts: list[Cut], others: list[Cut], draft: Path) -> None:
    (draft / BASE).mkdir()
    (draft / MADE).mkdir()
    for cut in cuts:
        cut.put_into(draft / BASE)
    had = frozenset[int]().union(*(signs_of(cut.source) for cut in cuts))
    listed = []
    for cut in others:
        signs = signs_of(cut.source) - had
        if signs:
            listed.append([str(cut.source), cut.family, sorted(signs)])
    (draft / LISTED).write_text(json.dumps(listed), encoding="utf-8")


def _font(cut: Cut) -> TTFont:
    font = TTFont(cut.source)
    if "fvar" in font:
        font = _at(font, cut.weight)
    style = WEIGHTS[cut.weight]
    called = {1: cut.family, 2: style, 4: f"{cut.family} {style}", 16: cut.family, 17: style}
    called[6] = f"{cut.family}-{style}".replace(" ", "")
    for record in font["name"].names:
        if record.nameID in called:
            record.string = called[record.nameID]
    font["OS/2"].usWeightClass = cut.weight
    font.flavor = None
    return font


def _at(font: TTFont, weight: int) -> TTFont:
    """A font that could vary, at one weight."""
    usual = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    if usual != {"wght": weight}:
        return instancer.instantiateVariableFont(font, {"wght": weight})
    for table in VARIATIONS:
        if table in font:
            del font[table]
    return font
