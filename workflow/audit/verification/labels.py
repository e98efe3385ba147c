"""How the trail and the tables call the things they both speak of, and how they compare."""

from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from workflow.audit.chain import Broken, shown
from workflow.audit.events.rounds import OfRound
from workflow.audit.events.seats import AtSeat
from workflow.vocabulary import LETTER_OF

CASE = "The case"
# Of a row that no event has to tell of: what it says as long as none does.
UNTOLD = "untold"
RECORD = "The imported record"
PARTIES = "The parties that are"
Things = dict[str, dict[str, Any]]


def round_name(key: Any, turn: Any) -> str:
    """How a difference calls a round."""
    return f"The round {key}, turn {turn}"


def seat_name(of_round: str, role: Any, party: Any, category: Any) -> str:
    """How a difference calls a seat."""
    return f"{of_round}, seat of {role} for {party}" + (f" ({category})" if category else "")


def round_told(what: OfRound) -> str:
    """How a difference calls the round that an event is about."""
    return round_name(what.round, what.turn)


def seat_told(what: AtSeat) -> str:
    """How a difference calls the seat that an event is about."""
    seat = what.seat
    return seat_name(round_told(what), seat.role, seat.party, seat.category)


def answer_name(of_seat: str, answer: Any) -> str:
    """How a difference calls a sign-off."""
    return f"{of_seat}, answer {answer}"


def child_name(ref: Any) -> str:
    """How a difference calls a case under another one."""
    return f"The case {ref} under this one"


def document_name(kind: Any, version: Any) -> str:
    """How a difference calls a filed document."""
    return f"The document {kind}, version {version}"


def letter_kind(appointment: Any) -> str:
    """Under which kind the letter of an appointment is filed."""
    return f"{LETTER_OF}{appointment}"


def attachment_name(seq: Any) -> str:
    """How a difference calls an attached file."""
    return f"The file attached by event {seq}"


def appointment_name(number: Any) -> str:
    """How a difference calls an appointment."""
    return f"The appointment {number}"


def person_name(person: Any) -> str:
    """How a difference calls somebody who was appointed."""
    return f"The person {person}"


def mandate_name(number: Any) -> str:
    """How a difference calls a mandate."""
    return f"The mandate {number}"


def pivotal_name(party: Any, since: Any) -> str:
    """How a difference calls a country named as pivotal."""
    return f"The naming of {party} as pivotal since {since}"


def reporting_name(number: Any) -> str:
    """How a difference calls a reporting calendar."""
    return f"The reporting calendar {number}"


def grouping_name(key: Any) -> str:
    """How a difference calls a grouping of countries."""
    return f"The grouping {key}"


def message_name(seq: Any) -> str:
    """How a difference calls what was said in a discussion."""
    return f"What was said in the discussion, told by event {seq}"


def retraction_name(seq: Any) -> str:
    """How a difference calls that it was taken back."""
    return f"What was taken back in the discussion, told by event {seq}"


def membership_name(number: Any) -> str:
    """How a difference calls a membership of a country in a grouping."""
    return f"The membership {number} in a grouping"


def calendar_name(number: Any) -> str:
    """How a difference calls a party's working calendar."""
    return f"The working calendar {number}"


def wording_name(kind: Any, language: Any, version: Any) -> str:
    """How a difference calls a version of the words of a kind of letter."""
    return f"Version {version} of the letters {kind} in {language}"


def interest_name(party: Any, area: Any) -> str:
    """How a difference calls an area in which a country wants to lead."""
    return f"The interest of {party} in {area}"


def body_name(key: Any) -> str:
    """How a difference calls a body."""
    return f"The body {key}"


def body_seat_name(number: Any) -> str:
    """How a difference calls a seat on a body."""
    return f"The seat {number} on a body"


def convened_name(number: Any) -> str:
    """How a difference calls a session of a body."""
    return f"The session {number} of a body"


def party_name(key: Any) -> str:
    """How a difference calls a party."""
    return f"The party {key}"


def framework_name(key: Any) -> str:
    """How a difference calls a framework or a fund."""
    return f"The framework {key}"


def office_act_name(number: Any) -> str:
    """How a difference calls an act on an office that takes two."""
    return f"The act {number} on an office"


