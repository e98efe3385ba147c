"""Small edits that break rounds, and what becomes of a record that was begun elsewhere."""

from collections.abc import Mapping

from tests.workflow.engine.lifecycles import RAW, Edit, drop, put

ROUNDS: Mapping[str, tuple[Edit, str, str]] = {
    # Rounds
    "an unknown rule": (put("rounds/screening/rule", "screen"), "rounds.screening.rule", "no rule"),
    "an unknown state": (
        put("rounds/screening/states/0", "desk"), "rounds.screening.states[0]", "no state",
    ),
    "a round at the end": (
        put("rounds/withdrawal/states/0", "closed"), "rounds.withdrawal.states", "is final",
    ),
    "a round that opens somehow": (
        put("rounds/screening/opens", "later"), "rounds.screening.opens", "way to open",
    ),
    "a document that is filed anew without being needed": (
        put("rules/board_consensus/verdicts/approve/anew", True),
        "rules.board_consensus.verdicts.approve.anew", "none is listed under 'needs'",
    ),
    "a document that hears no round": (
        put("documents/project_document/hears", ["chatter"]),
        "documents.project_document.hears[0]", "no round",
    ),
    "a document talked about by more people than may read it": (
        put("documents/project_document/discussed_by", "everybody"),
        "documents.project_document.discussed_by", "wider than open_to",
    ),
    "an unknown text": (
        put("rounds/screening/text/0", "memo"), "rounds.screening.text[0]", "no document",
    ),
    "a missing outcome": (
        drop("rounds/screening/outcomes/return"),
        "rounds.screening.outcomes.return", "can settle into 'return'",
    ),
    "an extra outcome": (
        put("rounds/screening/outcomes/defer", "draft"),
        "rounds.screening.outcomes.defer", "can never happen",
    ),
    "an outcome into an unknown state": (
        put("rounds/screening/outcomes/return", "retured"),
        "rounds.screening.outcomes.return", "'returned'?",
    ),
    "an outcome into nothing": (
        put("rounds/screening/outcomes/return", ""), "rounds.screening.outcomes.return", "empty",
    ),
    "an outcome into a list": (
        put("rounds/screening/outcomes/return", ["draft"]),
        "rounds.screening.outcomes.return", "one way only",
    ),
    "an outcome that is a number": (
        put("rounds/screening/outcomes/return", 7),
        "rounds.screening.outcomes.return", "a state or",
    ),
    "a window that ends on no day": (
        put("rounds/submission/window", {"from": "1 January", "until": "31 April"}),
        "rounds.submission.window.until", "a day such as",
    ),
    "a window that begins on a day of few years": (
        put("rounds/submission/window", {"from": "29 February", "until": "30 April"}),
        "rounds.submission.window.from", "a day such as",
    ),
    "a window of one day": (
        put("rounds/submission/window", {"from": "1 May", "until": "1 May"}),
        "rounds.submission.window.until", "the day on which it begins",
    ),
    "a window beside a time": (
        put("rounds/screening/window", {"from": "1 May", "until": "1 June"}),
        "rounds.screening.window", "no other end",
    ),
    "a round that is opened again by many": (
        put("rounds/consent/outcomes/complete", {"reopens": "screening"}),
        "rounds.consent.outcomes", "only an initiative of one",
    ),
    "a round that is opened again before it is heard": (
        put("rounds/withdrawal/outcomes/withdraw", {"reopens": "screening"}),
        "rounds.withdrawal.outcomes", "say after_round = 'screening'",
    ),
    "a round that is opened again where it never stands": (
        put("rounds/withdrawal/outcomes/withdraw", {"reopens": "screening"}),
        "rounds.withdrawal.outcomes", "has no place in each of its states",
    ),
    "a round that is opened again and never opened by itself": (
        put("rounds/withdrawal/outcomes/withdraw", {"reopens": "consent"}),
        "rounds.withdrawal.outcomes", "does not open on entry",
    ),
    "an outcome that opens and opens again": (
        put("rounds/withdrawal/outcomes/withdraw", {"reopens": "screening", "opens": ["consent"]}),
        "rounds.withdrawal.outcomes.withdraw.reopens", "not both",
    ),
    "a session beside a time": (
        put("rounds/screening/session", {"of": "board"}), "rounds.screening.session", "no other end",
    ),
    "a session of nobody": (
        put("rounds/submission/session", {"of": "assembly"}),
        "rounds.submission.session.of", "no body",
    ),
    "papers that are due on no day": (
        put("rounds/submission/session", {"of": "board", "due": "papers"}),
        "rounds.submission.session.papers", "how many days before",
    ),
    "a clock that is stopped for ever": (
        put("rounds/consent/stops", ["screening"]), "rounds.consent.at_due", "stand for ever",
    ),
    "a clock that nobody asks to stop": (
        put("rounds/suspension/stops", ["resumption"]), "rounds.suspension.stops", "say 'opened_by'",
    ),
    "a clock that its own round stops": (
        put("rounds/consent/stops", ["consent"]), "rounds.consent.stops", "names this round itself",
    ),
    "a clock that is not there": (
        put("rounds/consent/stops", ["withdrawal"]),
        "rounds.consent.stops[0]", "no clock to stop",
    ),
    "a clock that stands elsewhere": (
        put("rounds/consent/stops", ["appraisal"]),
        "rounds.consent.stops[0]", "never stands where this round does",
    ),
    "an outcome that opens an unknown round": (
        put("rounds/presentation/outcomes/present/opens/0", "vote"),
        "rounds.presentation.outcomes.present.opens[0]", "no round",
    ),
    "an outcome that does two things": (
        put("rounds/presentation/outcomes/present/state", "appraisal"),
        "rounds.presentation.outcomes.present.opens", "not both",
    ),
    "an unknown unit": (
        put("rounds/screening/within/unit", "weeks"),
        "rounds.screening.within.unit", "working days",
    ),
    "no time at all": (
        put("rounds/screening/within/amount", 0), "rounds.screening.within.amount", "from 1",
    ),
    "a bare number of days": (
        put("rounds/screening/within", 15), "rounds.screening.within", "a table is expected",
    ),
    "a timer without a time": (
        drop("rounds/return_lapse/within"), "rounds.return_lapse.within", "a timer needs",
    ),
    "a timer without an answer": (
        drop("rounds/return_lapse/at_due"), "rounds.return_lapse.at_due", "one of: lapse",
    ),
    "a timer with an initiative": (
        put("rounds/return_lapse/opens", "on initiative"),
        "rounds.return_lapse.opens", "takes none",
    ),
    "a person answered for": (
        put("rounds/screening/at_due", "reject"), "rounds.screening.at_due", "only a timer",
    ),
    "silence where it says nothing": (
        put("rounds/decision/at_due", "settle"), "rounds.decision.at_due", "silence",
    ),
    "an outcome that does nothing known": (
        put("rounds/suspension/outcomes/keep", {}),
        "rounds.suspension.outcomes.keep.opens", "list of rounds",
    ),
    "a party out of nowhere": (
        drop("rounds/lead_confirmation/questions/0/vocabulary"),
        "rounds.lead_confirmation.questions[0].vocabulary", "parties:<capacity>",
    ),
    "a party named by many": (
        put("rounds/decision", {
            **RAW["rounds"]["decision"],
            "questions": RAW["rounds"]["lead_confirmation"]["questions"],
            "appoints": [{"outcome": "approve", "question": "convenor", "capacity": "convenor"}],
        }),
        "rounds.decision.appoints[0].question", "needs one person",
    ),
    "a number among texts": (
        put("rounds/screening/states", [7]), "rounds.screening.states[0]", "whole number",
    ),
    "a very long category": (
        put("rules/appraisal_advice/seats/0/category", "g" * 61),
        "rules.appraisal_advice.seats[0].category", "sixty",
    ),
    "a hearing without an end": (
        drop("rounds/suspension/at_due"), "rounds.suspension.at_due", "holds up the decision",
    ),
    "silence for ever": (drop("rounds/appraisal/within"), "rounds.appraisal.within", "no due time"),
    "a question twice": (
        put("rounds/screening/questions/1/key", "countries"), "rounds.screening.questions", "twice",
    ),
    "a remark on an unknown form": (
        put("rounds/screening/questions/4/columns/0/vocabulary", "sections:memo"),
        "rounds.screening.questions[4].columns[0].vocabulary", "cannot be chosen",
    ),
    "a party out of anything": (
        put("rounds/lead_confirmation/questions/0/vocabulary", "areas"),
        "rounds.lead_confirmation.questions[0].vocabulary", "parties:lead",
    ),
    "an appointment by an unknown outcome": (
        put("rounds/lead_acceptance/appoints/0/outcome", "reach"),
        "rounds.lead_acceptance.appoints[0].outcome", "reached",
    ),
    "an appointment by an unknown verdict": (
        put("rounds/lead_acceptance/appoints/0/verdict", "yes"),
        "rounds.lead_acceptance.appoints[0].verdict", "verdict",
    ),
    "an appointment by an unknown question": (
        put("rounds/lead_confirmation/appoints/0/question", "chair"),
        "rounds.lead_confirmation.appoints[0].question", "party question",
    ),
    "an appointment by nobody": (
        drop("rounds/lead_acceptance/appoints/0/verdict"),
        "rounds.lead_acceptance.appoints[0]", "exactly one",
    ),
    "an appointment to an unknown capacity": (
        put("rounds/lead_acceptance/appoints/0/capacity", "chief"),
        "rounds.lead_acceptance.appoints[0].capacity", "no capacity",
    ),
    "an unknown round to wait for": (
        put("rounds/consultation_closing/after_round", "vote"),
        "rounds.consultation_closing.after_round", "no round",
    ),
    "a round that waits for itself": (
        put("rounds/consultation_closing/after_round", "consultation_closing"),
        "rounds.consultation_closing.after_round", "itself",
    ),
    # What was begun elsewhere
    "an end that is taken up": (
        put("states/closed/adoptable", True), "states.closed.adoptable", "nothing goes on",
    ),
    "papers for a state where nothing is taken up": (
        put("states/screening/brings", ["proposal"]), "states.screening.brings", "adoptable",
    ),
    "an unknown footing": (
        put("rounds/record_only/footing", "recorded"), "rounds.record_only.footing", "no footing",
    ),
    "a record asked by itself": (
        put("rounds/record_only/opens", "on entry"),
        "rounds.record_only.opens", "nothing opens by itself",
    ),
    "a record that moves on": (
        put("rounds/ended_elsewhere/outcomes/completed", "active"),
        "rounds.ended_elsewhere.outcomes.completed", "an end alone",
    ),
    "a life here that becomes a record": (
        put("rounds/screening/outcomes/reject", {"becomes": "kept"}),
        "rounds.screening.outcomes.reject", "managed here already",
    ),
    "a record taken up anywhere": (
        put("rounds/adoption/states/0", "screening"),
        "rounds.adoption.states", "no record is taken up",
    ),
    "a record that becomes nothing known": (
        put("rounds/record_only/outcomes/keep", {"becomes": "lost"}),
        "rounds.record_only.outcomes.keep.becomes", "no footing",
    ),
}  # fmt: skip
