import stat
from pathlib import Path

import pytest

from workflow.backups.new_file import DRAFT, new_file
from workflow.errors import Invalid


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def interrupted(target: Path) -> None:
    with new_file(target) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_a_file_appears_when_it_is_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "new"

    with new_file(target) as file:
        file.write(b"whole")
        early = target.exists()

    assert not early
    assert target.read_bytes() == b"whole"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert names(tmp_path) == ["new"]


def test_nothing_is_left_of_what_was_interrupted(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path / "new")

    assert names(tmp_path) == []


def test_what_a_killed_process_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / DRAFT).write_bytes(b"a long remainder of something else")

    with new_file(tmp_path / "new") as file:
        file.write(b"short")

    assert (tmp_path / "new").read_bytes() == b"short"


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"old")

    with pytest.raises(Invalid, match="exists already"), new_file(tmp_path / "new"):
        pass

    assert (tmp_path / "new").read_bytes() == b"old"
    assert names(tmp_path) == ["new"]


def test_two_do_not_write_to_one_folder_at_once(tmp_path: Path) -> None:
    with new_file(tmp_path / "first") as file:
        file.write(b"first")
        with (
            pytest.raises(Invalid, match="Another backup is being written"),
            new_file(tmp_path / "second"),
        ):
            pass

    assert (tmp_path / "first").read_bytes() == b"first"
    assert names(tmp_path) == ["first"]
