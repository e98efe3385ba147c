"""A Chromium for the tests, wherever this machine can get one from.

npm's comes first: it is pinned, so that everybody tests in the same one, and as it draws no windows it
needs a third less of a processor than a desktop's.
"""

import io
import os
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli

from tests.support.locks import alone

GIVEN = "PRIMEMOVER_CHROMIUM"
MACHINES = ("x86_64", "AMD64")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MODULES = Path(__file__).resolve().parents[2] / "node_modules"
PACKAGE = MODULES / "@sparticuz" / "chromium"
CACHE = MODULES / ".cache" / "chromium"
LOCK = MODULES / ".cache" / "chromium.lock"
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Nothing is read by a process that waits for a page to come.
    "--renderer-process-limit=1",
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""


class NoBrowser(Exception):
    """No Chromium could be found or fetched; the message says what would help."""


@dataclass(frozen=True, slots=True)
class Chromium:
    """An executable, where it came from, and the environment it needs."""

    executable: Path
    source: str
    environment: dict[str, str] = field(default_factory=dict)

    def launch_arguments(self) -> dict[str, Any]:
        """What Playwright's `launch` takes; it adds `--no-sandbox` by itself."""
        return {
            "executable_path": str(self.executable),
            "args": list(QUIET),
            "env": {**os.environ, **self.environment},
        }


def find() -> Chromium:
    """The first Chromium to be had: given, from npm, on the path, or of the system."""
    ways: tuple[Callable[[], Chromium | None], ...] = (given, from_npm, on_path, from_apt)
    for way in ways:
        found = way()
        if found:
            return found
    raise NoBrowser(f"There is no Chromium: set {GIVEN}, or run `make setup` for npm's.")


def given() -> Chromium | None:
    """The one that `PRIMEMOVER_CHROMIUM` names."""
    path = os.environ.get(GIVEN)
    return Chromium(Path(path), "given") if path else None


def on_path() -> Chromium | None:
    """The one that a person on this machine would start."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return Chromium(Path(path), "path")
    return None


def from_apt() -> Chromium | None:
    """The distribution's, installed here and now where we are root and apt has it."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return None
    with alone(LOCK):
        already = on_path()
        if already:
            return already
        print("Installing the system's chromium …", flush=True)
        quiet = [apt, "-qq", "-o", "DPkg::Lock::Timeout=300"]
        install = [*quiet, "install", "--yes", "--no-install-recommends", "chromium"]
        for command in ([*quiet, "update"], install):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(command, env=environment, check=False, capture_output=True)
    found = on_path()
    return Chromium(found.executable, "apt") if found else None


def from_npm() -> Chromium | None:
    """The one inside npm's package, unpacked once; it carries its own libraries, for one kind of machine."""
    if not PACKAGE.exists() or platform.machine() not in MACHINES:
        return None
    with alone(LOCK):
        if not CACHE.exists():
            _unpack(CACHE.with_name("chromium.part"))
            CACHE.with_name("chromium.part").rename(CACHE)
    return Chromium(
        CACHE / "chromium",
        "npm",
        {"LD_LIBRARY_PATH": str(CACHE / "lib"), "FONTCONFIG_FILE": str(CACHE / "fonts.conf")},
    )


def _unpack(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("al2023", "fonts", "swiftshader"):
        packed = io.BytesIO(_unpacked(f"{name}.tar.br"))
        with tarfile.open(fileobj=packed) as archive:
            # Python before 3.11.4 has no filters; npm has checked the archive's hash.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)
            archive.extractall(folder)
    executable = folder / "chromium"
    executable.write_bytes(_unpacked("chromium.br"))
    executable.chmod(0o755)
    (folder / "fonts.conf").write_text(FONTS.format(folder=CACHE))


def _unpacked(name: str) -> bytes:
    content: bytes = brotli.decompress((PACKAGE / "bin" / name).read_bytes())
    return content


if __name__ == "__main__":
    chromium = find()
    print(f"Chromium ({chromium.source}): {chromium.executable}")
