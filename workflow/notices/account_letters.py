"""The letters about an account: a link to choose a password, and another address to sign in with."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage

from workflow.notices.placeholders import KNOWN, STANDARD, Worded, put
from workflow.notices.vocabulary import AccountLetter
from workflow.notices.wording import Say
from workflow.people.accounts.invitations import Invited
from workflow.phrase import to_say

# Each is looked up in the reader's language by these very words.
SUBJECTS = {
    AccountLetter.LINK: to_say("Prime Mover: choose your password"),
    AccountLetter.ASKED: to_say("Prime Mover: do you agree to another address?"),
    AccountLetter.MOVED: to_say("Prime Mover: your address was changed"),
}
BODIES = {
    AccountLetter.LINK: to_say(
        "Dear %(name)s,\n\nan administrator of Prime Mover invites you to choose a password. "
        "Open this link; it opens once, until %(day)s:\n\n%(link)s\n\n"
        "Your address to sign in with is %(email)s. Nobody at Prime Mover will ever ask for your "
        "password. If you expected no such letter, do nothing and tell your programme officer.\n"
    ),
    AccountLetter.ASKED: to_say(
        "Dear %(name)s,\n\nan administrator of Prime Mover asked that you sign in with another "
        "address from now on. Open this link within a week to see it and to agree:\n\n%(link)s\n\n"
        "Until then nothing changes. If you expected no such letter, do nothing and tell your "
        "programme officer.\n"
    ),
    AccountLetter.MOVED: to_say(
        "Dear %(name)s,\n\nthe address with which you sign in to Prime Mover was changed. This one "
        "opens nothing any more, and no letters come here. If you did not want that, tell your "
        "programme officer and an auditor at once.\n"
    ),
}
LINK = "link"


def places(kind: str) -> tuple[str, ...]:
    """What may stand in braces in the words of a kind of letter, about an account or a notice."""
    if kind not in {each.value for each in AccountLetter}:
        return KNOWN
    return tuple(dict.fromkeys(STANDARD.findall(BODIES[AccountLetter(kind)])))


@dataclass(frozen=True, slots=True)
class AccountDesk:
    """Who writes about accounts: from whom, in which language, and the house's own words in it."""

    sender: str
    say: Say
    own: Worded

    def invitation(self, invited: Invited, link: str) -> EmailMessage:
        """The letter to somebody who was invited, with the link and until when it opens anything."""
        said = {
            "name": invited.name,
            "day": str(invited.expires_at.date()),
            "link": link,
            "email": invited.email,
        }
        return self.letter(AccountLetter.LINK, invited.email, said)

    def agreement(self, known: str, name: str, link: str) -> EmailMessage:
        """The letter to the address that is known, whose reader alone can agree to another one."""
        return self.letter(AccountLetter.ASKED, known, {"name": name, "link": link})

    def moved(self, known: str, name: str) -> EmailMessage:
        """The word to an address that somebody had until now: letters do not come here any more."""
        return self.letter(AccountLetter.MOVED, known, {"name": name})

    def letter(self, kind: AccountLetter, to: str, said: Mapping[str, str]) -> EmailMessage:
        """A letter of a kind, in the house's own words or else in the standard ones."""
        subject, body = self.own.get(kind.value) or standard(kind, self.say)
        letter = EmailMessage()
        letter["Subject"] = " ".join(put(subject, said).split())
        letter["From"], letter["To"] = self.sender, to
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(put(body, said).rstrip("\n") + "\n")
        return letter


def standard(kind: AccountLetter, say: Say) -> tuple[str, str]:
    """The subject and the words of a kind of letter as they come, with placeholders in braces."""
    return say(SUBJECTS[kind]), STANDARD.sub(r"{\1}", say(BODIES[kind]))
