from dataclasses import replace

import pytest

from tests.workflow.engine.lifecycles import (
    RAW,
    STANDARD,
    Edit,
    drop,
    edited,
    faults_of,
    put,
    small,
)
from workflow.lifecycles import soundness
from workflow.lifecycles.loader.files import load_file

AFTER = "after another round"
INITIATIVE = "on initiative"


def found(rounds: dict[str, object], *states: str) -> list[str]:
    return [str(fault) for fault in soundness.faults(small(rounds, *states))]


def test_the_standard_lifecycle_is_sound():
    definition = load_file(STANDARD)

    assert soundness.faults(definition) == ()
    assert soundness.warnings(definition) == ()


def test_a_state_that_nothing_leads_to_is_a_fault():
    rounds = {
        "go": {"states": ["a"], "outcomes": {"on": "z"}},
        "late": {"states": ["b"], "outcomes": {"on": "z"}},
    }

    assert found(rounds, "a", "b") == ["states.b: cannot be reached from 'a'"]


def test_an_end_that_nothing_leads_to_is_a_fault():
    rounds = {"go": {"states": ["a"], "outcomes": {"on": "b"}},
              "back": {"states": ["b"], "outcomes": {"on": "a"}}}  # fmt: skip

    told = found(rounds, "a", "b")

    assert told[0] == "states.z: cannot be reached from 'a'"


def test_a_state_that_the_end_of_a_parent_leads_to_needs_no_other_way():
    definition = small({"go": {"states": ["a"], "outcomes": {"on": "z"}}}, "a")
    ended = replace(definition.states["z"], key="y", overtaken_by_parent=True)
    states = {"a": definition.states["a"], "z": definition.states["z"], "y": ended}

    assert soundness.faults(replace(definition, states=states)) == ()


def test_states_that_only_lead_to_each_other_are_a_dead_end_with_the_way_there():
    rounds = {
        "go": {"states": ["a"], "outcomes": {"on": "z", "off": "b"}},
        "to": {"states": ["b"], "outcomes": {"on": "c"}},
        "fro": {"states": ["c"], "outcomes": {"on": "b"}},
    }

    assert found(rounds, "a", "b", "c") == [
        "states.b: can become a dead end: no final state is left after go.off",
        "states.c: can become a dead end: no final state is left after go.off → to.on",
    ]


def test_a_round_that_nobody_opens_is_a_fault():
    rounds = {
        "go": {"states": ["a"], "outcomes": {"on": "z"}},
        "then": {"states": ["a"], "opens": AFTER, "outcomes": {"on": "z"}},
    }

    assert found(rounds, "a") == ["rounds.then: never opens in 'a': no outcome there opens it"]


def test_rounds_that_only_open_each_other_never_open():
    rounds = {
        "go": {"states": ["a"], "outcomes": {"on": "z"}},
        "hen": {"states": ["a"], "opens": AFTER, "outcomes": {"on": {"opens": ["egg"]}}},
        "egg": {"states": ["a"], "opens": AFTER, "outcomes": {"on": {"opens": ["hen"]}}},
    }

    assert [line.split(":")[0] for line in found(rounds, "a")] == ["rounds.hen", "rounds.egg"]


def test_a_round_opened_in_one_of_its_states_is_missed_in_the_other():
    rounds = {
        "go": {"states": ["a"], "outcomes": {"on": {"opens": ["then"]}}},
        "then": {"states": ["a", "b"], "opens": AFTER, "outcomes": {"on": "b"}},
        "end": {"states": ["b"], "outcomes": {"on": "z"}},
    }

    assert found(rounds, "a", "b") == ["rounds.then: never opens in 'b': no outcome there opens it"]


def test_an_outcome_opens_only_rounds_of_its_own_state():
    rounds = {
        "go": {"states": ["a"], "outcomes": {"on": "b", "by": {"opens": ["end"]}}},
        "end": {"states": ["b"], "outcomes": {"on": "z"}},
    }

    assert found(rounds, "a", "b") == [
        "rounds.go.outcomes.by: opens 'end', which has no place in 'a'"
    ]


def test_an_initiative_is_opened_by_nobody_else():
    rounds = {
        "go": {"states": ["a"], "outcomes": {"on": {"opens": ["stop"]}}},
        "stop": {"states": ["a"], "opens": INITIATIVE, "outcomes": {"on": "z"}},
    }

    assert found(rounds, "a") == [
        "rounds.go.outcomes.on: opens 'stop', which is left to initiative"
    ]


def test_a_round_waits_only_for_rounds_of_its_own_state():
    rounds = {
        "go": {"states": ["a"], "outcomes": {"on": "b"}},
        "end": {"states": ["b"], "outcomes": {"on": "z"}, "after_round": "go"},
    }

    assert found(rounds, "a", "b") == [
        "rounds.end.after_round: waits for 'go', which has no place in 'b'"
    ]


def test_a_case_that_would_wait_for_nobody_is_a_fault():
    rounds = {
        "first": {"states": ["a"], "outcomes": {"on": {"opens": ["ask"]}}},
        "ask": {"states": ["a"], "opens": AFTER, "outcomes": {"on": "z", "off": {"opens": []}}},
        "stop": {"states": ["a"], "opens": INITIATIVE, "outcomes": {"on": "z"}},
    }

    assert found(rounds, "a") == [
        "rounds.ask.outcomes.off: leaves nobody asked in 'a' (for example: first.on)"
    ]


