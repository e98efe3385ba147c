"""People stand on the trail under opaque ids, each under one."""

from dataclasses import FrozenInstanceError

import pytest

from workflow.audit.events.payload import opaque, person_of
from workflow.audit.events.rounds import RoundOvertaken


def test_a_person_is_known_by_an_opaque_id_and_nobody_by_none() -> None:
    assert (opaque(12), opaque(None)) == ("p12", None)
    assert person_of(opaque(12)) == 12


@pytest.mark.parametrize("known_as", ["", "p", "12", "p-1", "p01", "p1 ", "P1", 12, None, ["p1"]])
def test_anything_else_is_the_id_of_nobody(known_as: object) -> None:
    with pytest.raises(ValueError, match="is the id of nobody"):
        person_of(known_as)


def test_a_payload_cannot_be_changed() -> None:
    overtaken = RoundOvertaken(round="screening", turn=1)

    with pytest.raises(FrozenInstanceError):
        overtaken.turn = 2  # type: ignore[misc]
