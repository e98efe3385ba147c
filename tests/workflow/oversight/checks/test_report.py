"""A check whose result is taken away tells how far it is, through the histories and through the log."""

import pytest

from tests.support.world import World
from workflow.audit.verification.verify import Examined
from workflow.oversight.checks.report import check_everything


@pytest.mark.proof(either=True)
def test_a_check_tells_of_each_history_and_goes_on_telling_in_the_log(world: World) -> None:
    heard: list[tuple[int, int]] = []

    told = list(
        check_everything(
            world.engine, world.person("marie.laurent"), lambda *far: heard.append(far)
        )
    )

    histories = sum(isinstance(each, Examined) for each in told)
    whole = heard[0][1]
    assert [done for done, _ in heard[:histories]] == [min(n + 1, whole) for n in range(histories)]
    assert set(heard[histories:]) == {(whole, whole)}
