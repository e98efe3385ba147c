"""A process that records or certifies money and is killed on the way, as a machine that loses its power."""

import json
import sys
from datetime import date, datetime
from typing import Any

from tests.reliability.dying import Mortal
from workflow.assembly.engine import PROGRAMMES
from workflow.database import connect
from workflow.demo.play import Hand
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.certification.certify import CertifyMovement, certify
from workflow.ledger.record import RecordMovement, record
from workflow.ledger.wishes import MovementWish


def main(url: str, at: str, point: str, person: str, command: str) -> None:
    """Record what a command wishes, or certify the movement that it names, and die at `point`."""
    engine = Mortal(connect(url), PROGRAMMES, Hand(datetime.fromisoformat(at)))
    engine.point = point
    told: dict[str, Any] = json.loads(command)
    if wish := told.pop("wish", None):
        read = {"act": MoneyAct(wish["act"]), "on": date.fromisoformat(wish["on"])}
        record(engine, int(person), RecordMovement(wish=MovementWish(**wish | read), **told))
    else:
        certify(engine, int(person), CertifyMovement(**told))


if __name__ == "__main__":
    main(*sys.argv[1:])