def test_an_initiative_may_change_nothing():
    rounds = {
        "stop": {"states": ["a"], "opens": INITIATIVE, "outcomes": {"on": "z", "off": {"opens": []}}},
    }  # fmt: skip

    assert found(rounds, "a") == []


def test_settling_into_nothing_is_a_dead_end_where_no_initiative_is_left():
    rounds = {"ask": {"states": ["a"], "outcomes": {"on": "z", "off": {"opens": []}}}}

    told = found(rounds, "a")

    assert told[0] == "states.a: can become a dead end: no final state is left after ask.off"


def test_a_settled_round_may_leave_others_open():
    rounds = {
        "one": {"states": ["a"], "outcomes": {"on": {"opens": []}}},
        "two": {"states": ["a"], "outcomes": {"on": {"opens": ["then"]}}},
        "then": {"states": ["a"], "opens": AFTER, "outcomes": {"on": "z"}},
    }

    assert found(rounds, "a") == []


def test_a_round_is_not_opened_while_it_is_open():
    rounds = {
        "one": {"states": ["a"], "outcomes": {"on": {"opens": ["both"]}}},
        "two": {"states": ["a"], "outcomes": {"on": {"opens": ["both"]}}},
        "both": {"states": ["a"], "opens": AFTER, "outcomes": {"on": "z"}},
    }

    assert found(rounds, "a") == [
        "rounds.two.outcomes.on: opens 'both' while it is still open (for example: one.on)",
        "rounds.one.outcomes.on: opens 'both' while it is still open (for example: two.on)",
    ]


def test_a_round_may_open_itself_anew():
    rounds = {"go": {"states": ["a"], "outcomes": {"on": "z", "again": {"opens": ["go"]}}}}

    assert found(rounds, "a") == []


def test_seats_of_those_who_answered_need_the_answer_on_every_way():
    rounds = {
        "ask": {"states": ["a"], "outcomes": {"on": "b"}},
        "skip": {"states": ["a"], "opens": INITIATIVE, "outcomes": {"by": "b"}},
        "lead": {"states": ["b"], "outcomes": {"on": "z"}, "of": "answered:ask:on"},
    }

    assert found(rounds, "a", "b") == [
        "rounds.lead: asks those who answered 'ask', but can open before it: skip.by"
    ]


def test_a_round_cannot_ask_those_who_answer_beside_it():
    rounds = {
        "ask": {"states": ["a"], "outcomes": {"on": "z"}},
        "lead": {"states": ["a"], "outcomes": {"on": "z"}, "of": "answered:ask:on"},
    }

    assert found(rounds, "a") == [
        "rounds.lead: asks those who answered 'ask', but can open before it: at the very beginning"
    ]


def test_a_round_opened_by_the_answered_one_may_ask_those_who_answered():
    rounds = {
        "ask": {"states": ["a"], "outcomes": {"on": {"opens": ["lead"]}}},
        "lead": {"states": ["a"], "opens": AFTER, "outcomes": {"on": "z"}, "of": "answered:ask:on"},
    }

    assert found(rounds, "a") == []


def test_what_is_decided_about_can_have_been_written():
    rounds = {
        "go": {"states": ["b"], "outcomes": {"on": "z"}, "text": ["paper"]},
        "up": {"states": ["a"], "outcomes": {"on": "b"}, "text": ["paper"]},
    }

    assert found(rounds, "a", "b") == []


def test_a_text_that_is_only_written_later_is_a_fault():
    raw = edited(put("documents/project_document/written_in", ["suspended"]))

    told = {str(fault) for fault in faults_of(raw)}

    assert (
        f"{STANDARD.name}: rounds.presentation: needs 'project_document' in 'formulation', "
        "but nobody can have written it by then"
    ) in told


@pytest.mark.parametrize(
    ("edits", "place", "words"),
    [
        (
            [put("rounds/return_lapse/outcomes/lapse", "screening"),
             put("rounds/deferral_lapse/outcomes/lapse", "decision"),
             drop("rounds/withdrawal"), drop("rules/submitter_withdraws")],
            "states.withdrawn", "cannot be reached",
        ),
        ([put("rounds/endorsement/opens", "on entry"),
          put("rounds/presentation/outcomes/present/opens", [])],
         "rounds.presentation.outcomes.present", "nobody asked"),
        ([put("rounds/lead_acceptance/outcomes/reached/opens", ["consultation"])],
         "rounds.lead_acceptance.outcomes.reached", "no place in 'lead_group'"),
        ([put("rounds/closure/outcomes/complete", "operational_closure")],
         "states.closed", "cannot be reached"),
    ],
    ids=["an unreachable end", "nobody asked", "a round elsewhere", "no way to close"],
)  # fmt: skip
def test_the_loader_refuses_an_unsound_file(edits: list[Edit], place: str, words: str):
    faults = faults_of(edited(*edits, raw=RAW))

    told = [f for f in faults if str(f.place) == f"{STANDARD.name}: {place}"]

    assert any(words in str(fault.problem) for fault in told)


def test_more_rounds_at_once_than_can_be_looked_at_are_refused_at_once():
    beside = {
        f"round_{number}": {"states": ["a"], "outcomes": {"on": {"opens": []}}}
        for number in range(30)
    }

    told = found({**beside, "last": {"states": ["a"], "outcomes": {"on": "z"}}}, "a")

    assert len(told) == 1
    assert told[0].startswith(
        "rounds: have cases stand in more than 2000 ways, too many to look at"
    )
