"""The words of notices: why one is written, why to this person, and how it is to reach them."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice tells."""

    SEAT_OPENED = "seat_opened"
    ROUND_SETTLED = "round_settled"
    SIGNOFF_VOIDED = "signoff_voided"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    SILENCE_OPENED = "silence_opened"
    SILENCE_ENDS = "silence_ends"
    END_MOVED = "end_moved"
    MOVE_FOLLOWS = "move_follows"
    WAIT_OVER = "wait_over"
    BLOCKED = "blocked"
    MONEY_WAITS = "money_waits"
    MONEY_REMINDER = "money_reminder"
    MONEY_LATE = "money_late"
    MONEY_DECLINED = "money_declined"
    PAYMENT_DUE = "payment_due"
    PAYMENT_LATE = "payment_late"
    LEAD_ENDS = "lead_ends"
    MENTIONED = "mentioned"


class AccountLetter(StrEnum):
    """What a letter about somebody's account tells."""

    LINK = "account_link"
    ASKED = "address_asked"
    MOVED = "address_moved"


# Every kind of letter that the house may word itself.
WORDABLE = (*NoticeKind, *AccountLetter)
# What a silence asks nobody may choose not to be told: by keeping silent one takes part in it.
ALWAYS_AT_ONCE = (NoticeKind.SILENCE_OPENED, NoticeKind.SILENCE_ENDS)
# What asks something of its reader.
ASKING = (
    *ALWAYS_AT_ONCE,
    NoticeKind.SEAT_OPENED,
    NoticeKind.REMINDER,
    NoticeKind.END_MOVED,
    NoticeKind.WAIT_OVER,
)
# That, and what tells what became of their answer, leads to the seat.
LEADING = (*ASKING, NoticeKind.ROUND_SETTLED)
# What leads to the money of a programme.
OF_MONEY = (
    NoticeKind.MONEY_WAITS,
    NoticeKind.MONEY_REMINDER,
    NoticeKind.MONEY_LATE,
    NoticeKind.MONEY_DECLINED,
    NoticeKind.PAYMENT_DUE,
    NoticeKind.PAYMENT_LATE,
)
CHOSEN = tuple(kind for kind in NoticeKind if kind not in ALWAYS_AT_ONCE)


class Because(StrEnum):
    """Why a notice goes to this person and not to another."""

    HOLDER = "holder"
    PROPOSER = "proposer"
    ANSWERED = "answered"
    WATCHES = "watches"
    DELEGATE = "mandate"
    RECORDED = "recorded"
    NAMED = "named"
    SAID = "said"


class MailPreference(StrEnum):
    """How a person wants mail about one kind of notice; the pages show every notice anyway."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NONE = "none"


class Sending(StrEnum):
    """What became of a mail."""

    OWED = "owed"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
