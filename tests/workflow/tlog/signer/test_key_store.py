"""What a signer keeps at home: what it meant to state, what it stated, and that it is alone."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.workflow.tlog.signer.test_signer import PEN
from tests.workflow.tlog.writing import (
    NOON,
    ORIGIN,
    Hand,
    a_signer,
    logged,
    reading,
)
from workflow.errors import Invalid
from workflow.tlog.formats import tree
from workflow.tlog.formats.checkpoint import Checkpoint
from workflow.tlog.signer.key_store import BLOCK, Intent, KeyStore
from workflow.tlog.store.tiles import Tiles


def test_what_was_meant_and_not_published_is_published(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    """The signer died between its own record and the database."""
    signer = a_signer(database, tmp_path / PEN, Hand())
    logged(database, refs)
    with reading(database) as session:
        root = tree.root_at(Tiles(session).read, 4)
    KeyStore(tmp_path / PEN).intend(Intent(Checkpoint(ORIGIN, 4, root), NOON))

    published = signer.step()

    assert published is not None
    assert (published.size, published.root) == (4, root)


def test_a_line_cut_short_is_as_if_it_had_not_been_begun(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    signer = a_signer(database, tmp_path / PEN, Hand())
    logged(database, refs)
    state = tmp_path / PEN / "signed"
    state.write_text("2026-03-02T12:00:00.000Z 9 CsUYap")

    signer.step()

    (line,) = state.read_text().splitlines()
    assert line.split(" ")[1] == "4"


@pytest.mark.parametrize(
    "damage", ["x\n", "2026-03-02T12:00:00.000Z 9 AAAA o\n", "\n", "now 1 2 3 4\n"]
)
def test_a_damaged_record_is_not_signed_upon(
    database: Engine, refs: list[str], tmp_path: Path, damage: str
) -> None:
    signer = a_signer(database, tmp_path / PEN, Hand())
    logged(database, refs)
    (tmp_path / PEN / "signed").write_text(damage)

    with pytest.raises(Invalid):
        signer.step()


def test_a_long_record_is_read_from_its_end(tmp_path: Path) -> None:
    home, old, new = KeyStore(tmp_path), Checkpoint("old.example", 1, tree.EMPTY), None
    home.intend(Intent(old, NOON))
    for size in range(1, 900):
        new = Intent(Checkpoint(ORIGIN, size, tree.EMPTY), NOON)
        home.intend(new)

    assert (tmp_path / "signed").stat().st_size > BLOCK
    assert home.last(ORIGIN) == new
    assert home.last("old.example") == Intent(old, NOON)
    assert home.last("other.example") is None


def test_one_signer_runs_in_a_home(tmp_path: Path) -> None:
    with KeyStore(tmp_path).only_one() as first, KeyStore(tmp_path).only_one() as second:
        assert (first, second) == (True, False)
