"""A file that is written aside and put in its place when it is whole."""

from pathlib import Path

import pytest

from workflow.drafts import drafted


def test_what_was_written_stands_in_its_place_for_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "all.csv"

    with drafted(target) as draft:
        draft.write_text("whole")
        assert not target.exists()

    assert target.read_text() == "whole"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("before", ["", "as it was"])
def test_what_fails_leaves_what_was_there_before(tmp_path: Path, before: str) -> None:
    target = tmp_path / "all.csv"
    if before:
        target.write_text(before)

    with pytest.raises(IsADirectoryError), drafted(target) as draft:
        draft.write_bytes(tmp_path.read_bytes())

    assert [each.read_text() for each in tmp_path.iterdir()] == [before] * bool(before)


def test_an_interruption_in_the_moment_it_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Path.touch

    def interrupted(path: Path, mode: int, *, exist_ok: bool) -> None:
        made(path, mode, exist_ok)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "touch", interrupted)

    with pytest.raises(KeyboardInterrupt), drafted(tmp_path / "all.csv"):
        pass

    assert list(tmp_path.iterdir()) == []
