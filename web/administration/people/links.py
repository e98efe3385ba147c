"""The link to a first password: where it leads, and the letter that brings it."""

from config.settings import Settings
from workflow.notices.smtp import SmtpServer
from workflow.notices.vocabulary import Sending
from workflow.people.accounts.invitations import Invited
from workflow.people.accounts.letter import invitation_letter


def link_of(settings: Settings, token: str) -> str:
    """The address that lets whoever holds it choose a password."""
    return f"{settings.base_url}/account/invitations/{token}"


def mailed(settings: Settings, invited: Invited, link: str) -> str | None:
    """Send the letter with the link: empty where it went, why not, or nothing where mail is off."""
    if not settings.mail_server:
        return None
    letter = invitation_letter(settings.mail_from, invited, link)
    sent = SmtpServer.at(settings.mail_server).send(letter)
    return "" if sent.state is Sending.SENT else sent.error
