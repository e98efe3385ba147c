"""Dossiers lie on the shelf when they are whole, and go when nobody waits for them."""

from pathlib import Path

import pytest

from workflow.orders.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "dossiers")


def test_what_was_put_there_is_taken_from_there(shelf: Shelf) -> None:
    with shelf.put("one") as file:
        file.write(b"whole")
        before = shelf.take("one")

    after = shelf.take("one")

    assert before is None
    assert after is not None
    with after:
        assert after.read() == b"whole"


def test_of_what_is_not_finished_nothing_stays(shelf: Shelf) -> None:
    def fail() -> None:
        with shelf.put("one") as file:
            file.write(b"half")
            shelf.note("one", "papers")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert list(shelf.root.iterdir()) == []


def test_how_far_a_dossier_is_can_be_asked_while_it_is_made(shelf: Shelf) -> None:
    with shelf.put("one"):
        shelf.note("one", "events")
        shelf.note("one", "papers")
        said = shelf.step("one")

    assert (said, shelf.step("one"), shelf.step("two")) == ("papers", "", "")


def test_nobody_else_of_the_machine_may_look(shelf: Shelf) -> None:
    with shelf.put("one") as file:
        file.write(b"whole")

    modes = [each.stat().st_mode & 0o077 for each in (shelf.root, *shelf.root.iterdir())]
    assert modes == [0, 0]


def test_only_what_is_waited_for_is_kept(shelf: Shelf) -> None:
    for token in ("one", "two"):
        with shelf.put(token) as file:
            file.write(b"whole")
    (shelf.root / "three.xyz.draft").write_bytes(b"left by who was killed")

    gone = shelf.keep_only({"one"}, shelf.lying())

    assert gone == 2
    assert [each.name for each in shelf.root.iterdir()] == ["one.zip"]


def test_a_shelf_that_is_not_there_yet_is_empty(shelf: Shelf) -> None:
    assert shelf.keep_only(set(), shelf.lying()) == 0
