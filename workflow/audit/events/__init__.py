"""Events: for each type a payload that says what the trail can say, and nothing else.

Whoever writes an event makes a payload; whoever reads one takes its attributes. The keys of the
bytes are known here alone. `docs/events.md` lists them.
"""

from workflow.audit.events.catalogue import PAYLOADS

__all__ = ["PAYLOADS"]
