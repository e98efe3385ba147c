"""What no page may do while somebody walks through it, and the reading of each with axe."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Response

from tests.support.sizes import LASTING

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RULES = {"runOnly": {"type": "tag", "values": list(TAGS)}, "resultTypes": ["violations"]}
TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`content rule ${event.violatedDirective} broken by ${event.blockedURI}`));
"""
# In a long proof two pages need one reading where they are made of the same kinds of parts; in a short
# run one of each address is read, whichever comes first.
PARTS = """() => {
  const parts = new Set();
  for (const part of document.querySelectorAll("body, body *")) {
    const words = ["class", "role", "type", "open", "disabled", "aria-current", "aria-invalid"];
    parts.add(part.tagName + words.map((word) => part.getAttribute(word) ?? "").join("|"));
  }
  return [document.dir, innerWidth, ...[...parts].sort()].join(" ");
}"""


@dataclass
class Findings:
    """What axe found in every page read so far; each kind of page is read once in a run."""

    read: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)

    def about(self, page: Page) -> list[str]:
        """The violations of this page, from the first reading of its like."""
        address = shape(page.url)
        self.addresses.add(address)
        like = (address, str(page.evaluate(PARTS)) if LASTING else "")
        if like not in self.read:
            self.read[like] = violations(page)
        return self.read[like]

    def said(self) -> str:
        """How much was read, in words."""
        return f"axe read {len(self.read)} different pages at {len(self.addresses)} addresses"


def violations(page: Page) -> list[str]:
    """Each violation with the places where it stands."""
    page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate("(rules) => axe.run(rules)", RULES)
    return [
        f"axe {rule['id']}: {rule['help']}: {node['html'][:300]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"][:4]
    ]


def shape(address: str) -> str:
    """An address without what differs from one programme, seat or receipt to the next."""
    parts = urlsplit(address)
    path = re.sub(r"/[A-Z]+-[\dA-Z-]+(?=/|$)", "/REF", parts.path)
    return re.sub(r"/(\d+|[0-9a-f]{32})(?=/|$)", "/N", path)


@dataclass
class Watch:
    """Notes every fault of a page; refusals are noted unless they were expected."""

    page: Page
    findings: Findings | None
    faults: list[str] = field(default_factory=list)
    expected: int = 200
    answered: int = 200

    def __post_init__(self) -> None:
        self.page.add_init_script(TELL_VIOLATIONS)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._receive)

    def _hear(self, message: ConsoleMessage) -> None:
        # Statuses are judged where they are received.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _receive(self, response: Response) -> None:
        navigation = response.request.is_navigation_request()
        if navigation:
            self.answered = response.status
        if response.status >= 400 and not (navigation and response.status == self.expected):
            self.faults.append(f"{response.status} from {response.url}")

    def settle(self) -> None:
        """Hold that the page came as expected and is without fault."""
        if self.expected >= 400 and self.answered != self.expected:
            self.faults.append(f"{self.answered} where {self.expected} was expected")
        faults = [*self.faults, *(self.findings.about(self.page) if self.findings else ())]
        self.faults.clear()
        self.expected = 200
        assert not faults, "\n".join([self.page.url, *faults, *self._words()])

    def _words(self) -> list[str]:
        return ["The page says:", self.page.inner_text("main")[:1500]]
