"""What no event says: columns that repeat nothing, and tables that nothing on the trail tells of."""

from sqlalchemy import Column

from workflow.schema import METADATA

OWN = "a number of the database's own"
SIGHT = "from the tree's own rows it follows; only who holds the lease is not told"
SIGN_IN = "how somebody signs in; nothing tells of it, so whoever changes it can act as them"
HOUR = "when it was done is in its event; this repeats it for sorting"

# By table: the columns that no event or signature tells of, and why that may be.
UNTOLD: dict[str, dict[str, str]] = {
    "event": {"id": OWN},
    "opening": {"event_id": "an opening led astray is an erased text, and counted as unexplained"},
    "lifecycle_case": {
        "id": OWN,
        "title": "repeats the filed texts for lists; the texts are compared",
        "entered_at": HOUR,
        "opened_at": HOUR,
    },
    "definition_version": {
        "id": OWN,
        "published_at": "no case depends on it; of what was published since the register tells of lifecycles it is compared",
    },
    "document": {"id": OWN},
    "attachment": {"id": OWN, "media_type": "how a browser shows the file"},
    "case_party": {"id": OWN},
    "imported_programme": {"imported_on": "the event has its own time"},
    "import_difference": {
        "id": OWN,
        **dict.fromkeys(
            ("case_id", "row", "digest", "found_at", "outcome", "decided_at", "decided_by"),
            "what a file says that changed nothing; what an officer decides of it is an event",
        ),
    },
    "round": {
        "id": OWN,
        "acts_at": "when a sweep looks at it next, which the check of deadlines compares",
    },
    "seat": {"id": OWN, "because": "a sentence made of what is told", "opened_at": HOUR},
    "sign_off": {"id": OWN},
    "seat_claim": {"id": OWN},
    "declaration": {"id": OWN},
    "lifted_bar": {"id": OWN},
    "review": {"id": OWN},
    "event_facet": {
        "event_id": "leads to the event by its number; what it is found by is compared"
    },
    "appointment": {},
    "person": {
        "id": "leads from every row to a name; compared of whoever was appointed",
        "password_hash": SIGN_IN,
        "language": SIGN_IN,
        "time_zone": SIGN_IN,
        "password_temporary": SIGN_IN,
        "purpose": "what an account without an office is for",
        "created_at": HOUR,
    },
    "money_movement": {"id": OWN},
    "money_entry": {},
    "money_verdict": {},
    "money_earmark": {"id": OWN},
    "money_payment": {
        "id": OWN,
        "open": "follows from what counts; `verify` compares it with that",
    },
    "lesson_weighing": {},
    "rate_file": {},
    "exchange_rate": {},
    "sanctions_list": {},
    "sanctions_entry": {},
    "mandate": {},
    "pivotal_status": {"id": OWN},
    "lead_interest": {"id": OWN},
    "party_calendar": {},
    "reporting_calendar": {},
    "letter_template": {"id": OWN},
    "body": {"id": OWN},
    "body_seat": {},
    "body_session": {},
    "log_entry": {},
    "log_tile": {},
    "log_state": {"id": OWN, "epoch": SIGHT, "holder": SIGHT, "lease_until": SIGHT},
    "checkpoint": {"id": OWN, "at": "a checkpoint has no time; a witness gives it one"},
    "cosignature": {"id": OWN, "received_at": "when it came back to us; its own time is signed"},
}
# By table: why none of its columns is compared, or which rows of it are.
UNCOVERED: dict[str, str] = {
    "anchor": "what left the house: its proof is in the hands of those it went to",
    "case_area": "found again from the filed proposal; only lists read it",
    "child_case": "compared with the case above, which tells of each that was opened under it, and with its own end; only when its end was made known is told of those alone that changed facts",
    "child_schedule": "what a schedule opens next, counted from the lifecycle and the facts; each case that it opened is told by the one above",
    "command_key": "answers a repeated request; a sign-off does not depend on it",
    "case_forecast": "computed by a worker, and again when the case moves; nothing is decided by it",
    "lifecycle_forecast": "computed by a worker from closed cases, and again each day; nothing is decided by it",
    "deadline": "what is owed next; the ends of rounds and seats are compared",
    "delivery": "the state of letters",
    "file_order": "what somebody waits for; that it was taken is told",
    "erasure": "is kept outside too, before every restore; the erasures themselves are told",
    "framework": "compared with the register, which tells of each; one of the reference list from before that is told by nothing",
    "framework_terms": "compared with its framework",
    "framework_area": "compared with its framework",
    "discussion_message": "compared with the history of its case, which tells of each that was said or taken back",
    "grouping": "compared with the register, which tells of each that was entered",
    "grouping_membership": "compared with the register, which tells of each that was entered, changed or struck",
    "discussion_naming": "whom a message names and who was told of it; the event that told of the message names them as well",
    "demonstration": "whether the known password of the demo may be served; no history hangs on it",
    "heartbeat": "when which process last worked; no history hangs on it",
    "facet_progress": "how far events can be found; each facet is compared with its event",
    "closing_programme": "repeats when cases came to their last stage; `verify` compares it with these",
    **dict.fromkeys(
        ("listed_lesson", "lesson_facet"),
        "repeats what a validated text says, and what its case is about, for lists; `verify` compares it with these",
    ),
    "case_origin": "for which commitment or match a case was begun; `verify` compares it with the events that told of it",
    "listed_meeting": "repeats meetings, when and where they are and in figures whom they bring together, for one list; `verify` compares it with their texts",
    "led_programme": "which programmes follow which lead group; `verify` compares it with the events that told of it, and who leads by it stands on the trails of both",
    "listed_approach": "repeats approaches, whom they ask and the answers that took effect, for one list; `verify` compares it with these",
    **dict.fromkeys(
        ("partner_vetting", "partner_agreement"),
        "repeats what filed texts say of partners, and when they were agreed to; `verify` compares it with these",
    ),
    **dict.fromkeys(
        ("framework_case", "framework_area_change", "framework_money_change"),
        "counts programmes and their money by framework and area for one page; `verify` counts them again",
    ),
    "framework_course": "which case a framework came about by, as the text of the case says",
    "framework_envelope": "repeats what the adopted text of a framework says of its envelope",
    "listed_blocker": "repeats cases, who owns them and their texts for one list; `verify` compares it with these",
    "listed_programme": "repeats cases, rounds and programmes for lists; who may know of a line is asked of its case",
    "history_news": "kept in step with facets, which are compared with their events; `verify` compares it with these",
    "history_tally": "counts histories whose events can be found; `verify` counts them again",
    "invitation": "who may choose a password until when; that somebody was invited is told",
    "lifecycle_draft": "what somebody is writing; nothing follows it before it is published, which is told",
    "lifecycle_offer": "compared with the register, which tells what was published, offered again and retired",
    "lifecycle_texts": "compared with the register, which tells the digest of what was entered",
    "lifecycle_request": "compared with the register, which tells what was asked, done or declined",
    "log_pending": "what waits; an event in neither this nor the log is found",
    "log_signer": "the signer's last word; its own record is outside of the database",
    "machine_clock": "whether the sweep may go on; doubts and their confirmations are told",
    "notice": "what somebody was told; what it is about is compared",
    "notice_choice": "a person's own choice",
    **dict.fromkeys(
        ("shared_entry", "shared_wording", "shared_act", "shared_use"),
        "compared with the register, or with the history of the programme, which tell of each; what is listed and searched of an entry repeats a wording that is compared",
    ),
    "shared_facet": "repeats what the confirmed wording of an entry says; `verify` compares it with that",
    "party": "compared with the register where it tells of it, and a country with the reference list; one that an import brought before imports told of them is told by nothing",
    "account_act": "compared with the register, which tells what was asked, confirmed or declined, but for what opens a letter",
    "office_act": "compared with the register, which tells what was asked, confirmed or declined",
    "portfolio_change": "how many programmes lists count; no history hangs on it",
    "party_proposal": "repeats cases, who proposed them and their texts for one list; `verify` compares it with these",
    "private_part": "repeats who proposed private programmes and whom they ask, and their lines, for lists and counts; `verify` compares it with these",
    "closed_role": "copied from the published definition, with which `verify` compares it; it says whose holders read no more than facts, not what happened",
    "decided_state": "copied from the published definition, with which `verify` compares it; it says from where texts open, not what happened",
    "facts_document": "copied from the published definition, with which `verify` compares it; it finds the text that lists show",
    "writing_office": "copied from the published definition, with which `verify` compares it; it says who takes part while they have something to write, not what happened",
    "personal_round": "copied from the published definition, with which `verify` compares it; it says whose queue a seat stands in, not who may answer it",
    "private_state": "copied from the published definition, with which `verify` compares it; it says who may know of a case, not what happened in it",
    "programme": "found again from the filed proposal and the signed project document; only lists and searches read it, and `verify` looks in what is searched for what the row says",
    "programme_goal": "found again from the filed proposal; only lists and searches read it",
    "sign_in_failure": "who may try again when",
    **dict.fromkeys(
        ("indicator", "indicator_target", "reported_period", "reported_actual"),
        "repeats what filed texts say of results; `verify` compares it with these",
    ),
    **dict.fromkeys(
        ("recommendation", "criterion_rating", "key_action"),
        "repeats what filed texts say of evaluations, and where their cases stand; `verify` compares it with these",
    ),
    "source_total": "sums what is kept of each source in each case; `verify` compares it with these",
    "source_money": "repeats what the movements of a case come to, for sums over many; `verify` compares it with these",
    "money_waiting": "kept in step with movements and verdicts, which are compared; `verify` compares it with these",
    "verification": "how earlier verifications went; they are run anew",
    "web_session": "who is signed in",
    "working_copy": "what somebody is writing and has not sent; what is sent is told",
    "witness_contact": "how the last call on a witness ended; the witness knows it too",
}


def told() -> list[tuple[str, Column[object]]]:
    """Every column that repeats what an event or a signature says."""
    return [
        (name, column)
        for name, untold in UNTOLD.items()
        for column in METADATA.tables[name].columns
        if column.name not in untold
    ]


def untold() -> list[tuple[str, Column[object]]]:
    """Every column of a compared table that nothing tells of."""
    return [
        (name, METADATA.tables[name].columns[column])
        for name, columns in UNTOLD.items()
        for column in columns
    ]
