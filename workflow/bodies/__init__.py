"""Bodies: boards and committees with their seats, chair, quorum and sessions."""
