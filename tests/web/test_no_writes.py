"""No page writes: each is opened on connections that refuse it.

That a session was seen, and that somebody looked at what is told of looks, is noted before: once a
minute and once an hour. Files to take away tell that they were taken, every time.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, event, select, text

from tests.architecture.test_routes import ROUTES
from tests.support import databases
from tests.support.demonstration import DEMONSTRATION, KINDS
from tests.support.sizes import evenly
from tests.support.visitors import Enter, Visitor, entrance
from tests.support.world import World
from tests.web.outsiders.addresses import addresses
from tests.web.outsiders.cases import known_cases
from tests.workflow.approaches.house import approached
from tests.workflow.engine.lifecycles import edited, put
from tests.workflow.lead_groups.house import formed, published
from tests.workflow.sharing.shared import listed
from workflow.bodies.models import Body
from workflow.clock import utc_now
from workflow.engine import commands
from workflow.engine.commands import OpenRound
from workflow.engine.documents.file_store import FileStore
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.loader.files import from_tables
from workflow.offices.letters import file_letter
from workflow.oversight.events.indexer import behind
from workflow.people.groupings.commands import take_in_groupings
from workflow.people.groupings.models import GroupingMembership
from workflow.people.models import Appointment
from workflow.programmes.knowledge.models import ListedLesson
from workflow.publication.drafts import begin_draft
from workflow.publication.exports import toml_of
from workflow.publication.requests import carry_out
from workflow.publication.wishes import publication

# What is taken away, and tells that it was taken.
FILES = (".csv", "/texts/", "/files/")
PEOPLE = (
    "jane.okello", "marie.laurent", "joao.lima", "leilani.tau", "priya.menon", "naledi.khumalo",
    "arjun.mehta", "beatriz.costa", "elena.petrova",
)  # fmt: skip
# What opens to a link that was sent, to a machine with a token, where workers and a signer are at
# work, when a silence has ended, and where it is set who publishes.
NOT_HERE = frozenset({
    "GET /account/addresses/<token>", "GET /account/invitations/<token>", "GET /metrics", "GET /readyz",
    "GET /anchors/checkpoint", "GET /log/proof/<event>",
    "GET /programmes/<ref>/rounds/<key>/<int:turn>/outcome-letter", "GET /programmes/<ref>/money.xml",
})  # fmt: skip
CHAIR, SILENCE = "arjun.mehta", "decision_by_silence"
ADMINISTRATOR, LETTER = "naledi.khumalo", "GET /people/letters/<int:number>"
# Of the addresses of one route, as many as are tried until one opens to somebody.
TRIED = 12
REFUSE = {"sqlite": "pragma query_only = on", "postgresql": "set transaction read only"}


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The demonstration, of which nothing was derived from its events yet."""
    with databases.fresh(request.param, tmp_path, DEMONSTRATION) as url:
        world = World(url, utc_now())
        yield world
        world.close()


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    """Opens the site as somebody of the house."""
    return entrance(world, tmp_path)


def pages(world: World) -> Mapping[str, list[str]]:
    """Addresses of every page, by its route."""
    _, standard = world.engine.offered()[0]
    with world.engine.reading() as session:
        body = session.scalar(select(Body.key).limit(1))
        member = session.scalar(select(GroupingMembership.id).limit(1))
        record = session.scalar(
            select(LifecycleCase.ref).where(LifecycleCase.footing == "record").limit(1)
        )
        lesson = session.scalar(
            select(LifecycleCase.ref)
            .join(ListedLesson, ListedLesson.case_id == LifecycleCase.id)
            .limit(1)
        )
    parts = {
        "/oversight/reviews/mark": f"/oversight/reviews/mark?ref={record}&seq=1&covers=through",
        "<version>/<name>": "1/primemover.css", "<file>": "verification", "<token>": "made-up",
        "<day>": "2026-01-31", "<month>": f"{world.engine.now():%Y-%m}", "<any(bpmn, svg):ending>": "svg", "<int:number>": "1", "<int:person_id>": "1",
        "<code>": "IND",
        "<kind>/<language>": "seat_opened/fr", "frameworks/<key>": "frameworks/F7",
        "lifecycles/of/<key>": f"lifecycles/of/{standard.key}",
        "lifecycles/<key>/cases": "lifecycles/cooperation-framework/cases",
        "lifecycles/<key>": f"lifecycles/{standard.key}", "<mark>": standard.mark, "<other>": standard.mark,
        "groupings/memberships/<int:number>": f"groupings/memberships/{member}",
        "groupings/<key>": "groupings/ecowas", "bodies/<key>": f"bodies/{body}", "<key>": "ind",
        "<any(solution, institution, expert):kind>": "solution", "<party>": "ind", "<any(csv, xlsx, xml):kind>": "csv",
    }  # fmt: skip
    found: dict[str, list[str]] = {}
    for route in ROUTES:
        address = route.removeprefix("GET ")
        if route.startswith("GET ") and not any(sign in address for sign in FILES):
            for name, value in parts.items():
                address = value if address == name else address.replace(name, value)
            found[route] = [] if "<" in address else [address]
    for case in known_cases(world):
        for rule, address in addresses(case):
            # A form opens while its text is written, and an end is moved where it may be.
            written = case.state == "draft" and "/proposal/" in address
            if written or (
                "/edit" not in rule and ("/extension" not in rule or SILENCE in address)
            ):
                found.get(f"GET {rule}", []).append(address)
    found["GET /solutions/<int:number>/wording"] = [f"/solutions/{n}/wording" for n in range(1, 10)]
    found["GET /lessons/<ref>"] = [f"/lessons/{lesson}"]
    asked = approached(world, ["IND"], "ict")[0]
    for act in ("answer", "record", "notice"):
        found[f"GET /approaches/<ref>/{act}"] = [f"/approaches/{asked}/{act}"]
    published(world)
    together = formed(world, ["IND", "THA"])
    for rule in ("/lead-groups/<ref>", "/lead-groups/<ref>/leave", "/lead-groups/<ref>/take-on"):
        found[f"GET {rule}"] = [rule.replace("<ref>", together)]
    found["GET /programmes/<ref>/record"] = [f"/programmes/{record}/record"]
    return found


