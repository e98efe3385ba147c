"""An installation made by the commands of a document, with other folders, ports and users."""

import configparser
import filecmp
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import cache_from_source
from pathlib import Path
from typing import Self

from tests.support.nursery import copies
from tests.support.programs import ROOT, a_free_port, answers, unset
from tests.support.waiting import PATIENCE, until

BLOCK = re.compile(r"^```sh(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = ("README.md", "Makefile", "pyproject.toml", "package.json", "package-lock.json", "wsgi.py",
         ".npmrc", "requirements", "config", "migrations", "web", "workflow", "docs")  # fmt: skip
# What `make install` would make: the program on the packages that run these tests. Only a long proof
# reads it in for each command; otherwise a command is a copy of a process that has done so.
PROGRAM = """#!/bin/sh
cd "{opt}"
PYTHONPATH="{opt}" PRIMEMOVER_NODE_MODULES="{modules}" \\
exec "{python}" -c 'from web.cli import main; main()' "$@"
"""
MARK = "that was this block"


@dataclass(frozen=True, slots=True)
class Block:
    """Commands of a document, and what they need beyond a shell."""

    kind: str
    text: str


def blocks(document: str) -> list[Block]:
    """The blocks of shell commands in this document of ours, in order."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [Block(kind or "", commands) for kind, commands in BLOCK.findall(text)]


@dataclass
class Office:
    """A machine of its own below `folder`: what the document calls so, and what it is here."""

    folder: Path
    database: str
    port: int = field(default_factory=a_free_port)

    @property
    def opt(self) -> Path:
        """Where the program lies."""
        return self.folder / "opt/primemover"

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def table(self) -> dict[str, str]:
        """Everything that is not done as it is written."""
        host, port = re.findall(r"@([^:/]+):(\d+)/", self.database)[0]
        asked = f"psql --host={host} --port={port} --username=postgres"
        return {
            "https://git.example.org/primemover.git": str(self.folder / "published"),
            "/opt/primemover": str(self.opt),
            "/etc/primemover": str(self.folder / "etc"),
            "/var/lib/primemover": str(self.folder / "lib"),
            "/var/backups/primemover": str(self.folder / "backups"),
            "/usr/local/bin": str(self.folder / "bin"),
            "127.0.0.1:5432": f"{host}:{port}",
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            "PRIMEMOVER_PORT=8000": f"PRIMEMOVER_PORT={self.port}",
            "PRIMEMOVER_WORKERS=4": "PRIMEMOVER_WORKERS=2",
            "runuser -u postgres -- psql": asked,
            '"$(id -u)" = 0': '"$(id -u)" = none',
            **{f" -o {owner} -g {group}": "" for owner in USERS for group in USERS},
            "chown root:primemover": "test -f",
            "chown primemover": "test -f",
        }

    def here(self, text: str) -> str:
        """The commands as they are given here."""
        for written, meant in self.table.items():
            text = text.replace(written, meant)
        return text

    def publish(self) -> None:
        """Put the repository as it stands here where the document finds it."""
        listing = ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", *SHOWN]
        told = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True)
        for name in filter(lambda name: (ROOT / name).is_file(), told.stdout.splitlines()):
            target = self.folder / "published" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
            if name.startswith("docs/deploy/"):
                target.write_text(self.here(target.read_text(encoding="utf-8")), encoding="utf-8")
        git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org"]
        for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-mx"]):
            subprocess.run([*git, *words], cwd=self.folder / "published", check=True)

    def install(self) -> None:
        """Put what `make install` makes in its place."""
        program = self.opt / ".venv/bin/primemover"
        program.parent.mkdir(parents=True)
        said = {"opt": self.opt, "modules": ROOT / "node_modules", "python": copies.python()}
        program.write_text(PROGRAM.format(**said), encoding="utf-8")
        program.chmod(0o755)
        (program.parent / "python").symlink_to(sys.executable)
        self._compile()

    def _compile(self) -> None:
        """Take over what the same modules were compiled to here."""
        for module in self.opt.rglob("*.py"):
            ours = ROOT / module.relative_to(self.opt)
            compiled = Path(cache_from_source(str(ours)))
            if compiled.is_file() and filecmp.cmp(ours, module, shallow=False):
                here = Path(cache_from_source(str(module)))
                here.parent.mkdir(exist_ok=True)
                shutil.copyfile(compiled, here)
                shutil.copystat(ours, module)

    def environment(self) -> dict[str, str]:
        """What a shell of this machine begins with."""
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return {**unset(), "PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8"}

    def unit(self, name: str) -> "Unit":
        """What systemd would begin."""
        return Unit.read(self.opt / f"docs/deploy/systemd/{name}.service")


# The longest first, so that none is taken for a part of another.
USERS = ("primemover-signer", "primemover", "root")


class Shell:
    """One shell that a whole document is typed into; the first command that fails ends it."""

    def __init__(self, office: Office) -> None:
        self._process = subprocess.Popen(
            ["bash", "-eu", "-o", "pipefail"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, env=office.environment(), cwd=office.folder,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def type(self, commands: str) -> str:
        """What the commands say; fails with that when one of them fails."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{commands}\necho '{MARK}'\n")
        self._process.stdin.flush()
        said: list[str] = []
        for line in self._process.stdout:
            if line.strip() == MARK:
                return "".join(said)
            said.append(line)
        raise AssertionError(f"{commands}\nsaid:\n{''.join(said)}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A service as its unit describes it."""

    command: tuple[str, ...]
    folder: str
    environment: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> Self:
        """The unit in this file; what its file of settings says comes after its own."""
        parsed = configparser.ConfigParser(strict=True, interpolation=None)
        parsed.optionxform = str  # type: ignore[assignment, method-assign]
        parsed.read(path)
        service = parsed["Service"]
        lines = [service.get("Environment", "")]
        lines += Path(service["EnvironmentFile"]).read_text(encoding="utf-8").splitlines()
        told = [shlex.split(line, comments=True) for line in lines]
        settings = dict(word[0].split("=", 1) for word in told if word)
        return cls(tuple(shlex.split(service["ExecStart"])), service["WorkingDirectory"], settings)


@contextmanager
def begun(office: Office, *names: str) -> Iterator[Path]:
    """The units at work, as systemd would begin them, with what they say in one file."""
    journal = office.folder / "journal"
    processes: list[subprocess.Popen[str]] = []
    try:
        with journal.open("w") as said:
            for name in names:
                unit = office.unit(name)
                processes.append(
                    subprocess.Popen(
                        unit.command,
                        cwd=unit.folder,
                        stdin=subprocess.DEVNULL,
                        stdout=said,
                        stderr=said,
                        text=True,
                        env={**office.environment(), **unit.environment},
                    )
                )
        yield journal
        ended = [process.poll() for process in processes]
        assert ended == [None] * len(ended), journal.read_text()
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(PATIENCE)


def wait_for_pages(office: Office, journal: Path) -> None:
    """Wait until the pages are served."""
    until(lambda: answers(f"{office.address}/account/login"), saying=journal.read_text)
