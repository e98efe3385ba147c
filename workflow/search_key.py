"""Text folded for searching and sorting: small letters without their marks."""

import unicodedata

# Letters that carry no separable mark, and the apostrophes that typesetters prefer.
PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"})


def fold(text: str) -> str:
    """`text` in small letters, without accents and without doubled spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.translate(PLAIN).split())
