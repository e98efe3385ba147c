"""Links to a password as administrators ask for them: made, asked for, or refused."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflow.errors import Invalid
from workflow.people.accounts import acts
from workflow.people.accounts.acts import LINK, AccountOutcome
from workflow.people.accounts.details import confirm_address
from workflow.people.accounts.invitations import invite, refuse_without_access
from workflow.people.accounts.office_holders import holds_office, second_administrators
from workflow.people.administrators import refuse_all_but_administrators
from workflow.phrase import phrase


def ask_for_link(
    session: Session, person_id: int, *, by: int, now: datetime, mail: bool
) -> AccountOutcome:
    """Make a link by which somebody chooses a password, or have it wait for a second administrator.

    A letter brings the link to the address that is known, and nobody else sees it. Where `mail` is
    off it is shown to whoever made it; of who holds an office, to the second administrator who
    confirmed it, and where there is none it is refused.
    """
    refuse_all_but_administrators(session, by, now)
    refuse_without_access(session, person_id)
    if not holds_office(session, person_id, now):
        return _made(session, person_id, by=by, now=now, mail=mail)
    if second_administrators(session, now, but={by, person_id}):
        return AccountOutcome(person_id, waits=acts.ask(session, person_id, LINK, by=by, now=now))
    if not mail:
        said = phrase(
            "Mail is off, and no second administrator can confirm a link for who holds an office. "
            "Turn mail on, or appoint another administrator, who can confirm after a week."
        )
        raise Invalid(said, {"email": said})
    return _made(session, person_id, by=by, now=now, mail=True)


def confirm(session: Session, number: int, *, by: int, now: datetime, mail: bool) -> AccountOutcome:
    """Do what another administrator asked for about an account."""
    asked = acts.to_decide(session, number, by=by, now=now, confirms=True)
    acts.confirmed(session, asked, by=by, now=now)
    if asked.act == LINK:
        return _made(session, asked.person_id, by=by, now=now, mail=mail)
    return confirm_address(session, asked, by=by, now=now)


def _made(
    session: Session, person_id: int, *, by: int, now: datetime, mail: bool
) -> AccountOutcome:
    token = invite(session, person_id, by=by, now=now, shown=not mail)
    return AccountOutcome(person_id, token=token, shown=not mail)
