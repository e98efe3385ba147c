"""Appointments in the browser: made, extended and ended, with each refusal at its field."""

import re
from datetime import date
from io import BytesIO

from sqlalchemy import select

from tests.support.visitors import Enter, words
from tests.support.world import World
from workflow.bodies.commands import SeatGiven, seat_party
from workflow.bodies.page import body_page
from workflow.people.models import Appointment, Party
from workflow.people.parties import known_party

FIRST, LAST = "2026-03-02", "2026-12-31"


def party(world: World, key: str) -> str:
    with world.engine.reading() as session:
        return str(session.scalars(select(Party.id).where(Party.key == key)).one())


def wish(world: World, role: str, key: str, **more: str) -> dict[str, str]:
    asked = {"role": role, "party": party(world, key), "starts_on": FIRST, "ends_on": LAST}
    return {**asked, "letter": "OC/2026/17", **more}


def seat(world: World, key: str, body: str = "board") -> None:
    """A seat on a body from today on."""
    now = world.clock()
    with world.engine.transaction() as session:
        given = SeatGiven(party_id=known_party(session, key), place="member", starts_on=now.date())
        seat_party(session, body_page(session, body).id, given, by=None, now=now)


def held(world: World, key: str, role: str) -> tuple[int, date | None]:
    with world.engine.reading() as session:
        rows = select(Appointment.id, Appointment.ends_on).where(
            Appointment.person_id == world.person(key), Appointment.role == role
        )
        number, last = session.execute(rows.order_by(Appointment.id.desc())).first() or (0, None)
        return number, last


def test_somebody_is_appointed_extended_and_ended(world: World, enter: Enter) -> None:
    naledi, joao = enter("naledi.khumalo"), world.person("joao.lima")
    address = f"/office/people/{joao}/appointments/new"

    naledi.post(address, wish(world, "national_authority", "moz"))
    number, first_last = held(world, "joao.lima", "national_authority")
    page = f"/office/appointments/{number}"
    naledi.post(f"{page}/extension", {"ends_on": "2027-06-30"}, page=page)
    longer = held(world, "joao.lima", "national_authority")[1]
    naledi.post(f"{page}/end", {"ends_on": FIRST}, page=page)

    assert first_last == date(2026, 12, 31)
    assert longer == date(2027, 6, 30)
    assert held(world, "joao.lima", "national_authority")[1] == date(2026, 3, 2)
    assert "OC/2026/17" in naledi.page(page)


FAULTS: tuple[tuple[str, str, str, dict[str, str], str, str], ...] = (
    ("joao.lima", "donor", "nor", {"ends_on": "2026-01-01"}, "ends_on", "cannot end before"),
    ("joao.lima", "submitter", "moz", {}, "starts_on", "holds this office already"),
    ("joao.lima", "unit_officer", "moz", {}, "party", "asked of the office Special Unit"),
    ("joao.lima", "national_authority", "undp", {}, "party", "asked of a country"),
    ("joao.lima", "executing_agency", "moz", {}, "party", "asked of an agency"),
    ("jane.okello", "board_member", "zaf", {}, "role", "a board that decides on its work"),
    ("arjun.mehta", "unit_head", "special-unit", {}, "role", "a board that decides on its"),
    ("jane.okello", "administrator", "special-unit", {}, "role", "cannot be an administrator"),
    ("pieter.vos", "auditor", "board-of-auditors", {}, "role", "can hold no other office"),
    ("joao.lima", "donor", "nor", {"letter": "x" * 201}, "letter", "200"),
    ("joao.lima", "board_member", "moz", {}, "body", "counts on one alone"),
    ("joao.lima", "board_member", "moz", {"body": "board"}, "body", "has no seat on Board"),
    ("joao.lima", "board_chair", "bra", {"body": "board"}, "body", "has no seat on Board"),
    ("joao.lima", "board_member", "nor", {}, "party", "A donor takes no seat on a body"),
    ("joao.lima", "board_chair", "nor", {"body": "board"}, "party", "A donor takes no seat"),
    ("joao.lima", "donor", "nor", {"body": "board"}, "body", "is no office of Board"),
)


def test_a_fault_stands_at_its_field_and_nothing_is_made(world: World, enter: Enter) -> None:
    naledi = enter("naledi.khumalo")

    for who, role, key, more, field, sentence in FAULTS:
        address = f"/office/people/{world.person(who)}/appointments/new"
        before = held(world, who, role)

        answer = naledi.post(address, wish(world, role, key, **more))

        assert answer.status_code == 422, sentence
        assert f'href="#{field}"' in answer.text, sentence
        assert sentence in words(answer)
        assert held(world, who, role) == before, sentence


def test_a_day_that_changes_nothing_is_refused_at_its_field(world: World, enter: Enter) -> None:
    number, _ = held(world, "joao.lima", "submitter")
    naledi, page = enter("naledi.khumalo"), f"/office/appointments/{number}"

    early = naledi.post(f"{page}/end", {"ends_on": "2001-01-01"}, page=page)
    empty = naledi.post(f"{page}/end", {"ends_on": ""}, page=page)
    open_ = naledi.post(f"{page}/extension", {"ends_on": LAST}, page=page)

    assert [each.status_code for each in (early, empty, open_)] == [422] * 3
    assert "cannot end before" in words(early)
    assert "Enter the last day." in words(empty)
    assert "has no end" in words(open_)


