"""Whether a person may be named to answer other rounds of a case, and if not, by which act of theirs."""

from workflow.engine.permissions.context import RoundOfCase, round_contexts
from workflow.engine.permissions.duties import duties
from workflow.engine.permissions.personal.named import holders_offered, rounds_named_for
from workflow.engine.permissions.prior_acts import pasts
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Refusal
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.documents import Field
from workflow.phrase import Phrase, phrase


def unfit(work: UnitOfWork, spec: RoundSpec, question: Field, named: str) -> Phrase | None:
    """Why this person cannot be named: holds no such office today, or is barred from what they would answer."""
    today = work.now.date()
    offered = holders_offered(work.session, work.definition, work.case.id, question, today)
    whom = next((each for each in offered if str(each.person) == named), None)
    if whom is None:
        return phrase("Choose somebody who holds the office.")
    refusal = _barred(work, spec, question, whom.person)
    if refusal is None:
        return None
    return phrase(
        "%(whom)s may not do this and would be told: “%(sentence)s”",
        whom=whom.name,
        sentence=refusal.said,
    )


def _barred(work: UnitOfWork, spec: RoundSpec, question: Field, person: int) -> Refusal | None:
    """The first duty that would keep the person from one of the rounds for which they are named."""
    case, definition = work.case, work.definition
    wanted = [
        RoundOfCase(definition, each, case.id, case.ref, case.state, None, case.footing)
        for each in rounds_named_for(definition, spec.key, question.key)
    ]
    past = pasts(work.session, [case.id], [person])
    for at in round_contexts(work.session, wanted, work.now):
        known = at.known_of(person, past)
        refusal = next(iter(duties(definition, at.spec, at.spec.rule.never, known)), None)
        if refusal is not None:
            return refusal
    return None
