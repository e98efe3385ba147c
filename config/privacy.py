"""Which host names stay inside a house: a demonstration is for those alone."""

from collections.abc import Iterable
from ipaddress import ip_address

from config.choices import PREFIX, WrongSetting

# Names that no public server bears (RFC 2606, 6761, 6762, 8375 and ICANN's .internal).
INSIDE = (
    ".localhost",
    ".local",
    ".internal",
    ".lan",
    ".home.arpa",
    ".test",
    ".example",
    ".invalid",
)


def is_inside(host: str) -> bool:
    """Whether a name or an address can only be of this machine or of a network of its own."""
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return "." not in host.rstrip(".") or host.rstrip(".").endswith(INSIDE)


def refuse_public_demo(hosts: Iterable[str], *, https: bool) -> None:
    """Refuse to show the demonstration to the world: everybody knows the password of its people."""
    public = [host for host in hosts if not is_inside(host)]
    if https or public:
        where = f"at {public[0]}" if public else "by https"
        raise WrongSetting(
            f"The demonstration cannot be served {where}: everybody knows the password of its people. "
            f"Take {PREFIX}DEMO away and serve an installation of your own with: primemover run"
        )
