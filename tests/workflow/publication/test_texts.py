"""Texts of a lifecycle in other languages are entered on the register, and each version has its own."""

from types import MappingProxyType

import pytest
from sqlalchemy import func, select, text, update

from tests.support.world import World
from tests.workflow.publication.register import NEXT, done, kinds, publishing
from workflow.audit.verification.verify import verify
from workflow.engine.texts.kept import newest_texts, texts_kept
from workflow.engine.texts.models import LifecycleTexts
from workflow.errors import Invalid, NotAuthorised, NotFound, Stale
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.texts.translation import Translation, english_of
from workflow.people.accounts.access import end_access
from workflow.publication.migration.requests import confirm
from workflow.publication.models import LifecycleRequest
from workflow.publication.page import what_waits
from workflow.publication.requests import decline
from workflow.publication.text_acts import enter_texts
from workflow.publication.texts import Coverage, count_already, coverage, texts_for

FIRST, SECOND = "naledi.khumalo", "pieter.vos"
DRAFT = {"states.draft.label": "Brouillon"}


def standard(world: World) -> Definition:
    return world.engine.published("programme-standard")[1]


def texts(definition: Definition, language: str = "fr", **more: str) -> Translation:
    said = more or DRAFT
    return Translation(definition.key, definition.digest, language, MappingProxyType(said))


def asked(world: World, translation: Translation, why: str = "Asked for by Mozambique.") -> int:
    """The number under which texts wait."""
    by = world.person(FIRST)
    with world.engine.transaction() as session:
        came = enter_texts(session, translation, why, by=by, now=world.engine.now())
    assert came.act is None
    return came.waits or 0


def entered(world: World, translation: Translation, why: str = "Asked for by Mozambique.") -> int:
    """The number of texts that two administrators entered."""
    number, second = asked(world, translation, why), world.person(SECOND)
    confirm(world.engine, number, by=second)
    with world.engine.reading() as session:
        return session.scalar(select(func.max(LifecycleTexts.id))) or 0


def covered(world: World, definition: Definition) -> dict[str, Coverage]:
    with world.engine.reading() as session:
        return {each.language: each for each in coverage(session, definition)}


def test_they_are_kept_with_their_digest_and_told_on_the_register(world: World) -> None:
    made = texts(standard(world))

    number = entered(world, made)

    french = covered(world, standard(world))["fr"]
    assert kinds(world)[-2:] == ["lifecycle.asked", "lifecycle.worded"]
    assert (french.there, french.digest, french.why) == (1, made.digest, "Asked for by Mozambique.")
    assert (french.who, french.asked_by) == ("Pieter Vos", "Naledi Khumalo")
    assert french.missing == len(english_of(standard(world))) - 1
    assert covered(world, standard(world))["es"].at is None
    with world.engine.reading() as session:
        assert texts_kept(session, number) == made
    assert verify(world.engine.database).sound


def test_the_newest_count_and_the_older_stay(world: World) -> None:
    first = entered(world, texts(standard(world)))
    second = texts(standard(world), **{"states.draft.label": "Projet"})

    number = entered(world, second, "The word of the Board.")

    with world.engine.reading() as session:
        assert set(newest_texts(session, "fr").values()) == {number}
        assert texts_kept(session, first).texts == DRAFT
        assert count_already(session, second)
        assert not count_already(session, texts(standard(world)))


def test_each_version_has_its_own_and_the_next_begins_from_what_still_fits(world: World) -> None:
    entered(world, texts(standard(world)))
    done(world, publishing())

    with world.engine.reading() as session:
        begun = texts_for(session, NEXT, "fr")
        none = texts_for(session, NEXT, "es")
    entered(world, texts(NEXT, **{"states.draft.label": "Ébauche"}))

    assert (dict(begun), dict(none)) == (DRAFT, {})
    with world.engine.reading() as session:
        assert texts_for(session, NEXT, "fr") == {"states.draft.label": "Ébauche"}
        assert len(newest_texts(session, "fr")) == 2


@pytest.mark.parametrize(
    ("made", "why", "refusal"),
    [
        (texts, "", Invalid),
        (texts, "w" * 10_000, Invalid),
        (lambda of: Translation(of.key, of.digest, "fr", {}), "Why.", Invalid),
        (lambda of: Translation(of.key, "0" * 64, "fr", DRAFT), "Why.", NotFound),
        (lambda of: Translation("other", of.digest, "fr", DRAFT), "Why.", NotFound),
    ],
)
def test_a_refusal_leaves_nothing_behind(
    world: World, made: object, why: str, refusal: type[Exception]
) -> None:
    before = kinds(world)

    with pytest.raises(refusal):
        entered(world, made(standard(world)), why)  # type: ignore[operator]

    assert kinds(world) == before
    assert covered(world, standard(world))["fr"].there == 0


