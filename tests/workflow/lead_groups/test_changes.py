"""A lead group loses India while its programme is formulated and South Africa while it is delivered."""

from dataclasses import replace

import pytest

from tests.support.world import NURSES, World
from tests.workflow.lead_groups.house import (
    DIRECTOR,
    FOCAL,
    OFFICER,
    TERMS,
    cases,
    constitution,
    formed,
    open_rounds,
    outcome,
    passed,
    published,
    south_africa_wishes_to_lead,
    taking_part,
)
from workflow.audit.verification.verify import verify
from workflow.demo.path import carry
from workflow.engine.acts.whole import At
from workflow.errors import Invalid, NotAuthorised, Refusal
from workflow.lead_groups.acts import agree, join, leave, pass_chair, put_terms, sign, take_back
from workflow.lead_groups.form import form
from workflow.lead_groups.programmes import take_on
from workflow.people.pivotal.statuses import end_pivotal


@pytest.fixture
def house(world: World) -> World:
    """Countries can lead together here."""
    published(world)
    south_africa_wishes_to_lead(world)
    return world


def test_a_group_leads_once_every_member_signed(house: World) -> None:
    ref = form(house.engine, house.person(OFFICER), constitution("IND", "THA"), TERMS)
    before = house.state(ref)

    for each in ("IND", "THA"):
        sign(house.engine, house.person(FOCAL[each]), At(ref))

    assert (before, house.state(ref)) == ("forming", "leads")
    assert taking_part(house, ref, "lead") == ["ind", "tha"]
    assert taking_part(house, ref, "convenor") == ["ind"]


LED = replace(
    NURSES,
    positions={
        "priya.menon": ("lead", ""),
        "thandi.nkosi": ("lead", ""),
        "somchai.chaiyasit": ("support", ""),
        "aisyah.rahman": ("support", ""),
        "paulo.sa": ("support", ""),
    },
    convenor="zaf",
    pace=0.5,
)
# The same once India leads no longer, and Thailand does.
LED_ANEW = replace(
    LED,
    positions={**LED.positions, "priya.menon": ("support", ""), "somchai.chaiyasit": ("lead", "")},
)


def test_a_programme_loses_india_in_formulation_and_south_africa_in_delivery(house: World) -> None:
    programme = house.programme("formulation", LED)
    first = formed(house, ["ZAF", "IND"])
    take_on(house.engine, house.person(OFFICER), first, programme)

    leave(house.engine, house.person(FOCAL["IND"]), At(first), "Our institute closes.")
    passed(house, days=59)
    meanwhile = house.state(programme)
    passed(house, days=2)

    assert meanwhile == "formulation"
    assert house.state(first) == "ended"
    assert taking_part(house, programme, "lead") == ["zaf"]
    assert house.state(programme) == "lead_group"

    house.answer(programme, "lead_acceptance", "thandi.nkosi", "accept")
    house.answer(programme, "lead_acceptance", "somchai.chaiyasit", "accept")
    house.answer(programme, "lead_acceptance", "priya.menon", "decline")
    house.answer(programme, "lead_confirmation", DIRECTOR, "confirm", answers={"convenor": "zaf"})
    second = formed(house, ["ZAF", "THA"])
    take_on(house.engine, house.person(OFFICER), second, programme)
    carry(house, programme, LED_ANEW, "active")
    leave(house.engine, house.person(FOCAL["ZAF"]), At(second), "Our means go elsewhere.")
    passed(house, days=61)

    assert house.state(second) == "ended"
    assert house.state(programme) == "active"
    assert taking_part(house, programme, "lead") == ["tha"]
    assert taking_part(house, programme, "convenor") == []
    assert open_rounds(house, programme, "convenor_round") == ["somchai.chaiyasit"]

    passed(house, days=40)

    assert open_rounds(house, programme, "convenor_round") == []
    assert outcome(house, programme, "convenor_round") == "not_reached"
    assert verify(house.engine.database).sound


def test_who_is_left_may_convene(house: World) -> None:
    programme = house.programme("formulation", LED)
    group = formed(house, ["ZAF", "IND"])
    take_on(house.engine, house.person(OFFICER), group, programme)
    carry(house, programme, LED, "active")
    leave(house.engine, house.person(FOCAL["ZAF"]), At(group), "Our means go elsewhere.")
    passed(house, days=61)

    house.answer(programme, "convenor_round", "priya.menon", "convene")

    assert taking_part(house, programme, "convenor") == ["ind"]


def test_a_notice_taken_back_changes_nothing(house: World) -> None:
    group = formed(house, ["ZAF", "IND"])

    given = leave(house.engine, house.person(FOCAL["IND"]), At(group), "Our institute closes.")
    take_back(house.engine, house.person(FOCAL["IND"]), At(given.ref), "It stays open.")
    passed(house, days=61)

    assert (house.state(group), house.state(given.ref)) == ("leads", "taken_back")
    assert taking_part(house, group, "lead") == ["ind", "zaf"]


def test_where_the_convenor_leaves_the_next_in_the_order_of_joining_convenes_at_once(
    house: World,
) -> None:
    programme = house.programme("formulation", LED)
    group = formed(house, ["IND", "ZAF", "BRA"])
    take_on(house.engine, house.person(OFFICER), group, programme)
    before = taking_part(house, programme, "lead"), taking_part(house, programme, "convenor")

    leave(house.engine, house.person(FOCAL["IND"]), At(group), "Our institute closes.")
    passed(house, days=61)

    assert before == (["bra", "ind", "zaf"], ["ind"])
    for case in (group, programme):
        assert taking_part(house, case, "lead") == ["bra", "zaf"]
        assert taking_part(house, case, "convenor") == ["zaf"]
    assert house.state(programme) == "formulation"


