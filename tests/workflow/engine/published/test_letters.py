"""Letters call what a lifecycle names as its version does in the language of whoever gets them."""

from types import MappingProxyType

from sqlalchemy import select, update

from tests.support.world import World
from tests.workflow.engine.migration.second_version import moving, seen
from tests.workflow.notices.post import Office, a_free_port, open_office
from tests.workflow.notices.test_mailer import RENDERER
from tests.workflow.publication.register import NEXT, done, publishing
from workflow.background import mailer_of
from workflow.engine.migration.migrate import migrate_all
from workflow.engine.published.letters import in_language
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.texts.translation import Translation
from workflow.notices.models import Notice
from workflow.notices.queries import NoticeLine, by_ids
from workflow.people.models import Person
from workflow.publication.text_acts import enter_texts


def said(world: World, definition: Definition, language: str, label: str) -> None:
    place = {"rounds.screening.label": label}
    made = Translation(definition.key, definition.digest, language, MappingProxyType(place))
    with world.engine.transaction() as session:
        enter_texts(session, made, "", by=None, now=world.engine.now())


def labels(world: World, language: str) -> dict[str, str]:
    """What the notices of screening call it in a language, by case."""
    with world.engine.reading() as session:
        ids = list(session.scalars(select(Notice.id)))
        lines: tuple[NoticeLine, ...] = by_ids(session, ids)
        asked = tuple(line for line in lines if line.round_key == "screening")
        found = in_language(world.engine, session, language, asked)
    assert found
    return {line.ref: line.label for line in found}


def test_each_version_is_called_as_it_is_and_every_language_too(world: World) -> None:
    ref, other = world.programme("screening"), world.programme("screening")
    first = world.engine.published("programme-standard")[1]
    done(world, publishing())
    migrate_all(world.engine, seen(world, other), moving(world, NEXT))
    said(world, first, "fr", "Examen")
    said(world, NEXT, "fr", "Tri")
    said(world, first, "es", "Examen previo")

    assert labels(world, "fr") == {ref: "Examen", other: "Tri"}
    assert labels(world, "es") == {ref: "Examen previo", other: "Screening"}
    assert set(labels(world, "en").values()) == {"Screening"}
    assert set(labels(world, "ru").values()) == {"Screening"}


def test_the_letter_that_is_sent_says_so(world: World) -> None:
    said(world, world.engine.published("programme-standard")[1], "fr", "Le tri des dossiers")
    with world.engine.transaction() as session:
        session.execute(
            update(Person).where(Person.id == world.person("jane.okello")).values(language="fr")
        )
    world.engine.owe_mail()
    world.programme("screening")
    office = Office()

    with open_office(office, a_free_port()) as address:
        mailer_of(world.engine, address, RENDERER).deliver()

    to_jane = [each for each in office.letters if "jane.okello" in each["To"]]
    others = [each for each in office.letters if "jane.okello" not in each["To"]]
    assert any("Le tri des dossiers" in each["Subject"] for each in to_jane)
    assert not any("Le tri des dossiers" in str(each["Subject"]) for each in others)
