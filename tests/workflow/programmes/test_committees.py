"""Committees that a programme's framework or fund has: who of them is asked, as whom, and who where there is none."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.support.world import NURSES, World
from tests.workflow.engine.lifecycles import STANDARD, edited, put
from workflow.bodies.commands import Charter, SeatGiven, describe_body, found_body, seat_party
from workflow.demo import path
from workflow.engine.commands.open_case import publish
from workflow.engine.models import LifecycleCase, Round, Seat
from workflow.engine.permissions.participants import places
from workflow.errors import Invalid
from workflow.frameworks.terms import describe_framework
from workflow.frameworks.terms_page import terms_of
from workflow.lifecycles.loader.files import from_tables
from workflow.offices.appointments import make
from workflow.offices.facts import SetupFacts
from workflow.offices.office import setup_facts
from workflow.offices.sittings import sitting_on
from workflow.offices.vacancies import empty_ahead
from workflow.people.commands import add_person
from workflow.people.models import Party
from workflow.people.parties import ensure_party, known_party
from workflow.people.terms.requests import MAKE, OfficeWish

Seats = tuple[tuple[str, str, str], ...]
OMAR = "omar.farouk"
# The seats of the first version, which asked the office of the house alone.
FIRST = from_tables(
    edited(
        put("version", "1"),
        put(
            "rules/appraisal_advice/seats",
            [
                {"role": "national_authority", "of": "beneficiary", "category": "government"},
                {
                    "role": "executing_agency",
                    "of": "executing_agency",
                    "category": "executing agency",
                },
                {"role": "pac_member", "of": "office:special-unit", "category": "Special Unit"},
            ],
        ),
        put(
            "rules/appraisal_conclusion/seats",
            [{"role": "pac_chair", "of": "office:special-unit"}],
        ),
    ),
    STANDARD.name,
)


def committee(world: World, kind: str, seats: Seats) -> None:
    """A committee by default with these seats: party, place and category."""
    now, charter = world.clock(), Charter(kind=kind, name=f"The {kind} committee")
    with world.engine.transaction() as session:
        body = found_body(session, kind, charter, by=None, now=now)
        for key, place, category in seats:
            given = SeatGiven(
                party_id=known_party(session, key), starts_on=now.date(), place=place,
                category=category,
            )  # fmt: skip
            seat_party(session, body, given, by=None, now=now)
        default = Charter(kind=kind, name=f"The {kind} committee", by_default=True)
        describe_body(session, body, default, by=None, now=now)


def asked(world: World, ref: str, key: str) -> set[tuple[str, str, str]]:
    """Role, party and category of the seats that were frozen when a round opened."""
    seats = (
        select(Seat.role, Party.key, Seat.category)
        .join(Party, Party.id == Seat.party_id)
        .join(Round, Round.id == Seat.round_id)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(LifecycleCase.ref == ref, Round.key == key)
    )
    with world.engine.reading() as session:
        return {(role, party, category) for role, party, category in session.execute(seats)}


def would(world: World, ref: str, key: str) -> set[tuple[str, str]]:
    """Role and party of the seats that opening a round now would freeze."""
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        spec = world.engine.definition(case.definition_id or 0).rounds[key]
        found = places(session, case.id, spec, world.clock().date())
    return {(seat.role, seat.party_key) for seat in found}


def nobody_answers(world: World) -> set[str]:
    """What the set-up page says of the seats of committees for which nobody is in office, the chair's among them."""
    engine, day = world.engine, world.clock().date()
    with engine.reading() as session:
        facts = setup_facts(session, engine, world.person("naledi.khumalo"), SetupFacts(), day)
    return {str(lack) for body in facts.committees for lack in body.lacks}


def advisers(world: World, ref: str) -> set[tuple[str, str]]:
    return {
        (party, category)
        for role, party, category in asked(world, ref, "appraisal")
        if role == "pac_member"
    }


def test_the_committee_of_the_framework_advises_under_its_own_categories_and_its_chair_concludes(
    world: World,
) -> None:
    ref = world.programme("formulation")
    committee(
        world,
        "appraisal",
        (
            ("egy", "chair", ""), ("cub", "deputy", ""), ("undp", "member", "special unit"),
            ("ken", "member", "government"),
        ),
    )  # fmt: skip

    path.formulate(world, ref, NURSES)

    assert advisers(world, ref) == {
        ("cub", "committee"), ("undp", "Special Unit"), ("ken", "government")
    }  # fmt: skip
    assert would(world, ref, "appraisal_conclusion") == {("pac_chair", "egy"), ("pac_chair", "cub")}


def test_an_office_that_sits_on_the_committee_itself_is_asked_once_and_speaks_for_its_category(
    world: World,
) -> None:
    ref = world.programme("formulation")
    committee(world, "appraisal", (("egy", "chair", ""), ("special-unit", "member", "")))

    path.formulate(world, ref, NURSES)

    assert advisers(world, ref) == {("special-unit", "Special Unit")}


def test_the_office_advises_where_the_committee_has_nobody_for_it(world: World) -> None:
    ref = world.programme("formulation")
    committee(world, "appraisal", (("egy", "chair", ""), ("cub", "member", "")))

    path.formulate(world, ref, NURSES)

    assert advisers(world, ref) == {("cub", "committee"), ("special-unit", "Special Unit")}


