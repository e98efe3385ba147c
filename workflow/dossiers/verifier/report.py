"""What was found in a dossier, in sentences, and the verdict and exit status they come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable

from workflow.dossiers.verifier.strict import Wrong

VALID, USAGE, UNANCHORED, INCOMPLETE, INVALID, DIVERGED = 0, 2, 3, 4, 5, 6
VERDICTS = {
    VALID: "valid and witnessed",
    UNANCHORED: "valid, but unanchored",
    INCOMPLETE: "incomplete",
    INVALID: "invalid",
    DIVERGED: "diverged from the checkpoint that you kept",
}
MOST_SENTENCES = 200


@dataclass
class Report:
    """What one dossier came to; `faults` holds an exit status beside each sentence."""

    name: str
    case: str = ""
    faults: list[tuple[int, str]] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def fault(self, status: int, sentence: str) -> None:
        """One thing that keeps the dossier from being valid and witnessed."""
        self.faults.append((status, sentence))

    def look(self, sentence: str) -> None:
        """One thing that is no fault in itself, but that an auditor should look at."""
        self.looks.append(sentence)

    def fact(self, sentence: str) -> None:
        """One thing to know."""
        self.facts.append(sentence)

    @property
    def status(self) -> int:
        """The exit status: that of the gravest fault."""
        return max((status for status, _ in self.faults), default=VALID)

    def lines(self) -> list[str]:
        """The report as lines to print, the verdict last."""
        found = [f"{self.name}: {self.case or 'a dossier'}"]
        for title, sentences in (
            ("", self.facts),
            ("Look at:", self.looks),
            ("Found wrong or missing:", [sentence for _, sentence in self.faults]),
        ):
            if title and sentences:
                found.append(f"  {title}")
            found += [f"  {'  ' if title else ''}{each}" for each in sentences[:MOST_SENTENCES]]
            if len(sentences) > MOST_SENTENCES:
                found.append(f"  … and {len(sentences) - MOST_SENTENCES} more of these.")
        return [*found, f"  Verdict: {VERDICTS[self.status]} (exit status {self.status})."]


def attempt(report: Report, step: Callable[[], object]) -> None:
    """Take one step of a check; what it refuses is a fault, and the next step follows."""
    try:
        step()
    except Wrong as fault:
        report.fault(INVALID, printable(fault))


def printable(text: object, most: int = 300) -> str:
    """Text of a dossier as a terminal may show it: no control characters, and not too long."""
    return "".join(each if each.isprintable() else "\ufffd" for each in str(text)[:most])
