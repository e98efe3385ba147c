"""Health: when each kind of background work was last done, what waits too long, and what to do."""
