import gc
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from transitions import Machine

from tests.workflow.engine.lifecycles import STANDARD, small
from workflow.lifecycles import machine
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.machine import BrokenLifecycle, Fate, fate, next_state, opened_on_entry
from workflow.vocabulary import Footing

TURN = {"turn": {"states": ["a"], "outcomes": {"on": "z", "stay": {"opens": []}, "back": "a"}}}
WALK = {
    "go": {"states": ["a"], "outcomes": {"on": "b"}},
    "end": {"states": ["b"], "outcomes": {"on": "z"}},
}


@pytest.fixture(scope="module")
def standard():
    return load_file(STANDARD)


def test_every_outcome_leads_where_the_definition_says(standard: Definition):
    moves = [
        (state, spec.key, outcome, target.state or state)
        for spec in standard.rounds.values()
        for state in spec.states
        for outcome, target in spec.outcomes.items()
    ]

    went = [next_state(standard, state, key, outcome) for state, key, outcome, _ in moves]

    assert went == [expected for *_, expected in moves]


def test_an_outcome_that_only_opens_rounds_leaves_the_state():
    assert next_state(small(TURN, "a"), "a", "turn", "stay") == "a"


def test_an_outcome_may_enter_the_same_state_anew():
    assert next_state(small(TURN, "a"), "a", "turn", "back") == "a"


@pytest.mark.parametrize(
    ("state", "round_key", "outcome"),
    [
        ("a", "go", "up"),
        ("a", "nothing", "on"),
        ("a", "end", "on"),
        ("b", "go", "on"),
        ("z", "go", "on"),
        ("nowhere", "go", "on"),
        ("", "", ""),
    ],
)
def test_a_move_that_nobody_wrote_down_is_a_bug_of_ours(state: str, round_key: str, outcome: str):
    with pytest.raises(BrokenLifecycle, match="has no way out"):
        next_state(small(WALK, "a", "b"), state, round_key, outcome)


@pytest.mark.parametrize("jump", ["to_z", "to_b", "trigger", "initial", "may_to_z"])
def test_nothing_jumps_to_a_state_without_an_outcome(jump: str):
    definition = small(WALK, "a", "b")

    compiled = machine._compile(definition)

    assert jump not in compiled.events
    assert set(compiled.events) == {"go.on", "end.on"}


def test_a_word_that_looks_like_python_is_never_looked_up():
    definition = small(
        {
            "os": {"states": ["a"], "outcomes": {"system": "subprocess", "on_exit_a": "z"}},
            "shutil": {"states": ["subprocess"], "outcomes": {"rmtree": "z"}},
        },
        "a",
        "subprocess",
    )
    before = set(sys.modules)

    state = next_state(definition, "a", "os", "system")

    assert state == "subprocess"
    assert set(sys.modules) == before
    callbacks = [
        step.before + step.after + step.conditions + step.prepare
        for event in machine._compile(definition).events.values()
        for steps in event.transitions.values()
        for step in steps
    ]
    assert not any(callbacks)


def test_a_state_that_is_not_there_is_found_when_compiling():
    object.__setattr__(lost := small(WALK, "a", "b"), "states", {"a": lost.states["a"]})

    with pytest.raises(BrokenLifecycle, match="names a state that is not there"):
        machine._compile(lost)


def test_nothing_is_registered_with_the_machine():
    definition = small(WALK, "a", "b")

    next_state(definition, "a", "go", "on")

    assert machine._compiled(definition).models == []


def test_a_definition_is_compiled_once():
    first, same = small(WALK, "a", "b"), small(WALK, "a", "b")

    assert machine._compiled(first) is machine._compiled(same)


def test_no_more_machines_are_kept_than_are_of_use(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machine, "MOST_KEPT", 3)
    monkeypatch.setattr(machine, "_machines", {})

    for number in range(10):
        next_state(
            small({f"go{number}": WALK["go"] | {"outcomes": {"on": "z"}}}, "a"),
            "a",
            f"go{number}",
            "on",
        )

    assert len(machine._machines) <= 3


def test_eight_threads_share_one_machine(standard: Definition):
    def walk(_: int) -> str:
        state = "draft"
        for key, outcome in [
            ("submission", "submit"),
            ("screening", "return"),
            ("resubmission", "submit"),
        ]:
            state = next_state(standard, state, key, outcome)
        return state

    with ThreadPoolExecutor(8) as threads:
        ends = list(threads.map(walk, range(2000)))

    assert set(ends) == {"screening"}


@pytest.mark.proof(apart=True)
def test_moving_many_cases_keeps_nothing_in_memory(standard: Definition):
    next_state(standard, "draft", "submission", "submit")
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()

    for _ in range(5000):
        next_state(standard, "draft", "submission", "submit")

    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 20_000


def test_registering_a_case_would_set_it_back_to_the_beginning():
    naive = Machine(model=None, states=["a", "b"], initial="a", auto_transitions=False)
    cursor = SimpleNamespace(state="b")

    naive.add_model(cursor)

    assert cursor.state == "a"


def test_a_state_that_pauses_stops_what_is_open_behind_it(standard: Definition):
    assert fate(standard, standard.rounds["consent"], "screening", "returned") is Fate.STOPS
    assert fate(standard, standard.rounds["completion"], "active", "suspended") is Fate.STOPS


def test_what_was_stopped_goes_on_where_it_was_opened_and_nowhere_else(standard: Definition):
    back = fate(
        standard, standard.rounds["consent"], "returned", "screening", waits_since="screening"
    )
    elsewhere = fate(
        standard, standard.rounds["consent"], "returned", "withdrawn", waits_since="screening"
    )

    assert (back, elsewhere) == (Fate.GOES_ON, Fate.OVERTAKEN)


def test_a_move_without_a_pause_overtakes_what_is_open(standard: Definition):
    assert fate(standard, standard.rounds["consent"], "screening", "consultation") is Fate.OVERTAKEN


def test_all_rounds_of_a_state_open_as_it_is_entered_and_few_where_it_goes_on(standard: Definition):
    entered = opened_on_entry(standard, "active", Footing.MANAGED, "inception")
    resumed = opened_on_entry(standard, "active", Footing.MANAGED, "suspended", goes_on=True)

    assert [spec.key for spec in entered] == ["completion"]
    assert resumed == ()
