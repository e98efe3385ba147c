"""The Containerfile: what it copies is enough, and its commands make a program that works.

There is no container engine here. Its instructions are followed in an empty folder instead, but for
those that change the machine itself: packages and a user.
"""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from config.settings import Settings
from tests.support.programs import ROOT, unset
from tests.web.conftest import SECRET

CONTAINERFILE = "docs/deploy/Containerfile"
TEXT = (ROOT / CONTAINERFILE).read_text(encoding="utf-8")
OF_THE_MACHINE = ("apt-get", "useradd")


def instructions() -> Iterator[tuple[str, str]]:
    """Each instruction with its words, those that go over several lines as one."""
    whole = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", TEXT, flags=re.MULTILINE))
    for line in whole.splitlines():
        word, _, rest = line.partition(" ")
        yield word, rest


def of(word: str) -> list[str]:
    """What follows each instruction of this kind."""
    return [rest for each, rest in instructions() if each == word]


def copied_to(folder: Path) -> list[str]:
    """The names that are copied, once they lie in the folder."""
    names = [name for rest in of("COPY") for name in rest.split()[:-1]]
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, folder / name)
    return names


def test_what_is_copied_is_kept_in_the_repository_and_enough_to_begin(tmp_path: Path) -> None:
    names = copied_to(tmp_path)

    begun = subprocess.run(
        [sys.executable, "-P", "-c", "from web.cli import main; main()", "run", "--help"],
        env={"PYTHONPATH": str(tmp_path)}, cwd=tmp_path, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    kept = subprocess.run(
        ["git", "ls-files", "--error-unmatch", *names], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert begun.returncode == 0, begun.stderr
    assert kept.returncode == 0, kept.stderr
    assert "requirements" in names


def test_its_words_are_those_of_the_program_and_of_the_page() -> None:
    (entry,), (command,) = json.loads(of("ENTRYPOINT")[0]), json.loads(of("CMD")[0])
    (workdir,) = of("WORKDIR")
    names = re.findall(r"PRIMEMOVER_(\w+)=", TEXT)

    assert (entry, command) == (f"{workdir}/.venv/bin/primemover", "run")
    assert {name.lower() for name in names} <= {each.name for each in fields(Settings)}
    assert of("FROM") == ["${BASE}"]
    assert f"--file {CONTAINERFILE} " in (ROOT / "docs/operating.md").read_text(encoding="utf-8")


@pytest.mark.proof(alone=True)
def test_its_commands_in_an_empty_folder_make_a_program_that_works(tmp_path: Path) -> None:
    """Fetches packages, as `make install` does."""
    opt, home = tmp_path / "opt", tmp_path / "home"
    opt.mkdir()
    home.mkdir()
    copied_to(opt)
    environment = unset() | {"HOME": str(tmp_path / "root")}
    settings = dict(pair.split("=", 1) for rest in of("ENV") for pair in shlex.split(rest))
    settings |= {"PRIMEMOVER_HOME": str(home), "PRIMEMOVER_SECRET_KEY": SECRET}

    for command in of("RUN"):
        if not command.startswith(OF_THE_MACHINE):
            subprocess.run(["bash", "-ec", command], cwd=opt, env=environment, check=True)
    said = subprocess.run(
        [opt / ".venv/bin/primemover", "migrate"], cwd=opt, env=environment | settings, check=True,
        capture_output=True, text=True,
    )  # fmt: skip

    assert said.stdout == "The tables are up to date.\n"
    assert (home / "primemover.db").is_file()