def share(world: World) -> None:
    """Have a country share something, which is listed, and groupings that countries belong to."""
    listed(world, who="priya.menon", party="ind")
    with world.engine.transaction() as session:
        take_in_groupings(session, by=None, now=world.engine.now())


def put_under_silence(world: World) -> None:
    """Have a text lie before the Board under silence, with the letters and the end that this brings."""
    with world.engine.reading() as session:
        ref = session.scalars(
            select(LifecycleCase.ref)
            .where(LifecycleCase.state == "decision", LifecycleCase.footing == "managed")
            .limit(1)
        ).one()
    wish = OpenRound(ref, SILENCE, "No session.", world.version(ref), uuid4().hex)
    commands.initiate(world.engine, world.person(CHAIR), wish)


def a_letter(world: World, home: Path) -> str:
    """The address of a letter of appointment that is filed where the site keeps its files."""
    scan = FileStore(home / "files", 1 << 20).keep("letter.pdf", BytesIO(b"%PDF-1.4 appointed"))
    by = world.person(ADMINISTRATOR)
    with world.engine.transaction() as session:
        held = session.scalars(select(Appointment.id).where(Appointment.person_id == by)).first()
        assert held is not None
        return f"/people/letters/{file_letter(session, held, scan, by=by, now=world.clock())}"


def to_be_published(world: World) -> None:
    """A second version, a draft, and a request to publish it, which waits for another administrator."""
    by, now = world.person(ADMINISTRATOR), world.engine.now()
    second, draft = (from_tables(edited(put("version", each)), "draft.toml") for each in "89")
    with world.engine.transaction() as session:
        carry_out(session, publication(second), by=None, now=now)
        begin_draft(session, "The next version", toml_of(draft), by=by, now=now)
        wish = publication(draft, why="The Board asked for it.")
        assert carry_out(session, wish, by=by, now=now).waits == 1


def opener(visitors: list[Visitor], tried: list[str]) -> tuple[Visitor, str, int]:
    """Who opens one of these addresses, which, and how it is answered; the last one where none opens."""
    answers = (
        (visitor, address, visitor.get(address).status_code)
        for address in evenly(tried, TRIED, 0)
        for visitor in visitors
    )
    last = None
    for answer in answers:
        last = answer
        if answer[2] < 400:
            break
    assert last is not None
    return last


def refuse(connection: Connection) -> None:
    """Let nothing be written on this connection."""
    connection.execute(text(REFUSE[connection.dialect.name]))


def test_every_page_opens_where_nothing_can_be_written(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    put_under_silence(world)
    share(world)
    letter = a_letter(world, tmp_path)
    to_be_published(world)
    visitors = [enter(who) for who in PEOPLE]
    before = {
        route: opener(visitors, tried)
        for route, tried in {**pages(world), LETTER: [letter]}.items()
        if route not in NOT_HERE
    }

    event.listen(world.engine.database, "begin", refuse)
    after = {
        route: visitor.get(address).status_code for route, (visitor, address, _) in before.items()
    }
    event.remove(world.engine.database, "begin", refuse)

    assert after == {route: status for route, (*_, status) in before.items()}
    assert {route: status for route, status in after.items() if status >= 400} == {}


def test_a_page_leaves_it_to_the_worker_to_find_events(world: World, enter: Enter) -> None:
    world.programme("screening")
    with world.engine.reading() as session:
        waiting = behind(session)

    enter("marie.laurent").page("/histories/events")

    with world.engine.reading() as session:
        assert behind(session) >= waiting > 0
