"""The letters about an account: a link to choose a password, and another address to sign in with."""

from collections.abc import Callable
from email.message import EmailMessage

from workflow.people.accounts.invitations import Invited
from workflow.phrase import Phrase, phrase, to_say

# Each is looked up in the reader's language by these very words.
SUBJECT = to_say("Prime Mover: choose your password")
INVITATION = to_say(
    "Dear %(name)s,\n\nan administrator of Prime Mover invites you to choose a password. "
    "Open this link; it opens once, until %(day)s:\n\n%(link)s\n\n"
    "Your address to sign in with is %(email)s. Nobody at Prime Mover will ever ask for your "
    "password. If you expected no such letter, do nothing and tell your programme officer.\n"
)


def invitation_letter(
    sender: str, invited: Invited, link: str, say: Callable[[str], str] = str
) -> EmailMessage:
    """The letter to somebody who was invited, with the link and until when it opens anything.

    `say` gives a sentence in the reader's language.
    """
    said = say(INVITATION) % {
        "name": invited.name,
        "day": invited.expires_at.date(),
        "link": link,
        "email": invited.email,
    }
    return _letter(sender, invited.email, say(SUBJECT), said)


def agreement_letter(sender: str, known: str, name: str, link: str) -> EmailMessage:
    """The letter to the address that is known, whose reader alone can agree to another one."""
    said = phrase(
        "Dear %(name)s,\n\nan administrator of Prime Mover asked that you sign in with another "
        "address from now on. Open this link within a week to see it and to agree:\n\n%(link)s\n\n"
        "Until then nothing changes. If you expected no such letter, do nothing and tell your "
        "programme officer.\n",
        name=name,
        link=link,
    )
    return _letter(sender, known, "Prime Mover: do you agree to another address?", said)


def moved_letter(sender: str, known: str, name: str) -> EmailMessage:
    """The word to an address that somebody had until now: letters do not come here any more."""
    said = phrase(
        "Dear %(name)s,\n\nthe address with which you sign in to Prime Mover was changed. This one "
        "opens nothing any more, and no letters come here. If you did not want that, tell your "
        "programme officer and an auditor at once.\n",
        name=name,
    )
    return _letter(sender, known, "Prime Mover: your address was changed", said)


def _letter(sender: str, to: str, subject: str, said: Phrase | str) -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = subject, sender, to
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(str(said))
    return letter
