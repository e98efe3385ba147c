"""A worker that opens what a schedule owes and is killed on the way, as a machine that loses its power."""

import sys
from datetime import datetime

from tests.reliability.dying import Mortal
from workflow.assembly.engine import PROGRAMMES
from workflow.database import connect
from workflow.demo.play import Hand
from workflow.engine.commands.settle_due import sweep


def main(url: str, at: str, point: str) -> None:
    """Do what time does by an instant, and die at `point`."""
    engine = Mortal(connect(url), PROGRAMMES, Hand(datetime.fromisoformat(at)))
    engine.point = point
    sweep(engine)


if __name__ == "__main__":
    main(*sys.argv[1:])
