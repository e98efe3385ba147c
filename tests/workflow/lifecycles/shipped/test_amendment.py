"""An amendment is carried to each of its ends by the way of its class, and refused a class that it exceeds."""

from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import CarriedPart
from workflow.audit.verification.verify import verify
from workflow.errors import Incomplete, Invalid, Refusal

MINOR: dict[str, Any] = {
    "class": "minor",
    "changes": ["activities", "lines"],
    "what": "The course of the second year is held in Beira, not in Nampula.",
    "why": "The training centre of Nampula is being rebuilt.",
    "effect": "None: the same nurses are trained.",
    "effective": "2026-05-01",
    "approved_end": "2028-06-30",
    "planned_end": "2028-06-30",
    "approved_cost": "385000",
    "total_cost": "385000",
    "lines": [{"output": "Courses in Portuguese", "approved": "150000", "moved": "15000"}],
}
EXTENSION = {
    **MINOR,
    "class": "no_cost_extension",
    "changes": ["end"],
    "planned_end": "2029-06-30",
    "lines": [],
}
SUBSTANTIVE = {
    **MINOR,
    "class": "substantive",
    "changes": ["outputs", "total"],
    "total_cost": "450000",
    "lines": [],
}
REDESIGN = {**SUBSTANTIVE, "class": "redesign", "changes": ["site"], "total_cost": "385000"}
JOINING = {
    **MINOR,
    "class": "countries",
    "changes": ["countries"],
    "joining": ["CPV"],
    "agreements": [{"country": "CPV", "person": "Dr Evora, Minister", "agreed_on": "2026-02-02"}],
    "lines": [],
}
MANAGER, OFFICER, DIRECTOR, AGENCY, DONOR = (
    "beatriz.costa", "jane.okello", "elena.petrova", "kenji.watanabe", "ingrid.solberg",
)  # fmt: skip
AUTHORITIES = ("graca.mabunda", "domingos.neto")
ENTRY = {"in_effect_from": "2026-05-04", "told": "Both countries and the agency."}


@pytest.fixture
def amendment(world: World) -> CarriedPart:
    """An amendment of a programme of two countries, which an agency carries out and a donor joins."""
    return CarriedPart(
        world, "amendment", "undp",
        executing_agency="undp", donor="nor", beneficiary=("moz", "ago"),
    )  # fmt: skip


def sent(amendment: CarriedPart, request: dict[str, Any]) -> None:
    """The programme manager writes the request and sends it."""
    amendment.world.file(amendment.ref, "request", MANAGER, request)
    amendment.answer(MANAGER, "sending", "send")


def confirmed(amendment: CarriedPart, request: dict[str, Any]) -> str:
    """The officer says that it is of its class; where it stands then."""
    sent(amendment, request)
    amendment.answer(OFFICER, "classing", "confirm")
    return amendment.state


def signed(amendment: CarriedPart) -> None:
    """Everybody signs who signed the programme."""
    for who in (*AUTHORITIES, AGENCY, DIRECTOR, DONOR):
        amendment.answer(who, "signing", "sign")


def in_effect(amendment: CarriedPart) -> str:
    """An officer says from which day it is in effect; how it ends."""
    amendment.world.file(amendment.ref, "entry", OFFICER, ENTRY)
    amendment.answer(OFFICER, "putting_in_effect", "effect")
    return amendment.state


def test_a_minor_one_is_agreed_by_the_officer_alone(amendment: CarriedPart) -> None:
    assert confirmed(amendment, MINOR) == "agreed"
    assert in_effect(amendment) == "in_effect"
    assert verify(amendment.world.engine.database).sound


def test_an_extension_without_money_goes_before_the_board_and_is_not_signed_again(
    amendment: CarriedPart,
) -> None:
    before = confirmed(amendment, EXTENSION)
    amendment.board("deciding", "approve")
    agreed = amendment.state

    assert (before, agreed, in_effect(amendment)) == ("decision", "agreed", "in_effect")


@pytest.mark.parametrize("request_", [SUBSTANTIVE, REDESIGN], ids=["substantive", "redesign"])
def test_what_changes_more_goes_before_the_board_and_is_signed_by_everybody(
    amendment: CarriedPart, request_: dict[str, Any]
) -> None:
    before = confirmed(amendment, request_)
    amendment.board("deciding", "approve")
    signing = amendment.state
    signed(amendment)

    assert (before, signing, amendment.state) == ("decision", "signature", "agreed")
    assert in_effect(amendment) == "in_effect"


def test_the_countries_say_first_whether_another_joins(amendment: CarriedPart) -> None:
    before = confirmed(amendment, JOINING)
    for who in AUTHORITIES:
        amendment.answer(who, "endorsing", "endorse")
    decided = amendment.state
    amendment.board("deciding", "approve")
    signed(amendment)

    assert (before, decided) == ("endorsement", "decision")
    assert in_effect(amendment) == "in_effect"
    assert verify(amendment.world.engine.database).sound


