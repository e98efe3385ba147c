"""Words that several rooms share: the stages, and the closed list of events."""

from collections.abc import Mapping
from enum import StrEnum

from workflow.phrase import to_say


class Stage(StrEnum):
    """The five stages of a programme's life, and the ends."""

    PROPOSAL = "proposal"
    CONSULTATION = "consultation"
    APPROVAL = "approval"
    IMPLEMENTATION = "implementation"
    EVALUATION = "evaluation"
    END = "end"


class Footing(StrEnum):
    """On what footing a case stands: managed here, on record from elsewhere, or kept as a record only."""

    MANAGED = "managed"
    RECORD = "record"
    KEPT = "kept"


# What rows, events and lifecycles call the part of the party that opened a case.
PROPOSER = "proposer"
# Of all parties of a case and the house: what a question says that asks for any of them.
ANYBODY = "anybody"
# What stands between the reference of a case and the number of a case below it.
BELOW = "."
# Before the key of a grouping of countries, where a lifecycle names one.
GROUPING = "grouping:"
# The role of the timer, which every lifecycle has.
SYSTEM = "system"
# The role of whoever appoints and maintains; no lifecycle asks it anything.
ADMINISTRATOR = "administrator"
# The roles of the office that keeps the files of programmes: whoever screens them, and whoever heads it.
# A lifecycle of programmes has one of them at least and calls it as it likes (workflow/programmes/contract.py).
OFFICER, HEAD = "unit_officer", "unit_head"
OFFICERS = (OFFICER, HEAD)
# The roles of a board: whoever sits on it, and whoever has the chair.
BOARD_MEMBER, BOARD_CHAIR = "board_member", "board_chair"
# The office of the installation itself: those who administer it are appointed there.
HOUSE = "special-unit"
# The offices that every installation has.
OFFICES = (HOUSE, "evaluation-office")
# The case that holds what happens to the register of offices, and to no other case.
# How something was done at the command line, and how a session knows that it is done there.
TERMINAL, AT_TERMINAL = "terminal", "at_terminal"
REGISTER = "REGISTER"
# How sure the record of a programme or a framework is, in words.
CONFIDENCE: Mapping[str, str] = {
    "high": to_say("checked against its source"),
    "medium": to_say("checked in part"),
    "low": to_say("not checked"),
}
STAGES = tuple(stage for stage in Stage if stage is not Stage.END)


# What stands before the number of an appointment where its letter is filed.
LETTER_OF = "letter:"


