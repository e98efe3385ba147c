"""What was found of the people for a lifecycle, in sentences."""

from collections.abc import Iterator, Mapping, Sequence

from workflow.lifecycles.definition import Definition
from workflow.lifecycles.staffing.findings import Feasibility, Loss, StaffingFinding
from workflow.phrase import Phrase, Term, phrase, together

# So many sentences of whom nobody can replace; more are counted.
MOST = 60


def standing_of(
    definition: Definition,
    found: StaffingFinding,
    closed: Mapping[str, Phrase],
    *,
    of_round: bool = False,
) -> Phrase:
    """How an end or a round stands, with what hinders it."""
    if found.standing is Feasibility.UNKNOWN:
        return phrase("It was not found out within the time for it, so it is not known.")
    if found.standing is Feasibility.CAN:
        return (
            phrase("People are left who can answer it with all duties kept.")
            if of_round
            else phrase("It can be reached with all duties kept.")
        )
    return together([_hindered(definition, found), *_closed(found, closed)])


def _closed(found: StaffingFinding, closed: Mapping[str, Phrase]) -> Iterator[Phrase]:
    rounds = (key for each in found.hindered for key in each)
    yield from dict.fromkeys(closed[key] for key in rounds if key in closed)


def _hindered(definition: Definition, found: StaffingFinding) -> Phrase:
    if not found.hindered:
        return phrase("Nobody is left for it.")
    if found.hindered == ((found.key,),):
        return phrase("Nobody can answer it with all duties kept.")
    return together(_behind(definition, found.hindered))


def _behind(definition: Definition, hindered: Sequence[Sequence[str]]) -> Iterator[Phrase]:
    """What nobody could answer alone, and what there are too few people for together."""
    alone = [each[0] for each in hindered if len(each) == 1]
    if alone:
        rounds = _called(definition, alone)
        yield phrase("Nobody can answer: %(rounds)s.", rounds=rounds)
    for each in hindered:
        if len(each) > 1:
            rounds = _called(definition, each)
            yield phrase("There are not enough people for %(rounds)s together.", rounds=rounds)


def leaving(
    definition: Definition, found: Sequence[Loss], names: Mapping[int, str]
) -> tuple[Phrase, ...]:
    """A sentence for each whom nobody can replace, by their names."""
    known = sorted(found, key=lambda each: names[each.person])
    return tuple(_left(definition, each, names[each.person]) for each in known[:MOST])


def _left(definition: Definition, loss: Loss, name: str) -> Phrase:
    return together([*_missed(definition, loss, name), *_ends(definition, loss)])


def _missed(definition: Definition, loss: Loss, name: str) -> Iterator[Phrase]:
    alone = [each[0] for each in loss.hindered if len(each) == 1]
    if alone:
        rounds = _called(definition, alone)
        yield phrase(
            "If %(person)s leaves, nobody can answer: %(rounds)s.", person=name, rounds=rounds
        )
    for each in loss.hindered:
        if len(each) > 1:
            yield phrase(
                "If %(person)s leaves, there are not enough people for %(rounds)s together.",
                person=name,
                rounds=_called(definition, each),
            )


def _ends(definition: Definition, loss: Loss) -> Iterator[Phrase]:
    if loss.ends:
        ends = tuple(Term(definition.states[key].label) for key in loss.ends)
        yield phrase("Then no programme comes to: %(ends)s.", ends=ends)


def recusing(
    definition: Definition, found: Sequence[Loss], names: Mapping[int, str]
) -> tuple[Phrase, ...]:
    """For each person the rounds from which they cannot step back without another one being missed."""
    by_person: dict[int, list[Loss]] = {}
    for loss in sorted(found, key=lambda each: names[each.person]):
        by_person.setdefault(loss.person, []).append(loss)
    said = (_stepping(definition, names[at], each) for at, each in by_person.items())
    return tuple(each for sentences in said for each in sentences)[:MOST]


def _stepping(definition: Definition, name: str, found: Sequence[Loss]) -> Iterator[Phrase]:
    alone = [each for each in found if each.hindered == ((each.round,),)]
    if alone:
        yield phrase(
            "Where %(person)s steps back, nobody else can answer: %(rounds)s.",
            person=name,
            rounds=_called(definition, [each.round for each in alone]),
        )
    for loss in found:
        if loss not in alone:
            back = phrase(
                "If %(person)s steps back from “%(round)s”:",
                person=name,
                round=_called(definition, [loss.round])[0],
            )
            yield together([back, *_behind(definition, loss.hindered), *_ends(definition, loss)])


def _called(definition: Definition, rounds: Sequence[str]) -> tuple[Term, ...]:
    return tuple(Term(definition.rounds[key].label) for key in rounds)
