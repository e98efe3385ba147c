"""Commands on the versions of a lifecycle: what differs, and what becomes of open cases."""
