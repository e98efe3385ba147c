"""One run of the tests: the folder and the server that all its processes share."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import psycopg

from tests.support import postgres
from tests.support.administration import drop_all
from tests.support.locks import alone

RUN = "PRIMEMOVER_TEST_RUN"
PREFIX = "primemover-run-"
# Whoever shall end with the run holds the other end of this line, which ends with it.
LINE = "line"
HELD: dict[Path, int] = {}


def begin_run() -> None:
    """Make the folder that all processes of this run share."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_abandoned(left):
            _remove(left)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)
    (folder / "owner").write_text(str(os.getpid()))
    os.mkfifo(folder / LINE)
    HELD[folder] = os.open(folder / LINE, os.O_RDWR)
    os.environ[RUN] = str(folder)


def end_run() -> None:
    """Stop the server if one was started, and leave nothing behind."""
    folder = Path(os.environ.pop(RUN))
    os.close(HELD.pop(folder))
    _remove(folder)


def run_folder() -> Path:
    """The folder that all processes of this run share."""
    return Path(os.environ[RUN])


def lifeline() -> int:
    """An end of the line of this run, on which nothing is ever said; it ends with the run."""
    return os.open(run_folder() / LINE, os.O_RDONLY | os.O_NONBLOCK)


def tag(folder: Path) -> str:
    """What the names of all databases of a run have in common."""
    return folder.name.encode().hex()[-16:]


def running() -> postgres.Server:
    """The server of this run, started by whichever process first needs it."""
    folder = run_folder()
    started = folder / "postgres.json"
    with alone(folder / "postgres.lock"):
        if not started.exists():
            started.write_text(postgres.start(folder).written())
    return postgres.read(started.read_text())


def _remove(folder: Path) -> None:
    started = folder / "postgres.json"
    with suppress(psycopg.OperationalError, postgres.NoServer, FileNotFoundError):
        server = postgres.read(started.read_text())
        drop_all(server.url, tag(folder))
        server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    """Whether a run of ours was killed before it could end itself."""
    try:
        os.kill(int((folder / "owner").read_text()), 0)
    except ProcessLookupError:
        return folder.stat().st_uid == os.geteuid()
    except (OSError, ValueError):
        return False
    return False
