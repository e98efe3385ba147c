"""T3, T6, T7: history rewritten with its rows, then with its tree, then with its signatures."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.attacks.fresh import Fresh
from tests.attacks.logged import LENGTH, House
from tests.attacks.rewriting import (
    forge_reason,
    grow_anew,
    rewrite,
    sign_anew,
    sign_with_own_key,
    take_down,
    without,
)
from tests.attacks.spoiling import sentences
from tests.attacks.trying import tell, tries
from tests.workflow.tlog.writing import NOON, ORIGIN, Hand, logged, write
from workflow.audit.verification.verify import verify
from workflow.tlog.signer.key_store import KeyStore
from workflow.tlog.signer.signer import Contradiction, Signer
from workflow.tlog.verify import verify_log

DELETIONS, UNSIGNED, SIGNED = tries(10), tries(3), tries(3)


def changed(house: House, chance: random.Random) -> House:
    """One event somewhere in the middle is taken out and everything after it is mended."""
    rewrite(house.database, chance.choice(house.refs), without(chance.randrange(1, LENGTH)))
    return house


def test_where_nothing_was_done_nothing_is_found(fresh: Fresh) -> None:
    house = next(fresh(1))
    logged(house.database, house.refs)
    house.clock.move(seconds=5)
    Signer(house.database, KeyStore(house.home), house.clock).step()

    assert house.inside == []
    assert not house.kept.diverges(house.database)
    assert not house.kept.is_refused(house.database)
    assert house.kept.missed(house.database) == set()


@pytest.mark.proof
def test_an_event_taken_out_with_all_mended_is_found_by_the_tree(fresh: Fresh) -> None:
    """T3: renumbered, chain and heads made anew; what is no longer found inside is the chain."""
    chance, by_chain, by_tree = random.Random(3), 0, 0
    for house in fresh(DELETIONS):
        changed(house, chance)
        by_chain += not verify(house.database).sound
        by_tree += not verify_log(house.database).sound

    tell(3, DELETIONS, by_tree, "verify (tree)")
    assert (by_chain, by_tree) == (0, DELETIONS)


def test_other_words_in_a_sign_off_with_every_row_mended_are_found_by_the_tree(
    attacked: Engine,
) -> None:
    """T3 in a whole programme: reason, salt, commitment, chain, sign-off and head agree again."""
    forge_reason(attacked, "SSC-2026-002", "I never said so.")

    assert verify(attacked).differences == []
    assert "The tile 0/0 was altered or is missing." in sentences(attacked)


@pytest.mark.proof
def test_a_log_made_anew_without_the_key_contradicts_its_checkpoints(fresh: Fresh) -> None:
    """T6: tree and tiles agree with the forged events; the signature cannot be made."""
    chance, found = random.Random(6), 0
    for house in fresh(UNSIGNED):
        grow_anew(changed(house, chance).database)
        found += any("The checkpoint" in sentence for sentence in house.inside)

    tell(6, UNSIGNED, found, "verify (checkpoint)")
    assert found == UNSIGNED


@pytest.mark.proof
def test_a_log_whose_checkpoints_were_taken_down_is_refused_by_its_signer(fresh: Fresh) -> None:
    """T6: nothing in the database tells of them; the signer's own record does."""
    chance, silent, refused = random.Random(66), 0, 0
    for house in fresh(UNSIGNED):
        grow_anew(changed(house, chance).database)
        take_down(house.database)
        silent += not house.inside
        house.clock.move(days=2)
        with pytest.raises(Contradiction):
            Signer(house.database, KeyStore(house.home), house.clock).step()
        refused += 1

    assert (silent, refused) == (UNSIGNED, UNSIGNED)


@pytest.mark.proof
def test_a_log_signed_with_a_key_of_ones_own_is_sound_to_whoever_asks_it_alone(
    fresh: Fresh, tmp_path: Path
) -> None:
    """T6: the forger introduces the key in the register. Not found inside; found by who knows ours."""
    for number, house in enumerate(fresh(UNSIGNED)):
        rewrite(house.database, house.refs[0], without(3))
        take_down(house.database)
        sign_with_own_key(house.database, tmp_path / f"forger-{number}", ORIGIN, house.clock)

        assert house.inside == []
        assert house.kept.is_refused(house.database)
        assert house.kept.diverges(house.database)


@pytest.mark.proof
def test_a_log_made_and_signed_anew_is_found_by_any_copy_outside_and_by_nothing_else(
    fresh: Fresh,
) -> None:
    """T7: whoever has the database and the key. Without an outside copy: not found."""
    chance, inside, refused, diverged, missed = random.Random(7), 0, 0, 0, 0
    for house in fresh(SIGNED):
        changed(house, chance)
        house.clock.move(hours=1)
        write(house.database, house.refs, each=chance.randrange(3), at=house.clock())
        grow_anew(house.database)
        take_down(house.database)
        sign_anew(house.database, house.home, house.clock)
        inside += bool(house.inside)
        refused += house.kept.is_refused(house.database)
        diverged += house.kept.diverges(house.database)
        missed += bool(house.kept.missed(house.database))

    tell(7, SIGNED, inside, "verify (nothing outside)")
    tell(7, SIGNED, diverged, "a kept checkpoint")
    assert (inside, refused, diverged, missed) == (0, SIGNED, SIGNED, SIGNED)


def test_a_whole_programme_rewritten_and_signed_anew_is_sound_inside(
    attacked: Engine, stolen: Path
) -> None:
    """T7 in a house where one of everything happened: not found without an outside copy."""
    forge_reason(attacked, "SSC-2026-002", "I never said so.")
    grow_anew(attacked)
    take_down(attacked)
    sign_anew(attacked, stolen, Hand(NOON + timedelta(days=900)))

    assert sentences(attacked) == []
