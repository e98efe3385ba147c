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
LEFT_OUT_ROLES = {"evaluator": "an evaluation is a case of its own definition"}
ADDED_ROLES = {"steering_member": "proposed later, for the committees that steer delivery"}
LEFT_OUT_STATES = {
    "evaluation": "an evaluation is a case of its own definition",
    "financial_closure": "accounts are settled while the programme is operationally closed",
}
ADDED_STATES = {
    "answering": "the comments of countries are answered before a lead group is formed",
    "second_reading": "those who commented read the answers",
}
LEFT_OUT_MOVES = {
    ("operational_closure", "evaluation"): "the evaluation opens as a case beside the programme",
    ("evaluation", "financial_closure"): "the evaluation ends as a case beside the programme",
    ("operational_closure", "financial_closure"): "both are done in one state",
}
# What led out of a state that was left out leads out of the one in which its work is done.
RENAMED_MOVES = {("financial_closure", "closed"): ("operational_closure", "closed")}
ADDED_MOVES = {
    ("answering", "second_reading"): "comments that are answered are read by those who made them",
    ("second_reading", "lead_group"): "the report of the consultation is signed",
    ("answering", "withdrawn"): "a proposal is withdrawn at any time before the decision",
    ("second_reading", "withdrawn"): "a proposal is withdrawn at any time before the decision",
}
RENAMED_RULES = {
    "consultation_round": "consultation_positions",
    "lead_group_accept": "lead_group_acceptance",
    "pac_advice": "appraisal_advice",
    # The donor signs its own block beside the others.
    "donor_agreement": "document_signatures",
}
LEFT_OUT_RULES = {
    "evaluation_accept": "an evaluation is a case of its own definition",
    "minor_amendment": "an amendment is a case of its own definition",
    "substantive_amendment": "an amendment is a case of its own definition",
}
RENAMED_DOCUMENTS = {"concept_note": "proposal"}
ADDED_SOURCES = {
    "GUIDE": "what evaluations by rule stand on",
    "CF7": "what answers to the comments of countries stand on",
    "JIU": "what lessons stand on",
}
ADDED_DOCUMENTS = {
    "adoption_record": "asked of programmes begun elsewhere, see decision 44",
    "ending_evidence": "asked of programmes begun elsewhere, see decision 44",
    "cancellation_notice": "what a cancellation owes",
    "consultation_report": "what became of the comments of countries",
    "waiver": "why a programme is not evaluated",
}
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
    "closure_checklist": "the checklist of the financial closure is computed, see decision 71",
    "evaluation_report": "an evaluation is a case of its own definition",
    "management_response": "an evaluation is a case of its own definition",
}


@pytest.fixture(scope="module")
def standard() -> Definition:
    return load_file(STANDARD)


@pytest.fixture(scope="module")
def evaluation() -> Definition:
    return load_file(STANDARD.with_name("evaluation.toml"))


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

    assert found.keys() - grounded.keys() == ADDED_ROLES.keys()
    assert grounded.keys() - found.keys() == LEFT_OUT_ROLES.keys()
    assert found["steering_member"] == {"POPP"}
    assert {key: found[key] for key in found.keys() - ADDED_ROLES.keys()} == {
        key: grounded[key] for key in grounded.keys() - LEFT_OUT_ROLES.keys()
    }


def test_states_keep_their_iati_status_and_their_ends(
    standard: Definition, proposed: dict[str, Any]
):
    told = {s["id"]: (s["iati_activity_status"], s["terminal"]) for s in proposed["states"]}

    found = {key: (state.iati_status, state.final) for key, state in standard.states.items()}

    assert found.keys() - told.keys() == ADDED_STATES.keys()
    assert told.keys() - found.keys() == LEFT_OUT_STATES.keys()
    assert {found[key] for key in ADDED_STATES} == {("1", False)}
    assert {key: found[key] for key in found.keys() - ADDED_STATES.keys()} == {
        key: told[key] for key in told.keys() - LEFT_OUT_STATES.keys()
    }


def test_every_proposed_move_is_there_and_no_other(standard: Definition, proposed: dict[str, Any]):
    moves = {_move(each) for each in proposed["transitions"]}

    of_managed = [s for s in standard.rounds.values() if s.footing is Footing.MANAGED]
    found = set(_sources_by_move(of_managed))

    assert found - moves == ADDED_MOVES.keys()
    assert moves - found == LEFT_OUT_MOVES.keys()


def test_moves_keep_their_grounding(standard: Definition, proposed: dict[str, Any]):
    sources = _sources_by_move(standard.rounds.values())

    lost = [
        (move["id"], missing)
        for move in proposed["transitions"]
        if _move(move) not in LEFT_OUT_MOVES and (missing := _missing(move, sources[_move(move)]))
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

    found = {
        key: (kind.iati_category, set(kind.source)) for key, kind in standard.documents.items()
    }

    assert found.keys() - expected.keys() == ADDED_DOCUMENTS.keys()
    assert {key: found[key] for key in found.keys() - ADDED_DOCUMENTS.keys()} == expected


def test_sources_are_those_of_the_proposal_and_few_more(
    standard: Definition, proposed: dict[str, Any]
):
    assert set(standard.sources) - set(proposed["grounding"]) == ADDED_SOURCES.keys()


def test_nothing_stands_in_it_that_is_told_to_be_left_out(
    standard: Definition, proposed: dict[str, Any]
):
    rules = {spec.rule.key for spec in standard.rounds.values()}

    assert standard.documents.keys() & LEFT_OUT_DOCUMENTS.keys() == set()
    assert rules & (LEFT_OUT_RULES.keys() | RENAMED_RULES.keys()) == set()
    assert {each["id"] for each in proposed["documents"]} >= LEFT_OUT_DOCUMENTS.keys()
    assert {each["id"] for each in proposed["signoff_policies"]} >= LEFT_OUT_RULES.keys()


def test_the_checklist_of_the_closure_keeps_the_grounding_of_the_paper_that_was_proposed(
    standard: Definition, proposed: dict[str, Any]
):
    told = _of(proposed["documents"], "closure_checklist")

    lines = standard.rounds["closure"].checklist

    assert _missing(told, {source for line in lines for source in line.source}) == set()


def test_what_is_accepted_of_an_evaluation_keeps_its_rule_in_a_case_of_its_own(
    evaluation: Definition, proposed: dict[str, Any]
):
    policy = _of(proposed["signoff_policies"], "evaluation_accept")

    rule = evaluation.rounds["accepting"].rule

    assert rule.kind == policy["kind"]
    assert {seat.role for seat in rule.seats} == set(policy["eligible"])
    # That who accepts takes no part in delivery was a choice; of evaluators it has a source by now.
    assert _missing(policy, set(rule.source)) == {"DESIGN"}
    assert set(evaluation.roles["evaluator"].source) == {"GEF", "UNEG"}


def test_papers_of_an_evaluation_keep_their_category_and_grounding_in_a_case_of_its_own(
    evaluation: Definition, proposed: dict[str, Any]
):
    of_evaluations = {"evaluation_report": "report", "management_response": "response"}

    assert {
        key: (kind.iati_category, set(kind.source))
        for key, kind in evaluation.documents.items()
        if key in of_evaluations.values()
    } == {
        key: (told["iati_document_category"], set(told["grounding"]))
        for name, key in of_evaluations.items()
        for told in [_of(proposed["documents"], name)]
    }


def _of(things: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(each for each in things if each["id"] == key)


def _move(told: dict[str, Any]) -> tuple[str, str]:
    """From where to where a proposed move leads here."""
    move = (told["from"], told["to"])
    return RENAMED_MOVES.get(move, move)


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
