"""The sentences in which a change of a rule, its seats, its answers and its fields is told."""

from collections.abc import Mapping
from typing import Any

from workflow.lifecycles.checks.check import FormCheck
from workflow.lifecycles.difference.field_words import FieldWords
from workflow.lifecycles.documents import Field
from workflow.lifecycles.quantities import Vote
from workflow.lifecycles.rule import Rule, Verdict
from workflow.lifecycles.seat import SeatSpec
from workflow.lifecycles.terms import Silence
from workflow.phrase import phrase

_RULE: Mapping[str, FieldWords] = {
    "key": FieldWords(
        phrase("The rule of %(thing)s is now kept as %(now)s, not as %(before)s."), words=True
    ),
    "kind": FieldWords(phrase("%(thing)s now settles by %(now)s; it settled by %(before)s.")),
    "words": FieldWords(
        phrase("The rule of %(thing)s is now said as “%(now)s”; it was “%(before)s”."), words=True
    ),
    "quorum_share": FieldWords(
        phrase("In %(thing)s a quorum is now %(now)s of the seats; it was %(before)s.")
    ),
    "quorum_least": FieldWords(
        phrase("In %(thing)s a quorum is now at least %(now)s; it was at least %(before)s.")
    ),
    "threshold": FieldWords(phrase("%(thing)s now takes %(now)s for it; it took %(before)s.")),
    "categories": FieldWords(
        phrase("In %(thing)s each of these is now heard: %(now)s; it was %(before)s.")
    ),
    "never": FieldWords(
        phrase("Kept from answering %(thing)s is now who falls under %(now)s; it was %(before)s.")
    ),
    "source": FieldWords(
        phrase("The source of the rule of %(thing)s is now %(now)s; it was %(before)s."), words=True
    ),
    "objections_allowed": FieldWords(
        phrase(
            "The consensus of %(thing)s now stands with %(now)s objecting; it stood with %(before)s."
        )
    ),
    "recused": FieldWords(
        phrase(
            "In %(thing)s a seat that was stepped back from %(now)s where the whole is counted; before, it %(before)s."
        )
    ),
    "override": FieldWords(
        phrase("A bar of %(thing)s may now be lifted %(now)s; it was %(before)s.")
    ),
    "several": FieldWords(
        phrase("In %(thing)s the first of several who may decide now settles it."),
        phrase("In %(thing)s one alone decides now, and no longer the first of several."),
    ),
    "early": FieldWords(
        phrase("%(thing)s now settles as soon as no missing answer can change it."),
        phrase("%(thing)s now waits for every answer, even where none can change it."),
    ),
    "called": FieldWords(
        phrase("The seats of %(thing)s are now called %(now)s; they were called %(before)s."),
        words=True,
    ),
}
_VOTE: Mapping[str, FieldWords] = {
    "share": FieldWords(
        phrase("%(thing)s is now carried by %(now)s; it was carried by %(before)s.")
    ),
    "number": FieldWords(
        phrase("%(thing)s is now carried by this number for it: %(now)s; it was %(before)s.")
    ),
    "among": FieldWords(
        phrase("The share that carries %(thing)s is now of the %(now)s; it was of the %(before)s.")
    ),
    "abstentions_count": FieldWords(
        phrase("In %(thing)s abstentions now count in the whole."),
        phrase("In %(thing)s abstentions no longer count in the whole."),
    ),
    "weights": FieldWords(
        phrase("The votes in %(thing)s now weigh %(now)s; they weighed %(before)s.")
    ),
    "each": FieldWords(
        phrase("%(thing)s is now carried by so many in each of: %(now)s; it was %(before)s.")
    ),
    "vetoes": FieldWords(phrase("A veto in %(thing)s now has %(now)s; it had %(before)s.")),
}
_SILENCE: Mapping[str, FieldWords] = {
    "least": FieldWords(
        phrase("The silence of %(thing)s now lasts at least %(now)s; it was at least %(before)s.")
    ),
    "breaks": FieldWords(
        phrase("The silence of %(thing)s is now broken by %(now)s; it was broken by %(before)s.")
    ),
    "subjects": FieldWords(
        phrase("The silence of %(thing)s may now decide on %(now)s; it was %(before)s.")
    ),
    "extension": FieldWords(
        phrase(
            "The silence of %(thing)s may now be put off %(now)s; it could be put off %(before)s."
        )
    ),
    "revives": FieldWords(
        phrase("In %(thing)s an objection may now be withdrawn until the end."),
        phrase("In %(thing)s an objection is now final at once."),
    ),
    "not_twice_running": FieldWords(
        phrase("%(thing)s may no longer be decided by silence twice running."),
        phrase("%(thing)s may now be decided by silence twice running."),
    ),
    "undelivered": FieldWords(
        phrase(
            "A mail of %(thing)s that reaches nobody now does this to the silence: %(now)s; it was %(before)s."
        )
    ),
}
_SEAT: Mapping[str, FieldWords] = {
    "part": FieldWords(phrase("%(thing)s: the seat now %(now)s; it was: %(before)s.")),
    "category": FieldWords(
        phrase("%(thing)s: the seat now sits for %(now)s; it sat for %(before)s.")
    ),
    "if_any": FieldWords(
        phrase("%(thing)s: that nobody has the seat is now no incident."),
        phrase("%(thing)s: that nobody has the seat is now an incident."),
    ),
    "unless": FieldWords(
        phrase("%(thing)s: the seat is now not asked beside %(now)s; it was beside %(before)s.")
    ),
    "when": FieldWords(
        phrase("%(thing)s: the seat is now asked where %(now)s; it was asked where %(before)s."),
        phrase("%(thing)s: the seat is now asked without a condition."),
    ),
}
_VERDICT: Mapping[str, FieldWords] = {
    "label": FieldWords(phrase("The answer %(thing)s is now called “%(now)s”."), words=True),
    "stance": FieldWords(phrase("The answer %(thing)s now counts as %(now)s, not as %(before)s.")),
    "outcome": FieldWords(
        phrase("The answer %(thing)s now comes to %(now)s; it came to %(before)s.")
    ),
    "meaning": FieldWords(
        phrase("What the answer %(thing)s means is now said as “%(now)s”; it was “%(before)s”."),
        words=True,
    ),
    "consequence": FieldWords(
        phrase("What follows from %(thing)s is now said as “%(now)s”; it was “%(before)s”."),
        words=True,
    ),
    "reason_required": FieldWords(
        phrase("The answer %(thing)s now needs a reason."),
        phrase("The answer %(thing)s no longer needs a reason."),
    ),
    "part": FieldWords(
        phrase("The answer %(thing)s is now given by a seat that %(now)s; it was: %(before)s.")
    ),
    "needs": FieldWords(
        phrase("The answer %(thing)s now needs %(now)s; it needed %(before)s."), names="document"
    ),
    "anew": FieldWords(
        phrase("What the answer %(thing)s needs must now be filed anew since the round opened."),
        phrase("What the answer %(thing)s needs may now have been filed before the round opened."),
    ),
    "never": FieldWords(
        phrase("Kept from giving %(thing)s is now who falls under %(now)s; it was %(before)s.")
    ),
}
_FIELD: Mapping[str, FieldWords] = {
    "label": FieldWords(phrase("The field %(thing)s is now called “%(now)s”."), words=True),
    "kind": FieldWords(phrase("The field %(thing)s now takes a %(now)s; it took a %(before)s.")),
    "hint": FieldWords(
        phrase("The hint of the field %(thing)s is now “%(now)s”; it was “%(before)s”."), words=True
    ),
    "required": FieldWords(
        phrase("The field %(thing)s must now be filled in."),
        phrase("The field %(thing)s may now be left empty."),
    ),
    "longest": FieldWords(
        phrase("The field %(thing)s now takes %(now)s characters at most; it took %(before)s.")
    ),
    "least": FieldWords(
        phrase("The field %(thing)s now takes %(now)s at least; it took %(before)s.")
    ),
    "vocabulary": FieldWords(
        phrase("The choices of %(thing)s are now those of %(now)s; they were those of %(before)s.")
    ),
    "options": FieldWords(
        phrase("The choices of %(thing)s are now %(now)s; they were %(before)s.")
    ),
    "source": FieldWords(
        phrase("The source of the field %(thing)s is now %(now)s; it was %(before)s."), words=True
    ),
    "confidential": FieldWords(
        phrase("What is written in %(thing)s now never opens to everybody."),
        phrase("What is written in %(thing)s may now open with its document."),
    ),
    "repeats": FieldWords(
        phrase("The field %(thing)s now repeats %(now)s; it repeated %(before)s.")
    ),
    "below_zero": FieldWords(
        phrase("The field %(thing)s now takes an amount below zero."),
        phrase("The field %(thing)s no longer takes an amount below zero."),
    ),
}
_CHECK: Mapping[str, FieldWords] = {
    "kind": FieldWords(
        phrase("The check %(thing)s now asks for “%(now)s”; it asked for “%(before)s”.")
    ),
    "at": FieldWords(phrase("The check %(thing)s now stands at %(now)s; it stood at %(before)s.")),
    "label": FieldWords(phrase("The check %(thing)s is now said as “%(now)s”."), words=True),
    "problem": FieldWords(
        phrase("That the check %(thing)s fails is now said as “%(now)s”; it was “%(before)s”."),
        words=True,
    ),
    "of": FieldWords(phrase("The check %(thing)s now looks at %(now)s; it looked at %(before)s.")),
    "to": FieldWords(
        phrase("The check %(thing)s now compares with %(now)s; it compared with %(before)s.")
    ),
    "stops": FieldWords(phrase("The check %(thing)s now stops %(now)s; it stopped %(before)s.")),
    "share": FieldWords(
        phrase("The check %(thing)s now asks for a share of %(now)s; it was %(before)s.")
    ),
    "number": FieldWords(
        phrase("The check %(thing)s now asks for a number of %(now)s; it was %(before)s.")
    ),
    "amount": FieldWords(
        phrase("The check %(thing)s now sets the amount %(now)s; it was %(before)s.")
    ),
    "among": FieldWords(phrase("The check %(thing)s now looks among %(now)s; it was %(before)s.")),
    "rows": FieldWords(
        phrase("The check %(thing)s now counts the lines where %(now)s; it was where %(before)s.")
    ),
    "when": FieldWords(
        phrase("The check %(thing)s is now asked where %(now)s; it was asked where %(before)s.")
    ),
    "source": FieldWords(
        phrase("The source of the check %(thing)s is now %(now)s; it was %(before)s."), words=True
    ),
    "words": FieldWords(
        phrase("The check %(thing)s now looks for the words %(now)s; it was %(before)s.")
    ),
    "besides": FieldWords(
        phrase("The check %(thing)s now needs no answer for %(now)s; it was %(before)s.")
    ),
    "across": FieldWords(
        phrase(
            "The check %(thing)s now tells one filing from the next by %(now)s; it was by %(before)s."
        )
    ),
    "beside": FieldWords(
        phrase(
            "The check %(thing)s now counts what was signed beside it and says the same in %(now)s; "
            "it was in %(before)s."
        )
    ),
    "yields_to": FieldWords(
        phrase(
            "The check %(thing)s now says nothing where %(now)s does not hold; it was %(before)s."
        ),
        phrase("The check %(thing)s no longer yields to another one."),
    ),
}
RULES: Mapping[type[Any], Mapping[str, FieldWords]] = {
    Rule: _RULE,
    Vote: _VOTE,
    Silence: _SILENCE,
    SeatSpec: _SEAT,
    Verdict: _VERDICT,
    Field: _FIELD,
    FormCheck: _CHECK,
}
