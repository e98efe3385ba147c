"""Small edits that break the standard lifecycle, with the place and words of the fault."""

from collections.abc import Mapping
from datetime import date

from tests.workflow.engine.lifecycles import RAW, Edit, drop, put, rename

FIELDS = "documents/proposal/sections/0/fields"
AT = "documents.proposal.sections[0].fields"
CHECKS, CHECK = "documents/proposal/checks", "documents.proposal.checks"
DESIGN = "documents/project_document/sections/0/fields"
SEAT = "rules/screening_check/seats/0"
VERDICT = "rules/screening_check/verdicts/reject"
BOARD = "rules/board_consensus"
SEAT_OF = "rules.screening_check.seats[0].of"
SECOND = {"role": "unit_head", "of": "office:special-unit"}
HEARD = {"role": "donor", "of": "donor", "part": "consulted"}
LATER = {
    "key": "later", "kind": "filed", "to": ["evaluation_report"], "at": "strategy",
    "label": "It is evaluated", "problem": "It is not evaluated yet",
}  # fmt: skip
APPLIES = {
    "words": "For small ones.", "source": ["SEED"], "when": [{"of": "cost", "at_most": 500000}],
}  # fmt: skip


def when(*conditions: dict[str, object]) -> Edit:
    """Has the lifecycle apply under these conditions."""
    return put("applies", APPLIES | {"when": list(conditions)})


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


