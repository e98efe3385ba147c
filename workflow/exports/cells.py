"""Cells of a table as text that no spreadsheet takes for a formula."""

# A spreadsheet takes a cell that begins with one of these for a formula; some take the full-width
# forms as well.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# What a spreadsheet may strip from the front of a cell before it looks.
STRIPPED = " \u00a0\u200b\u200e\u200f\u2060\u3000\ufeff\x00"


def safe(cell: object) -> str:
    """A cell as text; one that would be taken for a formula is marked as text."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(STRIPPED).startswith(FORMULAS) else text
