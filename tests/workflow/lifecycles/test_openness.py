"""What a lifecycle declares of visibility: the words, what holds where a file is silent, and faults."""

from pathlib import Path
from typing import Any

import pytest

from tests.workflow.engine.lifecycles import STANDARD, Edit, edited, faults_of, put, written
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.openness import OF_ANSWERS, OF_TEXTS, Openness, Reads

FIELD = "documents/proposal/sections/0/fields/0"


def read(folder: Path, *edits: Edit) -> Definition:
    return load_file(written(folder, edited(*edits)))


def silent() -> dict[str, Any]:
    """The standard lifecycle as it was before anything was declared."""
    raw = edited()
    for group in ("documents", "rounds"):
        for entry in raw[group].values():
            entry.pop("open_to", None)
    for state in raw["states"].values():
        state.pop("decided", None)
    return raw


def test_the_standard_lifecycle_opens_texts_with_the_decision_and_the_decision_itself_to_all() -> (
    None
):
    standard = load_file(STANDARD)

    assert standard.documents["proposal"].open_to is Openness.AFTER_DECISION
    assert standard.documents["request_letter"].open_to is Openness.PARTICIPANTS
    assert {key for key, spec in standard.rounds.items() if spec.open_to is Openness.EVERYBODY} == {
        "decision", "decision_by_silence", "adoption", "adoption_by_silence", "record_only",
        "record_reopened", "ended_elsewhere",
    }  # fmt: skip
    assert {"signature", "rejected"} <= {k for k, s in standard.states.items() if s.decided}


def test_an_older_lifecycle_that_says_nothing_is_as_strict(tmp_path: Path) -> None:
    older = load_file(written(tmp_path, silent()))

    assert {each.open_to for each in older.documents.values()} == {OF_TEXTS}
    assert {each.open_to for each in older.rounds.values()} == {OF_ANSWERS}
    assert {key for key, state in older.states.items() if state.decided} == {
        "inception", "active", "suspended", "operational_closure",
    }  # fmt: skip


def test_what_is_said_is_read(tmp_path: Path) -> None:
    said = read(
        tmp_path,
        put("rounds/screening/open_to", "everybody"),
        put("documents/project_document/open_to", "everybody"),
        put("states/deferred/decided", True),
        put("roles/donor/reads", "facts"),
        put(f"{FIELD}/confidential", True),
    )

    assert said.rounds["screening"].open_to is Openness.EVERYBODY
    assert said.documents["project_document"].open_to is Openness.EVERYBODY
    assert said.states["deferred"].decided
    assert said.roles["donor"].reads is Reads.FACTS
    assert next(said.documents["proposal"].fields()).confidential


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (put("rounds/screening/open_to", "auditors"), "rounds.screening.open_to"),
        (put("documents/proposal/open_to", "the world"), "documents.proposal.open_to"),
        (put("roles/donor/reads", "everything"), "roles.donor.reads"),
        (put("states/active/decided", "yes"), "states.active.decided"),
        (put("states/draft/decided", True), "states.draft.decided"),
        (put("documents/proposal/sections/3/fields/2/columns/0/confidential", True),
         "documents.proposal.sections[3].fields[2].columns[0].confidential"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_told_at_its_place(edit: Edit, place: str) -> None:
    faults = faults_of(edited(edit))

    assert [str(fault.place).rpartition(": ")[2] for fault in faults] == [place]
