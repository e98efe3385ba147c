import stat
from pathlib import Path

import pytest

from config.choices import WrongSetting
from config.folders import make, try_to_write


def test_a_folder_is_made_with_those_above_it_and_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "above" / "home"

    make("HOME", folder)
    make("HOME", folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_is_no_folder_is_refused_by_the_name_of_its_setting(tmp_path: Path) -> None:
    file = tmp_path / "home"
    file.touch()

    with pytest.raises(WrongSetting, match=r"^PRIMEMOVER_HOME must be a folder .*: File exists\.$"):
        make("HOME", file)
    with pytest.raises(WrongSetting, match=r"is none: Not a directory\.$"):
        try_to_write("HOME", file)


def test_trying_to_write_leaves_nothing(tmp_path: Path) -> None:
    try_to_write("HOME", tmp_path)

    assert list(tmp_path.iterdir()) == []
