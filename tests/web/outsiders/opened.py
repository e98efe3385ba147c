"""What each lifecycle opens to everybody, written down once more so that nothing here asks the rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Opened:
    """In which states a case has been decided on or was sent to nobody, and what is read sooner or never.

    Of a form that is open as soon as it is filed the fields are named that are not.
    """

    decided: tuple[str, ...]
    private: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


OPENED: Mapping[str, Opened] = {
    "programme-standard": Opened(
        ("signature", "rejected", "inception", "active", "suspended", "operational_closure"), private=("draft",),
        never=("request_letter", "suspension_notice", "cancellation_notice"),
        rounds=("decision", "decision_by_silence"),
    ),
    "joint-programme": Opened(
        ("running", "rewriting", "completion", "evaluation"), private=("draft",), never=("cancellation_notice",)
    ),
    "country-part": Opened(
        ("running", "suspended", "reported", "ended", "discontinued", "ended_with_programme"),
        never=("notice", "ending_notice"),
    ),
    "triangular-programme": Opened(("active", "completion", "evaluation"), private=("draft",)),
    "donor-training": Opened(("active", "completion", "closing"), private=("draft",)),
    "amendment": Opened(("signature", "agreed", "in_effect", "refused"), private=("draft",), rounds=("deciding",)),
    "work-plan": Opened(("in_force",)),
    "progress-report": Opened(("accepted",)),
    "milestone": Opened(("awaited", "put_off", "accomplished", "let_go")),
    "lesson": Opened(("validated",)),
    "evaluation": Opened(("follow_up", "followed_up", "waived")),
    "follow-up": Opened(("planned", "in_hand", "reported", "done", "not_applicable", "not_done")),
    "blocker": Opened(
        ("raised", "with_owner", "with_convenor", "with_director", "with_board", "unblocked",
         "no_longer", "lived_with"),
        forms={"blocker": ("background",)},
    ),
    "vetting": Opened(
        ("cleared", "conditional", "renewal", "renewal_decision"),
        private=("examination", "decision"),
        never=("examination", "conditions_met"),
    ),
    "agreement": Opened(("agreed_upon",), private=("drafting",), never=("agreement",)),
    "meeting": Opened(
        ("reported", "closed"),
        private=("planned", "convened", "prepared", "held", "circulated", "called_off"),
        never=("invitation",),
    ),
    "approach": Opened(
        ("leads", "supports", "ends_soon", "leaving", "lapsed", "withdrawn"),
        private=("draft", "asked", "noted", "later", "answered_no", "dropped"),
        never=("approach", "country_answer", "record", "notice"),
    ),
}  # fmt: skip
