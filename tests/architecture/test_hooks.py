"""The hook before a commit runs what `make check` runs, and stops what would not pass."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.layout import ROOT

HOOK = ROOT / ".githooks" / "pre-commit"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """An empty repository with our settings and our hook."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("pyproject.toml\n")
    return tmp_path


TOOLS = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def hook(clone: Path, path: str = TOOLS) -> subprocess.CompletedProcess[str]:
    """The hook, run on what stands in `clone`, with the programs on `path`."""
    subprocess.run(["git", "add", "--all"], cwd=clone, check=True)
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        [HOOK], cwd=clone, env=environment, capture_output=True, text=True, check=False
    )


def test_what_is_in_the_agreed_format_passes(clone: Path) -> None:
    (clone / "one.py").write_text('"""One."""\n')

    assert hook(clone).returncode == 0


def test_what_is_not_in_the_agreed_format_is_stopped(clone: Path) -> None:
    (clone / "one.py").write_text("'''One.'''\n")

    stopped = hook(clone)

    assert stopped.returncode == 1
    assert "make format" in stopped.stdout


def test_what_lint_finds_is_stopped(clone: Path) -> None:
    (clone / "one.py").write_text('"""One."""\n\nimport os\n')

    stopped = hook(clone)

    assert stopped.returncode != 0
    assert "F401" in stopped.stdout


def test_who_has_not_set_up_for_development_is_told_to(clone: Path) -> None:
    (clone / "one.py").write_text('"""One."""\n')
    bare = clone / ".git" / "bare"
    bare.mkdir()
    for program in ("bash", "env", "git", "tr", "xargs"):
        (bare / program).symlink_to(str(shutil.which(program)))

    stopped = hook(clone, str(bare))

    assert stopped.returncode == 1
    assert stopped.stdout == "The programs that check a change are missing: make setup\n"
    assert stopped.stderr == ""


def test_a_file_of_another_name_asks_for_nothing(clone: Path) -> None:
    (clone / "notes.txt").write_text("x=1")

    assert hook(clone).returncode == 0


def test_the_hook_leaves_out_nothing_that_check_runs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (steps,) = re.findall(r"^check:.*\n((?:\t.*\n)+)", makefile, flags=re.MULTILINE)
    tools = re.findall(r"\$\(BIN\)/(?:python -m )?(\S+(?: format| check| migrate)?)", steps)
    said = HOOK.read_text(encoding="utf-8")

    assert len(tools) >= 6
    assert [tool for tool in tools if tool not in said] == []
