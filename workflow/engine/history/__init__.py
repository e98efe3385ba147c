"""Histories: every event of a case as a line that a person can read aloud."""

from workflow.engine.history.filters import Filters
from workflow.engine.history.line import Line
from workflow.engine.history.phrase import Phrase, Term
from workflow.engine.history.reader import HistoryPage, history_page, known_case, selection

__all__ = [
    "Filters",
    "HistoryPage",
    "Line",
    "Phrase",
    "Term",
    "history_page",
    "known_case",
    "selection",
]
