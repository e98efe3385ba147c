"""A text that comes as a file, or else as the lines of it, typed into a field."""

from flask import request

from workflow.errors import Invalid
from workflow.phrase import Phrase, phrase

NO_TEXT = phrase("This file is no text in UTF-8: save it as CSV in UTF-8.")


def text_sent(typed: str | None, most: int, too_large: Phrase) -> str:
    """The file that was sent, or what was typed where none was.

    Refuses a file of more than `most` bytes, with the sentence for it, and one that is no text.
    """
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return typed or ""
    sent = upload.stream.read(most + 1)
    if len(sent) > most:
        raise Invalid(too_large)
    try:
        return sent.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Invalid(NO_TEXT) from fault
