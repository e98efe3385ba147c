"""Every rule against its naive twin, and what holds for all readings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.lifecycles.rules import brute_force
from tests.workflow.lifecycles.rules.previews import if_given
from tests.workflow.lifecycles.rules.spoken_rounds import a_rule, a_verdict, told
from workflow.lifecycles.quantities import Among, Breaks, Share, Vote
from workflow.lifecycles.rule import Recused, Rule, RuleKind, Stance
from workflow.lifecycles.rules import Answer, PanelSeat, Reading, read
from workflow.lifecycles.seat import Part
from workflow.phrase import Phrase

CATEGORIES = ("government", "agency", "unit")
WHEN_TIME_RUNS_OUT = {
    "If time runs out first, the round passes.": "passed",
    "If time runs out first, the round fails.": "failed",
    "If time runs out first, the threshold counts as reached.": "reached",
    "If time runs out first, the threshold counts as not reached.": "not_reached",
    "If time runs out first, it settles with the advice given.": "advised",
    "If time runs out first, it is carried.": "carried",
    "If time runs out first, it is not carried.": "not_carried",
    "If time runs out first, the silence is kept.": "adopted",
    "If time runs out first, the silence is broken.": "broken",
}
every_kind = pytest.mark.parametrize("kind", list(RuleKind))


@dataclass(frozen=True)
class Situation:
    rule: Rule
    places: tuple[PanelSeat, ...]
    answers: dict[int, Answer]
    due_passed: bool


def verdicts(part: Part) -> st.SearchStrategy[list[tuple[Part, Stance, str]]]:
    one = st.tuples(st.just(part), st.sampled_from(Stance), st.sampled_from(["", "", "x", "y"]))
    return st.lists(one, min_size=1, max_size=4)


@st.composite
def rules(draw: st.DrawFn, kind: RuleKind) -> Rule:
    menu = draw(verdicts(Part.DECIDES)) + draw(verdicts(Part.CONSULTED))
    return a_rule(
        kind,
        *(a_verdict(f"v{n}", stance, end, part=part) for n, (part, stance, end) in enumerate(menu)),
        quorum=(
            draw(st.sampled_from([0.0, 0.07, 0.2, 0.34, 0.5, 0.6, 1.0])),
            draw(st.integers(0, 4)),
        ),
        threshold=draw(st.integers(0, 4)),
        categories=tuple(draw(st.lists(st.sampled_from(CATEGORIES), unique=True))),
        objections_allowed=draw(st.integers(0, 2)),
        recused=draw(st.sampled_from(Recused)),
        vote=draw(votes()),
        breaks=draw(breaks()),
        revives=draw(st.booleans()),
        early=draw(st.booleans()),
    )


shares = st.builds(
    Share, st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(2, 3)]), st.booleans()
)
called = st.sampled_from([*CATEGORIES, "party:p0", "party:p1", "party:p4"])


def votes() -> st.SearchStrategy[Vote]:
    return st.builds(
        Vote,
        share=st.none() | shares,
        number=st.integers(0, 3),
        among=st.sampled_from(Among),
        abstentions_count=st.booleans(),
        weights=st.dictionaries(called, st.integers(0, 3)),
        each=st.dictionaries(st.sampled_from(CATEGORIES), st.integers(1, 2), min_size=1),
        vetoes=st.frozensets(called, max_size=2),
    )


def breaks() -> st.SearchStrategy[Breaks]:
    numbers = st.builds(Breaks, st.integers(1, 3), st.booleans())
    return numbers | st.builds(Breaks, share=shares)


@st.composite
def situations(draw: st.DrawFn, kind: RuleKind) -> Situation:
    rule = draw(rules(kind))
    places, answers = [], {}
    for seat in range(draw(st.integers(0, 5))):
        part = draw(st.sampled_from([Part.DECIDES, Part.DECIDES, Part.CONSULTED]))
        recused = draw(st.sampled_from([False, False, False, True]))
        category = draw(st.sampled_from(CATEGORIES))
        places.append(PanelSeat(seat, f"Country {seat}", category, part, recused, f"p{seat}"))
        if not recused and draw(st.sampled_from([True, True, True, False])):
            offered = [key for key, verdict in rule.verdicts.items() if verdict.part is part]
            answers[seat] = Answer(seat, draw(st.integers(1, 9)), draw(st.sampled_from(offered)))
    return Situation(rule, tuple(places), answers, draw(st.booleans()))


any_situation = st.sampled_from(RuleKind).flatmap(situations)


def every_way_to_answer(rule: Rule, places: Sequence[PanelSeat]) -> Iterator[dict[int, Answer]]:
    offered = [[k for k, v in rule.verdicts.items() if v.part is p.part] for p in places]
    for keys in product(*offered):
        chosen = zip(places, keys, strict=True)
        yield {p.seat: Answer(p.seat, 10 + p.seat, key) for p, key in chosen}


def said(reading: Reading) -> tuple[str | None, Phrase, tuple[Phrase, ...]]:
    """All that a reading says."""
    return reading.outcome, reading.why, reading.changes


@pytest.mark.proof
@every_kind
@given(data=st.data())
def test_every_rule_reads_as_its_naive_twin_does(kind: RuleKind, data: st.DataObject) -> None:
    s = data.draw(situations(kind))

    reading = read(s.rule, s.places, s.answers, due_passed=s.due_passed)

    naive = brute_force.outcome(s.rule, s.places, s.answers, due_passed=s.due_passed)
    assert reading.outcome == naive


@pytest.mark.proof
@given(data=st.data())
def test_the_order_of_places_and_answers_changes_nothing(data: st.DataObject) -> None:
    s = data.draw(any_situation)
    places = data.draw(st.permutations(s.places))
    answers = dict(data.draw(st.permutations(list(s.answers.items()))))

    shuffled = read(s.rule, places, answers, due_passed=s.due_passed)

    assert said(shuffled) == said(read(s.rule, s.places, s.answers, due_passed=s.due_passed))


@pytest.mark.proof
@given(data=st.data())
def test_a_panel_without_anybody_to_decide_approves_nothing(data: st.DataObject) -> None:
    s = data.draw(any_situation)
    gone = tuple(p._replace(recused=p.recused or p.part is Part.DECIDES) for p in s.places)

    reading = read(s.rule, gone, s.answers, due_passed=s.due_passed)

    assert reading.outcome is None
    assert "this is an incident" in reading.explanation


@pytest.mark.proof
@given(data=st.data())
def test_an_answer_left_on_a_recused_place_has_no_say(data: st.DataObject) -> None:
    s = data.draw(any_situation)
    away = data.draw(st.sets(st.sampled_from(range(5))))
    places = tuple(p._replace(recused=p.recused or p.seat in away) for p in s.places)
    present = {p.seat: s.answers[p.seat] for p in places if not p.recused and p.seat in s.answers}

    reading = read(s.rule, places, s.answers, due_passed=s.due_passed)

    assert said(reading) == said(read(s.rule, places, present, due_passed=s.due_passed))


@pytest.mark.proof
@given(data=st.data())
def test_a_reading_explains_itself_in_two_sentences(data: st.DataObject) -> None:
    s = data.draw(any_situation)

    reading = read(s.rule, s.places, s.answers, due_passed=s.due_passed)

    assert 1 <= reading.explanation.count(".") <= 2
    for sentence in (reading.explanation, *told(reading.changes)):
        assert sentence == " ".join(sentence.split())
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == "“"
        assert sentence.endswith(".")


@pytest.mark.proof
@given(data=st.data())
def test_an_open_round_says_what_would_change_it_and_a_settled_one_nothing(
    data: st.DataObject,
) -> None:
    s = data.draw(any_situation)

    reading = read(s.rule, s.places, s.answers, due_passed=s.due_passed)

    assert bool(reading.changes) == (reading.outcome is None)


@pytest.mark.proof
@given(data=st.data())
def test_a_round_only_ever_settles_into_an_outcome_of_its_rule(data: st.DataObject) -> None:
    s = data.draw(any_situation)

    reading = read(s.rule, s.places, s.answers, due_passed=s.due_passed)

    assert reading.outcome in {None, *s.rule.outcomes()}


@pytest.mark.proof
@given(data=st.data())
def test_answers_that_are_said_to_settle_a_round_do(data: st.DataObject) -> None:
    s = data.draw(any_situation)
    promises = told(read(s.rule, s.places, s.answers, due_passed=s.due_passed).changes)
    promised = [p for p in promises if re.fullmatch("An answer from .* settles it.|Answers .*", p)]
    named = [p for p in s.places if any(p.name in sentence for sentence in promised)]

    readings = [
        read(s.rule, s.places, s.answers | more, due_passed=s.due_passed)
        for more in every_way_to_answer(s.rule, named)
    ]

    assert not promised or all(reading.outcome for reading in readings)


@pytest.mark.proof
@given(data=st.data())
def test_what_is_said_to_happen_when_time_runs_out_happens(data: st.DataObject) -> None:
    s = data.draw(any_situation)
    promises = " ".join(told(read(s.rule, s.places, s.answers).changes))
    promised = [outcome for words, outcome in WHEN_TIME_RUNS_OUT.items() if words in promises]

    reading = read(s.rule, s.places, s.answers, due_passed=True)

    assert not promised or promised == [reading.outcome]


@pytest.mark.proof
@given(data=st.data())
def test_a_preview_of_an_answer_is_the_reading_with_it_in(data: st.DataObject) -> None:
    s = data.draw(any_situation)
    answer = Answer(
        data.draw(st.integers(0, 5)), 1, data.draw(st.sampled_from(sorted(s.rule.verdicts)))
    )
    given_before = dict(s.answers)

    preview = if_given(s.rule, s.places, s.answers, answer, due_passed=s.due_passed)

    with_it = {**given_before, answer.seat: answer}
    assert said(preview) == said(read(s.rule, s.places, with_it, due_passed=s.due_passed))
    assert s.answers == given_before
