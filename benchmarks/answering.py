"""One process that answers browsers: `python -m benchmarks.answering EMAIL`, with the settings in the environment.

It says in JSON what it took to start, what a sign-in takes beside the slow comparison of the password,
and what it holds after so many pages.
"""

import json
import sys
from itertools import cycle, islice
from pathlib import Path
from time import process_time

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import update

from benchmarks.paging import HIDDEN, PAGES
from workflow.demo.cast import PASSWORD
from workflow.people import passwords
from workflow.people.models import Person

OPENED, SIGN_INS = 200, 12
# A hash that takes no time: what is left of a sign-in is everything else.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LOGIN = "/account/login"


def main(email: str) -> None:
    """Start, sign in over and over, open pages, and say what each took."""
    from wsgi import app, engine  # noqa: PLC0415  # what is measured is that this is read in

    app.test_client().get("/livez")
    started = process_time()
    passwords.HASHER = QUICK
    with engine.transaction() as session:
        quick = {"password_hash": QUICK.hash(PASSWORD)}
        session.execute(update(Person).where(Person.email == email).values(quick))
    entered = sorted(_entered(app.test_client(), email) for _ in range(SIGN_INS))
    browser = app.test_client()
    _entered(browser, email)
    simple = [page for page in PAGES if "{" not in page]
    for page in islice(cycle(simple), OPENED):
        browser.get(page).close()
    told = {"start": started, "sign-in": entered[len(entered) // 4], **_held()}
    print(json.dumps(told), flush=True)


def _entered(browser: FlaskClient, email: str) -> float:
    """What one sign-in took of the processor."""
    hidden = dict(HIDDEN.findall(browser.get(LOGIN).get_data(as_text=True)))
    began = process_time()
    answer = browser.post(LOGIN, data={**hidden, "email": email, "password": PASSWORD})
    took = process_time() - began
    if answer.status_code != 303:
        raise RuntimeError(f"{email} could not sign in: {answer.status}")
    return took


def _held() -> dict[str, float]:
    """What this process holds in MiB: in full, and of it what is its alone."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    sizes = {
        name: int(size.split()[0]) / 1024 for name, _, size in (x.partition(":") for x in lines)
    }
    return {"held": sizes["Rss"], "shared": sizes["Pss"]}


if __name__ == "__main__":
    main(sys.argv[1])
