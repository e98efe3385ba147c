"""Text folded for searching and sorting: small letters without their marks, and what indexes of words are asked."""

import unicodedata
from collections.abc import Sequence

# Letters that carry no separable mark, and the apostrophes that typesetters prefer.
PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})

SIGNS = 3
LONGEST = 60


def fold(text: str) -> str:
    """`text` in small letters, without accents and without doubled spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.translate(PLAIN).split())


def words_of(text: str) -> list[str]:
    """The words looked for, as many as tell texts apart; one letter may stand for many of them."""
    return list(dict.fromkeys(fold(text).split()))[:LONGEST]


def every_sign(text: str) -> list[str]:
    """The runs of three signs in the words of a text, as many as tell texts apart."""
    runs = [
        word[start : start + SIGNS]
        for word in words_of(text)
        for start in range(len(word) - SIGNS + 1)
    ]
    return list(dict.fromkeys(runs))[:LONGEST]


def fts5_match(signs: Sequence[str]) -> str:
    """What FTS5 is asked for texts that hold all of these runs."""
    return " AND ".join('"{}"'.format(each.replace('"', '""')) for each in signs)


def ts_query(signs: Sequence[str]) -> str:
    """What PostgreSQL is asked for the same, as text of a `tsquery`."""
    quoted = (each.replace("\\", "\\\\").replace("'", "''") for each in signs)
    return " & ".join(f"'{each}'" for each in quoted)
