"""Small lifecycles with duties, and small houses for them, drawn by a seed."""

from random import Random
from typing import Any

from tests.workflow.engine.lifecycles import small_raw
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import body_of, from_body
from workflow.lifecycles.staffing.house import Doer, StaffedHouse, StaffedSeat

STATES = ("a", "b", "c")
# Which party each office is of, by number.
OFFICES = {"office:desk": 1, "office:other": 2}
KINDS = ("single", "single", "all_of", "dual", "threshold")


def drawn(seed: int) -> tuple[Definition, StaffedHouse]:
    """A lifecycle of a few rounds one after the other, and three people for them."""
    random = Random(seed)
    definition = from_body(body_of(_lifecycle(random)))
    return definition, _house(random, definition)


def _lifecycle(random: Random) -> dict[str, Any]:
    keys = [f"r{at}" for at in range(random.randint(2, 4))]
    rounds: dict[str, Any] = {}
    for at, key in enumerate(keys):
        state = STATES[min(at, 2)]
        after = "z" if at == len(keys) - 1 else STATES[min(at + 1, 2)]
        rounds[key] = {"states": [state], "outcomes": {"on": after}, "text": ["paper"]}
        if at >= 2 and at < len(keys) - 1:
            rounds[key]["outcomes"] = {"on": {"opens": [keys[at + 1]]}}
        if at >= 3:
            rounds[key]["opens"] = "after another round"
    if random.random() < 0.4:
        rounds["aside"] = {
            "states": ["a"], "opens": "on initiative", "outcomes": {"by": random.choice("bz")},
        }  # fmt: skip
    raw = small_raw(rounds, *STATES[: len(keys)])
    for at, key in enumerate(keys):
        _ruled(random, raw["rules"][key], raw["rounds"][key], keys[:at])
    return raw


def _ruled(random: Random, rule: dict[str, Any], spec: dict[str, Any], earlier: list[str]) -> None:
    """Give a round a kind of rule, seats and duties."""
    of = [*OFFICES]
    random.shuffle(of)
    kind = random.choice(KINDS)
    seats = of[:1] if kind == "single" else of
    rule["seats"] = [{"role": "officer", "of": each} for each in seats]
    bars = ["author", *(f"signed:{key}" for key in earlier)]
    bars += [f"{whose}:signed:{key}" for whose in ("party", "office") for key in earlier[-1:]]
    never = random.sample(bars, random.randint(0, min(2, len(bars))))
    if never:
        rule["never"] = never
    (verdict,) = rule["verdicts"].values()
    if random.random() < 0.3:
        verdict["needs"] = ["paper"]
    _of_kind(rule, spec, kind, verdict)


def _of_kind(
    rule: dict[str, Any], spec: dict[str, Any], kind: str, verdict: dict[str, Any]
) -> None:
    rule["kind"] = kind
    if kind == "single":
        return
    del verdict["outcome"]
    (target,) = spec["outcomes"].values()
    if kind == "threshold":
        rule["threshold"] = 1
        spec["outcomes"] = {"reached": target, "not_reached": {"opens": []}}
        spec |= {"within": {"amount": 5, "unit": "days"}, "at_due": "settle"}
    else:
        spec["outcomes"] = {"complete": target}


def _house(random: Random, definition: Definition) -> StaffedHouse:
    people = range(1, random.randint(2, 3) + 1)
    held = {of: frozenset(p for p in people if random.random() < 0.5) for of in OFFICES}
    mandates = {
        of: frozenset(
            Doer(delegate, whom)
            for whom in held[of]
            for delegate in people
            if delegate != whom and random.random() < 0.15
        )
        for of in OFFICES
    }
    seats, number = dict[str, tuple[StaffedSeat, ...]](), 0
    for spec in definition.rounds.values():
        asked = []
        for seat in spec.rule.seats:
            number += 1
            asked.append(
                StaffedSeat(
                    number, seat.role, OFFICES[seat.of], seat.of, seat.of,
                    held_by=held[seat.of], mandates=mandates[seat.of],
                )
            )  # fmt: skip
        seats[spec.key] = tuple(asked)
    return StaffedHouse(seats, writers={"paper": held["office:desk"]})
