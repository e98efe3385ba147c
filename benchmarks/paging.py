"""Pages as each kind of person opens them: milliseconds of SQL, statements, and processor.

The site is the true one in this process, over a database that nobody else uses. SQL is what a statement
takes of the processor until its answer is there: of the server's process for all of its rows on PostgreSQL,
of this one for the first on SQLite, which finds the rest while they are read. A busy machine lets it wait,
and what it waits is left out; a server on another machine is timed from asking to answer. The processor's
time is all that this process spent, composing, asking, on SQLite finding, and rendering.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter, process_time, thread_time
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine as Database
from sqlalchemy import event, select

from benchmarks.cloning import TABLES
from config.settings import Settings
from web.app import create_app
from web.logs import configure
from workflow.assembly.engine import open_engine
from workflow.demo.cast import DOMAIN, PASSWORD

READS, FOUND, BROKEN = 3, 200, 500
# Where a server is on this machine, so that the system says what its processes take.
HERE = frozenset({"127.0.0.1", "localhost", "::1"})
SECRET = "q7Xw-0Zr5cT1mN8vB3kL6jH9gF2dS4aPoIuYtReW"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
PEOPLE = {
    "officer": "jane.okello",
    "submitter": "joao.lima",
    "board member": "arjun.mehta",
    "auditor": "marie.laurent",
    "delegate": "dalia.osman",
    "administrator": "naledi.khumalo",
}
PAGES = (
    "/", "/queue", "/programmes", "/programmes?q=nurses", "/programmes/{ref}",
    "/programmes/{ref}/rounds/decision/1", "/histories", "/histories/{ref}", "/frameworks",
    "/frameworks/F7", "/notices", "/people", "/anchors", "/proposals", "/histories/on/2026-01-15",
    "/queue?stage=evaluation", "/queue?text=nurses", "/programmes?stage=approval&framework=F7",
)  # fmt: skip
OF_AUDITORS = (
    "/exports", "/histories/events", "/oversight", "/oversight/access", "/oversight/reviews",
    "/histories/events?verdict=approve", "/histories/events?role=board_member&stage=evaluation",
    "/histories/events?framework=F1",
)  # fmt: skip
OF_OFFICERS = ("/desk", "/records", "/programmes/import")
OF_ADMINISTRATORS = (
    "/office", "/office/setup", "/office/people", "/office/parties", "/office/bodies", "/office/acts",
    "/office/appointments/1", "/office/calendars", "/office/pivotal",
)  # fmt: skip
MORE = {"auditor": OF_AUDITORS, "officer": OF_OFFICERS, "administrator": OF_ADMINISTRATORS}
# The round whose newest programme is looked at.
ON_SHOW = "decision"


@dataclass(frozen=True, slots=True)
class Opened:
    """What one page took one kind of person: the least of several readings."""

    who: str
    page: str
    status: int
    statements: int
    sql: float
    processor: float


def _passed(_connection: Any) -> float:
    return perf_counter()


@dataclass(slots=True)
class Clock:
    """Adds up what the statements of one engine take of the processor that answers them."""

    statements: int = 0
    seconds: float = 0.0
    _began: list[float] = field(default_factory=list)
    _spent: Callable[[Any], float] = _passed

    def listen(self, database: Database) -> None:
        """Time every statement of this engine from now on."""
        self._spent = _spent_at(database)
        event.listen(database, "before_cursor_execute", self._before)
        event.listen(database, "after_cursor_execute", self._after)

    def forget(self) -> None:
        """Begin anew."""
        self.statements, self.seconds = 0, 0.0

    def _before(self, connection: Any, *_told: Any) -> None:
        self._began.append(self._spent(connection))

    def _after(self, connection: Any, *_told: Any) -> None:
        self.statements += 1
        self.seconds += self._spent(connection) - self._began.pop()


def _spent_at(database: Database) -> Callable[[Any], float]:
    """What says how many seconds of the processor a connection's statements took until now."""
    if database.dialect.name == "sqlite":
        return lambda _connection: thread_time()
    if database.url.host not in HERE or not Path("/proc/self/schedstat").exists():
        return _passed
    return _spent_by_server


