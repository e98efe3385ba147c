"""A worker in a process of its own, made to be killed: `worker_process.py URL NAME SECONDS`.

Its one job notes that it has begun, takes its time, and then has its effect, which is the same
however often it is had.
"""

import sys
import time

from sqlalchemy import text

from workflow.database import connect
from workflow.tasks.liveness import Alive
from workflow.tasks.port import Payload, Tasks, Worker

URL, NAME, SECONDS = sys.argv[1], sys.argv[2], float(sys.argv[3])
DATABASE = connect(URL)


def count(payload: Payload) -> None:
    said = {"key": payload["key"], "worker": NAME}
    with DATABASE.begin() as connection:
        connection.execute(text("insert into begun values (:key, :worker)"), said)
    time.sleep(SECONDS)
    with DATABASE.begin() as connection:
        connection.execute(
            text("insert into effect values (:key, :worker) on conflict (key) do nothing"), said
        )


alive, tasks = Alive(URL, NAME), Tasks(URL)
worker = Worker(URL, NAME, {"count": count})
worker.start((), polling=0.2)
print("ready", flush=True)
while True:
    time.sleep(0.3)
    alive.adopt_orphans(tasks)
