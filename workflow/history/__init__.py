"""Histories: every event of a case as a line that a person can read aloud."""

from workflow.history.filters import HistoryFilters
from workflow.history.line import Line
from workflow.history.reader import HistoryPage, history_page, known_case, selection
from workflow.phrase import Phrase, Term

__all__ = [
    "HistoryFilters",
    "HistoryPage",
    "Line",
    "Phrase",
    "Term",
    "history_page",
    "known_case",
    "selection",
]
