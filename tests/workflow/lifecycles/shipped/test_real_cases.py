"""What happened to real programmes, replayed with a clock; the source of each stands in its docstring.

All of them are told in shared/notes/domain.md, sections 2.2 and 2.3, from records of the IBSA Fund and of the
India-UN Development Partnership Fund; figures that these do not say are made up.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.cases.family import KIND, OFFICER, REF, part, published
from tests.workflow.engine.small_cases import opened, take_part
from tests.workflow.lifecycles.amendments.amended import (
    AGENCY,
    DIRECTOR,
    ENTRY,
    PLAN,
    Amendment,
    figures,
    parent,
)
from tests.workflow.lifecycles.amendments.test_amendment import EXTENSION, REDESIGN
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from tests.workflow.lifecycles.shipped.test_emergency import APPEAL
from tests.workflow.lifecycles.shipped.test_three_consents import FOCAL, NEED
from workflow.audit.verification.verify import verify
from workflow.engine.children.models import ChildCase
from workflow.engine.commands.open_case import publish
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.loader.files import load_file
from workflow.people.directory.arrivals import enter_country
from workflow.programmes.models import Programme

AUTHORITY = "graca.mabunda"
REPORTS = {
    **{key: value for key, value in KIND.items() if key != "states"},
    "label": "Report", "opens": "by schedule", "states": ["b"], "every": "half-year",
    "begins": "planned_start", "until": "planned_end",
}  # fmt: skip


class Running(Amendment):
    """A programme of one country that runs as it was approved, and its first amendment."""

    def __init__(self, world: World, country: str, **plan: Any) -> None:
        publish(world.engine, load_file(SHIPPED / "amendment.toml"))
        with world.engine.transaction() as session:
            enter_country(session, country, by=None, now=world.clock())
        number = published(world, part(), parent(report=REPORTS))
        with opened(world, number, REF, who=OFFICER, title=country) as work:
            work.session.add(Programme(case_id=work.case.id, modality="standard"))
            work.session.flush()
            take_part(world, work, beneficiary=country.lower(), executing_agency="undp")
        world.file(REF, "paper", OFFICER, {**PLAN, "participating_countries": [country], **plan})
        world.answer(REF, "start", OFFICER, "go")
        super().__init__(world)
        self.appoint(AUTHORITY, "national_authority", country.lower())

    def signed(self, *more: str) -> None:
        """The country, the agency and the fund manager sign."""
        for who in (AUTHORITY, AGENCY, DIRECTOR, *more):
            self.answer(who, "signing", "sign")

    def in_effect_on(self, day: str) -> None:
        """It is in effect from a day, and heard."""
        self.world.file(self.ref, "entry", OFFICER, {**ENTRY, "in_effect_from": day})
        self.answer(OFFICER, "putting_in_effect", "effect")
        self.wait(hours=1)


def reported(world: World) -> list[tuple[str, str]]:
    """The periods that were asked about, in the order in which that was."""
    asked = (
        select(ChildCase.period_from, ChildCase.period_to)
        .join(LifecycleCase, LifecycleCase.id == ChildCase.parent_id)
        .where(LifecycleCase.ref == REF, ChildCase.kind == "report")
        .order_by(ChildCase.number)
    )
    with world.engine.reading() as session:
        return [(str(first), str(last)) for first, last in session.execute(asked)]


def on(world: World, *day: int) -> None:
    """A day comes, and time acts."""
    world.clock.at = datetime(*day, 12, tzinfo=UTC)
    sweep(world.engine)


def test_saint_lucia_another_site(world: World) -> None:
    """Saint Lucia, poultry project: amendment by relocation (domain.md, 2.2 and section 6; IBSA Fund pages)."""
    moved = Running(world, "LCA", total_cost="1300000", parts=[])
    moved.agreed({**REDESIGN, "changes": ["site", "activities"], "total_cost": "", "lines": []})
    moved.in_effect_on("2026-05-04")

    assert moved.state == "in_effect"
    assert figures(world)[:2] == ("", "None"), "neither its end nor its cost was touched"
    assert world.state(REF) == "b"
    assert verify(world.engine.database).sound


def test_palau_redesigned(world: World) -> None:
    """Palau: approval of a redesign, 5 September 2023 (domain.md, 2.2; IBSA Fund annual report)."""
    again = Running(world, "PLW", total_cost="1000000", parts=[])
    outcome = {"objective": "Coral is grown in two nurseries, and not in one.", "total_cost": ""}
    again.agreed({**REDESIGN, **outcome, "changes": ["site", "objective", "outputs"], "lines": []})
    again.in_effect_on("2026-09-05")

    with world.engine.reading() as session:
        summary = session.scalars(
            select(Programme.summary)
            .join(LifecycleCase, LifecycleCase.id == Programme.case_id)
            .where(LifecycleCase.ref == REF)
        ).one()
    assert summary == outcome["objective"]


def test_fiji_a_year_longer(world: World) -> None:
    """Fiji: the end slipped by a year (domain.md, 2.2: one to two years in Fiji and Comoros)."""
    longer = Running(world, "FJI", planned_start="2026-03-02", planned_end="2026-12-31", parts=[])
    longer.agreed({**EXTENSION, "planned_end": "2027-12-31"})
    longer.in_effect_on("2026-05-04")
    for month in (9, 12):
        on(world, 2026, month, 15)
    on(world, 2028, 1, 15)

    assert figures(world)[0] == "2027-12-31"
    assert reported(world) == [
        ("2026-03-02", "2026-09-01"), ("2026-09-02", "2027-03-01"),
        ("2027-03-02", "2027-09-01"), ("2027-09-02", "2027-12-31"),
    ]  # fmt: skip
    assert verify(world.engine.database).sound


def test_comoros_a_year_longer_twice_the_second_time_after_the_period_had_passed(
    world: World,
) -> None:
    """Comoros: the end slipped by two years (domain.md, 2.2); asked for late (HyphaApp/hypha#4180)."""
    first = Running(world, "COM", planned_start="2026-03-02", planned_end="2026-08-31", parts=[])
    first.agreed({**EXTENSION, "planned_end": "2027-08-31"})
    first.in_effect_on("2026-05-04")
    on(world, 2027, 10, 1)
    before = reported(world)
    second = Amendment(world, len(before) + 2)
    late = {**EXTENSION, "planned_end": "2028-08-31", "effective": "2027-10-01"}
    second.agreed(late)
    world.file(second.ref, "entry", OFFICER, {**ENTRY, "in_effect_from": "2027-10-04"})
    second.answer(OFFICER, "putting_in_effect", "effect")
    on(world, 2028, 9, 15)
    periods = reported(world)

    assert before[-1] == ("2027-03-02", "2027-08-31"), "a short last period was told of"
    assert figures(world)[0] == "2028-08-31"
    days = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in periods]
    assert all(after[0] == earlier[1] + timedelta(days=1) for earlier, after in pairwise(days)), (
        "no day is told of twice, and none is left out"
    )
    assert (days[0][0], days[-1][1]) == (date(2026, 3, 2), date(2028, 8, 31))
    assert verify(world.engine.database).sound


