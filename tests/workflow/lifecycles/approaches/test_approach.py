"""A pivotal country is approached by itself, and carried to each of the ends that its answer may come to."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.queue.page import page
from workflow.engine.queue.query import QueueFilters
from workflow.errors import Invalid, NotFound, Refusal
from workflow.lifecycles.loader.files import load_file
from workflow.people.models import LeadInterest, Party
from workflow.programmes.alone import begin
from workflow.programmes.documents.checklist import papers
from workflow.programmes.models import ListedApproach
from workflow.programmes.visible_case import visible_case

OFFICER, DIRECTOR, BRAZIL, INDIA = "jane.okello", "elena.petrova", "paulo.sa", "priya.menon"
ASKED: dict[str, Any] = {
    "title": "Brazil: Information and communications technology",
    "approached": "BRA",
    "area": "ict",
    "framework": "F7",
    "asked_on": "2026-03-02",
    "channel": "letter",
    "occasion": "Second meeting of pivotal countries, Marrakech",
    "words": "In which areas does Brazil wish to lead?",
}
LEADS = {
    "answer": "lead", "valid_until": "2027-12-31", "renewal_on": "2027-11-01",
    "conditions": "The Fund pays travel.",
}  # fmt: skip
SUPPORTS = {"answer": "support", "valid_until": "2027-12-31", "renewal_on": "2027-11-01"}
LATER = {"answer": "later", "again_on": "2026-06-01"}
CAME = {"came": "phone", "came_on": "2026-03-02", "said_by": "Ana Dias", "said": "We support it."}


class Approached(Carried):
    """An approach that an officer of the house began."""

    def __init__(self, world: World, **changed: str) -> None:
        self.world = world
        self.definition = load_file(SHIPPED / "approach.toml")
        publish(world.engine, self.definition)
        house = world.party("special-unit")
        said = {**ASKED, **changed}
        self.ref = begin(
            world.engine, world.person(OFFICER), house, said, lifecycle=self.definition.key
        ).ref

    def file(self, kind: str, content: dict[str, Any], who: str = BRAZIL) -> None:
        """Somebody files a text."""
        self.world.file(self.ref, kind, who, content)

    def answered(self, content: dict[str, Any], who: str = BRAZIL) -> None:
        """The country answers."""
        self.file("country_answer", content, who)
        self.answer(who, "answering", "answer")

    def interest(self, area: str = "ict") -> LeadInterest:
        """What the register says that the country answered."""
        country = select(Party.id).where(Party.key == "bra").scalar_subquery()
        found = select(LeadInterest).where(
            LeadInterest.party_id == country, LeadInterest.area == area
        )
        with self.world.engine.reading() as session:
            return session.scalars(found).one()

    def ready_in_queue(self, who: str) -> bool:
        """Whether somebody is asked anything of it."""
        world = self.world
        with world.engine.reading() as session:
            found = page(session, world.engine, world.person(who), QueueFilters(), world.clock())
        return self.ref in {row.ref for row in found.rows}

    def papers(self, who: str) -> list[str]:
        """Which texts of it somebody reads."""
        world = self.world
        with world.engine.reading() as session:
            case = visible_case(session, world.engine, world.person(who), self.ref)
            return sorted(each.kind for each in papers(session, case))

    def line(self) -> ListedApproach:
        """How it is listed."""
        with self.world.engine.reading() as session:
            return session.scalars(select(ListedApproach)).one()


@pytest.fixture
def asked(world: World) -> Approached:
    """Brazil is asked about information technology."""
    approached = Approached(world)
    approached.answer(OFFICER, "asking", "ask")
    return approached


def test_the_question_stands_in_the_queue_of_the_focal_point_of_that_country_alone(
    asked: Approached,
) -> None:
    assert asked.state == "asked"
    assert asked.interest().asked_on == date(2026, 3, 2)
    assert asked.interest().answer == ""
    assert asked.line().waits
    with pytest.raises(ValueError, match="values to unpack"):
        asked.ready(INDIA)
    with pytest.raises(Refusal):
        asked.answered(LEADS, INDIA)


def test_a_country_that_leads_is_consulted_from_then_on_up_to_the_day_it_names(
    asked: Approached,
) -> None:
    asked.answered(LEADS)

    interest, line = asked.interest(), asked.line()
    assert asked.state == "leads"
    assert (interest.answer, interest.until) == ("leads", date(2027, 12, 31))
    assert (line.answer, line.valid_until, line.waits) == ("lead", date(2027, 12, 31), False)
    assert line.answered_on == date(2026, 3, 2)
    assert verify(asked.world.engine.database).sound


def test_an_answer_says_until_when_it_holds(asked: Approached) -> None:
    with pytest.raises(Invalid, match="does not fit"):
        asked.file("country_answer", {"answer": "support"})
    with pytest.raises(Invalid, match="does not fit"):
        asked.file("country_answer", {"answer": "later"})


def test_later_comes_back_by_itself_on_its_day_and_may_come_sooner(asked: Approached) -> None:
    asked.answered(LATER)
    assert (asked.state, asked.interest().answer) == ("later", "later")

    asked.wait(days=92)
    assert asked.state == "asked"

    asked.answered({**LATER, "again_on": "2026-12-01"})
    asked.answer(OFFICER, "asking_sooner", "again", "The framework was extended.")
    assert asked.state == "asked"


def test_no_is_an_end(asked: Approached) -> None:
    asked.answered({"answer": "no"})

    assert (asked.state, asked.interest().answer) == ("answered_no", "declines")
    assert asked.line().ended


def test_an_answer_that_came_otherwise_is_told_and_stands_where_nobody_contradicts(
    asked: Approached,
) -> None:
    asked.file("country_answer", SUPPORTS, OFFICER)
    asked.file("record", CAME, OFFICER)
    asked.answer(OFFICER, "recording", "record")
    assert asked.state == "noted"
    assert asked.interest().answer == ""

    asked.wait(days=22)

    assert (asked.state, asked.interest().answer) == ("supports", "supports")
    assert asked.line().answer == "support"


def test_the_country_confirms_what_was_noted_or_contradicts_it(asked: Approached) -> None:
    asked.file("country_answer", {"answer": "no"}, OFFICER)
    asked.file("record", CAME, OFFICER)
    asked.answer(OFFICER, "recording", "record")
    asked.answer(BRAZIL, "hearing", "contradict", "Nobody asked the ministry.")
    assert (asked.state, asked.interest().answer) == ("asked", "")

    asked.file("country_answer", LEADS, OFFICER)
    asked.answer(OFFICER, "recording", "record")
    asked.answer(BRAZIL, "hearing", "confirm")
    assert (asked.state, asked.interest().answer) == ("leads", "leads")


def test_it_is_renewed_before_it_runs_out_or_runs_out(asked: Approached) -> None:
    asked.answered({**LEADS, "valid_until": "2026-06-30", "renewal_on": "2026-05-01"})
    assert not asked.ready_in_queue(BRAZIL)
    asked.wait(days=61)
    assert (asked.state, asked.ready_in_queue(BRAZIL)) == ("ends_soon", True)
    asked.answer(BRAZIL, "renewing", "renew")
    asked.wait(hours=1)
    assert (asked.state, asked.interest().until) == ("anew", date(2026, 6, 30))
    asked.file(
        "country_answer", {**SUPPORTS, "valid_until": "2026-09-30", "renewal_on": "2026-08-01"}
    )
    asked.answer(BRAZIL, "answering_anew", "answer")
    assert (asked.state, asked.interest().until) == ("supports", date(2026, 9, 30))

    asked.wait(days=200)

    assert asked.state == "lapsed"


def test_it_answers_otherwise_whenever_it_likes(asked: Approached) -> None:
    asked.answered(LEADS)
    asked.answer(BRAZIL, "answering_otherwise", "renew")

    assert (asked.state, asked.interest().answer) == ("anew", "leads")


@pytest.mark.parametrize("renewal", ["2027-12-31", "2028-01-01", ""])
def test_renewal_is_asked_before_the_last_day(asked: Approached, renewal: str) -> None:
    with pytest.raises(Invalid) as refused:
        asked.file("country_answer", {**LEADS, "renewal_on": renewal})

    assert "renewal_on" in refused.value.faults


def test_both_sides_read_what_the_other_filed_and_nobody_else(asked: Approached) -> None:
    asked.file("country_answer", SUPPORTS, OFFICER)
    asked.file("record", CAME, OFFICER)
    asked.answer(OFFICER, "recording", "record")

    assert asked.papers(BRAZIL) == ["approach", "country_answer", "record"]
    with pytest.raises(NotFound):
        asked.papers("joao.lima")
    asked.answer(BRAZIL, "hearing", "confirm")
    assert asked.papers("joao.lima") == []


def test_an_officer_has_it_written_anew_where_a_letter_says_otherwise(asked: Approached) -> None:
    asked.answered(LEADS)
    asked.answer(OFFICER, "reopening", "reopen", "The ministry wrote on 1 March.")

    assert (asked.state, asked.interest().answer) == ("anew", "leads")


def test_notice_ends_it_with_its_last_day(asked: Approached) -> None:
    asked.answered(LEADS)
    asked.file("notice", {"ends_on": "2026-05-31", "reasons": "The officials are reassigned."})
    asked.answer(BRAZIL, "withdrawing", "withdraw")
    assert asked.state == "leaving"
    assert asked.interest().until == date(2026, 5, 31)
    assert asked.line().valid_until == date(2026, 5, 31)

    asked.wait(days=91)

    assert asked.state == "withdrawn"
    assert asked.interest().answer == "leads"


def test_the_office_stops_asking(world: World, asked: Approached) -> None:
    asked.answer(OFFICER, "dropping", "drop", "The area is carried on elsewhere.")
    prepared = Approached(world)
    prepared.answer(OFFICER, "asking", "drop", "Not this year.")

    assert (asked.state, prepared.state) == ("dropped", "dropped")


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"approached": "MOZ"}, "approached", "is not a pivotal country"),
        ({"approached": "NOR"}, "approached", "not a country of the South"),
        ({"asked_on": "2026-03-03"}, "asked_on", "still to come"),
        ({}, "approached", "approached about this area already"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(
    world: World, asked: Approached, changed: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        Approached(world, **changed)

    assert words in str(refused.value.faults[field])


def test_silence_goes_up_to_the_director(asked: Approached) -> None:
    asked.wait(days=31)
    with asked.world.engine.reading() as session:
        line = session.scalars(select(ListedApproach)).one()
    assert (asked.state, line.waits) == ("asked", True)
    due = asked.due("answering")
    assert due is not None
    assert due < asked.world.clock() - timedelta(hours=1)
