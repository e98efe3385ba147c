"""An old release at work while a newer one migrates: its pages close with a sentence, and open again after."""

from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from sqlalchemy import text

from tests.support.programs import serving, started
from tests.support.waiting import PATIENCE
from tests.web.conftest import SECRET
from workflow.database import connect
from workflow.revision import known

pytestmark = pytest.mark.processes


def migrated_to(url: str, revision: str) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = :it"), {"it": revision})
    engine.dispose()


def answer(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=PATIENCE) as page:
            return page.status, page.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


@pytest.mark.proof(either=True)
@pytest.mark.proof(apart=True)
def test_a_server_of_an_older_release_closes_while_the_tables_are_newer(
    database_url: str, tmp_path: Path
) -> None:
    settings = {"database_url": database_url, "secret_key": SECRET, "background": "false"}
    with serving("run", home=tmp_path, **settings) as (address, server):
        page = f"{address}/account/login"
        migrated_to(database_url, "9999")
        server.until(lambda: answer(page)[0] == HTTPStatus.SERVICE_UNAVAILABLE)
        closed, ready = answer(page), answer(f"{address}/readyz")
        with started("verify", home=tmp_path, **settings) as verify:
            told = verify.ended(), verify.said()
        migrated_to(database_url, known())
        server.until(lambda: answer(page)[0] == HTTPStatus.OK)

    assert "This site is being brought to another release." in closed[1]
    assert (ready[0], "of revision 9999" in ready[1]) == (503, True)
    assert (told[0], told[1].partition(" and ")[0]) == (
        1, f"The tables are of revision 9999; this program knows {known()}"
    )  # fmt: skip