BROKEN: Mapping[str, tuple[Edit, str, str]] = {
    # The head
    "an unknown table": (put("forms", {}), "forms", "not known here"),
    "a missing key": (drop("key"), "key", "missing"),
    "a key with capitals": (put("key", "Standard"), "key", "small letters"),
    "a number for a text": (put("title", 7), "title", "is a whole number; a text is expected"),
    "a very long version": (put("version", "1" * 21), "version", "twenty"),
    "a dotted subject": (put("subject", "os.path"), "subject", "not a name"),
    "an unknown beginning": (put("initial", "draught"), "initial", "did you mean 'draft'?"),
    "a final beginning": (put("initial", "closed"), "initial", "final"),
    "a missing table": (drop("rules"), "rules", "is missing; a table is expected"),
    "an empty table": (put("roles", {}), "roles", "empty"),
    "a list for a table": (put("states", []), "states", "is a list; a table is expected"),
    "a small source key": (rename("sources/SEED", "seed"), "sources.seed", "capital letters"),
    "facts in a document that is not there": (put("facts", "apeal"), "facts", "no document"),
    # For what it applies
    "a list for what it applies to": (put("applies", []), "applies", "a table is expected"),
    "what applies to nothing": (put("applies", APPLIES | {"when": []}), "applies.when", "is empty"),
    "what applies without words": (
        put("applies", {k: v for k, v in APPLIES.items() if k != "words"}), "applies.words", "missing",
    ),
    "what applies without a source": (
        put("applies", APPLIES | {"source": ["PROP"]}), "applies.source[0]", "POPP",
    ),
    "a question that nobody asks": (
        when({"of": "weather", "among": ["fair"]}), "applies.when[0].of", "no question",
    ),
    "choices of a number": (
        when({"of": "cost", "among": ["1"], "at_most": 1}), "applies.when[0].among", "is a number",
    ),
    "a number without a bound": (
        when({"of": "countries"}), "applies.when[0].at_most", "one of them is expected",
    ),
    "a choice without choices": (
        when({"of": "modality"}), "applies.when[0].among", "is a choice",
    ),
    "a bound of a choice": (
        when({"of": "modality", "among": ["joint"], "at_most": 2}),
        "applies.when[0].at_most", "is a bound",
    ),
    "bounds with nothing between": (
        when({"of": "cost", "at_least": 2, "at_most": 1}), "applies.when[0].at_most", "less than",
    ),
    "a bound that is a text": (
        when({"of": "cost", "at_most": "1"}), "applies.when[0].at_most", "a whole number",
    ),
    "two conditions on one question": (
        when({"of": "cost", "at_most": 1}, {"of": "cost", "at_least": 1}),
        "applies.when", "two conditions on 'cost'",
    ),
    # Roles and states
    "a role without a source": (drop("roles/donor/source"), "roles.donor.source", "missing"),
    "a role of the administrator": (
        rename("roles/donor", "administrator"), "roles.administrator.label", "never asked to sign",
    ),
    "an unknown source": (put("roles/donor/source/0", "PROP"), "roles.donor.source[0]", "POPP"),
    "a source twice": (
        put("roles/donor/source", ["SEED", "SEED"]), "roles.donor.source[1]", "second",
    ),
    "a misspelt word": (
        rename("states/draft/meaning", "meening"),
        "states.draft.meening", "did you mean 'meaning'?",
    ),
    "a dotted state": (rename("states/draft", "os.system"), "states.os.system", "not a name"),
    "a capital state": (rename("states/draft", "Draft"), "states.Draft", "not a name"),
    "an unknown stage": (put("states/draft/stage", "concept"), "states.draft.stage", "no stage"),
    "a final state in a stage": (
        put("states/closed/stage", "approval"), "states.closed.stage", "final",
    ),
    "an end that goes on": (drop("states/closed/final"), "states.closed.stage", "all final states"),
    "yes for true": (put("states/closed/final", "yes"), "states.closed.final", "true or false"),
    "an unknown IATI status": (put("states/draft/iati", "9"), "states.draft.iati", "IATI"),
    "a number for an IATI status": (put("states/draft/iati", 1), "states.draft.iati", "a text"),
    "an empty label": (put("states/draft/label", " "), "states.draft.label", "is empty"),
    "two states of one label": (
        put("states/draft/label", "Screening"), "states", "'Screening' twice",
    ),
    "a state without rounds": (
        put("states/limbo", {"label": "Limbo", "stage": "proposal", "meaning": "?", "iati": "1"}),
        "states.limbo", "no round",
    ),
    # Checks
    "an unknown kind of check": (put(f"{CHECKS}/4/kind", "sum"), f"{CHECK}[4].kind", "no kind of check"),
    "a check of nothing": (drop(f"{CHECKS}/4/of"), f"{CHECK}[4].of", "is missing"),
    "a check without its sentence": (drop(f"{CHECKS}/4/problem"), f"{CHECK}[4].problem", "missing"),
    "a sum of shares": (
        put(f"{CHECKS}/4/share", "1/2"), f"{CHECK}[4].share", "does not belong to a check of kind",
    ),
    "a ceiling of nothing": (drop(f"{CHECKS}/5/to"), f"{CHECK}[5].to", "one of them is needed"),
    "a ceiling of two things": (
        put(f"{CHECKS}/5/amount", 5), f"{CHECK}[5].to", "one of them is needed",
    ),
    "a ceiling below one": (put(f"{CHECKS}/4/amount", 0), f"{CHECK}[4].amount", "from 1 to"),
    "a share beyond the whole": (put(f"{CHECKS}/5/share", "3/2"), f"{CHECK}[5].share", '"15/100"'),
    "a share as a number": (put(f"{CHECKS}/5/share", 15), f"{CHECK}[5].share", '"15/100"'),
    "a check at no field": (
        put(f"{CHECKS}/4/at", "totals"), f"{CHECK}[4].at", "did you mean 'total_cost'?",
    ),
    "a check of no field": (
        put(f"{CHECKS}/4/to", ["total"]), f"{CHECK}[4].to", "which is no field here",
    ),
    "a check of no column": (
        put(f"{CHECKS}/4/of", ["budget.amounts"]), f"{CHECK}[4].of", "did you mean 'amount'?",
    ),
    "a sum of words": (
        put(f"{CHECKS}/4/of", ["budget.purpose"]), f"{CHECK}[4].of", "takes: money, number",
    ),
    "an order of amounts": (
        put(f"{CHECKS}/7/to", ["total_cost"]), f"{CHECK}[7].to", "takes: date, number",
    ),
    "a check of a whole table": (
        put("documents/evaluation_report/checks/0/of", ["recommendations"]),
        "documents.evaluation_report.checks[0].of", "a whole table",
    ),
    "a period of one end": (
        put(f"{CHECKS}/8/to", ["planned_start"]), f"{CHECK}[8].to", "two places",
    ),
    "a check of no document": (
        put("documents/management_response/checks/1/to", ["report:items.number"]),
        "documents.management_response.checks[1].to", "no document",
    ),
    "a document that is never filed": (
        put("documents/management_response/checks/0/to", ["report"]),
        "documents.management_response.checks[0].to", "no document",
    ),
    "what nobody knows of a case": (
        put(f"{CHECKS}/8/of", ["case:weather"]), f"{CHECK}[8].of", "not known of a case",
    ),
    "an unknown group": (put(f"{CHECKS}/0/among", "rich"), f"{CHECK}[0].among", "developing"),
    "an unknown thing to stop": (put(f"{CHECKS}/0/stops", "time"), f"{CHECK}[0].stops", "filing"),
    "a condition that never comes": (
        put(f"{CHECKS}/3/when/is", ["square"]), f"{CHECK}[3].when", "does not offer",
    ),
    "a condition on no field": (
        put(f"{CHECKS}/3/when/field", "mode"), f"{CHECK}[3].when", "no field",
    ),
    "rows of no column": (
        put(f"{CHECKS}/5/rows/column", "kind"), f"{CHECK}[5].rows", "no column of 'budget'",
    ),
    "who was against in no round": (
        put(f"{CHECKS}/1/to", ["against:consult"]), f"{CHECK}[1].to", "which is no round here",
    ),
    "a check that keeps out nobody": (
        drop(f"{CHECKS}/1/among"), f"{CHECK}[1].among", "name a group",
    ),
    "years of what is written once": (
        put(f"{CHECKS}/5/across", "title"), f"{CHECK}[5].across", "again and again",
    ),
    "a check twice": (
        put(f"{CHECKS}/1/key", "countries"), "documents.proposal.checks", "'countries' twice",
    ),
    "an unknown word of a check": (put(f"{CHECKS}/0/fix", "now"), f"{CHECK}[0].fix", "not known"),
    "a check of no question": (
        put("rounds/appraisal_conclusion/checks/0/at", "cure"),
        "rounds.appraisal_conclusion.checks[0].at", "no field",
    ),
    "a field that repeats none": (
        put(f"{DESIGN}/3/repeats", "proposal:begin"),
        "documents.project_document.planned_start.repeats", "no field",
    ),
    "a field that repeats another kind": (
        put(f"{DESIGN}/3/repeats", "proposal:title"),
        "documents.project_document.planned_start.repeats", "of kind 'line'",
    ),
    "a field that repeats itself": (
        put(f"{DESIGN}/3/repeats", "project_document:planned_start"),
        "documents.project_document.planned_start.repeats", "another document",
    ),
    "a table that repeats columns that it has not": (
        drop("documents/project_document/sections/1/fields/0/columns/1"),
        "documents.project_document.results.repeats", "the column 'indicator'",
    ),
    "a day below zero": (
        put(f"{DESIGN}/3/below_zero", True),
        "documents.project_document.sections[0].fields[3].below_zero", "does not belong",
    ),
    "a check of what comes later": (
        put("documents/project_document/checks/0", LATER),
        "documents.project_document.checks[0]", "nobody can have written by then",
    ),
    "facts of no outcome": (
        put("rounds/signing/facts/outcome", "signed"), "rounds.signing.facts.outcome", "complete",
    ),
    "facts of no text of the round": (
        put("rounds/signing/facts/document", "proposal"),
        "rounds.signing.facts.document", "project_document",
    ),
    # Documents and fields
    "an unknown writer": (
        put("documents/proposal/written_by/0/role", "author"),
        "documents.proposal.written_by[0].role", "no role",
    ),
    "a writer of nowhere": (
        put("documents/proposal/written_by/0/of", "board"),
        "documents.proposal.written_by[0].of", "office",
    ),
    "a document of nobody": (
        put("documents/proposal/written_by", []), "documents.proposal.written_by", "empty",
    ),
    "an unknown writing state": (
        put("documents/proposal/written_in/1", "return"),
        "documents.proposal.written_in[1]", "returned",
    ),
    "a document of nothing": (
        drop("documents/request_letter/attach"), "documents.request_letter", "nothing",
    ),
    "no such category": (put("documents/proposal/iati", "Z1"), "documents.proposal.iati", "A02"),
    "an unknown kind of field": (
        put(f"{FIELDS}/0/kind", "string"), f"{AT}[0].kind", "no kind of field",
    ),
    "a dotted field": (put(f"{FIELDS}/0/key", "a.b"), f"{AT}[0].key", "not a name"),
    "a field twice": (
        put(f"{FIELDS}/1/key", "title"), "documents.proposal.sections", "'title' twice",
    ),
    "a longest date": (
        put("documents/proposal/sections/6/fields/0/longest", 10),
        "documents.proposal.sections[6].fields[0].longest", "does not belong",
    ),
    "a fraction of a letter": (
        put(f"{FIELDS}/0/longest", 1.5), f"{AT}[0].longest", "decimal point",
    ),
    "true for a number": (put(f"{FIELDS}/0/longest", True), f"{AT}[0].longest", "true or false"),
    "no letters at all": (put(f"{FIELDS}/0/longest", 0), f"{AT}[0].longest", "from 1 to"),
    "a choice of nothing": (drop(f"{FIELDS}/1/vocabulary"), f"{AT}[1]", "exactly one"),
    "an unknown vocabulary": (
        put(f"{FIELDS}/1/vocabulary", "fruit"), f"{AT}[1].vocabulary", "frameworks",
    ),
    "a choice without a label": (
        put(f"{FIELDS}/2/options/0", ["a"]), f"{AT}[2].options[0]", "no choice",
    ),
    "a choice twice": (
        put(f"{FIELDS}/2/options/0/0", "triangular"), f"{AT}[2].options", "'triangular' twice",
    ),
    "a table within a table": (
        put("documents/proposal/sections/3/fields/2/columns/0/kind", "lines"),
        "documents.proposal.sections[3].fields[2].columns[0].kind", "no kind of field",
    ),
    "a table without columns": (
        drop("documents/proposal/sections/3/fields/2/columns"),
        "documents.proposal.sections[3].fields[2].columns", "missing",
    ),
    "a page without fields": (
        put("documents/proposal/sections/0/fields", []),
        "documents.proposal.sections[0].fields", "empty",
    ),
    "a day for a hint": (
        put(f"{FIELDS}/0/hint", date(2004, 6, 7)), f"{AT}[0].hint", "a date or time",
    ),
    # Seats
    "an unknown role": (
        put(f"{SEAT}/role", "officer"), "rules.screening_check.seats[0].role", "no role",
    ),
    "an unknown capacity": (put(f"{SEAT}/of", "owner"), SEAT_OF, "expected a capacity"),
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
        put("rules/evaluator_reports/verdicts/file/never", ["author"]),
        "rules.evaluator_reports.verdicts", "let one bar nobody",
    ),
    "a rule of no round": (drop("rounds/evaluation_waiver"), "rules.evaluation_waived", "no round"),
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
        "rounds.screening.window", "do not belong here",
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
    "an outcome that opens an unknown round": (
        put("rounds/presentation/outcomes/present/opens/0", "vote"),
        "rounds.presentation.outcomes.present.opens[0]", "no round",
    ),
    "an outcome that does two things": (
        put("rounds/presentation/outcomes/present/state", "appraisal"),
        "rounds.presentation.outcomes.present.state", "not known here",
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
