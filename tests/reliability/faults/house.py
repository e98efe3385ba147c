"""An installation that is no demonstration, made and served by the recipe of the README."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.reliability.faults import processes
from tests.reliability.faults.networks import Place
from tests.reliability.faults.processes import MARK, Process
from tests.support.programs import PRIMEMOVER, ROOT, a_free_port, started, unset
from tests.support.sizes import LASTING
from tests.support.waiting import PATIENCE, until

PACED = Path(__file__).with_name("paced")
SECRET = "q7Xw-0Zr5cT1mN8vB3kL6jH9gF2dS4aPoIuYtReW"
FIRST = ("officer@house.example", "--name", "First Officer", "--role", "unit_officer")


class Ended(AssertionError):
    """The service ended while it was waited for."""


@dataclass(slots=True)
class House:
    """One installation: its folder, its database, and the service while it runs.

    `quick` shortens the waits between rounds of background work, for runs that have little time;
    `beside` says how many workers run beside the service, as on other machines; `program` is where
    the release lies that runs, and `place` the network namespace that it runs in, if one of its own.
    """

    folder: Path
    url: str
    workers: int = 2
    quick: bool = True
    beside: int = 0
    more: dict[str, str] = field(default_factory=dict)
    program: Path = ROOT
    place: Place | None = None
    port: int = field(default_factory=a_free_port)
    served: subprocess.Popen[bytes] | None = None
    aides: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """The folder for attached files, keys and locks."""
        return self.folder / "home"

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://{self.host}:{self.port}"

    @property
    def host(self) -> str:
        """The address that it listens on."""
        return self.place.address if self.place else "127.0.0.1"

    @property
    def python(self) -> str:
        """The interpreter: that of the release itself where it was installed with packages of its own."""
        own = self.program / ".venv/bin/python"
        return str(own) if self.program != ROOT and own.exists() else sys.executable

    @property
    def environment(self) -> dict[str, str]:
        """The settings of this installation, and the mark by which its processes are found."""
        settings = {
            "HOME": str(self.home),
            "DATABASE_URL": self.url,
            "SECRET_KEY": SECRET,
            "WORKERS": str(self.workers),
            "HOST": self.host,
            "PORT": str(self.port),
            **self.more,
        }
        return {
            **unset(),
            **{f"PRIMEMOVER_{name}": value for name, value in settings.items()},
            "PYTHONPATH": f"{PACED}{os.pathsep}{self.program}",
            MARK: str(self.folder),
            f"{MARK}_PACE": "quick" if self.quick else "true",
        }

    def share(self, common: Path) -> None:
        """Keep in a folder that other hosts have as well what all of them must find."""
        self.home.mkdir(mode=0o700, parents=True)
        for name in ("files", "dossiers"):
            (common / name).mkdir(parents=True, exist_ok=True)
            (self.home / name).symlink_to(common / name)

    def command(self, *words: str | Path) -> str:
        """What a command of the product says; fails if it does."""
        status, said = self.tried(*words)
        assert status == 0, f"{words}: status {status}\n{said}"
        return said

    def tried(self, *words: str | Path) -> tuple[int, str]:
        """The status of a command of the product, and what it says; a copy does it in a short run."""
        if not LASTING and self.program == ROOT:
            with started(*words, more=self.environment) as begun:
                return begun.ended(), begun.said()
        with TemporaryFile("w+") as told, subprocess.Popen(
            [self.python, *PRIMEMOVER[1:], *words], env=self.environment, cwd=self.program,
            stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.STDOUT,
        ) as begun:  # fmt: skip
            try:
                return _ended(begun), _all_of(told)
            finally:
                begun.kill()

    def asked(self, script: str, *words: object) -> str:
        """What a script answers that the release itself runs, as it knows its own tables."""
        return subprocess.run(
            [self.python, "-c", script, self.url, *map(str, words)], env=self.environment,
            cwd=self.program, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip

    def found(self) -> None:
        """Follow the recipe up to the first person, but for the lifecycle.

        That is published with everybody who acts, at a day long enough ago for ends that are over.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        password = self.folder / "password"
        password.write_text("a quiet river bends twice\n", encoding="utf-8")
        self.command("migrate")
        party = ("--party", "special-unit", "--party-name", "Special Unit")
        self.command("user", "add", *FIRST, *party, "--password-file", password)

    def serve(self) -> None:
        """Start the service, and wait until its pages answer."""
        self.served = self._begun("run")
        self.until_it_answers()
        self.aid()

    def aid(self) -> None:
        """Start the workers beside it that are missing."""
        living = [aide for aide in self.aides if aide.poll() is None]
        self.aides = living + [self._begun("worker") for _ in range(self.beside - len(living))]

    def _begun(self, word: str) -> subprocess.Popen[bytes]:
        within = self.place.within if self.place else ()
        with self.output.open("ab") as said:
            return subprocess.Popen(
                [*within, self.python, *PRIMEMOVER[1:], word], env=self.environment, cwd=self.program,
                stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip

    def until_it_answers(self) -> None:
        """Wait for the page at which people sign in."""
        until(self._answers_or_ended, saying=self.said)

    def _answers_or_ended(self) -> bool:
        if self.served is None or self.served.poll() is not None:
            raise Ended(f"The service ended. It said:\n{self.said()}")
        return self.answers()

    def answers(self) -> bool:
        """Whether the page at which people sign in is there."""
        try:
            with urlopen(f"{self.address}/account/login", timeout=5) as page:
                return bool(page.status == 200)
        except (HTTPError, URLError, OSError):
            return False

    @property
    def output(self) -> Path:
        """The file that everything the service says goes to."""
        return self.folder / "output"

    def said(self) -> str:
        """The last of what the service said, and what of it lives."""
        tail = self.output.read_text(encoding="utf-8", errors="replace")[-6000:]
        return f"{tail}\nLiving: {[(one.pid, one.parent, one.words[3:]) for one in self.living()]}"

    def living(self) -> list[Process]:
        """Every living process of the installation."""
        return processes.of(self.folder)

    def of_service(self) -> list[Process]:
        """Those that live of the service itself, without the workers beside it."""
        aides = {aide.pid for aide in self.aides}
        return [one for one in self.living() if not {one.pid, one.parent} & aides]

    def pages(self) -> list[Process]:
        """The processes that answer requests."""
        arbiter = self.arbiter
        own = [one for one in self.living() if one.pid == arbiter]
        words = own[0].words if own else ()
        return [one for one in self.living() if one.parent == arbiter and one.words == words]

    def signers(self) -> list[Process]:
        """The processes that sign the log."""
        return [one for one in self.living() if one.does("signer")]

    @property
    def arbiter(self) -> int:
        """The process that was started by hand."""
        assert self.served is not None
        return self.served.pid

    def signal(self, by: int) -> None:
        """Send a signal to the process that was started by hand."""
        assert self.served is not None
        self.served.send_signal(by)

    def kill_first(self) -> None:
        """Kill the process that was started by hand, and no other."""
        assert self.served is not None
        self.served.kill()
        self.served.wait(PATIENCE)

    def kill_everything(self) -> None:
        """Every process of the installation at once, as a machine would that loses its power."""
        for one in self.living():
            one.kill()
        for begun in filter(None, (self.served, *self.aides)):
            begun.wait(PATIENCE)
        until(lambda: not self.living(), saying=self.said)

    def stop(self) -> list[Process]:
        """Tell it to stop, and wait; whoever is left over is returned, and then killed."""
        for begun in filter(None, (self.served, *self.aides)):
            begun.send_signal(signal.SIGTERM)
        for begun in filter(None, (self.served, *self.aides)):
            begun.wait(PATIENCE)
        left: list[Process] = []
        try:
            until(lambda: not self.living(), saying="")
        except AssertionError:
            left = self.living()
        self.kill_everything()
        return left

    def shift(self, seconds: float) -> None:
        """Move the clock of every process of the installation away from the true one."""
        moved = self.folder / "shift.new"
        moved.write_text(str(seconds), encoding="ascii")
        moved.rename(self.folder / "shift")


def _ended(begun: subprocess.Popen[bytes]) -> int:
    """The status of a command once it has ended; as long as the processor works for it, it is waited for."""
    until(
        lambda: begun.poll() is not None or processes.spent(begun.pid) > PATIENCE,
        saying=f"{begun.args!r} stands still.",
        moving=lambda: processes.spent(begun.pid),
    )
    assert begun.returncode is not None, f"{begun.args!r} does not come to an end."
    return begun.returncode


def _all_of(told: IO[str]) -> str:
    told.seek(0)
    return told.read()


@contextmanager
def founded(house: House) -> Iterator[House]:
    """The installation made and served; nothing of it lives on afterwards."""
    try:
        house.found()
        house.serve()
        yield house
    finally:
        house.kill_everything()
