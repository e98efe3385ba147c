"""What answers browsers: `python -m benchmarks.answering EMAIL`, with the settings in the environment.

It starts as a server does, divides itself as that does, and says in JSON what it took to start, what a
sign-in takes beside the slow comparison of the password, and what each part holds after so many pages.
"""

import gc
import json
import sys
from itertools import cycle, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import process_time
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from benchmarks.paging import HIDDEN, PAGES
from workflow.demo.cast import PASSWORD
from workflow.people import passwords
from workflow.people.models import Person

OPENED, SIGN_INS = 200, 12
# As many as a server has by itself where there are two processors.
PARTS, PATIENCE = 2, 120.0
Said = dict[str, float]
# A hash that takes no time: what is left of a sign-in is everything else.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LOGIN = "/account/login"


def main(email: str) -> None:
    """Start, divide, sign in over and over, open pages, and say what each took, and what a part holds at most."""
    from wsgi import app, engine  # noqa: PLC0415  # what is measured is that this is read in

    app.test_client().get("/livez")
    started = process_time()
    passwords.HASHER = QUICK
    with engine.transaction() as session:
        quick = {"password_hash": QUICK.hash(PASSWORD)}
        session.execute(update(Person).where(Person.email == email).values(quick))
    gc.collect()
    gc.freeze()
    told = _divided(app, email)
    held = {name: max(each[name] for each in told) for name in ("held", "shared")}
    entered = min(each["sign-in"] for each in told)
    print(json.dumps({"start": started, "sign-in": entered, **held}), flush=True)


def _divided(app: Flask, email: str) -> list[Said]:
    """What each of several parts says, all of them being there until the last has said it."""
    context = get_context("fork")
    together = context.Barrier(PARTS, timeout=PATIENCE)

    def answer(there: "Connection[Any, Any]") -> None:
        told = _answered(app, email)
        together.wait()
        told |= _held()
        together.wait()
        there.send(told)

    heard = []
    for _ in range(PARTS):
        here, there = context.Pipe(duplex=False)
        context.Process(target=answer, args=(there,), daemon=True).start()
        there.close()
        heard.append(here)
    return [here.recv() for here in heard]


def _answered(app: Flask, email: str) -> Said:
    """Sign in over and over and open pages; what a sign-in took."""
    entered = sorted(_entered(app.test_client(), email) for _ in range(SIGN_INS))
    browser = app.test_client()
    _entered(browser, email)
    simple = [page for page in PAGES if "{" not in page]
    for page in islice(cycle(simple), OPENED):
        browser.get(page).close()
    return {"sign-in": entered[len(entered) // 4]}


def _entered(browser: FlaskClient, email: str) -> float:
    """What one sign-in took of the processor."""
    hidden = dict(HIDDEN.findall(browser.get(LOGIN).get_data(as_text=True)))
    began = process_time()
    answer = browser.post(LOGIN, data={**hidden, "email": email, "password": PASSWORD})
    took = process_time() - began
    if answer.status_code != 303:
        raise RuntimeError(f"{email} could not sign in: {answer.status}")
    return took


def _held() -> Said:
    """What this process holds in MiB: in full, and of it what is its alone."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    sizes = {
        name: int(size.split()[0]) / 1024 for name, _, size in (x.partition(":") for x in lines)
    }
    return {"held": sizes["Rss"], "shared": sizes["Pss"]}


if __name__ == "__main__":
    main(sys.argv[1])
