"""Reading child cases, and what is wrong with them, each with its place and what would mend it."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.workflow.engine.lifecycles import STANDARD, Edit, drop, edited, faults_of, put
from tests.workflow.lifecycles.with_children import WAITS, with_children
from workflow.lifecycles.children.kinds import ChildOpens, Frequency, Recurrence
from workflow.lifecycles.children.waits import HowMany, WaitsFor
from workflow.lifecycles.definition import Target
from workflow.lifecycles.loader.files import from_body, from_tables, load_file
from workflow.lifecycles.terms import DayOfYear, Within

WHOLE = from_tables(with_children(), STANDARD.name)
CHILD, REPORT, PART = "children.amendment", "children.progress_report", "children.country_part"


def _ahead_of_no_day(raw: dict[str, Any]) -> None:
    report = raw["children"]["progress_report"]
    report["about"] = "the year ahead"
    del report["by"]


FAULTY: Mapping[str, tuple[Edit, str, str]] = {
    "an unknown key": (put("children/amendment/colour", "red"), f"{CHILD}.colour", "not known here"),
    "no label": (drop("children/amendment/label"), f"{CHILD}.label", "is missing"),
    "no kinds at all": (put("children", {}), "children", "is empty"),
    "kinds that are no table": (put("children", ["part"]), "children", "a table is expected"),
    "a lifecycle that is no key": (
        put("children/amendment/lifecycle", "An amendment"), f"{CHILD}.lifecycle", "no"
    ),
    "a lifecycle that opens itself": (
        put("children/amendment/lifecycle", "programme-standard"), f"{CHILD}.lifecycle", "itself",
    ),
    "another way to open": (
        put("children/amendment/opens", "by chance"), f"{CHILD}.opens", "way to open",
    ),
    "states of what an outcome opens": (
        put("children/amendment/states", ["active"]), f"{CHILD}.states", "do not belong",
    ),
    "a schedule of what an outcome opens": (
        put("children/amendment/every", "year"), f"{CHILD}.every", "by schedule",
    ),
    "no states on entry": (drop("children/country_part/states"), f"{PART}.states", "is missing"),
    "a share that is none": (
        put("children/halfway/at", "3/2"), "children.halfway.at", "a fraction such as",
    ),
    "a share of a time without an end": (
        drop("children/halfway/until"), "children.halfway.until", "is missing",
    ),
    "a share of what recurs": (
        put("children/halfway/every", "year"), "children.halfway.every", "opens it once",
    ),
    "a share that waits": (
        put("children/halfway/after", {"amount": 1, "unit": "days"}), "children.halfway.after",
        "opens it once",
    ),
    "after what opens ahead": (
        put("children/progress_report/after", {"amount": 1, "unit": "days"}), f"{REPORT}.after",
        "no 'by' does",
    ),
    "an unknown state": (
        put("children/country_part/states", ["actve"]), f"{PART}.states[0]", "did you mean 'active'",
    ),
    "an unknown capacity": (
        put("children/country_part/for_each", "country"), f"{PART}.for_each", "no capacity",
    ),
    "a speaker that is no capacity": (
        put("children/country_part/speaks", "agency"), f"{PART}.speaks", "no capacity",
    ),
    "one who answers where nobody does": (
        put("children/country_part/speaks", "one who answers"), f"{PART}.speaks", "nobody answers",
    ),
    "a condition on a field that is not there": (
        put("children/study/when/0/of", ["proposal:costs"]),
        "children.study.when[0].of", "no field here",
    ),
    "no source": (drop("children/country_part/source"), f"{PART}.source", "is missing"),
    "a schedule without a period": (
        drop("children/progress_report/every"), f"{REPORT}.every", "is missing",
    ),
    "another period": (
        put("children/progress_report/every", "week"), f"{REPORT}.every", "no period",
    ),
    "a day of every year, each quarter": (
        put("children/progress_report/every", "quarter"), f"{REPORT}.by", 'say every = "year"',
    ),
    "a day that is none": (
        put("children/progress_report/by", "31 June"), f"{REPORT}.by", "a day such as",
    ),
    "a day without a span ahead": (
        drop("children/progress_report/ahead"), f"{REPORT}.ahead", "say how long before",
    ),
    "a span ahead of no day": (
        drop("children/progress_report/by"), f"{REPORT}.ahead", "say 'by'",
    ),
    "a span of more than the year": (
        put("children/progress_report/ahead/amount", 14), f"{REPORT}.ahead", "has begun",
    ),
    "a span that no calendar can count": (
        put("children/progress_report/ahead/amount", 10**12),
        f"{REPORT}.ahead.amount", "a whole number from",
    ),
    "a span of hours": (
        put("children/progress_report/ahead/unit", "hours"), f"{REPORT}.ahead.unit", "unit of time",
    ),
    "a year that is none": (
        put("children/progress_report/about", "next year"), f"{REPORT}.about", "the year ahead",
    ),
    "a year ahead of no day": (_ahead_of_no_day, f"{REPORT}.about", "say 'by'"),
    "a year ahead that opens two of them at once": (
        lambda raw: raw["children"]["progress_report"].update(
            {"about": "the year ahead", "ahead": {"amount": 13, "unit": "months"}}
        ),
        f"{REPORT}.ahead", "more than a year before",
    ),
    "a beginning that is no field": (
        put("children/progress_report/begins", "planned_begin"), f"{REPORT}.begins", "no field of",
    ),
    "an end that is no date": (
        put("children/progress_report/until", "title"), f"{REPORT}.until", "a date is expected",
    ),
    "a schedule without an end": (
        lambda raw: raw["children"]["progress_report"].update(
            {"states": ["closed"], "until": ""}
        ),
        REPORT, "has no end",
    ),
    "what ends with an end that opened it": (
        put("children/country_part/states", ["closed"]), f"{PART}.ends_with", "which is an end",
    ),
    "what no outcome opens": (
        put("rounds/suspension/outcomes/keep", {"opens": []}), CHILD, "opened by no outcome",
    ),
    "an outcome that opens what opens on entry": (
        put("rounds/suspension/outcomes/keep/children", ["country_part"]),
        "rounds.suspension.outcomes.keep", 'say opens = "by outcome"',
    ),
    "an outcome that opens what is not there": (
        put("rounds/suspension/outcomes/keep/children", ["amendmnt"]),
        "rounds.suspension.outcomes.keep.children[0]", "did you mean 'amendment'",
    ),
    "an outcome that leads to a state and to rounds": (
        put("rounds/suspension/outcomes/keep/state", "active"),
        "rounds.suspension.outcomes.keep.opens", "not both",
    ),
    "waiting for what is not there": (
        put("rounds/final_review/waits_for/0/children", "reports"),
        "rounds.final_review.waits_for[0].children", "no kind of child case",
    ),
    "waiting for a few": (
        put("rounds/final_review/waits_for/0/until", "few"),
        "rounds.final_review.waits_for[0].until", "no measure",
    ),
    "waiting for none": (
        put("rounds/final_review/waits_for/1/least", 0),
        "rounds.final_review.waits_for[1].least", "from 1 to",
    ),
    "waiting for an end that is no name": (
        put("rounds/final_review/waits_for/1/ended_in", ["All Right"]),
        "rounds.final_review.waits_for[1].ended_in[0]", "is not a name",
    ),
    "waiting for more than is known": (
        put("rounds/final_review/waits_for/1/for", "ever"),
        "rounds.final_review.waits_for[1].for", "not known here",
    ),
    "waiting while silence decides": (
        put("rounds/decision_by_silence/waits_for", WAITS[:1]),
        "rounds.decision_by_silence.waits_for", "nobody could answer",
    ),
    "overtaken where nothing ends": (
        put("states/active/overtaken_by_parent", True),
        "states.active.overtaken_by_parent", "no end",
    ),
    "overtaken in two ends": (
        put("states/withdrawn/overtaken_by_parent", True),
        "states.cancelled.overtaken_by_parent", "already",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "place", "words"), FAULTY.values(), ids=FAULTY)
def test_a_fault_is_named_with_its_place_and_what_was_expected(
    edit: Edit, place: str, words: str
) -> None:
    faults = faults_of(edited(edit, raw=with_children()))

    told = [str(each.problem) for each in faults if str(each.place) == f"{STANDARD.name}: {place}"]
    assert any(words in problem for problem in told), "\n".join(map(str, faults))


def test_what_a_file_says_of_a_child_is_kept() -> None:
    report, part = WHOLE.children["progress_report"], WHOLE.children["country_part"]

    assert report.opens is ChildOpens.BY_SCHEDULE
    assert report.recurrence == Recurrence(
        Frequency.YEAR, DayOfYear(1, 31), Within(1, "months"), "planned_start", "planned_end"
    )
    assert (report.states, report.lifecycle) == (("active", "suspended"), "progress-report")
    assert (part.recurrence, part.ends_with) == (None, True)
    assert WHOLE.children["study"].when[0].words == "It is large"
    assert WHOLE.states["cancelled"].overtaken_by_parent


@pytest.mark.parametrize(
    ("edits", "speaks"),
    [
        ((), {"progress_report": "executing_agency", "country_part": "beneficiary"}),
        ((put("children/country_part/speaks", "lead"),), {"country_part": "lead"}),
        ((), {"amendment": "proposer"}),
        ((put("children/amendment/speaks", "one who answers"),), {"amendment": "one who answers"}),
    ],
)
def test_the_party_of_a_child_speaks_for_it_or_else_the_proposer(
    edits: tuple[Edit, ...], speaks: Mapping[str, str]
) -> None:
    children = from_tables(edited(*edits, raw=with_children()), "a.toml").children

    assert {key: children[key].speaks for key in speaks} == speaks


def test_a_schedule_may_go_on_after_the_end_up_to_a_date() -> None:
    raw = edited(
        put("children/progress_report/states", ["closed"]),
        put("rounds/final_review/waits_for", []),
        raw=with_children(),
    )

    assert faults_of(raw) == ()


def test_a_round_waits_for_all_or_for_some_and_then_for_one_at_least() -> None:
    one = put("rounds/final_review/waits_for/0", {"children": "amendment", "until": "some"})
    definition = from_tables(edited(one, raw=with_children()), "a.toml")

    assert WHOLE.rounds["final_review"].waits_for == (
        WaitsFor("country_part", HowMany.ALL),
        WaitsFor("progress_report", HowMany.SOME, 2, ("accepted",)),
    )
    assert definition.rounds["final_review"].waits_for[0] == WaitsFor("amendment", HowMany.SOME, 1)


@pytest.mark.parametrize(
    ("outcome", "target"),
    [
        ({"children": ["amendment"]}, Target(None, children=("amendment",))),
        (
            {"state": "suspended", "children": ["amendment"]},
            Target("suspended", children=("amendment",)),
        ),
    ],
)
def test_an_outcome_opens_children_beside_where_it_leads(
    outcome: dict[str, Any], target: Target
) -> None:
    keep = put("rounds/suspension/outcomes/keep", outcome)

    definition = from_tables(edited(keep, raw=with_children()), "a.toml")

    assert definition.rounds["suspension"].outcomes["keep"] == target


def test_each_way_of_an_outcome_opens_its_own_children() -> None:
    when = with_children()["children"]["study"]["when"]
    first = {"when": when, "opens": ["screening"], "children": ["amendment"]}
    ways = put(
        "rounds/screening/outcomes/return",
        [first, {"state": "returned", "children": ["amendment"]}],
    )
    definition = from_tables(edited(ways, raw=with_children()), "a.toml")

    last = definition.rounds["screening"].outcomes["return"]
    (branch,) = last.branches
    assert branch.to == Target(None, ("screening",), children=("amendment",))
    assert (last.state, last.children) == ("returned", ("amendment",))


def test_an_initiative_that_opens_a_child_decides_something() -> None:
    outcomes = {key: {"opens": []} for key in WHOLE.rounds["consent"].outcomes}
    quiet = edited(put("rounds/consent/outcomes", outcomes), raw=with_children())
    asked = edited(put("rounds/consent/outcomes/complete", {"children": ["amendment"]}), raw=quiet)

    told = [from_tables(raw, "a.toml").rounds["consent"].decides_nothing for raw in (quiet, asked)]

    assert told == [True, False]


def test_the_order_of_the_kinds_is_part_of_what_the_digest_names() -> None:
    raw = with_children()
    turned = {**raw, "children": dict(reversed(raw["children"].items()))}

    again = from_body(WHOLE.body)

    assert again == WHOLE
    assert list(again.children) == [
        "progress_report",
        "country_part",
        "amendment",
        "study",
        "action",
        "halfway",
        "audit",
    ]
    assert from_tables(turned, "a.toml").digest != WHOLE.digest


def test_a_lifecycle_without_children_says_nothing_of_them() -> None:
    emergency = load_file(STANDARD.with_name("emergency.toml"))

    assert b'"children"' not in emergency.body
    assert not emergency.children


JUNK: tuple[Any, ...] = (
    None, 0, -1, 10**12, 1.5, True, "", "x", "active", "draft", "closed", "amendment", "all",
    "some", "programme-standard", "29 February", "by outcome", "by schedule", "lead", [], [1],
    ["closed"], ["active", "active"], [["active"]], {}, {"a": 1}, [{}],
    {"amount": 400, "unit": "months"}, [{"children": "amendment", "until": "all"}],
    [{"children": "progress_report", "until": "some", "least": 3}],
)  # fmt: skip


def _places(value: Any, path: str) -> Iterator[str]:
    """The path to whatever stands in a value, and to itself."""
    yield path
    if isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(below, f"{path}/{key}")


RAW = with_children()
PLACES = [
    *_places(RAW["children"], "children"),
    *_places(RAW["rounds"]["final_review"]["waits_for"], "rounds/final_review/waits_for"),
    *_places(RAW["rounds"]["suspension"]["outcomes"]["keep"], "rounds/suspension/outcomes/keep"),
    "states/cancelled/overtaken_by_parent", "states/active/overtaken_by_parent",
]  # fmt: skip


@pytest.mark.proof(sample=6)
@pytest.mark.parametrize("place", PLACES)
def test_whatever_stands_there_is_taken_or_refused_with_its_place(place: str) -> None:
    for junk in JUNK:
        for fault in faults_of(edited(put(place, junk), raw=RAW)):
            assert str(fault.problem)
            assert str(fault.place).startswith(STANDARD.name)
