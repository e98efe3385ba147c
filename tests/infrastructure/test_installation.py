"""`make` installs exactly what the locks say, and mends what an interruption left."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).with_name("uv")
BACKEND = """
import shutil

def build_editable(folder, *_settings):
    return shutil.copy("primemover-1-py3-none-any.whl", folder).rpartition("/")[2]
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "primemover"
version = "1"
dependencies = ["plugin>=1"]
"""
# The shape of coverage, pytest-cov and tomli: a pin that asks for an extra of another pin.
WISHES = {
    "cover": ("Provides-Extra: toml", "Requires-Dist: tomlish; extra == 'toml'"),
    "plugin": ("Requires-Dist: cover[toml]>=1",),
    "tomlish": (),
}
LISTING = """
from importlib.metadata import distributions

print(*(f"{each.name} {each.version}" for each in distributions()), sep="\\n")
"""
EXACTLY = {"cover 1", "plugin 1", "primemover 1", "tomlish 1", "uv 1"}


def a_wheel(
    folder: Path, name: str, version: str, wishes: tuple[str, ...] = (), script: str = ""
) -> Path:
    """A wheel with one module, and one program of the same name where `script` is given."""
    described = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f"version = {version!r}\n",
        f"{described}/METADATA": "\n".join(
            ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *wishes, ""]
        ),
        f"{described}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    if script:
        files[f"{name}-{version}.data/scripts/{name}"] = f"#!/bin/sh\n{script}\n"
    files[f"{described}/RECORD"] = "".join(f"{file},,\n" for file in [*files, "RECORD"])
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for file, text in files.items():
            entry = zipfile.ZipInfo(file)
            entry.external_attr = 0o100755 << 16
            archive.writestr(entry, text)
    return wheel


def pinned(wheel: Path) -> str:
    """The line of a lock that takes `wheel` and nothing else."""
    name, version, *_ = wheel.name.split("-")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@dataclass(frozen=True, slots=True)
class House:
    """A small project with our Makefile, and the only index that its installers may ask."""

    folder: Path
    index: Path

    def cut_off(self) -> "House":
        """The same project where no index can be reached."""
        return House(self.folder, self.index / "nowhere")

    def lock(self, lock: str, *names: str) -> None:
        """Pin the older release of each of `names`."""
        wheels = [self.index / name / f"{name}-1-py3-none-any.whl" for name in names]
        text = "".join(pinned(wheel) for wheel in wheels)
        (self.folder / "requirements" / f"{lock}.txt").write_text(text)

    def make(self) -> subprocess.CompletedProcess[str]:
        """Install as `make setup` does, with another uv on the path that must not be asked."""
        mine = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "UV_", "MAKE", "PYTHON", "VIRTUAL_ENV"))
        }
        reaching_only_the_index = {
            "PATH": f"{self.index / 'programs'}{os.pathsep}{mine['PATH']}",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": self.index.as_uri(),
            "UV_NO_CONFIG": "1",
            "UV_CACHE_DIR": str(self.index / "cache"),
        }
        return subprocess.run(
            ["make", f"PYTHON={sys.executable}", ".venv/.installed-dev"],
            cwd=self.folder,
            env=mine | reaching_only_the_index,
            capture_output=True,
            text=True,
            check=False,
        )

    def packages(self, pattern: str) -> list[Path]:
        """What lies among the installed packages under this name."""
        return list(self.folder.glob(f".venv/lib/*/site-packages/{pattern}"))

    def installed(self) -> set[str]:
        """Name and version of what the environment holds, but for what Python brings along."""
        told = subprocess.run(
            [self.folder / ".venv/bin/python", "-c", LISTING],
            check=True,
            capture_output=True,
            text=True,
        )
        names = told.stdout.splitlines()
        return {name for name in names if name.split()[0] not in {"pip", "setuptools"}}


def an_index(index: Path) -> Path:
    """A folder of two releases of everything, as an index lists them, and another uv's program."""
    for name in (*WISHES, "uv", "programs"):
        (index / name).mkdir()
    for version in ("1", "2"):
        for name, wishes in WISHES.items():
            a_wheel(index / name, name, version, wishes)
    a_wheel(index / "uv", "uv", "1", script=f'exec "{UV}" "$@"')
    a_wheel(index / "uv", "uv", "2", script="exit 1")
    for name in (*WISHES, "uv"):
        wheels = sorted(wheel.name for wheel in (index / name).iterdir())
        links = "".join(f'<a href="{wheel}">{wheel}</a>\n' for wheel in wheels)
        (index / name / "index.html").write_text(f"<!DOCTYPE html>\n{links}")
    another = index / "programs/uv"
    another.write_text("#!/bin/sh\nexit 1\n")
    another.chmod(0o755)
    return index


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """An installed project, with a newer release of its every pin in the index."""
    folder = tmp_path_factory.mktemp("Prime Möver x")
    house = House(folder, an_index(tmp_path_factory.mktemp("index")))
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "backend.py").write_text(BACKEND)
    (folder / "pyproject.toml").write_text(PROJECT)
    a_wheel(folder, "primemover", "1", ("Requires-Dist: plugin>=1",))
    (folder / "requirements").mkdir()
    house.lock("install", "uv")
    house.lock("dev", *WISHES)
    said = house.make()
    assert said.returncode == 0, said.stderr
    return house


def test_newer_releases_change_nothing(house: House) -> None:
    assert house.installed() == EXACTLY


def test_a_second_run_installs_nothing_and_asks_nobody(house: House) -> None:
    again = house.cut_off().make()

    assert (again.returncode, again.stderr) == (0, "")
    assert "Installing" not in again.stdout


@pytest.mark.proof(apart=True)
def test_what_cannot_be_fetched_spoils_nothing(house: House) -> None:
    later = house.index / "later"
    later.mkdir()
    a_wheel(later, "later", "1")
    house.lock("dev", *WISHES, "later")

    said = house.cut_off().make()

    house.lock("dev", *WISHES)
    again = house.cut_off().make()
    assert said.returncode != 0
    assert (again.returncode, again.stderr) == (0, "")
    assert house.installed() == EXACTLY


@pytest.mark.proof(lasting=True, few=1)
@pytest.mark.proof(apart=True)
def test_an_environment_left_half_done_is_made_anew(house: House) -> None:
    (house.folder / ".venv/.unfinished").touch()
    (module,) = house.packages("tomlish.py")
    module.unlink()

    said = house.make()

    assert said.returncode == 0, said.stderr
    assert module.exists()
    assert house.installed() == EXACTLY


@pytest.mark.proof(lasting=True, few=1)
def test_a_folder_that_was_copied_gets_an_environment_of_its_own(
    house: House, tmp_path: Path
) -> None:
    copy = House(tmp_path / "copy", house.index)
    shutil.copytree(house.folder, copy.folder, symlinks=True)

    said = copy.make()

    assert said.returncode == 0, said.stderr
    assert copy.installed() == EXACTLY
    program = (copy.folder / ".venv/bin/pip").read_text()
    assert str(copy.folder) in program


@pytest.mark.proof(apart=True)
def test_a_lock_with_a_hole_is_refused(house: House) -> None:
    (plugin,) = house.packages("plugin-1.dist-info")
    shutil.rmtree(plugin)
    house.lock("dev", "cover", "tomlish")

    said = house.make()

    assert said.returncode != 0
    assert "requires `plugin>=1`" in said.stderr
