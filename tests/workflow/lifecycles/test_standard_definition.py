import json
from collections.abc import Iterable
from typing import Any

import pytest

from tests.workflow.engine.lifecycles import STANDARD
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.loader.files import load_file
from workflow.vocabulary import STAGES, Footing, Stage

PROPOSED = STANDARD.parents[3] / "shared" / "data" / "lifecycle" / "default_lifecycle.json"

LAID_OUT = {
    Stage.PROPOSAL: {"draft", "screening", "returned"},
    Stage.CONSULTATION: {"consultation", "answering", "second_reading", "lead_group"},
    Stage.APPROVAL: {"formulation", "appraisal", "decision", "deferred", "signature"},
    Stage.IMPLEMENTATION: {"inception", "active", "suspended"},
    Stage.EVALUATION: {"operational_closure"},
    Stage.END: {"closed", "rejected", "withdrawn", "cancelled"},
}

# Differences from the proposal that are on purpose.
LEFT_OUT_MOVES = {
    # A lead country that leaves is a matter of the parties to the case, not yet of a round.
    ("formulation", "lead_group"),
}
RENAMED_RULES = {
    "consultation_round": "consultation_positions",
    "lead_group_accept": "lead_group_acceptance",
    "pac_advice": "appraisal_advice",
    # Cancellation is decided as suspension is: by the same office after the same hearing.
    "cancellation_decision": "suspension_decision",
    # The donor signs its own block beside the others.
    "donor_agreement": "document_signatures",
}
LEFT_OUT_RULES = {
    "minor_amendment": "an amendment is a case of its own definition",
    "substantive_amendment": "an amendment is a case of its own definition",
}
RENAMED_DOCUMENTS = {"concept_note": "proposal"}
# What evaluations by rule stand on.
ADDED_SOURCES = {"GUIDE"}
# What is asked of programmes begun elsewhere is not of the proposal, see decision 44, nor what a cancellation owes.
ADDED_DOCUMENTS = {"adoption_record", "cancellation_notice", "ending_evidence", "waiver"}
LEFT_OUT_DOCUMENTS = {
    "eligibility_checklist": "the questions of the screening round",
    "consultation_record": "the sign-offs of the consultation round",
    "lead_group_note": "the sign-offs and the convenor of the lead group rounds",
    "results_framework": "a section of the project document",
    "budget": "a section of the project document",
    "risk_register": "a section of the project document",
    "country_endorsement": "the sign-offs of the endorsement round",
    "qa_design": "the questions of the appraisal's conclusion",
    "pac_minutes": "the sign-offs of the appraisal rounds",
    "board_decision": "the sign-offs of the Board's decision",
    "signed_document": "the sign-offs of the signing round",
    "board_minutes": "the sign-offs of the Board's closing review; yearly reviews recur",
    "amendment_request": "an amendment is a case of its own definition",
    "progress_report": "a report is a case of its own definition",
    "evaluation_report": "an evaluation is a case of its own definition",
    "management_response": "an evaluation is a case of its own definition",
}


@pytest.fixture(scope="module")
def standard() -> Definition:
    return load_file(STANDARD)


@pytest.fixture(scope="module")
def proposed() -> dict[str, Any]:
    if not PROPOSED.exists():
        pytest.skip("the proposed lifecycle is not beside the project, so nothing is compared")
    found: dict[str, Any] = json.loads(PROPOSED.read_text(encoding="utf-8"))
    return found


def test_it_has_twenty_states_and_seventeen_roles(standard: Definition):
    assert len(standard.states) == 20
    assert len(standard.roles) == 17


def test_every_state_is_laid_into_the_stage_of_the_design(standard: Definition):
    stages = {
        stage: {key for key, state in standard.states.items() if state.stage is stage}
        for stage in Stage
    }

    assert stages == LAID_OUT
    assert len(STAGES) == 5


def test_the_states_are_listed_stage_by_stage(standard: Definition):
    stages = [state.stage for state in standard.states.values()]

    assert stages == sorted(stages, key=list(Stage).index)


def test_a_case_begins_as_a_draft_and_has_four_ends(standard: Definition):
    assert standard.initial == "draft"
    assert {key for key, state in standard.states.items() if state.final} == LAID_OUT[Stage.END]


