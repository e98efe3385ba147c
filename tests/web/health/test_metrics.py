"""The figures of health: read with the token, in the format of Prometheus, from the database alone."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from config.choices import WrongSetting
from config.settings import Settings
from tests.support.applications import an_app
from tests.support.visitors import SECRET
from tests.web.health.conftest import House

TOKEN = "kZ4u0mQ7xN2bV9cL1sD8fG3hJ6wE5rT0"
pytestmark = pytest.mark.proof(either=True)


@pytest.fixture
def browser(world: House, tmp_path: Path) -> FlaskClient:
    chosen = {"home": tmp_path, "database_url": world.url, "secret_key": SECRET}
    settings = Settings.read(**chosen, metrics_token=TOKEN)
    return an_app(settings, world.engine).test_client()


def figures(browser: FlaskClient) -> dict[tuple[str, str], float]:
    answer = browser.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    return {
        (sample.name, sample.labels.get("work", "")): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_the_figures_say_what_waits_and_what_is_wrong(world: House, browser: FlaskClient) -> None:
    world.work()
    well = figures(browser)
    world.clock.pass_time(days=2)

    late = figures(browser)

    assert well["primemover_work_wrong", "sweep"] == 0
    assert late["primemover_work_wrong", "sweep"] == 1
    assert late["primemover_findings", ""] > well["primemover_findings", ""]
    assert (
        late["primemover_work_last_done_timestamp_seconds", "sweep"]
        == well["primemover_work_last_done_timestamp_seconds", "sweep"]
        == world.clock.at.timestamp() - 2 * 86_400
    )
    assert ("primemover_work_waiting", "mail") in late


@pytest.mark.parametrize(
    "shown", ["", "Bearer ", f"Bearer {TOKEN[:-1]}", "Bearer ü", f"Basic {TOKEN}"]
)
def test_without_the_token_there_are_no_figures(browser: FlaskClient, shown: str) -> None:
    answer = browser.get("/metrics", headers={"Authorization": shown})

    assert (answer.status_code, answer.text) == (401, "")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_house_that_sets_no_token_has_no_such_page(world: House, tmp_path: Path) -> None:
    settings = Settings.read(home=tmp_path, database_url=world.url, secret_key=SECRET)

    answer = an_app(settings, world.engine).test_client().get("/metrics")

    assert answer.status_code == 404


@pytest.mark.parametrize("token", ["short", "ü" * 40])
def test_a_token_that_can_be_guessed_is_refused(token: str) -> None:
    with pytest.raises(WrongSetting, match="METRICS_TOKEN must be a random text of 32 characters"):
        Settings.read(metrics_token=token)
