import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from tests.support.applications import an_app
from tests.web.conftest import SECRET, AddPerson, Client
from web import logs
from workflow.engine.engine import Engine
from workflow.faults.repetition import Sparing

PAGES = ["/", "/account/login", "/people", "/nowhere", "/account/logout", "/assets/x/nothing.css"]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_makes_the_same_promises(client: Client, address: str) -> None:
    headers = client.get(address).headers

    policy = headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not any("unsafe" in rule for rule in policy)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Content-Type"].endswith("charset=utf-8")
    assert headers["X-Request-Id"]


def test_no_page_asks_the_browser_for_what_the_policy_forbids(
    client: Client, a_person: AddPerson
) -> None:
    person = a_person("amina@example.org", "Amina Diallo", ("auditor", "house"))
    client.sign_in("amina@example.org")

    pages = [client.get(each).text for each in ("/", "/people", f"/people/{person}", "/none")]

    for page in pages:
        assert "style=" not in page
        assert "<script>" not in page
        assert "onclick" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")


@pytest.fixture
def nothing_is_looked_for() -> Iterator[None]:
    """Only what nothing holds any more is let go: nobody looks for what holds itself."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("nothing_is_looked_for")
def test_a_request_is_let_go_with_its_answer(client: Client, a_person: AddPerson) -> None:
    a_person()
    client.sign_in("amina@example.org")
    answer = client.get("/about")
    held = weakref.ref(answer)

    del answer

    assert held() is None


def test_pages_are_kept_nowhere(client: Client, a_person: AddPerson) -> None:
    a_person()
    client.sign_in("amina@example.org")

    headers = [client.get(each).headers for each in ("/", "/people", "/nowhere")]

    assert {each["Cache-Control"] for each in headers} == {"no-store"}


def test_a_form_without_a_token_is_refused_kindly(client: Client) -> None:
    answer = client.flask.post("/account/login", data={"email": "a@b.c", "password": "x"})

    assert answer.status_code == 400
    assert "It is kept nowhere here" in answer.text


def test_a_token_of_another_browser_is_refused(client: Client, engine: Engine) -> None:
    other = Client(client.flask.application.test_client())
    other.get("/account/login")

    with other.flask.session_transaction() as held:
        foreign = held["csrf_token"]
    answer = client.flask.post("/account/logout", data={"csrf_token": foreign})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_an_act_from_elsewhere_is_refused_even_with_a_token(
    client: Client, headers: dict[str, str]
) -> None:
    answer = client.post("/account/logout", headers=headers)

    assert answer.status_code == 400


def test_a_link_from_elsewhere_is_followed(client: Client) -> None:
    answer = client.get("/account/login", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200


def test_an_act_from_our_own_page_passes(client: Client) -> None:
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}

    answer = client.post("/account/logout", headers=own)

    assert answer.status_code == 303


def test_a_foreign_host_is_refused(client: Client) -> None:
    answer = client.get("/account/login", headers={"Host": "evil.example"})

    assert answer.status_code == 400


def test_over_https_cookies_are_bound_to_the_host(
    tmp_path: Path, sqlite_url: str, engine: Engine
) -> None:
    settings = Settings.read(
        home=tmp_path,
        database_url=sqlite_url,
        secret_key=SECRET,
        base_url="https://programmes.example",
    )
    client = Client(an_app(settings, engine).test_client())

    answer = client.get("/account/login", base_url="https://programmes.example")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-primemover=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_plain_http_promises_no_https(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/account/login").headers


@pytest.fixture
def sparing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log in which nothing was written a moment ago."""
    monkeypatch.setattr(logs, "sparing", Sparing())


@pytest.mark.usefixtures("sparing")
def test_a_report_of_a_violation_is_logged_on_one_line(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = client.flask.post("/csp-report", data='{"csp-report":\n"\x1b[31m"}')

    log = capfd.readouterr().err
    assert answer.status_code == 204
    assert '"page.violated"' in log
    assert "\x1b" not in log


@pytest.mark.usefixtures("sparing")
def test_who_reports_violations_without_end_fills_no_log(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(20):
        client.flask.post("/csp-report", data="x" * 8000)

    assert capfd.readouterr().err.count("page.violated") == 1


def test_a_forwarded_address_is_not_believed(client: Client, a_person: AddPerson) -> None:
    a_person()
    for guess in range(5):
        client.sign_in("amina@example.org", "wrong", headers={"X-Forwarded-For": f"10.0.0.{guess}"})

    answer = client.sign_in("amina@example.org", headers={"X-Forwarded-For": "10.9.9.9"})

    assert answer.status_code == 429


@pytest.mark.parametrize("origin", ["http://[", "null", "\xff", "http://elsewhere.example"])
def test_an_act_from_no_address_or_another_is_refused_kindly(client: Client, origin: str) -> None:
    answer = client.post("/account/login", {"email": "a@b.c"}, headers={"Origin": origin})

    assert answer.status_code == 400
    assert "It is kept nowhere here" in answer.text
