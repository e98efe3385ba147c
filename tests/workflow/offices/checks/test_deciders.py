"""Whether those can decide and advise who sit on boards and committees, and who is tied to none."""

from dataclasses import replace

from tests.workflow.offices.test_setup import COMPLETE, missing, without
from workflow.offices.facts import ReadyBody, UntiedOffice
from workflow.phrase import phrase


def test_who_is_tied_to_none_of_two_boards_is_named() -> None:
    arjun = UntiedOffice(7, "board_member", "Arjun Mehta", "India")

    (lack,) = missing(replace(COMPLETE, untied=(arjun,)))

    assert (lack.way, lack.stops) == ("tie:7", False)
    assert str(lack.what) == "Arjun Mehta is tied to no board"


def test_a_board_that_cannot_decide_stops_a_proposal_in_approval() -> None:
    lacking = ReadyBody("Board of the Fund", (phrase("It has no chair."),))

    (lack,) = missing(replace(COMPLETE, boards=(ReadyBody("Board"), lacking)))

    assert (lack.way, lack.stage, lack.stops) == ("bodies", "approval", True)
    assert (str(lack.what), str(lack.why)) == (
        "Board of the Fund cannot decide",
        "It has no chair.",
    )


def test_a_lifecycle_that_names_no_framework_is_stopped_where_no_board_decides_by_default() -> None:
    other = replace(
        COMPLETE, unframed=("Emergency window",), boards=(ReadyBody("Board", by_default=False),)
    )

    (lack,) = missing(other)

    assert (str(lack.what), lack.stops) == ("A board that decides by default", True)
    assert "“Emergency window” asks for no framework" in str(lack.why)


def test_a_board_that_nobody_chairs_and_none_by_default_are_told_and_stop_nothing() -> None:
    chairless = ReadyBody("Board", chairless=phrase("Nobody is in office."), by_default=False)

    lacks = missing(replace(COMPLETE, boards=(chairless,)))

    assert [(str(lack.what), lack.way, lack.stops) for lack in lacks] == [
        ("Board has nobody to chair it", "appoint:board_chair", False),
        ("A board that decides by default", "bodies", False),
    ]


def test_a_committee_by_default_without_its_quorum_stops_a_proposal_and_another_does_not() -> None:
    lacks = (phrase("It has no chair."),)
    standing = ReadyBody("Appraisal committee", lacks, kind="appraisal")
    other = ReadyBody("Steering committee", lacks, by_default=False, kind="steering")

    told = missing(replace(COMPLETE, committees=(standing, other)))

    assert [(str(each.what), each.stage, each.stops) for each in told] == [
        ("Appraisal committee cannot meet", "approval", True),
        ("Steering committee cannot meet", "implementation", False),
    ]


def test_the_office_that_a_committee_sits_in_place_of_is_not_missed() -> None:
    there = ReadyBody("Appraisal committee", kind="appraisal")

    alone = {str(each.what) for each in missing(without("pac_member"))}
    beside = missing(replace(without("pac_member"), committees=(there,)))

    assert alone == {"Somebody as Appraisal committee member"}
    assert beside == []