def test_every_sentence_ends_as_one(standard: Definition):
    rules = {spec.rule.key: spec.rule for spec in standard.rounds.values()}
    sentences = [
        *(state.meaning for state in standard.states.values()),
        *(role.what for role in standard.roles.values()),
        *(rule.words for rule in rules.values()),
        *(spec.if_silent for spec in standard.rounds.values()),
        *(verdict.meaning for rule in rules.values() for verdict in rule.verdicts.values()),
        *(verdict.consequence for rule in rules.values() for verdict in rule.verdicts.values()),
    ]

    assert [sentence for sentence in sentences if not sentence.endswith(".")] == []


def test_what_goes_against_somebody_needs_a_reason(standard: Definition):
    rules = {spec.rule.key: spec.rule for spec in standard.rounds.values()}

    silent = [
        (rule.key, verdict.key)
        for rule in rules.values()
        for verdict in rule.verdicts.values()
        if verdict.stance == "against" and not verdict.reason_required
    ]

    assert silent == []


def test_roles_keep_their_grounding(standard: Definition, proposed: dict[str, Any]):
    grounded = {role["id"]: set(role["grounding"]) for role in proposed["roles"]}

    found = {key: set(role.source) for key, role in standard.roles.items()}
    # Proposed later than the others, for the committees that steer delivery.
    assert found.pop("steering_member") == {"POPP"}
    assert found == grounded


def test_states_keep_their_iati_status_and_their_ends(
    standard: Definition, proposed: dict[str, Any]
):
    told = {s["id"]: (s["iati_activity_status"], s["terminal"]) for s in proposed["states"]}

    assert {key: (s.iati_status, s.final) for key, s in standard.states.items()} == told


def test_every_proposed_move_is_there_and_no_other(standard: Definition, proposed: dict[str, Any]):
    moves = {(move["from"], move["to"]) for move in proposed["transitions"]}

    of_managed = [s for s in standard.rounds.values() if s.footing is Footing.MANAGED]

    assert moves - LEFT_OUT_MOVES == set(_sources_by_move(of_managed))


def test_moves_keep_their_grounding(standard: Definition, proposed: dict[str, Any]):
    sources = _sources_by_move(standard.rounds.values())

    lost = [
        (move["id"], missing)
        for move in proposed["transitions"]
        if (move["from"], move["to"]) not in LEFT_OUT_MOVES
        and (missing := _missing(move, sources[move["from"], move["to"]]))
    ]

    assert lost == []


def test_rules_keep_their_kind_and_grounding(standard: Definition, proposed: dict[str, Any]):
    rules = {spec.rule.key: spec.rule for spec in standard.rounds.values()}

    for policy in proposed["signoff_policies"]:
        if policy["id"] not in LEFT_OUT_RULES:
            rule = rules[RENAMED_RULES.get(policy["id"], policy["id"])]
            assert (policy["id"], rule.kind) == (policy["id"], policy["kind"])
            assert _missing(policy, set(rule.source)) == set()


def test_every_role_that_may_sign_is_asked(standard: Definition, proposed: dict[str, Any]):
    rules = {spec.rule.key: spec.rule for spec in standard.rounds.values()}

    for policy in proposed["signoff_policies"]:
        if policy["id"] not in LEFT_OUT_RULES:
            rule = rules[RENAMED_RULES.get(policy["id"], policy["id"])]
            assert set(policy["eligible"]) <= {seat.role for seat in rule.seats}, policy["id"]


def test_documents_keep_their_category_and_grounding(
    standard: Definition, proposed: dict[str, Any]
):
    expected = {
        RENAMED_DOCUMENTS.get(document["id"], document["id"]): (
            document["iati_document_category"],
            set(document["grounding"]),
        )
        for document in proposed["documents"]
        if document["id"] not in LEFT_OUT_DOCUMENTS
    }

    documents = standard.documents.items()

    assert {
        key: (kind.iati_category, set(kind.source))
        for key, kind in documents
        if key not in ADDED_DOCUMENTS
    } == expected


def test_sources_are_those_of_the_proposal(standard: Definition, proposed: dict[str, Any]):
    assert set(standard.sources) - ADDED_SOURCES <= set(proposed["grounding"])


def _sources_by_move(rounds: Iterable[RoundSpec]) -> dict[tuple[str, str], set[str]]:
    """Where outcomes lead, with the sources of all rounds that lead there."""
    moves: dict[tuple[str, str], set[str]] = {}
    for spec in rounds:
        for state in spec.states:
            for target in spec.outcomes.values():
                if target.state is not None:
                    moves.setdefault((state, target.state), set()).update(spec.source)
    return moves


def _missing(thing: dict[str, Any], sources: set[str]) -> set[str]:
    return set(thing["grounding"]) - sources
