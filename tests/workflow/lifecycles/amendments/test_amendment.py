"""An amendment is carried to each of its ends by the way of its class, and refused a class that it exceeds."""

import re
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.amendments.amended import (
    AUTHORITIES,
    ENTRY,
    EXTENSION,
    JOINING,
    MANAGER,
    MINOR,
    OFFICER,
    REDESIGN,
    SUBSTANTIVE,
    Amendment,
    programme,
)
from workflow.audit.verification.verify import verify
from workflow.errors import Incomplete, Invalid, Refusal


@pytest.fixture
def amendment(world: World) -> Amendment:
    """An amendment of a programme of two countries, which an agency carries out."""
    return Amendment(programme(world))


def test_a_minor_one_is_agreed_by_the_officer_alone(amendment: Amendment) -> None:
    assert amendment.confirmed(MINOR) == "agreed"
    assert amendment.in_effect() == "in_effect"
    assert verify(amendment.world.engine.database).sound


def test_an_extension_without_money_goes_before_the_board_and_is_not_signed_again(
    amendment: Amendment,
) -> None:
    before = amendment.confirmed(EXTENSION)
    amendment.board("deciding", "approve")
    agreed = amendment.state

    assert (before, agreed, amendment.in_effect()) == ("decision", "agreed", "in_effect")


@pytest.mark.parametrize("request_", [SUBSTANTIVE, REDESIGN], ids=["substantive", "redesign"])
def test_what_changes_more_goes_before_the_board_and_is_signed_by_everybody(
    amendment: Amendment, request_: dict[str, Any]
) -> None:
    before = amendment.confirmed(request_)
    amendment.board("deciding", "approve")
    signing = amendment.state
    amendment.signed()

    assert (before, signing, amendment.state) == ("decision", "signature", "agreed")
    assert amendment.in_effect() == "in_effect"


def test_the_countries_say_first_whether_another_joins(amendment: Amendment) -> None:
    before = amendment.confirmed(JOINING)
    for who in AUTHORITIES:
        amendment.answer(who, "endorsing", "endorse")
    decided = amendment.state
    amendment.board("deciding", "approve")
    amendment.signed()

    assert (before, decided) == ("endorsement", "decision")
    assert amendment.in_effect() == "in_effect"
    assert verify(amendment.world.engine.database).sound


def test_a_country_that_does_not_endorse_sends_it_back(amendment: Amendment) -> None:
    amendment.confirmed(JOINING)
    amendment.answer(AUTHORITIES[0], "endorsing", "decline", "Not with this site.")

    assert amendment.state == "returned"


def test_what_the_board_rejects_ends(amendment: Amendment) -> None:
    amendment.confirmed(SUBSTANTIVE)
    amendment.board("deciding", "reject", "The fund is exhausted.")

    assert amendment.state == "refused"


def test_what_comes_back_is_changed_and_sent_again(amendment: Amendment) -> None:
    amendment.confirmed(SUBSTANTIVE)
    amendment.board("deciding", "return", "Show what the money buys.")
    back = amendment.state
    amendment.world.file(amendment.ref, "request", MANAGER, EXTENSION)
    amendment.answer(MANAGER, "sending_again", "send")
    amendment.answer(OFFICER, "classing", "confirm")

    assert (back, amendment.state) == ("returned", "decision")


def test_an_officer_returns_or_refuses_it_with_a_reason(amendment: Amendment) -> None:
    amendment.sent(MINOR)
    with pytest.raises(Refusal, match="needs a reason"):
        amendment.answer(OFFICER, "classing", "return")
    amendment.answer(OFFICER, "classing", "return", "Say which nurses.")
    back = amendment.state
    amendment.answer(MANAGER, "sending_again", "send", "All of them.")
    amendment.answer(OFFICER, "classing", "refuse", "This is another programme.")

    assert (back, amendment.state) == ("returned", "refused")


def test_it_is_taken_back_until_it_is_agreed(amendment: Amendment) -> None:
    amendment.confirmed(EXTENSION)
    amendment.answer(MANAGER, "withdrawing", "withdraw", "It is no longer needed.")

    assert amendment.state == "withdrawn"


