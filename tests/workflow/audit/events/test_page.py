"""The page about events says what their declarations say."""

from tests.workflow.audit.events.page import DOCUMENT, document
from workflow.audit.events import PAYLOADS


def test_the_page_is_written_from_the_declarations() -> None:
    command = "python -m tests.workflow.audit.events.page"

    assert DOCUMENT.read_text(encoding="utf-8") == document(), f"run: {command}"


def test_the_page_names_every_type_once() -> None:
    lines = document().splitlines()

    assert [lines.count(f"### `{kind}`") for kind in PAYLOADS] == [1] * len(PAYLOADS)
