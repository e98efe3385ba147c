from tests.web.conftest import AddPerson, Client
from web.people.views import A_PAGE


def test_people_are_listed_with_what_they_hold(client: Client, a_person: AddPerson) -> None:
    a_person("amina@example.org", "Amina Diallo", ("pivotal_focal", "brazil"))
    client.sign_in("amina@example.org")

    page = client.get("/people").text

    assert "Amina Diallo" in page
    assert "Pivotal focal, Brazil" in page


def test_a_long_list_goes_on(client: Client, a_person: AddPerson) -> None:
    for number in range(A_PAGE + 1):
        a_person(f"p{number}@example.org", f"Person {number:03}")
    client.sign_in("p1@example.org")

    first = client.get("/people")
    second = client.get(f"/people?after=Person+{A_PAGE - 1:03}&id={A_PAGE}")

    assert "Show more" in first.text
    assert f"Person {A_PAGE:03}" not in first.text
    assert f"Person {A_PAGE:03}" in second.text
    assert "Show more" not in second.text


def test_a_person_has_a_page_with_days(client: Client, a_person: AddPerson) -> None:
    person = a_person("amina@example.org", "Amina Diallo", ("pivotal_focal", "brazil"))
    client.sign_in("amina@example.org")

    page = client.get(f"/people/{person}").text

    assert "Pivotal focal" in page
    assert "2 Mar 2026" in page


def test_an_unknown_person_is_not_found(client: Client, a_person: AddPerson) -> None:
    a_person()
    client.sign_in("amina@example.org")

    assert client.get("/people/999").status_code == 404


def test_a_name_is_never_read_as_markup(client: Client, a_person: AddPerson) -> None:
    a_person("amina@example.org", "<script>alert(1)</script>")
    client.sign_in("amina@example.org")

    pages = [client.get(address).text for address in ("/", "/people")]

    assert not any("<script>alert" in page for page in pages)
