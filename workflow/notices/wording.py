"""Notices in words; `say` gives a sentence in the reader's language."""

import re
from collections.abc import Callable
from datetime import date

from workflow.free_text.characters import set_apart
from workflow.notices.queries import NoticeLine
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.phrase import to_say

Say = Callable[[str], str]
SayDay = Callable[[date], str]
# A day as a notice keeps it; nothing that people write stands there.
ISO_DAY = re.compile(r"(?<![\w/.-])\d{4}-\d{2}-\d{2}(?![\w/-])", re.ASCII)

# Each is looked up in the reader's language by these very words.
SUBJECTS = {
    NoticeKind.SEAT_OPENED: to_say("%(ref)s: you are asked to answer (%(label)s)"),
    NoticeKind.ROUND_SETTLED: to_say("%(ref)s: %(label)s is decided"),
    NoticeKind.SIGNOFF_VOIDED: to_say("%(ref)s: your sign-off is void (%(label)s)"),
    NoticeKind.REMINDER: to_say("%(ref)s: your answer is still awaited (%(label)s)"),
    NoticeKind.ESCALATION: to_say("%(ref)s: %(label)s is late"),
    NoticeKind.SILENCE_OPENED: to_say("%(ref)s: without an objection it is adopted (%(label)s)"),
    NoticeKind.SILENCE_ENDS: to_say("%(ref)s: the silence will soon end (%(label)s)"),
    NoticeKind.END_MOVED: to_say("%(ref)s: the end of %(label)s has moved"),
    NoticeKind.MOVE_FOLLOWS: to_say("%(ref)s: it is your move (%(label)s)"),
    NoticeKind.WAIT_OVER: to_say("%(ref)s: you can answer now (%(label)s)"),
    NoticeKind.BLOCKED: to_say("%(ref)s: it is blocked since %(outcome)s"),
    NoticeKind.MONEY_WAITS: to_say("%(ref)s: money waits to be certified"),
    NoticeKind.MONEY_REMINDER: to_say("%(ref)s: money still waits to be certified"),
    NoticeKind.MONEY_LATE: to_say("%(ref)s: money has not been certified for long"),
    NoticeKind.MONEY_DECLINED: to_say("%(ref)s: money that you recorded was not certified"),
    NoticeKind.PAYMENT_DUE: to_say("%(ref)s: a payment will soon be due"),
    NoticeKind.PAYMENT_LATE: to_say("%(ref)s: a payment is late"),
    NoticeKind.LEAD_ENDS: to_say("%(ref)s: a country that leads gave notice"),
    NoticeKind.MENTIONED: to_say("%(ref)s: you are spoken to in the discussion"),
}
SENTENCES = {
    NoticeKind.SEAT_OPENED: to_say(
        "“%(label)s” has opened on %(title)s, and your answer is asked for."
    ),
    NoticeKind.ROUND_SETTLED: to_say("“%(label)s” on %(title)s is settled. Outcome: %(outcome)s."),
    NoticeKind.SIGNOFF_VOIDED: (
        to_say(
            "The text of %(title)s has changed, so the sign-off you gave in “%(label)s” no longer counts."
        )
    ),
    NoticeKind.REMINDER: to_say(
        "“%(label)s” on %(title)s will soon be due, and your answer is still awaited."
    ),
    NoticeKind.ESCALATION: to_say("“%(label)s” on %(title)s is past its due time and still open."),
    NoticeKind.SILENCE_OPENED: (
        to_say(
            "%(title)s has been put under silence (“%(label)s”). Without an objection in time it is "
            "adopted; who keeps silent is listed as having sent no objection, and never as approving."
        )
    ),
    NoticeKind.SILENCE_ENDS: (
        to_say(
            "The silence on %(title)s (“%(label)s”) will soon end. An objection has to come before it; "
            "nobody owes an answer."
        )
    ),
    NoticeKind.END_MOVED: to_say(
        "The clock of “%(label)s” on %(title)s was moved. It is now: %(outcome)s."
    ),
    NoticeKind.MOVE_FOLLOWS: to_say(
        "Everybody has answered “%(label)s” on %(title)s, and nothing is settled by that: it is your move."
    ),
    NoticeKind.BLOCKED: to_say(
        "%(title)s: this blocks since %(outcome)s. How it stands: %(label)s."
    ),
    NoticeKind.MONEY_WAITS: to_say(
        "Somebody recorded %(outcome)s in the money of %(title)s. It counts once you, or another who "
        "may, have certified it."
    ),
    NoticeKind.MONEY_REMINDER: to_say(
        "In the money of %(title)s something waits since %(outcome)s to be certified, and does not count."
    ),
    NoticeKind.MONEY_LATE: to_say(
        "In the money of %(title)s something waits since %(outcome)s, and nobody has certified it or "
        "declined."
    ),
    NoticeKind.MONEY_DECLINED: to_say(
        "%(outcome)s in the money of %(title)s was not certified and does not count. Why stands in the "
        "history."
    ),
    NoticeKind.PAYMENT_DUE: to_say(
        "A payment in the money of %(title)s will soon be due (%(label)s): %(outcome)s."
    ),
    NoticeKind.PAYMENT_LATE: to_say(
        "A payment in the money of %(title)s was due and has not come (%(label)s): %(outcome)s."
    ),
    NoticeKind.LEAD_ENDS: to_say(
        "%(title)s: the country gave notice and leads or supports there until %(outcome)s. It leads "
        "programmes in the area: %(label)s."
    ),
    NoticeKind.MENTIONED: to_say(
        "Somebody speaks to you in the discussion of %(title)s (%(label)s). It is talk: nothing is asked "
        "of you by it."
    ),
    NoticeKind.WAIT_OVER: to_say(
        "What “%(label)s” on %(title)s waited for has ended, so your answer can be given now."
    ),
}
REASONS = {
    Because.HOLDER: to_say("because you are the %(role)s of %(party)s"),
    Because.PROPOSER: to_say(
        "because %(party)s speaks for it as its proposer and you are its %(role)s"
    ),
    Because.ANSWERED: to_say("because you answered"),
    Because.RECORDED: to_say("because you recorded it"),
    Because.NAMED: to_say("because a message names you"),
    Because.SAID: to_say("because it answers what you said"),
    Because.DELEGATE: to_say("because you act for the %(role)s of %(party)s, under a mandate"),
    Because.WATCHES: to_say(
        "because you are the %(role)s of %(party)s and lateness is told to you"
    ),
}


