"""A small world for tests: the demo's house and people, and a programme brought to any state."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import select

from tests.support.acting import astray
from tests.support.databases import Template, turned
from tests.support.run import scrutiny
from workflow.assembly.engine import PROGRAMMES
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.database import connect, migrate
from workflow.demo import house, path
from workflow.demo.path import DemoStory
from workflow.demo.play import Hand, Play
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase

AnyEngine = TypeVar("AnyEngine", bound=Engine)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

PROPOSAL: dict[str, Any] = {
    "title": "Distance learning for nurses",
    "framework": "F7",
    "modality": "standard",
    "participating_countries": ["MOZ", "AGO"],
    "agreements": [
        {"country": "AGO", "person": "Dr Rui Neto, Secretary of State", "agreed_on": "2026-01-20"}
    ],
    "requesting_institution": "Ministry of Health",
    "signatory": "Dr Ana Matola, Permanent Secretary",
    "areas": ["hiv-aids"],
    "sector": "13040",
    "sdg_goals": ["3", "17"],
    "mdg_goals": [],
    "situation": "District hospitals lack nurses trained in antiretroviral care.",
    "beneficiaries": "240 nurses and the 300,000 people whom they serve.",
    "objective": "By mid 2028, 240 nurses hold a certificate earned by distance learning.",
    "strategy": "India's open university shares its courses; Thailand its tutors.",
    "outputs": [{"output": "Courses in Portuguese", "indicator": "modules", "target": "12"}],
    "executing_agency": "undp",
    "donors": [],
    "knowhow": "Twenty years of distance learning in India.",
    "budget": [
        {"source": "UNFSSC", "purpose": "courses", "nature": "activities", "amount": "150000"},
        {"source": "India", "purpose": "tutors", "nature": "matching", "amount": "235000"},
    ],
    "total_cost": "385000",
    "planned_start": "2027-01-01",
    "planned_end": "2028-06-30",
}
TEXTS: dict[str, dict[str, Any]] = {
    "proposal": PROPOSAL,
    "project_document": {
        "strategy": "Courses first in two provinces, then in ten.",
        "arrangements": "India convenes; the lead group meets each quarter.",
        "gender_marker": "2",
        "results": [
            {
                "output": "Courses",
                "indicator": "modules accredited",
                "baseline": "0",
                "target": "12",
            }
        ],
        "budget": [
            {"year": "2027", "source": "UNFSSC", "amount": "150000"},
            {"year": "2028", "source": "India", "amount": "235000"},
        ],
        "unfunded": "0",
        "risks": [{"risk": "Slow connections", "level": "moderate", "measure": "printed modules"}],
    },
    "annual_work_plan": {
        "year": "2027",
        "activities": [
            {
                "activity": "Translate modules",
                "quarters": "Q1-Q2",
                "responsible": "UNDP",
                "amount": "60000",
            }
        ],
    },
    "report": {
        "summary": "Six modules accredited.",
        "outputs": [
            {
                "output": "Courses",
                "indicator": "modules accredited",
                "target": "12",
                "reached": "6",
                "verified": "register of the open university",
            }
        ],
        "received": "150000",
        "spent": "58000",
    },
    "final_report": {
        "results": "Twelve modules, 231 nurses certified.",
        "sustainability": "The ministry pays.",
        "assets": "Tablets given to the ministry.",
    },
    "final_financial_statement": {
        "received": "385000",
        "spent": "383500",
        "balance": "1500",
        "refund": "Returned to the fund.",
    },
}
NURSES = DemoStory(
    submitter="joao.lima",
    party="moz",
    authorities=("graca.mabunda", "domingos.neto"),
    agency="kenji.watanabe",
    positions={
        "priya.menon": ("lead", ""),
        "somchai.chaiyasit": ("lead", ""),
        "aisyah.rahman": ("support", ""),
        "paulo.sa": ("support_with_comments", "Use the open licences of our courses."),
    },
    texts=TEXTS,
    lines=(("Courses", "UNDP", "UNFSSC", "60000"),),
    convenor="ind",
)


def furnish(url: str) -> None:
    """Migrate the empty database at `url` and build the demo's house in it."""
    migrate(url)
    play = Play(connect(url), Hand(NOON))
    house.build(play.engine)
    play.engine.database.dispose()


HOUSE = Template("house", furnish)
# The states of a usual life, each one step of `path` after the one before.
LIFE = (
    "draft", "screening", "consultation", "lead_group", "formulation", "appraisal", "decision",
    "signature", "inception", "active", "operational_closure", "closed",
)  # fmt: skip


