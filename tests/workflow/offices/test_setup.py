"""How far a proposal would travel: each lack in its stage, in order, and gone when it is mended."""

import tomllib
from dataclasses import replace
from pathlib import Path

from workflow.lifecycles.definition import Opens
from workflow.lifecycles.loader.files import from_tables, load_file
from workflow.offices.facts import SetupFacts, UnheldOffice
from workflow.offices.lacks import Lack
from workflow.offices.roles import RoleBook
from workflow.offices.setup import setup_page
from workflow.offices.vacancies import OFFICE, Vacancy
from workflow.vocabulary import OFFICES, STAGES, SYSTEM

STANDARD = load_file(Path("config/lifecycles/programme-standard.toml"))
EMERGENCY_FILE = Path("config/lifecycles/emergency.toml")
EMERGENCY = load_file(EMERGENCY_FILE)
CONSENTS = load_file(Path("config/lifecycles/three-consents.toml"))
EVALUATION = load_file(Path("config/lifecycles/evaluation.toml"))
# The same as the answer to an emergency, where a role of its own pays.
OTHER = from_tables(
    tomllib.loads(
        EMERGENCY_FILE.read_text("utf-8")
        .replace("finance_officer", "treasurer").replace("Finance officer", "Treasurer")
    ),
    "other.toml",
)  # fmt: skip
# A lifecycle on which no programme is proposed, where a role of its own reads.
REPORT_FILE = Path("config/lifecycles/progress-report.toml")
REPORTS = from_tables(
    tomllib.loads(REPORT_FILE.read_text("utf-8").replace("unit_officer", "reader")), "reports.toml"
)
EVERYBODY = frozenset(
    (seat.role, seat.of.removeprefix(OFFICE) if seat.of.startswith(OFFICE) else "xyz")
    for spec in STANDARD.rounds.values()
    if spec.opens is not Opens.ON_INITIATIVE
    for seat in spec.rule.seats
    if seat.role != SYSTEM
)
COMPLETE = SetupFacts(
    lifecycles=(STANDARD,), roles=RoleBook.of([STANDARD]).labels, held=EVERYBODY, administrators=2, pivotal=2, frameworks=frozenset({"F7"}), parties=frozenset(OFFICES), agencies=1,
    mail=True, witness=True,
)  # fmt: skip


def missing(facts: SetupFacts) -> list[Lack]:
    page = setup_page(facts)
    return [*page.stopping, *page.can_wait]


def without(role: str) -> SetupFacts:
    return replace(COMPLETE, held=frozenset(each for each in EVERYBODY if each[0] != role))


def test_nothing_is_missing_where_everything_is_there() -> None:
    page = setup_page(COMPLETE)

    assert page.complete
    assert [each.stops for each in page.reach] == [()] * 5
    assert "a witness" in map(str, page.done)


def test_an_office_that_only_another_lifecycle_asks_for_stops_a_proposal_on_that_one() -> None:
    both = replace(
        COMPLETE, lifecycles=(STANDARD, OTHER), roles=RoleBook.of([STANDARD, OTHER]).labels
    )

    (lack,) = missing(both)
    held = replace(both, held=EVERYBODY | {("treasurer", "special-unit")})

    assert (str(lack.what), lack.way) == ("Somebody as Treasurer", "appoint:treasurer:special-unit")
    assert str(lack.why) == (
        "“Full document” of “India-UN Fund, emergency window” asks this office. Nobody holds it, "
        "so a proposal on that lifecycle would wait there for nobody."
    )
    assert (lack.stage, lack.step, lack.stops) == ("implementation", "Full document", True)
    assert missing(held) == []
    assert "2 lifecycles" in map(str, setup_page(held).done)


def test_an_office_that_only_a_lifecycle_of_reports_asks_for_stops_no_proposal() -> None:
    beside = replace(COMPLETE, others=(REPORTS,))

    (lack,) = missing(beside)
    held = replace(beside, held=EVERYBODY | {("reader", "special-unit")})

    assert (lack.way, lack.stops) == ("appoint:reader:special-unit", False)
    assert str(lack.why) == (
        "“Acceptance of the report” of “Progress report” asks this office. Nobody holds it, so a "
        "case on that lifecycle would wait there for nobody."
    )
    assert missing(held) == []
    assert "a lifecycle" in map(str, setup_page(held).done)


def test_a_fund_that_a_lifecycle_is_for_is_missed_until_it_is_entered() -> None:
    both = replace(COMPLETE, lifecycles=(STANDARD, CONSENTS))

    (lack,) = [each for each in missing(both) if "key" in each.what.parts]
    known = replace(both, frameworks=frozenset({"F7", "ibsa"}))

    assert str(lack.what) == "A framework or fund with the key “ibsa”"
    assert str(lack.why).startswith(f"“{CONSENTS.title}” is for what is proposed under it;")
    assert (lack.way, lack.stops) == ("frameworks", False)
    assert [each for each in missing(known) if "key" in each.what.parts] == []


def test_an_office_that_every_lifecycle_asks_for_is_missed_once_by_the_word_of_the_first() -> None:
    nobody = replace(without("unit_officer"), lifecycles=(STANDARD, EMERGENCY))

    (lack,) = missing(nobody)

    assert str(lack.what) == "Somebody as Programme officer"
    assert "“South-South programme, standard”" in str(lack.why)