def subject(line: NoticeLine, say: Say) -> str:
    """What the notice is about, in one line without a break."""
    return " ".join((say(SUBJECTS[NoticeKind(line.kind)]) % words(line, say)).split())


def sentence(line: NoticeLine, say: Say, day: SayDay = date.isoformat) -> str:
    """What has happened, its days as `day` says them."""
    return say(SENTENCES[NoticeKind(line.kind)]) % words(line, say, day)


def reason(line: NoticeLine, say: Say) -> str:
    """Why this person is told."""
    return say(REASONS[Because(line.because)]) % words(line, say)


def words(line: NoticeLine, say: Say, day: SayDay = date.isoformat) -> dict[str, str]:
    """What stands in the places of a sentence; words of the lifecycle in the reader's language."""
    return {
        "ref": line.ref,
        "title": set_apart(line.title),
        "label": set_apart(_said(line.label, say)),
        "outcome": _dated(_said(line.outcome.replace("_", " "), say), day),
        "role": _inside(_said(line.role, say)),
        "party": set_apart(line.party),
    }


def _said(word: str, say: Say) -> str:
    """A word of a lifecycle; nothing stays nothing, where a catalogue keeps what is about itself."""
    return say(word) if word else ""


def _dated(said: str, day: SayDay) -> str:
    """What is said, each day that it names as the reader is told of days."""
    return ISO_DAY.sub(lambda found: day(date.fromisoformat(found[0])), said)


def _inside(label: str) -> str:
    """A label as it stands inside a sentence: Focal point, but QA officer."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
