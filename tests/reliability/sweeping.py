"""One worker before a heap of deadlines, as a process of its own: what it did until nothing was left."""

import json
import sys
from datetime import datetime
from time import process_time

from workflow.assembly.engine import PROGRAMMES
from workflow.database import connect
from workflow.demo.play import Hand
from workflow.engine.commands.settle_due import Swept, sweep
from workflow.engine.engine import Engine


def swept(url: str, at: datetime) -> dict[str, float]:
    """How many rounds it settled and deadlines it told of, in how many seconds of processor."""
    engine, done, begun = Engine(connect(url), PROGRAMMES, Hand(at)), Swept(), process_time()
    while found := sweep(engine):
        done += found
    engine.database.dispose()
    return {"settled": done.settled, "told": done.told, "seconds": process_time() - begun}


if __name__ == "__main__":
    print(json.dumps(swept(sys.argv[1], datetime.fromisoformat(sys.argv[2]))))
