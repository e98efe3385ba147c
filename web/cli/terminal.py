"""The terminal that commands draw tables and progress on."""

import os
import sys

from rich.console import Console

# Of a line that goes to a file or a pipe, in characters: nobody folds it for a screen there.
UNFOLDED = 200


def console_for(*, screen: bool) -> Console:
    """A console as wide as the screen, or as `COLUMNS` says, or else of unfolded lines."""
    folds = screen or "COLUMNS" in os.environ
    return Console(highlight=False, width=None if folds else UNFOLDED)


console = console_for(screen=sys.stdout.isatty())