def test_nobody_else_keeps_offices(world: World, enter: Enter) -> None:
    number, _ = held(world, "joao.lima", "submitter")
    elena = enter("elena.petrova")

    seen = elena.get(f"/office/appointments/{number}").status_code
    acted = elena.post(f"/office/appointments/{number}/end", {"ends_on": FIRST}, page="/")

    assert (seen, acted.status_code) == (403, 403)
    assert held(world, "joao.lima", "submitter")[1] is None


def test_no_extension_seats_an_officer_on_their_own_board(world: World, enter: Enter) -> None:
    naledi, joao = enter("naledi.khumalo"), world.person("joao.lima")
    address = f"/office/people/{joao}/appointments/new"
    seat(world, "moz")
    naledi.post(address, wish(world, "board_member", "moz", ends_on="2026-06-30", body="board"))
    enter("pieter.vos").post("/office/acts/1/confirmation", page="/office/acts")
    naledi.post(address, wish(world, "unit_officer", "special-unit", starts_on="2026-07-01"))
    page = f"/office/appointments/{held(world, 'joao.lima', 'board_member')[0]}"

    refused = naledi.post(f"{page}/extension", {"ends_on": "2026-08-01"}, page=page)

    assert refused.status_code == 422
    assert "a board that decides on its work" in words(refused)
    assert held(world, "joao.lima", "board_member")[1] == date(2026, 6, 30)


def test_an_appointment_that_is_tied_to_no_body_is_tied_to_one_on_its_page(
    world: World, enter: Enter
) -> None:
    number, _ = held(world, "arjun.mehta", "board_member")
    naledi, page = enter("naledi.khumalo"), f"/office/appointments/{number}"
    tied = naledi.page(page)
    world.honest = False
    with world.engine.transaction() as session:
        session.get_one(Appointment, number).body_id = None
    shown = naledi.page(page)

    empty = naledi.post(f"{page}/body", {"body": ""}, page=page)
    done = naledi.post(f"{page}/body", {"body": "board"}, page=page, follow=True)
    again = naledi.post(f"{page}/body", {"body": "board"}, page=page)

    assert "Tie it to this body" in shown
    assert "Tie it to this body" not in tied
    assert "Choose on which body it counts." in words(empty)
    assert "counts on this body alone" in words(done)
    assert [empty.status_code, again.status_code] == [422, 422]
    assert "is tied to a body already" in words(again)


def test_a_letter_is_filed_in_the_browser_and_read_by_whose_it_is(
    world: World, enter: Enter
) -> None:
    number, _ = held(world, "arjun.mehta", "board_member")
    naledi, page = enter("naledi.khumalo"), f"/office/appointments/{number}"
    address, holder = f"{page}/letters", f"/people/{world.person('arjun.mehta')}"

    nothing = naledi.post(address, {}, page=page)
    wrong = naledi.post(address, {"file": (BytesIO(b"not one"), "letter.pdf")}, page=page)
    kept = naledi.post(address, {"file": (BytesIO(b"%PDF-1.4 Arjun."), "letter.pdf")}, page=page)
    shown = enter("arjun.mehta").page(holder)
    link = re.findall(r"/people/letters/\d+", shown)[0]
    mine, theirs = enter("arjun.mehta").get(link), enter("joao.lima").get(link)

    assert [nothing.status_code, wrong.status_code, kept.status_code] == [422, 422, 303]
    assert "Choose a file first." in words(nothing)
    assert "is no pdf file" in words(wrong)
    assert "letter.pdf" in naledi.page(page)
    assert mine.data == b"%PDF-1.4 Arjun."
    mine.close()
    assert "attachment" in mine.headers["Content-Disposition"]
    assert theirs.status_code == 404
    assert "/people/letters/" not in enter("joao.lima").page(holder)

    wrong = {"letter": link.rpartition("/")[2], "reason": ""}
    silent = naledi.post(f"{page}/withdrawal", wrong, page=page)
    other = naledi.post(f"{page}/withdrawal", {"letter": "9999", "reason": "x"}, page=page)
    gone = naledi.post(f"{page}/withdrawal", {**wrong, "reason": "Another Arjun."}, page=page)

    assert [silent.status_code, other.status_code, gone.status_code] == [422, 422, 303]
    assert "Say why it is withdrawn." in words(silent)
    assert "withdrawn on" in naledi.page(page)
    assert "/people/letters/" not in naledi.page(page)
    assert "Filed by mistake?" not in naledi.page(page)
    assert enter("arjun.mehta").get(link).status_code == 404
    assert link in enter("marie.laurent").page(holder)
    assert "Another Arjun." in enter("marie.laurent").page("/histories/REGISTER")
