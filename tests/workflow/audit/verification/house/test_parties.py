"""A party altered behind the engine is found: what it may do, what it is called, and what it is."""

from tests.support.world import World
from tests.workflow.audit.verification.house.forging import said_of, unseen
from workflow.people.directory.descriptions import DONOR, Described, enter_party

OF = "update party set {} where key = '{}'"


def test_what_a_party_is_called_and_may_do_is_compared(world: World) -> None:
    now = world.engine.now()
    with world.engine.transaction() as session:
        fund = Described(kind=DONOR, name="A Fund", gives=True, contact="The desk of the fund")
        enter_party(session, "a-fund", fund, by=None, now=now)

    assert said_of(world) == ""
    assert unseen(world, [
        (OF.format(f"{column} = {forged}", key), OF.format(f"{column} = {kept}", key))
        for key, column, forged, kept in (
            ("a-fund", "gives", "false", "true"),
            ("a-fund", "executes", "true", "false"),
            ("a-fund", "name", "'Another'", "'A Fund'"),
            ("a-fund", "sort", "'agency'", "'donor'"),
            ("a-fund", "languages", "'fr'", "''"),
            ("a-fund", "contact", "'Somebody'", "'The desk of the fund'"),
            ("bra", "gives", "true", "false"),
            ("bra", "executes", "true", "false"),
            ("undp", "executes", "false", "true"),
        )
    ]) == []  # fmt: skip
