"""Whether those can decide and advise who sit on boards and committees, as the set-up page says it."""

from collections.abc import Iterator

from workflow.offices.facts import ReadyBody, SetupFacts
from workflow.offices.lacks import Lack
from workflow.phrase import Lowered, Phrase, Term, phrase
from workflow.vocabulary import BOARD_CHAIR, Stage

APPRAISAL = "appraisal"


def boards(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Every board that is entered can decide: it has a chair, enough seats, and a member for each."""
    for board in facts.boards:
        cannot = phrase("%(board)s cannot decide", board=board.name)
        yield from _fitness(board, cannot, Stage.APPROVAL)
        if board.chairless is not None:
            yield Lack(
                phrase("%(board)s has nobody to chair it", board=board.name),
                board.chairless,
                f"appoint:{BOARD_CHAIR}",
                phrase("Appoint somebody"),
                stops=False,
            )
    if facts.boards and not any(board.by_default for board in facts.boards):
        yield _no_default(facts)


def _no_default(facts: SetupFacts) -> Lack:
    """It stops whatever names no framework; else it can wait until a framework names no board."""
    what, act = phrase("A board that decides by default"), phrase("See the bodies")
    if not facts.unframed:
        why = phrase("Nobody decides on programmes of a framework that names no board.")
        return Lack(what, why, "bodies", act, stops=False)
    why = phrase(
        "“%(lifecycle)s” asks for no framework that would name a board, so its Board would be nobody.",
        lifecycle=Term(facts.unframed[0]),
    )
    return Lack(what, why, "bodies", act, Stage.APPROVAL)


def committees(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Every committee that is entered can advise or steer; only one by default stops a proposal."""
    for body in facts.committees:
        cannot = phrase("%(body)s cannot meet", body=body.name)
        stage = Stage.APPROVAL if body.kind == APPRAISAL else Stage.IMPLEMENTATION
        yield from _fitness(body, cannot, stage, stops=body.by_default)
        if body.chairless is not None:
            yield Lack(
                phrase("%(body)s has nobody to chair it", body=body.name),
                body.chairless,
                "bodies",
                phrase("See the bodies"),
                stops=False,
            )


def replaced_by_body(facts: SetupFacts, word: str) -> bool:
    """Whether a committee by default sits where an office of the house is asked without one."""
    kind = word.split(":")[1] if word.startswith("body:") else ""
    return any(body.kind == kind and body.by_default for body in facts.committees)


def untied(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Whoever is appointed to a board counts on one board alone."""
    for each in facts.untied:
        yield Lack(
            phrase("%(person)s is tied to no board", person=each.person),
            phrase(
                "As %(role)s for %(party)s they answer on every board on which it sits.",
                role=Lowered(facts.called(each.role)),
                party=each.party,
            ),
            f"tie:{each.appointment}",
            phrase("Tie it to a board"),
            stops=False,
        )


def _fitness(
    body: ReadyBody, cannot: Phrase, stage: Stage, *, stops: bool = True
) -> Iterator[Lack | Phrase]:
    """The name of a body that lacks nothing, or each thing for whose want it `cannot`."""
    if not body.lacks:
        yield phrase("%(body)s", body=body.name)
    for lack in body.lacks:
        yield Lack(cannot, lack, "bodies", phrase("See the bodies"), stage, stops=stops)
