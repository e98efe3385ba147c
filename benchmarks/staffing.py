"""How long it takes to say whether people are left for a lifecycle: sixty steps and ten thousand people."""

import time
from collections.abc import Iterator
from random import Random

from benchmarks.figures import MILLISECONDS, Figure
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import body_of, from_body
from workflow.lifecycles.staffing.effort import BeyondEffort, SearchEffort
from workflow.lifecycles.staffing.field import TaskField
from workflow.lifecycles.staffing.findings import Feasibility, staffing
from workflow.lifecycles.staffing.house import StaffedHouse, StaffedSeat
from workflow.lifecycles.staffing.separation import assigned

STEPS, PEOPLE = 60, 10_000
PLACE = f"{STEPS} steps, {PEOPLE:,} people"
PAPER = {
    "label": "Paper", "content": "Words.", "iati": "A01", "attach": True, "source": ["DESIGN"],
    "written_by": [{"role": "officer", "of": "office:desk"}], "written_in": ["state_0"],
}  # fmt: skip
SAID = {
    Feasibility.CAN: "possible",
    Feasibility.CANNOT: "impossible",
    Feasibility.UNKNOWN: "not known",
}


def measure(seed: int) -> Iterator[Figure]:
    """The processor of each instance, with what was said of it: possible, impossible, and too hard to know."""
    random = Random(seed)
    everybody = range(PEOPLE)
    wide = [frozenset(random.sample(everybody, PEOPLE // 3)) for _ in range(STEPS)]
    few = [frozenset(random.sample(range(61), 40)) | frozenset({61}) for _ in range(STEPS)]
    short = [frozenset(range(STEPS - 1)) for _ in range(STEPS)]
    for what, able, share in (
        ("each third person able, half of the steps apart", wide, 0.5),
        ("each third person able, all steps apart", wide, 1.0),
        ("sixty-two people for sixty steps, all apart", few, 1.0),
        ("fifty-nine people for sixty steps, all apart", short, 1.0),
    ):
        yield _of_lifecycle(what, able, share, random)
    for people in (8, 9, 10, 11, 12):
        yield _hard(people, Random(seed + people))


def _of_lifecycle(what: str, able: list[frozenset[int]], share: float, random: Random) -> Figure:
    """The whole answer for a lifecycle of as many rounds one after the other."""
    definition = sequence(share, random)
    house = StaffedHouse(
        {
            key: (StaffedSeat(at, "officer", at, key, held_by=able[at]),)
            for at, key in enumerate(definition.rounds)
        }
    )
    began = time.process_time()
    report = staffing(definition, house)
    spent = 1000 * (time.process_time() - began)
    told = {
        "said": SAID[report.ends[0].standing],
        "people": len(TaskField(definition, house).people),
        "whom nobody can replace": len(report.leaving) if report.complete else "not known",
    }
    return Figure("staffing", PLACE, what, MILLISECONDS, spent, detail=told)


def _hard(people: int, random: Random) -> Figure:
    """Steps of which half must be done by others, for so few people that everything has to be tried."""
    apart = [0] * STEPS
    for one in range(STEPS):
        for other in range(one):
            if random.random() < 0.5:
                apart[one] |= 1 << other
                apart[other] |= 1 << one
    began = time.process_time()
    try:
        found = assigned([(1 << people) - 1] * STEPS, apart, SearchEffort())
        said = SAID[Feasibility.CAN if found else Feasibility.CANNOT]
    except BeyondEffort:
        said = SAID[Feasibility.UNKNOWN]
    spent = 1000 * (time.process_time() - began)
    what = f"{people} people for {STEPS} steps, half of them apart at random"
    return Figure("staffing", PLACE, what, MILLISECONDS, spent, detail={"said": said})


def sequence(share: float, random: Random) -> Definition:
    """A lifecycle of rounds one after the other, each barred to those who answered a share of those before."""
    keys = [f"step_{at}" for at in range(STEPS)]
    states = [f"state_{at}" for at in range(STEPS)]
    rules = {
        key: {
            "kind": "single",
            "words": "One officer answers.",
            "seats": [{"role": "officer", "of": "office:desk"}],
            "never": [f"signed:{each}" for each in keys[:at] if random.random() < share],
            "verdicts": {
                "on": {
                    "label": "On", "stance": "for", "outcome": "on", "meaning": "I do.",
                    "consequence": "It is done.",
                }
            },
            "source": ["DESIGN"],
        }
        for at, key in enumerate(keys)
    }  # fmt: skip
    for rule in rules.values():
        if not rule["never"]:
            del rule["never"]
    rounds = {
        key: {
            "label": key, "asks": "answer", "states": [states[at]], "opens": "on entry",
            "rule": key, "if_silent": "Nothing.", "source": ["DESIGN"],
            "outcomes": {"on": [*states, "end"][at + 1]},
        }
        for at, key in enumerate(keys)
    }  # fmt: skip
    state = {"stage": "proposal", "meaning": "Stands for itself.", "iati": "1"}
    return from_body(
        body_of(
            {
                "key": "sequence",
                "title": "Sequence",
                "version": "1",
                "subject": "programme",
                "initial": states[0],
                "sources": {"DESIGN": "a choice"},
                "roles": {
                    "officer": {"label": "Officer", "what": "Answers.", "source": ["DESIGN"]}
                },
                "states": {
                    **{each: {**state, "label": each} for each in states},
                    "end": {**state, "label": "End", "stage": "end", "final": True},
                },
                "documents": {"paper": PAPER},
                "rules": rules,
                "rounds": rounds,
            }
        )
    )
