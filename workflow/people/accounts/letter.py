"""The letter that brings a link to choose a password; it goes out once the link stands."""

from email.message import EmailMessage

from workflow.people.accounts.invitations import Invited
from workflow.phrase import phrase


def invitation_letter(sender: str, invited: Invited, link: str) -> EmailMessage:
    """The letter to somebody who was invited, with the link and until when it opens anything."""
    letter = EmailMessage()
    letter["Subject"] = "Prime Mover: choose your password"
    letter["From"] = sender
    letter["To"] = invited.email
    letter["Auto-Submitted"] = "auto-generated"
    said = phrase(
        "Dear %(name)s,\n\nan administrator of Prime Mover invites you to choose a password. "
        "Open this link; it opens once, until %(day)s:\n\n%(link)s\n\n"
        "Your address to sign in with is %(email)s. Nobody at Prime Mover will ever ask for your "
        "password. If you expected no such letter, do nothing and tell your programme officer.\n",
        name=invited.name,
        day=invited.expires_at.date(),
        link=link,
        email=invited.email,
    )
    letter.set_content(str(said))
    return letter
