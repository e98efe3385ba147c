"""The attacks T1 to T24, as `catalogue.toml` lists them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOUND, NOT_FOUND, REFUSED = "FOUND", "NOT FOUND", "REFUSED"
LISTED = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack; each of `inside` and `outside` is a verdict and by whom."""

    done: str
    inside: list[str]
    outside: list[str]
    tries: str
    tests: list[str]


ATTACKS = {
    int(key.removeprefix("T")): Attack(**listed)
    for key, listed in tomllib.loads(LISTED.read_text(encoding="utf-8")).items()
}
