"""The floor of somebody else: scripts outside of this repository that write a smaller sign-off."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

SCRIPT = "bench_signoff.py"
AMOUNT = ("--turns", "5", "--slice", "10")


def measure(folder: Path) -> Iterator[str]:
    """What their floor does per second, with one client.

    On PostgreSQL it drops tables, so it runs there only where PERF_PG_DSN names a database for it.
    """
    backends = {"sqlite-full": "SQLite"}
    if os.environ.get("PERF_PG_DSN"):
        backends["pg"] = "PostgreSQL"
    with tempfile.TemporaryDirectory() as place:
        for backend, name in backends.items():
            told = subprocess.run(
                [sys.executable, SCRIPT, "--backend", backend, *AMOUNT, "floor"],
                cwd=folder.resolve(),
                env={**os.environ, "PERF_TMP": place, "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                text=True,
                check=False,
            )
            lines = [line for line in told.stdout.splitlines() if line.startswith("JSON ")]
            if not lines:
                yield f"The other floor on {name} did not run: {told.stderr.strip()[-200:]}"
                continue
            rate = json.loads(lines[0].removeprefix("JSON "))["results"]["floor"]["rate"]
            yield f"The other floor on {name}, 1 client, of five smaller statements: {rate:,.0f}/s"
