"""What people paste: breaks and hyphens of other programs, many scripts, and texts nobody can see."""

# As Word, PowerPoint and PDF hand them over, and the words that everybody saw there.
PASTED = {
    "Address line one\vAddress line two\vCity\fPage two": (
        "Address line one\nAddress line two\nCity\nPage two"
    ),
    "South\x1eSouth labs": "South-South labs",
    "hyp\x1fhen": "hyp-hen",
    "hyp\u00adhen": "hyp-hen",
    "next\u0085line": "next\nline",
    "line\u2028line\u2029paragraph": "line\nline\nparagraph",
    "one\r\ntwo\rthree": "one\ntwo\nthree",
    "\uf0b7 a Wingdings bullet as Word pastes it": "• a Wingdings bullet as Word pastes it",
    "\uf0a7 a square one": "• a square one",
    "Column one\tColumn two": "Column one Column two",
}

# A text that somebody may be required to give, and of which nobody sees anything.
INVISIBLE = ("\u200b", "\u3164", "\u2060", "\u00ad", "\u2800", "\ufeff", "\u200b \u200e\n\u00a0")

OTHER_SCRIPTS = (
    "We agree with \u6cf0\u56fd on the laboratory \U0001f44d",
    "โครงการความร่วมมือใต้-ใต้",
    "የደቡብ-ደቡብ ትብብር",
    "কর্মসূচি",
    "\uf0b7 a Wingdings bullet as Word pastes it",
)

# What no text may hold, and what a refusal calls it.
REFUSED = {
    "\x00": "U+0000, NULL",
    "\x07": "U+0007, BELL",
    "\x1b": "U+001B, ESCAPE",
    "\x7f": "U+007F, DELETE",
    "\x80": "U+0080, a control character",
    "\ud800": "U+D800, half of a character",
    "\ue000": "U+E000, a private character",
    "\u0378": "U+0378, no character that is known here",
    "\ufffe": "U+FFFE, no character that is known here",
    "\uffff": "U+FFFF, no character that is known here",
    "\u206f": "U+206F, NOMINAL DIGIT SHAPES",
    "\ufff9": "U+FFF9, INTERLINEAR ANNOTATION ANCHOR",
    "\u202a": "U+202A, LEFT-TO-RIGHT EMBEDDING",
    "\u202b": "U+202B, RIGHT-TO-LEFT EMBEDDING",
    "\u202c": "U+202C, POP DIRECTIONAL FORMATTING",
    "\u202d": "U+202D, LEFT-TO-RIGHT OVERRIDE",
    "\u202e": "U+202E, RIGHT-TO-LEFT OVERRIDE",
    "\U000e0041": "U+E0041, TAG LATIN CAPITAL LETTER A",
}
