"""A notice as a letter: plain words and the same in HTML, under a name that never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cache
from gettext import NullTranslations
from html import escape
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from workflow.clock import written
from workflow.notices import account_letters, wording
from workflow.notices.placeholders import Worded, filled, local, standard
from workflow.notices.queries import NoticeLine
from workflow.notices.vocabulary import AccountLetter, NoticeKind
from workflow.notices.wording import Say
from workflow.phrase import to_say

RIGHT_TO_LEFT = ("ar",)
KEEP = to_say(
    "Keep this letter: with the signed lines below it can be shown later if a history was changed."
)


@dataclass(frozen=True, slots=True)
class Reader:
    """To whom a letter goes, in which language and time zone; `id` is the person's, where there is one."""

    email: str
    language: str
    id: int = 0
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Voice:
    """In which words a letter speaks, the standard or the house's own, and by whose clocks."""

    say: Say
    own: Worded
    zone: str

    def sentence(self, line: NoticeLine) -> str:
        """What has happened."""
        own = self.own.get(line.kind)
        if own is None:
            return wording.sentence(line, self.say)
        return filled(own[1], line, self.zone, self.say)

    def subject(self, line: NoticeLine) -> str:
        """What it is about, in one line without a break."""
        own = self.own.get(line.kind)
        if own is None:
            return wording.subject(line, self.say)
        return " ".join(filled(own[0], line, self.zone, self.say).split())

    def instant(self, at: datetime) -> str:
        """An instant as it is written everywhere, and by the reader's clocks where they differ."""
        here = "" if self.zone == "UTC" else f" = {local(at, self.zone)}"
        return f"{written(at)}{here}"


@dataclass(frozen=True, slots=True)
class EmailRenderer:
    """Where letters are written: from whom, with links to where, and the words of each language."""

    sender: str
    base_url: str
    translations: Path

    def letter(
        self,
        reader: Reader,
        lines: Sequence[NoticeLine],
        name: str,
        checkpoint: str = "",
        own: Worded = MappingProxyType({}),
    ) -> EmailMessage:
        """A letter that tells one notice, or several together; `name` makes it known again.

        A `checkpoint` of the log stands below as it was signed, for the reader to keep. `own` are
        the words by which the house says some kinds of notices instead of the standard ones.
        """
        say = self.say(reader.language)
        voice = Voice(say, own, reader.zone)
        letter = EmailMessage()
        letter["Subject"] = _subject(lines, voice)
        letter["From"] = self.sender
        letter["To"] = reader.email
        letter["Message-ID"] = self.message_id(name)
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(self._plain(lines, voice) + _kept(checkpoint, say))
        html = self._html(lines, reader.language, checkpoint, voice)
        letter.add_alternative(html, subtype="html")
        return letter

    def standard(self, kind: NoticeKind | AccountLetter, language: str) -> tuple[str, str]:
        """The subject and words of a kind of letter as they come in a language, with placeholders."""
        if isinstance(kind, AccountLetter):
            return account_letters.standard(kind, self.say(language))
        return standard(kind, self.say(language))

    def message_id(self, name: str) -> str:
        """The name of a letter for every mail server: sent twice, it is the same letter."""
        return f"<{name}.primemover@{parseaddr(self.sender)[1].rpartition('@')[2]}>"

    def say(self, language: str) -> Say:
        """What gives a sentence of a letter in a language."""
        return _catalogue(self.translations, language).gettext

    def _plain(self, lines: Sequence[NoticeLine], voice: Voice) -> str:
        say = voice.say
        told = (
            f"{voice.sentence(line)}\n{self._due(line, voice)}{self._address(line)}\n"
            f"{self._letter(line, say)}{_reason(line, say)}\n"
            for line in lines
        )
        return "\n".join([*told, self._choices(say), ""])

    def _html(
        self, lines: Sequence[NoticeLine], language: str, checkpoint: str, voice: Voice
    ) -> str:
        say = voice.say
        told = "".join(
            f'<p>{_lines_of(voice.sentence(line))} <a href="{escape(self._address(line))}">'
            f"{escape(line.ref)}</a>{self._linked(line, voice)}<br><small>{escape(_reason(line, say))}</small></p>"
            for line in lines
        )
        direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        return (
            f'<!doctype html><html lang="{escape(language)}" dir="{direction}"><body>{told}'
            f"<p><small>{escape(self._choices(say))}</small></p>"
            f"{_kept_html(checkpoint, say)}</body></html>\n"
        )

    def _address(self, line: NoticeLine) -> str:
        return f"{self.base_url}{line.path}"

    def _due(self, line: NoticeLine, voice: Voice) -> str:
        """Until when a silence runs, as it stood when the letter was written."""
        if not line.letter or line.due_at is None:
            return ""
        return voice.say("It ends at %(due)s.") % {"due": voice.instant(line.due_at)} + "\n"

    def _letter(self, line: NoticeLine, say: Say) -> str:
        """The line that leads to the letter of a silence, where there is one."""
        if not line.letter:
            return ""
        where = f"{self.base_url}{line.letter}"
        return (
            say("The letter with the exact text and all it means: %(where)s") % {"where": where}
            + "\n"
        )

    def _linked(self, line: NoticeLine, voice: Voice) -> str:
        if not line.letter:
            return ""
        where, due = escape(f"{self.base_url}{line.letter}"), escape(self._due(line, voice))
        return f'<br>{due}<a href="{where}">{escape(voice.say("Letter of no objection"))}</a>'

    def _choices(self, say: Say) -> str:
        where = f"{self.base_url}/notices/choices"
        return say("Choose which mails you get: %(where)s") % {"where": where}


@cache
def _catalogue(translations: Path, language: str) -> NullTranslations:
    """The words of letters in a language; without any of its own it is written in English."""
    known = {each.parts[-3]: each for each in translations.glob("*/LC_MESSAGES/letters.po")}
    if language not in known:
        return NullTranslations()
    compiled = BytesIO()
    with known[language].open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled, domain="letters")


def _kept(checkpoint: str, say: Say) -> str:
    return f"\n{say(KEEP)}\n\n{checkpoint}" if checkpoint else ""


def _kept_html(checkpoint: str, say: Say) -> str:
    if not checkpoint:
        return ""
    # Each line of the note counts as it is, in whichever direction the letter is read.
    return f'<p><small>{escape(say(KEEP))}</small></p><pre dir="ltr">{escape(checkpoint)}</pre>'


def _lines_of(text: str) -> str:
    """Words as HTML: nothing in them is markup, and lines stay lines."""
    return escape(text).replace("\n", "<br>")


def _subject(lines: Sequence[NoticeLine], voice: Voice) -> str:
    """One line without a break, which no title can turn into two headers."""
    if len(lines) == 1:
        return voice.subject(lines[0])
    return voice.say("Prime Mover: %(count)s notices") % {"count": len(lines)}


def _reason(line: NoticeLine, say: Say) -> str:
    return say("You are told %(reason)s.") % {"reason": wording.reason(line, say)}
