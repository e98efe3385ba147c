"""What became of an act on an account: the letters that it takes, and the link if it may be seen."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from config.settings import Settings
from web.background import TRANSLATIONS
from workflow.deferred import deferred
from workflow.engine.engine import Engine
from workflow.notices.smtp import SmtpServer
from workflow.notices.vocabulary import Sending
from workflow.people.accounts.acts import AccountOutcome
from workflow.people.accounts.details import details_of
from workflow.people.accounts.invitations import Invited, invited

if TYPE_CHECKING:
    from workflow.notices.account_letters import AccountDesk
    from workflow.notices.emails import EmailRenderer
    from workflow.notices.templates import worded
else:
    AccountDesk = deferred("workflow.notices.account_letters", "AccountDesk")
    EmailRenderer = deferred("workflow.notices.emails", "EmailRenderer")
    worded = deferred("workflow.notices.templates", "worded")


@dataclass(frozen=True, slots=True)
class Sent:
    """A link on its way: for whom, the `link` if it may be seen, and why its letter did not leave."""

    page: Invited
    link: str = ""
    trouble: str = ""


def mailed(settings: Settings, letter: EmailMessage) -> str:
    """Send a letter: empty where it went, or why not."""
    sent = SmtpServer.at(settings.mail_server).send(letter)
    return "" if sent.state is Sending.SENT else sent.error


def link_sent(engine: Engine, settings: Settings, came: AccountOutcome) -> Sent:
    """Have the letter with a link leave, or the link seen where that is how it was made."""
    with engine.reading() as session:
        found = invited(session, came.token, engine.now())
    link = f"{settings.base_url}/account/invitations/{came.token}"
    if came.shown:
        return Sent(found, link=link)
    with engine.reading() as session:
        letter = _desk(session, settings, found.language).invitation(found, link)
    return Sent(found, trouble=mailed(settings, letter))


def address_sent(engine: Engine, settings: Settings, came: AccountOutcome) -> str:
    """Have the letter about another address leave, if it takes one: empty, or why it did not."""
    if not settings.mail_server or not (came.token or came.moved_from):
        return ""
    with engine.reading() as session:
        letter = _letter_about_address(session, settings, came)
    return mailed(settings, letter)


def _letter_about_address(
    session: Session, settings: Settings, came: AccountOutcome
) -> EmailMessage:
    known = details_of(session, came.person)
    desk = _desk(session, settings, known.language)
    if came.moved_from:
        return desk.moved(came.moved_from, known.name)
    link = f"{settings.base_url}/account/addresses/{came.token}"
    return desk.agreement(known.email, known.name, link)


def _desk(session: Session, settings: Settings, language: str) -> "AccountDesk":
    """Who writes about accounts in a language, with the house's own words if there are any."""
    say = EmailRenderer(settings.mail_from, settings.base_url, TRANSLATIONS).say(language)
    return AccountDesk(settings.mail_from, say, worded(session, language))
