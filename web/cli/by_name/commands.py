"""Every command by its name: where it is, and the sentence that lists it."""

from collections.abc import Mapping
from dataclasses import dataclass

import click

from workflow.deferred import loaded


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command is, and the first sentence of its help; nothing of it is read in yet."""

    module: str
    name: str
    sentence: str

    def command(self) -> click.Command:
        """The command itself."""
        found: click.Command = loaded(self.module, self.name)
        return found

    def shown(self, room: int) -> str:
        """The sentence, as much of it as there is room for."""
        return click.Command(None, help=self.sentence).get_short_help_str(room)


# A command is added here, and nowhere else.
COMMANDS: Mapping[str, Place] = {
    "anchors": Place(
        "web.cli.witness",
        "list_anchors",
        "List when a checkpoint left the house, to whom and at what size, the last first.",
    ),
    "approach": Place(
        "web.cli.countries.approach",
        "approach_group",
        "Approach pivotal countries one by one: ask, answer, record, renew, take back, and list.",
    ),
    "lead-group": Place(
        "web.cli.countries.lead_group",
        "lead_group_commands",
        "Form lead groups, sign their terms, join and leave them, and say which programmes they lead.",
    ),
    "body": Place(
        "web.cli.office.bodies",
        "body",
        "Keep the boards and committees: who sits on them, who has the chair, and when they meet.",
    ),
    "backup": Place(
        "web.cli.backup",
        "backup_database",
        "Write database, attached files and register of erasures to FILE while the service runs.",
    ),
    "bench": Place(
        "web.cli.bench",
        "bench",
        "Measure how fast this installation signs, lists, verifies and answers.",
    ),
    "calendar": Place(
        "web.cli.office.calendars",
        "calendar",
        "Keep the working calendars: which week each party works, and on which days it rests.",
    ),
    "case": Place(
        "web.cli.office.cases",
        "case",
        "Begin what is no programme and stands under none, such as a framework, and list such cases.",
    ),
    "check": Place(
        "web.cli.checks",
        "check",
        "Check FILE, a receipt or a dossier that somebody holds; exit status 0 if nothing is wrong.",
    ),
    "checkpoint": Place(
        "web.cli.witness",
        "checkpoint",
        "Print the current checkpoint, to be kept elsewhere; exit status 1 if there is none.",
    ),
    "clock": Place(
        "web.cli.health", "clock", "The clock of this machine, by which deadlines are settled."
    ),
    "demo": Place(
        "web.cli.services.serve",
        "demo",
        "Serve a demonstration with invented people and real programmes; it needs no settings.",
    ),
    "desk": Place(
        "web.cli.office.desk",
        "desk",
        "The officers' desk: every open case, whose move it is, and who has taken it.",
    ),
    "dossier": Place(
        "web.cli.dossiers",
        "dossier",
        "Write the history REF as one zip file that anybody can check without this installation.",
    ),
    "erase": Place(
        "web.cli.erasure",
        "erase_text",
        "Erase private texts of event SEQ of the case REF for good.",
    ),
    "erasures": Place(
        "web.cli.erasure",
        "erasures_group",
        "The register of erasures: ids and digests, never a text.",
    ),
    "discussion": Place(
        "web.cli.delivery.discussions",
        "discussion",
        "Read and speak in the discussion of a case: talk, which signs nothing off.",
    ),
    "export": Place(
        "web.cli.export",
        "export_histories",
        "Write the histories of the cases REF, or of all of them, as one file.",
    ),
    "framework": Place(
        "web.cli.office.frameworks",
        "framework",
        "Keep the frameworks and funds that programmes are proposed under.",
    ),
    "grouping": Place(
        "web.cli.administration.groupings",
        "grouping",
        "Keep the groupings of countries, such as the African Union, and who belongs to them when.",
    ),
    "import": Place("web.cli.database", "import_group", "Bring in what was begun elsewhere."),
    "lifecycle": Place(
        "web.cli.lifecycles.group",
        "lifecycle",
        "Check lifecycle files, publish them for new programmes, and show what they say.",
    ),
    "meeting": Place(
        "web.cli.countries.meeting",
        "meeting_group",
        "Plan, call, hold and report meetings, and follow what was committed to there.",
    ),
    "migrate": Place(
        "web.cli.database",
        "migrate_database",
        "Create the tables, or bring them up to date; with --to go back to those of an earlier release.",
    ),
    "lessons": Place(
        "web.cli.knowledge.lessons",
        "lessons",
        "Find and read what was learnt and validated.",
    ),
    "letter": Place(
        "web.cli.office.letters",
        "letter",
        "Keep how letters are worded, each kind in each language, in versions.",
    ),
    "party": Place(
        "web.cli.office.parties",
        "party",
        "Keep the parties: agencies that execute, donors that give, and others.",
    ),
    "pivotal": Place(
        "web.cli.office.pivotal",
        "pivotal",
        "Keep the pivotal countries: who is consulted on proposals, and who wants to lead where.",
    ),
    "office": Place(
        "web.cli.administration.offices",
        "office",
        "Keep offices as an administrator: appoint, end, extend, confirm, decline.",
    ),
    "sharing": Place(
        "web.cli.sharing",
        "sharing",
        "Keep what countries share: solutions, institutions and, with their consent, experts.",
    ),
    "money": Place(
        "web.cli.money.commands",
        "money_group",
        "Keep the money of programmes: show it, record it, certify it, take it back.",
    ),
    "moves": Place(
        "web.cli.office.moves",
        "moves",
        "Say whose move it is on the programme REF: who is asked what, since when and until when.",
    ),
    "programme": Place(
        "web.cli.office.records",
        "programme",
        "Say how a programme will go; take those begun elsewhere into management, keep them as records, or end them.",
    ),
    "partner": Place(
        "web.cli.money.partners",
        "partner_group",
        "List donors and private partners, and keep the sanctions lists that they are held against.",
    ),
    "rates": Place(
        "web.cli.money.rates",
        "rates_group",
        "Keep the rates of exchange, by the day from which each holds.",
    ),
    "restore": Place(
        "web.cli.backup",
        "restore_database",
        "Put the backup FILE in the place of the database and the files, with the service stopped.",
    ),
    "run": Place(
        "web.cli.services.serve", "run", "Serve the pages with the settings of the environment."
    ),
    "signer": Place(
        "web.cli.services.log_signer",
        "signer",
        "Sign checkpoints of the log until stopped with Ctrl-C.",
    ),
    "status": Place(
        "web.cli.health",
        "status",
        "Say what works behind the pages, what waits and what to do; exit status 1 if anything is wrong.",
    ),
    "sweep": Place(
        "web.cli.maintenance",
        "sweep",
        "Settle every round whose time is up and remind of others; safe to run often and twice at once.",
    ),
    "user": Place(
        "web.cli.people",
        "user",
        "Enter people who can sign in.",
    ),
    "verify": Place(
        "web.cli.maintenance",
        "verify_trail",
        "Check that every history is complete and as it was written; exit status 1 if not.",
    ),
    "witness": Place(
        "web.cli.witness",
        "witness",
        "Watch over the logs of others: sign that they only ever grew.",
    ),
    "worker": Place(
        "web.cli.services.worker",
        "worker",
        "Settle deadlines, send mail and keep the log, until stopped with Ctrl-C.",
    ),
}
