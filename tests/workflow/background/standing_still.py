"""A process that locks a programme in an act, and then stands still for good.

A signal stops it among statements that are sent together, as a debugger or a frozen machine would.
"""

import os
import signal
import sys

from workflow.assembly.engine import PROGRAMMES
from workflow.database import connect
from workflow.engine.engine import Engine
from workflow.engine.unit_of_work import LOCK


def main(url: str, ref: str) -> None:
    """Lock the case called `ref`, and stand still."""
    engine = Engine(connect(url), PROGRAMMES)
    with engine.writing() as under_way:
        under_way.read((LOCK, {"ref": ref}))
        os.kill(os.getpid(), signal.SIGSTOP)


if __name__ == "__main__":
    main(*sys.argv[1:])
