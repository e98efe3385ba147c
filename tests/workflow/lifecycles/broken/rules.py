"""Small edits that break who is asked and what the answers come to: seats, rules, verdicts."""

from collections.abc import Mapping

from tests.workflow.engine.lifecycles import RAW, Edit, drop, put

SEAT = "rules/screening_check/seats/0"
VERDICT = "rules/screening_check/verdicts/reject"
BOARD = "rules/board_consensus"
SEAT_OF = "rules.screening_check.seats[0].of"
SECOND = {"role": "unit_head", "of": "office:special-unit"}
HEARD = {"role": "donor", "of": "donor", "part": "consulted"}

RULES: Mapping[str, tuple[Edit, str, str]] = {
    # Seats
    "an unknown role": (
        put(f"{SEAT}/role", "officer"), "rules.screening_check.seats[0].role", "no role",
    ),
    "an unknown capacity": (put(f"{SEAT}/of", "holder"), SEAT_OF, "expected a capacity"),
    "an office without a key": (put(f"{SEAT}/of", "office:"), SEAT_OF, "expected a capacity"),
    "an unknown earlier round": (
        put(f"{SEAT}/of", "answered:vote:yes"), SEAT_OF, "'vote', which is no round",
    ),
    "an unknown earlier verdict": (
        put(f"{SEAT}/of", "answered:consultation:lead+yes"),
        SEAT_OF, "'yes', which nobody can answer",
    ),
    "an earlier round without verdicts": (
        put(f"{SEAT}/of", "answered:consultation"), SEAT_OF, "<verdict>",
    ),
    "an unknown part": (
        put(f"{SEAT}/part", "watches"), "rules.screening_check.seats[0].part", "no part",
    ),
    "a category out of place": (
        put(f"{SEAT}/category", "donor"),
        "rules.screening_check.seats[0].category", "does not belong",
    ),
    "a seat without a category": (
        drop("rules/appraisal_advice/seats/0/category"),
        "rules.appraisal_advice.seats[0].category", "missing",
    ),
    "a category without a seat": (
        put("rules/appraisal_advice/categories/0", "press"),
        "rules.appraisal_advice.categories[0]", "no seat has",
    ),
    "a timer in another office": (
        put("rules/timer/seats/0/of", "board"), "rules.timer.seats[0].of", "engine",
    ),
    "a timer among people": (
        put("rules/finance_certificate/seats/0", {"role": "system", "of": "office:engine"}),
        "rules.finance_certificate.seats", "a timer answers alone",
    ),
    # Rules and verdicts
    "an unknown kind": (
        put(f"{BOARD}/kind", "majority"), "rules.board_consensus.kind", "no kind of rule",
    ),
    "a rule of nobody": (put(f"{BOARD}/seats", []), "rules.board_consensus.seats", "empty"),
    "two who decide alone": (
        put("rules/screening_check/seats", [RAW["rules"]["screening_check"]["seats"][0], SECOND]),
        "rules.screening_check.seats", "lists 2 that decide; a rule of kind 'single' has 1",
    ),
    "several who decide, and there is one": (
        put("rules/screening_check/several", True),
        "rules.screening_check.several", "lists only one that decides",
    ),
    "the first of several, of whom all are asked": (
        put("rules/board_consensus/several", True), "rules.board_consensus.several", "does not belong",
    ),
    "one who signs for two": (
        put("rules/finance_certificate/seats", [SECOND]),
        "rules.finance_certificate.seats", "'dual' has 2",
    ),
    "nobody to consult": (
        put("rules/suspension_decision/seats", [SECOND]),
        "rules.suspension_decision.seats", "at least one seat",
    ),
    "somebody to consult": (
        put(f"{BOARD}/seats/0", HEARD), "rules.board_consensus.seats", "no seat",
    ),
    "a view of nobody": (
        put(f"{VERDICT}/part", "consulted"),
        "rules.screening_check.verdicts.reject.part", "no seat has that part",
    ),
    "a threshold of nothing": (
        put("rules/lead_group_acceptance/threshold", 0),
        "rules.lead_group_acceptance.threshold", "from 1",
    ),
    "a missing threshold": (
        drop("rules/lead_group_acceptance/threshold"),
        "rules.lead_group_acceptance.threshold", "needs it",
    ),
    "a threshold out of place": (
        put(f"{BOARD}/threshold", 2), "rules.board_consensus.threshold", "not belong",
    ),
    "a missing quorum": (
        drop("rules/consultation_positions/quorum_least"),
        "rules.consultation_positions.quorum_least", "needs it",
    ),
    "a quorum with a decimal point": (
        put("rules/consultation_positions/quorum_share", 0.5),
        "rules.consultation_positions.quorum_share", 'a fraction such as "1/2"',
    ),
    "a quorum above one": (
        put("rules/consultation_positions/quorum_share", "3/2"),
        "rules.consultation_positions.quorum_share", "a fraction",
    ),
    "an unknown bar": (
        put(f"{BOARD}/never/0", "submitter"), "rules.board_consensus.never[0]", "'author'",
    ),
    "a bar on an unknown round": (
        put(f"{BOARD}/never/1", "signed:vote"),
        "rules.board_consensus.never[1]", "'vote', which is no round",
    ),
    "a bar on a verdict for a whole party": (
        put("rules/appraisal_advice/verdicts/recommend/never/0", "party:signed:presentation"),
        "rules.appraisal_advice.verdicts.recommend.never[0]", "a whole seat",
    ),
    "answers that each bar somebody": (
        put("rules/manager_finishes/verdicts/finish/never", ["author"]),
        "rules.manager_finishes.verdicts", "let one bar nobody",
    ),
    "a rule of no round": (drop("rounds/waiving"), "rules.director_waives", "no round"),
    "an unknown stance": (
        put(f"{VERDICT}/stance", "no"), "rules.screening_check.verdicts.reject.stance", "stance",
    ),
    "an unknown need": (
        put(f"{VERDICT}/needs", ["minutes"]),
        "rules.screening_check.verdicts.reject.needs[0]", "no document",
    ),
    "an optional reason": (
        put(f"{VERDICT}/reason", "optional"),
        "rules.screening_check.verdicts.reject.reason", "required",
    ),
    "a decision into nothing": (
        drop(f"{VERDICT}/outcome"), "rules.screening_check.verdicts.reject.outcome", "is missing",
    ),
    "an objection that decides": (
        put(f"{BOARD}/verdicts/object/outcome", "defer"),
        "rules.board_consensus.verdicts.object.outcome", "take it",
    ),
    "an outcome the rule computes": (
        put("rules/country_endorsements/verdicts/decline/outcome", "complete"),
        "rules.country_endorsements.verdicts.decline.outcome", "computes itself",
    ),
    "a dotted outcome": (
        put(f"{VERDICT}/outcome", "os.exit"),
        "rules.screening_check.verdicts.reject.outcome", "not a name",
    ),
    "two verdicts of one label": (
        put(f"{BOARD}/verdicts/object/label", "Abstain"), "rules.board_consensus.verdicts", "twice",
    ),
    "nothing to count": (
        drop("rules/lead_group_acceptance/verdicts/accept"),
        "rules.lead_group_acceptance.verdicts", 'stance = "for"',
    ),
}  # fmt: skip
