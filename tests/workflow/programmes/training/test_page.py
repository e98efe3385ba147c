"""A programme of training that a donor sponsors is carried to its end, and its figures are counted without names."""

from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from tests.workflow.partners.vetted import ASSURER, DIRECTOR, OFFICER, listed, vetted
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.commands.settle_due import sweep
from workflow.errors import Incomplete, Invalid
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.training.page import training_page

DONOR, AGENCY, SUBMITTER = "ingrid.solberg", "kenji.watanabe", "joao.lima"
PLAN: dict[str, Any] = {
    "title": "Pumps that the village repairs",
    "framework": "F7",
    "modality": "training",
    "participating_countries": ["MOZ", "AGO", "IND"],
    "areas": ["agriculture"],
    "planned_start": "2026-04-01",
    "planned_end": "2028-06-30",
    "objective": "Mechanics of two countries repair solar pumps.",
    "executing_agency": "undp",
    "institutions": [
        {"institution": "Institute of Solar Energy", "country": "IND", "known_for": "Pumps since 1994"}
    ],
    "courses": [
        {"course": "1", "title": "Pumps", "institution": "Institute of Solar Energy", "begins": "2026-05-04", "days": "20"},
        {"course": "2", "title": "Panels", "institution": "Institute of Solar Energy", "begins": "2026-09-07", "days": "10"},
    ],
    "places": [
        {"course": "1", "country": "MOZ", "places": "12"},
        {"course": "1", "country": "AGO", "places": "8"},
        {"course": "2", "country": "MOZ", "places": "10"},
    ],
    "donors": ["nor"],
    "total_cost": "300000",
    "contributions": [{"number": "1", "donor": "nor", "about": "Places and travel", "asked": "300000"}],
    "budget": [{"output": "Courses", "source": "nor", "amount": "300000"}],
}  # fmt: skip
PLACES_GIVEN: dict[str, Any] = {
    "gives": ["training"],
    "in_kind": [
        {"form": "training", "what": "Places in India", "quantity": "30", "by": "2026-05-01"}
    ],
    "reads": ["reports"],
}
REPORT: dict[str, Any] = {
    "course": "1",
    "held_from": "2026-05-04",
    "held_to": "2026-05-24",
    "participants": [
        {"country": "MOZ", "women": "7", "men": "4"},
        {"country": "AGO", "women": "3", "men": "5"},
    ],
    "certified": "18",
    "learnt": "Valves first.",
}


class Training(Carried):
    """A programme of training, proposed by Mozambique and screened."""

    def __init__(self, world: World, plan: dict[str, Any] = PLAN) -> None:
        publish(world.engine, load_file(SHIPPED / "agreement.toml"))
        listed(world)
        vetted(world)
        super().__init__(world, "training", plan)

    def running(self) -> "Training":
        """The donor signs its agreement, the Director decides, and all sign."""
        world, below = self.world, f"{self.ref}.1"
        self.answer(SUBMITTER, "sending", "send")
        self.answer(OFFICER, "screening", "accept")
        world.file(below, "agreement", DONOR, PLACES_GIVEN)
        world.answer(below, "drawing_up", DONOR, "send")
        for who in (DONOR, DIRECTOR):
            world.answer(below, "signing", who, "sign")
        sweep(world.engine)
        self.answer(OFFICER, "agreeing", "agreed")
        self.answer(DIRECTOR, "deciding", "approve")
        self.appoint("priya.menon", "national_authority", "ind")
        for who in (DIRECTOR, "graca.mabunda", "domingos.neto", "priya.menon", AGENCY, DONOR):
            self.answer(who, "signing", "sign")
        return self