def test_the_same_texts_are_not_entered_twice(world: World) -> None:
    entered(world, texts(standard(world)))

    with pytest.raises(Invalid, match="count already"):
        entered(world, texts(standard(world)))


def test_nobody_but_an_administrator_enters_them(world: World) -> None:
    made, officer = texts(standard(world)), world.person("jane.okello")

    with world.engine.transaction() as session, pytest.raises(NotAuthorised):
        enter_texts(session, made, "Why.", by=officer, now=world.engine.now())

    assert covered(world, standard(world))["fr"].there == 0


@pytest.mark.parametrize(
    "altered",
    [
        {"body": b"{}"},
        {"digest": "0" * 64},
        {"language": "es"},
        {"why": "Another reason."},
        {"asked_by": None},
    ],
)
def test_a_row_altered_behind_the_register_is_told(
    world: World, altered: dict[str, object]
) -> None:
    number = entered(world, texts(standard(world)))

    with world.engine.transaction() as session:
        session.execute(update(LifecycleTexts).values(**altered))

    world.honest = False
    found = verify(world.engine.database)
    assert not found.sound
    assert f"The texts {number} of a lifecycle" in str(found)


def test_a_row_that_no_event_tells_of_is_told(world: World) -> None:
    entered(world, texts(standard(world)))

    with world.engine.transaction() as session:
        session.execute(
            text(
                "insert into lifecycle_texts (definition_id, language, digest, body, at, why)"
                " select definition_id, 'es', digest, body, at, '' from lifecycle_texts"
            )
        )

    world.honest = False
    assert not verify(world.engine.database).sound


def test_nothing_counts_before_a_second_administrator_confirms(world: World) -> None:
    number = asked(world, texts(standard(world)))
    waiting = covered(world, standard(world))["fr"].there

    with world.engine.reading() as session:
        said = what_waits(session, number)
    with pytest.raises(NotAuthorised):
        confirm(world.engine, number, by=world.person(FIRST))
    with pytest.raises(Stale, match="wait for a second administrator already"):
        asked(world, texts(standard(world), **{"states.draft.label": "Projet"}))
    other = asked(world, texts(standard(world), "es"))

    assert (waiting, other) == (0, number + 1)
    assert said is not None
    assert (said.states["draft"].label, said.digest) == ("Brouillon", standard(world).digest)
    assert verify(world.engine.database).sound


def test_what_is_declined_is_never_read(world: World) -> None:
    number, second = asked(world, texts(standard(world))), world.person(SECOND)

    with world.engine.transaction() as session:
        decline(session, number, "The Board uses another word.", by=second, now=world.engine.now())

    with pytest.raises(Stale):
        confirm(world.engine, number, by=second)
    assert covered(world, standard(world))["fr"].there == 0
    assert verify(world.engine.database).sound


def test_other_acts_on_the_lifecycle_go_on_while_texts_wait(world: World) -> None:
    asked(world, texts(standard(world)))

    done(world, publishing())

    assert world.engine.published("programme-standard")[1].version == NEXT.version


def test_whoever_is_alone_enters_them_at_once(world: World) -> None:
    with world.engine.transaction() as session:
        end_access(
            session,
            world.person(SECOND),
            "Has left.",
            by=world.person(FIRST),
            now=world.engine.now(),
        )
    by = world.person(FIRST)

    with world.engine.transaction() as session:
        came = enter_texts(session, texts(standard(world)), "Why.", by=by, now=world.engine.now())

    assert (came.act, came.waits) == (1, None)


def test_texts_altered_while_they_wait_are_told(world: World) -> None:
    number = asked(world, texts(standard(world)))
    other = texts(standard(world), **{"states.draft.label": "Refusé"})
    world.honest = False

    with world.engine.transaction() as session:
        session.execute(update(LifecycleRequest).values(body=other.body))
    waiting = verify(world.engine.database)
    confirm(world.engine, number, by=world.person(SECOND))

    assert not waiting.sound
    assert not verify(world.engine.database).sound


def test_of_two_who_come_together_the_later_counts(world: World) -> None:
    entered(world, texts(standard(world)))
    world.clock.pass_time(hours=1)

    entered(world, texts(standard(world), **{"states.draft.label": "Projet"}))

    assert covered(world, standard(world))["fr"].there == 1
    assert kinds(world).count("lifecycle.worded") == 2
