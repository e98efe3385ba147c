"""What could give an erased text away afterwards: digests without a salt, freed pages, old salts."""

import hashlib
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.erasure.acts import SECRET, erased, told
from workflow.audit import canonical
from workflow.audit.commitments import opens
from workflow.audit.models import Event, Opening
from workflow.engine.models import CommandKey, LifecycleCase


def test_what_was_kept_to_answer_a_repeat_goes_as_well(world: World, ref: str) -> None:
    answered = select(CommandKey.request_digest).where(
        CommandKey.person_id == world.person("paulo.sa")
    )
    with world.engine.reading() as session:
        before = session.scalars(answered).all()

    erased(world, ref)

    with world.engine.reading() as session:
        assert (len(before), session.scalars(answered).all()) == (1, [])


def test_without_the_salt_no_guess_of_ten_thousand_is_confirmed(world: World, ref: str) -> None:
    dictionary = [SECRET, *(f"Because of reason no. {number}." for number in range(9_999))]
    seq = told(world, ref, "signoff.given")
    with world.engine.reading() as session:
        body, salt = session.execute(
            select(Event.body, Opening.salt)
            .join(Opening, Opening.event_id == Event.id)
            .join(LifecycleCase, LifecycleCase.id == Event.case_id)
            .where(LifecycleCase.ref == ref, Event.seq == seq)
        ).one()
    digest = canonical.parse(body)["commitments"]["reason"]
    bare = hashlib.sha256(SECRET.encode()).hexdigest()

    erased(world, ref)

    without = [opens(digest, "reason", "", guess) for guess in dictionary]
    by_backup = [opens(digest, "reason", salt, guess) for guess in dictionary]
    naive = [hashlib.sha256(guess.encode()).hexdigest() == bare for guess in dictionary]
    assert (len(dictionary), sum(without)) == (10_000, 0)
    assert (sum(by_backup), sum(naive)) == (1, 1)  # What a kept salt, or none at all, gives away.


def test_sqlite_keeps_no_trace_in_the_file(sqlite_house_url: str) -> None:
    world = World(sqlite_house_url)
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", SECRET)
    file = Path(sqlite_house_url.removeprefix("sqlite:///"))
    naive = file.with_suffix(".naive")
    shutil.copyfile(file, naive)
    careless = sqlite3.connect(naive)
    careless.execute("pragma secure_delete = off")
    careless.execute("delete from opening where field = 'reason'")
    careless.commit()
    careless.close()

    erased(world, ref)

    assert SECRET.encode() in naive.read_bytes()
    assert all(
        SECRET.encode() not in each.read_bytes() for each in file.parent.glob(f"{file.name}*")
    )
    world.close()
