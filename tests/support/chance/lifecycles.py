"""Lifecycles at random: small ones of every kind of rule that people can be asked by, made from a seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from workflow.lifecycles import soundness
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import body_of, from_body

Asked = tuple[str, str]
OFFICE = "office:special-unit"
CAST: Sequence[Asked] = (
    ("submitter", "proposer"),
    ("national_authority", "beneficiary"),
    ("executing_agency", "executing_agency"),
    ("programme_manager", "executing_agency"),
    ("unit_officer", OFFICE),
    ("unit_head", OFFICE),
    ("finance_officer", OFFICE),
    ("quality_assurer", OFFICE),
    ("pac_chair", OFFICE),
    ("evaluator", "office:evaluation-office"),
    ("board_member", "board"),
    # An office that nobody holds in the demo's house.
    ("donor", "beneficiary"),
)
STATES = ("a", "b", "c")
LAST = "z"
KINDS = (
    *("single", "single", "single", "all_of", "dual", "threshold", "positions", "consensus"),
    *("sequential", "quorum_by_category", "single_after_consultation"),
)
SOURCE = ["DESIGN"]


def lifecycle(seed: int) -> Definition:
    """The lifecycle of this seed, as sound as one that is published; the same seed makes the same one."""
    chance = Random(seed)
    while True:
        made = from_body(body_of(_Maker(chance, seed).tables()))
        if not soundness.faults(made):
            return made


@dataclass(slots=True)
class _Maker:
    """One lifecycle in the making; what rules need of each other is kept to, the rest is chance."""

    chance: Random
    seed: int
    rules: dict[str, Any] = field(default_factory=dict)
    rounds: dict[str, Any] = field(default_factory=dict)

    def tables(self) -> dict[str, Any]:
        documents = {key: self._paper(key) for key in ("paper", "report")}
        for state in STATES:
            for number in range(self.chance.choice((1, 1, 2, 3))):
                self._round(f"{state}_{number}", state, first=number == 0)
        self._follow()
        return {
            "key": f"random-{self.seed}",
            "title": f"Random {self.seed}",
            "version": "1",
            "subject": "programme",
            "initial": "a",
            "sources": {"DESIGN": "a choice"},
            "roles": {
                role: {"label": role.replace("_", " ").capitalize(), "what": "Answers.", "source": SOURCE}
                for role, _ in CAST
            },
            "states": {
                **{state: _state(state, "proposal") for state in STATES},
                LAST: {**_state(LAST, "end"), "final": True},
            },
            "documents": documents,
            "rules": self.rules,
            "rounds": self.rounds,
        }  # fmt: skip

    def _paper(self, key: str) -> dict[str, Any]:
        role, of = self.chance.choice([each for each in CAST if each[1] != "board"])
        words = {"key": "words", "label": "Words", "kind": "line", "required": True}
        return {
            "label": key.capitalize(),
            "content": "Words.",
            "iati": "A01",
            "attach": False,
            "serial": key == "report",
            "written_by": [{"role": role, "of": of}],
            "written_in": self.chance.sample(STATES, 2),
            "sections": [{"key": "text", "title": "Text", "hint": "", "fields": [words]}],
            "source": SOURCE,
        }

    def _round(self, key: str, state: str, *, first: bool) -> None:
        opens = "on entry" if first else self.chance.choice(("on entry", "on initiative"))
        kind = self.chance.choice(KINDS)
        self.rules[key] = self._rule(kind)
        spec: dict[str, Any] = {
            "label": f"Round {key}",
            "asks": f"answer {key}",
            "states": [state],
            "opens": opens,
            "rule": key,
            "text": self.chance.choice(([], [], ["paper"], ["paper", "report"])),
            "if_silent": "Nothing.",
            "source": SOURCE,
        }
        if kind in {"threshold", "positions", "quorum_by_category", "single_after_consultation"}:
            spec |= {"within": {"amount": 5, "unit": "days"}, "at_due": "settle"}
        if opens == "on entry" and spec["text"] and self.chance.random() < 0.3:
            spec["declares"] = [self.rules[key]["seats"][0]["role"]]
        earlier = [other for other, each in self.rounds.items() if each["states"] == [state]]
        if earlier and self.chance.random() < 0.4:
            spec["after_round"] = self.chance.choice(earlier)
        self.rounds[key] = spec

    def _follow(self) -> None:
        """Say where each outcome leads, and what bars whom, once all rounds are known."""
        for key, spec in self.rounds.items():
            rule = self.rules[key]
            decided = {each["outcome"] for each in rule["verdicts"].values() if "outcome" in each}
            spec["outcomes"] = {
                outcome: self._target(spec["states"][0])
                for outcome in sorted(decided | set(COMPUTED.get(rule["kind"], ())))
            }
            bars = ["author", *(f"signed:{other}" for other in self.rounds if other != key)]
            rule["never"] = self.chance.sample(bars, self.chance.choice((0, 0, 1, 2)))
        for rule in self.rules.values():
            if "refuse" in rule["verdicts"] and self.chance.random() < 0.3:
                rule["verdicts"]["agree"]["never"] = ["author"]

    def _target(self, state: str) -> Any:
        here = [
            other
            for other, each in self.rounds.items()
            if each["states"] == [state] and each["opens"] != "on initiative"
        ]
        further = STATES[STATES.index(state) + 1 :] or (LAST,)
        return self.chance.choice([further[0], *STATES, {"opens": [self.chance.choice(here)]}])

    def _rule(self, kind: str) -> dict[str, Any]:
        seats = [self._seat() for _ in range(SEATS.get(kind, 1))]
        rule: dict[str, Any] = {
            "kind": kind,
            "words": "As it is said.",
            "seats": _distinct(seats),
            "source": SOURCE,
            **FIGURES.get(kind, {}),
        }
        categories: list[str] = rule.get("categories", [])
        if categories:
            for place, seat in enumerate(rule["seats"]):
                seat["category"] = categories[place % len(categories)]
            rule["categories"] = categories[: len(rule["seats"])]
        if kind == "single_after_consultation":
            rule["seats"] = [seats[0], {"role": "unit_officer", "of": OFFICE, "part": "consulted"}]
        if kind == "dual" and len(rule["seats"]) == 1:
            rule["seats"].append(_other(rule["seats"][0]))
        rule["verdicts"] = self._verdicts(kind)
        return rule

    def _seat(self) -> dict[str, Any]:
        role, of = self.chance.choice(CAST)
        return {"role": role, "of": of}

    def _verdicts(self, kind: str) -> dict[str, Any]:
        for_, against = _verdict("Agree", "for"), _verdict("Refuse", "against")
        if kind in {"single", "single_after_consultation", "consensus"}:
            for_["outcome"] = "agreed"
        if kind in {"single", "single_after_consultation", "all_of", "dual", "sequential"}:
            against["outcome"] = "refused"
        if self.chance.random() < 0.4:
            for_["needs"] = [self.chance.choice(("paper", "report"))]
        if self.chance.random() < 0.5:
            against["reason"] = "required"
        found = {"agree": for_}
        if self.chance.random() < 0.7:
            found["refuse"] = against
        if kind == "single_after_consultation":
            found["heard"] = _verdict("Heard", "neutral") | {"part": "consulted"}
        return found


COMPUTED: Mapping[str, tuple[str, ...]] = {
    "all_of": ("complete",),
    "threshold": ("reached", "not_reached"),
    "positions": ("passed", "failed"),
    "quorum_by_category": ("advised",),
    "dual": ("complete",),
    "sequential": ("complete",),
}
FIGURES: Mapping[str, dict[str, Any]] = {
    "threshold": {"threshold": 1},
    "positions": {"quorum_share": "1/2", "quorum_least": 1},
    "quorum_by_category": {"categories": ["one", "two"]},
    "sequential": {"categories": ["one", "two", "three"]},
}
SEATS: Mapping[str, int] = {
    "dual": 2, "all_of": 2, "threshold": 2, "positions": 3, "quorum_by_category": 2, "sequential": 3,
    "consensus": 2,
}  # fmt: skip


def _distinct(seats: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({(each["role"], each["of"]): each for each in seats}.values())


def _other(seat: Mapping[str, Any]) -> dict[str, Any]:
    """A seat of another office than this one."""
    return {"role": "unit_head" if seat["role"] != "unit_head" else "unit_officer", "of": OFFICE}


def _verdict(label: str, stance: str) -> dict[str, Any]:
    return {"label": label, "stance": stance, "meaning": "I do.", "consequence": "It is done."}


def _state(key: str, stage: str) -> dict[str, Any]:
    return {"label": key.upper(), "stage": stage, "meaning": "Stands for itself.", "iati": "1"}
