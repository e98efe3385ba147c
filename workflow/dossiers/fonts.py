"""The pages' own fonts in the form that typesetting takes, made once and kept."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from workflow.errors import NotFound
from workflow.phrase import phrase

WEIGHTS = {400: "Regular", 600: "SemiBold"}
INTER = "@fontsource-variable/inter/files/inter-{}-wght-normal.woff2"
ARABIC = "@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-{}-normal.woff2"
SCRIPTS = ("latin", "latin-ext", "cyrillic", "greek")
# In the order in which a letter is looked for.
FAMILIES = (*(f"Inter {script}" for script in SCRIPTS), "Noto Arabic")
# Kept fonts are named by this; it changes when what is made of the sources does.
MAKING = "1"


@dataclass(frozen=True, slots=True)
class _Cut:
    """One font to make: its source, the family it is to be called by, and its weight."""

    source: Path
    family: str
    weight: int


@cache
def prepared(node_modules: Path, kept: Path) -> Path:
    """The folder of the fonts made from what `npm ci` fetched; `kept` holds it for the next time."""
    cuts = list(_cuts(node_modules))
    try:
        named = hashlib.sha256(MAKING.encode() + b"".join(c.source.read_bytes() for c in cuts))
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
        _make(cuts, kept, place)
    return place


def _cuts(node_modules: Path) -> Iterator[_Cut]:
    for weight in WEIGHTS:
        for script in SCRIPTS:
            yield _Cut(node_modules / INTER.format(script), f"Inter {script}", weight)
        yield _Cut(node_modules / ARABIC.format(weight), "Noto Arabic", weight)


def _make(cuts: list[_Cut], kept: Path, place: Path) -> None:
    """Make every font aside, and give the folder its name at once and whole."""
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=kept, prefix="incoming-"))
    try:
        for cut in cuts:
            _font(cut).save(draft / f"{cut.family.replace(' ', '-')}-{cut.weight}.ttf")
        if not place.is_dir():
            os.rename(draft, place)  # noqa: PTH104  # refused where somebody else was quicker
    except FileExistsError:
        pass
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _font(cut: _Cut) -> TTFont:
    font = TTFont(cut.source)
    if "fvar" in font:
        font = instantiateVariableFont(font, {"wght": cut.weight})
    style = WEIGHTS[cut.weight]
    called = {1: cut.family, 2: style, 4: f"{cut.family} {style}", 16: cut.family, 17: style}
    called[6] = f"{cut.family}-{style}".replace(" ", "")
    for record in font["name"].names:
        if record.nameID in called:
            record.string = called[record.nameID]
    font["OS/2"].usWeightClass = cut.weight
    font.flavor = None
    return font
