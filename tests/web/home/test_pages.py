from dataclasses import replace

from config.settings import Settings
from tests.support.applications import an_app
from tests.support.world import World
from tests.web.conftest import AddPerson, Client


def become(world: World, settings: Settings, email: str) -> Client:
    demo = replace(settings, demo=True)
    client = Client(an_app(demo, world.engine).test_client())
    client.post("/account/switch", {"email": email})
    return client


def test_home_says_in_which_offices_one_is_here(client: Client, a_person: AddPerson) -> None:
    a_person("amina@example.org", "Amina Diallo", ("pivotal_focal", "brazil"))
    client.sign_in("amina@example.org")

    page = client.get("/").text

    assert "Pivotal focal" in page
    assert "for Brazil" in page
    assert "Nothing waits for your answer." in page
    assert 'aria-current="page">Home' in page


def test_home_without_an_office_says_whom_to_ask(client: Client, a_person: AddPerson) -> None:
    a_person()
    client.sign_in("amina@example.org")

    assert "You hold no office today" in client.get("/").text


def test_home_shows_what_waits_and_the_bar_counts_it(world: World, settings: Settings) -> None:
    ref = world.programme("screening")

    page = become(world, settings, "jane.okello@demo.example").get("/").text

    assert "<strong>1 sign-off</strong>" in page
    assert ref in page
    assert 'class="bar__badge">1<' in page


def test_home_shows_the_programmes_of_ones_own_parties_only(
    world: World, settings: Settings
) -> None:
    ref = world.programme("draft")

    mine = become(world, settings, "joao.lima@demo.example").get("/").text
    others = become(world, settings, "leilani.tau@demo.example").get("/").text

    assert ref in mine
    assert "Write a proposal" in mine
    assert ref not in others
