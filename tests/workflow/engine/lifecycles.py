"""Lifecycles for the tests: the standard one, small edits of it, and a very small one."""

import copy
import json
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from workflow.errors import Fault, FaultyFile
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import body_of, from_body, from_tables, load_file

STANDARD = Path(__file__).parents[3] / "config" / "lifecycles" / "programme-standard.toml"
RAW = tomllib.loads(STANDARD.read_text(encoding="utf-8"))
Edit = Callable[[dict[str, Any]], None]


def put(path: str, value: Any) -> Edit:
    """Sets what stands at `path`."""

    def edit(raw: dict[str, Any]) -> None:
        above, key = _above(raw, path)
        above[key] = value

    return edit


def drop(path: str) -> Edit:
    """Takes away what stands at `path`."""

    def edit(raw: dict[str, Any]) -> None:
        above, key = _above(raw, path)
        del above[key]

    return edit


def rename(path: str, name: str) -> Edit:
    """Gives what stands at `path` another key."""

    def edit(raw: dict[str, Any]) -> None:
        above, key = _above(raw, path)
        above[name] = above.pop(key)

    return edit


def _above(raw: Any, path: str) -> tuple[Any, Any]:
    *way, last = (int(part) if part.isdigit() else part for part in path.split("/"))
    for part in way:
        raw = raw[part]
    return raw, last


def edited(*edits: Edit, raw: dict[str, Any] = RAW) -> dict[str, Any]:
    """A copy of a lifecycle with `edits` made to it."""
    changed = copy.deepcopy(raw)
    for edit in edits:
        edit(changed)
    return changed


def childless(raw: dict[str, Any] = RAW) -> dict[str, Any]:
    """A lifecycle without the child cases that it opens, and without the rounds that open them."""
    bare = edited(drop("children"), raw=raw)
    leading = {
        key: [to for to in spec["outcomes"].values() if isinstance(to, dict) and "children" in to]
        for key, spec in bare["rounds"].items()
    }
    for key, opening in leading.items():
        if any(to.keys() == {"children"} for to in opening):
            del bare["rules"][bare["rounds"].pop(key)["rule"]]
    for spec in bare["rounds"].values():
        spec["outcomes"] = {key: _without_children(to) for key, to in spec["outcomes"].items()}
    for spec in bare["rounds"].values():
        spec.pop("waits_for", None)
        spec.pop("checklist", None)
    return bare


def _without_children(to: Any) -> Any:
    return to["state"] if isinstance(to, dict) and "children" in to else to


def written(folder: Path, raw: dict[str, Any]) -> Path:
    """A file that holds `raw` as TOML."""
    path = folder / STANDARD.name
    lines = [f"{key} = {_toml(value)}\n" for key, value in raw.items()]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if not hasattr(value, "isoformat") else str(value)


def faults_in(path: Path) -> tuple[Fault, ...]:
    """Everything that the loader finds wrong with the file at `path`."""
    return _faults(partial(load_file, path))


def faults_of(raw: dict[str, Any]) -> tuple[Fault, ...]:
    """Everything that the loader would find wrong with a file that holds `raw`."""
    return _faults(partial(from_tables, raw, STANDARD.name))


def _faults(load: Callable[[], Definition]) -> tuple[Fault, ...]:
    try:
        load()
    except FaultyFile as refusal:
        return refusal.faults
    return ()


def small(rounds: dict[str, Any], *states: str) -> Definition:
    """A definition with `states` (a, b, … and the final z) and `rounds`, each a timid single."""
    return from_body(body_of(small_raw(rounds, *states)))


def small_raw(rounds: dict[str, Any], *states: str) -> dict[str, Any]:
    """The tables of a small definition, in which every outcome of a round is a verdict."""
    return {
        "key": "small",
        "title": "Small",
        "version": "1",
        "subject": "programme",
        "initial": "a",
        "sources": {"DESIGN": "a choice"},
        "roles": {"officer": {"label": "Officer", "what": "Answers.", "source": ["DESIGN"]}},
        "states": {
            **{state: _state(state, "proposal") for state in states},
            "z": {**_state("z", "end"), "final": True},
        },
        "documents": {"paper": _paper(["a"])},
        "rules": {key: _rule(spec) for key, spec in rounds.items()},
        "rounds": {key: _round(key, spec) for key, spec in rounds.items()},
    }


def _state(key: str, stage: str) -> dict[str, Any]:
    return {"label": key.upper(), "stage": stage, "meaning": "Stands for itself.", "iati": "1"}


def _paper(written_in: list[str]) -> dict[str, Any]:
    return {
        "label": "Paper",
        "content": "Words.",
        "iati": "A01",
        "attach": True,
        "written_by": [{"role": "officer", "of": "office:desk"}],
        "written_in": written_in,
        "source": ["DESIGN"],
    }


def _rule(spec: dict[str, Any]) -> dict[str, Any]:
    verdict = {"label": "", "stance": "for", "meaning": "I do.", "consequence": "It is done."}
    return {
        "kind": "single",
        "words": "One officer answers.",
        "seats": [{"role": "officer", "of": spec.get("of", "office:desk")}],
        "verdicts": {
            outcome: {**verdict, "label": outcome, "outcome": outcome}
            for outcome in spec["outcomes"]
        },
        "source": ["DESIGN"],
        **({"never": spec["never"]} if "never" in spec else {}),
    }


def _round(key: str, spec: dict[str, Any]) -> dict[str, Any]:
    kept = {word: spec[word] for word in ("after_round", "text") if word in spec}
    return {
        "label": key,
        "asks": "answer",
        "states": spec["states"],
        "opens": spec.get("opens", "on entry"),
        "rule": key,
        "if_silent": "Nothing.",
        "outcomes": spec["outcomes"],
        "source": ["DESIGN"],
        **kept,
    }
