"""Wording and confirming: by the country's own people, with a second pair of eyes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.sharing.shared import (
    BRAZIL,
    HEAD,
    INDIA,
    IRACEMA,
    MILK,
    OFFICER,
    SCHOOL,
    TODAY,
    confirmed,
    consent,
    entered,
    listed,
)
from workflow.audit.models import Event
from workflow.errors import ConflictOfDuties, Invalid, NotAuthorised, NotFound, Stale
from workflow.people.commands import add_person, appoint
from workflow.sharing.content import EXPERT, INSTITUTION, SOLUTION, Content
from workflow.sharing.decide import decline
from workflow.sharing.lists import SharingFilters, sharing_list
from workflow.sharing.models import SharedEntry, SharedWording
from workflow.sharing.page import EntryPage, entry_page
from workflow.sharing.word import SharingWish, change, enter


def page(world: World, number: int, who: str = INDIA) -> EntryPage:
    with world.engine.reading() as session:
        return entry_page(session, world.person(who), number, world.clock())


def titles(world: World, who: str = INDIA, **narrowed: str) -> list[str]:
    filters = SharingFilters(**narrowed)
    with world.engine.reading() as session:
        found = sharing_list(session, world.person(who), filters, world.clock())
    return [line.title for line in found.lines]


def changed(world: World, number: int, content: Content, seen: int, who: str = BRAZIL) -> int:
    with world.engine.transaction() as session:
        return change(session, number, content, seen, by=world.person(who), now=world.engine.now())


def test_what_one_enters_is_listed_when_a_second_one_confirms_it(world: World) -> None:
    number = entered(world)
    before = titles(world)

    until = confirmed(world, number)

    assert (before, titles(world)) == ([], ["Human milk banks"])
    found = page(world, number)
    assert (found.content, found.holds_until) == (MILK, until)
    assert until == TODAY + timedelta(days=365)
    with world.engine.reading() as session:
        kinds = session.scalars(select(Event.type).order_by(Event.id.desc()).limit(2)).all()
    assert kinds == ["sharing.confirmed", "sharing.worded"]


def test_who_worded_it_cannot_confirm_it_and_neither_can_somebody_of_another_country(
    world: World,
) -> None:
    number = entered(world)

    with pytest.raises(ConflictOfDuties, match="second person"):
        confirmed(world, number, who=BRAZIL)
    with pytest.raises(NotFound, match="no entry"):
        confirmed(world, number, who=INDIA)

    assert titles(world) == []


def test_a_second_one_of_the_same_country_confirms(world: World) -> None:
    number = entered(world)
    now, today = world.clock(), world.clock().date()
    with world.engine.transaction() as session:
        ana = add_person(session, "ana@example.org", "Ana", "", "", now=now, password_hash="x")
        appoint(
            session, ana, "national_authority", world.party("bra"), today, None, by=None, now=now
        )

    confirmed(world, number, who="ana")

    assert titles(world) == ["Human milk banks"]


@pytest.mark.parametrize("who", [INDIA, OFFICER, HEAD, "ravi.chand"])
def test_only_a_countrys_own_people_enter_what_it_shares(world: World, who: str) -> None:
    with pytest.raises(NotAuthorised, match="focal point or its national authority"):
        entered(world, who=who)

    with world.engine.reading() as session:
        assert session.scalars(select(SharedEntry)).all() == []


def test_somebody_of_another_country_changes_nothing_and_sees_nothing_that_waits(
    world: World,
) -> None:
    number = listed(world)
    waiting = entered(world)

    with pytest.raises(NotAuthorised):
        changed(world, number, MILK, 1, who=INDIA)
    with pytest.raises(NotFound):
        page(world, waiting)

    assert page(world, number).waiting is None
    assert page(world, waiting, BRAZIL).waiting is not None
    assert page(world, waiting, OFFICER).waiting is not None


def test_what_is_listed_stays_as_it_was_until_the_new_wording_is_confirmed(world: World) -> None:
    number = listed(world)
    anew = replace(MILK, title="Milk banks in ten countries", areas=("trade",))

    wording = changed(world, number, anew, 1)
    waiting = titles(world)
    confirmed(world, number, wording)

    assert waiting == ["Human milk banks"]
    assert titles(world) == ["Milk banks in ten countries"]
    assert titles(world, area="hiv-aids") == []
    assert titles(world, area="trade") == ["Milk banks in ten countries"]


def test_a_declined_wording_leaves_what_was_listed_and_says_why(world: World) -> None:
    number = listed(world)
    changed(world, number, replace(MILK, title="Cheap milk"), 1)

    with world.engine.transaction() as session:
        decline(session, number, 2, "No prices.", by=world.person(OFFICER), now=world.engine.now())

    assert titles(world) == ["Human milk banks"]
    told = page(world, number, BRAZIL).history
    assert [(each.act, each.wording, each.reason) for each in told[:2]] == [
        ("declined", 2, "No prices."),
        ("worded", 2, ""),
    ]
    assert page(world, number, INDIA).history == ()


def test_a_second_wording_waits_for_the_first_and_a_stale_one_is_refused(world: World) -> None:
    number = listed(world)

    with pytest.raises(Stale, match="meanwhile"):
        changed(world, number, MILK, 0)
    changed(world, number, MILK, 1)
    with pytest.raises(Stale, match="waits for a second person"):
        changed(world, number, MILK, 2)

    with world.engine.reading() as session:
        assert len(session.scalars(select(SharedWording)).all()) == 2


@pytest.mark.parametrize(
    ("kind", "content", "field"),
    [
        (SOLUTION, replace(MILK, title=" "), "title"),
        (SOLUTION, replace(MILK, title="x" * 201), "title"),
        (SOLUTION, replace(MILK, summary=""), "summary"),
        (SOLUTION, replace(MILK, areas=()), "areas"),
        (SOLUTION, replace(MILK, areas=("astrology",)), "areas"),
        (SOLUTION, replace(MILK, goals=("18",)), "goals"),
        (SOLUTION, replace(MILK, languages=("tlh",)), "languages"),
        (SOLUTION, replace(MILK, capacity="Some"), "capacity"),
        (SOLUTION, replace(MILK, institution=999), "institution"),
        (INSTITUTION, replace(SCHOOL, forms=()), "forms"),
        (INSTITUTION, replace(SCHOOL, capacity=""), "capacity"),
        (EXPERT, replace(IRACEMA, availability=""), "availability"),
        ("recipe", MILK, "kind"),
    ],
)
def test_what_is_missing_or_strange_is_said_at_its_field(
    world: World, kind: str, content: Content, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        entered(world, kind, content)

    assert set(refused.value.faults) == {field}
    with world.engine.reading() as session:
        assert session.scalars(select(SharedEntry)).all() == []


def test_an_expert_is_entered_with_a_consent_alone_and_nobody_else_has_one(world: World) -> None:
    by, now = world.person(BRAZIL), world.clock()

    with pytest.raises(Invalid, match="consent alone"), world.engine.transaction() as session:
        enter(session, SharingWish(EXPERT, "bra", IRACEMA), by=by, now=now)
    with pytest.raises(Invalid, match="no expert"), world.engine.transaction() as session:
        enter(session, SharingWish(SOLUTION, "bra", MILK, consent()), by=by, now=now)

    with world.engine.reading() as session:
        assert session.scalars(select(SharedEntry)).all() == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"words": ""}, "consent"),
        ({"given_on": TODAY + timedelta(days=1)}, "consented_on"),
        ({"until": TODAY}, "consented_until"),
        ({"until": TODAY + timedelta(days=1200)}, "consented_until"),
    ],
)
def test_a_consent_has_words_and_lasts_for_a_while(
    world: World, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        entered(world, EXPERT, agreed=consent(**changed))

    assert set(refused.value.faults) == {field}


def test_an_expert_belongs_to_an_institution_of_the_same_country_that_is_listed(
    world: World,
) -> None:
    school = entered(world, INSTITUTION)
    with pytest.raises(Invalid, match="listed"):
        entered(world, EXPERT, replace(IRACEMA, institution=school))
    confirmed(world, school)

    expert = listed(world, EXPERT, replace(IRACEMA, institution=school))

    assert page(world, expert).institution is not None
    assert [each.number for each in page(world, school).members] == [expert]


def test_every_word_is_looked_for_in_whatever_spelling(world: World) -> None:
    listed(world)
    listed(world, INSTITUTION)

    assert titles(world, text="NEWBORN mílk") == ["Human milk banks"]
    assert titles(world, text="nurses milk") == []
    assert titles(world, text="40") == ["National school of public health"]
    assert titles(world, text="40 trainees", form="training", language="pt", country="BRA") == [
        "National school of public health"
    ]
    assert titles(world, country="IND") == []
    assert titles(world, kind="solution") == ["Human milk banks"]
