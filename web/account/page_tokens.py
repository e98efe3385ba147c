"""The token of a form says whom its page was made for, signed, so that nobody else can say it.

It is the token against forgery that every form carries anyway. A page that was made for somebody is
theirs after its session has ended as well: what they send from it is theirs and nobody else's.
"""

import secrets

from flask import current_app, g, session
from itsdangerous import BadData, URLSafeTimedSerializer

NAME = "csrf_token"
# The salt with which the tokens of all forms are signed.
SALT = "wtf-csrf-token"
# In seconds: for so long a form of an ended session is taken once its person is signed in again.
LASTS = 7 * 24 * 3600


def name_whom(person: int) -> None:
    """Have the pages of this session say whom they are made for."""
    if NAME not in session:
        session[NAME] = f"{person}.{secrets.token_hex(20)}"
        g.pop(NAME, None)


def name_nobody() -> None:
    """Have pages for whoever is not signed in name nobody, also where a session of somebody's ended here."""
    if "." in session.get(NAME, ""):
        session.pop(NAME)
        g.pop(NAME, None)


def made_for(token: str | None, lasts: int | None = None) -> int | None:
    """Whom the page with this token was made for, or nothing; not longer than `lasts` seconds ago.

    Where there is no token the signer is not asked: what it raises holds itself, and with it the whole
    request and its answer, until Python looks for what nobody holds any more.
    """
    if not token:
        return None
    signer = URLSafeTimedSerializer(str(current_app.secret_key), salt=SALT)
    try:
        said = str(signer.loads(token, max_age=lasts))
    except BadData:
        return None
    number, dot, _ = said.partition(".")
    return int(number) if dot and number.isascii() and number.isdecimal() else None
