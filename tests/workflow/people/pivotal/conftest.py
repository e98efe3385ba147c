"""Parties that tests of pivotal countries share."""

import pytest
from sqlalchemy.orm import Session

from workflow.people.commands import ensure_party


@pytest.fixture
def india(session: Session) -> int:
    return ensure_party(session, "ind", "country", "India", "IND")
