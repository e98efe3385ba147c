"""How a letter would read: on a real notice, or as it would come to whoever words it."""

from dataclasses import dataclass
from email.message import EmailMessage

from web.access import engine, now, person, settings
from web.background import TRANSLATIONS
from workflow.notices.account_letters import AccountDesk
from workflow.notices.emails import EmailRenderer, Reader
from workflow.notices.templates import LetterWords
from workflow.notices.vocabulary import AccountLetter, NoticeKind
from workflow.offices.letters import sample, unsent
from workflow.people.accounts.invitations import GOOD_FOR


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it reads; `ref` is the programme that it is about, if there is one."""

    subject: str
    text: str
    about_account: bool
    ref: str = ""


def renderer() -> EmailRenderer:
    """Who writes the letters of this installation."""
    return EmailRenderer(settings().mail_from, settings().base_url, TRANSLATIONS)


def of_notice(kind: NoticeKind, words: LetterWords) -> Preview:
    """A letter on the newest notice of its kind about a programme that is open to everybody."""
    with engine().reading() as session:
        line = sample(session, kind)
    reader = Reader("reader@example.org", words.language)
    own = {words.kind: (words.subject, words.body)}
    letter = renderer().letter(reader, [line or unsent(kind)], "preview", own=own)
    return _seen(letter, about_account=False, ref=line.ref if line else "")


def of_account(kind: AccountLetter, words: LetterWords) -> Preview:
    """A letter as it would come to the person who asks, with a link that opens nothing."""
    reader = person()
    said = {
        "name": reader.name,
        "day": str((now() + GOOD_FOR).date()),
        "link": f"{settings().base_url}/account/…",
        "email": reader.email,
    }
    own = {words.kind: (words.subject, words.body)}
    desk = AccountDesk(settings().mail_from, renderer().say(words.language), own)
    return _seen(desk.letter(kind, reader.email, said), about_account=True)


def _seen(letter: EmailMessage, *, about_account: bool, ref: str = "") -> Preview:
    body = letter.get_body(("plain",))
    return Preview(letter["Subject"], body.get_content() if body else "", about_account, ref)