def test_a_country_that_does_not_endorse_sends_it_back(amendment: CarriedPart) -> None:
    confirmed(amendment, JOINING)
    amendment.answer(AUTHORITIES[0], "endorsing", "decline", "Not with this site.")

    assert amendment.state == "returned"


def test_what_the_board_rejects_ends(amendment: CarriedPart) -> None:
    confirmed(amendment, SUBSTANTIVE)
    amendment.board("deciding", "reject", "The fund is exhausted.")

    assert amendment.state == "refused"


def test_what_comes_back_is_changed_and_sent_again(amendment: CarriedPart) -> None:
    confirmed(amendment, SUBSTANTIVE)
    amendment.board("deciding", "return", "Show what the money buys.")
    back = amendment.state
    amendment.world.file(amendment.ref, "request", MANAGER, EXTENSION)
    amendment.answer(MANAGER, "sending_again", "send")
    amendment.answer(OFFICER, "classing", "confirm")

    assert (back, amendment.state) == ("returned", "decision")


def test_an_officer_returns_or_refuses_it_with_a_reason(amendment: CarriedPart) -> None:
    sent(amendment, MINOR)
    with pytest.raises(Refusal, match="needs a reason"):
        amendment.answer(OFFICER, "classing", "return")
    amendment.answer(OFFICER, "classing", "return", "Say which nurses.")
    back = amendment.state
    amendment.answer(MANAGER, "sending_again", "send", "All of them.")
    amendment.answer(OFFICER, "classing", "refuse", "This is another programme.")

    assert (back, amendment.state) == ("returned", "refused")


def test_it_is_taken_back_until_it_is_agreed(amendment: CarriedPart) -> None:
    confirmed(amendment, EXTENSION)
    amendment.answer(MANAGER, "withdrawing", "withdraw", "It is no longer needed.")

    assert amendment.state == "withdrawn"


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        ({**MINOR, "total_cost": "390000"}, "leaves the total as it was approved"),
        ({**MINOR, "changes": ["lines", "total"]}, "more than a minor amendment may change"),
        ({**MINOR, "planned_end": "2028-12-31"}, "leaves the end where it was approved"),
        (
            {**MINOR, "lines": [{**MINOR["lines"][0], "moved": "15001"}]},
            "More than 10 per cent of what was approved",
        ),
        ({**MINOR, "agency": "fao"}, "Another executing agency is a substantive change"),
        ({**MINOR, "joining": ["CPV"]}, "joins or leaves by an amendment of its own class alone"),
        ({**EXTENSION, "total_cost": "385001"}, "leaves the total as it was approved"),
        ({**EXTENSION, "changes": ["end", "objective"]}, "more than an extension without money"),
        ({**EXTENSION, "planned_end": "2028-06-30"}, "not later than the approved one"),
        ({**SUBSTANTIVE, "changes": ["site"]}, "A change of the site is a redesign"),
        ({**REDESIGN, "changes": ["countries"]}, "a class of its own"),
        ({**JOINING, "joining": [], "agreements": []}, "does not say which country"),
        ({**JOINING, "agreements": []}, "do not agree to join once each"),
        ({**JOINING, "joining": ["NOR"]}, "donors join as partners"),
        ({**SUBSTANTIVE, "changes": ["agency"]}, "does not say which agency"),
        ({**MINOR, "effective": "2028-07-01"}, "only when the programme has ended"),
    ],
)
def test_a_class_that_its_content_exceeds_cannot_be_sent(
    amendment: CarriedPart, request_: dict[str, Any], problem: str
) -> None:
    with pytest.raises((Incomplete, Invalid)) as refused:
        sent(amendment, request_)

    said = [str(each) for each in getattr(refused.value, "missing", ())]
    assert any(problem in each for each in said), said
    assert amendment.state == "draft"


def test_it_is_in_effect_no_earlier_than_it_was_asked_for(amendment: CarriedPart) -> None:
    confirmed(amendment, MINOR)
    amendment.world.file(amendment.ref, "entry", OFFICER, {**ENTRY, "in_effect_from": "2026-04-30"})

    with pytest.raises(Incomplete):
        amendment.answer(OFFICER, "putting_in_effect", "effect")

    assert amendment.state == "agreed"


def test_whoever_wrote_it_does_not_say_of_which_class_it_is(amendment: CarriedPart) -> None:
    amendment.appoint(MANAGER, "unit_officer", "special-unit")
    sent(amendment, MINOR)

    with pytest.raises(Refusal):
        amendment.answer(MANAGER, "classing", "confirm")

    assert amendment.state == "classing"


def test_an_officer_who_is_late_has_the_director_told(amendment: CarriedPart) -> None:
    sent(amendment, MINOR)
    amendment.wait(days=20)

    assert amendment.state == "classing"
    assert amendment.ready(OFFICER)
