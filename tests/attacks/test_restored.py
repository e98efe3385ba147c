"""T8 and T9: the whole machine is set back, and the log shows two faces."""

import random
import shutil
from pathlib import Path

import pytest

from tests.attacks.fresh import Fresh
from tests.attacks.logged import House, newest, proof
from tests.attacks.spoiling import copied
from tests.attacks.trying import tell, tries
from tests.workflow.tlog.writing import logged, place_all, reading, write
from workflow.database import connect
from workflow.tlog.formats.add_checkpoint import AddCheckpointRequest
from workflow.tlog.signer.key_store import KeyStore
from workflow.tlog.signer.signer import Contradiction, Signer
from workflow.tlog.store.queries import latest

RESTORES, VIEWS = tries(3), tries(3)


def go_on(house: House, each: int) -> None:
    """More events, the tree over them, and a signature."""
    house.clock.move(minutes=5)
    write(house.database, house.refs, each=each, at=house.clock())
    place_all(house.database)
    Signer(house.database, KeyStore(house.home), house.clock).step()


def shown_to_witness(house: House) -> int:
    """What the witness of the house answers to its newest checkpoint."""
    head = newest(house.database)
    assert head is not None
    with reading(house.database) as session:
        published = latest(session)
    assert published is not None
    old = min(house.kept.checkpoint.size, head.size)
    asked = AddCheckpointRequest(
        old, proof(house.database, old, head.size), published.note.encode()
    )
    return house.kept.witness.add(asked.written()).status


def set_back(house: House, *, signer_too: bool, folder: Path) -> House:
    """Work goes on and is witnessed; then last week's backup is brought back."""
    backup = copied(house.database, folder / "backup.sqlite")
    shutil.copytree(house.home, folder / "home")
    go_on(house, 2)
    assert shown_to_witness(house) == 200
    head = newest(house.database)
    assert head is not None
    house.kept.checkpoint = head
    house.database.dispose()
    shutil.copyfile(backup, str(house.database.url.database))
    house.database = connect(str(house.database.url))
    if signer_too:
        shutil.rmtree(house.home)
        shutil.copytree(folder / "home", house.home)
    return house


@pytest.mark.proof
def test_a_database_set_back_is_refused_by_its_signer(fresh: Fresh, tmp_path: Path) -> None:
    """T8: with none, fewer or more events by now than were signed."""
    chance, refused = random.Random(8), 0
    for number, house in enumerate(fresh(RESTORES)):
        folder = tmp_path / f"week-{number}"
        folder.mkdir()
        set_back(house, signer_too=False, folder=folder)
        with pytest.raises(Contradiction):
            go_on(house, chance.randrange(1, 4))
        refused += any("The signer does not sign" in sentence for sentence in house.inside)

    tell(8, RESTORES, refused, "the signer")
    assert refused == RESTORES


@pytest.mark.proof
def test_a_machine_set_back_with_its_signer_is_found_by_what_is_outside_alone(
    fresh: Fresh, tmp_path: Path
) -> None:
    """T8: database and signer's record are both of last week. Without an outside copy: not found."""
    chance, inside, refused, diverged = random.Random(88), 0, 0, 0
    for number, house in enumerate(fresh(RESTORES)):
        folder = tmp_path / f"week-{number}"
        folder.mkdir()
        set_back(house, signer_too=True, folder=folder)
        go_on(house, chance.randrange(1, 4))
        inside += bool(house.inside)
        refused += shown_to_witness(house) in {409, 422}
        diverged += house.kept.diverges(house.database)

    tell(8, RESTORES, inside, "verify and signer (nothing outside)")
    tell(8, RESTORES, refused, "the witness")
    assert (inside, refused, diverged) == (0, RESTORES, RESTORES)


@pytest.mark.proof
def test_two_faces_of_a_log_are_each_sound_by_themselves(fresh: Fresh, tmp_path: Path) -> None:
    """T9: without a copy to compare with, neither face shows that there is another."""
    sound, apart = 0, 0
    for number, house in enumerate(fresh(VIEWS)):
        shutil.copytree(house.home, tmp_path / f"home-{number}")
        other = connect(f"sqlite:///{copied(house.database, tmp_path / f'{number}.sqlite')}")
        there = House(other, tmp_path / f"home-{number}", house.clock, house.refs, house.kept)
        go_on(house, 1)
        logged(there.database, list(reversed(there.refs)))
        house.clock.move(seconds=5)
        Signer(there.database, KeyStore(there.home), there.clock).step()
        one, two = newest(house.database), newest(there.database)
        assert one is not None
        assert two is not None
        sound += not house.inside and not there.inside
        apart += one.size == two.size and one.root != two.root
        other.dispose()

    tell(9, VIEWS, VIEWS - sound, "verify (nothing outside)")
    tell(9, VIEWS, apart, "two notes side by side")
    assert (sound, apart) == (VIEWS, VIEWS)