def test_a_fund_has_a_committee_of_its_own_beside_its_board_and_others_the_one_by_default(
    world: World,
) -> None:
    ref = world.programme("formulation")
    committee(world, "appraisal", (("egy", "chair", ""), ("cub", "member", "")))
    own, now = Charter(kind="appraisal", name="Committee of the fund"), world.clock()
    with world.engine.transaction() as session:
        body = found_body(session, "fund-pac", own, by=None, now=now)
        for key, place in (("ken", "chair"), ("tza", "member")):
            given = SeatGiven(
                party_id=ensure_party(session, key, "country", key, key.upper()),
                starts_on=now.date(), place=place,
            )  # fmt: skip
            seat_party(session, body, given, by=None, now=now)
        number, terms = terms_of(session, "F7")
        named = replace(terms, appraisal="fund-pac")
        describe_framework(session, number, named, by=None, now=now)

    assert would(world, ref, "appraisal_conclusion") == {("pac_chair", "ken")}
    assert ("pac_member", "tza") in would(world, ref, "appraisal")
    assert ("pac_member", "cub") not in would(world, ref, "appraisal")
    assert would(world, ref, "decision") == {("board_member", key) for key in ("ind", "bra", "zaf")}


def test_without_a_committee_the_office_of_the_house_advises_and_concludes_as_before(
    world: World,
) -> None:
    ref = world.programme("appraisal")

    assert advisers(world, ref) == {("special-unit", "Special Unit")}
    assert would(world, ref, "appraisal_conclusion") == {("pac_chair", "special-unit")}
    assert would(world, ref, "final_review") == {
        ("board_member", key) for key in ("ind", "bra", "zaf")
    }


def test_a_programme_under_the_first_version_goes_on_under_it_though_there_is_a_committee(
    world: World,
) -> None:
    ref = world.programme("formulation")
    world.honest = False  # The programme is put under the version before, past the engine.
    number = publish(world.engine, FIRST)
    with world.engine.transaction() as session:
        of_case = update(LifecycleCase).where(LifecycleCase.ref == ref)
        session.execute(of_case.values(definition_id=number))
    committee(world, "appraisal", (("egy", "chair", ""), ("cub", "member", "")))

    path.formulate(world, ref, NURSES)
    path.appraise(world, ref, NURSES)

    assert advisers(world, ref) == {("special-unit", "Special Unit")}
    assert asked(world, ref, "appraisal_conclusion") == {("pac_chair", "special-unit", "")}
    assert world.state(ref) == "decision"


def test_a_steering_committee_holds_the_closing_review_and_is_heard_on_a_suspension(
    world: World,
) -> None:
    ref = world.programme("active")
    before = would(world, ref, "suspension")
    committee(world, "steering", (("egy", "chair", ""), ("cub", "member", "")))

    steering = {("steering_member", "egy"), ("steering_member", "cub")}

    assert would(world, ref, "final_review") == steering
    assert would(world, ref, "suspension") == before | steering
    assert nobody_answers(world) == {
        f"Nobody is in office as Steering committee member for {country}."
        for country in ("Egypt", "Cuba")
    }


def test_somebody_is_appointed_to_a_committee_of_their_country_and_counts_there_alone(
    world: World,
) -> None:
    ref = world.programme("screening")
    naledi, now = world.person("naledi.khumalo"), world.clock()
    with world.engine.transaction() as session:
        omar = add_person(
            session, f"{OMAR}@demo.example", "Omar Farouk", "", now=now, password_hash="-"
        )
        egypt = known_party(session, "egy")
    wish = OfficeWish(MAKE, omar, "pac_chair", egypt, now.date())

    with world.engine.transaction() as session, pytest.raises(Invalid, match="enter it first"):
        make(world.engine, session, wish, by=naledi)
    committee(world, "appraisal", (("egy", "chair", ""), ("cub", "member", "")))
    with world.engine.transaction() as session:
        cuba = OfficeWish(MAKE, omar, "pac_chair", known_party(session, "cub"), now.date())
        with pytest.raises(Invalid, match="Choose on which body"):
            make(world.engine, session, cuba, by=naledi)
    with world.engine.transaction() as session:
        made = make(world.engine, session, wish, by=naledi).appointment

    assert made is not None
    with world.engine.reading() as session:
        on = sitting_on(session, "appraisal")
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        standard = world.engine.definition(case.definition_id or 0)
        day = now.date() + timedelta(days=1)
        empty = empty_ahead(session, case.id, case.state, standard, day)
        ahead = {(each.role, each.party) for each in empty}
    assert on is not None
    assert ("Appraisal committee chair", "Special Unit for South-South Cooperation") not in ahead


def test_who_sits_on_the_board_for_a_country_appraises_for_it_too_and_never_for_the_house(
    world: World,
) -> None:
    carla, naledi, day = world.person("carla.duarte"), world.person("naledi.khumalo"), world.clock()
    committee(world, "appraisal", (("egy", "chair", ""), ("bra", "member", "")))
    with world.engine.transaction() as session:
        brazil, house = known_party(session, "bra"), known_party(session, "special-unit")
        own = OfficeWish(MAKE, carla, "pac_member", brazil, day.date())
        other = replace(own, party_id=house)

        with pytest.raises(Invalid, match="Who works for the house does not sit on a board"):
            make(world.engine, session, other, by=naledi)
        made = make(world.engine, session, own, by=naledi).appointment

    assert made is not None
