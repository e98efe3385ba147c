"""Which roles there are and for whom, by what the published lifecycles ask."""

from dataclasses import replace
from pathlib import Path

import pytest

from workflow.lifecycles.loader.files import load_file
from workflow.offices.roles import RoleBook
from workflow.people.queries import PartyLine

STANDARD = load_file(Path("config/lifecycles/programme-standard.toml"))
EMERGENCY = load_file(Path("config/lifecycles/emergency.toml"))
EVALUATION = load_file(Path("config/lifecycles/evaluation.toml"))
SUBMITTER = STANDARD.roles["submitter"]
BOOK = RoleBook.of([STANDARD])
BRAZIL = PartyLine(1, "bra", "country", "Brazil", "BRA")
UNDP = PartyLine(2, "undp", "organisation", "UNDP", None)
HOUSE = PartyLine(3, "special-unit", "office", "Special Unit", None)


def test_every_role_but_the_timer_can_be_held() -> None:
    assert set(BOOK.labels) == {*STANDARD.roles, "administrator"} - {"system"}
    assert BOOK.labels["unit_head"] == "Director"


@pytest.mark.parametrize(
    ("role", "party", "field"),
    [
        ("pivotal_focal", BRAZIL, ""),
        ("pivotal_focal", UNDP, "party"),
        ("national_authority", UNDP, "party"),
        ("submitter", UNDP, ""),
        ("submitter", HOUSE, "party"),
        ("executing_agency", UNDP, ""),
        ("executing_agency", BRAZIL, "party"),
        ("unit_officer", HOUSE, ""),
        ("unit_officer", BRAZIL, "party"),
        ("board_member", BRAZIL, ""),
        ("board_member", HOUSE, "party"),
        ("auditor", UNDP, ""),
        ("administrator", HOUSE, ""),
        ("administrator", BRAZIL, "party"),
        ("system", HOUSE, "role"),
        ("../etc", HOUSE, "role"),
    ],
)
def test_a_role_is_for_parties_of_its_kind(role: str, party: PartyLine, field: str) -> None:
    assert list(BOOK.faults(role, party, [])) == ([field] if field else [])


@pytest.mark.parametrize("lifecycle", ["approach", "framework", "vetting"])
def test_an_office_that_proposes_for_the_house_is_held_of_the_house_alone(lifecycle: str) -> None:
    book = RoleBook.of([STANDARD, load_file(Path(f"config/lifecycles/{lifecycle}.toml"))])

    for role in ("unit_officer", "unit_head"):
        assert list(book.faults(role, BRAZIL, [])) == ["party"]
        assert list(book.faults(role, UNDP, [])) == ["party"]
        assert book.faults(role, HOUSE, []) == {}


def test_nobody_judges_their_own_work() -> None:
    submits, chairs = ("submitter", "bra"), ("board_chair", "bra")

    assert "role" in BOOK.faults("board_member", BRAZIL, [("unit_officer", HOUSE.key)])
    assert "role" in BOOK.faults("unit_head", HOUSE, [submits, chairs])
    assert "role" in BOOK.faults("pac_member", HOUSE, [("board_member", "bra")])
    assert BOOK.faults("pac_member", HOUSE, [("unit_officer", HOUSE.key)]) == {}


@pytest.mark.parametrize("role", ["pac_member", "pac_chair"])
def test_who_appraises_for_a_country_does_not_work_for_the_house(role: str) -> None:
    assert BOOK.faults(role, BRAZIL, [("board_member", "bra")]) == {}
    assert BOOK.faults("board_member", BRAZIL, [(role, "bra")]) == {}
    assert "role" in BOOK.faults("board_member", BRAZIL, [(role, HOUSE.key)])


def test_of_two_words_for_one_role_the_later_one_counts() -> None:
    roles = {**STANDARD.roles, "unit_head": replace(STANDARD.roles["unit_head"], label="Head")}

    book = RoleBook.of([STANDARD, replace(STANDARD, roles=roles)])

    assert book.labels["unit_head"] == "Head"


def test_a_role_is_called_as_the_lifecycle_for_everything_calls_it() -> None:
    assert RoleBook.of([STANDARD, EMERGENCY]).labels["submitter"] == "Submitter"
    assert RoleBook.of([EMERGENCY, STANDARD]).labels["submitter"] == "Submitter"


def test_of_lifecycles_with_conditions_the_one_published_first_says_what_a_role_is_called() -> None:
    renamed = replace(
        EMERGENCY,
        key="other",
        roles={**EMERGENCY.roles, "submitter": replace(SUBMITTER, label="Asking ministry")},
    )

    assert RoleBook.of([EMERGENCY, renamed]).labels["submitter"] == "Government in need"
    assert RoleBook.of([renamed, EMERGENCY]).labels["submitter"] == "Asking ministry"


def test_whom_a_role_is_asked_of_is_said_by_name() -> None:
    named = replace(
        RoleBook.of([STANDARD, EVALUATION]), offices={"evaluation-office": "Evaluation Office"}
    )

    said = str(named.faults("evaluator", BRAZIL, [])["party"])

    assert said.endswith("this role is asked of the office Evaluation Office.")