def test_a_country_joins_once_every_member_agrees_and_its_notice_has_run(house: World) -> None:
    programme = house.programme("formulation", LED)
    group = formed(house, ["IND", "ZAF"])
    take_on(house.engine, house.person(OFFICER), group, programme)

    asked = join(house.engine, house.person(FOCAL["BRA"]), At(group), "Drugs at cost.")
    for each in ("IND", "ZAF"):
        agree(house.engine, house.person(FOCAL[each]), At(asked.ref))
    before = taking_part(house, group, "lead")
    passed(house, days=61)

    assert before == ["ind", "zaf"]
    assert taking_part(house, group, "lead") == ["bra", "ind", "zaf"]
    assert taking_part(house, programme, "lead") == ["bra", "ind", "zaf"]


def test_who_is_pivotal_no_longer_leads_no_longer(house: World) -> None:
    programme = house.programme("formulation", LED)
    group = formed(house, ["IND", "ZAF", "BRA"])
    take_on(house.engine, house.person(OFFICER), group, programme)
    now = house.clock()
    with house.engine.transaction() as session:
        end_pivotal(session, house.party("bra"), now.date(), "It asked so.", by=None, now=now)

    passed(house, days=1)

    assert taking_part(house, group, "lead") == ["ind", "zaf"]
    assert taking_part(house, programme, "lead") == ["ind", "zaf"]


def test_the_chair_goes_on_in_the_order_of_joining_and_a_member_passes_once(house: World) -> None:
    group = formed(house, ["IND", "ZAF", "BRA"])
    passed(house, days=550)
    pass_chair(house.engine, house.person(FOCAL["ZAF"]), At(group), "Elections.")
    passed(house, days=40)
    first = taking_part(house, group, "convenor")

    passed(house, days=550)
    passed(house, days=40)
    second = taking_part(house, group, "convenor")
    passed(house, days=550)
    bound = open_rounds(house, group, "taking_over")
    passed(house, days=40)

    assert first == ["bra"]
    assert second == ["ind"]
    assert bound == [""]
    assert taking_part(house, group, "convenor") == ["zaf"]


def test_new_terms_are_in_force_once_every_member_signed(house: World) -> None:
    group = formed(house, ["IND", "ZAF"])

    put = put_terms(house.engine, house.person(FOCAL["IND"]), At(group), TERMS)
    sign(house.engine, house.person(FOCAL["IND"]), At(put.ref))
    before = house.state(put.ref)
    sign(house.engine, house.person(FOCAL["ZAF"]), At(put.ref))

    assert (before, house.state(put.ref)) == ("before_members", "in_force")


@pytest.mark.parametrize(
    ("members", "convenor", "field", "said"),
    [
        (["IND", "THA"], "-", "convenor", "without convenor"),
        (["IND", "THA"], "PRT", "convenor", "donor never convenes"),
        (["IND", "THA"], "BRA", "convenor", "none of the members"),
        (["IND", "PRT"], "IND", "members", "never leads"),
        (["IND", "MOZ"], "IND", "members", "not a pivotal country"),
    ],
)
def test_who_cannot_lead_or_convene_is_refused_at_its_field(
    house: World, members: list[str], convenor: str, field: str, said: str
) -> None:
    wrong = replace(constitution(*members), convenor=convenor.strip("-"))

    with pytest.raises(Invalid) as refused:
        form(house.engine, house.person(OFFICER), wrong, TERMS)

    assert said in str(refused.value.faults[field])
    assert cases(house) == 0


def test_one_country_leads_no_group_alone(house: World) -> None:
    with pytest.raises(Refusal):
        form(house.engine, house.person(OFFICER), constitution("IND"), TERMS)

    assert cases(house) == 0


def test_only_officers_form_groups_and_say_what_they_lead(house: World) -> None:
    programme = house.programme("formulation", LED)
    group = formed(house, ["IND", "ZAF"])

    with pytest.raises(NotAuthorised):
        form(house.engine, house.person(FOCAL["IND"]), constitution("IND", "ZAF"), TERMS)
    with pytest.raises(NotAuthorised):
        take_on(house.engine, house.person(FOCAL["IND"]), group, programme)


def test_what_a_group_cannot_lead_is_refused_with_what_would_be_right(house: World) -> None:
    programme = house.programme("formulation", LED)
    early = house.programme("consultation", LED)
    other = formed(house, ["IND", "ZAF"], area="ict")
    narrow = formed(house, ["IND", "THA"])
    group = formed(house, ["IND", "ZAF"])
    officer = house.person(OFFICER)

    with pytest.raises(Invalid, match="no area of this group"):
        take_on(house.engine, officer, other, programme)
    with pytest.raises(Invalid, match="South Africa as well"):
        take_on(house.engine, officer, narrow, programme)
    with pytest.raises(Invalid, match="own consultation settles"):
        take_on(house.engine, officer, group, early)
    take_on(house.engine, officer, group, programme)
    with pytest.raises(Invalid, match="already"):
        take_on(house.engine, officer, group, programme)
