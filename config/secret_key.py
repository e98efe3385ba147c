"""The secret that signs cookies and forms: a good one as given, or one of our own that is kept."""

import secrets
from pathlib import Path

from config.choices import PREFIX, WrongSetting
from config.folders import make, needed
from workflow.drafts import drafted
from workflow.file_lock import alone

MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
SHORTEST_SECRET = 32
GUESSABLE = ("change", "example", "password", "secret", "12345678", "00000000", "primemover")


def good_secret(given: str) -> str:
    """`given`, unless it is missing, short or guessable."""
    if not given:
        problem = "is missing"
    elif len(given) < SHORTEST_SECRET:
        problem = f"is shorter than {SHORTEST_SECRET} characters"
    elif any(word in given.casefold() for word in GUESSABLE) or len(set(given)) < 10:
        problem = "can be guessed"
    else:
        return given
    raise WrongSetting(f"{PREFIX}SECRET_KEY {problem}. Make one with: {MAKE_ONE}")


def kept_secret(path: Path) -> str:
    """The secret kept in `path`, made there on the first call, readable by its owner only.

    What a power cut or a full disk left of an earlier one is no secret, and another takes its place.
    """
    make("HOME", path.parent)
    return _whole_secret(path) or _made_secret(path)


def _made_secret(path: Path) -> str:
    """A new secret in `path`, or that of another process which was there first."""
    with needed("HOME", path.parent), alone(path.parent):
        kept = _whole_secret(path)
        if not kept:
            kept = secrets.token_urlsafe(48)
            with drafted(path) as draft:
                draft.write_text(kept, encoding="ascii")
    return kept


def _whole_secret(path: Path) -> str:
    """The secret that `path` holds; empty where it holds none, or only a part of one."""
    try:
        kept = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    except OSError as fault:
        raise WrongSetting(
            f"The secret kept in {path} cannot be read: {fault.strerror}. "
            "Take it away, and the next start makes another."
        ) from fault
    return kept if len(kept) >= SHORTEST_SECRET and kept.isprintable() else ""
