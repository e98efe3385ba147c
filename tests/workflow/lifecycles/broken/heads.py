"""Small edits that break the head of the standard lifecycle, its roles or its states, each with its fault."""

from collections.abc import Mapping

from tests.workflow.engine.lifecycles import Edit, drop, put, rename

APPLIES = {
    "words": "For small ones.", "source": ["SEED"], "when": [{"of": "cost", "at_most": 500000}],
}  # fmt: skip


def when(*conditions: dict[str, object]) -> Edit:
    """Has the lifecycle apply under these conditions."""
    return put("applies", APPLIES | {"when": list(conditions)})


HEADS: Mapping[str, tuple[Edit, str, str]] = {
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
    # Texts that would not be shown as they are written
    "a label with markup": (
        put("states/draft/label", "<b>Draft</b>"), "states.draft.label", "the markup '<b>'",
    ),
    "a hint with a script": (
        put("documents/proposal/sections/0/fields/0/hint", "A <script src=x>title"),
        "documents.proposal.sections[0].fields[0].hint", "the markup '<script src=x>'",
    ),
    "a source with a comment": (
        put("sources/SEED", "The report <!-- of 2004 -->"), "sources.SEED", "the markup '<!--",
    ),
    "a title with the place of a word": (
        put("title", "Programme of %(country)s"), "title", "'%(country)s', where translations put",
    ),
    "a meaning with a sign that is read as a place": (
        put("states/draft/meaning", "At least 15 % of it"), "states.draft.meaning", "or 'per cent'",
    ),
    "a choice with markup": (
        put("documents/proposal/sections/0/fields/2/options/0/1", "<i>South</i>"),
        "documents.proposal.sections[0].fields[2].options[0][1]", "the markup '<i>'",
    ),
    "a text that nobody reads to its end": (
        put("rules/board_consensus/words", "x" * 5001), "rules.board_consensus.words", "5001 characters",
    ),
    "a label that turns what stands after it around": (
        put("states/draft/label", "Dra\u202eft"), "states.draft.label", "U+202E",
    ),
    "a label with a control character": (
        put("roles/donor/label", "Do\x1bnor"), "roles.donor.label", "U+001B, ESCAPE",
    ),
}  # fmt: skip
