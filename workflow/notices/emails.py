"""A notice as a letter: plain words and the same in HTML, under a name that never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cache
from gettext import NullTranslations
from html import escape
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from workflow.clock import written
from workflow.notices import wording
from workflow.notices.queries import NoticeLine
from workflow.notices.wording import Say
from workflow.phrase import to_say

RIGHT_TO_LEFT = ("ar",)
KEEP = to_say(
    "Keep this letter: with the signed lines below it can be shown later if a history was changed."
)


@dataclass(frozen=True, slots=True)
class Reader:
    """To whom a letter goes, and in which language; `id` is the person's, where there is one."""

    email: str
    language: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class EmailRenderer:
    """Where letters are written: from whom, with links to where, and the words of each language."""

    sender: str
    base_url: str
    translations: Path

    def letter(
        self, reader: Reader, lines: Sequence[NoticeLine], name: str, checkpoint: str = ""
    ) -> EmailMessage:
        """A letter that tells one notice, or several together; `name` makes it known again.

        A `checkpoint` of the log stands below as it was signed, for the reader to keep.
        """
        say = self._say(reader.language)
        letter = EmailMessage()
        letter["Subject"] = _subject(lines, say)
        letter["From"] = self.sender
        letter["To"] = reader.email
        letter["Message-ID"] = self.message_id(name)
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(self._plain(lines, say) + _kept(checkpoint, say))
        letter.add_alternative(self._html(lines, say, reader.language, checkpoint), subtype="html")
        return letter

    def message_id(self, name: str) -> str:
        """The name of a letter for every mail server: sent twice, it is the same letter."""
        return f"<{name}.primemover@{parseaddr(self.sender)[1].rpartition('@')[2]}>"

    def _say(self, language: str) -> Say:
        return _catalogue(self.translations, language).gettext

    def _plain(self, lines: Sequence[NoticeLine], say: Say) -> str:
        told = (
            f"{wording.sentence(line, say)}\n{self._due(line, say)}{self._address(line)}\n"
            f"{self._letter(line, say)}{_reason(line, say)}\n"
            for line in lines
        )
        return "\n".join([*told, self._choices(say), ""])

    def _html(self, lines: Sequence[NoticeLine], say: Say, language: str, checkpoint: str) -> str:
        told = "".join(
            f'<p>{escape(wording.sentence(line, say))} <a href="{escape(self._address(line))}">'
            f"{escape(line.ref)}</a>{self._linked(line, say)}<br><small>{escape(_reason(line, say))}</small></p>"
            for line in lines
        )
        direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        return (
            f'<!doctype html><html lang="{escape(language)}" dir="{direction}"><body>{told}'
            f"<p><small>{escape(self._choices(say))}</small></p>"
            f"{_kept_html(checkpoint, say)}</body></html>\n"
        )

    def _address(self, line: NoticeLine) -> str:
        return f"{self.base_url}/programmes/{line.ref}"

    def _due(self, line: NoticeLine, say: Say) -> str:
        """Until when a silence runs, as it stood when the letter was written."""
        if not line.letter or line.due_at is None:
            return ""
        return say("It ends at %(due)s.") % {"due": written(line.due_at)} + "\n"

    def _letter(self, line: NoticeLine, say: Say) -> str:
        """The line that leads to the letter of a silence, where there is one."""
        if not line.letter:
            return ""
        where = f"{self.base_url}{line.letter}"
        return (
            say("The letter with the exact text and all it means: %(where)s") % {"where": where}
            + "\n"
        )

    def _linked(self, line: NoticeLine, say: Say) -> str:
        if not line.letter:
            return ""
        where, due = escape(f"{self.base_url}{line.letter}"), escape(self._due(line, say))
        return f'<br>{due}<a href="{where}">{escape(say("Letter of no objection"))}</a>'

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


def _subject(lines: Sequence[NoticeLine], say: Say) -> str:
    """One line without a break, which no title can turn into two headers."""
    if len(lines) == 1:
        return wording.subject(lines[0], say)
    return say("Prime Mover: %(count)s notices") % {"count": len(lines)}


def _reason(line: NoticeLine, say: Say) -> str:
    return say("You are told %(reason)s.") % {"reason": wording.reason(line, say)}
