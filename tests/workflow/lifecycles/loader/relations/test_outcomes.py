"""Reading where outcomes lead, and by which condition elsewhere."""

from tests.workflow.engine.lifecycles import STANDARD, edited, faults_of, put
from tests.workflow.lifecycles.broken.conditions import SMALL
from workflow.lifecycles.definition import Target
from workflow.lifecycles.loader.files import load_file


def test_the_last_way_is_taken_otherwise_and_the_others_in_their_order() -> None:
    outcome = load_file(STANDARD.with_name("triangular.toml")).rounds["concluding"].outcomes

    target = outcome["recommend"]

    assert (target.state, [each.to for each in target.branches]) == (
        "decision",
        [Target("donor_agreement", children=("agreement",))],
    )
    assert [each.words for each in target.branches] == [("a donor takes part",)]
    assert target.every() == (target, Target("donor_agreement", children=("agreement",)))
    assert outcome["return"].branches == ()


def test_a_way_may_open_rounds_instead_of_leading_to_a_state() -> None:
    ways = [{"when": SMALL["when"], "opens": ["withdrawal_heard"]}, {"state": "returned"}]

    faults = faults_of(edited(put("rounds/screening/outcomes/return", ways)))

    assert [str(each.place) for each in faults] == [
        "programme-standard.toml: rounds.screening.outcomes.return[0].opens[0]"
    ]