class EventType(StrEnum):
    """Every kind of fact that a trail may hold."""

    CASE_OPENED = "case.opened"
    CASE_CAME_OF = "case.came_of"
    PROGRAMME_IMPORTED = "programme.imported"
    IMPORT_REVISED = "programme.import_revised"
    PROGRAMME_PLACED = "programme.placed"
    RECORD_MERGER_PROPOSED = "record.merger_proposed"
    RECORD_MERGER_DECLINED = "record.merger_declined"
    RECORD_MERGED = "record.merged"
    RECORD_SEPARATED = "record.separated"
    RECORD_TAKEN_IN = "record.taken_in"
    RECORD_LET_GO = "record.let_go"
    SOURCE_ACCEPTED = "source.accepted"
    SOURCE_DECLINED = "source.declined"
    STATE_ENTERED = "state.entered"
    FOOTING_CHANGED = "footing.changed"
    CASE_MIGRATED = "case.migrated"
    CHILD_OPENED = "case.child_opened"
    FACTS_AMENDED = "facts.amended"
    FACTS_KEPT = "facts.kept"
    ROUND_OPENED = "round.opened"
    ROUND_SETTLED = "round.settled"
    ROUND_OVERTAKEN = "round.overtaken"
    ROUND_REBOUND = "round.rebound"
    ROUND_RESEATED = "round.reseated"
    ROUND_EXTENDED = "round.extended"
    ROUND_ESCALATED = "round.escalated"
    ROUND_FREED = "round.freed"
    SIGNOFF_GIVEN = "signoff.given"
    SIGNOFF_CHANGED = "signoff.changed"
    SIGNOFF_VOIDED = "signoff.voided"
    SIGNOFF_LATE = "signoff.late"
    SEAT_RECUSED = "seat.recused"
    SEAT_CLAIMED = "seat.claimed"
    SEAT_RELEASED = "seat.released"
    SEAT_REASSIGNED = "seat.reassigned"
    INTEREST_DECLARED = "interest.declared"
    ROUND_PAUSED = "round.paused"
    ROUND_RESUMED = "round.resumed"
    DUTY_OVERRIDDEN = "duty.overridden"
    DOCUMENT_FILED = "document.filed"
    ATTACHMENT_FILED = "attachment.filed"
    ATTACHMENT_REMOVED = "attachment.removed"
    PARTY_JOINED = "party.joined"
    PARTY_LEFT = "party.left"
    MONEY_RECORDED = "money.recorded"
    MONEY_CERTIFIED = "money.certified"
    MONEY_DECLINED = "money.declined"
    SHARING_USED = "sharing.used"
    SHARING_UNUSED = "sharing.unused"
    MONEY_EARMARKED = "money.earmarked"
    CONDITION_MET = "condition.met"
    PAYMENT_EXPECTED = "payment.expected"
    PAYMENT_WITHDRAWN = "payment.withdrawn"
    LESSON_WEIGHED = "lesson.weighed"
    PROGRAMME_TAKEN_ON = "programme.taken_on"
    PROGRAMME_LET_GO = "programme.let_go"
    LEAD_GROUP_CHANGED = "lead_group.changed"
    HISTORY_READ = "history.read"
    HISTORY_EXPORTED = "history.exported"
    HISTORY_REVIEWED = "history.reviewed"
    TEXT_ERASED = "text.erased"
    HEADS_STATED = "heads.stated"
    KEY_INTRODUCED = "key.introduced"
    CLOCK_DOUBTED = "clock.doubted"
    CLOCK_CONFIRMED = "clock.confirmed"
    APPOINTMENT_MADE = "appointment.made"
    APPOINTMENT_ENDED = "appointment.ended"
    APPOINTMENT_EXTENDED = "appointment.extended"
    APPOINTMENT_HANDED_OVER = "appointment.handed_over"
    APPOINTMENT_TIED = "appointment.tied"
    APPOINTMENT_LETTER_FILED = "appointment.letter_filed"
    APPOINTMENT_LETTER_WITHDRAWN = "appointment.letter_withdrawn"
    ACT_ASKED = "act.asked"
    ACT_CONFIRMED = "act.confirmed"
    ACT_DECLINED = "act.declined"
    PERSON_ENTERED = "person.entered"
    PERSON_CHANGED = "person.changed"
    PERSON_INVITED = "person.invited"
    ACCESS_ENDED = "access.ended"
    ACCESS_RESTORED = "access.restored"
    SESSIONS_ENDED = "sessions.ended"
    ACCOUNT_ASKED = "account.asked"
    ACCOUNT_CONFIRMED = "account.confirmed"
    ACCOUNT_DECLINED = "account.declined"
    PASSWORD_SET = "password.set"  # noqa: S105  # the name of an event
    MANDATE_GRANTED = "mandate.granted"
    MANDATE_REVOKED = "mandate.revoked"
    INTEREST_REGISTERED = "interest.registered"
    INTEREST_ASKED = "interest.asked"
    INTEREST_DECLINED = "interest.declined"
    INTEREST_ENDED = "interest.ended"
    PIVOTAL_DESIGNATED = "pivotal.designated"
    PIVOTAL_ENDED = "pivotal.ended"
    GROUPING_ENTERED = "grouping.entered"
    MEMBERSHIP_ENTERED = "membership.entered"
    MEMBERSHIP_CHANGED = "membership.changed"
    MEMBERSHIP_STRUCK = "membership.struck"
    PARTY_DESCRIBED = "party.described"
    CALENDAR_SET = "calendar.set"
    REPORTING_ASKED = "reporting.asked"
    REPORTING_SET = "reporting.set"
    REPORTING_DECLINED = "reporting.declined"
    LETTER_WORDED = "letter.worded"
    BODY_DESCRIBED = "body.described"
    BODY_SEATED = "body.seated"
    BODY_SEAT_ENDED = "body.seat_ended"
    BODY_CONVENED = "body.convened"
    RATES_ENTERED = "rates.entered"
    SANCTIONS_LISTED = "sanctions.listed"
    FRAMEWORK_DESCRIBED = "framework.described"
    DISCUSSION_SAID = "discussion.said"
    DISCUSSION_RETRACTED = "discussion.retracted"
    SHARING_WORDED = "sharing.worded"
    SHARING_CONFIRMED = "sharing.confirmed"
    SHARING_DECLINED = "sharing.declined"
    SHARING_QUESTIONED = "sharing.questioned"
    SHARING_KEPT = "sharing.kept"
    SHARING_LAPSED = "sharing.lapsed"
    SHARING_WITHDRAWN = "sharing.withdrawn"
    LIFECYCLES_LISTED = "lifecycles.listed"
    LIFECYCLE_ASKED = "lifecycle.asked"
    LIFECYCLE_DECLINED = "lifecycle.declined"
    LIFECYCLE_PUBLISHED = "lifecycle.published"
    LIFECYCLE_OFFERED = "lifecycle.offered"
    LIFECYCLE_RETIRED = "lifecycle.retired"
    LIFECYCLE_WORDED = "lifecycle.worded"
    LIFECYCLE_CASES_MOVED = "lifecycle.cases_moved"
