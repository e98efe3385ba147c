"""Which fonts it takes to print given characters, and which characters no font here has."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workflow.dossiers.fonts import BASE, FAMILIES, LISTED, MADE, Cut, put_whole, signs_of


@dataclass(frozen=True, slots=True)
class Faces:
    """Families in the order in which a letter is looked for, the folders that hold them, and what none has."""

    families: tuple[str, ...]
    folders: tuple[Path, ...]
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Stock:
    base: frozenset[int]
    others: tuple[tuple[Cut, frozenset[int]], ...]


def faces(fonts: Path, signs: Iterable[str], *, every: bool = False) -> Faces:
    """The faces for these characters, made where nobody wanted them before; `fonts` was prepared.

    They are as few as will do, or `every` one that has a character: letters that are set together
    have to come from one.
    """
    stock = _stock(fonts)
    wanted = {ord(sign) for sign in signs} - stock.base
    missing = set(wanted)
    families, folders = list(FAMILIES), [fonts / BASE]
    for cut, has in stock.others:
        if has & (wanted if every else missing):
            missing -= has
            families.append(cut.family)
            folders.append(_made(fonts, cut))
    return Faces(tuple(families), tuple(folders), frozenset(map(chr, missing)))


def plainest(fonts: Path) -> frozenset[str]:
    """The characters of the fonts that every page is printed with."""
    return frozenset(map(chr, _stock(fonts).base))


def _made(fonts: Path, cut: Cut) -> Path:
    place = fonts / MADE / cut.family
    if not place.is_dir():
        put_whole(place, cut.put_into)
    return place


@cache
def _stock(fonts: Path) -> _Stock:
    base = frozenset[int]().union(*map(signs_of, (fonts / BASE).iterdir()))
    return _Stock(base, tuple(_listed(fonts / LISTED)))


def _listed(file: Path) -> Iterator[tuple[Cut, frozenset[int]]]:
    for source, family, signs in json.loads(file.read_text(encoding="utf-8")):
        yield Cut(Path(source), family), frozenset(signs)
