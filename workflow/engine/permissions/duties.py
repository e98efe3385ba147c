"""Separation of duties: whom what they did before bars from a seat, alone, as a party or through somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflow.errors import ConflictOfDuties, Refusal
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.seat import SeatRef
from workflow.phrase import Lowered, Phrase, Term, phrase, together


@dataclass(frozen=True, slots=True)
class PriorActs:
    """What one person did in a case that may bar them: rounds answered, texts written.

    `family` says what they did first in the cases above it, under it or beside it, where that bars.
    """

    signed: frozenset[str] = frozenset()
    wrote: frozenset[str] = frozenset()
    family: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Principal:
    """For whom somebody acts under a mandate: what bars the one bars the other as well."""

    name: str
    past: PriorActs
    answered_here: bool
    interest: bool = False


def duties(
    definition: Definition, spec: RoundSpec, bars: tuple[str, ...], past: PriorActs
) -> Iterable[Refusal]:
    """Separation of duties: nobody decides on what they wrote or submitted, or on what they took part in."""
    for bar in bars:
        kind, _, round_key = bar.partition(":")
        if kind == "family" and past.family is not None:
            yield ConflictOfDuties(together([past.family]))
        if kind == "author" and past.wrote & frozenset(spec.text):
            yield ConflictOfDuties(
                phrase("You wrote the text under decision; somebody else has to decide on it.")
            )
        if kind == "signed" and round_key in past.signed:
            label = Lowered(definition.rounds[round_key].label)
            yield ConflictOfDuties(
                phrase(
                    "You took part in the %(label)s of this %(case)s; somebody else has to decide here.",
                    label=label,
                    case=Term(definition.subject),
                )
            )


def withheld(
    definition: Definition, spec: RoundSpec, past: PriorActs, principal: Principal | None
) -> frozenset[str]:
    """The verdicts that what somebody did before, or for whom they act, keeps from them; not the others."""
    acts = [past, *([principal.past] if principal else [])]
    return frozenset(
        verdict.key
        for verdict in spec.rule.verdicts.values()
        if verdict.never
        and any(any(duties(definition, spec, verdict.never, each)) for each in acts)
    )


def duties_of_seat(
    definition: Definition,
    bars: tuple[str, ...],
    place: SeatRef,
    heard: frozenset[tuple[str, str, int]],
) -> Iterable[Refusal]:
    """Whoever speaks there: a party, or one office of it, may be barred by what it answered."""
    if not heard:
        return
    parties = {(key, party) for key, _, party in heard}
    for bar in bars:
        whose, _, rest = bar.partition(":")
        key = rest.removeprefix("signed:")
        label = Lowered(definition.rounds[key].label if key in definition.rounds else "")
        if whose == "party" and (key, place.party_id) in parties:
            yield ConflictOfDuties(
                phrase(
                    "%(party)s took part in the %(label)s of this %(case)s; another party has to "
                    "decide here.",
                    party=place.party_name,
                    label=label,
                    case=Term(definition.subject),
                )
            )
        if whose == "office" and (key, place.role, place.party_id) in heard:
            role = Term(definition.roles[place.role].label)
            yield ConflictOfDuties(
                phrase(
                    "The %(role)s of %(party)s took part in the %(label)s of this %(case)s; "
                    "another office has to decide here.",
                    role=role,
                    party=place.party_name,
                    label=label,
                    case=Term(definition.subject),
                )
            )


def duties_of_principal(
    definition: Definition, spec: RoundSpec, principal: Principal
) -> Iterable[Refusal]:
    """Nobody does through somebody else what they may not do themselves."""
    whom = phrase("%(name)s, for whom you would act,", name=principal.name)
    if principal.answered_here:
        yield ConflictOfDuties(
            phrase(
                "%(whom)s has already answered in this round for another seat; one person, one "
                "answer.",
                whom=whom,
            )
        )
    if principal.interest:
        yield ConflictOfDuties(
            phrase("%(whom)s declared an interest here; a mandate cannot lift that.", whom=whom)
        )
    if any(duties(definition, spec, spec.rule.never, principal.past)):
        yield ConflictOfDuties(
            phrase(
                "%(whom)s wrote the text under decision or took part earlier in this %(case)s; a "
                "mandate cannot lift that, so somebody else has to decide here.",
                whom=whom,
                case=Term(definition.subject),
            )
        )
