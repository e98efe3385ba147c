"""An office opens on an empty PostgreSQL database: one administrator, then everything in the browser.

The same way is read without a browser in tests/web/administration/test_opening.py.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from secrets import token_urlsafe

import pytest
from playwright.sync_api import Browser

from tests.browser.acts.first_programme import Staff, enter, install, whole_way
from tests.browser.walkers import Walkers
from tests.support.programs import serving
from workflow.audit.verification.verify import verify
from workflow.database import connect


@pytest.fixture
def office(empty_postgresql_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of an office as the README's commands leave it."""
    chosen = {"database_url": empty_postgresql_url, "secret_key": token_urlsafe(48)}
    install(tmp_path, **chosen)
    with serving("run", home=tmp_path, **chosen) as (address, _):
        yield address


@pytest.mark.proof(apart=True)
def test_an_empty_office_is_set_up_in_the_browser_and_signs_its_first_programme(
    office: str, browser: Browser, empty_postgresql_url: str
) -> None:
    everybody = Walkers(browser, office)

    # Whoever is invited comes without a script; what the administrator sees is read by axe as well.
    last = whole_way(Staff(partial(everybody.come, script=False)), enter(everybody.come()))

    last.reads("The programme stands in “Inception” now.")
    everybody.close()
    database = connect(empty_postgresql_url)
    assert verify(database).sound
    database.dispose()
