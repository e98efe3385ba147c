"""Small edits that break conditions: on ways on, and on who is asked, each with its fault."""

from collections.abc import Mapping

from tests.workflow.engine.lifecycles import Edit, put

# A condition, and a way on it.
COST = {
    "kind": "at most", "of": ["proposal:total_cost"], "amount": 1000, "words": "It costs little",
}  # fmt: skip
SMALL = {"when": [COST], "state": "rejected"}
BRANCH = "rounds.screening.outcomes.return"


def branching(condition: dict[str, object]) -> Edit:
    """Has the return from screening lead elsewhere on a condition, or on none where that is empty."""
    first = {"when": [condition], "state": "rejected"} if condition else {"state": "rejected"}
    return put("rounds/screening/outcomes/return", [first, {"state": "returned"}])


CONDITIONS: Mapping[str, tuple[Edit, str, str]] = {
    "a way without a condition before the last": (
        branching({}), f"{BRANCH}[0].when", "nothing that comes after it",
    ),
    "a last way on a condition": (
        put("rounds/screening/outcomes/return", [SMALL, SMALL]),
        f"{BRANCH}[1].when", "taken otherwise",
    ),
    "a way that leads nowhere": (
        put("rounds/screening/outcomes/return", [{"when": SMALL["when"]}, {"state": "returned"}]),
        f"{BRANCH}[0].state", "expected here",
    ),
    "a condition without words": (
        branching({**COST, "words": ""}), f"{BRANCH}[0].when[0].words", "is empty",
    ),
    "a condition of another kind": (
        branching({**COST, "kind": "once"}), f"{BRANCH}[0].when[0].kind", "kind of condition",
    ),
    "a condition across years": (
        branching({**COST, "across": "year"}), f"{BRANCH}[0].when[0].across", "not known here",
    ),
    "a condition on a field that is not there": (
        branching({**COST, "of": ["proposal:total_costs"]}),
        f"{BRANCH}[0].when[0].of", "no field here; did you mean 'total_cost'?",
    ),
    "a condition on a field that may be left empty": (
        branching({"kind": "is", "of": ["proposal:knowhow"], "is": ["much"], "words": "Much is known"}),
        f"{BRANCH}[0].when[0]", "say 'required = true'",
    ),
    "a condition on a document that can be missing": (
        branching({**COST, "of": ["project_document:budget.amount"]}),
        f"{BRANCH}[0].when[0]", "can be missing by then",
    ),
    "a condition on what is not known of every case": (
        branching({"kind": "within", "of": ["proposal:planned_start"],
                   "to": ["case:framework_starts", "case:framework_ends"], "words": "It is in time"}),
        f"{BRANCH}[0].when[0]", "not known of every case",
    ),
    "a condition on who was against": (
        branching({"kind": "given", "of": ["against:consultation"], "words": "One was against"}),
        f"{BRANCH}[0].when[0]", "only the checks of a form",
    ),
    "a condition on words that a field does not offer": (
        branching({"kind": "is", "of": ["proposal:modality"], "is": ["grand"], "words": "It is grand"}),
        f"{BRANCH}[0].when[0].is", "does not offer",
    ),
    "a round whose deciders are all asked on conditions": (
        put("rules/board_consensus/seats/0/when", [COST]),
        "rules.board_consensus.seats", "must be without",
    ),
    "a seat that is asked by a field that is not there": (
        put("rules/appraisal_advice/seats/4/when", [{**COST, "of": ["proposal:cost"]}]),
        "rules.appraisal_advice.seats[4].when[0].of", "no field here",
    ),
}  # fmt: skip
