"""T4 and T5: the end of a history is cut off, before and after its events came into the log."""

import random

import pytest
from sqlalchemy.orm import Session

from tests.attacks.fresh import Fresh
from tests.attacks.logged import LENGTH, House
from tests.attacks.rewriting import cut_after, grow_anew, rewrite
from tests.attacks.trying import tell, tries
from tests.support.tlog.stated_lines import line_of
from tests.workflow.tlog.writing import place_all, reading, write
from workflow.audit.verification.verify import verify
from workflow.people.register import registered
from workflow.tlog.store.heads import state_heads
from workflow.tlog.verify import verify_log

CUTS = tries(5)
MORE = 3


def written_on(house: House) -> dict[tuple[str, int], bytes]:
    """Three more events of the first case, which nobody has put into the log; their receipts."""
    hashes = write(house.database, house.refs[:1], each=MORE)
    return {(house.refs[0], LENGTH + 1 + at): link for at, link in enumerate(hashes)}


def cut(house: House, last: int) -> House:
    rewrite(house.database, house.refs[0], cut_after(last))
    return house


@pytest.mark.proof
def test_an_end_cut_off_before_it_was_in_the_log_is_shown_by_a_receipt_alone(fresh: Fresh) -> None:
    """T4: who kept a receipt finds it; nothing inside and no checkpoint does."""
    chance, inside, outside, missed = random.Random(4), 0, 0, 0
    for house in fresh(CUTS):
        house.kept.receipts |= written_on(house)
        cut(house, chance.randrange(LENGTH, LENGTH + MORE))
        place_all(house.database)
        inside += bool(house.inside)
        outside += house.kept.diverges(house.database) or house.kept.is_refused(house.database)
        missed += bool(house.kept.missed(house.database))

    tell(4, CUTS, inside, "verify (nothing outside)")
    tell(4, CUTS, missed, "a receipt")
    assert (inside, outside, missed) == (0, 0, CUTS)


@pytest.mark.proof
def test_an_end_cut_off_before_the_first_checkpoint_is_not_found(fresh: Fresh) -> None:
    """T4: with neither a receipt nor a checkpoint nobody can tell."""
    chance = random.Random(44)
    for house in fresh(CUTS):
        written_on(house)
        cut(house, chance.randrange(LENGTH, LENGTH + MORE))

        assert house.inside == []


@pytest.mark.proof
def test_an_end_cut_off_after_it_was_in_the_log_is_found_by_the_tree(fresh: Fresh) -> None:
    """T5: the chain and the head agree; the tree does not."""
    chance, by_chain, by_tree = random.Random(5), 0, 0
    for house in fresh(CUTS):
        cut(house, chance.randrange(1, LENGTH))
        by_chain += not verify(house.database).sound
        by_tree += not verify_log(house.database).sound

    tell(5, CUTS, by_tree, "verify (tree)")
    assert (by_chain, by_tree) == (0, CUTS)


@pytest.mark.proof
def test_a_tree_made_anew_over_what_is_left_contradicts_its_checkpoint(fresh: Fresh) -> None:
    """T5: with a log that was made smaller, or filled up again to the same size."""
    chance, found = random.Random(55), 0
    for house in fresh(CUTS):
        last = chance.randrange(1, LENGTH)
        cut(house, last)
        write(house.database, house.refs[1:], each=chance.choice([0, LENGTH - last]))
        grow_anew(house.database)
        found += any("The checkpoint" in sentence for sentence in house.inside)

    assert found == CUTS


def test_an_end_that_was_stated_is_missed_by_its_line(fresh: Fresh) -> None:
    """T4: the line that the log stated of the history names an event that is no longer there."""
    house = next(fresh(1))
    with Session(house.database) as session, session.begin():
        state_heads(session, registered, house.clock())
    place_all(house.database)
    cut(house, LENGTH - 1)

    with reading(house.database) as session:
        stated = line_of(session, house.refs[0])

    assert stated is not None
    assert not stated.holds
    assert any("is missing" in sentence for sentence in house.inside)
