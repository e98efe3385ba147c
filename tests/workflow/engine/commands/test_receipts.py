"""Receipts: a key that is taken is known by whoever says so, in whatever language."""

from types import SimpleNamespace

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from tests.support.world import World
from workflow.engine.commands.receipts import is_taken
from workflow.engine.models import CommandKey

UNIQUE = "doppelter Schlüsselwert verletzt Unique-Constraint »{}«"


class SaidInGerman(Exception):
    """What the driver says where the server speaks German."""

    def __init__(self, constraint: str) -> None:
        super().__init__(UNIQUE.format(constraint))
        self.diag = SimpleNamespace(constraint_name=constraint)


def test_a_key_that_is_taken_is_known_on_either_database(house_url: str) -> None:
    world = World(house_url)
    row = {
        "person_id": world.person("jane.okello"), "key": "k", "request_digest": "", "receipt": {},
        "at": world.engine.now(),
    }  # fmt: skip

    with pytest.raises(IntegrityError) as refused, world.engine.transaction() as session:
        session.execute(insert(CommandKey), [row, row])

    assert is_taken(refused.value)
    world.close()


def test_a_server_may_say_so_in_its_own_language() -> None:
    fault = IntegrityError(None, None, SaidInGerman("pk_command_key"))

    assert is_taken(fault)


def test_another_constraint_is_another_fault() -> None:
    fault = IntegrityError(None, None, SaidInGerman("uq_sign_off_seat_id"))

    assert not is_taken(fault)
