"""What is published goes out as a file that reads to the same bytes."""

import tomllib
from pathlib import Path

import pytest

from tests.workflow.engine.lifecycles import edited, put
from workflow.lifecycles.loader.files import from_tables, load_file
from workflow.publication.exports import toml_of

FILES = sorted((Path(__file__).parents[3] / "config" / "lifecycles").glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=[each.stem for each in FILES])
def test_a_lifecycle_comes_back_from_its_file_with_its_digest(file: Path) -> None:
    published = load_file(file)

    written = toml_of(published)

    assert from_tables(tomllib.loads(written), file.name).digest == published.digest
    assert len(written.splitlines()) > 100


def test_words_with_marks_of_their_own_come_back() -> None:
    said = 'A "quoted" \\ word, and ünïcode: عربي'
    kept = from_tables(edited(put("title", said)), "own.toml")

    assert from_tables(tomllib.loads(toml_of(kept)), "own.toml").body == kept.body
