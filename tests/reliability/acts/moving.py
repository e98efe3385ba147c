"""A process that confirms a move of programmes and is killed on the way, once it tried them."""

import sys
from datetime import datetime

from tests.reliability.dying import Mortal
from workflow.assembly.engine import PROGRAMMES
from workflow.database import connect
from workflow.demo.play import Hand
from workflow.publication.migration.requests import confirm


def main(url: str, at: str, point: str, tries: str, number: str, person: str) -> None:
    """Confirm what was asked for, and die at `point`."""
    engine = Mortal(connect(url), PROGRAMMES, Hand(datetime.fromisoformat(at)))
    engine.point, engine.others = point, int(tries)
    confirm(engine, int(number), by=int(person))


if __name__ == "__main__":
    main(*sys.argv[1:])
