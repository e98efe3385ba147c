"""The pages of a dossier: a history to read on a screen, one to print, and the steps by hand."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from workflow.dossiers.fonts import FAMILIES

FOLDER = Path(__file__).parent / "templates"
# Archival, and tagged for those who listen to it.
STANDARD: Final = "a-2a"


def readable(page: dict[str, Any]) -> str:
    """The history as one page that needs nothing beside it."""
    return _templates().get_template("history.html").render(page)


def printed(page: dict[str, Any], fonts: Path) -> bytes:
    """The history as a document to print and to keep (PDF/A); text comes in as data only."""
    given = json.dumps({**page, "families": FAMILIES}, ensure_ascii=False)
    made: bytes = typst.compile(
        str(FOLDER / "history.typ"),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"page": given},
        pdf_standards=STANDARD,
        timestamp=0,
    )
    return made


def steps(page: dict[str, Any]) -> str:
    """How to check the dossier, by the verifier and by hand."""
    return _templates().get_template("README.txt").render(page)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
