"""How letters are worded by the house: each kind in each language, in versions, the latest in force."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import LetterWorded
from workflow.errors import Invalid
from workflow.free_text import kept_line, kept_prose
from workflow.notices.account_letters import LINK, places
from workflow.notices.models import LetterTemplate
from workflow.notices.placeholders import Worded, shown, unknown
from workflow.notices.vocabulary import WORDABLE
from workflow.people.accounts.details import LANGUAGES
from workflow.people.register import claim_register, registered
from workflow.phrase import Phrase, phrase, together

LONGEST_SUBJECT, LONGEST_BODY = 200, 4_000


@dataclass(frozen=True, slots=True)
class LetterWords:
    """One version of the words of a kind of letter in a language; empty ones are the standard."""

    kind: str
    language: str
    subject: str
    body: str
    version: int = 0
    kept_at: datetime | None = None


def word_letter(session: Session, words: LetterWords, *, by: int | None, now: datetime) -> int:
    """Keep how letters of a kind are worded in a language, and return the number of the version.

    Letters that leave from now on say so; the address, the reason why somebody is told and what a
    silence means stand below in any case. Empty subject and words give the standard ones back.
    Refuses a placeholder that is none, one of the two without the other, and a letter that brings a
    link without the place for it.
    """
    words = checked(words)
    claim_register(session)
    last = select(func.max(LetterTemplate.version)).where(
        LetterTemplate.kind == words.kind, LetterTemplate.language == words.language
    )
    version = (session.scalar(last) or 0) + 1
    kept = LetterTemplate(
        kind=words.kind,
        language=words.language,
        version=version,
        subject=words.subject,
        body=words.body,
        kept_at=now,
    )
    session.add(kept)
    session.flush()
    told = LetterWorded(
        kind=words.kind, language=words.language, version=version,
        subject=words.subject, body=words.body,
    )  # fmt: skip
    kept.kept_at = registered(session, Fact(told, by, now)).at
    session.flush()
    return version


def checked(words: LetterWords) -> LetterWords:
    """The words as they are kept; refuses what cannot be kept, each fault at its field."""
    kept = replace(
        words, subject=kept_line(words.subject, "subject"), body=kept_prose(words.body, "body")
    )
    faults = _unknown_letter(kept) | _faults(kept.subject, kept.body, places(kept.kind))
    if faults:
        raise Invalid(together(faults.values()), faults)
    return kept


def versions(session: Session, kind: str, language: str) -> tuple[LetterWords, ...]:
    """Every version of the words of a kind of letter in a language, the latest first."""
    rows = session.scalars(
        select(LetterTemplate)
        .where(LetterTemplate.kind == kind, LetterTemplate.language == language)
        .order_by(LetterTemplate.version.desc())
    )
    return tuple(
        LetterWords(row.kind, row.language, row.subject, row.body, row.version, row.kept_at)
        for row in rows
    )


def in_force(session: Session) -> tuple[LetterWords, ...]:
    """The words in force of every kind and language that are not the standard ones."""
    found: dict[tuple[str, str], LetterTemplate] = {}
    for row in session.scalars(select(LetterTemplate).order_by(LetterTemplate.version)):
        found[row.kind, row.language] = row
    return tuple(
        LetterWords(row.kind, row.language, row.subject, row.body, row.version, row.kept_at)
        for row in found.values()
        if row.body
    )


def worded(session: Session, language: str) -> Worded:
    """The subjects and words in force for letters in a language, by kind; others are the standard."""
    own = (each for each in in_force(session) if each.language == language)
    return {each.kind: (each.subject, each.body) for each in own}


def _unknown_letter(words: LetterWords) -> dict[str, Phrase]:
    faults: dict[str, Phrase] = {}
    if words.kind not in {kind.value for kind in WORDABLE}:
        faults["kind"] = phrase("There is no letter of this kind.")
    if words.language not in LANGUAGES:
        faults["language"] = phrase(
            "A language is one of %(languages)s.", languages=", ".join(LANGUAGES)
        )
    return faults


def _faults(subject: str, body: str, known: tuple[str, ...]) -> dict[str, Phrase]:
    """What is wrong with subject and words, in which the `known` placeholders may stand."""
    faults: dict[str, Phrase] = {}
    if len(subject) > LONGEST_SUBJECT:
        faults["subject"] = phrase(
            "A subject has at most %(longest)s characters.", longest=LONGEST_SUBJECT
        )
    if len(body) > LONGEST_BODY:
        faults["body"] = phrase(
            "A letter has at most %(longest)s characters.", longest=LONGEST_BODY
        )
    for name, text, other in (("subject", subject, body), ("body", body, subject)):
        if wrong := unknown(text, known):
            faults[name] = phrase(
                "%(wrong)s is no placeholder; these are: %(known)s.",
                wrong=f"{wrong[0]:.40}", known=shown(known),
            )  # fmt: skip
        elif other and not text:
            faults[name] = phrase("A letter has a subject and words, or neither.")
    return _faults_of_link(subject, body, known) | faults


def _faults_of_link(subject: str, body: str, known: tuple[str, ...]) -> dict[str, Phrase]:
    """A letter that brings a link is of no use without it, and a subject is read by others."""
    place = shown([LINK])
    if LINK not in known or not (subject or body):
        return {}
    if place in subject:
        return {"subject": phrase("The link stands in the words, where nobody else reads it.")}
    if place not in body:
        return {
            "body": phrase(
                "This letter brings a link: write %(place)s where it stands.", place=place
            )
        }
    return {}
