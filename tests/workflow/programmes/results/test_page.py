"""The results of a programme: what counts of its reports, who has not reported, and who may see it."""

from decimal import Decimal

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.joint import MANAGERS, Joint
from tests.workflow.results.measured import (
    MANAGER,
    OUTSIDER,
    Another,
    a_measured_programme,
    actual,
    line,
    owed,
    report,
    seen,
    until,
)
from workflow.audit.verification.verify import verify
from workflow.errors import Invalid
from workflow.oversight.checks import lists
from workflow.programmes.documents.drafts import form_page
from workflow.results.lights import Light


@pytest.fixture
def joint(world: World) -> Joint:
    """A programme of two countries whose first half-year is over."""
    return a_measured_programme(world)


def test_before_anybody_reports_nothing_is_reported_and_it_is_told_what_is_owed(
    joint: Joint,
) -> None:
    page = seen(joint)

    assert [each.standing.light for each in page.lines] == [Light.NOT_REPORTED] * 3
    assert [(part.name, part.accepted, len(part.owed)) for part in page.parts] == [
        ("Angola", None, 1), ("Mozambique", None, 1),
    ]  # fmt: skip
    assert page.told is False


def test_what_is_accepted_counts_and_what_is_only_sent_is_told_as_that(joint: Joint) -> None:
    report(joint, "ago", actual("1.1", "30", of_which="20"))
    sent = report(joint, "moz", actual("1.1", "44"), accept=False)

    page = seen(joint)
    stands = line(page, "1.1")

    assert stands.standing.actual is not None
    assert (stands.standing.actual.value, stands.standing.actual.of_which) == (30, 20)
    assert stands.told.parts is not None
    assert stands.told.parts.missing == ("Mozambique",)
    assert [(r.ref, a.value) for r, a in stands.told.waiting] == [(sent, Decimal(44))]


def test_the_countries_come_together_as_each_indicator_says(joint: Joint) -> None:
    report(joint, "ago", actual("1.1", "30"), actual("1.2", "9"), actual("1.3", "10"))
    report(joint, "moz", actual("1.1", "44"), actual("1.2", "8"), actual("1.3", "25"))

    page = seen(joint)
    values = {each.indicator.code: each.standing.actual for each in page.lines}

    assert {code: str(each.value) for code, each in values.items() if each} == {
        "1.1": "74", "1.2": "8.5", "1.3": "25",
    }  # fmt: skip


def test_the_report_of_the_whole_begins_with_what_the_countries_come_to_and_counts_once_accepted(
    joint: Joint,
) -> None:
    report(joint, "ago", actual("1.1", "30", of_which="12"))
    report(joint, "moz", actual("1.1", "44", of_which="33"))
    until(joint, 2027, 2, 1)
    whole = owed(joint)[""]

    with joint.world.engine.reading() as session:
        person = joint.world.person(MANAGER)
        form = form_page(session, joint.world.engine, person, whole, kind="report")
    report(joint, "", actual("1.1", "80"))

    assert form.content["period_start"] == joint.period(whole)["period_start"]
    assert form.content["actuals"] == [
        {"indicator": "1.1", "value": "74", "of_which": "45", "means": "Angola, Mozambique"},
        {"indicator": "1.2"},
        {"indicator": "1.3"},
    ]
    told = line(seen(joint), "1.1").told
    assert told.report is not None
    assert (told.report.ref, told.actual and told.actual.value) == (whole, 80)


def test_it_is_compared_on_the_last_day_that_was_or_should_have_been_told_of(joint: Joint) -> None:
    report(joint, "ago", actual("1.1", "30"))
    told = seen(joint).on
    until(joint, 2027, 3, 5)
    opened = seen(joint).on
    until(joint, 2027, 6, 1)
    late = seen(joint)

    assert told == opened
    assert late.on > told
    assert any(each.late for part in late.parts for each in part.owed)


@pytest.mark.parametrize(
    ("said", "field", "right"),
    [
        ({"actuals": [{"indicator": "1.1", "value": "3"}]}, "actuals", "it was to be by: register"),
        ({"actuals": [actual("9", "3")]}, "actuals", "there are: 1.1, 1.2 and 1.3"),
        ({"period_start": "2020-01-01"}, "period_start", "its schedule says so"),
    ],
)
def test_bad_input_is_refused_at_its_field_with_what_would_be_right(
    joint: Joint, said: dict[str, object], field: str, right: str
) -> None:
    ref = owed(joint)["ago"]

    with pytest.raises(Invalid) as refused:
        joint.send_report(ref, MANAGERS["ago"], **said)

    assert right in str(refused.value.faults[field])
    assert joint.world.state(ref) == "preparing"
    assert line(seen(joint), "1.1").standing.actual is None


def test_outsiders_read_what_is_accepted_and_nothing_that_waits(joint: Joint) -> None:
    report(joint, "ago", actual("1.1", "30"))
    report(joint, "moz", actual("1.1", "44"), accept=False)

    page = seen(joint, OUTSIDER)
    stands = line(page, "1.1")

    assert stands.standing.actual is not None
    assert stands.standing.actual.value == 30
    assert stands.told.waiting == ()
    assert [list(each.actuals) for each in page.reports if each.part == "Mozambique"] == [[]]


def test_a_part_tells_whose_the_indicators_are(joint: Joint) -> None:
    part = next(iter(joint.below()))

    page = seen(joint, ref=part)

    assert (page.lines, page.above) == ((), joint.ref)


def test_two_programmes_tell_nothing_of_each_other(joint: Joint) -> None:
    other = a_measured_programme(joint.world, Another)
    report(other, "ago", actual("1.1", "199"))

    assert line(seen(joint), "1.1").standing.actual is None
    assert line(seen(other), "1.1").standing.light is Light.ON_TRACK


def test_what_is_kept_follows_the_texts_and_is_made_to(joint: Joint) -> None:
    report(joint, "ago", actual("1.1", "30"))

    assert verify(joint.world.engine.database).sound
    assert lists.astray(joint.world.engine).differences == []
