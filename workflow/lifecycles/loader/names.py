"""The names that a file defines, gathered before anything in it refers to them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from workflow.lifecycles.quantities import WorkingCalendar
from workflow.phrase import Phrase, phrase
from workflow.vocabulary import GROUPING

CAPACITIES = (
    "proposer", "beneficiary", "donor", "executing_agency", "lead", "convenor", "owner",
    "approached", "invited",
)  # fmt: skip
# What else a seat may be asked of: words that the domain registers finders for with the engine.
BODIES = (
    "board", "board:chair", "body:appraisal", "body:appraisal:chair", "body:appraisal:members",
    "body:steering", "body:steering:chair", "body:steering:members",
)  # fmt: skip
SITTING = ("board", "body:appraisal", "body:steering")
# Which member of a lead group takes the chair next.
NEXT_CONVENOR = "next_convenor"
FOUND = ("interested", NEXT_CONVENOR, *BODIES)
# What is looked for of partners only where a check asks: the day of the newest sanctions list, which of its
# entries the names of a case come near, and which of its donors are refused, are not vetted, or have not agreed.
OF_PARTNERS = (
    "sanctions_list", "sanctions_matches", "refused_donors", "unvetted_donors", "donors_without_agreement",
)  # fmt: skip
# Whether the next member may pass the chair: it is `asked`, or `bound` since it passed before, or there is `nobody`.
CHAIR_PASSES = "chair_passes"
# What checks may know of a case beside its documents, and the groups of words that they may name:
# the domain tells the engine of these.
FACTS = (
    "framework_starts", "framework_ends", "proposer", "proposer_is", "owner", "owner_is", "other_convenor",
    "countries", "total_cost", "today", CHAIR_PASSES, *OF_PARTNERS,
)  # fmt: skip
# What may be known of the case above as it is in force, and as what kind of field.
IN_FORCE_FACTS: Mapping[str, str] = {
    "title": "line", "objective": "text", "planned_start": "date", "planned_end": "date", "total_cost": "money",
    "participating_countries": "countries", "executing_agency": "choice", "donors": "choices",
}  # fmt: skip
# Beside them, how much is approved for each output, where a text of that case says so.
IN_FORCE_OUTPUTS: Mapping[str, str] = {"output": "line", "amount": "money"}
GROUPS = ("developing", "donors")
# What is written after the word names a grouping of countries, whoever belongs to it by then.
GROUPING_NAME = re.compile(rf"{GROUPING}[a-z][a-z0-9-]{{1,39}}")
# What the domain measures of a case for a line of a checklist.
MEASURES = ("money_reconciled", "evaluations_followed_up", "lessons_validated")
# What is asked before a case is begun, and which of it is a number.
QUESTIONS: Mapping[str, bool] = {
    "emergency": False, "framework": False, "modality": False, "countries": True, "cost": True,
}  # fmt: skip
VOCABULARIES = (
    "frameworks",
    "areas",
    "sectors",
    "sdg_goals",
    "mdg_goals",
    "agencies",
    "donors",
    "countries",
    "indicators",
    "outputs",
    "sanctions",
)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What may be referred to, in the order of the file; `verdicts` are those of each round.

    `called` are the labels of the roles.
    """

    sources: tuple[str, ...]
    roles: tuple[str, ...]
    states: tuple[str, ...]
    final: frozenset[str]
    documents: tuple[str, ...]
    rules: tuple[str, ...]
    rounds: tuple[str, ...]
    verdicts: Mapping[str, tuple[str, ...]]
    calendars: Mapping[str, WorkingCalendar] = field(default_factory=dict)
    adoptable: frozenset[str] = frozenset()
    called: Mapping[str, str] = field(default_factory=dict)
    children: tuple[str, ...] = ()

    @classmethod
    def of(cls, raw: Any, calendars: Mapping[str, WorkingCalendar]) -> "KnownNames":
        """The names in `raw`, however broken the rest of it is."""
        states, rounds = _table(raw, "states"), _table(raw, "rounds")
        return cls(
            sources=tuple(_table(raw, "sources")),
            roles=tuple(_table(raw, "roles")),
            states=tuple(states),
            final=frozenset(key for key in states if _table(states, key).get("final") is True),
            documents=tuple(_table(raw, "documents")),
            rules=tuple(_table(raw, "rules")),
            rounds=tuple(rounds),
            verdicts={key: _verdicts(raw, _table(rounds, key).get("rule")) for key in rounds},
            calendars=calendars,
            adoptable=frozenset(
                key for key in states if _table(states, key).get("adoptable") is True
            ),
            called=_labels(_table(raw, "roles")),
            children=tuple(_table(raw, "children")),
        )


def _verdicts(raw: Any, rule: Any) -> tuple[str, ...]:
    rules = _table(raw, "rules")
    return tuple(_table(_table(rules, rule), "verdicts")) if isinstance(rule, str) else ()


def _labels(roles: Any) -> dict[str, str]:
    """What each role is called, where the file says so."""
    told = {key: _table(roles, key).get("label") for key in roles}
    return {key: label for key, label in told.items() if isinstance(label, str)}


def _table(raw: Any, key: str) -> dict[str, Any]:
    found = raw.get(key) if isinstance(raw, dict) else None
    return found if isinstance(found, dict) else {}


# What a lifecycle is addressed by.
KEY = re.compile(r"[a-z][a-z0-9-]{0,59}")
# The columns that keep these names are forty characters wide.
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
NOT_A_NAME = phrase(
    "is not a name: a name is a small letter, then small letters, digits and underscores, "
    "forty characters at most"
)
SPOKEN: Mapping[type, Phrase] = {
    str: phrase("a text"),
    int: phrase("a whole number"),
    bool: phrase("true or false"),
    list: phrase("a list"),
    dict: phrase("a table"),
    float: phrase("a number with a decimal point"),
}


def spoken(value: Any) -> Phrase:
    """What a value of a file is, in words."""
    if value == "":
        return phrase("an empty text")
    return SPOKEN.get(type(value)) or phrase("a date or time")


def likely(word: str, known: Collection[str]) -> Phrase | str:
    """What was probably meant, or what there is to choose from."""
    close = get_close_matches(word, known, n=1)
    if close:
        return phrase("; did you mean '%(word)s'?", word=close[0])
    if 0 < len(known) <= 12:
        return phrase("; expected one of: %(words)s", words=", ".join(known))
    return ""
