"""What the loader says of a silence, a vote or a calendar that cannot be meant."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.workflow.engine.lifecycles import (
    RAW,
    STANDARD,
    Edit,
    drop,
    edited,
    faults_of,
    put,
    written,
)
from tests.workflow.engine.silence.chamber import DEFINITIONS
from workflow.lifecycles.loader.files import from_body, load_file

RULE = "rules/board_silence"
ROUND = "rounds/decision_by_silence"
IN = "rules.board_silence"
MEMBERS = [{"role": "board_member", "of": "board"}]
VOTE = {
    "kind": "qualified_majority",
    "words": "Two thirds.",
    "seats": MEMBERS,
    "share": "2/3",
    "source": ["DESIGN"],
    "verdicts": {
        "yes": {"label": "Yes", "stance": "for", "meaning": "Yes.", "consequence": "Counts."},
        "no": {"label": "No", "stance": "against", "meaning": "No.", "consequence": "Counts."},
    },
}


def vote(**changes: object) -> Edit:
    kept = {key: value for key, value in {**VOTE, **changes}.items() if value is not None}
    return put("rules/final_review", kept)


BROKEN: Mapping[str, tuple[Edit, str, str]] = {
    "a window shorter than the least": (
        put(f"{ROUND}/within", {"amount": 71, "unit": "hours"}),
        "rounds.decision_by_silence.within", "may last less than 72 hours",
    ),
    "three days that a cut-off shortens": (
        put(f"{ROUND}/within", {"amount": 3, "unit": "days", "cut_off": "09:00"}),
        "rounds.decision_by_silence.within", "may last less than 72 hours",
    ),
    "a silence without a least": (drop(f"{RULE}/least"), f"{IN}.least", "is missing"),
    "a least in working days": (
        put(f"{RULE}/least/unit", "working days"), f"{IN}.least.unit", "hours",
    ),
    "a silence without an end": (
        drop(f"{ROUND}/at_due"), "rounds.decision_by_silence.at_due", "settle",
    ),
    "a silence about nothing": (
        drop(f"{ROUND}/text"), "rounds.decision_by_silence.text", "exact text",
    ),
    "a silence opened by nobody": (
        drop(f"{ROUND}/opened_by"), "rounds.decision_by_silence.opened_by", "is missing",
    ),
    "a silence opened by the timer": (
        put(f"{ROUND}/opened_by", [{"role": "system", "of": "office:engine"}]),
        "rounds.decision_by_silence.opened_by[0].role", "takes no initiative",
    ),
    "an opener where nobody opens": (
        put("rounds/decision/opened_by", [{"role": "board_chair", "of": "board"}]),
        "rounds.decision.opened_by", "belongs to an initiative",
    ),
    "a silence about another subject": (
        put(f"{RULE}/subjects", ["framework"]), f"{IN}.subjects", "leaves out 'programme'",
    ),
    "a silence that nothing breaks": (
        put(f"{RULE}/verdicts", {"state": RAW["rules"]["board_silence"]["verdicts"]["state"]}),
        f"{IN}.verdicts", 'stance = "against"',
    ),
    "a verdict that adopts": (
        put(f"{RULE}/verdicts/state/outcome", "adopted"),
        f"{IN}.verdicts.state.outcome", "computes itself",
    ),
    "two ways to break": (
        put(f"{RULE}/breaks", {"number": 2, "all_but": 1}), f"{IN}.breaks", "exactly one",
    ),
    "a group without a number": (
        put(f"{RULE}/breaks", {"share": "1/3", "of": "one category"}),
        f"{IN}.breaks.of", "belongs to a number",
    ),
    "an extension by nobody": (
        put(f"{RULE}/extension/by", []), f"{IN}.extension.by", "empty",
    ),
    "terms of silence in a vote": (
        put("rules/final_review/least", {"amount": 72, "unit": "hours"}),
        "rules.final_review.least", "not known here",
    ),
    "a recusal where it says nothing": (
        put("rules/final_review/recused", "stays"), "rules.final_review.recused", "not belong",
    ),
    "a share of nothing": (vote(share=None), "rules.final_review.share", "a share, a number"),
    "more than all": (
        vote(share="more than 1/1"), "rules.final_review.share", '"more than 1/2" is expected',
    ),
    "abstentions among all seats": (
        vote(among="seats", abstentions="counted"), "rules.final_review.abstentions", "nothing",
    ),
    "a weight of nobody": (
        vote(kind="weighted", weights={"large": 3}),
        "rules.final_review.weights.large", "neither a category",
    ),
    "a veto of nobody": (
        vote(kind="veto", share=None, number=2, vetoes=["permanent"]),
        "rules.final_review.vetoes.permanent", "neither a category",
    ),
    "constituencies of nothing": (
        vote(kind="constituencies", share=None, each={}), "rules.final_review.each", "is empty",
    ),
    "a sequence that skips a seat": (
        vote(
            kind="sequential", share=None, categories=["first"],
            seats=[{**MEMBERS[0], "category": "first"}, {**MEMBERS[0], "category": "second"}],
        ),
        "rules.final_review.seats[1].category", "whose turn never comes",
    ),
    "an unknown calendar": (
        put(f"{ROUND}/within/calendar", "moon"),
        "rounds.decision_by_silence.within.calendar", "no calendar",
    ),
    "an unknown zone": (
        put(f"{ROUND}/within/zone", "Mars/Olympus"),
        "rounds.decision_by_silence.within.zone", "no time zone",
    ),
    "an hour that is none": (
        put(f"{ROUND}/within/cut_off", "25:00"),
        "rounds.decision_by_silence.within.cut_off", '"17:00" is expected',
    ),
    "a holiday that is no day": (
        put("calendars", {"new-york": {"label": "N", "holidays": {"2026-02-30": "Never"}}}),
        "calendars.new-york.holidays.2026-02-30", "no day",
    ),
    "a week without work": (
        put("calendars", {"new-york": {
            "label": "N", "holidays": {},
            "weekend": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                        "sunday"],
        }}),
        "calendars.new-york.weekend", "no day to work",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "place", "words"), BROKEN.values(), ids=BROKEN)
def test_a_fault_is_named_with_its_place(edit: Edit, place: str, words: str):
    faults = faults_of(edited(edit))

    expected = f"{STANDARD.name}: {place}"
    told = [str(fault.problem) for fault in faults if str(fault.place) == expected]
    assert any(words in problem for problem in told), "\n".join(map(str, faults))


@pytest.mark.parametrize("path", sorted(DEFINITIONS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_rule_set_loads_and_reads_back_as_it_was(path: Path):
    definition = load_file(path)

    again = from_body(definition.body)

    assert (again, again.digest) == (definition, definition.digest)


def test_the_calendar_is_part_of_what_the_digest_names(tmp_path: Path):
    holidays = {"label": "New York", "zone": "America/New_York", "holidays": {"2026-03-04": "One"}}
    one = load_file(written(tmp_path, edited(put("calendars", {"new-york": holidays}))))

    other = load_file(written(tmp_path, RAW))

    assert one.digest != other.digest
    assert b"Thanksgiving" in other.body


def test_every_calendar_of_the_house_is_one():
    folder = Path(__file__).parents[4] / "config" / "calendars"

    calendars = [tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.toml")]

    assert calendars
    for calendar in calendars:
        assert {"label", "zone", "holidays"} <= calendar.keys()