def test_it_is_carried_to_its_end_with_its_figures(world: World) -> None:
    training = Training(world).running()
    world.file(training.ref, "course_report", AGENCY, REPORT)
    second = {**REPORT, "course": "2", "participants": [{"country": "MOZ", "women": "5", "men": "5"}], "certified": "9"}  # fmt: skip
    world.file(training.ref, "course_report", AGENCY, second)
    world.file(training.ref, "final_report", AGENCY, {"results": "Pumps run again."})
    training.answer(AGENCY, "reporting", "report")
    for who in (SUBMITTER, DONOR):
        training.answer(who, "accepting", "accept")
    for who in (ASSURER, DIRECTOR):
        training.answer(who, "closing_it", "close")
    with world.engine.reading() as session:
        page = training_page(session, world.engine, world.person(SUBMITTER), training.ref)

    assert training.state == "closed"
    assert [(each.country, each.places, each.women, each.men) for each in page.countries] == [
        ("AGO", 8, 3, 5),
        ("MOZ", 22, 12, 9),
    ]
    assert (page.total.places, page.total.came) == (30, 29)
    assert [each.certified for each in page.courses] == [18, 9]
    assert verify(world.engine.database).sound


def test_the_last_report_of_a_course_counts(world: World) -> None:
    training = Training(world).running()
    world.file(training.ref, "course_report", AGENCY, REPORT)
    again = {**REPORT, "participants": [{"country": "MOZ", "women": "6", "men": "4"}], "certified": "10"}  # fmt: skip
    world.file(training.ref, "course_report", AGENCY, again)
    with world.engine.reading() as session:
        page = training_page(session, world.engine, world.person(AGENCY), training.ref)

    assert page.total.came == 10
    assert [each.held for each in page.courses] == [True, False]


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"course": "7"}, "course", "has the courses 1, 2"),
        ({"participants": [{"country": "MOZ", "women": "15", "men": "6"}]}, "participants", "21 people came, and the course has 20 places"),
        ({"participants": [{"country": "MOZ", "women": "-1", "men": "6"}]}, "participants", "not below zero"),
        ({"certified": "20"}, "certified", "No more than the 19"),
    ],
)  # fmt: skip
def test_what_a_report_cannot_say_is_refused_at_its_field(
    world: World, wrong: dict[str, Any], field: str, said: str
) -> None:
    training = Training(world).running()

    with pytest.raises(Invalid) as refused:
        world.file(training.ref, "course_report", AGENCY, {**REPORT, **wrong})

    assert said in str(refused.value.faults[field])


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"places": [{"course": "9", "country": "MOZ", "places": "1"}]}, "places", "no course 9"),
        ({"places": [{"course": "1", "country": "MOZ", "places": "0"}]}, "places", "one place at least"),
        ({"institutions": [{"institution": "Another", "country": "IND", "known_for": "x"}]}, "courses", "institutions above: Another"),
    ],
)  # fmt: skip
def test_what_a_proposal_cannot_say_of_courses_is_refused_at_its_field(
    world: World, wrong: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        Training(world, {**PLAN, **wrong})

    assert said in str(refused.value.faults[field])


def test_a_donor_country_hosts_no_course(world: World) -> None:
    houses = [{"institution": "Institute of Solar Energy", "country": "NOR", "known_for": "x"}]
    training = Training(world, {**PLAN, "institutions": houses})

    with pytest.raises(Incomplete) as refused:
        training.answer(SUBMITTER, "sending", "send")

    assert any("A donor country hosts no course" in str(each) for each in refused.value.missing)


def test_what_is_written_anew_and_not_sent_is_in_the_figures_of_its_writers_alone(
    world: World,
) -> None:
    training = Training(world)
    training.answer(SUBMITTER, "sending", "send")
    training.answer(OFFICER, "screening", "return", "Say where the third course is held.")
    more = [{"course": "1", "country": "MOZ", "places": "20"}]
    world.file(training.ref, "proposal", SUBMITTER, {**PLAN, "places": more})

    def places(who: str) -> int:
        with world.engine.reading() as session:
            page = training_page(session, world.engine, world.person(who), training.ref)
        return page.total.places

    assert (places(SUBMITTER), places(OFFICER)) == (20, 30)