def test_what_no_lifecycle_asks_for_is_not_missed() -> None:
    empty = replace(COMPLETE, frameworks=frozenset(), pivotal=0, agencies=0)

    alone = missing(replace(empty, lifecycles=(EMERGENCY,)))
    beside = missing(replace(empty, lifecycles=(EMERGENCY, STANDARD)))

    assert [each.way for each in alone] == ["parties"]
    assert [each.way for each in beside] == ["frameworks", "parties", "pivotal"]


def test_an_empty_installation_stops_in_its_first_stage() -> None:
    page = setup_page(SetupFacts())

    assert str(page.stopping[0].what) == "A published lifecycle"
    assert page.reach[0].stops
    assert not page.complete


def test_each_single_lack_is_named_with_its_stage_and_its_mend() -> None:
    told = {
        ways: [(each.way, each.stage, each.stops) for each in missing(facts)]
        for ways, facts in {
            "frameworks": replace(COMPLETE, frameworks=frozenset()),
            "parties": replace(COMPLETE, agencies=0),
            "pivotal": replace(COMPLETE, pivotal=1),
            "mail": replace(COMPLETE, mail=False),
            "witness": replace(COMPLETE, witness=False),
            "administrator": replace(COMPLETE, administrators=1),
        }.items()
    }

    assert told == {
        "frameworks": [("frameworks", "proposal", True)],
        "parties": [("parties", "proposal", True)],
        "pivotal": [("pivotal", "consultation", True)],
        "mail": [("health", "", False)],
        "witness": [("anchors", "", False)],
        "administrator": [("appoint:administrator:special-unit", "", False)],
    }


def test_an_office_that_nobody_holds_stops_in_the_stage_of_its_round() -> None:
    found = {
        role: {(each.stage, each.stops) for each in missing(without(role))}
        for role in (
            "unit_officer",
            "pivotal_focal",
            "pac_chair",
            "board_member",
            "finance_officer",
        )
    }

    assert found["unit_officer"] == {("proposal", True)}
    assert found["pivotal_focal"] == {("consultation", True)}
    assert found["pac_chair"] == {("approval", True)}
    assert found["board_member"] == {("approval", True)}
    assert found["finance_officer"] == {("evaluation", True)}


def test_whoever_evaluates_is_asked_by_a_case_below_and_stops_no_proposal() -> None:
    beside = replace(COMPLETE, others=(EVALUATION,))
    held = EVERYBODY | {("evaluator", "evaluation-office"), ("quality_assurer", "special-unit")}

    found = {each.way: (each.step, each.stops) for each in missing(beside)}

    assert found == {
        "appoint:quality_assurer:special-unit": ("Terms of reference", False),
        "appoint:evaluator:evaluation-office": ("Acceptance of the appointment", False),
    }
    assert missing(replace(beside, held=held)) == []


def test_what_no_release_has_is_told_apart_and_keeps_no_office_from_being_ready() -> None:
    asked, each_time = (setup_page(replace(COMPLETE, password_minutes=m)) for m in (30, 0))

    assert asked.complete
    assert [(str(each.what), each.way) for each in asked.later] == [("A second factor", "signing")]
    assert "more than 30 minutes ago" in str(asked.later[0].why)
    assert "asked for at each signature" in str(each_time.later[0].why)


def test_what_is_missing_stands_in_the_order_in_which_a_proposal_meets_it() -> None:
    stages = [each.stage for each in missing(replace(COMPLETE, held=frozenset()))]

    assert stages == sorted(stages, key=STAGES.index)
    assert len(stages) > 5


def test_a_case_that_waits_for_an_office_of_one_party_is_told() -> None:
    waits = Vacancy("national_authority", "lso", "Lesotho", 3, ())

    (lack,) = missing(replace(COMPLETE, vacant=(waits,)))

    assert str(lack.what) == "National coordinating authority for Lesotho"
    assert (lack.waiting, lack.stops) == (3, True)


def test_a_case_that_waits_for_a_role_that_nobody_holds_anywhere_is_told_once() -> None:
    steers = Vacancy("steering_member", "bra", "Brazil", 1, ())
    screens = Vacancy("unit_officer", "special-unit", "Special Unit", 2, ())

    told = missing(replace(without("unit_officer"), vacant=(screens, steers)))

    assert sorted((str(each.what), each.waiting) for each in told) == [
        ("Somebody as Programme officer", 2),
        ("Steering committee member for Brazil", 1),
    ]


def test_a_country_that_would_be_asked_and_has_nobody_is_named() -> None:
    facts = replace(
        COMPLETE,
        empty=(
            UnheldOffice("pivotal_focal", "egy", "Egypt", pivotal=True),
            UnheldOffice("national_authority", "lso", "Lesotho", pivotal=False),
        ),
    )

    told = missing(facts)

    assert [(str(each.what), each.way, each.stops) for each in told] == [
        ("Focal point for Egypt", "appoint:pivotal_focal:egy", False),
        ("National coordinating authority for Lesotho", "appoint:national_authority:lso", False),
    ]