@pytest.mark.parametrize(
    ("request_", "named"),
    [
        ({**MINOR, "changes": ["end", "total"]}, "Substantive"),
        ({**MINOR, "planned_end": "2028-12-31", "total_cost": "390000"}, "Substantive"),
        ({**MINOR, "changes": ["end"], "total_cost": "390000"}, "Substantive"),
        ({**MINOR, "changes": ["end", "total", "site"]}, "Redesign"),
        ({**EXTENSION, "changes": ["end", "total", "countries"]}, "A country joins or leaves"),
        (
            {**MINOR, "changes": ["site"], "participating_countries": ["MOZ"]},
            "A country joins or leaves",
        ),
        (
            {**MINOR, "changes": ["end"], "planned_end": "2028-12-31"},
            "Extension without more money",
        ),
    ],
)
def test_of_several_classes_that_are_exceeded_the_highest_is_named_alone(
    amendment: Amendment, request_: dict[str, Any], named: str
) -> None:
    with pytest.raises((Incomplete, Invalid)) as refused:
        amendment.sent(request_)

    said = [str(each) for each in getattr(refused.value, "missing", ())]
    classes = {each for line in said for each in re.findall("“([^”]+)”", line)}
    assert classes == {named}


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (
            {**MINOR, "total_cost": "390000"},
            "asks for the class “Substantive”; in force is: 385000",
        ),
        ({**MINOR, "changes": ["lines", "total"]}, "“Substantive” is the class for it"),
        ({**MINOR, "changes": ["end"]}, "“Extension without more money” is the class for it"),
        (
            {**MINOR, "planned_end": "2028-12-31"},
            "asks for the class “Extension without more money”; in force is: 2028-06-30",
        ),
        (
            {**MINOR, "lines": [{**MINOR["lines"][0], "moved": "15001"}]},
            "more than 10 per cent of an output is moved",
        ),
        (
            {**MINOR, "lines": [{**MINOR["lines"][0], "approved": "160000"}]},
            "in force is: Courses in Portuguese: 150000",
        ),
        (
            {**MINOR, "lines": [{**MINOR["lines"][0], "output": "Nurses"}]},
            "these outputs are none of the programme",
        ),
        ({**MINOR, "objective": "Nurses of three countries."}, "in force is: Nurses of two"),
        ({**MINOR, "executing_agency": "fao"}, "Another executing agency asks for the class"),
        ({**MINOR, "participating_countries": ["MOZ"]}, "“A country joins or leaves”; in force is"),
        ({**EXTENSION, "total_cost": "385001"}, "asks for the class “Substantive”; in force is"),
        ({**EXTENSION, "changes": ["end", "objective"]}, "“Substantive” is the class for it"),
        ({**EXTENSION, "planned_end": "2028-06-30"}, "not later than the one in force"),
        ({**EXTENSION, "planned_end": ""}, "does not say when the programme ends"),
        ({**SUBSTANTIVE, "changes": ["site"]}, "“Redesign” is the class for it"),
        ({**SUBSTANTIVE, "total_cost": "385000.00"}, "does not say what the programme costs"),
        ({**REDESIGN, "changes": ["countries"]}, "“A country joins or leaves” is the class for it"),
        (
            {**JOINING, "participating_countries": ["AGO", "MOZ"], "agreements": []},
            "does not say which country",
        ),
        ({**JOINING, "agreements": []}, "do not agree to join once each"),
        ({**JOINING, "participating_countries": ["MOZ", "AGO", "NOR"]}, "donors join as partners"),
        ({**SUBSTANTIVE, "changes": ["agency"]}, "does not say which agency"),
        ({**MINOR, "effective": "2028-07-01"}, "only when the programme has ended"),
    ],
)
def test_a_class_that_its_content_exceeds_cannot_be_sent(
    amendment: Amendment, request_: dict[str, Any], problem: str
) -> None:
    with pytest.raises((Incomplete, Invalid)) as refused:
        amendment.sent(request_)

    said = [str(each) for each in getattr(refused.value, "missing", ())]
    assert any(problem in each for each in said), said
    assert amendment.state == "draft"


def test_it_is_in_effect_no_earlier_than_it_was_asked_for(amendment: Amendment) -> None:
    amendment.confirmed(MINOR)
    amendment.world.file(amendment.ref, "entry", OFFICER, {**ENTRY, "in_effect_from": "2026-04-30"})

    with pytest.raises(Incomplete):
        amendment.answer(OFFICER, "putting_in_effect", "effect")

    assert amendment.state == "agreed"


def test_whoever_wrote_it_does_not_say_of_which_class_it_is(amendment: Amendment) -> None:
    amendment.appoint(MANAGER, "unit_officer", "special-unit")
    amendment.sent(MINOR)

    with pytest.raises(Refusal):
        amendment.answer(MANAGER, "classing", "confirm")

    assert amendment.state == "classing"


def test_an_officer_who_is_late_has_the_director_told(amendment: Amendment) -> None:
    amendment.sent(MINOR)
    amendment.wait(days=20)

    assert amendment.state == "classing"
    assert amendment.ready(OFFICER)
