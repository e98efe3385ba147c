"""How much a search may do before it says that it does not know: counted, so that it is repeatable."""

# What a search may look at in all; a few seconds of a processor.
USUAL = 8_000_000


class BeyondEffort(Exception):
    """The search has looked at as much as it may and has not come to an answer."""


class SearchEffort:
    """So many looks; the same search on the same house always ends at the same one."""

    def __init__(self, looks: int = USUAL) -> None:
        self.left = looks

    def spend(self, looks: int = 1) -> None:
        """Count looks; raises `BeyondEffort` once there are none left."""
        self.left -= looks
        if self.left < 0:
            raise BeyondEffort
