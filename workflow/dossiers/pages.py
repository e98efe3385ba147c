"""The pages of a dossier: a history to read on a screen, one to print, and the steps by hand."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from workflow.deferred import Library
from workflow.dossiers.faces import Faces, faces, plainest
from workflow.dossiers.legible import legible, signs_in
from workflow.free_text.characters import set_apart

if TYPE_CHECKING:
    import typst
else:
    typst = Library("typst")

FOLDER = Path(__file__).parent / "templates"
# Archival, and tagged for those who listen to it.
STANDARD: Final = "a-2a"
Remark = Callable[[Mapping[str, int]], str]


@dataclass(frozen=True, slots=True)
class PrintOut:
    """A history in print; `replaced` counts what stands in it by its number. No body where none could be made."""

    body: bytes | None
    replaced: Mapping[str, int]


def readable(page: dict[str, Any], print_out: PrintOut, remark: Remark) -> str:
    """The history as one page that needs nothing beside it; it says what the print lacks."""
    return _templates().get_template("history.html").render(page, **_of(print_out, remark))


def printed(page: dict[str, Any], fonts: Path, remark: Remark) -> PrintOut:
    """The history as a document to print and to keep (PDF/A); text comes in as data only.

    A character that no font has stands there by its number, and the page says so by `remark`. Where
    fonts cannot set letters together that each of them has, only the plainest are printed; whatever
    happens then, nothing is refused for it.
    """
    signs, usual = signs_in(page), plainest(fonts)
    for every in (False, True):
        found = faces(fonts, signs, every=every)
        made = _set(page, found, found.missing.__contains__, remark)
        if made.body is not None:
            return made
    return _set(page, faces(fonts, ()), lambda each: _joins(each) or each not in usual, remark)


def _joins(sign: str) -> bool:
    """Whether a character is set together with the one before it."""
    return category(sign)[0] == "M"


def _set(
    page: dict[str, Any], found: Faces, missing: Callable[[str], bool], remark: Remark
) -> PrintOut:
    replaced: Counter[str] = Counter()
    words = legible(page, missing, replaced)
    words |= {"unprinted": remark(replaced) if replaced else "", "families": found.families}
    try:
        return PrintOut(_typeset(words, found), replaced)
    except typst.TypstError:
        return PrintOut(None, replaced)


def _typeset(words: dict[str, Any], found: Faces) -> bytes:
    given = json.dumps(words, ensure_ascii=False)
    made: bytes = typst.compile(
        str(FOLDER / "history.typ"),
        font_paths=list(map(str, found.folders)),
        ignore_system_fonts=True,
        sys_inputs={"page": given},
        pdf_standards=STANDARD,
        timestamp=0,
    )
    return made


def steps(page: dict[str, Any], print_out: PrintOut, remark: Remark) -> str:
    """How to check the dossier, by the verifier and by hand."""
    return _templates().get_template("README.txt").render(page, **_of(print_out, remark))


def _of(print_out: PrintOut, remark: Remark) -> dict[str, Any]:
    """What the other pages say of the print."""
    unprinted = remark(print_out.replaced) if print_out.replaced and print_out.body else ""
    return {"unprinted": unprinted, "no_print": print_out.body is None}


def _apart(value: Any) -> Any:
    """A text that turns nothing around it; marks that were put there for a page stay."""
    return set_apart(value) if isinstance(value, str) else value


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        finalize=_apart,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
