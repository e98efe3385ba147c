"""Small edits that break what is written: documents, their fields, and the checks of these."""

from collections.abc import Mapping
from datetime import date

from tests.workflow.engine.lifecycles import Edit, drop, put

FIELDS = "documents/proposal/sections/0/fields"
AT = "documents.proposal.sections[0].fields"
CHECKS, CHECK = "documents/proposal/checks", "documents.proposal.checks"
DESIGN = "documents/project_document/sections/0/fields"
LATER = {
    "key": "later", "kind": "filed", "to": ["final_report"], "at": "strategy",
    "label": "It is reported", "problem": "It is not reported yet",
}  # fmt: skip

FORMS: Mapping[str, tuple[Edit, str, str]] = {
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
    "results without their columns": (
        put("documents/proposal/sections/3/fields/2/key", "targets"),
        "documents.proposal.sections[3].fields[2].columns", "'by' of the kind 'date'",
    ),
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
    "rows of no table above": (
        put(f"{FIELDS}/1/vocabulary", "parent:facts:outputs"), f"{AT}[1].vocabulary", "no column of",
    ),
    "rows of a place above that is none": (
        put(f"{FIELDS}/1/vocabulary", "parent:outputs.code"), f"{AT}[1].vocabulary", "no column of",
    ),
    "a check of a place above that is none": (
        put(f"{CHECKS}/0/of", ["parent:Proposal:title"]), f"{CHECK}[0].of", "no place of the case above",
    ),
    "a repeated place above that is none": (
        put(f"{FIELDS}/0/repeats", "parent:proposal:"), "documents.proposal.title.repeats",
        "no place of the case above",
    ),
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
        put(f"{CHECKS}/4/of", ["budget.purpose"]), f"{CHECK}[4].of", "takes: money, decimal, number",
    ),
    "an order of amounts": (
        put(f"{CHECKS}/7/to", ["total_cost"]), f"{CHECK}[7].to", "takes: date, number",
    ),
    "a check of a whole table": (
        put("documents/final_report/checks/0/of", ["lessons"]),
        "documents.final_report.checks[0].of", "a whole table",
    ),
    "a period of one end": (
        put(f"{CHECKS}/8/to", ["planned_start"]), f"{CHECK}[8].to", "two places",
    ),
    "a check of no document": (
        put("documents/final_financial_statement/checks/1/to", ["report:total_cost"]),
        "documents.final_financial_statement.checks[1].to", "no document",
    ),
    "a document that is never filed": (
        put("documents/project_document/checks/0", {**LATER, "to": ["report"]}),
        "documents.project_document.checks[0].to", "no document",
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
    "a check of answers against a document": (
        put("rounds/appraisal_conclusion/checks/0/of", ["project_document:strategy"]),
        "rounds.appraisal_conclusion.checks[0]", "held against each other alone",
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
    "facts of a case that is not above": (
        put("rounds/signing/facts/of", "child"), "rounds.signing.facts.of", "parent",
    ),
    "facts of no outcome": (
        put("rounds/signing/facts/outcome", "signed"), "rounds.signing.facts.outcome", "complete",
    ),
    "facts of no text of the round": (
        put("rounds/signing/facts/document", "proposal"),
        "rounds.signing.facts.document", "project_document",
    ),
}  # fmt: skip
