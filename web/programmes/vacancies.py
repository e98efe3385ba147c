"""The offices that a case will come to need and nobody holds, told before it goes on."""

from web.access import engine, now
from workflow.lifecycles.definition import Definition
from workflow.offices.vacancies import VacantOffice, empty_ahead


def offices_ahead(case_id: int, state: str, definition: Definition) -> tuple[VacantOffice, ...]:
    """What a case would wait for later on, with nobody there."""
    with engine().reading() as session:
        return empty_ahead(session, case_id, state, definition, now().date())