def test_angola_and_senegal_reviewed_further(world: World) -> None:
    """Angola and Senegal: favourably considered, to be reviewed further, December 2020 (domain.md, 2.2)."""
    both = []
    for country, cost in (("AGO", "1000000"), ("SEN", "900000")):
        need = Carried(
            world, "three-consents", {**NEED, "participating_countries": [country], "total_cost": cost}
        )  # fmt: skip
        need.answer("joao.lima", "asking", "ask")
        need.answer(FOCAL, "taking_up", "take")
        need.board("first_consent", "further", "To be reviewed further.")
        both.append(need)
    kept = [each.state for each in both]
    both[0].wait(days=200)
    later = [each.state for each in both]
    both[0].answer("jane.okello", "bringing_back", "back")
    both[0].board("first_consent", "favour")

    assert kept == later == ["further_review", "further_review"], "no refusal, and no lapse"
    assert [each.state for each in both] == ["finding_agency", "further_review"]


def test_mozambique_approved_in_two_steps(world: World) -> None:
    """Mozambique: approval of a proposal and, later, of the full document, 5 September 2023 (domain.md, 2.2)."""
    need = Carried(world, "three-consents", NEED)
    need.answer("joao.lima", "asking", "ask")
    need.answer(FOCAL, "taking_up", "take")
    need.board("first_consent", "favour")
    proposal = need.state
    need.answer("jane.okello", "naming", "name")
    need.board("second_consent", "favour")
    need.wait(days=250)
    world.file(need.ref, "project_document", AGENCY, {"strategy": "Deeper wells."})
    need.answer(AGENCY, "presenting", "present")
    document = need.state
    need.board("third_consent", "favour")

    assert (proposal, document, need.state) == ("finding_agency", "document_review", "running")
    assert verify(world.engine.database).sound


def test_antigua_and_barbuda_a_part_paid_at_once(world: World) -> None:
    """Antigua and Barbuda: in a health emergency 150,000 of 1,000,000 USD was paid at once on approval.

    Domain.md, 2.3; India-UN Development Partnership Fund.
    """
    appeal = Carried(
        world, "emergency",
        {**APPEAL, "participating_countries": ["ATG"], "total_cost": "1000000", "advance": "150000"},
    )  # fmt: skip
    appeal.answer("joao.lima", "appealing", "appeal")
    appeal.answer("jane.okello", "checking", "circulate")
    appeal.answer("arjun.mehta", "under_silence", "object", "Let us meet.")
    appeal.board("at_meeting", "yes")
    at_once = appeal.state
    world.file(appeal.ref, "full_document", AGENCY, {"plan": "Ventilators, then training."})
    world.attach(appeal.ref, "payment", "tom.becker", "advance.pdf")
    for who in (AGENCY, "tom.becker", DIRECTOR):
        appeal.answer(who, "completing", "sign")

    assert (at_once, appeal.state) == ("advance", "running")
