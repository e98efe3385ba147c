"""What a checklist calls of the cases below: to somebody those of which they may know, and to everybody what was sent."""

from tests.support.world import World
from tests.workflow.closures.test_evaluated import measured
from tests.workflow.engine.cases.family import HEAD, OFFICER, REF, begun, part
from tests.workflow.engine.checklists.listed import PARTS, listed
from tests.workflow.lifecycles.evaluations.evaluated import ended
from workflow.engine.checklists.told import told
from workflow.lifecycles.children.checklist import CheckedLine, ChecklistLine, Measured, Unmet
from workflow.phrase import phrase

LINE = ChecklistLine("parts", "Parts are done")
FIRST, SECOND = f"{REF}.1", f"{REF}.2"


def seen(world: World, found: Measured, who: str | None) -> Measured:
    """What was found, as somebody may know it; nobody in particular is told of all."""
    with world.engine.reading() as session:
        person = world.person(who) if who else None
        lists = {"one": (CheckedLine(LINE, found),)}
        (line,) = told(session, lists, person, world.engine.now().date())["one"]
    return line.found


def drafts(world: World) -> Measured:
    """Two parts that nobody was sent, of which the officers are asked, called by two kinds; and a paper."""
    begun(world, part(), listed(PARTS))
    world.answer(REF, "start", OFFICER, "go")
    first = Unmet(phrase("the first"), ref=FIRST, kind="Part")
    second = Unmet(phrase("the second"), ref=SECOND, kind="Amendment")
    paper = Unmet(phrase("the paper"), document="paper")
    return Measured(4, (first, paper, second), ended=(first,))


def words(of: Measured) -> list[str]:
    return [str(each.said) for each in of.left]


def test_whoever_may_know_of_a_case_is_told_of_it_and_others_how_many_there_are(
    world: World,
) -> None:
    found = drafts(world)

    knows, outside = (seen(world, found, who) for who in (OFFICER, HEAD))

    assert words(knows) == ["the first", "the paper", "the second"]
    assert words(outside) == [
        "the paper",
        "1 case of “Part” that was not sent is left",
        "1 case of “Amendment” that was not sent is left",
    ]
    assert [each.ref for each in outside.left] == ["", "", ""]
    assert [str(each.said) for each in outside.ended] == [
        "1 case of “Part” that was not sent has ended"
    ]


def test_what_everybody_may_read_is_the_same_whoever_asks(world: World) -> None:
    found = drafts(world)

    to_all = [tuple(map(str, seen(world, found, who).left_to_all)) for who in (OFFICER, HEAD, None)]

    assert to_all == [tuple(words(seen(world, found, HEAD)))] * 3
    assert words(seen(world, found, None)) == words(found)


def test_what_is_no_case_is_told_to_everybody(world: World) -> None:
    found = drafts(world)
    paper = Measured(1, found.left[1:2])

    outside = seen(world, paper, HEAD)

    assert outside == paper
    assert [str(each) for each in outside.left_to_all] == ["the paper"]


def test_evaluations_and_actions_of_them_say_what_they_are(world: World) -> None:
    evaluation = ended(world)

    found = measured(world, evaluation.programme.ref)

    assert [each.kind for each in found.left] == ["Evaluation"]
