"""One's own language and time zone: kept by oneself, told on the record, refused at the field."""

from tests.support.visitors import Enter, words
from tests.support.world import World
from workflow.people.accounts.details import Details, details_of

PAGE = "/account/details"


def known(world: World, key: str) -> Details:
    with world.engine.reading() as session:
        return details_of(session, world.person(key))


def test_somebody_keeps_their_language_and_time_zone(world: World, enter: Enter) -> None:
    joao = enter("joao.lima")
    before = joao.page(PAGE)

    kept = joao.post(PAGE, {"language": "fr", "time_zone": "Africa/Maputo"}, follow=True)
    again = joao.post(PAGE, {"language": "fr", "time_zone": "Africa/Maputo"}, follow=True)

    assert "Language and time zone" in before
    assert "It is kept." in words(kept)
    assert "Nothing was changed." in words(again)
    told = known(world, "joao.lima")
    assert (told.language, told.time_zone, told.name) == ("fr", "Africa/Maputo", "João Lima")
    assert "time zone" in enter("naledi.khumalo").page("/office/setup/record")


def test_what_is_no_language_and_no_zone_is_refused_at_its_field(
    world: World, enter: Enter
) -> None:
    joao, before = enter("joao.lima"), known(world, "joao.lima")

    for wrong in ({"language": "tlh"}, {"time_zone": "Mars/Olympus"}):
        refused = joao.post(PAGE, {"language": "en", "time_zone": "UTC", **wrong})
        assert refused.status_code == 422
        assert f'id="{next(iter(wrong))}-error"' in refused.text
    assert known(world, "joao.lima") == before
