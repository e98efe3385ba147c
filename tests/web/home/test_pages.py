from tests.web.conftest import AddPerson, Client


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
