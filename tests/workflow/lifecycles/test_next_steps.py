from collections.abc import Iterable
from pathlib import Path

import pytest

from workflow.demo.house import STANDARD
from workflow.lifecycles.definition import Definition, State
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.next_steps import prospect, said, ways

DEFINITION = load_file(STANDARD)


def keys(states: Iterable[State]) -> list[str]:
    return [state.key for state in states]


def usual_way(definition: Definition) -> list[str]:
    """The states that are entered if all goes well; one that is entered again is the last."""
    way = [definition.initial]
    while onward := prospect(definition, way[-1]).onward:
        way.append(onward[0].key)
        if way[-1] in way[:-1]:
            break
    return way


def test_the_usual_way_leads_from_the_draft_to_the_end_without_a_detour() -> None:
    assert usual_way(DEFINITION) == [
        "draft", "screening", "consultation", "lead_group", "formulation", "appraisal", "decision",
        "signature", "inception", "active", "operational_closure", "closed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "file", sorted(Path("config/lifecycles").glob("*.toml")), ids=lambda file: file.stem
)
def test_the_usual_way_comes_back_to_no_state_but_where_something_is_renewed(file: Path) -> None:
    way = usual_way(load_file(file))

    assert (way[-1] in way[:-1]) == (file.stem == "vetting")


def test_every_state_that_can_come_next_is_in_the_picture_once() -> None:
    for state in DEFINITION.states:
        seen = prospect(DEFINITION, state)

        drawn = [*keys(seen.onward[:1]), *keys(seen.aside), *keys(seen.ends)]

        assert len(drawn) == len(set(drawn))
        assert set(drawn) == {way.to.key for way in ways(DEFINITION, state) if way.to}


def test_a_round_that_opens_another_one_leads_on_through_it() -> None:
    seen = prospect(DEFINITION, "lead_group")

    assert keys(seen.onward) == ["formulation", "appraisal"]
    assert keys(seen.aside) == ["returned"]
    assert keys(seen.ends) == ["withdrawn"]


def test_the_usual_way_out_of_a_suspension_is_its_review() -> None:
    seen = prospect(DEFINITION, "suspended")

    assert keys(seen.onward) == ["active", "operational_closure"]


def test_an_end_has_no_way_on() -> None:
    seen = prospect(DEFINITION, "closed", ["active", "operational_closure", "closed"])

    assert (seen.onward, seen.ways) == ((), ())
    assert keys(seen.before) == ["active", "operational_closure"]


def test_what_was_passed_is_shown_last_first_and_each_state_once() -> None:
    passed = ["draft", "screening", "returned", "screening", "consultation"]

    seen = prospect(DEFINITION, "consultation", passed)

    assert keys(seen.before) == ["returned", "screening"]


def test_a_way_of_time_says_so_and_so_does_an_initiative() -> None:
    by_round = {way.round_key: way for way in ways(DEFINITION, "returned")}

    assert by_round["return_lapse"].of_time
    assert by_round["withdrawal"].initiative
    assert not by_round["resubmission"].of_time


def test_initiatives_come_last_in_the_list_of_rounds() -> None:
    rounds = [group[0].initiative for group in prospect(DEFINITION, "active").rounds]

    assert rounds == sorted(rounds)


def test_an_outcome_is_said_in_the_words_of_its_verdict_or_of_its_rule() -> None:
    rounds = DEFINITION.rounds

    assert said(rounds["decision"], "reject") == "Reject"
    assert said(rounds["consultation"], "failed") == "Not passed"


def test_a_question_is_answered_or_not() -> None:
    grant = load_file(STANDARD.with_name("small-grant.toml"))
    question = next(each for each in grant.rounds.values() if each.rule.only_hears and each.stops)

    assert [said(question, key) for key in question.outcomes] == ["Answered", "Not answered"]
    assert said(DEFINITION.rounds["lead_acceptance"], "reached") == "Enough are for it"
