"""A joint programme of Angola and Mozambique, carried with the parts and reports that it opens."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lifecycles.shipped import test_country_part as part
from tests.workflow.lifecycles.shipped import test_progress_report as report
from tests.workflow.lifecycles.shipped import test_work_plan as plan
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from workflow.engine.children.models import ChildCase
from workflow.engine.commands.open_case import publish
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.loader.files import load_file

PLAN: dict[str, Any] = {
    "title": "Soil laboratories of two countries",
    "framework": "F7",
    "modality": "multi_country_joint",
    "participating_countries": ["MOZ", "AGO"],
    "areas": ["agriculture"],
    "objective": "Two laboratories that test the soil of small farms by 2029.",
    "strategy": "One method, two laboratories, staff who change places every year.",
    "executing_agency": "undp",
    "donors": ["nor"],
    "planned_start": "2026-01-01",
    "planned_end": "2028-12-31",
    "parts": [
        {"country": "MOZ", "partner": "IIAM", "output": "Laboratory", "amount": "300000"},
        {"country": "AGO", "partner": "IIA", "output": "Laboratory", "amount": "200000"},
    ],
    "total_cost": "500000",
}
FINAL: dict[str, Any] = {
    "results": "Both test soil by one method.",
    "by_country": [
        {"country": "MOZ", "reached": "One laboratory", "spent": "290000"},
        {"country": "AGO", "reached": "One laboratory", "spent": "195000"},
    ],
    "spent": "485000",
}
AUTHORITIES = {"ago": "domingos.neto", "moz": "graca.mabunda"}
MANAGERS = {"ago": "leilani.tau", "moz": "joao.lima"}
AGENCY, MANAGER, DONOR = "kenji.watanabe", "beatriz.costa", "ingrid.solberg"
OFFICER, DIRECTOR = "jane.okello", "elena.petrova"


class Joint(Carried):
    """The programme, with the lifecycles of its parts, reports and amendments in force."""

    lifecycle = "joint"

    def __init__(self, world: World, **changed: Any) -> None:
        for name in (
            "lesson",
            "blocker",
            "milestone",
            "progress-report",
            "work-plan",
            "country-part",
            "amendment",
        ):
            publish(world.engine, load_file(Path(SHIPPED / f"{name}.toml")))
        super().__init__(world, self.lifecycle, {**PLAN, **changed})
        for country, who in MANAGERS.items():
            self.appoint(who, "programme_manager", country)

    def signed(self) -> None:
        """It is sent, screened, endorsed by both countries, appraised, approved and signed."""
        self.recommended()
        self.board("deciding", "approve")
        for who in (DIRECTOR, *AUTHORITIES.values(), AGENCY, DONOR):
            self.answer(who, "signing", "sign")

    def recommended(self) -> None:
        """It is sent, screened, endorsed by both countries and appraised, and goes to the Board."""
        self.sent()
        for who in AUTHORITIES.values():
            self.answer(who, "endorsing", "endorse")
        for who in (AGENCY, "ravi.chand", DONOR):
            self.answer(who, "appraising", "recommend")
        self.answer("fatou.ndiaye", "concluding", "recommend")

    def sent(self) -> None:
        """It is sent and screened."""
        self.answer("joao.lima", "sending", "send")
        self.answer(OFFICER, "screening", "accept")

    def below(self, ref: str = "") -> dict[str, str]:
        """The cases under one, in their order, and how each stands."""
        parent = select(LifecycleCase.id).where(LifecycleCase.ref == (ref or self.ref))
        with self.world.engine.reading() as session:
            found = session.execute(
                select(LifecycleCase.ref, LifecycleCase.state)
                .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
                .where(ChildCase.parent_id == parent.scalar_subquery())
                .order_by(ChildCase.number)
            )
            return {row.ref: row.state for row in found}

    def report(self, ref: str, who: str, **said: Any) -> None:
        """A report on the period of its schedule is written, sent and accepted."""
        self.send_report(ref, who, **said)
        self.world.answer(ref, "accepting", OFFICER, "accept")

    def plan(self, ref: str) -> None:
        """A work plan is written, agreed and accepted."""
        self.world.file(ref, "plan", MANAGER, plan.about("Laboratory"))
        for who, key, verdict in (
            (MANAGER, "planning", "send"), (AGENCY, "agreeing", "agree"), (OFFICER, "accepting", "accept"),
        ):  # fmt: skip
            self.world.answer(ref, key, who, verdict)

    def send_report(self, ref: str, who: str, **said: Any) -> None:
        """A report on the period of its schedule is written and sent."""
        self.write_report(ref, who, **said)
        self.world.answer(ref, "reporting", who, "send")

    def write_report(self, ref: str, who: str, **said: Any) -> None:
        """A report on the period of its schedule is written."""
        self.world.file(ref, "report", who, {**report.REPORT, **self.period(ref), **said})

    def period(self, ref: str) -> dict[str, str]:
        """The period for which a report was opened, as its form begins."""
        asked = select(ChildCase.period_from, ChildCase.period_to).join(
            LifecycleCase, LifecycleCase.id == ChildCase.case_id
        )
        with self.world.engine.reading() as session:
            row = session.execute(asked.where(LifecycleCase.ref == ref)).one()
        return {
            "period_start": row.period_from.isoformat(),
            "period_end": row.period_to.isoformat(),
        }

    def end_part(self, ref: str, country: str) -> None:
        """A country's part is reported by two and the report accepted."""
        self.world.file(ref, "final_report", MANAGERS[country], part.REPORT)
        for who in (MANAGERS[country], AUTHORITIES[country]):
            self.world.answer(ref, "finishing", who, "report")
        self.world.answer(ref, "accepting", OFFICER, "accept")

    def suspend(self, ref: str, country: str) -> None:
        """One country's part is suspended with a notice, after those concerned were heard."""
        today = self.world.clock().date()
        review = today + timedelta(days=90)
        days = {"suspended_from": today.isoformat(), "review_on": review.isoformat()}
        self.world.file(ref, "notice", DIRECTOR, {**part.NOTICE, **days})
        at = self.ref
        self.ref = ref
        self.open(DIRECTOR, "suspending", "The site is flooded.")
        self.ref = at
        for who in (AUTHORITIES[country], AGENCY, DONOR):
            self.world.answer(ref, "suspending", who, "agree")
        self.world.answer(ref, "suspending", DIRECTOR, "suspend", "Until another site is named.")

    def consolidate(self) -> None:
        """The report that was written of all countries is sent, and everybody accepts it."""
        self.answer(MANAGER, "consolidating", "report")
        for who in (OFFICER, *AUTHORITIES.values()):
            self.answer(who, "accepting", "accept")

    def close(self, reason: str = "") -> None:
        """The quality assurer and the Director close the programme over its checklist."""
        for who in ("oluwaseun.ade", DIRECTOR):
            self.answer(who, "closing", "close", reason)
