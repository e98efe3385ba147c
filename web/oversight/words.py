"""What each kind of event is called in a list."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

from web.filters import spoken

KINDS: Mapping[str, object] = {
    "case.opened": lazy_gettext("Proposal begun"),
    "programme.imported": lazy_gettext("Programme imported"),
    "programme.import_revised": lazy_gettext("Imported record revised"),
    "state.entered": lazy_gettext("State entered"),
    "round.opened": lazy_gettext("Round opened"),
    "round.settled": lazy_gettext("Round settled"),
    "round.overtaken": lazy_gettext("Round overtaken"),
    "round.rebound": lazy_gettext("Changed text put before a round"),
    "round.extended": lazy_gettext("End of a round put off"),
    "round.escalated": lazy_gettext("Round brought before somebody higher"),
    "round.paused": lazy_gettext("Clock of a round stopped"),
    "round.resumed": lazy_gettext("Clock of a round started again"),
    "signoff.given": lazy_gettext("Answer given"),
    "signoff.changed": lazy_gettext("Answer changed"),
    "signoff.voided": lazy_gettext("Answer became void"),
    "signoff.late": lazy_gettext("Answer too late"),
    "seat.recused": lazy_gettext("Stepped back from a seat"),
    "seat.claimed": lazy_gettext("Seat taken up"),
    "seat.released": lazy_gettext("Seat given back"),
    "seat.reassigned": lazy_gettext("Seat given to somebody else"),
    "interest.declared": lazy_gettext("Conflict of interest declared"),
    "duty.overridden": lazy_gettext("Separation of duties overridden"),
    "document.filed": lazy_gettext("Document filed"),
    "attachment.filed": lazy_gettext("File attached"),
    "attachment.removed": lazy_gettext("File taken off"),
    "party.joined": lazy_gettext("Party joined"),
    "party.left": lazy_gettext("Party left"),
    "history.read": lazy_gettext("History read"),
    "history.exported": lazy_gettext("History taken away"),
    "history.reviewed": lazy_gettext("History reviewed"),
    "text.erased": lazy_gettext("Private text erased"),
    "heads.stated": lazy_gettext("Heads of all histories stated"),
    "key.introduced": lazy_gettext("Signing key introduced"),
    "clock.doubted": lazy_gettext("Clock doubted"),
    "clock.confirmed": lazy_gettext("Clock confirmed"),
    "appointment.made": lazy_gettext("Appointment made"),
    "appointment.ended": lazy_gettext("Appointment ended"),
    "appointment.extended": lazy_gettext("Appointment extended"),
    "act.asked": lazy_gettext("Act on an office asked for"),
    "act.confirmed": lazy_gettext("Act on an office confirmed"),
    "act.declined": lazy_gettext("Act on an office declined"),
    "person.entered": lazy_gettext("Person entered"),
    "person.changed": lazy_gettext("Person changed"),
    "person.invited": lazy_gettext("Person invited"),
    "access.ended": lazy_gettext("Access ended"),
    "access.restored": lazy_gettext("Access restored"),
    "sessions.ended": lazy_gettext("Signed out everywhere"),
    "mandate.granted": lazy_gettext("Mandate given"),
    "mandate.revoked": lazy_gettext("Mandate revoked"),
    "interest.registered": lazy_gettext("Interest to lead registered"),
    "interest.asked": lazy_gettext("Asked for its interest to lead"),
    "interest.declined": lazy_gettext("Interest to lead declined or put off"),
    "pivotal.designated": lazy_gettext("Pivotal country named"),
    "pivotal.ended": lazy_gettext("Pivotal status ended"),
    "party.described": lazy_gettext("Party entered or changed"),
    "calendar.set": lazy_gettext("Working calendar set"),
    "body.described": lazy_gettext("Body entered or changed"),
    "body.seated": lazy_gettext("Seat on a body given"),
    "body.seat_ended": lazy_gettext("Seat on a body ended"),
    "body.convened": lazy_gettext("Session of a body called"),
    "framework.described": lazy_gettext("Framework or fund entered or changed"),
}


def kind_label(kind: str) -> str:
    """What a kind of event is called; a new one speaks for itself until it has words."""
    return str(KINDS.get(kind) or spoken(kind.replace(".", " ")))