@cache
def in_state(state: str) -> Template:
    """The house with one programme, brought to `state` from the state before by real commands."""
    before = LIFE.index(state) - 1
    base = in_state(LIFE[before]) if before >= 0 else HOUSE

    def fill(url: str) -> None:
        with closing(World(url)) as world:
            ref = path.begin(world, NURSES) if base == HOUSE else world.resumed()
            path.carry(world, ref, NURSES, state)

    return Template(f"house-{state}", fill, base)


@cache
def in_states(*states: str) -> Template:
    """The house with a programme in each of these states, the first one brought there first."""
    if len(states) == 1:
        return in_state(*states)

    def fill(url: str) -> None:
        with closing(World(url)) as world:
            world.resumed()
            world.programme(states[-1])

    return Template(f"house-{'-'.join(states)}", fill, in_states(*states[:-1]))


# So many programmes, one after the other, are copied; further ones are brought to their states in a test.
MOST_COPIED = 3
# What tests of one module begin with, by the name they give it.
PREPARED: dict[str, Template] = {}


def _by(prepare: Callable[["World"], object]) -> Callable[[str], None]:
    def fill(url: str) -> None:
        with closing(World(url)) as world:
            prepare(world)

    return fill


class World(Play):
    """The demo's house, as `HOUSE` holds it, with a clock that starts at noon on 2 March 2026."""

    def __init__(self, url: str, at: datetime = NOON) -> None:
        super().__init__(connect(url), Hand(at))
        self.url = url
        self.honest = True  # A test that writes past the engine on purpose says so here.
        self._engines = [self.engine]
        # Which copied programmes the house holds, and what time it was after the last one's last act.
        self._copied: tuple[str, ...] = ()
        self._since = NOON

    def programme(self, state: str = "draft", story: DemoStory = NURSES) -> str:
        """A programme brought to `state` by the real commands; returns its reference.

        Those with which a test begins are copies of ones that were brought there once in this run.
        """
        if story is NURSES and self._copies(state):
            return self.resumed()
        ref = path.begin(self, story)
        path.carry(self, ref, story, state)
        return ref

    def programmes(self, *states: str) -> list[str]:
        """A programme in each of these states; those of a house that nobody used are copies as well."""
        if not self._copies(*states):
            return [self.programme(state) for state in states]
        self.resumed()
        with self.engine.reading() as session:
            begun = select(LifecycleCase.ref).where(
                LifecycleCase.definition_id.is_not(None), LifecycleCase.subject == "programme"
            )
            return list(session.scalars(begun.order_by(LifecycleCase.id)))[-len(states) :]

    def _copies(self, *states: str) -> bool:
        """Hold copies of programmes in these states too; false where more than copying happened here."""
        after = (*self._copied, *states)
        fit = set(states) <= set(LIFE) and (not self._copied or len(after) <= MOST_COPIED)
        before = in_states(*self._copied) if self._copied else HOUSE
        if (
            not fit
            or self.clock.at != self._since
            or not turned(self.url, before, in_states(*after))
        ):
            return False
        self._copied = after
        return True

    def made(self, key: str, prepare: Callable[["World"], object]) -> None:
        """The house as `prepare` leaves it at noon, done once in a run and copied from then on."""
        template = PREPARED.setdefault(key, Template(f"house-{key}", _by(prepare), HOUSE))
        if self.clock.at == NOON and turned(self.url, HOUSE, template):
            self.resumed()
        else:
            prepare(self)

    def resumed(self) -> str:
        """The reference of the only programme, with the clock and the engine as its last act left them."""
        told = (
            select(LifecycleCase.ref, LifecycleCase.definition_id)
            .join(Event, Event.case_id == LifecycleCase.id)
            .where(LifecycleCase.definition_id.is_not(None), LifecycleCase.subject == "programme")
            .order_by(Event.id.desc())
        )
        last = select(Event.at).where(Event.case_id.is_not(None)).order_by(Event.id.desc())
        with self.engine.reading() as session:
            ref, definition = session.execute(told.limit(1)).one()
            self.clock.at = session.scalars(last.limit(1)).one()
            self._since = self.clock.at
            self.engine.definition(definition or 0, session)
        return ref

    def another_engine(self) -> Engine:
        """A second engine on the same database and clock, as another process would have."""
        return self.add(Engine)

    def add(self, kind: type[AnyEngine]) -> AnyEngine:
        """A second engine of this kind; it ends with the world."""
        engine = kind(connect(self.url), PROGRAMMES, self.clock)
        self._engines.append(engine)
        return engine

    def close(self) -> None:
        """Hold that what happened verifies and that time acts when it should; give back every connection.

        A short run holds it of some worlds; `run/scrutiny.py` says of which.
        """
        if self.honest and scrutiny.verifies_now():
            checked = verify(self.engine.database)
            assert checked.sound, checked.differences
            assert astray(self.engine) == []
        for engine in self._engines:
            engine.database.dispose()
