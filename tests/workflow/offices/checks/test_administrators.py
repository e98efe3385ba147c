"""What the set-up page says of an office with one administrator."""

from dataclasses import replace

from tests.workflow.offices.test_setup import COMPLETE, missing

ALONE = "Nobody sees whom the only administrator appoints"


def test_an_administrator_alone_without_mail_is_told_that_nobody_sees_whom_they_appoint() -> None:
    alone = replace(COMPLETE, administrators=1)

    assert ALONE not in [str(lack.what) for lack in missing(alone)]
    assert ALONE in [str(lack.what) for lack in missing(replace(alone, mail=False))]
    assert ALONE not in [str(lack.what) for lack in missing(replace(COMPLETE, mail=False))]


def test_where_acts_take_two_the_second_administrator_is_entered_on_the_machine() -> None:
    alone = replace(COMPLETE, administrators=1, two=True)

    (lack,) = missing(alone)

    assert (str(lack.what), lack.way, lack.stops) == ("A second administrator", "terminal", True)
    assert "one alone makes no second" in str(lack.why)
    assert str(lack.act) == "primemover user add EMAIL --name NAME --administrator"
    assert missing(replace(alone, administrators=2)) == []
