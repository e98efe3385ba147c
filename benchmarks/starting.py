"""What a process costs: the words of help, the start of one that answers browsers, what it holds."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figures import MEBIBYTES, MILLISECONDS, Figure
from benchmarks.paging import PEOPLE, SECRET
from workflow.demo.cast import DOMAIN

TIMES, PLACE = 5, "one process"
ROOT = Path(__file__).resolve().parents[1]
HELP = (sys.executable, "-c", "from web.cli import main; main()", "--help")
ANSWERING = (sys.executable, "-m", "benchmarks.answering")


def measure(url: str) -> Iterator[Figure]:
    """Each figure is the least of several; what is shared counts with a share in the last one."""
    helped = min(_processor(HELP, os.environ) for _ in range(TIMES))
    yield Figure("start", PLACE, "`primemover --help`", MILLISECONDS, 1000 * helped)
    told = [_answered(url) for _ in range(TIMES - 2)]
    least = {name: min(each[name] for each in told) for name in told[0]}
    yield _of("start of the pages, first answer included", MILLISECONDS, 1000 * least["start"])
    yield _of("sign-in, beside the hash of the password", MILLISECONDS, 1000 * least["sign-in"])
    yield _of("held by each of two after 200 pages", MEBIBYTES, least["held"])
    yield _of("the same, what is shared by shares", MEBIBYTES, least["shared"])


def _of(what: str, unit: str, ours: float) -> Figure:
    return Figure("start", PLACE, what, unit, ours)


def _answered(url: str) -> dict[str, float]:
    """What a process that answers browsers says of itself."""
    with tempfile.TemporaryDirectory() as home:
        settings = {
            "PRIMEMOVER_HOME": home,
            "PRIMEMOVER_DATABASE_URL": url,
            "PRIMEMOVER_SECRET_KEY": SECRET,
            "PRIMEMOVER_DEMO": "true",
            "PRIMEMOVER_BACKGROUND": "false",
            "PRIMEMOVER_NODE_MODULES": str(ROOT / "node_modules"),
        }
        ran = subprocess.run(
            [*ANSWERING, f"{PEOPLE['board member']}@{DOMAIN}"],
            env={**os.environ, **settings},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    told: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return told


def _processor(words: Sequence[str], environment: Mapping[str, str]) -> float:
    """What a command takes of the processor until it ends, its interpreter's start included."""
    began = os.times()
    subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=True)
    ended = os.times()
    return ended.children_user + ended.children_system - began.children_user - began.children_system
