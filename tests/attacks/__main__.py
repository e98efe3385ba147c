"""Writes `docs/attacks.md`: `python -m tests.attacks`."""

from tests.attacks.document import DOCUMENT, document

DOCUMENT.write_text(document(), encoding="utf-8")