def account_act_name(number: Any) -> str:
    """How a difference calls an act on an account that takes two."""
    return f"The act {number} on an account"


def definition_name(digest: str) -> str:
    """How a difference calls a published version of a lifecycle."""
    return f"The version {digest[:12]} of a lifecycle"


def offer_name(number: Any) -> str:
    """How a difference calls an act on the register of lifecycles."""
    return f"The act {number} on a lifecycle"


def texts_name(number: Any) -> str:
    """How a difference calls the texts of a lifecycle in a language."""
    return f"The texts {number} of a lifecycle"


def lifecycle_request_name(number: Any) -> str:
    """How a difference calls an act on a lifecycle that takes two."""
    return f"The request {number} about a lifecycle"


def movement_name(number: Any) -> str:
    """How a difference calls a movement of money."""
    return f"The movement {number} of money"


def movement_verdict_name(number: Any) -> str:
    """How a difference calls what was decided on a movement of money."""
    return f"The decision on movement {number} of money"


def earmark_name(number: Any) -> str:
    """How a difference calls an earmark of money."""
    return f"The earmark {number} of money"


def payment_name(number: Any) -> str:
    """How a difference calls a payment that is expected."""
    return f"The payment {number} that is expected"


def weighing_name(seq: Any) -> str:
    """How a difference calls what was said of a lesson under an event."""
    return f"What event {seq} says of a lesson"


def rates_name(number: Any) -> str:
    """How a difference calls a file of rates of exchange."""
    return f"The rates {number} of exchange"


def sanctions_name(number: Any) -> str:
    """How a difference calls a sanctions list."""
    return f"The sanctions list {number}"


def shared_name(number: Any) -> str:
    """How a difference calls an entry of what countries share."""
    return f"The shared entry {number}"


def wording_of_shared_name(number: Any, wording: Any) -> str:
    """How a difference calls a wording of an entry of what countries share."""
    return f"The wording {wording} of the shared entry {number}"


def shared_act_name(seq: Any) -> str:
    """How a difference calls what was done about an entry of what countries share."""
    return f"The act on a shared entry told by event {seq}"


def shared_use_name(number: Any) -> str:
    """How a difference calls that a programme uses what a country shares."""
    return f"The use of the shared entry {number}"


def claim_name(seq: Any) -> str:
    """How a difference calls a seat taken by somebody."""
    return f"The claim of a seat told by event {seq}"


def declaration_name(seq: Any) -> str:
    """How a difference calls what somebody said of their interest."""
    return f"The declaration of interest told by event {seq}"


def lifting_name(seq: Any) -> str:
    """How a difference calls a bar that was lifted."""
    return f"The lifting of a bar told by event {seq}"


def review_name(seq: Any) -> str:
    """How a difference calls an auditor's mark."""
    return f"The review told by event {seq}"


def parties_name(capacity: Any) -> str:
    """How a difference calls everyone who takes part in one capacity."""
    return f"{PARTIES} {capacity}"


def refuse_difference(told: Things, found: Things) -> None:
    """Raise `Broken` at the first row that is missing, is not told of, or says something else.

    Of a row only the columns that the trail tells of are compared; of the parties only the
    capacities: those that follow from a proposal's text are not told one by one.
    """
    nobody = {"parties": set[str]()}
    for name, meant in told.items():
        row = found.get(name, nobody if name.startswith(PARTIES) else None)
        if row is None:
            raise Broken(f"{name}: the trail tells of it, but there is no such row.")
        _compare(name, meant, row)
    for name, row in found.items():
        if name in told or name.startswith(PARTIES):
            continue
        if row.get(UNTOLD) is not None:
            _compare(name, row[UNTOLD], row)
        else:
            raise Broken(f"{name}: there is a row, but nothing on the trail tells of it.")


def _compare(name: str, meant: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    for column, value in meant.items():
        if _plain(row[column]) != _plain(value):
            raise Broken(
                f"{name}: its {column} is {shown(row[column])}, but the trail says {shown(value)}."
            )


def _plain(value: Any) -> Any:
    """Text as the trail composes it, anything else as it is."""
    return normalize("NFC", value) if isinstance(value, str) else value
