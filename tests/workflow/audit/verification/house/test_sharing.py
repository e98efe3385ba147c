"""What countries share, altered behind the register: each row that it tells of is told to differ."""

import pytest
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.sharing.shared import BRAZIL, listed
from tests.workflow.sharing.test_renewal import kept
from workflow.audit.verification.verify import verify
from workflow.erasure.withdrawal import withdraw
from workflow.sharing.content import EXPERT
from workflow.sharing.uses import use

ALTERED = (
    ("UPDATE shared_entry SET kind = 'institution' WHERE id = 1", "The shared entry 1: its kind"),
    ("UPDATE shared_entry SET party_id = party_id + 1 WHERE id = 1", "its party"),
    ("UPDATE shared_entry SET holds_until = '2099-01-01' WHERE id = 1", "its holds_until"),
    ("UPDATE shared_entry SET consent_until = '2099-01-01' WHERE id = 2", "its consent_until"),
    ("UPDATE shared_entry SET in_files = true WHERE id = 1", "its in_files"),
    ("UPDATE shared_entry SET state = 'lapsed' WHERE id = 1", "its state"),
    ("UPDATE shared_entry SET state = 'listed' WHERE id = 3", "its state"),
    (
        "UPDATE shared_wording SET content = '{}' WHERE id = 1",
        "The wording 1 of the shared entry 1",
    ),
    ("UPDATE shared_wording SET consent = 'Of course.' WHERE id = 2", "its consent"),
    (
        "UPDATE shared_wording SET consented_until = '2099-01-01' WHERE id = 2",
        "its consented_until",
    ),
    ("UPDATE shared_wording SET decided_by = 4 WHERE id = 1", "its decided_by"),
    (
        "UPDATE shared_act SET act = 'lapsed' WHERE act = 'kept'",
        "The act on a shared entry told by",
    ),
    ("DELETE FROM shared_act WHERE act = 'withdrawn'", "there is no such row"),
    ("UPDATE shared_use SET person_id = 3", "The use of the shared entry 1: its person_id"),
    ("DELETE FROM shared_use", "there is no such row"),
)


@pytest.mark.parametrize(("statement", "said"), ALTERED)
def test_what_was_altered_behind_the_register_is_told(
    world: World, statement: str, said: str
) -> None:
    number = listed(world)
    listed(world, EXPERT)
    withdraw(world.engine, world.person(BRAZIL), listed(world, EXPERT))
    kept(world, number)
    ref = world.programme("draft")
    use(world.engine, world.person("joao.lima"), number, ref)
    before = verify(world.engine.database).differences
    world.honest = False

    with world.engine.transaction() as session:
        session.execute(text(statement))

    found = [each.sentence for each in verify(world.engine.database).differences]
    assert before == []
    assert len(found) == 1
    assert said in found[0]
