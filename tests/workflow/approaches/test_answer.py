"""What a country answers in one act, and what others may not answer for it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.approaches.house import (
    ASKED_ON,
    FOCAL,
    NEXT_YEAR,
    OFFICER,
    answered,
    approached,
    interest,
    published,
)
from workflow.approaches.answer import (
    Came,
    CountryAnswer,
    answer,
    ask_again,
    confirm,
    contradict,
    drop,
    give_notice,
    record,
)
from workflow.audit.verification.verify import verify
from workflow.engine.acts.whole import At
from workflow.engine.commands.settle_due import sweep
from workflow.engine.document_models import Document
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid, NotAuthorised, NotFound, RoundClosed, Stale
from workflow.notices.models import Notice
from workflow.notices.vocabulary import NoticeKind
from workflow.people.models import Person
from workflow.programmes.participants import interested

LEAD = CountryAnswer(answer="lead", valid_until=NEXT_YEAR, conditions="Travel is paid by the Fund.")
CAME = Came(
    came="letter", came_on=ASKED_ON, said_by="Minister of Health", said="Brazil supports it."
)


@pytest.fixture
def house(world: World) -> World:
    published(world)
    return world


@pytest.fixture
def brazil(house: World) -> str:
    """Brazil is asked."""
    (ref,) = approached(house, ["BRA"])
    return ref


def texts(house: World, ref: str) -> list[str]:
    """Which texts were filed on a case."""
    filed = select(Document.kind).join(LifecycleCase).where(LifecycleCase.ref == ref)
    with house.engine.reading() as session:
        return sorted(session.scalars(filed))


def test_the_answer_is_filed_and_given_in_one_act(house: World, brazil: str) -> None:
    receipt = answer(house.engine, house.person(FOCAL["BRA"]), At(brazil), LEAD)

    told = interest(house, "BRA")
    assert told is not None
    assert (receipt.state, told.answer, told.until) == ("leads", "leads", NEXT_YEAR)
    assert texts(house, brazil) == ["approach", "country_answer"]


def test_a_country_answering_for_another_is_refused(house: World, brazil: str) -> None:
    (india,) = approached(house, ["IND"])
    priya = house.person(FOCAL["IND"])

    with pytest.raises(NotFound):
        answer(house.engine, priya, At(brazil), LEAD)
    answered(house, brazil, "BRA", "lead")
    with pytest.raises(NotAuthorised, match=r"Brazil is asked here.*you speak for India"):
        answer(house.engine, priya, At(brazil), LEAD)
    with pytest.raises(NotAuthorised, match="Brazil is asked here"):
        give_notice(house.engine, priya, At(brazil), NEXT_YEAR, "We lead.")

    assert texts(house, brazil) == ["approach", "country_answer"]
    assert house.state(india) == "asked"


def test_an_officer_does_not_answer_for_a_country(house: World, brazil: str) -> None:
    with pytest.raises(NotAuthorised):
        answer(house.engine, house.person(OFFICER), At(brazil), LEAD)

    assert texts(house, brazil) == ["approach"]
    assert house.state(brazil) == "asked"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"valid_until": None}, "valid_until"),
        ({"answer": "later", "valid_until": None}, "again_on"),
        ({"answer": "perhaps"}, "answer"),
    ],
)
def test_what_an_answer_lacks_is_said_at_its_field(
    house: World, brazil: str, changed: dict[str, date | str | None], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        answer(
            house.engine,
            house.person(FOCAL["BRA"]),
            At(brazil),
            replace(LEAD, **changed),  # type: ignore[arg-type]
        )

    assert field in refused.value.faults
    assert texts(house, brazil) == ["approach"]


def test_a_day_that_is_past_is_refused_at_its_field(house: World, brazil: str) -> None:
    with pytest.raises(Invalid) as refused:
        answered(house, brazil, "BRA", "lead", date(2026, 3, 1))

    assert "still to come" in str(refused.value.faults["valid_until"])
    assert texts(house, brazil) == ["approach"]


def test_sent_twice_it_is_answered_alike_and_an_old_page_is_refused(
    house: World, brazil: str
) -> None:
    paulo, seen = house.person(FOCAL["BRA"]), house.version(brazil)
    at = At(brazil, seen_version=seen, key="answer-key")

    first = answer(house.engine, paulo, at, LEAD)
    again = answer(house.engine, paulo, at, LEAD)

    assert again == first
    with pytest.raises(Stale):
        answer(house.engine, paulo, replace(at, key="another-key"), LEAD)


def test_answered_anew_it_counts_instead(house: World, brazil: str) -> None:
    answered(house, brazil, "BRA", "lead")
    house.clock.at += timedelta(days=10)

    answered(house, brazil, "BRA", "support", date(2028, 6, 30))

    told = interest(house, "BRA")
    assert told is not None
    assert (told.answer, told.until) == ("supports", date(2028, 6, 30))
    assert house.state(brazil) == "supports"


def test_what_came_by_letter_is_recorded_told_and_confirmed(house: World, brazil: str) -> None:
    officer, paulo = house.person(OFFICER), house.person(FOCAL["BRA"])
    said = CountryAnswer(answer="support", valid_until=NEXT_YEAR)

    record(house.engine, officer, At(brazil), said, CAME)
    assert house.state(brazil) == "noted"
    assert interest(house, "BRA").answer == ""  # type: ignore[union-attr]

    confirm(house.engine, paulo, At(brazil))
    assert interest(house, "BRA").answer == "supports"  # type: ignore[union-attr]
    house.clock.at += timedelta(days=1)
    record(house.engine, officer, At(brazil), LEAD, CAME, "A second letter.")
    contradict(house.engine, paulo, At(brazil), "That letter is not ours.")

    assert house.state(brazil) == "asked"
    assert interest(house, "BRA").answer == "supports"  # type: ignore[union-attr]


def test_a_letter_of_tomorrow_is_refused_at_its_field(house: World, brazil: str) -> None:
    ahead = replace(CAME, came_on=ASKED_ON + timedelta(days=1))

    with pytest.raises(Invalid) as refused:
        record(house.engine, house.person(OFFICER), At(brazil), LEAD, ahead)

    assert "came_on" in refused.value.faults


def test_later_is_asked_again_and_asked_no_longer(house: World, brazil: str) -> None:
    officer = house.person(OFFICER)
    answered(house, brazil, "BRA", "later", date(2026, 9, 1))

    ask_again(house.engine, officer, At(brazil), "The framework is extended.")
    assert house.state(brazil) == "asked"
    drop(house.engine, officer, At(brazil), "The area is closed.")

    assert house.state(brazil) == "dropped"
    with pytest.raises(RoundClosed):
        answered(house, brazil, "BRA", "lead")


def test_who_leads_or_supports_is_consulted_until_its_last_day(house: World) -> None:
    refs = approached(house, ["BRA", "IND"], "trade")
    answered(house, refs[0], "BRA", "lead", date(2026, 6, 30))
    answered(house, refs[1], "IND", "support")
    programme = house.programme("screening")
    with house.engine.transaction() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == programme)).one()
        session.connection().exec_driver_sql(
            f"UPDATE case_area SET area = 'trade' WHERE case_id = {case}"
        )
    with house.engine.reading() as session:
        today = interested(session, case, "", date(2026, 6, 30))
    with house.engine.reading() as session:
        after = interested(session, case, "", date(2026, 7, 1))

    assert dict(today)[house.party("ind")] == "registered support: trade"
    assert house.party("bra") in dict(today)
    assert house.party("bra") not in dict(after)
    house.honest = False


def test_notice_ends_the_interest_with_its_day_and_the_books_agree(
    house: World, brazil: str
) -> None:
    answered(house, brazil, "BRA", "lead")
    give_notice(
        house.engine, house.person(FOCAL["BRA"]), At(brazil), date(2026, 4, 30), "Reassigned."
    )
    assert interest(house, "BRA").until == date(2026, 4, 30)  # type: ignore[union-attr]

    house.clock.at += timedelta(days=61)
    sweep(house.engine)

    assert house.state(brazil) == "withdrawn"
    assert verify(house.engine.database).sound


def test_who_keeps_what_it_leads_is_told_of_a_notice(house: World) -> None:
    house.programme("active")  # India convenes and Thailand is in its lead group, on HIV/AIDS.
    (india,) = approached(house, ["IND"], "hiv-aids")
    answered(house, india, "IND", "lead")

    give_notice(
        house.engine, house.person(FOCAL["IND"]), At(india), NEXT_YEAR - timedelta(days=1), "Moved."
    )

    told = select(Person.email, Notice.label, Notice.outcome).join(
        Person, Person.id == Notice.person_id
    )
    with house.engine.reading() as session:
        rows = session.execute(told.where(Notice.kind == NoticeKind.LEAD_ENDS.value)).all()
    people = {row.email.partition("@")[0] for row in rows}
    assert {"somchai.chaiyasit", "joao.lima", "kenji.watanabe", OFFICER} <= people
    assert FOCAL["IND"] not in people
    assert {(row.label, row.outcome) for row in rows} == {
        ("Distance learning for nurses", "2027-12-30")
    }


def test_where_it_leads_nothing_nobody_is_told(house: World, brazil: str) -> None:
    answered(house, brazil, "BRA", "lead")

    give_notice(house.engine, house.person(FOCAL["BRA"]), At(brazil), NEXT_YEAR, "Moved.")

    with house.engine.reading() as session:
        told = select(Notice.id).where(Notice.kind == NoticeKind.LEAD_ENDS.value)
        assert session.scalars(told).all() == []
