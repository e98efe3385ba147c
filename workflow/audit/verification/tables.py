"""The tables that the trail tells of, named once more.

They are not imported: they belong to rooms above this one, and what checks them should not depend
on what writes them.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    Integer,
    LargeBinary,
    Numeric,
    String,
    TableClause,
    column,
    table,
)
from sqlalchemy.types import TypeEngine

from workflow.database import Instant


def _table(name: str, /, **columns: type[TypeEngine[Any]]) -> TableClause:
    return table(name, *(column(key, kind) for key, kind in columns.items()))


CASES = _table(
    "lifecycle_case", id=Integer, ref=String, subject=String, definition_id=Integer,
    parent_id=Integer, state=String, stage=String, footing=String, version=Integer, head_seq=Integer,
    head_hash=LargeBinary, head_at=Instant,
)  # fmt: skip
CHILDREN = _table(
    "child_case", case_id=Integer, parent_id=Integer, kind=String, number=Integer, party_id=Integer,
    period_from=Date, period_to=Date, due_on=Date, calendar_id=Integer, ended_at=Instant, heard_at=Instant,
    row_key=String,
    changes=String,
)  # fmt: skip
DEFINITIONS = _table(
    "definition_version", id=Integer, key=String, version=String, digest=String, body=LargeBinary,
    published_at=Instant,
)  # fmt: skip
OFFERS = _table(
    "lifecycle_offer", id=Integer, act=String, key=String, definition_id=Integer, starts_on=Date,
    since=Instant, at=Instant, person_id=Integer, asked_by=Integer, why=String,
)  # fmt: skip
LIFECYCLE_REQUESTS = _table(
    "lifecycle_request", id=Integer, act=String, key=String, version=String, digest=String,
    body=LargeBinary, starts_on=Date, unless_drafts=Boolean, why=String, asked_by=Integer,
    asked_at=Instant, outcome=String, decided_by=Integer, decided_at=Instant, reason=String,
)  # fmt: skip
LIFECYCLE_TEXTS = _table(
    "lifecycle_texts", id=Integer, definition_id=Integer, language=String, digest=String,
    body=LargeBinary, at=Instant, person_id=Integer, asked_by=Integer, why=String,
)  # fmt: skip
PARTIES = _table(
    "party", id=Integer, key=String, kind=String, name=String, executes=Boolean, gives=Boolean,
    languages=String, contact=String, sort=String,
)  # fmt: skip
CASE_PARTIES = _table("case_party", case_id=Integer, capacity=String, party_id=Integer)
DOCUMENTS = _table(
    "document", case_id=Integer, kind=String, version=Integer, body=LargeBinary, digest=String,
    person_id=Integer, filed_at=Instant, event_seq=Integer,
)  # fmt: skip
ATTACHMENTS = _table(
    "attachment", case_id=Integer, kind=String, filename=String, size=Integer, digest=String, dated=Date,
    person_id=Integer, filed_at=Instant, removed_at=Instant, event_seq=Integer,
)  # fmt: skip
ROUNDS = _table(
    "round", id=Integer, case_id=Integer, key=String, turn=Integer, state=String, status=String,
    opened_at=Instant, due_at=Instant, content_digest=String, content=JSON, outcome=String,
    explanation=String, settled_at=Instant, effective_at=Instant, paused_at=Instant,
    paused_due=Instant, paused_for=String,
)  # fmt: skip
SEATS = _table(
    "seat", id=Integer, round_id=Integer, case_id=Integer, role=String, party_id=Integer,
    round_key=String, part=String, category=String, status=String, due_at=Instant, bench_id=Integer,
)  # fmt: skip
SIGN_OFFS = _table(
    "sign_off", case_id=Integer, round_id=Integer, seat_id=Integer, turn=Integer,
    person_id=Integer, appointment_id=Integer, mandate_id=Integer, verdict=String, reason=String,
    answers=JSON, content_digest=String, at=Instant, event_seq=Integer, event_hash=LargeBinary,
    standing=Boolean, ended_as=String, ended_at=Instant,
)  # fmt: skip
IMPORTED = _table(
    "imported_programme", case_id=Integer, external_key=String, row=JSON, digest=String,
    source=String, confidence=String,
)  # fmt: skip
APPOINTMENTS = _table(
    "appointment", id=Integer, person_id=Integer, role=String, party_id=Integer, starts_on=Date,
    ends_on=Date, letter=String, body_id=Integer,
)  # fmt: skip
PEOPLE = _table("person", id=Integer, name=String, email=String, disabled_at=Instant)
MANDATES = _table(
    "mandate", id=Integer, appointment_id=Integer, person_id=Integer, starts_on=Date, ends_on=Date,
    scope=String, reason=String, granted_at=Instant, revoked_at=Instant,
)  # fmt: skip
LETTER_TEMPLATES = _table(
    "letter_template", id=Integer, kind=String, language=String, version=Integer, subject=String,
    body=String, kept_at=Instant,
)  # fmt: skip
PARTY_CALENDARS = _table(
    "party_calendar", id=Integer, party_id=Integer, since=Date, weekend=String, zone=String,
    source=String, edition=String, through=Date, closed=String,
)  # fmt: skip
REPORTING_CALENDARS = _table(
    "reporting_calendar", id=Integer, party_id=Integer, since=Date, begins_in=Integer, within=Integer,
    asked_by=Integer, asked_at=Instant, outcome=String, decided_by=Integer, decided_at=Instant,
    reason=String,
)  # fmt: skip
PIVOTAL = _table(
    "pivotal_status", party_id=Integer, since=Date, until=Date, evidence=String,
    ended_for=String,
)  # fmt: skip
INTERESTS = _table(
    "lead_interest", party_id=Integer, area=String, asked_on=Date, answer=String,
    registered_on=Date, note=String,
    until=Date,
)  # fmt: skip
MESSAGES = _table(
    "discussion_message", id=Integer, case_id=Integer, about=String, answers_id=Integer,
    person_id=Integer, text=String, said_at=Instant, event_seq=Integer, retracted_at=Instant,
    retraction_seq=Integer,
)  # fmt: skip
GROUPINGS = _table("grouping", id=Integer, key=String, label=String)
MEMBERSHIPS = _table(
    "grouping_membership", id=Integer, grouping_id=Integer, iso3=String, since=Date, until=Date,
    to_the_day=Boolean, confidence=String,
)  # fmt: skip
BODIES = _table(
    "body", id=Integer, key=String, kind=String, name=String, quorum=Integer, by_default=Boolean
)
BODY_SEATS = _table(
    "body_seat", id=Integer, body_id=Integer, party_id=Integer, place=String, category=String,
    starts_on=Date, ends_on=Date,
)  # fmt: skip
BODY_SESSIONS = _table(
    "body_session", id=Integer, body_id=Integer, title=String, starts_on=Date, ends_on=Date
)
MONEY_MOVEMENTS = _table(
    "money_movement", id=Integer, case_id=Integer, number=Integer, act=String, moved_on=Date,
    rate=String, rate_on=Date, usd=String, corrects=Integer, paper=String, person_id=Integer,
    recorded_at=Instant, event_seq=Integer,
)  # fmt: skip
MONEY_ENTRIES = _table(
    "money_entry", movement_id=Integer, place=Integer, case_id=Integer, account=String,
    source_id=Integer, holder_id=Integer, year=Integer, output=String, category=String, country=String,
    earmark=Integer, currency=String, amount=String,
)  # fmt: skip
MONEY_VERDICTS = _table(
    "money_verdict", movement_id=Integer, case_id=Integer, outcome=String, person_id=Integer,
    decided_at=Instant, event_seq=Integer,
)  # fmt: skip
MONEY_EARMARKS = _table(
    "money_earmark", id=Integer, case_id=Integer, number=Integer, source_id=Integer, output=String,
    country=String, category=String, condition=String, person_id=Integer, recorded_at=Instant,
    event_seq=Integer, met_on=Date, met_by=Integer, met_seq=Integer,
)  # fmt: skip
MONEY_PAYMENTS = _table(
    "money_payment", id=Integer, case_id=Integer, number=Integer, act=String, source_id=Integer,
    holder_id=Integer, earmark=Integer, currency=String, amount=String, due_on=Date, person_id=Integer,
    recorded_at=Instant, event_seq=Integer, withdrawn_at=Instant,
)  # fmt: skip
LESSON_WEIGHINGS = _table(
    "lesson_weighing", case_id=Integer, event_seq=Integer, lesson_id=Integer, said=String,
    person_id=Integer, weighed_at=Instant,
)  # fmt: skip
RATE_FILES = _table("rate_file", id=Integer, digest=String, entered_at=Instant, person_id=Integer)
EXCHANGE_RATES = _table("exchange_rate", currency=String, day=Date, units=String, file_id=Integer)
SANCTIONS_LISTS = _table(
    "sanctions_list", id=Integer, title=String, dated=Date, digest=String, entered_at=Instant,
    person_id=Integer,
)  # fmt: skip
SANCTIONS_ENTRIES = _table(
    "sanctions_entry", list_id=Integer, number=String, name=String, also=String
)
SHARED_ENTRIES = _table(
    "shared_entry", id=Integer, kind=String, party_id=Integer, state=String, wording=Integer,
    holds_until=Date, consent_until=Date, in_files=Boolean, asked_at=Instant,
)  # fmt: skip
SHARED_WORDINGS = _table(
    "shared_wording", entry_id=Integer, number=Integer, content=String, consented_on=Date,
    consented_until=Date, consented_files=Boolean, consent=String, asked_by=Integer, asked_at=Instant,
    event_seq=Integer, outcome=String, decided_by=Integer, decided_at=Instant, reason=String,
    decision_seq=Integer,
)  # fmt: skip
SHARED_ACTS = _table(
    "shared_act", entry_id=Integer, act=String, until=Date, person_id=Integer, at=Instant,
    event_seq=Integer,
)  # fmt: skip
SHARED_USES = _table(
    "shared_use",
    entry_id=Integer,
    case_id=Integer,
    person_id=Integer,
    at=Instant,
    event_seq=Integer,
)
FRAMEWORKS = _table("framework", id=Integer, key=String, title=String, symbol=String)
FRAMEWORK_AREAS = _table("framework_area", framework_id=Integer, area=String)
FRAMEWORK_TERMS = _table(
    "framework_terms", framework_id=Integer, kind=String, starts_on=Date, ends_on=Date,
    currency=String, envelope=Numeric, body_id=Integer, appraisal_id=Integer, steering_id=Integer,
)  # fmt: skip
OFFICE_ACTS = _table(
    "office_act", id=Integer, act=String, person_id=Integer, role=String, party_id=Integer,
    appointment_id=Integer, starts_on=Date, ends_on=Date, letter=String, body_id=Integer, asked_by=Integer,
    asked_at=Instant, outcome=String, decided_by=Integer, decided_at=Instant, reason=String,
)  # fmt: skip
ACCOUNT_ACTS = _table(
    "account_act", id=Integer, act=String, person_id=Integer, email=String, asked_by=Integer,
    asked_at=Instant, token_hash=LargeBinary, outcome=String, decided_by=Integer,
    decided_at=Instant, reason=String,
)  # fmt: skip
EVENT_FACETS = _table(
    "event_facet", case_id=Integer, seq=Integer, type=String, person_id=Integer,
    principal_id=Integer, at=Instant, role=String, party=String, verdict=String, state=String,
    stage=String, since=Instant, late=Boolean, mandated=Boolean, overridden=Boolean,
)  # fmt: skip
REVIEWS = _table(
    "review", case_id=Integer, person_id=Integer, covers=String, seq=Integer, sample=String,
    at=Instant, event_seq=Integer,
)  # fmt: skip
CLAIMS = _table(
    "seat_claim", case_id=Integer, seat_id=Integer, person_id=Integer, appointment_id=Integer,
    at=Instant, event_seq=Integer, ended_as=String, ended_at=Instant,
)  # fmt: skip
DECLARATIONS = _table(
    "declaration", case_id=Integer, seat_id=Integer, person_id=Integer, interest=Boolean,
    at=Instant, event_seq=Integer,
)  # fmt: skip
LIFTED = _table(
    "lifted_bar", case_id=Integer, seat_id=Integer, person_id=Integer, bar=String, by_id=Integer,
    at=Instant, event_seq=Integer,
)  # fmt: skip
# Every table whose rows belong to a case and are told on its trail.
OF_A_CASE = (DOCUMENTS, ATTACHMENTS, ROUNDS, SEATS, SIGN_OFFS, CASE_PARTIES, IMPORTED, REVIEWS,
    CLAIMS, DECLARATIONS, LIFTED, EVENT_FACETS, CHILDREN, MONEY_MOVEMENTS, MONEY_ENTRIES,
    MONEY_VERDICTS, MONEY_EARMARKS, MONEY_PAYMENTS, SHARED_USES,
)  # fmt: skip
