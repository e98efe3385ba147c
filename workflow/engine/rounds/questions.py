"""The questions that a round asks besides its verdict: put to whoever signs, and answered in their shape."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from workflow.engine.clauses import comment_rules
from workflow.engine.documents import labels
from workflow.engine.permissions.personal import appointees, invitation_rules
from workflow.engine.rounds.decision import Decision
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid
from workflow.lifecycles import form_checks
from workflow.lifecycles.checks import findings
from workflow.lifecycles.checks.known import KnownValues
from workflow.lifecycles.clauses import remarks
from workflow.lifecycles.clauses.invitation import INVITATION
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind, Field, Section
from workflow.lifecycles.rule import Stance, Verdict
from workflow.phrase import Lowered, Phrase, Term, phrase

NOTHING: Mapping[str, Phrase] = MappingProxyType({})
SOMEBODY_ELSE = phrase("Somebody else has to be named.")
NOT_PUT = phrase("This round asks questions; answer it on its own page.")


def as_kept(spec: RoundSpec, decision: Decision) -> Decision:
    """The decision with its answers in the spelling that is kept."""
    if decision.answers is None:
        return decision
    return replace(decision, answers=form_checks.as_kept(spec.questions, decision.answers))


def check_answers(
    definition: Definition,
    spec: RoundSpec,
    decision: Decision,
    verdict: Verdict,
    eligible: Collection[str],
    strangers: Mapping[str, Phrase],
) -> None:
    """Refuse a decision before whose maker the questions were not put, and answers that are none.

    What has to be answered is owed by whoever agrees; who sends a thing back says why instead.
    """
    if decision.answers is None:
        if spec.questions and remarks.has_to_be_put(spec):
            raise Invalid(NOT_PUT)
        return
    _refuse_misshapen(definition, spec, decision.answers)
    if spec.questions:
        _refuse_strange_remark(spec, decision.answers, eligible)
        comment_rules.refuse_unfit(spec, decision.answers, verdict, eligible)
    for question in _naming(spec, verdict):
        _refuse_stranger(question, decision.answers, eligible)
    if strangers:
        told = (
            phrase("The invitation cannot be sent so.")
            if INVITATION in strangers
            else SOMEBODY_ELSE
        )
        raise Invalid(told, dict(strangers))
    if verdict.stance is Stance.FOR:
        _refuse_unanswered(spec, decision.answers, verdict)
        _refuse_unrelated(spec, decision.answers)


def _refuse_misshapen(definition: Definition, spec: RoundSpec, answers: Mapping[str, Any]) -> None:
    if answers.keys() - {question.key for question in spec.questions}:
        raise Invalid(phrase("The form holds an answer that this round does not ask for."))
    found = form_checks.faults(_as_form(spec), answers)
    for field in spec.questions:
        if field.key not in found and not all(_offered(definition, field, answers)):
            found[field.key] = phrase("Choose one of the options offered.")
    if found:
        raise Invalid(phrase("Some of your answers cannot be kept as they are."), found)


def _naming(spec: RoundSpec, verdict: Verdict) -> list[Field]:
    """The questions by whose answers this verdict gives a party its part in the case."""
    named = [each for each in spec.appoints if each.question and each.outcome == verdict.outcome]
    return [next(q for q in spec.questions if q.key == each.question) for each in named]


def eligible(
    work: UnitOfWork, spec: RoundSpec, decision: Decision, verdict: Verdict | None, party: str
) -> frozenset[str]:
    """The parties, the remarks and the clauses that an answer for a party may name; asked only where it names any."""
    if not spec.questions:
        return frozenset()
    found = _eligible_remarks(work, spec, decision.answered)
    found |= comment_rules.eligible(work, spec, decision.answered, party)
    return found | _eligible_parties(work, spec, decision, verdict)


def unfit(work: UnitOfWork, spec: RoundSpec, answers: Mapping[str, Any]) -> Mapping[str, Phrase]:
    """By question: why the person who is named there cannot be, whom what they did before bars."""
    found: dict[str, Phrase] = {}
    for question in spec.questions:
        named = answers.get(question.key)
        if question.kind == "person" and named:
            problem = appointees.unfit(work, spec, question, str(named))
            found |= {question.key: problem} if problem is not None else {}
    return found | dict(invitation_rules.problems(work, spec, answers))


def _eligible_remarks(
    work: UnitOfWork, spec: RoundSpec, answers: Mapping[str, Any]
) -> frozenset[str]:
    """The remarks on the text that came back, each as “remarks:id”."""
    found = remarks.answering(spec)
    if found is None or not remarks.replies_in(spec, answers):
        return frozenset()
    question, names = found
    column = next(each for each in question.columns if each.key == names)
    offered = labels.options_on(work.session, work.definition, work.case.id, column)
    return frozenset(f"{remarks.REMARKS}:{key}" for key, _ in offered)


def _eligible_parties(
    work: UnitOfWork, spec: RoundSpec, decision: Decision, verdict: Verdict | None
) -> frozenset[str]:
    """The parties that an answer may name, each as “capacity:key”."""
    naming = _naming(spec, verdict) if verdict and decision.answers is not None else []
    if not naming:
        return frozenset()
    capacities = {each.vocabulary.removeprefix("parties:") for each in naming}
    return frozenset(
        f"{capacity}:{key}"
        for capacity in capacities
        for key, _ in labels.parties_of(work.session, work.case.id, capacity)
    )


def _refuse_strange_remark(
    spec: RoundSpec, answers: Mapping[str, Any], eligible: Collection[str]
) -> None:
    """Refuse to answer what nobody said of this text, and anything twice: what is answered is owed no more."""
    found = remarks.answering(spec)
    if found is None:
        return
    question, names = found
    named = [row[names] for row in answers.get(question.key) or [] if names in row]
    if any(f"{remarks.REMARKS}:{each}" not in eligible for each in named):
        raise Invalid(
            phrase("Some of your answers cannot be kept as they are."),
            {question.key: phrase("Answer what was said of this text, and nothing else.")},
        )
    if len(set(named)) < len(named):
        raise Invalid(
            phrase("Some of your answers cannot be kept as they are."),
            {question.key: phrase("Answer each remark once.")},
        )


def _refuse_stranger(
    question: Field, answers: Mapping[str, Any], eligible: Collection[str]
) -> None:
    """Refuse to name a party that has not the part in this case that the question is about."""
    capacity = question.vocabulary.removeprefix("parties:")
    if f"{capacity}:{answers.get(question.key)}" not in eligible:
        raise Invalid(
            phrase("Name the %(question)s.", question=Lowered(question.label)),
            {question.key: phrase("Choose one of these.")},
        )


def _refuse_unanswered(spec: RoundSpec, answers: Mapping[str, Any], verdict: Verdict) -> None:
    owed = form_checks.lacking(spec.questions, answers)
    if owed:
        raise Invalid(
            phrase(
                "“%(verdict)s” needs an answer to each question that has to be answered.",
                verdict=Term(verdict.label),
            ),
            {field.key: _owed(field, answers.get(field.key)) for field in owed},
        )


def _owed(field: Field, given: Any) -> Phrase:
    """What is to be answered: the question, or what a line of its table lacks."""
    line = form_checks.lacking_in_line(field, given)
    if line is None:
        return phrase("Answer this.")
    number, column = line
    return phrase(
        "Line %(number)s, %(label)s: %(problem)s",
        number=number,
        label=Term(column.label),
        problem=phrase("Answer this."),
    )


def _refuse_unrelated(spec: RoundSpec, answers: Mapping[str, Any]) -> None:
    wrong = [each for each in findings(spec.checks, KnownValues(answers)) if each.unmet]
    if wrong:
        raise Invalid(
            phrase("Your answers do not fit together."),
            {each.check.at: each.said for each in reversed(wrong)},
        )


def _offered(definition: Definition, field: Field, answers: Mapping[str, Any]) -> Iterator[bool]:
    """For each cell of a table of answers, whether it is one of the options, where there are any."""
    for row in answers.get(field.key) or () if field.kind == "lines" else ():
        for column in field.columns:
            allowed = dict(labels.options(definition, column))
            yield not allowed or column.key not in row or row[column.key] in allowed


def _as_form(spec: RoundSpec) -> DocumentKind:
    return DocumentKind(
        key="questions",
        label=spec.label,
        content="",
        iati_category="",
        sections=(Section("questions", spec.label, "", spec.questions),),
        attach=False,
        written_by=(),
        written_in=(),
        source=(),
    )