def _spent_by_server(connection: Any) -> float:
    """The seconds that the server's process of a connection has run, as the system counts them."""
    process = connection.connection.dbapi_connection.info.backend_pid
    ran = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii")
    return int(ran.split()[0]) / 1e9


@dataclass(frozen=True, slots=True)
class Site:
    """The site over one database, and the clock at it."""

    app: Any
    clock: Clock
    ref: str
    database: Database

    def enter(self, who: str) -> FlaskClient:
        """The browser of somebody who has signed in."""
        browser: FlaskClient = self.app.test_client()
        login = "/account/login"
        hidden = dict(HIDDEN.findall(browser.get(login).get_data(as_text=True)))
        known = {"email": f"{who}@{DOMAIN}", "password": PASSWORD}
        answer = browser.post(login, data={**hidden, **known})
        if answer.status_code != 303:
            raise RuntimeError(f"{who} could not sign in: {answer.status}")
        return browser

    def read(self, browser: FlaskClient, who: str, page: str, reads: int = READS) -> Opened:
        """Open a page so often, after once that is not counted."""
        address = page.format(ref=self.ref)
        status = browser.get(address).status_code
        if status >= BROKEN:
            raise RuntimeError(f"{address} as {who} could not be made: {status}.")
        spent, asked = [], []
        for _ in range(reads):
            self.clock.forget()
            began = process_time()
            browser.get(address)
            spent.append(process_time() - began)
            asked.append(self.clock.seconds)
        # What else the machine does adds to some of them and takes from none.
        sql, processor = (1000 * min(each) for each in (asked, spent))
        return Opened(who, page, status, self.clock.statements, sql, processor)


@contextmanager
def site(url: str) -> Iterator[Site]:
    """The site over the database at `url`, for one round of measuring."""
    with tempfile.TemporaryDirectory() as home:
        engine = open_engine(url)
        clock = Clock()
        clock.listen(engine.database)
        settings = Settings.read(home=home, database_url=url, secret_key=SECRET)
        app = create_app(settings, engine)
        configure(quiet=True)
        yield Site(app, clock, _on_show(engine.database), engine.database)
        engine.database.dispose()


def measure(url: str, reads: int = READS, pages: Sequence[str] = PAGES) -> Iterator[Opened]:
    """Every page as every kind of person whom it lets in."""
    with site(url) as measured:
        for kind, who in PEOPLE.items():
            browser = measured.enter(who)
            for page in (*pages, *MORE.get(kind, ())):
                read = measured.read(browser, kind, page, reads)
                if read.status == FOUND:
                    yield read


def in_turns(urls: Mapping[str, str], reads: int) -> Iterator[tuple[str, Opened]]:
    """The same over several databases, each page in turns: what else the machine does strikes all alike."""
    with ExitStack() as opened:
        sites = {place: opened.enter_context(site(url)) for place, url in urls.items()}
        for kind, who in PEOPLE.items():
            browsers = {place: each.enter(who) for place, each in sites.items()}
            for page in (*PAGES, *MORE.get(kind, ())):
                found: dict[str, list[Opened]] = {place: [] for place in sites}
                for _ in range(reads):
                    for place, each in sites.items():
                        found[place].append(each.read(browsers[place], kind, page, 1))
                yield from ((place, _least(of)) for place, of in found.items())


def _least(readings: Sequence[Opened]) -> Opened:
    sql, processor = (
        min(each) for each in zip(*((r.sql, r.processor) for r in readings), strict=True)
    )
    return replace(readings[-1], sql=sql, processor=processor)


def _on_show(database: Database) -> str:
    case, round_ = TABLES["lifecycle_case"], TABLES["round"]
    lying = select(case.c.ref).join(round_, round_.c.case_id == case.c.id)
    lying = lying.where(round_.c.key == ON_SHOW, round_.c.status == "open")
    newest = lying.order_by(round_.c.id.desc()).limit(1)
    with database.connect().execution_options(reading=True) as connection:
        return str(connection.scalar(newest))
