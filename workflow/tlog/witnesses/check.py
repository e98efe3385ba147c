"""Whether what a witness signed is what is kept of it, and what the log still is."""

from collections.abc import Mapping
from datetime import UTC, datetime

from workflow.errors import Invalid
from workflow.tlog.formats.checkpoint import Checkpoint
from workflow.tlog.formats.note import Verifier, opened
from workflow.tlog.witnesses.models import Cosignature


def contradiction(row: Cosignature, roots: Mapping[int, bytes]) -> str:
    """What contradicts a kept cosignature, or nothing; `roots` are those of the log by size.

    That the key is one of a witness is for the reader to know: anybody can make a key.
    """
    of = Checkpoint(row.origin, row.size, row.root)
    try:
        witness = Verifier.read(row.witness)
        note = opened(f"{of.text}\n{row.line}".encode(), [witness])
    except Invalid as refusal:
        return refusal.sentence
    if row.cosigned_at != datetime.fromtimestamp(note.signatures[0].at, UTC):
        return "it was made at another time."
    if row.size not in roots:
        return "the log is shorter."
    return "" if roots[row.size] == row.root else "the log was another when the witness signed."
