"""Every entrance of what people write, with the columns that a text comes to through it."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import select

from tests.support.world import PROPOSAL, World
from tests.workflow.engine.commands.test_command import KEEPS_NONE, SENT
from tests.workflow.engine.commands.test_sign import decision
from tests.workflow.engine.lifecycles import STANDARD, edited, put
from tests.workflow.erasure.acts import director, told
from tests.workflow.ledger.bookkeeping import recorded
from tests.workflow.ledger.promise_acts.promised import earmarked
from tests.workflow.programmes.samples import a_file
from tests.workflow.sharing.shared import IRACEMA, SCHOOL, consent, entered, listed
from workflow.audit.events.histories import HistoryRead
from workflow.bodies.commands import Charter, SeatGiven, call_session, found_body, seat_party
from workflow.discussions.say import Saying, say
from workflow.engine import commands
from workflow.engine.commands import file_document
from workflow.engine.commands.file_document import Filing
from workflow.engine.commands.open_case import publish
from workflow.engine.documents.file_store import File, FileStore
from workflow.engine.rounds.decision import Decision
from workflow.erasure.erase import ErasureRequest, erase
from workflow.ledger.accounts import MoneyAct
from workflow.lifecycles.loader.files import from_tables, load_file
from workflow.lifecycles.texts.translation import Translation
from workflow.notices.templates import LetterWords, word_letter
from workflow.offices.reporting.acts import ReportingWish, ask
from workflow.offices.reporting.acts import decline as decline_reporting
from workflow.oversight.events import access_log
from workflow.oversight.reviews.mark import THROUGH, Mark, mark
from workflow.partners.sanction_lists import enter_list
from workflow.people.accounts.acts import decline as decline_account_act
from workflow.people.accounts.links import ask_for_link
from workflow.people.commands import add_person, appoint
from workflow.people.directory.descriptions import Described, enter_party
from workflow.people.groupings.commands import (
    MembershipWish,
    enter_grouping,
    enter_membership,
    strike_membership,
)
from workflow.people.groupings.days import MembershipDays
from workflow.people.mandates import Grant, grant
from workflow.people.models import Appointment
from workflow.people.parties import ensure_party, known_party
from workflow.people.pivotal.interests import register_interest
from workflow.people.pivotal.statuses import designate_pivotal, end_pivotal
from workflow.people.terms.requests import MAKE, OfficeWish, carry_out, decline
from workflow.programmes.commands import propose, save
from workflow.programmes.imports.run import import_programmes, read_content
from workflow.publication import requests
from workflow.publication.drafts import begin_draft
from workflow.publication.text_acts import enter_texts
from workflow.publication.wishes import publication
from workflow.sharing.content import EXPERT, INSTITUTION
from workflow.sharing.decide import decline as decline_wording

JOAO, JANE, AUDITOR = "joao.lima", "jane.okello", "marie.laurent"


def begun(world: World, text: str) -> str:
    """A proposal with the text in its title, a line, its prose and a table."""
    moz = world.party("moz")
    table = [{"output": text, "indicator": text, "target": "12"}]
    content = PROPOSAL | {"title": text, "signatory": text, "situation": text, "outputs": table}
    return propose(world.engine, world.person(JOAO), moz, content).ref


def a_proposal(world: World, _folder: Path, text: str) -> None:
    begun(world, text)


def a_new_version(world: World, _folder: Path, text: str) -> None:
    ref = begun(world, "A title")
    content = PROPOSAL | {"title": text, "objective": text}
    save(world.engine, world.person(JOAO), Filing(ref, "proposal", content, 1))


def answers(world: World, _folder: Path, text: str) -> None:
    ref = world.programme("screening")
    _, definition = world.engine.published("programme-standard")
    section = definition.documents["proposal"].sections[0].key
    given = {"remarks": [{"section": section, "remark": text}]}
    sections = decision(world, ref, "screening", "return", reason="See below.", answers=given)
    commands.sign(world.engine, world.person(JANE), sections)


def a_file_name(world: World, folder: Path, text: str) -> None:
    ref = world.programme("draft")
    kept = FileStore(folder, 1000).keep("letter.txt", BytesIO(b"Dear colleagues"))
    named = File(f"{text}.txt", kept.media_type, kept.size, kept.digest)
    file_document.attach(world.engine, world.person(JOAO), ref, "request_letter", named)


def a_mandate(world: World, _folder: Path, text: str) -> None:
    today = world.clock().date()
    with world.engine.transaction() as session:
        held = select(Appointment.id).where(Appointment.person_id == world.person(JANE))
        wish = Grant(
            session.scalars(held).first() or 0, world.person("ravi.chand"), today, today, text
        )
        grant(session, world.person(JANE), wish, now=world.clock())


def a_person(world: World, _folder: Path, text: str) -> None:
    with world.engine.transaction() as session:
        add_person(session, "a@example.org", text, "", text, now=world.clock(), password_hash="x")


def a_party(world: World, _folder: Path, text: str) -> None:
    with world.engine.transaction() as session:
        ensure_party(session, "somebody", "organisation", text)


def a_grouping(world: World, _folder: Path, text: str) -> None:
    now = world.clock()
    wish = MembershipWish(days=MembershipDays(), ground=text)
    with world.engine.transaction() as session:
        enter_grouping(session, "forum", text[:40], by=None, now=now)
        number = enter_membership(session, "forum", "fji", wish, by=None, now=now)
        strike_membership(session, number, text, by=None, now=now)


def a_message(world: World, _folder: Path, text: str) -> None:
    ref = world.programme("screening")
    say(world.engine, world.person(JOAO), Saying(ref=ref, text=text, key="0" * 32))


def a_designation(world: World, _folder: Path, text: str) -> None:
    _pivotal(world, text, "Stated.")


def a_contact(world: World, _folder: Path, text: str) -> None:
    who = Described(kind="agency", name=text[:40], executes=True, contact=text)
    with world.engine.transaction() as session:
        enter_party(session, "who", who, by=None, now=world.clock())


def a_body(world: World, _folder: Path, text: str) -> None:
    today, now = world.clock().date(), world.clock()
    with world.engine.transaction() as session:
        charter = Charter(kind="board", name=text[:40])
        body = found_body(session, "lab", charter, by=None, now=now)
        given = SeatGiven(
            party_id=known_party(session, "egy"), place="chair", category=text[:40], starts_on=today
        )
        seat_party(session, body, given, by=None, now=now)
        call_session(session, body, text[:40], (today, today), by=None, now=now)


def a_letter(world: World, _folder: Path, text: str) -> None:
    words = LetterWords("seat_opened", "en", text, text)
    with world.engine.transaction() as session:
        word_letter(session, words, by=None, now=world.clock())


def an_act_that_takes_two(world: World, _folder: Path, text: str) -> None:
    today, now = world.clock().date(), world.clock()
    naledi, pieter = world.person("naledi.khumalo"), world.person("pieter.vos")
    with world.engine.transaction() as session:
        egypt = known_party(session, "egy")
        wish = OfficeWish(MAKE, world.person(JANE), "board_member", egypt, today, letter=text)
        asked = carry_out(session, wish, by=naledi, now=now, two_for=("board_member",))
        decline(session, asked.waits or 0, text, by=pieter, now=now)


def a_reporting_calendar(world: World, _folder: Path, text: str) -> None:
    now, wish = world.clock(), ReportingWish(date(2027, 1, 1), 4, 45)
    naledi, pieter = world.person("naledi.khumalo"), world.person("pieter.vos")
    with world.engine.transaction() as session:
        asked = ask(session, known_party(session, "egy"), wish, by=naledi, now=now)
        decline_reporting(session, asked.number, text, by=pieter, now=now)


def an_act_on_an_account(world: World, _folder: Path, text: str) -> None:
    now, jane = world.clock(), world.person(JANE)
    naledi, pieter = world.person("naledi.khumalo"), world.person("pieter.vos")
    with world.engine.transaction() as session:
        asked = ask_for_link(session, jane, by=naledi, now=now, mail=False).waits or 0
        decline_account_act(session, asked, text, by=pieter, now=now)


def an_appointment(world: World, _folder: Path, text: str) -> None:
    today, now = world.clock().date(), world.clock()
    with world.engine.transaction() as session:
        egypt, jane = known_party(session, "egy"), world.person(JANE)
        appoint(session, jane, "donor", egypt, today, by=None, now=now, letter=text)


def an_end(world: World, _folder: Path, text: str) -> None:
    _pivotal(world, "Stated.", "")
    today, now = world.clock().date(), world.clock()
    with world.engine.transaction() as session:
        kenya = ensure_party(session, "ken", "country", "Kenya", "KEN")
        end_pivotal(session, kenya, today, text, by=None, now=now)


def an_interest(world: World, _folder: Path, text: str) -> None:
    _pivotal(world, "Stated.", text)


def _pivotal(world: World, evidence: str, note: str) -> None:
    today, now = world.clock().date(), world.clock()
    with world.engine.transaction() as session:
        kenya = ensure_party(session, "ken", "country", "Kenya", "KEN")
        designate_pivotal(session, kenya, today, evidence, by=None, now=now)
        register_interest(session, kenya, "hiv-aids", today, note, by=None, now=now)


def a_review(world: World, _folder: Path, text: str) -> None:
    ref = world.programme("draft")
    mark(world.engine, world.person(AUDITOR), Mark(ref, THROUGH, 1, text, text[:40]))


def an_erasure(world: World, folder: Path, text: str) -> None:
    SENT[Decision](world, folder, "It is too early.")
    ref = world.resumed()
    wish = ErasureRequest(ref, told(world, ref, "signoff.given"), ("reason",), text)
    erase(world.engine, director(world), wish)


def a_search(world: World, _folder: Path, text: str) -> None:
    look = HistoryRead(scope=access_log.EVENTS, query=text)
    access_log.record_look(world.engine, world.person(AUDITOR), look)


def lines_taken(world: World, _folder: Path, text: str) -> None:
    access_log.record_taken(world.engine, world.person(AUDITOR), "csv", text, 3)


def an_import(world: World, _folder: Path, text: str) -> None:
    cells = dict.fromkeys(("title", "fund", "modality", "sector", "summary", "source"), text)
    rows = read_content("f.csv", a_file({**cells, "executing_agency": text, "budget_note": text}))
    number, definition = world.engine.published("programme-standard")
    states = {key: state.stage for key, state in definition.states.items()}
    with world.engine.transaction() as session:
        import_programmes(
            session, rows, now=world.clock(), opener=None, definition_id=number, states=states
        )


def a_lifecycle(world: World, folder: Path, text: str) -> None:
    written = "".join(f"\\u{ord(sign):04x}" for sign in text)
    file = folder / "mine.toml"
    lines = STANDARD.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("title = "))
    lines[at] = f'title = "{written}"'
    file.write_text("\n".join(lines), encoding="utf-8")
    publish(world.engine, load_file(file))


def an_act_on_a_lifecycle(world: World, _folder: Path, text: str) -> None:
    naledi, pieter, now = world.person("naledi.khumalo"), world.person("pieter.vos"), world.clock()
    wish = publication(from_tables(edited(put("version", "9")), "nine.toml"), why=text)
    with world.engine.transaction() as session:
        asked = requests.carry_out(session, wish, by=naledi, now=now)
        requests.decline(session, asked.waits or 0, text, by=pieter, now=now)
        requests.carry_out(session, wish, by=None, now=now)


def texts_of_a_lifecycle(world: World, _folder: Path, text: str) -> None:
    of = world.engine.published("programme-standard")[1]
    made = Translation(of.key, of.digest, "fr", MappingProxyType({"states.draft.label": "Projet"}))
    with world.engine.transaction() as session:
        enter_texts(session, made, text, by=None, now=world.clock())


def a_draft(world: World, _folder: Path, text: str) -> None:
    with world.engine.transaction() as session:
        begin_draft(session, text, "", by=world.person("naledi.khumalo"), now=world.clock())


def money(world: World, _folder: Path, text: str) -> None:
    ref = world.programme("active")
    recorded(world, ref, MoneyAct.BUDGET, "1000", output=text, category=text)
    earmarked(world, ref, output=text, category=text, condition=text)


def an_expert(world: World, _folder: Path, text: str) -> None:
    said = replace(IRACEMA, title=text, summary=text, roles=text, availability=text)
    number = entered(world, EXPERT, said, agreed=consent(words=text))
    by, now = world.person(JANE), world.clock()
    with world.engine.transaction() as session:
        decline_wording(session, number, 1, text, by=by, now=now)


def an_institution(world: World, _folder: Path, text: str) -> None:
    listed(world, INSTITUTION, replace(SCHOOL, title=text, capacity=text))


def a_sanctions_list(world: World, _folder: Path, text: str) -> None:
    row = io.StringIO()
    csv.writer(row).writerows([("number", "name", "also"), ("C-1", text, text)])
    enter_list(world.engine, None, text, date(2026, 2, 1), row.getvalue())


MONEY = frozenset(
    f"{table}.{column}"
    for table, columns in (
        ("money_entry", ("output", "category")),
        ("money_earmark", ("output", "category", "condition")),
    )
    for column in columns
)
Enter = Callable[[World, Path, str], None]
TRAIL = frozenset({"opening.value"})
ENTRANCES: dict[str, tuple[Enter, frozenset[str]]] = {
    **{kind.__name__: (send, TRAIL) for kind, send in SENT.items() if kind not in KEEPS_NONE},
    "proposal": (
        a_proposal,
        TRAIL | {"lifecycle_case.title", "document.body"},
    ),
    "version": (a_new_version, frozenset({"document.body", "programme.summary"})),
    "Decision": (SENT[Decision], TRAIL | {"sign_off.reason"}),
    "answers": (answers, frozenset({"sign_off.answers"})),
    "file name": (a_file_name, TRAIL | {"attachment.filename"}),
    "mandate": (a_mandate, TRAIL | {"mandate.reason"}),
    "person": (a_person, frozenset({"person.name", "person.purpose"})),
    "party": (a_party, frozenset({"party.name"})),
    "grouping": (a_grouping, TRAIL | {"grouping.label"}),
    "message": (a_message, TRAIL | {"discussion_message.text"}),
    "designation": (a_designation, frozenset({"pivotal_status.evidence"})),
    "interest": (an_interest, frozenset({"lead_interest.note"})),
    "contact": (a_contact, frozenset({"party.contact"})),
    "letter": (a_letter, frozenset({"letter_template.subject", "letter_template.body"})),
    "body": (a_body, frozenset({"body.name", "body_seat.category", "body_session.title"})),
    "reporting calendar": (a_reporting_calendar, frozenset({"reporting_calendar.reason"})),
    "act of two": (an_act_that_takes_two, frozenset({"office_act.letter", "office_act.reason"})),
    "act on an account": (an_act_on_an_account, frozenset({"account_act.reason"})),
    "appointment": (an_appointment, frozenset({"appointment.letter"})),
    "end": (an_end, frozenset({"pivotal_status.ended_for"})),
    "review": (a_review, TRAIL | {"review.sample"}),
    "erasure": (an_erasure, TRAIL),
    "search": (a_search, frozenset({"event.body"})),
    "taken lines": (lines_taken, frozenset({"event.body"})),
    "import": (
        an_import,
        frozenset({"imported_programme.row", "imported_programme.source", "programme.fund",
                   "programme.modality", "programme.sector", "programme.executing_agency"}),
    ),
    "lifecycle": (a_lifecycle, frozenset({"definition_version.body"})),
    "act on a lifecycle": (
        an_act_on_a_lifecycle,
        frozenset({"lifecycle_request.why", "lifecycle_request.reason", "lifecycle_offer.why"}),
    ),
    "texts of a lifecycle": (texts_of_a_lifecycle, frozenset({"lifecycle_texts.why"})),
    "draft": (a_draft, frozenset({"lifecycle_draft.name"})),
    "expert": (
        an_expert,
        TRAIL | {"shared_wording.content", "shared_wording.consent", "shared_wording.reason"},
    ),
    "institution": (an_institution, frozenset({"shared_entry.title"})),
    "money": (money, MONEY),
    "sanctions list": (
        a_sanctions_list, frozenset({"sanctions_list.title", "sanctions_entry.name"})
    ),
}  # fmt: skip
# They leave out what they cannot keep: what somebody looked for, and how a file is called.
LEAVE_OUT = {"search", "taken lines", "file name"}
