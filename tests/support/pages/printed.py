"""What a print says: the pages of a PDF as Chromium writes it, each with its words and their colours."""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"/FlateDecode.*?stream\n(.*)\nendstream", re.DOTALL)
FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
SPOKEN = re.compile(rb"/ToUnicode (\d+) 0 R")
KIDS = re.compile(rb"/Kids \[(.*?)\]", re.DOTALL)
NUMBER = re.compile(rb"(\d+) 0 R")
LETTERS = re.compile(rb"beginbf(char|range)\n(.*?)\nendbf", re.DOTALL)
CODE = re.compile(rb"<([0-9A-F]+)>")
# Which font from here on, which colour, where a line of words stands, how far the next letter is, and letters.
STEP = re.compile(
    rb"/(?P<font>F\d+) [\d.]+ Tf|(?P<colour>[\d.]+ [\d.]+ [\d.]+) rg"
    rb"|[-\d.]+ [-\d.]+ [-\d.]+ [-\d.]+ (?P<at>[-\d.]+ [-\d.]+) Tm|<(?P<letters>[0-9A-F]+)> Tj"
)
# Each part of a colour from here on is hardly seen on white paper.
PALE = 0.6
Alphabet = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its words in the order of drawing, and those among them that are hardly seen."""

    words: str
    pale: str


def sheets(pdf: bytes) -> list[Sheet]:
    """The pages of a print."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    trees = [KIDS.search(body) for body in objects.values() if b"/Type /Pages" in body]
    pages = [
        objects[int(number)]
        for tree in trees
        if tree
        for number in NUMBER.findall(tree[1])
        if b"/Type /Pages" not in objects[int(number)]
    ]
    return [_sheet(objects, page) for page in pages]


def _sheet(objects: Mapping[int, bytes], page: bytes) -> Sheet:
    fonts = {name: _alphabet(objects, objects[int(number)]) for name, number in FONT.findall(page)}
    drawn = re.search(rb"/Contents (\d+) 0 R", page)
    assert drawn is not None
    told = list(_told(_stream(objects[int(drawn[1])]), fonts))
    return Sheet(_spaced(told), _spaced([each for each in told if _is_pale(each[1])]))


def _told(drawing: bytes, fonts: Mapping[bytes, Alphabet]) -> Iterator[tuple[str, bytes]]:
    """Each run of letters with its colour; a new line of them begins with a space."""
    font: Alphabet = {}
    colour, line = b"", b""
    for step in STEP.finditer(drawing):
        if step["font"]:
            font = fonts[step["font"]]
        elif step["colour"]:
            colour = step["colour"]
        elif step["at"]:
            if step["at"].split()[1] != line:
                yield " ", colour
            line = step["at"].split()[1]
        else:
            codes = step["letters"]
            yield (
                "".join(font.get(int(codes[i : i + 4], 16), "") for i in range(0, len(codes), 4)),
                colour,
            )


def _is_pale(colour: bytes) -> bool:
    return bool(colour) and min(float(part) for part in colour.split()) >= PALE


def _spaced(told: list[tuple[str, bytes]]) -> str:
    return " ".join("".join(letters for letters, _ in told).split())


def _alphabet(objects: Mapping[int, bytes], font: bytes) -> Alphabet:
    """Which letter each code of a font stands for."""
    named = SPOKEN.search(font)
    if named is None:
        return {}
    found: dict[int, str] = {}
    for kind, lines in LETTERS.findall(_stream(objects[int(named[1])])):
        for line in lines.splitlines():
            codes = [bytes.fromhex(code.decode()) for code in CODE.findall(line)]
            first, letter = int.from_bytes(codes[0]), codes[-1].decode("utf-16-be")
            if kind == b"char":
                found[first] = letter
                continue
            for step in range(int.from_bytes(codes[1]) - first + 1):
                found[first + step] = chr(ord(letter) + step)
    return found


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    assert found is not None
    return zlib.decompress(found[1])
